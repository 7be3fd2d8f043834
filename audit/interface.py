"""schemathesis on the interface for programs: what its own description allows, forbids and promises."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .findings import Result
from .machine import FOLDER, HERE

ENVIRONMENT = FOLDER / "schemathesis"
EXAMPLES = 40  # of each address, beside those that its schema suggests


def install_fuzzer() -> None:
    """By pip, exactly what schemathesis.txt names, unless it is there."""
    wanted, done = HERE / "schemathesis.txt", ENVIRONMENT / ".installed"
    if done.exists() and done.read_text() == wanted.read_text():
        return
    print("Installing schemathesis (some 100 MB, once) …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
    pip = [str(ENVIRONMENT / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--requirement", str(wanted)], check=True)
    done.write_text(wanted.read_text())


def check_interface(base: str) -> Result:
    result = Result("schemathesis")
    report = FOLDER / "schemathesis.ndjson"
    report.unlink(missing_ok=True)
    done = subprocess.run(
        [
            *(str(ENVIRONMENT / "bin" / "schemathesis"), "--config-file", str(HERE / "schemathesis.toml")),
            *("run", f"{base}/api/openapi.json", "--phases", "examples,coverage,fuzzing"),
            *("--max-examples", str(EXAMPLES), "--seed", "1", "--generation-database", "none", "--no-color"),
            *("--report-ndjson-path", str(report)),
        ],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=1800,
    )
    requests = 0
    for recorded in _scenarios(report):
        requests += len(recorded.get("interactions", ()))
        result.findings += _failures(recorded)
    result.findings = list(dict.fromkeys(result.findings))
    result.looked_at = f"{requests} requests"
    if not requests or (done.returncode and not result.findings):
        result.findings.append(f"no answer from the checker: {(done.stderr or done.stdout)[-300:]}")
    return result


def _scenarios(report: Path) -> Iterator[dict[str, Any]]:
    for line in report.read_text().splitlines() if report.exists() else []:
        if finished := json.loads(line).get("ScenarioFinished"):
            yield finished["recorder"]


def _failures(recorded: dict[str, Any]) -> Iterator[str]:
    for case, checks in recorded.get("checks", {}).items():
        for check in checks:
            if check["status"] == "failure":
                failure = check["failure_info"]["failure"]
                asked = recorded.get("interactions", {}).get(case, {}).get("request", {})
                address = asked.get("uri", "no request")[:200]
                message = " ".join(failure["message"].split())[:300]
                yield f"{failure['operation']}: {failure['title']}: {message} ({address})"
