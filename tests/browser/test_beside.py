"""Beside the text in a real browser: one click, saving by itself on a broken line, two people in one text."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from articles.models import Edition
from pressoffice.accounts.models import User
from tests import makers
from tests.browser.test_accessibility import findings
from tests.browser.test_writing import save, type_line, typed, writing_page
from tests.browser.waiting import wait_until

Open = Callable[..., Any]
Watched = Callable[[Any], list[str]]

pytestmark = pytest.mark.usefixtures("live_server")
SAVED = "[data-saved][data-kind=saved]"
KEPT = "[data-saved][data-kind=kept]"


@pytest.fixture
def draft(author: User) -> Edition:
    project = makers.make_project("road", name_ru="Дорога Ош — Нарын")
    makers.make_person(slug="aida", name_ru="Аида Исакова")
    said = makers.make_edition(body=makers.body_about(project, words="280 км дороги"))
    makers.make_measurement(
        makers.make_indicator(project, name_ru="Длина дороги"),
        said.statement,
        value=Decimal(280),
        words="280 км дороги",
        stated_on=date(2024, 12, 11),
    )
    return makers.make_edition(state="draft", by=author, body="<p>Begin.</p>")


def beside(page: Any) -> Any:
    return page.get_by_role("region", name="Found in the text")


def test_one_click_makes_the_passage_and_the_link(
    open_browser: Open, watched: Watched, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    heard = watched(page)
    type_line(page, "Аида Исакова открыла дорогу Ош — Нарын")

    beside(page).get_by_role("button", name="Mark the passage").click()
    beside(page).get_by_text("Marked in the text").wait_for()
    beside(page).get_by_role("button", name="Link to the page").click()
    beside(page).get_by_text("Linked in the text").wait_for()

    assert typed(page) == (
        '<p>Begin.</p><p><a href="/ru/people/aida/">Аида Исакова</a> открыла '
        '<span data-project="road" data-relation="mentions">дорогу Ош — Нарын</span></p>'
    )
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+z")
    assert "<a " not in typed(page)
    save(page)
    draft.refresh_from_db()
    assert draft.passages.get().exact == "дорогу Ош — Нарын"
    assert heard == []


def test_by_the_keyboard_alone_a_difference_is_answered_and_focus_stays_near(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    type_line(page, "Дорога Ош — Нарын: 250 км.")
    beside(page).get_by_text("Differs from what was public last").wait_for()

    beside(page).get_by_role("link", name="Correct it").press("Enter")
    wait_until(page, "getSelection().toString() === '250 км'")
    beside(page).get_by_role("button", name="It is something else").press("Enter")
    beside(page).get_by_text("something else, you said").wait_for()

    assert beside(page).evaluate("(panel) => panel.contains(document.activeElement)")
    page.keyboard.press("Enter")
    beside(page).get_by_role("button", name="It is an update").wait_for()


def test_a_draft_saves_itself_and_leaves_no_copy_behind(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    type_line(page, "Saved without a button.")
    page.locator(SAVED).wait_for()

    draft.refresh_from_db()
    assert draft.body.endswith("<p>Saved without a button.</p>")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('press-office'))") == []
    # Nothing is unsaved, so nothing is asked.
    page.goto(reverse("admin:index"))
    assert page.url.endswith(reverse("admin:index"))


def test_the_checks_follow_what_saved_itself(open_browser: Open, author: User, draft: Edition) -> None:
    page = writing_page(open_browser(author), draft)
    assert page.get_by_text("Nothing is missing, and nothing looks wrong.").is_visible()

    type_line(page, "A rоad with a Russian letter.")
    page.locator(SAVED).wait_for()

    page.locator(".checks__finding", has_text="rоad").wait_for()
    assert page.locator(".writing__standing", has_text="1 thing to look at").is_visible()


def test_what_a_broken_line_kept_back_is_sent_when_it_is_mended(
    open_browser: Open, author: User, draft: Edition
) -> None:
    window = open_browser(author)
    page = writing_page(window, draft)
    window.set_offline(True)
    type_line(page, "Typed in a tunnel.")
    page.locator(KEPT, has_text="No connection").wait_for()
    draft.refresh_from_db()
    assert draft.body == "<p>Begin.</p>"

    window.set_offline(False)
    page.locator(SAVED).wait_for()

    draft.refresh_from_db()
    assert draft.body.endswith("<p>Typed in a tunnel.</p>")


def test_what_a_broken_line_kept_back_is_offered_after_the_page_was_lost(
    open_browser: Open, author: User, draft: Edition
) -> None:
    window = open_browser(author)
    page = writing_page(window, draft)
    page.route("**/autosave/", lambda route: route.abort())
    type_line(page, "Typed in a tunnel.")
    page.locator(KEPT, has_text="No connection").wait_for()
    page.close(run_before_unload=False)

    page = writing_page(window, draft)
    page.get_by_role("button", name="Put it back").click()
    page.locator(SAVED).wait_for()

    draft.refresh_from_db()
    assert draft.body.endswith("<p>Typed in a tunnel.</p>")


def test_a_save_by_the_button_is_not_in_conflict_with_the_one_under_way(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    page.route("**/autosave/", lambda route: (page.wait_for_timeout(300), route.continue_()))
    type_line(page, "First.")
    with page.expect_request("**/autosave/"):
        pass
    page.keyboard.type(" Second.")
    save(page)
    page.get_by_text("The text is saved.").wait_for()

    draft.refresh_from_db()
    assert draft.body.endswith("<p>First. Second.</p>")


def test_two_people_see_one_another_and_both_texts(
    open_browser: Open, author: User, other_author: User, draft: Edition
) -> None:
    first = writing_page(open_browser(author), draft)
    second = writing_page(open_browser(other_author), draft)
    second.get_by_text("Open here as well:").wait_for()
    first.evaluate("document.dispatchEvent(new Event('edition:present'))")
    first.get_by_text("other-author, since").wait_for()

    type_line(first, "The road is 280 km long.")
    first.locator(SAVED).wait_for()
    type_line(second, "The road is 277 km long.")
    second.locator(KEPT, has_text="Somebody else has saved this text meanwhile: author").wait_for()
    save(second)

    second.get_by_role("heading", name="Somebody else saved this text while you were writing").wait_for()
    pieces = second.locator(".conflict .pieces")
    assert "280" in pieces.locator("del").inner_text()
    assert "277" in pieces.locator("ins").inner_text()
    draft.refresh_from_db()
    assert draft.body.endswith("280 km long.</p>")
    save(second)
    draft.refresh_from_db()
    assert draft.body.endswith("277 km long.</p>")


def test_without_script_the_panel_stands_and_its_button_saves_first(
    open_browser: Open, author: User, draft: Edition
) -> None:
    draft.write(by=author, body="<p>Открыта дорога Ош — Нарын: 250 км.</p>")
    page = open_browser(author, java_script_enabled=False).new_page()
    page.goto(reverse("admin:articles_edition_change", args=[draft.pk]))
    page.locator("[name=title]").fill("A new title")

    page.get_by_role("button", name="It is something else").click()
    page.get_by_role("button", name="Mark the passage").click()

    draft.refresh_from_db()
    assert draft.title == "A new title"
    assert draft.passages.get().exact == "дорога Ош — Нарын"
    assert page.get_by_text("something else, you said").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_breaks_no_rule_and_fits_a_phone(
    open_browser: Open, author: User, other_author: User, draft: Edition, scheme: str
) -> None:
    draft.write(by=author, body="<p>Аида Исакова о дороге Ош — Нарын: 250 км.</p>")
    writing_page(open_browser(other_author), draft)
    page = writing_page(open_browser(author, width=360, color_scheme=scheme, bypass_csp=True), draft)
    page.get_by_text("Open here as well:").wait_for()
    page.locator(".last-said summary").click()

    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
