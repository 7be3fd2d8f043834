"""State × moment × reader × channel: what is public is public everywhere, what is not is nowhere."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from pressoffice.publishing import moment
from tests.channels import (
    OF_A_PROJECT,
    OF_A_TEXT,
    OF_AN_AGREEMENT,
    OF_AN_EVENT,
    keep_agreement,
    keep_event,
    keep_project,
    tell,
)

pytestmark = pytest.mark.django_db

# Two in the night in Bishkek: another day there than in UTC, and another year.
T = datetime(2024, 12, 31, 20, 0, 0, tzinfo=UTC)
SHORTLY = timedelta(microseconds=1)
SUCCESSION = T + timedelta(days=5)  # as make_edition has it

EVERYWHERE = set(OF_A_TEXT) - {"preview"}
NOWHERE: set[str] = set()
FILES = {"picture", "document", "photograph for the press"}
# The next edition has the same speaker, topic and text.
AS_BEFORE = {"speaker found", "topic found", "counted where found"}
# Where the words of the next edition stand instead of those of the one before it.
ITS_OWN_WORDS = {
    *("page", "page under another tail", "by reference", "list", "list of a kind", "list of a topic"),
    *("list about a project", "list about a country", "list of a year", "home", "feed", "project's feed"),
    *(
        "project's page",
        "event's page",
        "person's page",
        "topic's page",
        "source of the status",
        "offered where it is missing",
        "related text",
        "share card",
    ),
    *("list of a form", "list of a speaker", "list in another order", "feed of a topic"),
    *("feed of everything", "feed of everything, as Atom", "feed, as JSON", "feed of a country"),
    *("feed of a kind", "feed of its week"),
    *("archive of a year", "archive of a month", "meant by an address that leads nowhere"),
    *("English page", "English version", "status in the feed of projects"),
    *(name for name in OF_A_TEXT if "found" in name and name not in AS_BEFORE),
    "to be followed by e-mail",
    *("told to programs, in a list", "told to programs, of a topic"),
    "told to programs, as ninjs",
    *("found of a year", "counted from another language", "did you mean", "suggested"),
}
# What a withdrawn text said is no longer counted as fact; the history of facts keeps it, marked.
FACTS = {name for name in OF_A_TEXT if "status" in name or "money" in name}
FACTS |= {"promises counted by country", "promises of a country"}
FACTS |= {"promise at home", "promises counted at home", "figure at home"}
# Monday in Bishkek comes five days after T, two hours before the succession.
WHEN_THE_WEEK_IS_OVER = {"feed of its week"}
# Nobody shall print what was withdrawn.
FOR_USE = {"press kit"}

CASES = {
    "draft": ("draft", T, NOWHERE),
    "submitted": ("submitted", T, NOWHERE),
    "approved": ("approved", T, NOWHERE),
    "discarded": ("discarded", T, NOWHERE),
    "scheduled, a day before": ("scheduled", T - timedelta(days=1), NOWHERE),
    "scheduled, shortly before": ("scheduled", T - SHORTLY, NOWHERE),
    "scheduled, at the moment": ("scheduled", T, EVERYWHERE - WHEN_THE_WEEK_IS_OVER),
    "live, later": ("live", T + timedelta(days=400), EVERYWHERE),
    "superseded, shortly before": ("superseded", SUCCESSION - SHORTLY, EVERYWHERE),
    "superseded, at the moment": ("superseded", SUCCESSION, EVERYWHERE - ITS_OWN_WORDS),
    "superseded, later": ("superseded", T + timedelta(days=400), EVERYWHERE - ITS_OWN_WORDS),
    "withdrawn": (
        "withdrawn",
        T + timedelta(days=1),
        EVERYWHERE - WHEN_THE_WEEK_IS_OVER - FACTS - FOR_USE | {"source of the status"},
    ),
    "withdrawn, later": (
        "withdrawn",
        T + timedelta(days=6),
        EVERYWHERE - FACTS - FOR_USE | {"source of the status"},
    ),
    "removed": ("removed", T + timedelta(days=1), NOWHERE),
    "removed, later": ("removed", T + timedelta(days=6), NOWHERE),
}


# What may differ by who asks, and one of each kind that may not.
PERSONAL = ["preview", "picture", "document", "page", "list", "feed", "project's page", "event's page"]


def shown_by(channels: dict[str, Any], thing: Any, client: Client, at: datetime) -> set[str]:
    answers: dict[str, Any] = {}
    shown = set()
    with moment.fixed(at):
        for name, channel in channels.items():
            address = channel.address(thing)
            if address not in answers:
                answers[address] = client.get(address)
            if channel.shows(thing, answers[address]):
                shown.add(name)
    return shown


@pytest.mark.parametrize("case", CASES)
def test_a_text(case, stranger, author, editor, logged_in):
    state, at, expected = CASES[case]
    now = T - timedelta(days=1) if state == "scheduled" else T + timedelta(days=10)
    with moment.fixed(now):
        told = tell(state, T)

    personal = {name: OF_A_TEXT[name] for name in PERSONAL}
    shown = {
        "anonymous": shown_by(OF_A_TEXT, told, Client(), at),
        "stranger": shown_by(personal, told, logged_in(stranger), at),
        "author": shown_by(personal, told, logged_in(author), at),
        "editor": shown_by(personal, told, logged_in(editor), at),
    }

    # An address for life is what a preview shows to whoever has a log-in.
    was_public = {"preview"} if expected else NOWHERE
    # Those who work here see drafts, and the library, but nothing of what was removed.
    in_the_office = FILES | (NOWHERE if state == "removed" else {"preview"})
    assert shown["anonymous"] == expected
    assert shown["stranger"] == (expected | was_public) & set(personal)
    assert shown["author"] == (expected | in_the_office) & set(personal)
    assert shown["editor"] == (expected | in_the_office) & set(personal)


OF_A_RECORD = {
    "draft": ("draft", T, False),
    "scheduled, shortly before": ("scheduled", T - SHORTLY, False),
    "scheduled, at the moment": ("scheduled", T, True),
    "live, later": ("live", T + timedelta(days=1), True),
    "removed": ("removed", T + timedelta(days=400), False),
}


@pytest.mark.parametrize("case", OF_A_RECORD)
@pytest.mark.parametrize(
    ("keep", "channels"),
    [(keep_project, OF_A_PROJECT), (keep_event, OF_AN_EVENT), (keep_agreement, OF_AN_AGREEMENT)],
    ids=["project", "event", "agreement"],
)
def test_a_record(keep, channels, case, stranger, editor, logged_in):
    state, at, is_public = OF_A_RECORD[case]
    with moment.fixed(T - timedelta(days=1) if state == "scheduled" else T + timedelta(days=10)):
        kept = keep(state, T)

    anonymous = shown_by(channels, kept, Client(), at)
    signed_in = shown_by(channels, kept, logged_in(stranger), at)
    office = shown_by(channels, kept, logged_in(editor), at)

    expected = set(channels) if is_public else NOWHERE
    assert anonymous == signed_in == expected
    drafts = NOWHERE if state == "removed" else {"page"}
    assert office == expected | drafts | (FILES & set(channels))


def test_a_cancelled_event_keeps_its_place_under_a_notice():
    kept = keep_event("cancelled", moment.now() - timedelta(days=1))

    assert shown_by(OF_AN_EVENT, kept, Client(), moment.now()) == set(OF_AN_EVENT)
    page = Client().get(OF_AN_EVENT["page"].address(kept))
    assert "The guests cannot come." in page.content.decode()


@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_lists_show_everybody_the_same(state, editor, logged_in):
    """Drafts open on their own page only."""
    told = tell(state, None)

    for name, channel in OF_A_TEXT.items():
        if name not in {"preview", *FILES}:
            public, signed_in = (
                client.get(channel.address(told)) for client in (Client(), logged_in(editor))
            )
            assert public.status_code == signed_in.status_code
            assert public.content == signed_in.content, name


@pytest.mark.parametrize("keep", [keep_project, keep_event], ids=["project", "event"])
@pytest.mark.parametrize("state", ["draft", "scheduled"])
def test_what_not_everybody_may_see_is_kept_nowhere(keep, state, editor, logged_in):
    kept = keep(state, moment.now() + timedelta(days=1))

    response = logged_in(editor).get(kept.record.get_absolute_url())

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert 'name="robots" content="noindex"' in response.content.decode()


def test_a_preview_is_kept_nowhere(editor, logged_in):
    told = tell("draft", None)

    response = logged_in(editor).get(OF_A_TEXT["preview"].address(told))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert 'name="robots" content="noindex"' in response.content.decode()
    assert response.context["preview"] is True


def test_a_preview_asks_whoever_is_not_logged_in_to_log_in():
    told = tell("draft", None)
    address = OF_A_TEXT["preview"].address(told)

    there = Client().get(address)
    nowhere = Client().get(address.replace(f"/{told.edition.pk}/", "/999999/"))

    assert there.status_code == nowhere.status_code == 302
    assert there.headers["Location"].startswith("/admin/login/")
