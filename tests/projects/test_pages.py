"""A project's page and the list of projects."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from pressoffice.accounts import roles
from pressoffice.directory.models import Organisation
from projects.models import Participation, Project
from tests.channels import under
from tests.makers import (
    body_about,
    in_three,
    make_agreement,
    make_country,
    make_edition,
    make_event,
    make_project,
    make_statement,
    make_status,
    somebody,
)

pytestmark = pytest.mark.django_db


def context(name: str, *args: str, language: str = "en", **query: str):
    response = Client().get(under(language, name, *args), query)
    assert response.status_code == 200
    return response.context


def codes(**query: str) -> list[str]:
    return [project.code for project in context("projects:project-list", **query)["page_obj"]]


def test_the_filters_of_the_list():
    road = make_project("road", sector="transport")
    line = make_project("line", sector="energy")
    bank = Organisation.objects.create(**in_three("name", "Bank"), country=make_country("CN"))
    Participation.objects.create(project=road, country=make_country("KZ"), role="funding")
    Participation.objects.create(project=line, organisation=bank, role="funding")
    make_status(line, make_edition().statement, "closed")

    assert codes() == ["line", "road"]
    assert codes(sector="energy") == ["line"]
    assert codes(country="KZ") == ["road"]
    assert codes(country="CN") == ["line"]
    assert codes(status="closed") == ["line"]
    assert codes(status="suspended") == []
    assert codes(sector="transport", country="CN") == []


def test_the_list_is_in_the_alphabet_of_the_page():
    make_project("b", name_ky="А", name_ru="Б", name_en="C")
    make_project("c", name_ky="Б", name_ru="А", name_en="B")

    assert [p.code for p in context("projects:project-list", language="ky")["page_obj"]] == ["b", "c"]
    assert [p.code for p in context("projects:project-list", language="ru")["page_obj"]] == ["c", "b"]


def test_the_newest_statement_says_where_it_stands():
    road = make_project("road")
    early, late = make_edition(language="ru").statement, make_edition(language="ky").statement
    make_status(road, late, "implementation", date(2025, 8, 22))
    make_status(road, early, "pipeline", date(2021, 3, 1))

    page = context("projects:project", "road")

    assert page["ledger"].status.status == "implementation"
    assert [change.status for change in page["ledger"].statuses] == ["implementation", "pipeline"]
    assert page["ledger"].status.source_edition.language == "ky"


def test_who_takes_part_by_role():
    road = make_project("road")
    bank = Organisation.objects.create(**in_three("name", "Bank"))
    for role, who in [
        ("implementing", {"country": make_country("KG")}),
        ("funding", {"organisation": bank}),
        ("funding", {"country": make_country("CN")}),
    ]:
        Participation.objects.create(project=road, role=role, **who)

    groups = context("projects:project", "road")["participations"]

    assert [group.role for group in groups] == ["funding", "implementing"]
    assert bank in groups[0].members
    assert len(groups[0].members) == 2


def test_statements_in_other_languages_only_are_counted():
    road = make_project("road")
    both = make_statement()
    make_edition(statement=both, language="en", body=body_about(road))
    make_edition(statement=both, language="ru", body=body_about(road))
    for _each in range(2):
        make_edition(language="ru", body=body_about(road))

    page = context("projects:project", "road")

    assert [(other.language, other.statements) for other in page["elsewhere"]] == [("ru", 2)]
    assert len(page["said"]) == 1


def test_what_was_said_newest_first_twenty_a_page():
    road = make_project("road")
    now = timezone.now()
    editions = [
        make_edition(language="en", body=body_about(road), at=now - timedelta(days=each + 1))
        for each in range(21)
    ]

    first = context("projects:project", "road")["said"]
    second = context("projects:project", "road", page="2")["said"]

    assert [entry.edition for entry in first] == editions[:20]
    assert [entry.edition for entry in second] == editions[20:]
    assert [passage.exact for passage in first[0].passages] == ["280 km of road"]


def test_agreements_newest_first_and_what_they_amend():
    road = make_project("road")
    old = make_agreement("old", projects=[road], signed_on=date(2003, 12, 25))
    make_agreement("new", projects=[road], signed_on=date(2024, 2, 6), amends=old)

    agreements = context("projects:project", "road")["agreements"]

    assert [agreement.code for agreement in agreements] == ["new", "old"]
    assert agreements[0].amended == old


def test_a_removed_project_is_gone_with_its_reason():
    road = make_project("road")
    edition = make_edition(language="en", body=body_about(road))
    event = make_event("visit")
    event.projects.add(road)
    road.remove(by=somebody(roles.CHIEF_EDITOR), reason="Entered twice.", redirect_to="")

    response = Client().get(under("en", "projects:project", "road"))
    assert response.status_code == 410
    assert "Entered twice." in response.content.decode()
    for address in (edition.get_absolute_url(), under("en", "events:event", "visit")):
        shown = Client().get(address).content.decode()
        assert "/projects/road/" not in shown
    assert "280\xa0km of road" in Client().get(edition.get_absolute_url()).content.decode()


def test_most_spoken_of_counts_texts_in_the_language_of_the_page():
    quiet, loud = make_project("a"), make_project("b")
    for _each in range(2):
        make_edition(language="ru", body=body_about(loud))
    make_edition(language="ky", body=body_about(quiet))

    with translation.override("ru"):
        assert list(Project.objects.most_spoken_of()) == [loud, quiet]
    with translation.override("ky"):
        assert list(Project.objects.most_spoken_of()) == [quiet, loud]
