"""linkinator over the whole site: every internal address and #fragment leads somewhere."""

import json
import re

from .findings import Result
from .machine import run_checker


def check_links(base: str, starts: list[str]) -> Result:
    result = Result("linkinator")
    done = run_checker(
        "linkinator/build/src/cli.js",
        *(base + start for start in starts),
        *("--recurse", "--check-fragments", "--check-css", "--format", "json", "--concurrency", "8"),
        *("--timeout", "30000", "--retry-errors", "--skip", f"^(?!{re.escape(base)})"),
        seconds=600,
    )
    try:
        links = json.loads(done.stdout)["links"]
    except (ValueError, KeyError):
        result.findings.append(f"no answer from the checker: {(done.stderr or done.stdout)[:300]}")
        return result
    for link in links:
        if link["state"] == "BROKEN":
            told = ", ".join(filter(None, [str(link.get("status") or ""), f"from {link.get('parent')}"]))
            result.findings.append(f"{link['url']}: {told}")
    result.looked_at = f"{sum(link['state'] != 'SKIPPED' for link in links)} addresses"
    return result
