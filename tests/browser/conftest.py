"""A real browser: the system's Chromium. Where there is none the tests are skipped, in CI they fail."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from pressoffice.accounts.models import User
from tests.makers import sign_in

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Playwright keeps an event loop in this thread; Django would refuse its database calls.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs a Chromium.")
        pytest.skip("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium: Browser, live_server: Any, client: Any) -> Iterator[Callable[..., BrowserContext]]:
    """`open_browser(user, language="ky", width=360)`: a window of `user`'s (None: of a reader's)."""
    opened = []

    def window(user: User | None = None, *, language: str = "en", width: int = 1280, **options: Any) -> Any:
        context = chromium.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, **options
        )
        opened.append(context)
        cookies = {"django_language": language}
        if user is not None:
            client.cookies.clear()  # else the session of whoever has a window open already would end
            sign_in(client, user)
            cookies["sessionid"] = client.cookies["sessionid"].value
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()]
        )
        return context

    yield window
    for context in opened:
        context.close()


@pytest.fixture
def watched() -> Callable[[Page], list[str]]:
    """`watched(page)`: what the browser complains about from now on, a broken policy included."""

    def complaints(page: Page) -> list[str]:
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        return heard

    return complaints
