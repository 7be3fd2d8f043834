"""What colleagues see of alerts: numbers for all, addresses for few, and whom a step will tell."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from articles import consequences
from pressoffice.accounts import roles
from pressoffice.alerts.models import Subscriber
from tests.makers import make_edition, make_event, make_statement, somebody

from .test_telling import ANNA, BEN, publish

pytestmark = pytest.mark.django_db


def in_english(words, edition):
    with override("en"):
        return words(edition)


def test_everybody_at_the_desk_sees_how_many_follow_what_and_nobodys_address(follow, author, logged_in):
    make_edition(language="ru", statement=make_statement(kind="speech"))
    follow(ANNA, query="kind=speech"), follow(BEN, query="kind=speech", frequency="daily")

    shown = logged_in(author).get(reverse("admin:alerts_subject_changelist"))

    (row,) = shown.context["cl"].result_list
    assert (row.number, row.of_at_once, row.of_daily, row.of_weekly) == (2, 1, 1, 0)
    assert ANNA not in shown.content.decode()
    assert logged_in(author).get(reverse("admin:alerts_subscriber_changelist")).status_code == 403


def test_a_chief_editor_ends_what_somebody_asks_for_by_telephone(follow, chief, logged_in):
    anna, ben = follow(ANNA), follow(BEN)
    desk, page = logged_in(chief), reverse("admin:alerts_subscriber_changelist")

    found = desk.get(page, {"q": "anna@"})
    desk.post(page, {"action": "end_all", "_selected_action": [anna.pk]})

    assert [each.pk for each in found.context["cl"].result_list] == [anna.pk]
    assert [each.pk for each in Subscriber.objects.reached()] == [ben.pk]
    assert desk.get(reverse("admin:alerts_subscriber_change", args=[ben.pk])).status_code == 200


@pytest.mark.parametrize("state", ["reached", "unconfirmed", "paused", "left", "nothing"])
def test_subscribers_are_found_by_their_state(state, follow, chief, logged_in):
    follow(ANNA)

    shown = logged_in(chief).get(reverse("admin:alerts_subscriber_changelist"), {"state": state})

    assert shown.status_code == 200
    assert len(shown.context["cl"].result_list) == (state in {"reached", "nothing"})


def test_the_button_says_how_many_will_be_told(follow):
    make_edition(language="ru", statement=make_statement(kind="speech"))
    follow(ANNA, query="kind=speech")
    follow(BEN, query="kind=speech"), follow(BEN)
    follow("cleo@reader.example", language="en")

    speech = make_edition(state="approved", language="ru", statement=make_statement(kind="speech"))
    other = make_edition(state="approved", language="ru")
    kyrgyz = make_edition(state="approved", language="ky")

    assert "2 subscribers are told by e-mail." in in_english(consequences.of_publication_now, speech)
    assert "1 subscriber is told by e-mail." in in_english(consequences.of_scheduling, other)
    assert "e-mail" not in in_english(consequences.of_publication_now, kyrgyz)


def test_the_page_before_a_records_publication_says_how_many_will_be_told(follow, chief, logged_in):
    make_event(kind="visit")
    follow(ANNA, "events", query="kind=visit")
    follow(BEN, "events"), follow(BEN, "events", language="ky")
    follow("cleo@reader.example", "projects")
    visit = make_event(state="draft", kind="visit")
    briefing = make_event(state="draft", kind="briefing")

    desk = logged_in(chief)
    desk.cookies["django_language"] = "en"

    def said(event, step):
        return desk.get(reverse("admin:events_event_step", args=[event.pk, step])).text

    assert "2 subscribers are told by e-mail." in said(visit, "publish")
    assert "2 subscribers are told by e-mail." in said(visit, "schedule")
    assert "1 subscriber is told by e-mail." in said(briefing, "publish")
    assert "e-mail" not in said(briefing, "remove")


def test_a_correction_and_a_takedown_say_how_many_had_the_text(follow, work):
    follow(ANNA)
    edition = publish()
    work()
    follow(BEN)
    cache.clear()
    major = edition.statement.start_edition(language="ru", by=somebody(roles.AUTHOR))
    minor = type(major).objects.get(pk=major.pk)
    minor.is_minor = True

    assert "1 subscriber is told" in in_english(consequences.of_publication_now, major)
    assert "e-mail" not in in_english(consequences.of_publication_now, minor)
    assert "1 subscriber is told" in in_english(consequences.of_withdrawal, edition)
    assert "1 subscriber is told" in in_english(consequences.of_removal, edition)


def test_where_nothing_is_sent_nothing_is_said(follow, settings):
    follow(ANNA)
    edition = make_edition(state="approved", language="ru")
    settings.PRESSOFFICE_ALERTS = False

    assert "e-mail" not in in_english(consequences.of_publication_now, edition)
