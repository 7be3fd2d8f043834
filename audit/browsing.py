"""Every page in Chromium: axe (WCAG 2.2 AA) narrow and wide, light and dark; the weight of a first load."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from .findings import Result
from .machine import CHROMIUM

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# In the language of the longest words every page is looked at in all four ways; in the others in two of them.
IN_ALL_WAYS = "ky"
WAYS = [(360, "light"), (1440, "dark"), (360, "dark"), (1440, "light")]
# What a first load may weigh as it is transferred, headers and fonts included, pictures left out.
MOST_BYTES = 100_000


def findings_in(page: Page, where: str) -> list[str]:
    """One line for each element that breaks a rule."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{where}: {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


class Weight:
    """Counts what a page fetches, from its first request on."""

    def __init__(self, page: Page) -> None:
        self.kinds: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._begun)
        session.on("Network.loadingFinished", self._finished)

    def _begun(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]

    def _finished(self, event: dict[str, Any]) -> None:
        kind = self.kinds.get(event["requestId"], "Other")
        self.bytes[kind] = self.bytes.get(kind, 0) + round(event["encodedDataLength"])

    @property
    def without_pictures(self) -> int:
        return sum(size for kind, size in self.bytes.items() if kind != "Image")


def check_in_browser(base: str, pages: dict[str, dict[str, str]]) -> list[Result]:
    rules = Result("axe, WCAG 2.2 AA", looked_at=f"{sum(map(len, pages.values()))} pages")
    weights = Result("first load", looked_at=rules.looked_at)
    heaviest = (0, "")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for language, path in [(code, path) for code in pages for path in pages[code].values()]:
            weight = check_page(browser, base, path, WAYS if language == IN_ALL_WAYS else WAYS[:2], rules)
            heaviest = max(heaviest, (weight, path))
            if weight >= MOST_BYTES:
                weights.findings.append(
                    f"{path}: {weight:,} bytes without pictures, not below {MOST_BYTES:,}"
                )
        browser.close()
    rules.figures = "360 and 1440 px, light and dark"
    weights.figures = f"at most {heaviest[0] / 1000:.0f} kB without pictures ({heaviest[1][:40]})"
    return [rules, weights]


def check_page(browser: Browser, base: str, path: str, ways: list[tuple[int, Any]], rules: Result) -> int:
    """Adds to `rules`; returns the bytes of the first load, with nothing kept from another page."""
    # The policy of the site would keep axe out.
    context = browser.new_context(bypass_csp=True, viewport={"width": WAYS[0][0], "height": 900})
    page = context.new_page()
    weight = Weight(page)
    page.goto(base + path, wait_until="networkidle")
    first_load = weight.without_pictures
    for width, scheme in ways:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        rules.findings += findings_in(page, f"{path} at {width} px, {scheme}")
    context.close()
    return first_load
