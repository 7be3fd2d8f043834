"""The counts beside the filters of projects, promises and agreements: what the list would then show."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from projects.models import Participation
from tests.channels import under
from tests.makers import (
    make_agreement,
    make_commitment,
    make_country,
    make_edition,
    make_project,
    make_statement,
    make_status,
)

pytestmark = pytest.mark.django_db

PROJECTS = under("en", "projects:project-list")
PROMISES = under("en", "promises:promise-list")
AGREEMENTS = under("en", "agreements:agreement-list")
FILTERS = {
    PROJECTS: ["sector", "country", "status", "promises"],
    PROMISES: ["state", "project", "country"],
    AGREEMENTS: ["kind", "country"],
}


def shown(address):
    response = Client().get(address)
    assert response.status_code == 200
    return response


def offered(address, name):
    """The number beside each choice, by value."""
    select = re.search(rf'<select name="{name}".*?</select>', shown(address).content.decode(), re.DOTALL)
    assert select
    found = re.findall(r'<option value="([^"]+)"[^>]*>.*? \((\d+)\)</option>', select[0])
    return {value: int(number) for value, number in found}


@pytest.fixture
def ledger():
    road, line = make_project("road"), make_project("line", sector="energy")
    canal = make_project("canal", sector="energy")
    today = timezone.localdate()
    for project, code in ((road, "KZ"), (line, "KZ"), (canal, "CN")):
        Participation.objects.create(project=project, country=make_country(code), role="funding")
    for project, status in ((road, "implementation"), (line, "cancelled")):
        statement = make_statement()
        make_edition(statement=statement, language="en")
        make_status(project, statement, status)
        make_commitment(project, statement, due_on=today - timedelta(days=400))
        make_commitment(project, statement, due_on=today + timedelta(days=4000))
    hidden = make_statement()
    make_edition(statement=hidden, language="en", state="draft")
    make_status(canal, hidden, "suspended")
    make_commitment(canal, hidden, due_on=today - timedelta(days=1))
    make_project("secret", state="draft", sector="tourism")
    make_agreement("treaty", kind="treaty").parties.set([make_country("KZ")])
    make_agreement("hidden", kind="roadmap", state="draft").parties.set([make_country("CN")])


def test_only_what_is_public_is_counted(ledger):
    assert offered(PROJECTS, "sector") == {"transport": 1, "energy": 2}
    assert offered(PROJECTS, "country") == {"CN": 1, "KZ": 2}
    assert offered(PROJECTS, "status") == {"implementation": 1, "cancelled": 1}
    assert offered(PROJECTS, "promises")["overdue"] == 2
    assert offered(PROMISES, "state") == {"open": 2, "overdue": 2}
    assert offered(PROMISES, "project") == {"line": 2, "road": 2}
    assert offered(PROMISES, "country") == {"KZ": 4}
    assert offered(AGREEMENTS, "kind") == {"treaty": 1}
    assert offered(AGREEMENTS, "country") == {"KZ": 1}


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        *((PROJECTS, chosen) for chosen in ("", "sector=energy", "country=KZ", "promises=overdue")),
        *((PROMISES, chosen) for chosen in ("", "state=overdue", "project=road", "country=KZ")),
        *((AGREEMENTS, chosen) for chosen in ("", "kind=treaty")),
    ],
)
def test_every_count_is_what_the_list_then_shows(ledger, address, chosen):
    asked = 0
    for name in FILTERS[address]:
        others = [chosen] if chosen and not chosen.startswith(f"{name}=") else []
        for value, number in offered(f"{address}?{chosen}", name).items():
            page = shown(f"{address}?{'&'.join([*others, f'{name}={value}'])}")
            assert page.context["page_obj"].paginator.count == number, (name, value)
            asked += 1
    assert asked


def test_a_choice_that_would_show_nothing_goes_and_the_chosen_one_stays(ledger):
    assert offered(f"{PROJECTS}?sector=transport&country=CN", "sector") == {"transport": 0, "energy": 1}
    assert offered(f"{PROJECTS}?sector=transport", "country") == {"KZ": 1}


def test_a_narrowed_list_is_named_by_its_filters_and_has_one_address(ledger):
    page = shown(f"{PROJECTS}?country=KZ&sector=energy&as=table")

    assert "<title>Sector: Energy · Country: " in page.content.decode()
    assert page.context["canonical"].endswith("/en/projects/?sector=energy&country=KZ")
    assert '<input type="hidden" name="as" value="table">' in page.content.decode()
