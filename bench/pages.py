"""How the public pages take a growing archive.

    .venv/bin/python bench/pages.py [--small 400] [--large 8000]

Builds two archives in databases of their own (SQLite in a temporary folder; DATABASE_URL is ignored), asks
each public page several times in turns, and prints for each the median time, the number of queries and the
ratio large / small. A ratio near 1 means that the page does not feel the size of the archive.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

HERE = Path(__file__).resolve()
ROUNDS = 15
PER_STATEMENT = 2  # editions: Russian and Kyrgyz


def build(size: int) -> None:
    from django.core.management import call_command

    from articles.models import Edition, Passage, Statement
    from pressoffice.accounts.models import User
    from pressoffice.directory.models import Topic
    from pressoffice.publishing import moment
    from projects.models import Project

    call_command("migrate", verbosity=0)
    now = moment.now()
    person = User.objects.create(username="bench")
    names = {f"name_{code}": "Проект" for code in ("ky", "ru", "en")}
    projects = Project.objects.bulk_create(
        Project(
            code=f"project-{n}",
            sector="transport",
            state="published",
            live_from=now - timedelta(days=9000),
            **names,
        )
        for n in range(30)
    )
    topics = Topic.objects.bulk_create(
        Topic(slug=f"topic-{n}", name_ky=f"Тема {n}", name_ru=f"Тема {n}", name_en=f"Topic {n}")
        for n in range(12)
    )
    count = size // PER_STATEMENT
    statements = Statement.objects.bulk_create(
        Statement(
            reference=f"{2000 + n // 5000}-{n % 5000:04d}",
            kind=Statement.Kind.values[n % 5],
            original_language="ru",
            delivered_on=(now - timedelta(hours=20 * (count - n))).date(),
        )
        for n in range(count)
    )
    Statement.topics.through.objects.bulk_create(
        Statement.topics.through(statement=statement, topic=topics[n % len(topics)])
        for n, statement in enumerate(statements)
    )
    body = "<p>" + "Стороны рассмотрели ход работ на участке дороги. " * 60 + "</p>"
    editions = Edition._base_manager.bulk_create(
        Edition(
            statement=statement,
            language=language,
            number=1,
            title=f"Заявление {n}",
            slug=f"zayavlenie-{n}",
            summary="Коротко о главном.",
            body=body,
            state="published",
            public_hash="0" * 64,
            live_from=now - timedelta(hours=20 * (count - n)),
            public_since=now - timedelta(hours=20 * (count - n)),
            created_by=person,
            created_at=now,
            updated_at=now,
        )
        for n, statement in enumerate(statements)
        for language in ("ru", "ky")
    )
    Passage.objects.bulk_create(
        Passage(
            edition=edition,
            project=projects[n % len(projects)],
            relation="mentions",
            exact="дороги",
            position=1,
        )
        for n, edition in enumerate(editions)
    )


def measure() -> dict[str, tuple[float, int]]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from articles.feed_weeks import FeedPart, Part
    from articles.models import Edition

    middle = Edition.objects.in_language("ru").order_by("pk")[Edition.objects.in_language("ru").count() // 2]
    pages = {
        "home": "/ru/",
        "statements": "/ru/statements/",
        "statements, page 5": "/ru/statements/?page=5",
        "statements of a topic": "/ru/statements/?topic=topic-3",
        "statements of a project": "/ru/statements/?project=project-3",
        "statements of two filters": "/ru/statements/?topic=topic-3&kind=speech",
        "statements by delivery": "/ru/statements/?sort=delivered",
        "archive": "/ru/archive/",
        "archive of a year": f"/ru/archive/{middle.live_from.year}/",
        "what to subscribe to": "/ru/subscribe/",
        "feed of a topic": "/ru/statements/feed.rss?topic=topic-3",
        "nothing at the address": "/ru/statements/zayavlenie-uchastok/",
        "statement": middle.get_absolute_url(),
        "projects": "/ru/projects/",
        "project": "/ru/projects/project-3/",
        "feed": "/ru/statements/feed.rss",
        "feed of a week": f"/ru/statements/feed-{FeedPart().to_url(Part.of(middle.live_from))}.atom",
        "feed, page 5": "/ru/statements/feed.json?page=5",
        "feed of everything": "/ru/feed.atom",
    }
    client = Client(SERVER_NAME="127.0.0.1")
    times: dict[str, list[float]] = {name: [] for name in pages}
    queries = {}
    for name, path in pages.items():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = client.get(path)
        if answer.status_code != (404 if name == "nothing at the address" else 200):
            sys.exit(f"{path} answered {answer.status_code}")
        queries[name] = len(captured)
    for _round in range(ROUNDS):
        for name, path in pages.items():
            begin = time.perf_counter()
            client.get(path)
            times[name].append(time.perf_counter() - begin)
    return {name: (statistics.median(times[name]) * 1000, queries[name]) for name in pages}


def in_own_process(size: int, folder: str) -> dict[str, tuple[float, int]]:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {
        "PRESSOFFICE_MODE": "local",
        "PRESSOFFICE_VAR": f"{folder}/{size}",
        "BENCH_SIZE": str(size),
    }
    done = subprocess.run(
        [sys.executable, str(HERE)], env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=400, help="editions")
    parser.add_argument("--large", type=int, default=8000, help="editions")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large = in_own_process(asked.small, folder), in_own_process(asked.large, folder)
    print(f"{'page':26}{asked.small:>9} ms{asked.large:>9} ms{'ratio':>8}{'queries':>9}")
    for name, (before, _queries) in small.items():
        after, queries = large[name]
        print(f"{name:26}{before:12.1f}{after:12.1f}{after / before:8.2f}{queries:9d}")


if __name__ == "__main__":
    if "BENCH_SIZE" in os.environ:
        sys.path.insert(0, str(HERE.parent.parent))
        os.environ["DJANGO_SETTINGS_MODULE"] = "pressoffice.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("collectstatic", interactive=False, verbosity=0)
        build(int(os.environ["BENCH_SIZE"]))
        json.dump(measure(), sys.stdout)
    else:
        main()
