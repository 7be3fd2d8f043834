"""With the keyboard alone: no stop too many, and nothing that only a mouse reaches."""

import re
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from articles.models import Edition
from pressoffice.accounts.models import User
from tests import makers

Open = Callable[..., Any]


def focused(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.name || ''"))


def press(page: Any, key: str, times: int = 1) -> None:
    for _time in range(times):
        page.keyboard.press(key)


def tab_to(page: Any, words: str) -> Any:
    """The link or button of these words, which is the next stop. A key that comes while the page still moves
    the focus by itself is lost, so it is pressed once more."""
    stop = page.locator(":is(a, button):focus", has_text=re.compile(rf"^\s*{words}\s*$"))
    for _time in range(3):
        press(page, "Tab")
        page.wait_for_timeout(300)
        if stop.count():
            return stop
    raise AssertionError(f"{words!r} is not the next stop: {focused(page)!r} has the focus.")


def test_the_tools_above_the_text_are_one_stop_of_tab(
    open_browser: Open, author: User, live_server: Any
) -> None:
    edition = makers.make_edition(state="draft", by=author)
    page = open_browser(author, language="ky").new_page()
    page.goto(reverse("admin:articles_edition_change", args=[edition.pk]))
    tools = page.get_by_role("toolbar")
    tools.wait_for()
    page.get_by_label("Кыскача мазмуну").focus()

    press(page, "Tab")
    first = page.evaluate("document.activeElement.textContent")
    press(page, "ArrowRight")
    second = page.evaluate("document.activeElement.textContent")
    press(page, "Tab")

    assert first != second
    assert page.evaluate("document.activeElement.classList.contains('ProseMirror')")


def test_the_steps_are_a_few_keys_from_the_top_of_a_text(
    open_browser: Open, editor: User, live_server: Any
) -> None:
    edition = makers.make_edition(state="submitted")
    page = open_browser(editor, language="ky").new_page()
    page.goto(reverse("admin:articles_edition_change", args=[edition.pk]))
    # Until the editor stands in its place the page is still being built.
    page.locator(".ProseMirror").wait_for()

    press(page, "Tab")
    press(page, "Enter")
    page.locator("#content-start:focus").wait_for()
    jump = tab_to(page, "Кадамдарга өтүү")
    assert jump.bounding_box()["y"] >= 0
    press(page, "Enter")
    page.locator("#steps:focus").wait_for()
    tab_to(page, "Бекитүү")
    with page.expect_navigation():
        press(page, "Enter")

    edition.refresh_from_db()
    assert edition.state == Edition.State.APPROVED


def test_a_step_that_asks_for_a_reason_waits_for_it_to_be_typed(
    open_browser: Open, editor: User, live_server: Any
) -> None:
    edition = makers.make_edition()
    page = open_browser(editor, language="ky").new_page()
    page.goto(reverse("admin:articles_edition_step", args=[edition.pk, "withdraw"]))

    assert focused(page) == "id_reason"
    page.keyboard.type("Сан туура эмес.")
    press(page, "Tab")
    with page.expect_navigation():
        press(page, "Enter")

    edition.refresh_from_db()
    assert edition.standing == "withdrawn"
