"""The design in a real browser: no rule broken, nothing wider than its window, each thing reached."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.test_accessibility import findings

Open = Callable[..., Any]
# What reaches beyond the right edge of the window and is not scrolled in a box of its own.
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth + 1;
  return document.documentElement.scrollWidth > edge ? "the page is wider than its window" : "";
}"""


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.PRESSOFFICE_MODE = "demo"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_component_breaks_a_rule(open_browser: Open, live_server: Any, scheme: str) -> None:
    page = open_browser(language="ky", color_scheme=scheme, bypass_csp=True).new_page()
    page.goto("/ky/design/")

    assert findings(page) == []


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_no_component_is_wider_than_its_window(open_browser: Open, live_server: Any, language: str) -> None:
    page = open_browser(language=language).new_page()

    for width in (320, 360, 768, 1440, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/{language}/design/")
        assert page.evaluate(TOO_WIDE) == "", width


def test_what_has_the_focus_is_seen_in_the_readers_own_colours(open_browser: Open, live_server: Any) -> None:
    page = open_browser(forced_colors="active").new_page()
    page.goto("/en/design/")
    stops = page.locator("main :is(a[href], button, input, select, summary, [tabindex='0']):visible").count()
    unseen = []

    for _stop in range(stops):
        page.keyboard.press("Tab")
        seen, name = page.evaluate(
            """() => {
              const here = document.activeElement;
              const rings = [here, ...document.querySelectorAll(":has(:focus-visible)")];
              const seen = rings.some((each) => parseFloat(getComputedStyle(each).outlineWidth) > 0
                && getComputedStyle(each).outlineStyle !== "none");
              return [seen || here.tagName === "IFRAME", here.outerHTML.slice(0, 80)];
            }"""
        )
        if not seen:
            unseen.append(name)

    assert stops > 60
    assert unseen == []
