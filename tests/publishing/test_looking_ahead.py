"""The site as it will be: for colleagues, at a moment ahead, and for nobody else."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.publishing import moment
from tests.makers import (
    body_about,
    make_edition,
    make_event,
    make_project,
    make_statement,
    make_status,
    somebody,
)

pytestmark = pytest.mark.django_db

AHEAD = timezone.now() + timedelta(days=3)
ASKED = {"as_of": AHEAD.isoformat()}
Desk = Callable[[User], Client]


@pytest.fixture
def coming(db: None) -> dict[str, str]:
    """Address and words, of a text, a project with its status and an event that go public together."""
    project = make_project("canal", state="scheduled", at=AHEAD)
    event = make_event("opening", state="scheduled", at=AHEAD, days=9)
    statement = make_statement(original_language="ru", event=event)
    text = make_edition(
        state="scheduled",
        at=AHEAD,
        statement=statement,
        language="ru",
        title="Канал открыт",
        body=body_about(project),
    )
    make_status(project, statement, "closed", timezone.localdate(AHEAD))
    return {
        "/ru/": "Канал открыт",
        text.get_absolute_url(): "Канал открыт",
        f"/ru/statements/{statement.reference}/v1/": "Канал открыт",
        "/ru/statements/": "Канал открыт",
        "/ru/statements/feed.rss": "Канал открыт",
        "/ru/projects/": "Canal (ru)",
        "/ru/projects/canal/": "Канал открыт",
        "/ru/projects/canal/feed.rss": "Канал открыт",
        "/ru/events/": "Opening (ru)",
        "/ru/events/opening/": "Канал открыт",
    }


@pytest.mark.parametrize("who", ["author", "translator", "editor", "chief"])
def test_colleagues_see_every_page_as_it_will_be(
    who: str, coming: dict[str, str], request: pytest.FixtureRequest, logged_in: Desk
) -> None:
    client = logged_in(request.getfixturevalue(who))

    for address, words in coming.items():
        answer = client.get(address, ASKED)
        assert answer.status_code == 200, address
        assert words in answer.text, address
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"


def test_it_is_not_there_a_moment_before(coming: dict[str, str], logged_in: Desk, editor: User) -> None:
    before = {"as_of": (AHEAD - timedelta(seconds=1)).isoformat()}
    client = logged_in(editor)

    assert "Канал открыт" not in client.get("/ru/statements/", before).text
    assert client.get("/ru/projects/canal/feed.rss", before).status_code == 404


def test_nobody_else_sees_it_and_all_are_told_the_same(
    coming: dict[str, str], client: Client, logged_in: Desk, stranger: User
) -> None:
    no_longer_staff = somebody(roles.EDITOR)
    no_longer_staff.is_staff = False
    no_longer_staff.save()

    for address in coming:
        answers = {
            (answer.status_code, "1991" in answer.text)
            for reader in (client, logged_in(stranger), logged_in(no_longer_staff))
            for answer in [reader.get(address, ASKED)]
        }
        assert answers == {(404, True)}, address


def test_an_anonymous_reader_of_the_future_learns_nothing_of_it(
    coming: dict[str, str], client: Client
) -> None:
    """The same bytes, and no more queries, for an address that will be there and for one that will not."""
    with moment.fixed(timezone.now()):
        there = client.get("/ru/projects/canal/", ASKED)
        never = client.get("/ru/projects/never/", ASKED)

    assert there.content.replace(b"canal", b"") == never.content.replace(b"never", b"")
    assert dict(there.headers) == dict(never.headers)


def test_a_draft_is_not_part_of_what_will_be(logged_in: Desk, editor: User) -> None:
    make_edition(state="draft", language="ru", title="Черновик")
    make_edition(state="approved", language="ru", title="Утверждено")

    page = logged_in(editor).get("/ru/statements/", ASKED).text

    assert "Черновик" not in page
    assert "Утверждено" not in page


def test_the_page_says_what_it_is_and_leads_on_in_the_same_moment(
    coming: dict[str, str], logged_in: Desk, editor: User
) -> None:
    page = logged_in(editor).get("/ru/statements/", ASKED).text

    main = page[page.index("<main") :]
    addresses = re.findall(r'<a [^>]*href="(/ru/[^"#]*)"', main)
    assert addresses
    assert all("as_of=" in address for address in addresses)
    assert 'data-now href="/ru/statements/"' in page
    assert "noindex" in page


def test_what_gives_way_has_given_way_then(logged_in: Desk, editor: User) -> None:
    first = make_edition(language="ru", title="Старая", at=timezone.now() - timedelta(days=60))
    second = make_edition(
        state="scheduled", at=AHEAD, statement=first.statement, language="ru", title="Новая"
    )
    client = logged_in(editor)

    page = client.get("/ru/statements/", ASKED).text
    assert "Новая" in page
    assert "Старая" not in page
    assert "Старая" in client.get("/ru/statements/").text
    assert client.get(second.get_absolute_url(), ASKED).status_code == 200


@pytest.mark.parametrize("as_of", ["9999-12-31", "9999-01-01T00:00:00Z", "tomorrow", "2026-13-45", "\x00"])
def test_what_is_no_moment_stays_none(as_of: str, logged_in: Desk, editor: User) -> None:
    assert logged_in(editor).get("/ru/statements/", {"as_of": as_of}).status_code == 404


def test_a_step_runs_by_the_clock_whatever_the_address_says(logged_in: Desk, editor: User) -> None:
    edition = make_edition(state="approved")

    logged_in(editor).post(
        f"/admin/articles/edition/{edition.pk}/steps/publish/?as_of={AHEAD.date().isoformat()}"
    )

    edition.refresh_from_db()
    assert edition.live_from is not None
    assert edition.live_from < AHEAD
