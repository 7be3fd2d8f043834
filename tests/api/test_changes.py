"""What a copy of the site learns: everything once, and of what was removed only that it was."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.publishing import moment
from tests.makers import make_agreement, make_edition, make_event, make_project, make_statement, somebody

pytestmark = pytest.mark.django_db

NOW = moment.now()


def changes(since: Any, **parameters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    response = Client().get("/api/changes/", {"since": since.isoformat(), **parameters})
    assert response.status_code == 200, response.content
    page = response.json()
    while page["items"]:
        found += page["items"]
        if not page["next"]:
            break
        page = Client().get(page["next"]).json()
    return found


def told(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [(each["change"], each["of"], each["id"], each["language"], each["version"]) for each in found]


def test_a_text_is_published_corrected_withdrawn_and_restored():
    chief = somebody(roles.CHIEF_EDITOR)
    edition = make_edition(state="superseded", language="ru", at=NOW - timedelta(days=20))
    reference = edition.statement.reference
    current = Edition.objects.live().get(statement=edition.statement)
    with moment.fixed(NOW - timedelta(days=3)):
        current.withdraw(by=chief, reason="Wrong.")

    withdrawn = told(changes(NOW - timedelta(days=30)))
    current.refresh_from_db()
    with moment.fixed(NOW - timedelta(days=2)):
        current.restore(by=chief, reason="It was right after all.")

    published = [
        ("published", "statement", reference, "ru", 1),
        ("corrected", "statement", reference, "ru", 2),
    ]
    assert withdrawn == [*published, ("withdrawn", "statement", reference, "ru", None)]
    assert told(changes(NOW - timedelta(days=30))) == [
        *published,
        ("restored", "statement", reference, "ru", None),
    ]
    assert told(changes(NOW - timedelta(days=14))) == [("restored", "statement", reference, "ru", None)]


def test_what_was_removed_is_an_identity_and_a_moment():
    removed = make_edition(state="removed", language="ru").statement
    make_project("road", state="removed")

    found = changes(NOW - timedelta(days=60))

    assert {(each["change"], each["id"]) for each in found} == {
        ("removed", removed.reference),
        ("removed", "road"),
    }
    for each in found:
        assert (each["address"], each["version"]) == (None, None)
        assert "private person" not in str(each)


def test_records_are_told_and_events_when_they_are_moved_or_cancelled():
    make_project("road")
    make_agreement("treaty")
    make_event("forum", state="cancelled")
    event = make_event("visit")
    event.starts_at += timedelta(hours=1)
    event.ends_at += timedelta(hours=1)
    event.save()

    found = {(each["change"], each["of"], each["id"]) for each in changes(NOW - timedelta(days=60))}

    assert found == {
        ("published", "project", "road"),
        ("published", "agreement", "treaty"),
        ("published", "event", "forum"),
        ("cancelled", "event", "forum"),
        ("published", "event", "visit"),
        ("changed", "event", "visit"),
    }


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "scheduled", "discarded"])
def test_what_is_not_public_is_not_told(state):
    make_edition(state=state, language="ru")
    make_project(state="scheduled" if state == "scheduled" else "draft")
    public = make_edition(language="ru", at=NOW - timedelta(days=5))
    if state != "discarded":
        make_edition(
            state=state,
            statement=public.statement,
            language="ru",
            at=NOW + timedelta(days=2) if state == "scheduled" else NOW,
        )

    assert told(changes(NOW - timedelta(days=60))) == [
        ("published", "statement", public.statement.reference, "ru", 1)
    ]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_tell_everything_once_though_much_has_one_moment(limit):
    """A release: texts, a project and an event at one second; a text taken down at another's moment."""
    at = NOW - timedelta(days=9)
    statement = make_statement()
    for language in ("ky", "ru", "en"):
        make_edition(statement=statement, language=language, at=at)
    make_edition(state="withdrawn", language="ru", at=at)
    make_project("road", at=at)
    make_event("visit", at=at)
    make_event("forum", at=at)

    found = changes(at - timedelta(seconds=1), limit=str(limit))

    assert len(found) == 8
    assert len({tuple(row) for row in told(found)}) == 8
    assert found == sorted(found, key=lambda each: each["at"])
    assert found == changes(at - timedelta(seconds=1), limit="100")


def test_what_it_costs_does_not_grow():
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            Client().get("/api/changes/?since=2020-01-01")
        return len(queries)

    make_edition(state="withdrawn", language="ru")
    make_project(state="removed")
    few = cost()
    for _each in range(5):
        make_edition(state="withdrawn", language="ru")
        make_project(state="removed")
        make_event()

    assert cost() == few <= 11
