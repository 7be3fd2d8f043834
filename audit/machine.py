"""What the audit needs of the machine: Node.js with npm, Java, Chromium, and the pinned checkers."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOLDER = ROOT / "var" / "audit"
CHECKERS = FOLDER / "checkers"

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))),
    None,
)
# Headless, and silent: a browser that asks its maker for updates disturbs what is measured.
CHROMIUM_FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
NEEDED = {
    "Node.js with npm (on Debian: nodejs npm)": shutil.which("node") and shutil.which("npm"),
    "Java (on Debian: default-jre-headless)": shutil.which("java"),
    "Chromium (on Debian: chromium fonts-dejavu-core)": CHROMIUM,
}


def refuse_without_tools() -> None:
    missing = [name for name, found in NEEDED.items() if not found]
    if missing:
        sys.exit(f"make audit needs what this machine does not have: {'; '.join(missing)}.")


def install_checkers() -> None:
    """By npm, exactly what package.json names, unless it is there."""
    wanted, installed = HERE / "package.json", CHECKERS / "package.json"
    done = CHECKERS / ".installed"
    if done.exists() and installed.read_text() == wanted.read_text():
        return
    print("Installing the checkers (some 400 MB, once) …", flush=True)
    done.unlink(missing_ok=True)
    CHECKERS.mkdir(parents=True, exist_ok=True)
    shutil.copy(wanted, installed)
    command = ["npm", "install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund"]
    subprocess.run([*command, "--loglevel=error"], cwd=CHECKERS, check=True)
    done.touch()


def node() -> str:
    """The Node.js that came with the checkers, which need a newer one than Debian has; else the machine's."""
    own = next(CHECKERS.glob("node_modules/node-*/bin/node"), None)
    return str(own) if own else str(shutil.which("node"))


def run_checker(script: str, *arguments: str, seconds: int = 300) -> subprocess.CompletedProcess[str]:
    """A checker's script under node_modules. Its exit code is the caller's to judge."""
    return subprocess.run(
        [node(), str(CHECKERS / "node_modules" / script), *arguments],
        capture_output=True,
        text=True,
        timeout=seconds,
        env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
    )
