"""Names in three languages, and who held which office when."""

from datetime import date

import pytest
from django.utils import translation

from pressoffice.directory.models import Country, Office, Topic
from pressoffice.publishing.languages import text_in
from tests.makers import in_three, make_person, make_topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), "Deputy"),
        (date(2023, 12, 31), "Deputy"),
        (date(2024, 1, 1), "Minister"),
        (date(2024, 6, 1), "Special envoy"),
        (date(2024, 6, 2), "Minister"),
        (date(2999, 1, 1), "Minister"),
    ],
)
def test_the_office_held_on_a_day(day, title):
    person = make_person(office="")
    for name, begin, end in [
        ("Deputy", date(2020, 1, 1), date(2023, 12, 31)),
        ("Minister", date(2024, 1, 1), None),
        ("Special envoy", date(2024, 6, 1), date(2024, 6, 1)),
    ]:
        Office.objects.create(person=person, from_on=begin, until_on=end, **in_three("title", name))

    office = person.office_on(day)

    assert (office.title_en if office else None) == (f"{title} (en)" if title else None)


def test_an_office_without_days_is_held_always():
    person = make_person(office="Author")

    assert person.office_on(date(1800, 1, 1)) == person.office_on(date(2999, 1, 1)) is not None


def test_every_country_has_a_name_in_every_language():
    countries = list(Country.objects.all())

    assert len(countries) > 190
    for country in countries:
        assert country.name_ky
        assert country.name_ru
        assert country.name_en


def test_a_missing_name_falls_back_and_says_its_language():
    topic = Topic(slug="water", name_ky="", name_ru="Вода", name_en="Water")

    with translation.override("ky"):
        assert topic.name == "Вода"
        assert text_in(topic, "name") == ("Вода", "ru")
    with translation.override("en-gb"):
        assert topic.name == "Water"


def test_names_are_sorted_in_the_language_of_the_page():
    for name_ru, name_en in [("Б", "A"), ("А", "B")]:
        Topic.objects.create(slug=name_en.lower(), name_ky="К", name_ru=name_ru, name_en=name_en)

    with translation.override("ru"):
        assert [topic.name for topic in Topic.objects.by_name()] == ["А", "Б"]
    with translation.override("en"):
        assert [topic.name for topic in Topic.objects.by_name()] == ["A", "B"]


def test_names_lose_what_no_page_can_show():
    topic = make_topic("Wa\x0bter\u202e")
    topic.refresh_from_db()

    assert topic.name_en == "Wa ter (en)"
