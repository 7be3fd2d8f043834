"""What the office did is told when readers can see it: not before, not twice, not what no longer holds."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pressoffice.accounts import roles
from pressoffice.deliveries import outbox, worker
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment
from pressoffice.publishing.steps import StepRefused
from pressoffice.releases.models import Member, Release
from pressoffice.telling import occasions, receivers
from pressoffice.telling.occasions import Occasion
from tests.makers import make_agreement, make_edition, make_event, make_project, somebody

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SOON = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def told() -> Iterator[list[Occasion]]:
    """Every occasion that followers were told of."""
    heard: list[Occasion] = []
    before = list(occasions.followers)
    occasions.followers[:] = [heard.extend]
    yield heard
    occasions.followers[:] = before


def work(at: datetime) -> None:
    with moment.fixed(at):
        while worker.turn():
            pass


def words(heard: list[Occasion]) -> list[str]:
    return [f"{each.of} {each.change}" for each in heard]


def test_a_text_is_told_at_its_moment_and_not_before(told: list[Occasion]) -> None:
    edition = make_edition(state="scheduled", at=SOON)

    work(SOON - timedelta(seconds=1))
    assert told == []

    work(SOON)
    work(LATER)
    assert told == [Occasion("new", "statement", edition.statement_id, SOON, "ru", edition.pk)]
    with moment.fixed(LATER):
        assert told[0].load() == edition


def test_what_is_called_off_is_never_told(told: list[Occasion]) -> None:
    edition = make_edition(state="scheduled", at=SOON)
    edition.cancel_publication(by=somebody(roles.CHIEF_EDITOR))

    work(LATER)

    assert told == []
    assert Delivery.objects.get().state == Delivery.State.DROPPED


def test_what_is_put_off_is_told_at_its_new_moment_alone(told: list[Occasion]) -> None:
    chief = somebody(roles.CHIEF_EDITOR)
    edition = make_edition(state="scheduled", at=SOON)
    edition.cancel_publication(by=chief)
    edition.publish(by=chief, at=LATER)

    work(SOON)
    assert told == []

    work(LATER)
    assert [(each.change, each.at) for each in told] == [("new", LATER)]


def test_what_is_called_off_and_decided_again_is_told_once(told: list[Occasion]) -> None:
    chief = somebody(roles.CHIEF_EDITOR)
    edition = make_edition(state="scheduled", at=SOON)
    edition.cancel_publication(by=chief)
    edition.publish(by=chief, at=SOON)

    work(LATER)

    assert words(told) == ["statement new"]


def test_an_edition_that_gave_way_before_anybody_was_told_is_told_with_its_successor(
    told: list[Occasion],
) -> None:
    """The worker stood still meanwhile; both things happened, and each leads to the text that is live."""
    first = make_edition(state="scheduled", at=SOON)
    with moment.fixed(SOON + timedelta(days=2)):
        second = make_edition(statement=first.statement, at=SOON + timedelta(days=2))

    work(SOON + timedelta(days=3))

    assert words(told) == ["statement new", "statement corrected"]
    with moment.fixed(SOON + timedelta(days=3)):
        assert [each.load() for each in told] == [second, second]


def test_a_minor_change_is_told_to_nobody(told: list[Occasion]) -> None:
    edition = make_edition(at=NOW - timedelta(days=20))
    make_edition(statement=edition.statement, at=SOON, state="scheduled", is_minor=True, change_note="")

    work(LATER)

    assert told == []
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(("step", "change"), [("withdraw", "withdrawn"), ("remove", "removed")])
def test_what_is_taken_down_and_put_back_is_told(told: list[Occasion], step: str, change: str) -> None:
    chief = somebody(roles.CHIEF_EDITOR)
    edition = make_edition(at=NOW - timedelta(days=20))

    with moment.fixed(SOON):
        getattr(edition, step)(by=chief, reason="The figures were wrong.")
    work(SOON)
    assert words(told) == [f"statement {change}"]
    with moment.fixed(SOON):
        found = told[0].load()
    assert (found is None) is (change == "removed")

    with moment.fixed(LATER):
        edition.restore(by=chief, reason="It was right after all.")
    work(LATER)
    assert words(told) == [f"statement {change}", "statement restored"]


def test_what_was_taken_down_and_put_back_before_anybody_was_told_is_not_told_as_taken_down(
    told: list[Occasion],
) -> None:
    chief = somebody(roles.CHIEF_EDITOR)
    edition = make_edition(at=NOW - timedelta(days=20))
    edition.withdraw(by=chief, reason="The figures were wrong.")
    edition.restore(by=chief, reason="It was right after all.")

    work(LATER)

    assert words(told) == ["statement restored"]


def test_what_is_withdrawn_before_anybody_was_told_is_not_told_as_new(told: list[Occasion]) -> None:
    edition = make_edition(state="scheduled", at=SOON)
    with moment.fixed(SOON):
        edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="The figures were wrong.")

    work(LATER)

    assert words(told) == ["statement withdrawn"]


def test_words_added_to_a_change_note_are_told_as_a_correction(told: list[Occasion]) -> None:
    edition = make_edition(state="superseded", at=NOW - timedelta(days=20)).successors.get()
    edition.add_to_note(by=somebody(roles.CHIEF_EDITOR), text="The sum was 3 billion.")

    work(LATER)

    assert words(told) == ["statement corrected"]


def test_an_event_is_told_when_it_is_announced_moved_and_cancelled(told: list[Occasion]) -> None:
    chief = somebody(roles.CHIEF_EDITOR)
    event = make_event(state="scheduled", at=SOON)
    work(SOON)

    with moment.fixed(SOON + timedelta(minutes=1)):
        event.title_en = "Another title"
        event.save()
        event.write_down("change", by=chief, columns=["title_en"])
    work(LATER)
    assert words(told) == ["event new"]

    with moment.fixed(SOON + timedelta(minutes=2)):
        event.ends_at += timedelta(days=1)
        event.save()
        event.write_down("change", by=chief, columns=["ends_at"])
        event.write_down("change", by=chief, columns=["title_en"])
    work(LATER)
    assert words(told) == ["event new", "event moved"]

    with moment.fixed(LATER):
        event.cancel(by=chief, reason="The guests cannot come.")
    work(LATER)
    assert words(told) == ["event new", "event moved", "event cancelled"]


@pytest.mark.parametrize("make", [make_project, make_agreement])
def test_a_record_is_told_when_it_becomes_public_and_when_it_is_removed(
    told: list[Occasion], make: Any
) -> None:
    record = make(state="scheduled", at=SOON)
    work(SOON)
    with moment.fixed(LATER):
        record.remove(by=somebody(roles.CHIEF_EDITOR), reason="Published by mistake.")
    work(LATER)

    kind = record._meta.model_name
    assert words(told) == [f"{kind} new", f"{kind} removed"]
    assert (told[0].pk, told[0].language) == (record.pk, None)


def test_a_release_tells_of_each_of_its_parts_at_its_one_moment(told: list[Occasion]) -> None:
    release = Release.objects.create(name="Opening")
    Member.objects.create(release=release, edition=make_edition(state="approved"))
    Member.objects.create(release=release, project=make_project(state="draft"))
    release.publish(by=somebody(roles.CHIEF_EDITOR), at=SOON)

    work(LATER)

    assert sorted(words(told)) == ["project new", "statement new"]
    assert {each.at for each in told} == {SOON}


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "discarded"])
def test_work_on_a_text_asks_for_nothing(state: str) -> None:
    make_edition(state=state)

    assert not Delivery.objects.exists()


def test_what_waits_holds_keys_and_a_moment_and_none_of_a_text() -> None:
    edition = make_edition(state="scheduled", at=SOON, title="Секрет", summary="Тайна", body="<p>Сыр.</p>")

    delivery = Delivery.objects.get()
    assert delivery.payload == {
        "change": "new",
        "of": "statement",
        "pk": edition.statement_id,
        "at": SOON.isoformat(),
        "language": "ru",
        "edition": edition.pk,
    }
    written = json.dumps([delivery.key, delivery.payload, delivery.last_error])
    assert edition.statement.reference not in written
    assert edition.slug not in written


def test_a_past_that_is_played_is_told_to_nobody(told: list[Occasion]) -> None:
    """As the demonstration does, and as a worker finds it that stood still for long."""
    make_edition(at=timezone.now() - receivers.NEWS_FOR)
    assert not Delivery.objects.exists()

    make_edition(at=SOON, state="scheduled")
    work(SOON + receivers.NEWS_FOR)
    assert told == []
    assert Delivery.objects.get().state == Delivery.State.DROPPED


def test_a_step_that_is_refused_tells_nothing() -> None:
    edition = make_edition(state="scheduled", at=SOON)
    Delivery.objects.all().delete()

    with pytest.raises(StepRefused):
        edition.publish(by=somebody(roles.CHIEF_EDITOR), at=LATER)

    assert not Delivery.objects.exists()


def test_a_follower_that_fails_is_asked_again_and_nobody_else_hears_it_twice(told: list[Occasion]) -> None:
    def fail_once(occasion: Occasion) -> None:
        outbox.put("mail", "mail:1")
        if Delivery.objects.get(kind="tell").attempts == 1:
            raise ValueError

    occasions.followers.append(fail_once)
    make_edition(state="scheduled", at=SOON)

    with moment.fixed(SOON):
        worker.turn()
    assert not Delivery.objects.filter(kind="mail").exists()

    work(SOON + timedelta(minutes=1))
    assert Delivery.objects.get(kind="tell").state == Delivery.State.DONE
    assert Delivery.objects.filter(kind="mail").count() == 1


def test_an_occasion_is_the_same_after_it_was_kept() -> None:
    occasion = Occasion("moved", "event", 5, NOW)

    assert Occasion.from_payload({**occasion.as_payload(), "subscription": 7}) == occasion


def test_one_moment_is_one_key_in_every_zone() -> None:
    here = Occasion("new", "event", 5, timezone.localtime(NOW))

    assert here.key == Occasion("new", "event", 5, NOW).key
    assert here.as_payload() == Occasion("new", "event", 5, NOW).as_payload()


def test_a_step_costs_one_query_more_and_telling_it_few(
    told: list[Occasion], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = make_edition(state="scheduled", at=SOON)
    Delivery.objects.all().delete()

    with django_assert_num_queries(1):
        receivers.note(edition, "publish", NOW)
    # To find it, the claim, its row; the edition, the live text, whether it speaks of any project, that it is
    # done, in a transaction (two).
    with moment.fixed(SOON), django_assert_num_queries(9):
        worker.turn()
    assert words(told) == ["statement new"]
