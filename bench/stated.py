"""How well figures and dates are recognised in sentences that no rule was written for.

    .venv/bin/python bench/stated.py [--misses]

Prints recall (of what a careful editor reads, how much is found) and precision (of what is found, how much
is right) for each language, and with --misses every sentence in which they differ. A figure is right when
value, range and unit are; a date when day and precision are. The sentences: bench/stated.toml.
"""

import argparse
import os
import sys
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pressoffice.settings")
os.environ.setdefault("PRESSOFFICE_MODE", "local")

KINDS = ("figures", "dates")


def read_as_expected(words: str) -> tuple:
    """ "250..260 km" or "2025-12-31 year", as the functions answer it."""
    value, kind = words.split(" ")
    if kind in {"day", "month", "quarter", "season", "year"}:
        return date.fromisoformat(value), kind
    low, _dots, high = value.partition("..")
    return Decimal(low), Decimal(high) if high else None, "" if kind == "-" else kind


def found_in(text: str, language: str, stated_on: date) -> dict[str, list[tuple]]:
    from pressoffice.stated import dates_in, figures_in

    return {
        "figures": [(each.value, each.value_to, each.unit) for each in figures_in(text, language)],
        "dates": [(each.on, each.precision) for each in dates_in(text, language, stated_on=stated_on)],
    }


def shown(answers: Counter) -> str:
    return "; ".join(" ".join(str(part) for part in answer) for answer in answers.elements()) or "nothing"


def main() -> None:
    import django

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print each sentence that is read otherwise")
    arguments = parser.parse_args()
    django.setup()
    judged = tomllib.loads((HERE.parent / "stated.toml").read_text())
    stated_on = judged.pop("stated_on")
    print(f"{'':12}{'sentences':>10}{'expected':>10}{'found':>8}{'right':>8}{'recall':>9}{'precision':>11}")
    for language, sentences in judged.items():
        totals = {kind: Counter() for kind in KINDS}
        for sentence in sentences:
            found = found_in(sentence["text"], language, stated_on)
            for kind in KINDS:
                right = Counter(read_as_expected(words) for words in sentence.get(kind, []))
                answers = Counter(found[kind])
                totals[kind] += Counter(
                    expected=right.total(), found=answers.total(), right=(right & answers).total()
                )
                if arguments.misses and right != answers:
                    print(f"  {sentence['text']}")
                    print(f"    {kind}: missed {shown(right - answers)}; wrongly {shown(answers - right)}")
        for kind, total in totals.items():
            recall, precision = total["right"] / total["expected"], total["right"] / total["found"]
            print(
                f"{language} {kind:9}{len(sentences):>10}{total['expected']:>10}{total['found']:>8}"
                f"{total['right']:>8}{recall:>9.1%}{precision:>11.1%}"
            )


if __name__ == "__main__":
    main()
