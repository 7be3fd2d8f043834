"""A list that is narrowed down in place, with the same result as without script."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import makers

pytestmark = pytest.mark.usefixtures("live_server", "site")

Open = Callable[..., Any]
Watched = Callable[[Any], list[str]]
LIST = "/en/statements/"


@pytest.fixture
def site() -> None:
    for kind, title in (("interview", "First"), ("interview", "Second"), ("speech", "Third")):
        statement = makers.make_statement(original_language="en", kind=kind)
        makers.make_edition(statement=statement, language="en", title=title)


def titles(page: Any) -> list[str]:
    return page.locator(".teaser__title").all_inner_texts()


def test_a_choice_narrows_the_list_down_without_a_new_page(open_browser: Open, watched: Watched):
    page = open_browser().new_page()
    complaints = watched(page)
    page.goto(LIST)
    page.evaluate("window.stayed = true")

    page.get_by_label("Kind").select_option("speech")
    page.wait_for_url("**/?kind=speech")

    assert titles(page) == ["Third"]
    assert page.title().startswith("Kind: Speech – Statements")
    assert page.locator("[data-filters-said]").inner_text() == "1 statement"
    assert page.locator('link[rel="canonical"]').get_attribute("href").endswith("?kind=speech")
    assert page.evaluate("window.stayed") is True
    assert complaints == []


def test_the_back_button_leads_to_the_list_before(open_browser: Open):
    page = open_browser().new_page()
    page.goto(LIST)
    page.get_by_label("Kind").select_option("speech")
    page.wait_for_url("**/?kind=speech")

    page.go_back()

    page.locator(".teaser__title").nth(2).wait_for()
    assert page.get_by_label("Kind").input_value() == ""
    assert page.title().startswith("Statements")


def test_a_chip_is_removed_in_place_and_the_reader_is_led_to_the_result(open_browser: Open):
    page = open_browser().new_page()
    page.goto(f"{LIST}?kind=interview")
    page.evaluate("window.stayed = true")

    page.locator(".chip").click()

    page.locator(".teaser__title").nth(2).wait_for()
    assert page.evaluate("document.activeElement.matches('[data-results-head]')")
    assert page.evaluate("window.stayed") is True


def test_an_answer_that_comes_too_late_is_not_shown(open_browser: Open):
    page = open_browser().new_page()
    page.goto(LIST)
    held = []
    page.route("**/?kind=speech", lambda route: held.append(route))

    page.get_by_label("Kind").select_option("speech")
    page.locator("[aria-busy]").wait_for()
    page.get_by_label("Kind").select_option("interview")
    page.wait_for_url("**/?kind=interview")
    for route in held:
        route.abort()

    assert sorted(titles(page)) == ["First", "Second"]


def test_where_it_cannot_be_fetched_the_form_does_what_it_does_without_script(open_browser: Open):
    page = open_browser().new_page()
    page.goto(LIST)
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); }")

    page.get_by_label("Kind").select_option("speech")
    page.wait_for_url("**/?kind=speech")

    assert titles(page) == ["Third"]
    assert page.evaluate("window.stayed") is None


def test_without_script_the_button_narrows_the_list_down(open_browser: Open):
    page = open_browser(java_script_enabled=False).new_page()
    page.goto(LIST)

    page.get_by_label("Kind").select_option("speech")
    page.get_by_role("button", name="Show").click()

    assert titles(page) == ["Third"]


def test_an_address_to_subscribe_to_is_copied_with_one_press(open_browser: Open):
    context = open_browser(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/en/subscribe/")

    page.get_by_role("button", name="Copy All statements").click()
    page.get_by_text("Copied").wait_for()

    assert page.evaluate("navigator.clipboard.readText()").endswith("/en/statements/feed.rss")
