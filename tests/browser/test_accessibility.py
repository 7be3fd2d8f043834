"""axe-core on each page type: WCAG 2.0 to 2.2, levels A and AA."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from pressoffice.accounts.models import User
from pressoffice.publishing import moment
from projects.models import Participation
from tests import makers

Open = Callable[..., Any]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def findings(page: Any) -> list[str]:
    """One line for each element that breaks a rule."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ky", "en"])
def test_no_public_page_breaks_a_rule(
    open_browser: Open, language: str, scheme: str, live_server: Any
) -> None:
    project, event = makers.make_project("road"), makers.make_event("council", state="cancelled")
    agreement = makers.make_agreement(projects=[project])
    agreement.parties.add(makers.make_country("KZ"))
    makers.make_agreement(amends=agreement)
    speaker, topic = makers.make_person(), makers.make_topic()
    statement = makers.make_statement(speakers=[speaker], topics=[topic])
    makers.make_edition(language=language, statement=statement, at=moment.now() - timedelta(days=30))
    words = "<blockquote><p>We build it together.</p></blockquote>"
    edition = makers.make_edition(
        language=language,
        statement=statement,
        body=makers.body_about(project) + words,
        gallery=[makers.make_image()],
        at=moment.now() - timedelta(days=20),
    )
    makers.make_status(project, edition.statement)
    Participation.objects.create(project=project, country=makers.make_country("KG"), role="funding")
    makers.make_facts(project, edition.statement, date(2024, 12, 11), due_on=date(2025, 1, 1))
    makers.make_commitment(project, edition.statement, due_on=date(2090, 1, 1))
    makers.make_contact(phone="+996 312 00-00-01")
    makers.make_place(project)
    withdrawn = makers.make_edition(language=language, state="withdrawn")
    other = makers.make_edition(language="ru")
    removed = makers.make_edition(language=language, state="removed")
    page = open_browser(language=language, color_scheme=scheme, bypass_csp=True).new_page()

    for address in [
        f"/{language}/",
        f"/{language}/statements/",
        f"/{language}/statements/?year=1&kind=speech",
        f"/{language}/statements/?kind=statement&sort=oldest",
        f"/{language}/statements/{edition.slug}/",
        f"/{language}/archive/",
        f"/{language}/archive/2026/",
        f"/{language}/archive/2026/08/",
        f"/{language}/subscribe/",
        edition.get_absolute_url(),
        edition.base.get_version_url(),
        edition.get_changes_url(),
        withdrawn.get_absolute_url(),
        removed.get_absolute_url(),
        f"/{language}/statements/{other.statement.reference}/",
        f"/{language}/projects/",
        f"/{language}/projects/?as=table",
        f"/{language}/projects/?as=map",
        f"/{language}/projects/{project.code}/",
        f"/{language}/projects/{project.code}/?as_of=2026-01-01",
        f"/{language}/promises/",
        f"/{language}/people/",
        speaker.get_absolute_url(),
        f"/{language}/topics/",
        topic.get_absolute_url(),
        f"/{language}/agreements/",
        f"/{language}/agreements/{agreement.code}/",
        f"/{language}/countries/",
        f"/{language}/countries/kg/",
        f"/{language}/events/",
        f"/{language}/events/{event.code}/",
        f"/{language}/about/",
        f"/{language}/contacts/",
        f"/{language}/accessibility/",
        f"/{language}/search/?q=road+title&year=2026",
        f"/{language}/search/?q=rood+tittle",
        f"/{language}/search/?q=none",
        f"/{language}/search/quote/?text=280+km+of+road+are+under+way",
        f"/{language}/search/quote/?text=380+km+of+road+are+under+way",
        f"/{language}/nothing-here/",
    ]:
        page.goto(address)
        assert findings(page) == [], address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_writers_breaks_a_rule(
    open_browser: Open, author: User, editor: User, scheme: str, live_server: Any
) -> None:
    project = makers.make_project("road")
    draft = makers.make_edition(state="draft", body=makers.body_about(project))
    live = makers.make_edition()
    page = open_browser(editor, color_scheme=scheme, bypass_csp=True).new_page()

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
        reverse("admin:articles_edition_change", args=[live.pk]),
        reverse("admin:articles_edition_step", args=[live.pk, "withdraw"]),
        reverse("admin:ledger_from_passage", args=[draft.pk, 1]),
        reverse("admin:ledger_project", args=[project.code]),
        reverse("admin:ledger_import"),
        reverse("admin:ledger_commitment_add"),
        reverse("admin:projects_project_change", args=[project.pk]),
    ]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert findings(page) == [], address
