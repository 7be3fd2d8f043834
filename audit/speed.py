"""Lighthouse as a phone on a slow line, for the pages that readers come by."""

import json
from statistics import median
from typing import Any

from .findings import Result
from .machine import CHROMIUM_FLAGS, FOLDER, run_checker

LANGUAGES = ["en", "ky"]
TYPES = ["home", "statements", "statement", "project", "search", "search, found"]
CATEGORIES = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 98}
# Audits left out on a type of page, and why.
EXCEPTIONS = {
    # Answers to readers' own words stay out of search engines, which ask for that themselves.
    "search, found": "is-crawlable",
}
# The figure hangs on what else the machine does: where the first is too low, the median of three counts.
ROUNDS = 3


# Chromium now and then loses the record of a load; Lighthouse itself asks to be run again then.
TRIES = 3


def report_of(url: str, skipped: str) -> dict[str, Any]:
    """Raises RuntimeError where Lighthouse could not measure the page in so many tries."""
    for _try in range(TRIES):
        report = _measured(url, skipped)
        if "runtimeError" not in report:
            return report
    raise RuntimeError(report["runtimeError"]["message"])


def _measured(url: str, skipped: str) -> dict[str, Any]:
    path = FOLDER / "lighthouse.json"
    path.unlink(missing_ok=True)
    done = run_checker(
        "lighthouse/cli/index.js",
        *(url, "--quiet", "--output=json", f"--output-path={path}"),
        *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(CHROMIUM_FLAGS)}"),
        *([f"--skip-audits={skipped}"] if skipped else []),
    )
    if not path.exists():
        raise RuntimeError(done.stderr[-300:] or "Lighthouse wrote no report.")
    report: dict[str, Any] = json.loads(path.read_text())
    return report


def scores_of(report: dict[str, Any]) -> dict[str, int]:
    return {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}


def failed_in(report: dict[str, Any], category: str) -> str:
    names = [each["id"] for each in report["categories"][category]["auditRefs"] if each["weight"]]
    audits = report["audits"]
    return ", ".join(
        name for name in names if (audits[name]["score"] or 0) < 1 and audits[name]["score"] is not None
    )


def check_speed(base: str, pages: dict[str, dict[str, str]]) -> list[Result]:
    return [
        check_page(base, language, name, pages[language][name])
        for language in LANGUAGES
        for name in TYPES
        if name in pages.get(language, {})
    ]


def check_page(base: str, language: str, name: str, path: str) -> Result:
    result = Result(f"Lighthouse {language}", looked_at=name)
    skipped = EXCEPTIONS.get(name, "")
    report = report_of(base + path, skipped)
    scores = scores_of(report)
    if scores["performance"] < CATEGORIES["performance"]:
        more = [scores_of(report_of(base + path, skipped))["performance"] for _round in range(ROUNDS - 1)]
        scores["performance"] = round(median([scores["performance"], *more]))
    for category, least in CATEGORIES.items():
        if scores[category] < least:
            why = failed_in(report, category)
            result.findings.append(f"{path}: {category} {scores[category]}, not {least}: {why}")
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    if shift:
        result.findings.append(f"{path}: the layout shifts by {shift:.4f}")
    # Lighthouse's own measure of the machine: below 1,000 the figures say more of it than of the page.
    machine = round(report["environment"]["benchmarkIndex"])
    paint = report["audits"]["largest-contentful-paint"]["displayValue"].replace("\xa0", " ")
    told = " ".join(str(scores[category]) for category in CATEGORIES)
    result.figures = f"{told}, largest paint {paint}, machine {machine}"
    return result
