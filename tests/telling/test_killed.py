"""A real worker, really killed; and several real workers at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from pressoffice.deliveries import effects, outbox, worker
from pressoffice.deliveries.models import Delivery
from tests.articles.test_concurrency import _roles_again, at_once  # noqa: F401 — a fixture

from .hubs import PATIENCE, Hub

Worker = subprocess.Popen[bytes]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hub() -> Iterator[Hub]:
    hub = Hub()
    yield hub
    hub.may_answer.set()
    hub.stop()


@pytest.fixture
def start_worker(hub: Hub) -> Iterator[Callable[[], Worker]]:
    """A process on the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    started: list[Worker] = []

    def start() -> Worker:
        command = [sys.executable, "manage.py", "worker"]
        environment = {**os.environ, "DATABASE_URL": address, "WEBSUB_HUBS": hub.address}
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(PATIENCE)


def test_what_a_killed_worker_had_in_hand_is_done_by_the_next_one(
    hub: Hub, start_worker: Callable[[], Worker]
) -> None:
    outbox.put("websub", "websub:1", hub=hub.address, feed="/ru/feed.rss")

    hub.may_answer.clear()
    first = start_worker()
    assert hub.was_asked.wait(PATIENCE)
    first.kill()
    first.wait(PATIENCE)
    hub.may_answer.set()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert delivery.claimed_until is not None
    assert delivery.claimed_until > timezone.now() + timedelta(minutes=4)
    Delivery.objects.update(claimed_until=timezone.now())  # five minutes later

    second = start_worker()
    deadline = time.monotonic() + PATIENCE
    while Delivery.objects.waiting().exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    second.send_signal(signal.SIGTERM)

    assert second.wait(PATIENCE) == 0
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("done", 2)
    assert hub.feeds() == ["/ru/feed.rss"] * 2


@pytest.mark.parametrize("in_transaction", [False, True])
def test_workers_that_run_at_once_do_nothing_twice(
    in_transaction: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "done"
    log.touch()

    def write_down(delivery: Delivery) -> None:
        with log.open("a") as lines:
            lines.write(f"{delivery.key}\n")

    monkeypatch.setitem(effects.EFFECTS, "test", effects.Effect(write_down, in_transaction, in_bulk=False))
    keys = [str(number) for number in range(60)]
    outbox.put_many("test", (outbox.Asked(key, {}) for key in keys))

    def work() -> None:
        while worker.turn():
            pass

    came_of_it: Any = at_once(work, work, work)

    assert came_of_it == {"done": 3}
    assert sorted(log.read_text().split()) == sorted(keys)
    assert set(Delivery.objects.values_list("state", "attempts")) == {("done", 1)}
