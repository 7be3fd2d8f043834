"""axe-core on each page type (audit/page_types.py): WCAG 2.0 to 2.2, levels A and AA."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from audit.page_types import addresses_in
from pressoffice.accounts.models import User
from pressoffice.publishing import moment
from tests import makers
from tests.one_of_each import make_one_of_each

Open = Callable[..., Any]
# Without collected files axe would look for each imported sheet at the address of the page: fifty searches of
# the site for a page that is not there. The audit, which runs on collected files, lets it.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
OPTIONS = {**RULES, "preload": False}


# What a dark page could break that a light one does not.
IN_THE_DARK = {"runOnly": ["color-contrast", "link-in-text-block"], "preload": False}


def findings(page: Any, options: dict[str, Any] = OPTIONS) -> list[str]:
    """One line for each element that breaks a rule."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def findings_in_both_schemes(page: Any) -> list[str]:
    found = []
    for scheme, options in [("light", OPTIONS), ("dark", IN_THE_DARK)]:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += findings(page, options)
    return found


@pytest.mark.parametrize("language", ["ky", "en"])
def test_no_public_page_breaks_a_rule(open_browser: Open, language: str, live_server: Any) -> None:
    make_one_of_each(language)
    page = open_browser(language=language, bypass_csp=True).new_page()

    for address in addresses_in(language).values():
        page.goto(address)
        assert findings_in_both_schemes(page) == [], address


def test_no_page_of_the_writers_breaks_a_rule(
    open_browser: Open, author: User, editor: User, live_server: Any
) -> None:
    project = makers.make_project("road")
    draft = makers.make_edition(state="draft", body=makers.body_about(project))
    live = makers.make_edition()
    original = makers.make_edition(body=makers.body_about(project, "280 км"))
    # Behind its original, with a figure of its own, a passage to mark and a word to look at.
    translation = makers.make_edition(
        statement=original.statement, language="en", body="<p>270 km of rоad</p>", state="draft", by=author
    )
    makers.make_edition(statement=original.statement, body=f"{original.body}<p>Новое.</p>", at=moment.now())
    other = makers.make_edition(
        statement=original.statement, language="ky", body="<p>260 км</p>", state="approved"
    )
    page = open_browser(editor, bypass_csp=True).new_page()

    for address in [
        reverse("admin:index"),
        reverse("admin:account"),
        reverse("admin:second_factor_add"),
        reverse("admin:confirm"),
        reverse("admin:backup_codes"),
        reverse("admin:articles_statement_changelist"),
        reverse("admin:articles_statement_add"),
        reverse("admin:articles_statement_change", args=[live.statement_id]),
        reverse("admin:articles_edition_change", args=[draft.pk]),
        reverse("admin:articles_edition_change", args=[translation.pk]),
        reverse("admin:articles_edition_change", args=[other.pk]),
        reverse("admin:articles_edition_step", args=[translation.pk, "submit"]),
        reverse("admin:articles_edition_change", args=[live.pk]),
        reverse("admin:articles_edition_step", args=[live.pk, "withdraw"]),
        reverse("admin:ledger_from_passage", args=[draft.pk, 1]),
        reverse("admin:ledger_project", args=[project.code]),
        reverse("admin:ledger_import"),
        reverse("admin:ledger_commitment_add"),
        reverse("admin:projects_project_change", args=[project.pk]),
    ]:
        page.goto(address)
        assert findings_in_both_schemes(page) == [], address
