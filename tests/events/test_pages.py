"""Events: what is coming and what was, and a cancellation that stays in its place."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from pressoffice.accounts import roles
from pressoffice.publishing import moment
from pressoffice.publishing.steps import StepRefused
from tests.channels import under
from tests.makers import make_edition, make_event, make_project, make_statement, somebody

pytestmark = pytest.mark.django_db


def lists() -> tuple[list[str], list[str]]:
    context = Client().get(under("en", "events:event-list")).context
    return [event.code for event in context["upcoming"]], [event.code for event in context["past"]]


def test_the_next_one_first_and_the_last_one_first():
    for code, days in [("soon", 1), ("later", 9), ("yesterday", -1), ("long-ago", -9)]:
        make_event(code, days=days)

    assert lists() == (["soon", "later"], ["yesterday", "long-ago"])


def test_a_project_has_the_next_event_first_and_those_that_are_over_apart():
    project = make_project("road")
    for code, days in [("later", 20), ("soon", 5), ("yesterday", -1), ("long-ago", -90)]:
        make_event(code, days=days).projects.add(project)

    page = Client().get(under("en", "projects:project", "road")).content.decode()
    coming, over = page.partition("What is coming")[2].split("Past events")
    assert [re.findall(r'/events/([a-z-]+)/">', part) for part in (coming, over)] == [
        ["soon", "later"],
        ["yesterday", "long-ago"],
    ]


def test_an_event_is_ahead_until_it_is_over():
    now = timezone.now()
    event = make_event(starts_at=now - timedelta(days=1), ends_at=now + timedelta(hours=1))

    assert lists() == ([event.code], [])
    with moment.fixed(event.ends_at):
        assert not event.is_past()
        assert lists() == ([event.code], [])
    with moment.fixed(event.ends_at + timedelta(microseconds=1)):
        assert event.is_past()
        assert lists() == ([], [event.code])


@pytest.mark.parametrize(
    ("begin", "end", "words"),
    [
        (
            (2025, 8, 21),
            (2025, 8, 22),
            {"ky": "2025-жылдын 21–22‑августу", "ru": "21–22 августа 2025", "en": "21–22 August 2025"},
        ),
        (
            (2025, 8, 31),
            (2025, 9, 2),
            {
                "ky": "2025-жылдын 31‑августу – 2‑сентябры",
                "ru": "31 августа – 2 сентября 2025",
                "en": "31 August – 2 September 2025",
            },
        ),
    ],
)
def test_days_in_a_row_name_their_month_and_year_once(begin, end, words):
    zone = timezone.get_default_timezone()
    event = make_event(starts_at=datetime(*begin, 10, tzinfo=zone), ends_at=datetime(*end, 18, tzinfo=zone))

    for language, expected in words.items():
        assert expected in Client().get(under(language, "events:event", event.code)).content.decode()


def test_a_cancelled_event_says_why_where_it_stood(editor, author):
    event = make_event("visit")
    with pytest.raises(StepRefused):
        event.cancel(by=author, reason="No.")
    with pytest.raises(StepRefused, match="reason"):
        event.cancel(by=editor, reason="  ")

    event.cancel(by=editor, reason="The pass is closed by snow.")

    shown = Client().get(under("en", "events:event", "visit")).content.decode()
    assert "The pass is closed by snow." in shown
    assert lists()[0] == ["visit"]
    with pytest.raises(StepRefused, match="cancelled already|taken down already"):
        event.cancel(by=editor, reason="Again.")


def test_only_what_is_public_is_cancelled(editor):
    for state in ("draft", "scheduled"):
        with pytest.raises(StepRefused):
            make_event(state=state).cancel(by=editor, reason="No.")


def test_a_removed_event_may_lead_elsewhere():
    event = make_event("visit")
    event.remove(by=somebody(roles.CHIEF_EDITOR), reason="Entered twice.", redirect_to="/en/events/")

    response = Client().get(under("en", "events:event", "visit"))

    assert (response.status_code, response.headers["Location"]) == (302, "/en/events/")


def test_its_statements_in_the_language_of_the_page():
    event = make_event("visit")
    statement = make_statement(event=event)
    english = make_edition(statement=statement, language="en")
    make_edition(statement=statement, language="ru")
    make_edition(statement=make_statement(event=event), language="en", state="draft")

    assert list(Client().get(under("en", "events:event", "visit")).context["editions"]) == [english]


def test_an_event_of_nobody_is_shown():
    make_event("visit", venue_ky="", venue_ru="", venue_en="")

    assert Client().get(under("ky", "events:event", "visit")).status_code == 200
    assert Event.objects.live().count() == 1
