"""The worker does what is due once, again where it failed, and not at all where it no longer applies."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pressoffice.deliveries import effects, outbox, worker
from pressoffice.deliveries.effects import ATTEMPTS, Dropped, Later
from pressoffice.deliveries.models import Delivery
from pressoffice.directory.models import Topic
from pressoffice.publishing import moment
from tests.makers import make_topic

pytestmark = pytest.mark.django_db

T = timezone.now()
Do = Callable[[Delivery], None]


class Killed(BaseException):
    """As if the machine had lost its power: nothing catches it."""


@pytest.fixture
def effect() -> Iterator[Callable[..., list[str]]]:
    """`effect(do)`: what the kind "test" does; gives the keys it was done for."""
    before = dict(effects.EFFECTS)

    def kept(do: Do | None = None, *, kind: str = "test", **how: bool) -> list[str]:
        done: list[str] = []

        def and_note(delivery: Delivery) -> None:
            done.append(delivery.key)
            if do is not None:
                do(delivery)

        effects.EFFECTS.pop(kind, None)
        effects.register(kind, **how)(and_note)
        return done

    yield kept
    effects.EFFECTS.clear()
    effects.EFFECTS.update(before)


def turn(at: datetime = T) -> bool:
    with moment.fixed(at):
        return worker.turn()


def ask(key: str = "a", *, kind: str = "test", at: datetime = T) -> Delivery:
    with moment.fixed(T):
        outbox.put(kind, key, due_at=at)
    return Delivery.objects.get(key=key)


def raising(trouble: BaseException) -> Do:
    def do(delivery: Delivery) -> None:
        raise trouble

    return do


def failing_times(number: int, trouble: BaseException) -> Do:
    left = [trouble] * number

    def do(delivery: Delivery) -> None:
        if left:
            raise left.pop()

    return do


def test_what_is_due_is_done_once(effect: Any) -> None:
    done = effect()
    ask("a")
    ask("b", at=T + timedelta(seconds=1))

    assert turn() is True
    assert turn() is False
    assert done == ["a"]
    assert turn(T + timedelta(seconds=1)) is True
    assert done == ["a", "b"]
    assert set(Delivery.objects.values_list("state", "attempts")) == {("done", 1)}


def test_a_turn_costs_few_queries(effect: Any, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    effect()
    effect(kind="written", in_transaction=True)
    with django_assert_num_queries(2):
        turn()
    ask("a")
    ask("b", kind="written")

    # Who is first, the claim, the row, and that it is done.
    with django_assert_num_queries(4):
        turn()
    # And the transaction, which is a savepoint here.
    with django_assert_num_queries(6):
        turn()


@pytest.mark.parametrize("in_transaction", [False, True])
def test_what_fails_waits_longer_each_time_and_then_works(effect: Any, in_transaction: bool) -> None:
    done = effect(failing_times(2, ValueError("to somebody@example.org")), in_transaction=in_transaction)
    delivery = ask()

    turn()
    delivery.refresh_from_db()
    assert delivery.next_try_at == T + timedelta(minutes=1)
    assert delivery.last_error == "ValueError"  # its words may hold what a ledger must not
    assert turn(T + timedelta(seconds=59)) is False

    turn(T + timedelta(minutes=1))
    delivery.refresh_from_db()
    assert delivery.next_try_at == T + timedelta(minutes=1 + 2)

    turn(T + timedelta(minutes=3))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("done", 3, "")
    assert len(done) == 3


def test_waits_grow_to_four_hours_and_last_for_more_than_a_day() -> None:
    waits = [effects.wait_after(number) for number in range(1, ATTEMPTS)]

    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits[-1] == timedelta(hours=4)
    assert timedelta(days=1) < sum(waits, timedelta()) < timedelta(days=2)


def test_after_the_last_attempt_it_has_failed_until_somebody_lets_it_be_tried_again(effect: Any) -> None:
    done = effect(raising(Later(why="The server answers 451.")))
    delivery = ask()
    at = T

    while Delivery.objects.waiting().exists():
        turn(at)
        at = Delivery.objects.get().next_try_at

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == ("failed", "The server answers 451.")
    assert len(done) == ATTEMPTS
    assert turn(at + timedelta(days=9)) is False


def test_what_is_not_yet_its_time_uses_up_no_attempt(effect: Any) -> None:
    effect(raising(Later(seconds=30, why="Sixty a minute are allowed.")))
    delivery = ask()

    turn()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 0)
    assert delivery.next_try_at == T + timedelta(seconds=30)


def test_what_no_longer_applies_is_dropped(effect: Any) -> None:
    effect(raising(Dropped("It was withdrawn.")))
    delivery = ask()

    turn()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == ("dropped", "It was withdrawn.")


def test_a_kind_that_nothing_does_waits_for_whoever_knows_it() -> None:
    delivery = ask(kind="of a newer version")

    turn()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert "of a newer version" in delivery.last_error


# --- killed between any two steps --------------------------------------------------------------------------


def test_a_worker_that_dies_before_the_effect_leaves_it_to_be_done_after_its_lease(effect: Any) -> None:
    done = effect()
    ask()
    with moment.fixed(T):
        assert worker.claim()  # and no more is heard of it

    assert turn(T + worker.LEASE - timedelta(microseconds=1)) is False
    assert turn(T + worker.LEASE) is True
    assert done == ["a"]
    assert Delivery.objects.get().attempts == 2


@pytest.mark.parametrize("in_transaction", [False, True])
def test_a_worker_that_dies_within_the_effect_leaves_it_to_be_done_again(
    effect: Any, in_transaction: bool
) -> None:
    def write_then_die(delivery: Delivery) -> None:
        make_topic("Half")
        if delivery.attempts == 1:
            raise Killed

    effect(write_then_die, in_transaction=in_transaction)
    delivery = ask()

    with pytest.raises(Killed):
        turn()
    # What it wrote is gone with it, where the effect is one with its being done.
    assert Topic.objects.count() == (0 if in_transaction else 1)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.claimed_until) == ("waiting", T + worker.LEASE)

    Topic.objects.all().delete()
    turn(T + worker.LEASE)
    assert Topic.objects.count() == 1
    assert Delivery.objects.get().state == "done"


@pytest.mark.parametrize("in_transaction", [False, True])
def test_a_worker_that_dies_before_it_could_say_so(
    effect: Any, in_transaction: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one transaction nothing has happened; outside of it happens twice, which no ledger can prevent."""
    effect(lambda delivery: make_topic(f"By attempt {delivery.attempts}"), in_transaction=in_transaction)
    ask()

    with monkeypatch.context() as killing:
        killing.setattr(worker, "_settle", lambda *args: raising(Killed())(args[0]))
        with pytest.raises(Killed):
            turn()
    turn(T + worker.LEASE)

    names = set(Topic.objects.values_list("name_en", flat=True))
    assert names == ({"By attempt 2 (en)"} if in_transaction else {"By attempt 1 (en)", "By attempt 2 (en)"})
    assert Delivery.objects.get().state == "done"


def test_what_kills_its_worker_each_time_fails_at_last(effect: Any) -> None:
    done = effect(raising(Killed()))
    delivery = ask()
    at = T

    for _attempt in range(ATTEMPTS):
        with pytest.raises(Killed):
            turn(at)
        at += worker.LEASE
    turn(at)

    delivery.refresh_from_db()
    assert (delivery.state, len(done)) == ("failed", ATTEMPTS)


@pytest.mark.parametrize("in_transaction", [False, True])
def test_a_worker_that_took_too_long_marks_nothing_that_another_has(
    effect: Any, in_transaction: bool
) -> None:
    def outlive_the_lease(delivery: Delivery) -> None:
        make_topic(f"By attempt {delivery.attempts}")
        if delivery.attempts == 1:
            with moment.fixed(T + worker.LEASE):
                assert worker.claim()

    effect(outlive_the_lease, in_transaction=in_transaction)
    delivery = ask()

    turn()

    if in_transaction:
        # The other's claim went back with it here: both stand in one transaction of the test.
        assert not Topic.objects.exists()
    delivery.refresh_from_db()
    assert delivery.state == "waiting"


# --- order, health, forgetting -----------------------------------------------------------------------------


def test_what_comes_by_thousands_lets_everything_else_go_first(effect: Any) -> None:
    effect(kind="mail", in_bulk=True)
    effect()
    for number in range(3):
        ask(f"mail {number}", kind="mail", at=T - timedelta(minutes=5))
    ask("ping")

    turn()

    assert [each.key for each in Delivery.objects.filter(state="done")] == ["ping"]
    turn()
    assert Delivery.objects.get(key="mail 0").state == "done"


def test_all_that_need_a_server_that_is_away_wait_together() -> None:
    ask("claimed")
    with moment.fixed(T):
        claimed = worker.claim()
        for number, hub in enumerate(["a", "a", "b"]):
            outbox.put("test", str(number), hub=hub)

        outbox.put_off("test", T + timedelta(minutes=2), "It does not answer.", hub="a")

        waiting = dict(Delivery.objects.values_list("key", "next_try_at"))
    later = T + timedelta(minutes=2)
    assert waiting == {"claimed": T, "0": later, "1": later, "2": T}
    assert claimed


def test_health_tells_of_what_nobody_takes(capsys: pytest.CaptureFixture[str]) -> None:
    now = timezone.now()
    ask("tomorrow", at=now + timedelta(days=1))
    call_command("worker", "--status")
    assert "1 waiting; 0 failed" in capsys.readouterr().out

    ask("long ago", at=now - timedelta(hours=1))
    Delivery.objects.create(
        key="failed", kind="test", state="failed", due_at=now, next_try_at=now, created_at=now, done_at=now
    )
    with pytest.raises(CommandError, match="no worker"):
        call_command("worker", "--status")
    assert "2 waiting, due since" in capsys.readouterr().out


def test_once_does_all_that_is_due_and_says_how_many(effect: Any, capsys: Any) -> None:
    done = effect()
    for number in range(3):
        ask(str(number), at=timezone.now() - timedelta(seconds=1))
    ask("tomorrow", at=timezone.now() + timedelta(days=1))

    call_command("worker", "--once")

    assert done == ["0", "1", "2"]
    assert "3 deliveries tried." in capsys.readouterr().out


def test_what_was_settled_long_ago_is_forgotten_and_what_failed_is_not(settings: Any) -> None:
    settings.PRESSOFFICE_DELIVERY_DAYS = 30
    for state, days in (("done", 31), ("dropped", 31), ("failed", 31), ("done", 29)):
        at = T - timedelta(days=days)
        Delivery.objects.create(
            key=f"{state} {days}",
            kind="test",
            state=state,
            due_at=at,
            next_try_at=at,
            created_at=at,
            done_at=at,
        )
    ask("waiting", at=T - timedelta(days=300))

    with moment.fixed(T):
        assert worker.forget() == 2

    assert set(Delivery.objects.values_list("key", flat=True)) == {"failed 31", "done 29", "waiting"}
