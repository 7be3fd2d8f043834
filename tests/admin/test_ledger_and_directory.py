from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from pressoffice.directory.models import Country, Organisation, Person, Topic
from pressoffice.ledger.models import StatusChange
from pressoffice.publishing.models import AuditEntry
from tests import makers

from .conftest import form_data

Desk = Callable[[str], Client]


def test_a_status_needs_a_statement_that_speaks_of_the_project(desk_of: Desk) -> None:
    project, silent = makers.make_project(), makers.make_statement()
    speaking = makers.make_edition(body=makers.body_about(project)).statement
    client = desk_of("editor")
    address = reverse("admin:ledger_statuschange_add")
    data = {"project": project.pk, "status": "implementation", "stated_on": "2026-08-22"}

    refused = client.post(address, data | {"source": silent.pk})
    taken = client.post(address, data | {"source": speaking.pk})

    assert "No text of this statement speaks of the project" in refused.content.decode()
    assert taken.status_code == 302
    assert [entry.step for entry in AuditEntry.objects.about(StatusChange.objects.get())] == ["start"]
    page = client.get(reverse("admin:projects_project_change", args=[project.pk])).content.decode()
    assert "Under way" in page


def test_what_readers_see_of_a_project_is_not_deleted(desk_of: Desk) -> None:
    project = makers.make_project()
    live = makers.make_edition(body=makers.body_about(project)).statement
    draft = makers.make_edition(body=makers.body_about(project), state="draft").statement
    public = makers.make_status(project, live)
    hidden = makers.make_status(project, draft, stated_on="2026-08-23")
    client = desk_of("editor")

    for change in (public, hidden):
        client.post(reverse("admin:ledger_statuschange_delete", args=[change.pk]), {"post": "yes"})

    assert list(StatusChange.objects.all()) == [public]
    assert AuditEntry.objects.filter(step="delete", subject_id=hidden.pk).exists()


@pytest.mark.parametrize(("name", "slug"), [("Өмүрбек уулу Ысак", "omurbek-uulu-ysak"), ("→", "person")])
def test_a_person_gets_a_readable_short_name(name: str, slug: str, desk_of: Desk) -> None:
    client = desk_of("editor")
    address = reverse("admin:directory_person_add")
    data = form_data(client, address) | {f"name_{code}": name for code in ("ky", "ru", "en")}

    client.post(address, data)
    client.post(address, data)

    assert list(Person.objects.order_by("pk").values_list("slug", flat=True)) == [slug, f"{slug}-2"]


def test_the_short_name_stays(desk_of: Desk) -> None:
    topic = makers.make_topic("Water")
    client = desk_of("editor")
    address = reverse("admin:directory_topic_change", args=[topic.pk])

    client.post(address, form_data(client, address) | {"slug": "fire", "name_en": "Fire"})

    topic.refresh_from_db()
    assert (topic.slug, topic.name_en) == ("water", "Fire")


def test_whoever_is_named_somewhere_is_not_deleted(desk_of: Desk) -> None:
    speaker, nobody, topic = makers.make_person("Speaker"), makers.make_person("Nobody"), makers.make_topic()
    makers.make_statement(speakers=[speaker], topics=[topic])
    client = desk_of("chief")

    for row in (speaker, nobody, topic):
        name = f"admin:directory_{row._meta.model_name}_delete"
        client.post(reverse(name, args=[row.pk]), {"post": "yes"})

    assert list(Person.objects.all()) == [speaker]
    assert Topic.objects.filter(pk=topic.pk).exists()


def test_of_a_country_only_the_names_change(desk_of: Desk) -> None:
    client = desk_of("editor")
    address = reverse("admin:directory_country_change", args=["KG"])

    client.post(address, form_data(client, address) | {"code": "XX", "name_en": "The Kyrgyz Republic"})

    assert Country.objects.get(pk="KG").name_en == "The Kyrgyz Republic"
    assert client.get(reverse("admin:directory_country_add")).status_code == 403
    assert desk_of("root").post(reverse("admin:directory_country_delete", args=["KG"])).status_code == 403


def test_an_organisation_is_in_the_directory_once(desk_of: Desk) -> None:
    client = desk_of("editor")
    address = reverse("admin:directory_organisation_add")
    data = form_data(client, address) | {f"name_{code}": "Agency" for code in ("ky", "ru", "en")}

    client.post(address, data | {"url": "agency.example"})
    answer = client.post(address, data)

    assert Organisation.objects.get().url == "https://agency.example"
    assert "This organisation is in the directory already." in answer.content.decode()


def test_an_apps_page_leads_to_its_first_list(desk_of: Desk) -> None:
    assert desk_of("author").get("/admin/projects/").url == reverse("admin:projects_agreement_changelist")
    assert desk_of("nobody").get("/admin/projects/").status_code == 404
