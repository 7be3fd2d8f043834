"""The pictures of the editors' manual: make manual-pictures.

Starts the demo site anew in var/manual, on a port of its own, logs in as author, translator and editor in
each language, and writes docs/editors/<language>/images/<name>.png. ARGS="ky" takes one language,
ARGS="--only write desk" some of the pictures.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from audit.machine import ROOT
from audit.site import served

FOLDER = ROOT / "var" / "manual"
LANGUAGES = ("ky", "ru", "en")
WIDTH, HEIGHT = 1280, 860
COLOURS = 128


class Shot(NamedTuple):
    name: str
    person: str
    path: str


def prepared() -> list[Shot]:
    """Takes the steps that the demo leaves untaken, and says which page shows what."""
    import django

    django.setup()
    from articles.models import Edition
    from pressoffice.accounts.models import User
    from pressoffice.releases.models import Member, Release
    from projects.models import Project

    people = {user.username: user for user in User.objects.all()}
    draft = Edition.objects.get(state="draft", language="ky")
    translation = Edition.objects.get(state="draft", language="en")
    submitted = Edition.objects.get(state="submitted")
    correction = Edition.objects.live().filter(base__isnull=False, language="ky").order_by("pk").first()
    spoken_of = Project.objects.order_by("pk").first()
    if correction is None or spoken_of is None:
        sys.exit("The demo site has no correction or no project.")
    release = Release.objects.create(name="Камбар-Ата-1")

    scheduled = Edition.objects.scheduled().get(language="ky")
    scheduled.cancel_publication(by=people["editor"])
    for text in (scheduled, submitted):
        Member.objects.create(release=release, edition=text)

    def edition(row: Edition, tail: str = "change") -> str:
        return f"/admin/articles/edition/{row.pk}/{tail}/"

    return [
        Shot("login", "", "/admin/login/"),
        Shot("desk", "editor", "/admin/"),
        Shot("account", "author", "/admin/account/"),
        Shot("statements", "author", "/admin/articles/statement/"),
        Shot("import", "author", "/admin/articles/import/"),
        Shot("write", "author", edition(draft)),
        Shot("translate", "translator", edition(translation)),
        Shot("approve", "editor", edition(submitted)),
        Shot("publish", "editor", edition(scheduled)),
        Shot("release", "editor", f"/admin/releases/release/{release.pk}/change/"),
        Shot("embargo", "editor", edition(scheduled, "embargo")),
        Shot("compare", "editor", edition(correction, "compare")),
        Shot("timeline", "editor", f"/admin/articles/statement/{translation.statement_id}/change/#audit"),
        Shot("ledger", "editor", f"/admin/ledger/project/{spoken_of.code}/"),
        Shot("pictures", "editor", "/admin/media/image/"),
    ]


def save(picture: bytes, to: Path) -> int:
    """As few colours as the interface has: a third of the bytes, and no difference that is seen."""
    to.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").quantize(COLOURS).save(to, optimize=True)
    return to.stat().st_size


def log_in(page: Page, username: str) -> None:
    from pressoffice.demo.loader import PASSWORD

    page.goto("/admin/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/admin/")


def windows(browser: Browser, address: str, language: str) -> Iterator[tuple[str, Page]]:
    for person in ("", "author", "translator", "editor"):
        context = browser.new_context(
            base_url=address,
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme="light",
            reduced_motion="reduce",
            timezone_id="Asia/Bishkek",
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": address}])
        page = context.new_page()
        if person:
            log_in(page, person)
        yield person, page
        context.close()


def take(page: Page, shot: Shot, language: str) -> int:
    answer: Any = page.goto(shot.path, wait_until="networkidle")
    if not answer.ok or not page.url.endswith(shot.path):
        sys.exit(f"{shot.path} answers {answer.status} at {page.url}.")
    return save(page.screenshot(), ROOT / "docs" / "editors" / language / "images" / f"{shot.name}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    parser.add_argument("--only", nargs="+", default=[])
    chosen = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("There is no Chromium on this machine.")

    shutil.rmtree(FOLDER, ignore_errors=True)
    # By a name: passkeys work on none but a named host, and the page says so.
    with served(FOLDER, "localhost") as address:
        shots = prepared()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for language in chosen.languages:
                for person, page in windows(browser, address, language):
                    for shot in shots:
                        if shot.person == person and (not chosen.only or shot.name in chosen.only):
                            print(
                                f"{language}/{shot.name}: {take(page, shot, language) // 1024} kB", flush=True
                            )


if __name__ == "__main__":
    main()
