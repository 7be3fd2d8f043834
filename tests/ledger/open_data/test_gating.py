"""Nothing is in a file that is not public; what it costs; how it is handed out."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pressoffice.ledger.open_data.gather import gather
from pressoffice.publishing import moment
from projects.models import Project
from tests.channels import under
from tests.ledger.open_data.sets import FILES, FILES_OF_ALL, begun, full_project, source_about, takes_part
from tests.makers import make_commitment, make_facts, make_project, make_status, sign_in

pytestmark = pytest.mark.django_db

CANARY = "Canary"
GATHERED = 17


def said_in(state: str) -> str:
    """A public project that fits every file, and facts from a source of that state. Its reference."""
    project = make_project("road")
    takes_part(project, "KG")
    begun(project, source_about(project))
    source = source_about(project, state=state, title=CANARY)
    make_facts(
        project, source, moment.now().date(), **dict.fromkeys(("text_ky", "text_ru", "text_en"), CANARY)
    )
    make_status(project, source, "suspended", stated_on=moment.now().date())
    return source.reference


def answers(client: Client) -> dict[str, str]:
    alone = {name: client.get(under("en", address, "road")) for name, address in FILES.items()}
    of_all = {f"all {name}": client.get(under("en", address)) for name, address in FILES_OF_ALL.items()}
    found = {**alone, **of_all}
    assert {response.status_code for response in found.values()} == {200}
    return {name: response.content.decode() for name, response in found.items()}


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "scheduled", "removed", "discarded"])
def test_what_was_said_in_a_text_that_is_not_public_is_in_no_file(client, state):
    reference = said_in(state)

    for name, content in answers(client).items():
        assert CANARY not in content, name
        assert reference not in content, name
        assert "suspended" not in content, name


def test_what_was_said_in_a_public_text_is_in_every_file_that_has_room_for_it(client):
    reference = said_in("live")

    assert all(reference in content for content in answers(client).values())


def test_a_withdrawn_source_is_marked_in_json_and_csv_and_left_out_of_the_standards(client):
    reference = said_in("withdrawn")

    found = answers(client)

    assert found["json"].count('"withdrawn": true') == 6
    assert found["csv"].count(f"{reference},") == 6
    assert found["csv"].count(",true,") == 6
    for name in ("iati", "oc4ids", "all iati", "all oc4ids", "all projects"):
        assert reference not in found[name], name


@pytest.mark.parametrize("state", ["draft", "scheduled", "removed"])
def test_a_project_that_is_not_public_has_no_file_and_is_in_none(client, chief, state):
    beside = make_project("beside")
    takes_part(beside, "KG")
    begun(beside, source_about(beside))
    hidden = make_project("hidden", state=state, name_en=CANARY)
    takes_part(hidden, "KG")
    begun(hidden, source_about(beside))
    sign_in(client, chief)

    alone = {client.get(under("en", address, "hidden")).status_code for address in FILES.values()}
    of_all = [client.get(under("en", address)).content.decode() for address in FILES_OF_ALL.values()]

    assert alone == {410 if state == "removed" else 404}
    assert not any(CANARY in content or "hidden" in content for content in of_all)


def test_a_scheduled_text_comes_in_at_its_moment(client):
    project = make_project("road")
    at = moment.now() + timedelta(days=2)
    make_status(project, source_about(project, state="scheduled", at=at))

    with moment.fixed(at - timedelta(microseconds=1)):
        before = gather(Project.objects.live())
    with moment.fixed(at):
        after = gather(Project.objects.live())

    assert [len(each[0].statuses) for each in (before, after)] == [0, 1]


@pytest.mark.parametrize("number", [1, 30])
def test_gathering_costs_the_same_for_one_project_and_for_thirty(number):
    for each in range(number):
        full_project(f"railway-{each}")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = gather(Project.objects.live())
        read = [list(each.facts()) for each in found]

    assert len(read) == number
    assert len(queries) == GATHERED


@pytest.mark.parametrize("name", FILES_OF_ALL)
def test_a_file_costs_no_query_beyond_gathering(client, name):
    full_project("one")
    full_project("two")
    address = under("en", FILES_OF_ALL[name])

    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)

    assert response.status_code == 200
    assert len(queries) == GATHERED


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("json", "application/json; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8; header=present"),
        ("iati", "application/xml; charset=utf-8"),
        ("oc4ids", "application/json; charset=utf-8"),
    ],
)
def test_every_website_may_read_the_files_and_ask_whether_they_changed(client, name, content_type):
    said_in("live")
    address = under("ru", FILES[name], "road")

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    head = client.head(address)

    assert first.headers["Content-Type"] == content_type
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert set(first.headers["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert "Cookie" not in first.headers.get("Vary", "")
    assert again.status_code == 304
    assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("name", FILES_OF_ALL)
def test_files_are_only_read(client, name):
    assert client.post(under("en", FILES_OF_ALL[name])).status_code == 405


def test_a_past_day_is_kept_by_no_cache(client):
    make_project("road", at=moment.now() - timedelta(days=300))
    day = (moment.now() - timedelta(days=100)).date().isoformat()

    answer = client.get(under("en", "data-json", query=f"as_of={day}"))

    assert f'"as_of": "{day}"' in answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_without_any_project_tables_are_empty_and_the_standards_have_no_file(client):
    statuses = {name: client.get(under("en", each)).status_code for name, each in FILES_OF_ALL.items()}

    assert statuses == {"json": 200, "projects": 200, "csv": 200, "iati": 404, "oc4ids": 404}


def test_a_project_that_is_not_there_has_no_file(client: Any):
    assert {client.get(under("en", each, "nothing")).status_code for each in FILES.values()} == {404}


def test_what_was_promised_is_done_only_by_words_that_hold():
    project = make_project("road")
    promise = make_commitment(project, source_about(project))
    make_commitment(
        project,
        source_about(project, state="withdrawn"),
        answers=promise,
        relation="fulfils",
        stated_on="2025-03-01",
    )

    [found] = gather(Project.objects.live())

    assert found.states == {promise.pk: "open"}
