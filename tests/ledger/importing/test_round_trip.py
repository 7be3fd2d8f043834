"""What the site gives out comes in again as it was, in a database that lacks it, and changes nothing in one
that has it."""

import io
import json
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from articles.models import Passage
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.directory.models import Organisation
from pressoffice.ledger.importing import Report, bring_in, read
from pressoffice.ledger.models import FACTS, Commitment, Indicator, Milestone
from pressoffice.publishing.models import AuditEntry
from pressoffice.search.models import Entry, TitleWord
from projects.models import Agreement, Participation, Place, Project, ProjectAlias
from tests.channels import under
from tests.ledger.open_data.sets import full_project, realistic_set
from tests.makers import somebody
from tests.unguarded import lift_guards

pytestmark = pytest.mark.django_db


def given_out(client: Client, name: str) -> bytes:
    response = client.get(under("ru", name))
    assert response.status_code == 200
    return response.content


def brought(content: bytes, name: str, by: User, **asked: Any) -> Report:
    return bring_in(read(io.BytesIO(content), name), by=by, name=name, **asked)


def counts() -> dict[str, int]:
    models = [
        *FACTS,
        Milestone,
        Indicator,
        Project,
        Place,
        Participation,
        ProjectAlias,
        Agreement,
        Organisation,
    ]
    return {model.__name__: model.objects.count() for model in models}


def without_facts() -> None:
    lift_guards()
    Commitment.objects.filter(answers__isnull=False).delete()
    for model in (*FACTS, Milestone, Indicator):
        model.objects.all().delete()


def without_projects(*, agreements: bool = True) -> None:
    """As a database that never had them: what was public cannot be deleted otherwise."""
    without_facts()
    tied: Any = [Agreement.projects.through, Agreement.parties.through]
    kinds = [
        TitleWord,
        Entry,
        Passage,
        ProjectAlias,
        Participation,
        Place,
        *(tied if agreements else tied[:1]),
    ]
    for model in [*kinds, *([Agreement] if agreements else []), Project]:
        QuerySet(model)._raw_delete("default")
    if agreements:
        Organisation.objects.all().delete()


def published(by: User) -> None:
    for record in [*Agreement.objects.all(), *Project.objects.all()]:
        record.publish(by=by)


@pytest.mark.parametrize(
    ("address", "name"),
    [("data-json", "all.json"), ("data-facts-csv", "facts.csv"), ("data-projects-csv", "projects.csv")],
)
def test_what_is_there_already_stays_as_it_is(client: Client, editor: User, address: str, name: str) -> None:
    realistic_set()
    before = counts()

    report = brought(given_out(client, address), name, editor)

    assert report.problems == []
    assert not +report.made
    assert sum(report.known.values()) > 0
    assert counts() == before


@pytest.mark.parametrize(("address", "name"), [("data-json", "all.json"), ("data-facts-csv", "facts.csv")])
def test_facts_come_in_as_they_went_out(client: Client, editor: User, address: str, name: str) -> None:
    realistic_set()
    files = {each: given_out(client, each) for each in ("data-json", "data-facts-csv", "data-iati")}
    before = counts()
    without_facts()

    report = brought(files[address], name, editor)

    assert report.problems == []
    assert counts() == before
    assert {each: given_out(client, each) for each in files} == files


def test_projects_come_in_as_drafts_and_publish_as_they_were(client: Client, editor: User) -> None:
    realistic_set()
    record = json.loads(given_out(client, "data-json"))
    for project in record["projects"]:
        project["facts"] = {name: [] for name in project["facts"]}
    content = json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n"
    before = {name: count for name, count in counts().items() if name in {"Project", "Place", "Agreement"}}
    without_projects()

    report = brought(content, "all.json", editor)

    assert report.problems == []
    assert not Project.objects.live().exists()
    assert not Agreement.objects.live().exists()
    assert before.items() <= counts().items()
    published(somebody(roles.CHIEF_EDITOR))
    assert given_out(client, "data-json") == content


def test_a_table_of_projects_brings_names_roles_and_agreements(client: Client, editor: User) -> None:
    full_project()
    table = given_out(client, "data-projects-csv")
    without_projects(agreements=False)

    report = brought(table, "projects.csv", editor)

    assert report.problems == []
    project = Project.objects.get()
    assert (project.code, project.state, project.sector) == ("railway", "draft", "transport")
    assert {
        (row.role, str(row.country_id or row.organisation.name_en)) for row in project.participations.all()
    } == {
        ("implementing", "KG"),
        ("implementing", "CN"),
        ("implementing", "UZ"),
        ("funding", "Bank of railway (en)"),
    }
    assert {agreement.code for agreement in project.agreements.all()} == {
        "treaty-railway",
        "protocol-railway",
    }


def test_our_own_iati_brings_the_projects_back(client: Client, editor: User) -> None:
    full_project()
    file = given_out(client, "data-iati")
    was = Project.objects.get()
    without_projects(agreements=False)

    report = brought(file, "iati.xml", editor)

    assert report.problems == []
    project = Project.objects.get()
    for column in ("code", "sector", "name_ky", "name_ru", "name_en", "summary_ru", "description_en"):
        assert getattr(project, column) == getattr(was, column)
    assert project.state == "draft"
    assert [place.geometry for place in project.places.all()] == [[74.59, 42.87]]
    assert sorted(filter(None, project.participations.values_list("country", flat=True))) == [
        "CN",
        "KG",
        "UZ",
    ]
    assert [sentence for sentence in report.left_out if "activity-date (2)" in sentence]


def test_a_dry_run_tells_the_same_and_keeps_nothing(client: Client, editor: User) -> None:
    realistic_set()
    content = given_out(client, "data-json")
    without_facts()
    before, entries = counts(), AuditEntry.objects.count()

    dry = brought(content, "all.json", editor, dry_run=True)
    assert (counts(), AuditEntry.objects.count()) == (before, entries)

    real = brought(content, "all.json", editor)
    assert (dry.made, dry.known, dry.left_out, dry.problems) == (
        real.made,
        real.known,
        real.left_out,
        real.problems,
    )
    assert sum(real.made.values()) == AuditEntry.objects.count() - entries


def test_who_brought_it_and_in_what_file_stands_in_the_audit(client: Client, editor: User) -> None:
    realistic_set()
    content = given_out(client, "data-json")
    without_facts()

    brought(content, "all.json", editor)

    entry = AuditEntry.objects.about(Commitment.objects.earliest("pk")).get()
    assert (entry.step, entry.by, entry.reason) == ("start", editor, "all.json")
