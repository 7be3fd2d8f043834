"""The site as it stood: `?as_of=`."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from pressoffice.accounts import roles
from pressoffice.publishing import moment
from tests.makers import make_edition, make_event, make_project, make_status, sign_in, somebody

pytestmark = pytest.mark.django_db

BISHKEK = ZoneInfo("Asia/Bishkek")
FIRST = datetime(2025, 1, 10, 23, 30, tzinfo=BISHKEK)
LISTS = ["/ru/", "/ru/statements/", "/ru/statements/feed.rss"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    ("as_of", "is_there"),
    [
        ("2025-01-09", False),
        ("2025-01-10", True),
        ("2025-01-10T23:29:59", False),
        ("2025-01-10T17:30:00Z", True),
        ("2025-01-10T17:29:59Z", False),
    ],
)
def test_a_day_shows_what_was_public_at_its_end_in_bishkek(client: Client, address, as_of, is_there):
    make_edition(language="ru", title="Жол ачылды", at=FIRST)

    assert ("Жол ачылды" in client.get(f"{address}?as_of={as_of}").text) == is_there


def test_an_old_text_is_read_again_as_it_stood(client: Client):
    edition = make_edition(language="ru", title="Первая редакция", at=FIRST)
    make_edition(
        statement=edition.statement, language="ru", title="Вторая редакция", at=FIRST + timedelta(days=30)
    )
    statement = f"/ru/statements/{edition.statement.reference}/"

    then = client.get(f"{statement}{edition.slug}/?as_of=2025-01-20")
    now = client.get(statement, follow=True)

    assert "Первая редакция" in then.text
    assert "20 января 2025" in then.text
    assert "Вторая редакция" in now.text


def test_the_status_of_a_project_is_the_one_known_then(client: Client):
    project = make_project("road", at=FIRST - timedelta(days=400))
    early = make_edition(language="ru", at=FIRST)
    late = make_edition(language="ru", at=FIRST + timedelta(days=100))
    make_status(project, early.statement, "pipeline", "2025-01-10")
    make_status(project, late.statement, "closed", "2025-04-20")

    then = client.get("/ru/projects/road/?as_of=2025-02-01").context["ledger"].status
    now = client.get("/ru/projects/road/").context["ledger"].status

    assert (then.status, now.status) == ("pipeline", "closed")


@pytest.mark.parametrize("address", [*LISTS, "/ru/projects/", "/ru/promises/", "/ru/events/"])
@pytest.mark.parametrize(
    "as_of",
    ["tomorrow", "2025-02-30", "0001-01-01", "9999-12-31", "2025", "\x00", "1" * 500, "２０２５-01-01", "+1"],
)
def test_what_is_no_day_of_the_past_is_answered_with_a_sentence(client: Client, address, as_of):
    response = client.get(address, {"as_of": as_of})

    assert response.status_code == 404
    assert "1991" in response.text


def test_nothing_that_is_still_to_come_is_shown(client: Client):
    make_edition(language="ru", title="Завтра", state="scheduled", at=timezone.now() + timedelta(days=1))
    later = (timezone.now() + timedelta(days=3)).isoformat()

    for asked in (later, later[:10], timezone.localdate().isoformat()):
        assert "Завтра" not in client.get("/ru/statements/", {"as_of": asked}).text


def test_what_was_removed_since_stays_removed(client: Client):
    edition = make_edition(language="ru", title="Лишнее", at=FIRST)
    event = make_event("council", at=FIRST)
    edition.remove(by=somebody(roles.CHIEF_EDITOR), reason="It named a child.")
    event.remove(by=somebody(roles.CHIEF_EDITOR), reason="Entered twice.")

    assert "Лишнее" not in client.get("/ru/statements/?as_of=2025-06-01").text
    assert client.get(f"{edition.get_absolute_url()}?as_of=2025-06-01").status_code == 410
    assert client.get("/ru/events/council/?as_of=2025-06-01").status_code == 410


def test_a_view_of_the_past_is_kept_by_nobody_and_says_so(client: Client):
    response = client.get("/ru/statements/?as_of=2025-06-01")

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "1 июня 2025" in response.text
    assert 'href="/ru/statements/"' in response.text
    assert 'href="/en/statements/?as_of=2025-06-01"' in response.text


def test_the_desk_lives_in_the_present(client: Client, editor):
    sign_in(client, editor)

    response = client.get("/admin/?as_of=nonsense")

    assert response.status_code == 200
    assert moment.now() > FIRST
