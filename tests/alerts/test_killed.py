"""A worker that is killed between any two steps: nothing is lost, and at most one copy is sent twice."""

import os
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection

from pressoffice.accounts import roles
from pressoffice.alerts import following, post, sending
from pressoffice.alerts.models import Told
from pressoffice.deliveries import worker
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment
from pressoffice.publishing.in_place import write_down
from tests.makers import make_commitment, make_edition, make_project, somebody

from .test_telling import ANNA, BEN, correct, publish

pytestmark = pytest.mark.django_db(transaction=True)

AFTER_THE_LEASE = worker.LEASE + timedelta(seconds=1)


class Killed(BaseException):
    """As by kill -9: nothing of ours catches it, open transactions are rolled back."""


def kill_before(monkeypatch, module, name):
    real = getattr(module, name)
    left = ["once"]

    def killed(*args, **kwargs):
        if left:
            left.clear()
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(module, name, killed)


def kill_after(monkeypatch, module, name):
    real = getattr(module, name)
    left = ["once"]

    def killed(*args, **kwargs):
        done = real(*args, **kwargs)
        if left:
            left.clear()
            raise Killed
        return done

    monkeypatch.setattr(module, name, killed)


# Where it is killed, and how many copies the reader gets in the end.
STEPS = {
    "before whom to tell is looked for": (kill_before, following, "note", 1),
    "before the deliveries are asked for": (kill_before, following, "send", 1),
    "before what is told is marked as told": (kill_after, following, "send", 1),
    "after the claim": (kill_after, worker, "claim", 1),
    "before the text is read": (kill_before, sending, "pieces_of", 1),
    "before the server is asked": (kill_before, post, "send", 1),
    "after the server has taken it": (kill_after, post, "send", 2),
    "before the delivery is marked as done": (kill_before, worker, "_settle", 1),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("frequency", ["at_once", "daily"])
def test_killed_anywhere(step, frequency, follow, post_office, work, monkeypatch):
    follow(ANNA, frequency=frequency)
    publish(title="О дороге")
    kill, module, name, copies = STEPS[step]
    kill(monkeypatch, module, name)
    at = moment.now()

    for _each in range(4):
        with suppress(Killed):
            work(at)
        at += timedelta(days=1) if frequency == "daily" else AFTER_THE_LEASE

    letters = post_office.to(ANNA)
    assert len(letters) == copies
    assert {each.subject.partition(":")[0] for each in letters} <= {"О дороге", "Пресс-служба за сутки"}
    assert len({each.message["Message-ID"] for each in letters}) == 1
    assert not Delivery.objects.waiting().exclude(kind="alert-forget").exists()
    assert Told.objects.get().told_until == Told.objects.get().news_at


@pytest.mark.parametrize("step", STEPS)
def test_killed_anywhere_while_a_promise_is_told(step, follow, post_office, work, monkeypatch):
    """By its statement; and by whoever entered it, where that came later."""
    road = make_project("road")
    follow(ANNA, "promises")
    edition = publish(about=[road])
    write_down(make_commitment(road, edition.statement), "start", by=somebody(roles.EDITOR))
    kill, module, name, copies = STEPS[step]
    at = moment.now()
    work(at)
    kill(monkeypatch, module, name)
    at += timedelta(minutes=10)

    for _each in range(4):
        with suppress(Killed):
            work(at)
        at += AFTER_THE_LEASE

    letters = post_office.to(ANNA)
    assert len(letters) == copies
    assert len({each.message["Message-ID"] for each in letters}) == 1
    assert Told.objects.get().told_until == Told.objects.get().news_at


def test_who_may_have_the_original_is_sent_what_became_of_it(follow, post_office, work, monkeypatch):
    """The server took it, the worker was killed before it knew, and the text was withdrawn meanwhile."""
    follow(ANNA)
    edition = publish(title="О дороге")
    kill_after(monkeypatch, post, "send")
    with pytest.raises(Killed):
        work()
    edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Неверно.")
    work(moment.now() + AFTER_THE_LEASE)

    assert post_office.subjects == ["О дороге", "Отозвано: О дороге"]


def test_a_correction_that_comes_while_a_letter_waits_is_told_once(follow, post_office, work):
    follow(ANNA)
    edition = publish(title="Было")
    post_office.answers[ANNA] = "451 later"
    work()
    correct(edition, title="Стало")
    post_office.answers.clear()
    work(moment.now() + timedelta(hours=1))

    assert post_office.subjects == ["Стало"]


def test_a_text_that_was_never_sent_is_not_told_as_withdrawn(follow, post_office, work):
    follow(ANNA)
    edition = publish()
    post_office.answers[ANNA] = "451 later"
    work()
    edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Неверно.")
    post_office.answers.clear()
    work(moment.now() + timedelta(hours=1))

    assert post_office.taken == []


def test_a_second_run_of_everything_sends_nothing(follow, post_office, work):
    follow(ANNA), follow(BEN, frequency="daily")
    publish()
    work()
    work(moment.now() + timedelta(days=1))
    before = len(post_office.taken)
    Delivery.objects.exclude(kind="alert-forget").update(
        state="waiting", done_at=None, next_try_at=moment.now()
    )
    work(moment.now() + timedelta(days=1))

    assert before == 2
    assert len(post_office.taken) == before


def test_a_letter_is_as_it_stands_when_the_edition_was_made_long_before(follow, post_office, work):
    edition = make_edition(state="approved", language="ru", title="Готово")
    follow(ANNA)
    edition.publish(by=somebody(roles.CHIEF_EDITOR))
    work()

    assert post_office.subjects == ["Готово"]


PATIENCE = 30


@pytest.fixture
def start_worker(post_office, settings):
    """A process on the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        database = f"sqlite:///{name}"
    else:
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "EMAIL_URL": f"smtp://{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "PRESSOFFICE_MAIL_FROM": settings.PRESSOFFICE_MAIL_FROM,
        "PRESSOFFICE_ADDRESS": settings.PRESSOFFICE_ADDRESS,
    }
    started = []

    def start(*arguments):
        command = [sys.executable, "manage.py", "worker", *arguments]
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment))
        return started[-1]

    yield start
    post_office.may_answer.set()
    for process in started:
        process.kill()
        process.wait(PATIENCE)


def test_a_real_worker_killed_while_the_server_has_the_letter(follow, post_office, start_worker):
    """kill -9 between the letter and the server's yes."""
    follow(ANNA)
    publish(title="О дороге")
    post_office.has_one.clear()
    post_office.may_answer.clear()
    first = start_worker()
    assert post_office.has_one.wait(PATIENCE)
    first.kill()
    first.wait(PATIENCE)
    post_office.may_answer.set()
    told = Told.objects.get()
    assert (told.begun_at is not None, told.told_until) == (True, None)

    Delivery.objects.waiting().filter(kind="alert").update(claimed_until=None)  # five minutes later
    assert start_worker("--once").wait(PATIENCE) == 0

    told.refresh_from_db()
    assert told.told_until == told.news_at
    assert post_office.subjects == ["О дороге"] * 2
    assert len({each.message["Message-ID"] for each in post_office.taken}) == 1
