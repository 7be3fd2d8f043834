"""A clear answer to whatever is asked, never a 500."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from projects.models import Project

from .conftest import form_data

Desk = Callable[[str], Client]
PAGES = [
    "projects_project",
    "projects_agreement",
    "events_event",
    "directory_person",
    "directory_organisation",
    "directory_country",
    "directory_topic",
    "ledger_statuschange",
    "ledger_commitment",
    "ledger_milestone",
    "ledger_indicator",
    "ledger_budgetline",
    "publishing_auditentry",
    "publishing_takedown",
    "deliveries_delivery",
    "alerts_subject",
    "alerts_subscriber",
    "accounts_user",
    "auth_group",
]
QUERIES = [
    "q=%00",
    "q=%ED%A0%80",
    "q=" + "word+" * 5_000,
    "q=%25%27%22%5C",
    "q=%22",
    "p=99999999999999999999",
    "p=-1",
    "p=x",
    "o=1.2.3.99",
    "o=-999.x",
    "standing=nothing",
    "standing__exact=draft",
    "kind=%00",
    "sector__exact=nothing",
    "starts_at__year=0",
    "starts_at__year=10000",
    "starts_at__gte=never",
    "starts_at__year=2026&starts_at__month=13",
    "id__exact=99999999999999999999999",
    "pk__in=1,2,x",
    "at__gte=0001-01-01",
    "password__startswith=a",
    "nonsense=1",
    "_to_field=password",
    "e=1",
    "all=",
    "_popup=1",
]


@pytest.mark.filterwarnings("ignore:DateTimeField:RuntimeWarning")
@pytest.mark.parametrize("page", PAGES)
def test_a_list_answers_any_query(page: str, desk_of: Desk, project: Project, event: Event) -> None:
    client = desk_of("root")
    address = reverse(f"admin:{page}_changelist")

    statuses = {query: client.get(f"{address}?{query}").status_code for query in QUERIES}

    assert not {query: status for query, status in statuses.items() if status not in (200, 302, 400)}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("pk", ["0", "-1", "99999999999999999999999", "x", "%00", "_00", "a/b", "%ED%A0%80"])
def test_an_unknown_row_is_answered(page: str, pk: str, desk_of: Desk) -> None:
    client = desk_of("root")
    base = reverse(f"admin:{page}_changelist")

    for rest in ("change/", "delete/", "history/", "steps/publish/"):
        for answer in (client.get(f"{base}{pk}/{rest}"), client.post(f"{base}{pk}/{rest}")):
            assert answer.status_code in (302, 400, 403, 404), (rest, answer.status_code)


@pytest.mark.parametrize(
    "values",
    [
        {"starts_at_0": "0001-01-01", "starts_at_1": "00:00"},
        {"starts_at_0": "9999-12-31", "starts_at_1": "23:59"},
        {"starts_at_0": "2026-02-30"},
        {"starts_at_0": "", "starts_at_1": ""},
        {"ends_at_0": "2001-01-01"},
        {"title_en": "\x00"},
        {"title_en": ""},
        {"title_en": "x" * 5_000},
        {"title_en": "\x0b\uffff"},
        {"code": "Not A Code"},
        {"kind": "nothing"},
        {"countries": ["XX", "<script>"]},
        {"projects": ["x"]},
        {"lead_image": "99999999"},
    ],
    ids=lambda values: "-".join(values),
)
def test_a_wrong_value_is_refused_at_its_field_and_the_rest_is_kept(
    values: dict, event: Event, desk_of: Desk
) -> None:
    client = desk_of("editor")
    address = reverse("admin:events_event_change", args=[event.pk])
    data = form_data(client, address) | {"venue_en": "Typed with care"} | values

    answer = client.post(address, data)

    assert answer.status_code == 200, answer.context
    assert answer.context["errors"]
    assert "Typed with care" in answer.content.decode()


def test_a_key_of_thirty_digits_is_answered(event: Event, desk_of: Desk) -> None:
    client = desk_of("editor")
    address = reverse("admin:events_event_change", args=[event.pk])
    data = form_data(client, address)

    assert client.post(address, data | {"lead_image": "9" * 30}).context["errors"]
    # SQLite counts to 2**63 only, PostgreSQL does not mind.
    assert client.post(address, data | {"projects": "9" * 30}).status_code in (200, 400)


def test_rows_with_odd_numbers_are_answered(project: Project, desk_of: Desk) -> None:
    client = desk_of("editor")
    address = reverse("admin:projects_project_change", args=[project.pk])
    data = form_data(client, address)

    for odd in (
        {"aliases-TOTAL_FORMS": "x"},
        {"aliases-TOTAL_FORMS": "99999999"},
        {"aliases-INITIAL_FORMS": "5", "aliases-TOTAL_FORMS": "5"},
        {"aliases-INITIAL_FORMS": "1", "aliases-TOTAL_FORMS": "1", "aliases-0-id": "x"},
        {"aliases-INITIAL_FORMS": "1", "aliases-TOTAL_FORMS": "1", "aliases-0-id": "9" * 30},
    ):
        assert client.post(address, data | odd).status_code in (200, 302)


@pytest.mark.parametrize("words", ["%00", "%ED%A0%80", "x" * 5_000, "word+" * 3_000])
def test_autocompletes_answer_any_words(words: str, desk_of: Desk, project: Project) -> None:
    base = "app_label=events&model_name=event&field_name=projects"

    answer = desk_of("editor").get(f"{reverse('admin:autocomplete')}?{base}&term={words}")

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "page", ["projects_project", "events_event", "directory_person", "publishing_auditentry"]
)
def test_a_longer_list_costs_no_more_queries(page: str, desk_of: Desk) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = desk_of("root")
    address = reverse(f"admin:{page}_changelist")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    _rows(2, "a")
    with_few = asked()
    _rows(20, "b")

    assert asked() == with_few


def _rows(number: int, prefix: str) -> None:
    from pressoffice.accounts.models import User
    from pressoffice.directory.models import Office, Person
    from pressoffice.publishing.models import AuditEntry

    from .conftest import make_event, make_project

    root = User.objects.get(username="root")
    for each in range(number):
        project = make_project(f"{prefix}-{each}")
        project.publish(by=root)
        make_event(f"{prefix}-{each}")
        names = {f"name_{code}": f"{prefix} {each}" for code in ("ky", "ru", "en")}
        titles = {f"title_{code}": "Minister" for code in ("ky", "ru", "en")}
        Office.objects.create(person=Person.objects.create(slug=f"{prefix}-{each}", **names), **titles)
        AuditEntry.objects.record(project, "change", by=root, reason="name_ky")
