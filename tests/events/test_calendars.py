"""Events in people's calendars, by month, moved, and narrowed down."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from icalendar import Calendar

from events.models import Event, EventMove
from pressoffice.accounts import roles
from pressoffice.publishing import moment
from tests.channels import under
from tests.makers import in_three, make_country, make_event, make_project, somebody

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 12, 6, tzinfo=UTC)  # in Bishkek
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def page(address: str, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status
    return response.content.decode()


def entries(address: str) -> list[Any]:
    response = Client().get(address)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


def at_noon(code: str = "visit", **facts: Any) -> Event:
    return make_event(code, starts_at=NOON, ends_at=NOON + HOUR, at=NOON - 30 * DAY, **facts)


def moved(event: Event, **columns: Any) -> Event:
    with moment.fixed(NOON - 10 * DAY):
        for name, value in columns.items():
            setattr(event, name, value)
        event.save()
    return event


# --- moved -------------------------------------------------------------------------------------------


def test_readers_see_what_a_moved_event_was_announced_for():
    event = moved(at_noon(), starts_at=NOON + DAY, ends_at=NOON + DAY + HOUR)

    with moment.fixed(NOON - 9 * DAY):
        for address in (under("en", "events:event", event.code), under("en", "events:event-list")):
            shown = " ".join(page(address).split())
            assert "It was announced for: <time" in shown
            assert "12 November 2026, " in shown
            assert "13 November 2026, " in shown


def test_nobody_is_told_of_a_move_before_the_event_was_public():
    event = make_event("visit", state="draft", starts_at=NOON, ends_at=NOON + HOUR)
    moved(event, starts_at=NOON + DAY, ends_at=NOON + DAY + HOUR)

    assert not EventMove.objects.exists()


def test_another_place_is_a_move_and_another_spelling_is_none():
    event = moved(at_noon(), venue_en="Bishkek city")
    assert not EventMove.objects.exists()

    moved(event, **in_three("venue", "Osh"))
    with moment.fixed(NOON - 9 * DAY):
        shown = page(under("en", "events:event", event.code))
    assert "It was announced for another place: Bishkek city" in shown


def test_a_move_is_not_known_in_the_past_of_the_site():
    event = moved(at_noon(), starts_at=NOON + DAY, ends_at=NOON + DAY + HOUR)

    with moment.fixed(NOON - 9 * DAY):
        then = page(under("en", "events:event", event.code, query="as_of=2026-10-30"))
    assert "has been moved" not in then


# --- calendars ---------------------------------------------------------------------------------------


def test_an_event_is_taken_along_with_hour_place_and_address():
    event = at_noon(**in_three("summary", "What it is about"))

    (entry,) = entries(under("en", "events:event-calendar", event.code))
    assert str(entry["summary"]) == "Visit (en)"
    assert entry["dtstart"].dt.isoformat() == "2026-11-12T12:00:00+06:00"
    assert entry["dtstart"].params["TZID"] == "Asia/Bishkek"
    assert str(entry["location"]) == "Bishkek (en)"
    assert "What it is about (en)" in entry["description"]
    assert str(entry["url"]).endswith("/en/events/visit/")
    assert str(entry["status"]) == "CONFIRMED"
    assert entry["sequence"] == 0


def test_the_id_outlives_a_new_title_and_each_move_and_the_cancellation_count(settings):
    event = at_noon()
    address = under("en", "events:event-calendar", event.code)
    (before,) = entries(address)

    settings.PRESSOFFICE_ADDRESS = "https://elsewhere.example"
    moved(event, title_en="Called otherwise")
    (retitled,) = entries(address)
    assert (retitled["uid"], retitled["sequence"]) == (before["uid"], 0)

    moved(event, starts_at=NOON + DAY, ends_at=NOON + DAY + HOUR)
    (later,) = entries(address)
    assert (later["uid"], later["sequence"]) == (before["uid"], 1)

    event.cancel(by=somebody(roles.EDITOR), reason="The guests cannot come.")
    (cancelled,) = entries(address)
    assert (cancelled["uid"], cancelled["sequence"]) == (before["uid"], 2)
    assert str(cancelled["status"]) == "CANCELLED"
    assert "The guests cannot come." in str(cancelled["description"])


def test_an_event_that_takes_place_after_all_is_a_newer_version_than_its_cancellation():
    """Programs pass over whatever has a lower number than what they have."""
    event = at_noon()
    address = under("en", "events:event-calendar", event.code)
    event.cancel(by=somebody(roles.EDITOR), reason="The guests cannot come.")
    (cancelled,) = entries(address)
    event.refresh_from_db()

    event.restore(by=somebody(roles.CHIEF_EDITOR), reason="It was right after all.")

    (restored,) = entries(address)
    assert (cancelled["sequence"], restored["sequence"]) == (1, 2)
    assert str(restored["status"]) == "CONFIRMED"


def test_a_calendar_names_what_it_is_narrowed_down_to():
    at_noon("one", kind="forum")

    calendar = Calendar.from_ical(Client().get(under("en", "events:calendar", query="kind=forum")).content)

    assert str(calendar["name"]) == str(calendar["x-wr-calname"])
    assert str(calendar["name"]) == "Events of the press office – Kind: Forum"


def test_each_language_has_entries_of_its_own():
    event = at_noon()

    ids = {entries(under(code, "events:event-calendar", event.code))[0]["uid"] for code in ("ky", "ru", "en")}
    assert len(ids) == 3


def test_a_calendar_is_narrowed_down_like_the_list():
    at_noon("one", kind="forum").countries.add(make_country("KZ"))
    at_noon("other", kind="visit")
    road = make_project("road")
    at_noon("third", kind="forum").projects.add(road)

    def codes(query: str) -> set[str]:
        shown = entries(under("en", "events:calendar", query=query))
        return {str(entry["url"]).rsplit("/", 2)[1] for entry in shown}

    assert codes("") == {"one", "other", "third"}
    assert codes("kind=forum") == {"one", "third"}
    assert codes("kind=forum&country=KZ") == {"one"}
    assert codes("project=road") == {"third"}
    # Whoever follows one country must not be sent all events once nothing names it.
    assert codes("kind=nonsense") == set()


@pytest.mark.parametrize("name", ["events:calendar", "promises:calendar"])
def test_a_calendar_without_entries_is_one_all_the_same(name):
    calendar = Calendar.from_ical(Client().get(under("en", name)).content)

    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]


def test_a_calendar_that_has_not_changed_is_not_sent_again():
    at_noon()
    address = under("en", "events:calendar")
    first = Client().get(address)

    with moment.fixed(moment.now() + DAY):
        again = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert Client().head(address).status_code == 200


def test_the_page_offers_to_subscribe_and_to_take_along(settings):
    settings.PRESSOFFICE_ADDRESS = "https://press.example"
    at_noon("one", kind="forum")

    listed = page(under("en", "events:event-list", query="kind=forum"))
    assert 'href="webcal://press.example/en/events/calendar.ics?kind=forum"' in listed
    assert 'href="/en/events/one/event.ics"' in page(under("en", "events:event", "one"))


# --- months ------------------------------------------------------------------------------------------


def month(year: int, number: int, **query: Any) -> dict[str, list[str]]:
    response = Client().get(under("en", "events:month", year, number), query)
    assert response.status_code == 200
    return {
        day.day.isoformat(): [event.code for event in day.events]
        for week in response.context["weeks"]
        for day in week
        if day.events
    }


def test_an_event_stands_on_each_of_its_days():
    begin = datetime(2026, 11, 10, 3, tzinfo=UTC)
    make_event("forum", starts_at=begin, ends_at=begin + 2 * DAY)

    assert month(2026, 11) == {f"2026-11-{day}": ["forum"] for day in (10, 11, 12)}


def test_an_event_that_ends_at_midnight_does_not_reach_the_next_day():
    begin = datetime(2026, 11, 10, 12, tzinfo=UTC)
    make_event("gala", starts_at=begin, ends_at=datetime(2026, 11, 10, 18, tzinfo=UTC))

    assert month(2026, 11) == {"2026-11-10": ["gala"]}


def test_an_evening_in_greenwich_is_the_next_day_in_bishkek():
    begin = datetime(2026, 11, 30, 19, tzinfo=UTC)
    make_event("dawn", starts_at=begin, ends_at=begin + HOUR)

    assert month(2026, 12) == {"2026-12-01": ["dawn"]}


def test_a_month_keeps_its_filters_on_the_way_to_the_next():
    at_noon("one", kind="forum")
    at_noon("other", kind="visit")

    assert month(2026, 11, kind="forum") == {"2026-11-12": ["one"]}
    shown = page(under("en", "events:month", 2026, 11, query="kind=forum"))
    assert 'rel="next" href="/en/events/2026/12/?kind=forum"' in shown
    assert 'href="/en/events/calendar.ics?kind=forum"' in shown
    assert 'href="webcal://' in shown


def test_there_is_no_end_of_months_to_walk_through():
    with moment.fixed(NOON):
        page(under("en", "events:month", 2026, 11), 404)
        at_noon()
        assert 'rel="prev" href="/en/events/2026/10/"' in page(under("en", "events:month", 2026, 11))
        assert 'rel="prev"' not in page(under("en", "events:month", 2026, 10))
        page(under("en", "events:month", 2026, 9), 404)
        page(under("en", "events:month", 2027, 1), 404)


def test_a_month_without_events_says_so():
    with moment.fixed(NOON):
        at_noon()
        assert "There is no event in this month." in page(under("en", "events:month", 2026, 12))


# --- accreditation -----------------------------------------------------------------------------------


def test_the_last_hour_of_accreditation_is_shown_and_then_that_it_has_passed():
    event = at_noon(accreditation_until=NOON - DAY)

    with moment.fixed(NOON - 2 * DAY):
        assert "until 11 November 2026, 12:00" in page(under("en", "events:event", event.code))
        assert "Accreditation until 11 November 2026, 12:00" in page(under("en", "events:event-list"))
    with moment.fixed(NOON - HOUR):
        assert "closed since 11 November 2026, 12:00" in page(under("en", "events:event", event.code))
        assert "Accreditation until" not in page(under("en", "events:event-list"))
    (entry,) = entries(under("en", "events:event-calendar", event.code))
    assert "Accreditation until 11 November 2026, 12:00." in entry["description"]


def test_accreditation_does_not_close_after_the_event():
    event = make_event("visit", state="draft", starts_at=NOON, ends_at=NOON + HOUR)
    event.accreditation_until = NOON + DAY

    with pytest.raises(ValidationError, match="Accreditation closes before the event is over."):
        event.full_clean()
