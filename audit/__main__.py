"""The public site before independent checkers: make audit.

Starts the demo site as in production in var/audit, asks every type of page in every language (page_types.py),
prints a table, then what was found, and exits 1 where anything was.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable

from .findings import Result
from .interface import install_fuzzer
from .machine import install_checkers, refuse_without_tools
from .site import remove_something, served

CHECKS = ["lighthouse", "axe", "nu", "links", "api"]
LANGUAGES = ["ky", "ru", "en"]


def collect_pages() -> dict[str, dict[str, str]]:
    """Language → type → path. Stops where a type has no example in any language."""
    from .page_types import PAGE_TYPES, addresses_in

    pages = {code: addresses_in(code) for code in LANGUAGES}
    missing = PAGE_TYPES.keys() - {name for types in pages.values() for name in types}
    if missing:
        sys.exit(f"The demo site shows no page of these types: {', '.join(sorted(missing))}.")
    return pages


def in_time(check: Callable[[], list[Result]], told: str) -> list[Result]:
    print(f"{told} …", end=" ", flush=True)
    begin = time.monotonic()
    results = check()
    print(f"{time.monotonic() - begin:.0f} s")
    return results


def run(address: str, only: list[str], languages: list[str]) -> list[Result]:
    import django

    django.setup()
    from .browsing import check_in_browser
    from .interface import check_interface
    from .links import check_links
    from .markup import check_markup
    from .speed import check_speed

    remove_something()
    pages = {code: types for code, types in collect_pages().items() if code in languages}
    starts = [types["home"] for types in pages.values()]
    checks: dict[str, Callable[[], list[Result]]] = {
        "lighthouse": lambda: check_speed(address, pages),
        "axe": lambda: check_in_browser(address, pages),
        "nu": lambda: [check_markup(address, pages)],
        "links": lambda: [check_links(address, starts)],
        "api": lambda: [check_interface(address)],
    }
    return [result for name in only for result in in_time(checks[name], name)]


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="make audit", description="The public site before independent checkers."
    )
    parser.add_argument("--only", nargs="+", choices=CHECKS, default=CHECKS, help="some of the checks")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES, help="some of them")
    asked = parser.parse_args()
    # Ended from outside, it ends its server as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended."))
    if set(asked.only) - {"api"}:
        refuse_without_tools()
        install_checkers()
    if "api" in asked.only:
        install_fuzzer()
    begin = time.monotonic()
    with served() as address:
        results = run(address, asked.only, asked.languages)
    print()
    for result in results:
        state = f"{len(result.findings)} found" if result.findings else "ok"
        print(f"{result.name:20}{result.looked_at:20}{state:12}{result.figures}")
    print()
    findings = [f"{result.name}: {finding}" for result in results for finding in result.findings]
    print("".join(f"{finding}\n" for finding in findings), end="")
    verdict = "FAIL" if findings else "PASS"
    print(
        f"{verdict} audit: {len(results)} checks, {len(findings)} findings, {time.monotonic() - begin:.0f} s"
    )
    sys.exit(bool(findings))


if __name__ == "__main__":
    main()
