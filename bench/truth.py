"""How well differences between the languages of a text are seen: false alarms and misses.

    .venv/bin/python bench/truth.py [--all]

A triple is one text in three languages that say the same; with a fault, one of them does not. Right is: no
difference in a clean triple; in a faulty one a difference that quotes the changed words. The triples:
bench/truth.toml, which the rules were tried on, and bench/truth_held_out.toml, which was written before and
never used to change a rule.
"""

import argparse
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pressoffice.settings")
os.environ.setdefault("PRESSOFFICE_MODE", "local")

WORDS = re.compile(r"[^\W\d_]+|\d+")
LANGUAGES = ("ky", "ru", "en")
COLUMNS = {"clean": 8, "false alarms": 14, "faulty": 8, "missed": 8}
SETS = {"tried on": "truth.toml", "held out": "truth_held_out.toml"}


class Trial(NamedTuple):
    texts: dict[str, str]
    fault: dict[str, str] | None

    def __str__(self) -> str:
        if self.fault is None:
            return self.texts["en"]
        return f"{self.fault['language']}: {self.fault['old']} → {self.fault['new']}"


def trials(judged: dict[str, Any]) -> Iterator[Trial]:
    for triple in judged["triple"]:
        texts = {language: triple[language] for language in LANGUAGES}
        yield Trial(texts, None)
        for fault in triple.get("fault", []):
            language, old, new = fault["language"], fault["old"], fault["new"]
            if texts[language].count(old) != 1:
                raise ValueError(f"“{old}” does not stand once in “{texts[language]}”.")
            yield Trial({**texts, language: texts[language].replace(old, new)}, fault)


def differences(judged: dict[str, Any], texts: dict[str, str]) -> list[Any]:
    """Every difference between any two of the languages; blank lines part the paragraphs."""
    from articles.language_truth import Place, compare, read
    from projects.recognition import KnownProject, Recogniser

    def recogniser(kind: str, key: str, language: str) -> Any:
        return Recogniser(
            [
                KnownProject(
                    each[key], tuple(names if isinstance(names := each[language], list) else [names])
                )
                for each in judged.get(kind, [])
            ],
            language,
        )

    known = frozenset(
        f"{kind}:{each[key]}"
        for kind, key in (("person", "slug"), ("project", "code"))
        for each in judged.get(kind, [])
    )
    readings = {
        language: read(
            language,
            [(Place("body", number), part) for number, part in enumerate(texts[language].split("\n\n"))],
            stated_on=judged["stated_on"],
            people=recogniser("person", "slug", language),
            projects=recogniser("project", "code", language),
            known_names=known,
        )
        for language in LANGUAGES
    }
    return [
        mismatch
        for one, other in combinations(LANGUAGES, 2)
        for mismatch in compare(readings[one], readings[other])
    ]


def is_seen(fault: dict[str, str], found: list[Any]) -> bool:
    """Whether a difference quotes, in the faulty language, words of the fault.

    Where the fault leaves something out: says that nothing stands there."""
    return any(
        language == fault["language"]
        and (shares(said.words, fault["new"]) if said else fault.get("gone", False))
        for mismatch in found
        for language, said in ((mismatch.language, mismatch.mine), (mismatch.other, mismatch.theirs))
    )


def shares(words: str, others: str) -> bool:
    return bool(set(WORDS.findall(words.lower())) & set(WORDS.findall(others.lower())))


def shown(mismatch: Any) -> str:
    return " – ".join(
        f"{language} {said.words if said else 'nothing'}"
        for language, said in ((mismatch.language, mismatch.mine), (mismatch.other, mismatch.theirs))
    )


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--all", action="store_true", help="print what is found in every faulty triple")
    arguments = parser.parse_args()
    django.setup()
    totals = []
    for name, file in SETS.items():
        judged = tomllib.loads((HERE.parent / file).read_text())
        counted = dict.fromkeys(COLUMNS, 0)
        for trial in trials(judged):
            found = differences(judged, trial.texts)
            counted["clean" if trial.fault is None else "faulty"] += 1
            if trial.fault is None and found:
                counted["false alarms"] += 1
                print(f"{name}, false alarm: {trial}\n    {'; '.join(map(shown, found))}")
            elif trial.fault is not None and not is_seen(trial.fault, found):
                counted["missed"] += 1
                print(f"{name}, missed: {trial}\n    {'; '.join(map(shown, found)) or 'nothing found'}")
            elif trial.fault is not None and arguments.all:
                print(f"{trial}\n    {'; '.join(map(shown, found))}")
        totals.append((name, counted))
    print(f"{'':10}{''.join(f'{key:>{width}}' for key, width in COLUMNS.items())}")
    for name, counted in totals:
        figures = "".join(f"{counted[key]:>{width}}" for key, width in COLUMNS.items())
        print(f"{name:10}{figures}")


if __name__ == "__main__":
    main()
