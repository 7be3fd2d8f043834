"""How well the writing page finds whom and what a text names: projects, people, events.

    .venv/bin/python bench/suggest.py [--misses]

Prints recall (of what a careful editor finds, how much is offered) and precision (of what is offered, how
much is right) for each language and kind, for the texts the rules may be tuned to and for the third that is
held out. --misses prints what differs in the former only. The set: bench/suggest.toml.
"""

import argparse
import os
import sys
import time
import tomllib
from collections import Counter
from itertools import product
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pressoffice.settings")
os.environ.setdefault("PRESSOFFICE_MODE", "local")

LANGUAGES = ("ky", "ru", "en")
HELD_OUT = 3  # every third
KINDS = {"projects": "project", "people": "person", "events": "event"}


def known_of(judged: dict, language: str):
    from articles.recognition import Known, KnownEvent, KnownPerson
    from projects.recognition import KnownProject

    spelt = {"ky": ("ky", "ru"), "ru": ("ru", "ky"), "en": ("en",)}[language]
    return Known(
        [KnownProject(code, tuple(names[language])) for code, names in judged["projects"].items()],
        [
            KnownPerson(slug, tuple(dict.fromkeys(names[code] for code in spelt)))
            for slug, names in judged["people"].items()
        ],
        [
            KnownEvent(code, event["kind"], (event[language][0],), (event[language][1],), *event["on"])
            for code, event in judged["events"].items()
        ],
    )


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print each text that is read otherwise")
    arguments = parser.parse_args()
    django.setup()
    from articles.recognition import recognise
    from pressoffice.ledger.beside import spells_in

    judged = tomllib.loads((HERE.parent / "suggest.toml").read_text())
    totals: dict[tuple[str, str, str], Counter] = {}
    times = []
    for language in LANGUAGES:
        known = known_of(judged, language)
        for number, text in enumerate(judged["text"], start=1):
            part = "held out" if number % HELD_OUT == 0 else "tuned"
            begin = time.perf_counter()
            found = recognise(
                text[language], language, known, stated_on=judged["stated_on"], read_dates=spells_in
            )
            times.append((time.perf_counter() - begin) * 1000)
            for kind, name in KINDS.items():
                right = set(text.get(f"{kind}_{language}", text.get(kind, [])))
                answers = {each.key for each in found if each.kind == name and not each.also}
                counted = Counter(expected=len(right), found=len(answers), right=len(right & answers))
                for key in product((part, "every text"), (language, "all"), (kind, "all")):
                    totals.setdefault(key, Counter()).update(counted)
                if arguments.misses and part == "tuned" and right != answers:
                    print(f"  {number} {language} {kind}: {text[language]}")
                    print(f"    missed {sorted(right - answers)}; wrongly {sorted(answers - right)}")
    print(f"{'':30}{'expected':>10}{'found':>8}{'right':>8}{'recall':>9}{'precision':>11}")
    for part in ("tuned", "held out", "every text"):
        for language in (*LANGUAGES, "all"):
            for kind in (*KINDS, "all"):
                total = totals[part, language, kind]
                recall = total["right"] / total["expected"] if total["expected"] else 1
                precision = total["right"] / total["found"] if total["found"] else 1
                print(
                    f"{part:12}{language:5}{kind:13}{total['expected']:>10}{total['found']:>8}"
                    f"{total['right']:>8}{recall:>9.1%}{precision:>11.1%}"
                )
    print(f"{len(times)} readings, {median(times):.1f} ms each, the longest {max(times):.0f} ms")


if __name__ == "__main__":
    main()
