"""Each role's pages, cell by cell."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from projects.models import Project

from .conftest import EVERYBODY

READS = ["author", "translator", "editor", "chief", "root"]
KEEPS_RECORDS = ["editor", "chief", "root"]
TAKES_DOWN = ["chief", "root"]
ADMINISTERS = ["root"]

LISTS = {
    "projects_project": (READS, KEEPS_RECORDS),
    "projects_agreement": (READS, KEEPS_RECORDS),
    "events_event": (READS, KEEPS_RECORDS),
    "directory_person": (READS, KEEPS_RECORDS),
    "directory_organisation": (READS, KEEPS_RECORDS),
    "directory_topic": (READS, KEEPS_RECORDS),
    "directory_country": (READS, []),
    "ledger_statuschange": (READS, KEEPS_RECORDS),
    "ledger_commitment": (READS, KEEPS_RECORDS),
    "ledger_milestone": (READS, KEEPS_RECORDS),
    "ledger_indicator": (READS, KEEPS_RECORDS),
    "ledger_budgetline": (READS, KEEPS_RECORDS),
    "publishing_auditentry": (READS, []),
    "publishing_takedown": (READS, []),
    "deliveries_delivery": (TAKES_DOWN, []),
    "alerts_subject": (READS, []),
    "alerts_subscriber": (TAKES_DOWN, []),
    "accounts_user": (ADMINISTERS, ADMINISTERS),
    "auth_group": (ADMINISTERS, []),
}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("page", LISTS)
def test_a_list_opens_for_those_who_may_look_and_its_form_for_those_who_may_add(
    page: str, who: str, desk_of: Callable[[str], Client]
) -> None:
    may_look, may_add = LISTS[page]
    client = desk_of(who)

    listed = client.get(reverse(f"admin:{page}_changelist")).status_code
    added = client.get(reverse(f"admin:{page}_add")).status_code

    assert listed == _expected(who, may_look)
    assert added == _expected(who, may_add)


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize(
    ("step", "allowed"),
    [
        ("publish", KEEPS_RECORDS),
        ("schedule", KEEPS_RECORDS),
        ("cancel-publication", KEEPS_RECORDS),
        ("cancel", KEEPS_RECORDS),
        ("remove", TAKES_DOWN),
        ("restore", TAKES_DOWN),
        ("no-such-step", []),
    ],
)
def test_a_step_opens_for_the_roles_that_include_it(
    step: str, allowed: list[str], who: str, event: Event, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of(who)
    address = reverse("admin:events_event_step", args=[event.pk, step])

    status = client.get(address).status_code

    if step == "no-such-step":
        assert status == (302 if who == "reader" else 404)
    else:
        assert status == _expected(who, allowed)


@pytest.mark.parametrize("who", EVERYBODY)
def test_posting_a_step_without_the_role_changes_nothing(
    who: str, event: Event, desk_of: Callable[[str], Client]
) -> None:
    answer = desk_of(who).post(reverse("admin:events_event_step", args=[event.pk, "publish"]))

    event.refresh_from_db()
    assert (event.live_from is not None) == (who in KEEPS_RECORDS)
    if who not in {*KEEPS_RECORDS, "reader"}:
        assert answer.status_code == 403


@pytest.mark.parametrize("who", EVERYBODY)
def test_posting_the_form_without_the_role_changes_nothing(
    who: str, project: Project, desk_of: Callable[[str], Client]
) -> None:
    answer = desk_of(who).post(
        reverse("admin:projects_project_change", args=[project.pk]), {"name_en": "Mine"}
    )

    project.refresh_from_db()
    assert project.name_en != "Mine"
    assert answer.status_code == (200 if who in {*KEEPS_RECORDS, "reader"} else 403)


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_draft_may_be_deleted_by_those_who_keep_records_and_a_public_record_by_nobody(
    who: str, project: Project, public_event: Event, desk_of: Callable[[str], Client]
) -> None:
    client = desk_of(who)

    client.post(reverse("admin:projects_project_delete", args=[project.pk]), {"post": "yes"})
    answer = client.post(reverse("admin:events_event_delete", args=[public_event.pk]), {"post": "yes"})

    assert Project.objects.exists() == (who not in KEEPS_RECORDS)
    assert Event.objects.exists()
    assert answer.status_code in ({200} if who == "reader" else {403})


@pytest.mark.parametrize("who", EVERYBODY)
def test_autocompletes_answer_only_those_who_may_look(
    who: str, project: Project, desk_of: Callable[[str], Client]
) -> None:
    asked = {"app_label": "events", "model_name": "event", "field_name": "projects", "term": "kambar"}

    answer = desk_of(who).get(reverse("admin:autocomplete"), asked)

    assert answer.status_code == _expected(who, READS)
    if who in READS:
        assert [row["text"] for row in answer.json()["results"]] == ["Kambar-Ata-1"]


def test_the_menu_shows_what_the_person_may_open(desk_of: Callable[[str], Client]) -> None:
    of_root = _menu(desk_of("root"))
    of_author = _menu(desk_of("author"))

    assert "People with a log-in" in of_root
    assert "People with a log-in" not in of_author
    assert _menu(desk_of("nobody")) == []


def _menu(client: Client) -> list[str]:
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 200
    return [str(group["name"]) for group in answer.context["app_list"]]


def test_nobody_passes_by_the_door_that_leads_to_any_row(
    project: Project, desk_of: Callable[[str], Client]
) -> None:
    from django.contrib.contenttypes.models import ContentType

    kind = ContentType.objects.get_for_model(Project).pk

    assert desk_of("root").get(f"/admin/r/{kind}/{project.pk}/").status_code == 404


@pytest.mark.parametrize("page", ["projects_project", "events_event", "directory_person", "media_image"])
def test_no_list_has_a_bulk_deletion(page: str, project: Project, desk_of: Callable[[str], Client]) -> None:
    client = desk_of("root")
    address = reverse(f"admin:{page}_changelist")

    client.post(address, {"action": "delete_selected", "_selected_action": [project.pk], "post": "yes"})

    assert Project.objects.exists()
    assert b"delete_selected" not in client.get(address).content


def test_a_form_names_no_row_of_a_kind_the_person_may_not_look_at(
    public_event: Event, project: Project, person: Callable[..., Any], desk_of: Callable[[str], Client]
) -> None:
    from django.contrib.auth.models import Permission

    somebody = person("nobody")
    somebody.user_permissions.set(
        Permission.objects.filter(codename__in=["view_event", "add_event", "change_event"])
    )

    answer = desk_of("nobody").get(reverse("admin:events_event_add"), {"projects": project.pk})

    assert answer.status_code == 200
    assert b"Kambar-Ata-1" not in answer.content


def _expected(who: str, allowed: list[str]) -> int:
    if who == "reader":
        return 302
    return 200 if who in allowed else 403
