"""What came of a promise is derived from what statements said, whatever the order they were entered in."""

import re
from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.feedgenerator import rfc2822_date
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from pressoffice.accounts import roles
from pressoffice.ledger.models import Commitment
from pressoffice.ledger.promises import Promise, came_of, is_due_this_quarter
from pressoffice.publishing import moment
from tests.makers import body_about, make_commitment, make_edition, make_project, make_statement, somebody

TODAY = date(2026, 11, 24)
Relation = Commitment.Relation


def said(pk: int, **facts: Any) -> Commitment:
    """A public commitment that was never stored."""
    row = Commitment(pk=pk, project_id=1, source_id=pk, text_en=f"Promise {pk}", **facts)
    row.holds = facts.pop("holds", True) if "holds" in facts else True
    return row


def promise(due_on: date | None = None, stated_on: date = date(2015, 5, 1), **facts: Any) -> Commitment:
    return said(1, stated_on=stated_on, due_on=due_on, **facts)


def word(pk: int, relation: str, stated_on: date = date(2024, 1, 1), on: int = 1, **facts: Any) -> Commitment:
    return said(pk, relation=relation, answers_id=on, stated_on=stated_on, **facts)


def one(*rows: Commitment) -> Promise:
    return next(found for found in came_of(rows, TODAY) if found.commitment.pk == 1)


@pytest.mark.parametrize(
    ("due_on", "state"),
    [
        (None, "open"),
        (TODAY - timedelta(days=1), "overdue"),
        (TODAY, "soon"),
        (TODAY + timedelta(days=90), "soon"),
        (TODAY + timedelta(days=91), "open"),
    ],
)
def test_without_a_later_word_the_day_decides(due_on, state):
    assert one(promise(due_on)).state == state


@pytest.mark.parametrize(
    ("relation", "state"),
    [
        (Relation.RESTATES, "overdue"),
        (Relation.NARROWS, "replaced"),
        (Relation.REPLACES, "replaced"),
        (Relation.FULFILS, "done"),
        (Relation.DROPS, "dropped"),
    ],
)
def test_a_later_word_decides(relation, state):
    found = one(promise(date(2017, 10, 31)), word(2, relation))

    assert found.state == state
    assert [later.pk for later in found.later] == [2]


def test_a_word_on_a_statement_that_repeats_the_promise_counts_for_the_promise():
    rows = promise(date(2017, 10, 31)), word(2, Relation.RESTATES), word(3, Relation.FULFILS, on=2)

    assert one(*rows).state == "done"
    assert len(came_of(rows, TODAY)) == 1


def test_what_replaces_a_promise_is_a_promise_of_its_own():
    newer = word(2, Relation.REPLACES, due_on=date(2030, 12, 31), due_precision="year")

    found = came_of([promise(date(2017, 10, 31)), newer], TODAY)

    assert [(each.commitment.pk, each.state) for each in found] == [(1, "replaced"), (2, "open")]


def test_a_date_given_when_the_promise_is_repeated_is_its_date():
    again = word(2, Relation.RESTATES, due_on=date(2025, 12, 31), due_precision="year")

    found = one(promise(), again)

    assert (found.state, found.due_in_words) == ("overdue", "2025")


def test_a_withdrawn_word_decides_nothing():
    withdrawn = word(2, Relation.FULFILS)
    withdrawn.holds = False

    assert one(promise(date(2017, 10, 31)), withdrawn).state == "overdue"


def test_a_word_on_a_promise_that_readers_may_not_see_stands_for_itself():
    assert [found.commitment.pk for found in came_of([word(2, Relation.FULFILS)], TODAY)] == [2]


def test_of_two_words_of_one_day_the_order_of_entry_never_decides():
    day = date(2024, 1, 1)
    words = [Relation.RESTATES, Relation.DROPS, Relation.FULFILS, Relation.REPLACES]
    found = {
        one(promise(), *(word(pk, relation, day) for pk, relation in enumerate(order, start=2))).state
        for order in permutations(words)
    }

    assert found == {"done"}


@settings(max_examples=200, deadline=None)
@given(
    words=st.lists(
        st.tuples(st.sampled_from(Relation.values), st.dates(date(2015, 6, 1), date(2026, 1, 1))),
        max_size=6,
        unique_by=lambda pair: pair,
    ),
    seed=st.randoms(use_true_random=False),
)
def test_no_order_of_entry_changes_what_is_derived(words, seed):
    rows = [promise(date(2025, 12, 31)), *(word(pk, *each) for pk, each in enumerate(words, start=2))]
    shuffled = list(rows)
    seed.shuffle(shuffled)
    # Entered in another order, the same words have other keys.
    again = [
        promise(date(2025, 12, 31)),
        *(
            word(100 + number, row.relation, row.stated_on)
            for number, row in enumerate(row for row in shuffled if row.pk != 1)
        ),
    ]

    def told(found: Promise) -> tuple:
        return (found.state, found.due_on, [(w.relation, w.stated_on) for w in found.later], found.now)

    assert told(one(*rows)) == told(one(*shuffled)) == told(one(*again))


@pytest.mark.parametrize(
    ("due_on", "is_due"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
        (None, False),
    ],
)
def test_what_is_due_this_quarter(due_on, is_due):
    assert is_due_this_quarter(one(promise(due_on)), TODAY) == is_due
    assert not is_due_this_quarter(one(promise(due_on), word(2, Relation.FULFILS)), TODAY)


# --- what the form refuses (what the database refuses: tests/articles/test_constraints.py) ------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("earlier", "facts", "sentence"),
    [
        ({"project": "other"}, {}, "about another project"),
        ({"stated_on": date(2024, 12, 11)}, {}, "on an earlier day"),
        ({"stated_on": date(2025, 1, 1)}, {}, "on an earlier day"),
        ({}, {"relation": ""}, "say what this one does to it"),
        ({}, {"due_on": date(2024, 11, 1)}, "before the day it was stated"),
        ({}, {"text_ky": "", "text_ru": "", "text_en": ""}, "at least one language"),
    ],
)
def test_a_promise_that_cannot_be_is_refused_with_a_sentence(earlier, facts, sentence):
    project, source = make_project(), make_edition().statement
    other = make_project() if earlier.pop("project", "") else project
    first = make_commitment(other, source, **{"stated_on": date(2015, 5, 1), **earlier})
    row = make_commitment(project, source)
    for name, value in {"answers": first, "relation": "replaces", **facts}.items():
        setattr(row, name, value)

    with pytest.raises(ValidationError) as refusal:
        row.full_clean()

    assert sentence in " ".join(refusal.value.messages)


@pytest.mark.django_db
def test_no_promise_answers_itself_by_way_of_others():
    project, source = make_project(), make_statement()
    first = make_commitment(project, source, stated_on=date(2015, 5, 1))
    second = make_commitment(project, source, stated_on=date(2016, 5, 1), answers=first, relation="replaces")
    first.answers, first.relation = second, "replaces"

    with pytest.raises(ValidationError, match="earlier day"):
        first.full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("precision", "last"),
    [("day", date(2027, 2, 3)), ("month", date(2027, 2, 28)), ("quarter", date(2027, 3, 31)),
     ("season", date(2027, 10, 31)), ("year", date(2027, 12, 31))],
)  # fmt: skip
def test_a_date_is_past_when_all_that_was_said_is_past(precision, last):
    row = make_commitment(make_project(), make_statement(), due_on=date(2027, 2, 3), due_precision=precision)

    assert Commitment.objects.get(pk=row.pk).due_on == last


@pytest.mark.django_db
def test_a_promise_of_a_withdrawn_statement_is_shown_and_marked():
    edition = make_edition()
    make_commitment(make_project(), edition.statement)
    edition.withdraw(by=somebody(roles.EDITOR), reason="It was a mistake.")

    assert Commitment.objects.live().get().is_withdrawn
    assert not Commitment.objects.in_force().exists()


@pytest.mark.django_db
def test_what_a_correction_still_to_come_says_is_not_known_yet():
    project = make_project("road")
    first = make_edition(body=body_about(project))
    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
    second = first.statement.start_edition(language=first.language, by=author)
    second.write(by=author, body=body_about(project, "240 km of road"), change_note="It is shorter.")
    second.write(by=author, settled=[item.key for item in second.passages_to_settle()])
    make_commitment(project, first.statement, words="240 km of road")
    make_commitment(project, first.statement, words="280 km of road")

    def known(at=None) -> set[str]:
        return set(Commitment.objects.live(at).values_list("words", flat=True))

    assert known() == {"280 km of road"}
    second.submit(by=author)
    second.approve(by=editor)
    assert known() == {"280 km of road"}
    at = timezone.now() + timedelta(days=1)
    second.publish(by=editor, at=at)

    assert known() == known(at - timedelta(microseconds=1)) == {"280 km of road"}
    assert known(at) == {"280 km of road", "240 km of road"}


@pytest.mark.django_db
def test_words_that_are_not_marked_are_refused():
    project = make_project("road")
    row = make_commitment(project, make_edition(body=body_about(project)).statement)
    row.words = "Something else"

    with pytest.raises(ValidationError, match="take them from one of its passages"):
        row.full_clean()


@pytest.mark.django_db
def test_feeds_and_calendars_tell_when_a_promise_became_known_and_was_withdrawn():
    spoken = date(2024, 12, 11)
    known, answered, withdrawn = (timezone.now() - timedelta(days=days, hours=1) for days in (20, 10, 3))
    project = make_project("road")
    first = make_edition(at=known, body=body_about(project))
    promise = make_commitment(project, first.statement, stated_on=spoken, due_on=date(2030, 1, 1))
    second = make_edition(at=answered, body=body_about(project))
    make_commitment(
        project, second.statement, stated_on=date(2025, 1, 1), answers=promise, relation="fulfils"
    )

    def told() -> tuple[str, str, Any]:
        feed = Client().get("/ru/promises/feed.rss").content.decode()
        [entry] = Calendar.from_ical(Client().get("/ru/promises/calendar.ics").content).walk("VEVENT")
        assert entry["dtstamp"].dt == entry["last-modified"].dt
        published, updated = (
            re.search(rf"<{name}>(.*?)</{name}>", feed)[1] for name in ("pubDate", "atom:updated")
        )
        return published, updated, entry["dtstamp"].dt

    def at(when: Any) -> tuple[str, str, Any]:
        return rfc2822_date(known), f"{when:%Y-%m-%dT%H:%M:%SZ}", when.replace(microsecond=0)

    assert told() == at(answered)
    with moment.fixed(withdrawn):
        second.withdraw(by=somebody(roles.EDITOR), reason="It is not done.")
    assert told() == at(withdrawn)
    with moment.fixed(restored := withdrawn + timedelta(days=1)):
        second.restore(by=somebody(roles.CHIEF_EDITOR), reason="It was right after all.")
    assert told() == at(restored)
