"""Waiting for what no locator tells, such as where a page is scrolled to."""

from time import monotonic
from typing import Any

PATIENCE = 10  # seconds


def wait_until(page: Any, expression: str) -> None:
    """Until the JavaScript `expression` is true of `page`. Playwright's own `wait_for_function` asks again by
    `eval` inside the page, which our pages' policy forbids: it passes only where it need not wait."""
    begun = monotonic()
    while not page.evaluate(expression):
        assert monotonic() - begun < PATIENCE, f"Never came true: {expression}"
        page.wait_for_timeout(25)
