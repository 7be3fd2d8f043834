"""How often people find what they look for: judged queries over texts written for this set.

    .venv/bin/python bench/search.py [--misses] [--texts 10000]

Prints success in the first ten results for each language and each way of typing, the mean reciprocal rank,
and how long an answer takes. The set: bench/search.toml. The texts stand among the demo content's, in a
database of their own (DATABASE_URL is used where it is set: an empty one). `--texts` adds that many texts,
put together at random from the demo content's words, to see what an archive costs and hides.
"""

import argparse
import os
import random
import sys
import tempfile
import time
import tomllib
from collections import defaultdict
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pressoffice.settings")
FIRST = 10


def set_up(judged: dict, extra: int) -> dict[tuple[str, str], int]:
    """The pk of each text's entry, by its key and language."""
    from django.core.management import call_command
    from django.db import transaction

    from pressoffice.accounts import roles
    from pressoffice.demo import loader
    from pressoffice.publishing.languages import CODES
    from pressoffice.search.models import Entry
    from tests.makers import make_edition, make_statement, somebody

    call_command("migrate", verbosity=0)
    loader.load()
    # Of the demo content, so that they stand between people and the judged texts as an archive would.
    words = {
        code: " ".join(Entry.objects.filter(language=code).values_list("text", flat=True)).split()
        for code in CODES
    }
    found = {}
    with transaction.atomic():
        for key, languages in judged["texts"].items():
            statement = make_statement()
            for language, text in languages.items():
                content = {**text, "body": f"<p>{text['body']}</p>"}
                edition = make_edition(state="approved", statement=statement, language=language, **content)
                if differing := [each.key for each in edition.open_differences()]:
                    # Headlines, not translations: one language may tell what another leaves out.
                    edition.accept_differences(differing, by=somebody(roles.EDITOR), reason="Shortened.")
                edition.publish(by=somebody(roles.CHIEF_EDITOR))
                found[key, language] = Entry.objects.get(edition=edition).pk
    draw = random.Random(4)
    for begin in range(0, extra, 200):
        with transaction.atomic():
            for number in range(begin, min(begin + 200, extra)):
                language = CODES[number % 3]
                make_edition(
                    language=language,
                    title=" ".join(draw.choices(words[language], k=8))[:250],
                    summary=" ".join(draw.choices(words[language], k=25)),
                    body=f"<p>{' '.join(draw.choices(words[language], k=180))}</p>",
                )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print each query that is not answered")
    parser.add_argument("--texts", type=int, default=0, help="so many made-up texts more")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"PRESSOFFICE_MODE": "demo", "PRESSOFFICE_VAR": folder}
        judge(arguments)


def judge(arguments: argparse.Namespace) -> None:
    import django

    django.setup()
    from pressoffice.search.finding import find

    judged = tomllib.loads((HERE.parent / "search.toml").read_text())
    answers = set_up(judged, arguments.texts)
    ranks: dict[tuple[str, str], list[int]] = defaultdict(list)
    times = []
    slow = {}
    for language, queries in judged["queries"].items():
        for query, key, how in queries:
            begin = time.perf_counter()
            found = find(query, language)
            times.append((time.perf_counter() - begin) * 1000)
            order = [each.pk for each in found.ranked]
            wanted = answers[key, language]
            rank = order.index(wanted) + 1 if wanted in order else 0
            ranks[language, "all"].append(rank)
            ranks["all", how].append(rank)
            ranks["all", "all"].append(rank)
            slow[times[-1]] = f"{times[-1]:.0f} ms: {language} {query!r}, {found.how}"
            if arguments.misses and not 1 <= rank <= FIRST:
                print(f"  {language} {query!r}: {key} is number {rank or 'none'} of {len(order)}")
    print(f"{'':20}{'queries':>9}{'in first ten':>14}{'first':>9}{'mean reciprocal rank':>22}")
    for (language, how), places in sorted(ranks.items(), key=lambda row: (row[0][0] == "all", row[0])):
        name = language if how == "all" else how
        ten = sum(1 <= rank <= FIRST for rank in places) / len(places)
        first = sum(rank == 1 for rank in places) / len(places)
        reciprocal = sum(1 / rank for rank in places if rank) / len(places)
        print(f"{name:20}{len(places):>9}{ten:>14.1%}{first:>9.1%}{reciprocal:>22.3f}")
    if arguments.misses:
        print("\n".join(slow[key] for key in sorted(slow)[-8:]))
    times.sort()
    print(f"an answer takes {median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms")


if __name__ == "__main__":
    main()
