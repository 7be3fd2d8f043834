"""Projects as the ministry keeps them: with everything, with little, with nothing but a name."""

from datetime import date
from decimal import Decimal
from typing import Any

from articles.models import Statement
from pressoffice.directory.models import Organisation
from pressoffice.ledger.models import Commitment
from projects.models import Participation, Project
from tests.makers import (
    in_three,
    make_agreement,
    make_budget_line,
    make_commitment,
    make_country,
    make_edition,
    make_indicator,
    make_measurement,
    make_milestone,
    make_milestone_date,
    make_person,
    make_place,
    make_project,
    make_status,
    make_target,
)

FILES = {
    "json": "data-project-json",
    "csv": "data-project-facts-csv",
    "iati": "data-project-iati",
    "oc4ids": "data-project-oc4ids",
}
FILES_OF_ALL = {
    "json": "data-json",
    "projects": "data-projects-csv",
    "csv": "data-facts-csv",
    "iati": "data-iati",
    "oc4ids": "data-oc4ids",
}


def source_about(project: Project, **edition: Any) -> Statement:
    """A statement with one text, by default a public Russian one, that speaks of the project."""
    return make_edition(about=[project], **edition).statement


def takes_part(project: Project, *countries: str, role: str = "implementing") -> None:
    for code in countries:
        Participation.objects.create(project=project, country=make_country(code), role=role)


def begun(project: Project, source: Statement, **facts: Any) -> None:
    """With what IATI asks for beside participants: a status and a start."""
    make_status(project, source, "implementation", stated_on=date(2024, 7, 1))
    started = make_milestone(project, name_en="Construction begun")
    said = {"kind": "actual", "on": date(2024, 6, 6), "precision": "day", "stated_on": date(2024, 7, 1)}
    make_milestone_date(started, source, **{**said, **facts})


def full_project(code: str = "railway") -> Project:
    project = make_project(
        code, sector="transport", **in_three("description", "A line through three countries")
    )
    source = source_about(project)
    source.speakers.add(make_person())
    bank = Organisation.objects.create(**in_three("name", f"Bank of {code}"), country=make_country("CN"))
    takes_part(project, "KG", "CN", "UZ")
    Participation.objects.create(project=project, organisation=bank, role="funding")
    project.aliases.create(language="en", text="the new line")
    make_place(project)
    make_place(project, geometry=[74.59, 42.87], **in_three("name", "Station"))
    treaty = make_agreement(f"treaty-{code}", projects=[project])
    treaty.parties.set([make_country("KG"), make_country("CN")])
    make_agreement(f"protocol-{code}", projects=[project], amends=treaty, kind="protocol")
    begun(project, source)
    finished = make_milestone(project, name_en="Completion of the works")
    make_milestone_date(
        finished, source, kind="planned", on=date(2030, 1, 1), precision="year", stated_on=date(2024, 7, 1)
    )
    length = make_indicator(project)
    make_measurement(length, source, value=Decimal("250.5"), value_to=Decimal(260))
    make_target(length, source, value=Decimal(304), due_on=date(2030, 1, 1), due_precision="year")
    promise = make_commitment(
        project, source, country=make_country("KG"), due_on=date(2030, 5, 1), due_precision="year"
    )
    make_commitment(
        project,
        source_about(project),
        answers=promise,
        relation=Commitment.Relation.RESTATES,
        stated_on=date(2025, 3, 1),
        organisation=bank,
    )
    make_budget_line(project, source, amount=Decimal("4700000000.00"))
    make_budget_line(project, source, kind="committed", amount=Decimal("2300000000.50"), organisation=bank)
    return project


def small_project(code: str = "school") -> Project:
    """One country, planned only, to the season."""
    project = make_project(code, sector="education")
    source = source_about(project, language="ky")
    takes_part(project, "KG", role="accountable")
    begun(project, source, kind="planned", on=date(2027, 1, 1), precision="season")
    return project


def realistic_set() -> list[Project]:
    return [full_project(), small_project(), make_project("idea", sector="culture")]
