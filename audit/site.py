"""The demo site in a folder and on a port of its own, served as in production."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .machine import FOLDER, ROOT

SECONDS_TO_START = 180


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def set_environment(address: str, folder: Path) -> None:
    """For this process and the server: nothing of what this shell says of another site."""
    for name in ("DATABASE_URL", "CACHE_URL", "MEDIA_ROOT", "ALLOWED_HOSTS", "SECRET_KEY", "DEBUG"):
        os.environ.pop(name, None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "pressoffice.settings",
        "PRESSOFFICE_MODE": "demo",
        "PRESSOFFICE_VAR": str(folder / "site"),
        "PRESSOFFICE_ADDRESS": address,
    }


@contextmanager
def served(folder: Path = FOLDER, host: str = "127.0.0.1") -> Iterator[str]:
    """The site's address, for as long as the block lasts; `folder` is all it writes to."""
    port = free_port()
    address = f"http://{host}:{port}"
    set_environment(address, folder)
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "site.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(server, address, log)
        yield address
    finally:
        server.terminate()
        server.wait(20)


def wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address + "/en/about/"):
                return
        except urllib.error.URLError:
            time.sleep(0.3)
    sys.exit(f"The demo site did not start: see {log}.")


def remove_something() -> None:
    """The demo content removes nothing, and the page of a removed text is a type of page, too."""
    from django.db.models import Count
    from django.utils.translation import override

    from articles.models import Edition
    from pressoffice.accounts.models import User
    from pressoffice.publishing.languages import CODES
    from pressoffice.publishing.periods import Standing

    if Edition.objects.filter(standing=Standing.REMOVED).exists():
        return
    texts = Edition.objects.live().filter(standing=Standing.IN_FORCE, base=None)
    chosen = texts.filter(language="ky").annotate(linked=Count("passages")).order_by("linked", "pk").first()
    if chosen is None:
        sys.exit("The demo site has no text.")
    for code in CODES:
        with override(code):
            for edition in texts.filter(statement=chosen.statement, language=code):
                edition.remove(by=User.objects.get(username="chief"), reason="It names the wrong checkpoint.")
