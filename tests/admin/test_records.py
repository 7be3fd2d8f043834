from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from pressoffice.accounts.models import User
from pressoffice.publishing.models import AuditEntry, Takedown
from projects.models import Agreement, Participation, Project
from tests import makers

from .conftest import form_data

Desk = Callable[[str], Client]


def steps_of(record: Project | Event) -> list[str]:
    return [entry.step for entry in AuditEntry.objects.about(record).order_by("pk")]


def step(record: Project | Event | Agreement, name: str) -> str:
    options = record._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_step", args=[record.pk, name])


def change(record: Project | Event | Agreement) -> str:
    options = record._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk])


def test_a_project_is_written_published_changed_and_removed(desk_of: Desk) -> None:
    client = desk_of("chief")
    address = reverse("admin:projects_project_add")
    data = form_data(client, address)
    data |= {f"name_{code}": code for code in ("ky", "ru", "en")}
    data |= {f"summary_{code}": code for code in ("ky", "ru", "en")}
    data |= {"code": "a-road", "sector": "transport"}

    client.post(address, data)
    project = Project.objects.get(code="a-road")
    client.post(step(project, "publish"))
    again = form_data(client, change(project))
    client.post(change(project), again | {"name_en": "A better road"})
    client.post(step(project, "remove"), {"reason": "It was never agreed."})

    project.refresh_from_db()
    assert project.name_en == "A better road"
    assert project.standing == "removed"
    assert steps_of(project) == ["start", "publish", "change", "remove"]
    assert AuditEntry.objects.get(step="change").reason == "name_en"
    assert Takedown.objects.get().reason == "It was never agreed."


def test_saving_without_a_change_leaves_no_trace(public_project: Project, desk_of: Desk) -> None:
    client = desk_of("editor")

    client.post(change(public_project), form_data(client, change(public_project)))

    assert steps_of(public_project) == ["publish"]


def test_rows_under_a_record_are_named_in_the_audit(project: Project, desk_of: Desk) -> None:
    client = desk_of("editor")
    data = form_data(client, change(project))
    data |= {"aliases-TOTAL_FORMS": "1", "aliases-0-language": "ru", "aliases-0-text": "Камбарата"}
    data |= {"aliases-0-id": "", "aliases-0-project": project.pk}

    answer = client.post(change(project), data)

    assert answer.status_code == 302
    assert project.aliases.get().text == "Камбарата"
    assert AuditEntry.objects.about(project).get().reason == "aliases"


def test_the_code_of_a_public_record_stays(public_project: Project, desk_of: Desk) -> None:
    client = desk_of("editor")
    data = form_data(client, change(public_project))

    client.post(change(public_project), data | {"code": "another"})

    public_project.refresh_from_db()
    assert "code" not in data
    assert public_project.code == "kambar-ata-1"


def test_a_public_record_keeps_what_its_publication_asked_for(public_project: Project, desk_of: Desk) -> None:
    client = desk_of("editor")

    answer = client.post(
        change(public_project), form_data(client, change(public_project)) | {"summary_ru": ""}
    )

    public_project.refresh_from_db()
    assert public_project.summary_ru
    assert "The summary is missing in Russian." in answer.content.decode()


def test_a_refused_step_says_why_and_keeps_the_reason(project: Project, desk_of: Desk) -> None:
    answer = desk_of("chief").post(step(project, "remove"), {"reason": "Typed with care."})

    assert "This was never public." in answer.content.decode()
    assert "Typed with care." in answer.content.decode()


@pytest.mark.parametrize("make", [makers.make_project, makers.make_agreement, makers.make_event])
def test_publishing_asks_once_more_and_says_what_follows(make: Callable[..., Any], desk_of: Desk) -> None:
    record = make(state="draft")
    client, page = desk_of("editor"), step(record, "publish")

    form = client.get(change(record)).text
    asked = client.get(page).text

    assert f'href="{page}"' in form
    assert f'action="{page}"' not in form
    assert "It cannot become a draft again" in asked
    assert 'value="Publish now"' in asked
    assert f'<a class="closelink" href="{change(record)}">' in asked
    record.refresh_from_db()
    assert record.live_from is None


def test_calling_off_what_nobody_has_seen_takes_one_click(
    event: Event, desk_of: Desk, person: Callable[[str], User]
) -> None:
    event.publish(by=person("chief"), at=timezone.now() + timedelta(days=1))

    assert f'action="{step(event, "cancel-publication")}"' in desk_of("chief").get(change(event)).text


def test_publishing_what_is_incomplete_says_what_is_missing(desk_of: Desk, project: Project) -> None:
    Project.objects.update(summary_ky="")

    answer = desk_of("editor").post(step(project, "publish"))

    assert "The summary is missing in Kyrgyz." in answer.content.decode()


def test_a_step_without_its_reason_is_refused_at_the_field(public_event: Event, desk_of: Desk) -> None:
    client = desk_of("chief")

    for name in ("cancel", "remove"):
        answer = client.post(step(public_event, name), {"reason": "   "})
        assert answer.context["form"].errors["reason"]

    public_event.refresh_from_db()
    assert public_event.standing == "in_force"


def test_a_removal_may_not_lead_elsewhere(public_event: Event, desk_of: Desk) -> None:
    answer = desk_of("chief").post(
        step(public_event, "remove"), {"reason": "Why", "redirect_to": "https://elsewhere.example/"}
    )

    assert "Readers can only be sent to an address on this site" in answer.content.decode()


def test_publishing_twice_says_it_is_public_already(public_event: Event, desk_of: Desk) -> None:
    answer = desk_of("editor").post(step(public_event, "publish"))

    assert "This is public already." in answer.content.decode()


def test_a_record_is_scheduled_in_bishkek_time_and_called_back(event: Event, desk_of: Desk) -> None:
    client = desk_of("editor")
    at = (timezone.localtime() + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)

    client.post(step(event, "schedule"), {"at": f"{at:%Y-%m-%dT%H:%M}"})
    event.refresh_from_db()
    assert event.live_from == at
    assert "Scheduled for" in client.get(change(event)).content.decode()

    client.post(step(event, "cancel-publication"))
    event.refresh_from_db()
    assert event.live_from is None


@pytest.mark.parametrize(
    "at",
    ["", "soon", "2001-01-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59", "2026-13-45T99:99", "\x00"],
)
def test_an_impossible_moment_is_refused_at_the_field(at: str, event: Event, desk_of: Desk) -> None:
    answer = desk_of("editor").post(step(event, "schedule"), {"at": at})

    assert answer.status_code == 200
    assert answer.context["form"].errors["at"]


def test_an_event_is_cancelled_with_a_reason_and_restored(public_event: Event, desk_of: Desk) -> None:
    client = desk_of("chief")

    client.post(step(public_event, "cancel"), {"reason": "The pass is closed."})
    page = client.get(change(public_event)).content.decode()
    unsaid = client.post(step(public_event, "restore"))
    client.post(step(public_event, "restore"), {"reason": "The pass is open again."})

    public_event.refresh_from_db()
    assert "The pass is closed." in page
    assert unsaid.context["form"].errors["reason"]
    assert public_event.standing == "in_force"
    assert "The pass is open again." in client.get(change(public_event)).content.decode()
    assert "The pass is open again." not in Client().get(public_event.get_absolute_url()).content.decode()


def test_the_history_address_leads_to_the_audit_for_those_who_may_look(
    public_event: Event, desk_of: Desk
) -> None:
    address = reverse("admin:events_event_history", args=[public_event.pk])

    assert desk_of("author").get(address).url == f"{change(public_event)}#audit"
    assert desk_of("nobody").get(address).status_code == 403


@pytest.mark.parametrize("words", ["камбаратинская", "КАМБАРАТИНСКАЯ", "камбар-ата", "KAMBAR", "каскад"])
def test_a_project_is_found_by_any_of_its_names_whatever_the_case(
    words: str, project: Project, desk_of: Desk
) -> None:
    project.aliases.create(language="ru", text="Каскад на Нарыне")

    answer = desk_of("author").get(reverse("admin:projects_project_changelist"), {"q": words})

    assert [row.pk for row in answer.context["cl"].result_list] == [project.pk]


def test_a_participant_is_a_country_or_an_organisation(project: Project, desk_of: Desk) -> None:
    client = desk_of("editor")
    data = form_data(client, change(project))
    data |= {"participations-TOTAL_FORMS": "1", "participations-0-role": "funding"}
    data |= {"participations-0-id": "", "participations-0-project": project.pk}

    answer = client.post(change(project), data)

    assert "Choose a country or an organisation, one of the two." in answer.content.decode()
    assert not Participation.objects.exists()


def test_a_draft_published_since_is_not_deleted(
    project: Project, desk_of: Desk, person: Callable[[str], User], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody publishes it between the question and the answer."""
    from django.contrib.admin.options import ModelAdmin

    asked = ModelAdmin.log_deletions

    def meanwhile(*args: object, **kwargs: object) -> object:
        Project.objects.get().publish(by=person("chief"))
        return asked(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(ModelAdmin, "log_deletions", meanwhile)

    answer = desk_of("editor").post(
        reverse("admin:projects_project_delete", args=[project.pk]), {"post": "yes"}
    )

    assert answer.status_code == 403
