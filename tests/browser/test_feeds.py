"""A feed that somebody opens in a browser reads as a page, without script."""

from collections.abc import Callable
from typing import Any

from tests import makers
from tests.channels import under


def test_an_opened_feed_reads_as_a_page(
    open_browser: Callable[..., Any], watched: Callable[[Any], list[str]], live_server: Any
) -> None:
    edition = makers.make_edition(language="ky", title="Жаңы жол", summary="Кыскача.")
    page = open_browser(language="ky", java_script_enabled=False).new_page()
    heard = watched(page)

    for name, args in (("articles:feed", ()), ("articles:feed-in", ("atom",))):
        page.goto(under("ky", name, *args))

        page.get_by_text("Бул — тасма.").wait_for()
        title = page.locator("a", has_text="Жаңы жол")
        assert title.is_visible()
        assert title.get_attribute("href") == f"https://press.example{edition.get_absolute_url()}"
        assert page.get_by_text("Кыскача.").is_visible()
        assert not page.locator("item > guid, entry > id").first.is_visible()  # what is for programs only
    assert heard == []
