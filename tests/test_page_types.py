"""The list of page types that the browser tests and the audit go by: whole, and each with an example."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils.translation import override

from audit.page_types import PAGE_TYPES, addresses_in
from tests.one_of_each import make_one_of_each

pytestmark = pytest.mark.django_db

FEEDS_OF_ONE = ("project-feed", "country-feed", "organisation-feed", "hash-feed")
# Names of addresses that answer no page, or one that is in the list under another name.
NO_PAGES = {
    *("manifest", "calendar", "event-calendar", "project-calendar"),
    *(name + tail for name in ("feed", *FEEDS_OF_ONE) for tail in ("", "-in")),
    *("feed-part", "feed-part-atom"),
    *("data-json", "data-projects-csv", "data-facts-csv", "data-iati", "data-oc4ids"),
    *("data-project-json", "data-project-facts-csv", "data-project-iati", "data-project-oc4ids"),
    *("share-card", "press-kit", "suggest"),
    *("door", "image", "document"),  # under embargo: for those with a link
    *("confirm", "manage", "leave"),  # for those with a letter: tests/alerts
    "preview",  # for those with a log-in: a statement's page
    "design",  # in the demonstration only: tests/test_design.py
}
# By design they are no page that there is.
ANSWERS = {"nothing there": 404, "statement in other languages only": 404, "statement, removed": 410}


def names_in(resolver: URLResolver) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from names_in(each)
        elif isinstance(each, URLPattern) and each.name:
            yield each.name


def public_names() -> set[str]:
    with override("en"):
        (languages,) = [
            each for each in get_resolver().url_patterns if str(getattr(each, "pattern", "")) == "en/"
        ]
        return set(names_in(languages))


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_there_is_an_example_of_every_type(language: str) -> None:
    make_one_of_each(language)

    found = addresses_in(language)

    assert found.keys() == PAGE_TYPES.keys()
    for name, address in found.items():
        assert Client().get(address).status_code == ANSWERS.get(name, 200), name


def test_every_public_address_that_answers_a_page_has_a_type() -> None:
    make_one_of_each("en")
    with override("en"):
        shown = {
            resolve(each.partition("?")[0]).url_name
            for each in addresses_in("en").values()
            if "nothing" not in each
        }

    assert public_names() - NO_PAGES == shown


def test_what_has_no_example_is_left_out() -> None:
    assert "statement" not in addresses_in("en")
    assert "statements" in addresses_in("en")
