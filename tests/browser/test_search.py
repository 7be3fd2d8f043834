"""The box in the head of every page, with script and without it."""

from collections.abc import Callable
from typing import Any

from tests import makers

Open = Callable[..., Any]
Watched = Callable[[Any], list[str]]


def test_titles_are_offered_while_somebody_types(
    open_browser: Open, watched: Watched, live_server: Any
) -> None:
    makers.make_edition(language="en", title="The tunnel is open")
    makers.make_edition(language="en", title="The tunnels ahead", state="scheduled")
    page = open_browser(language="en").new_page()
    heard = watched(page)
    page.goto("/en/about/")

    page.get_by_label("Words to look for").press_sequentially("tunn")
    page.locator("datalist option").first.wait_for(state="attached")

    assert page.locator("datalist option").evaluate_all("all => all.map(one => one.value)") == [
        "The tunnel is open"
    ]
    assert heard == []


def test_the_box_works_without_script(open_browser: Open, live_server: Any) -> None:
    makers.make_edition(language="en", title="The tunnel is open")
    page = open_browser(language="en", java_script_enabled=False).new_page()
    page.goto("/en/about/")

    page.get_by_role("searchbox").fill("tunnels")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="The tunnel is open").click()

    assert page.locator("h1").inner_text() == "The tunnel is open"
