"""People and topics: what readers find of them, and nothing that is only in a draft."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from pressoffice.directory.models import Office
from tests.channels import text, under
from tests.makers import in_three, make_edition, make_event, make_person, make_statement, make_topic

pytestmark = pytest.mark.django_db


def person_page(slug: str = "speaker", language: str = "ru") -> Any:
    return Client().get(under(language, "people:person", slug))


def office(person: Any, title: str, begin: date | None, end: date | None = None) -> Office:
    return Office.objects.create(person=person, **in_three("title", title), from_on=begin, until_on=end)


def test_a_person_has_everything_they_said_and_the_events_they_came_to() -> None:
    speaker = make_person("Speaker")
    edition = make_edition(statement=make_statement(speakers=[speaker]), language="ru", title="О дороге")
    event = make_event("council")
    event.participants.add(speaker)

    shown = text(person_page())

    assert edition.get_absolute_url() in shown
    assert under("ru", "events:event", "council") in shown
    assert speaker.get_absolute_url().replace("/ky/", "/ru/") in text(
        Client().get(edition.get_absolute_url())
    )


def test_only_the_offices_of_days_that_readers_know_of_are_shown() -> None:
    """An appointment stands in the directory before it is announced."""
    speaker = make_person("Speaker", office="")
    speaker.offices.all().delete()
    office(speaker, "Deputy", date(2020, 1, 1), date(2024, 12, 31))
    office(speaker, "Minister", date(2025, 1, 1), date(2026, 12, 31))
    office(speaker, "Ambassador", date(2027, 1, 1))
    for day in (date(2022, 5, 5), date(2025, 5, 5)):
        make_edition(statement=make_statement(speakers=[speaker], delivered_on=day), language="ru")

    shown = text(person_page(language="en"))

    assert "Minister (en)" in shown
    assert "Deputy (en)" in shown
    assert shown.index("Minister (en)") < shown.index("Deputy (en)")
    assert "2020–2024" in shown
    assert "Ambassador" not in shown
    listed = text(Client().get(under("en", "people:person-list")))
    assert "Minister (en)" in listed
    assert "Deputy" not in listed


def test_nobody_is_there_for_a_text_that_is_not_public() -> None:
    speaker = make_person("Speaker")
    make_edition(statement=make_statement(speakers=[speaker]), state="scheduled")

    assert person_page().status_code == 404
    assert "/people/speaker/" not in text(Client().get(under("ru", "people:person-list")))


def test_a_person_who_spoke_in_another_language_only_says_so() -> None:
    make_edition(statement=make_statement(speakers=[make_person("Speaker")]), language="ky")

    assert "There is no statement in this language." in text(person_page(language="en"))


def test_a_topic_has_its_statements_and_is_counted_by_language() -> None:
    water = make_topic("Water")
    edition = make_edition(statement=make_statement(topics=[water]), language="ru")
    make_edition(statement=make_statement(topics=[water]), language="ru", state="draft")

    listed = Client().get(under("ru", "topics:topic-list"))
    elsewhere = Client().get(under("ky", "topics:topic-list"))

    assert edition.get_absolute_url() in text(Client().get(under("ru", "topics:topic", "water")))
    assert [topic.count for topic in listed.context["topics"]] == [1]
    assert [topic.count for topic in elsewhere.context["topics"]] == [0]
    assert Client().get(under("ru", "topics:topic", "nothing")).status_code == 404
