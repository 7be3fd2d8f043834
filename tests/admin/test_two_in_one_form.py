"""Two people have the same form open. Nobody's words are lost."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Event
from pressoffice.directory.models import Country
from projects.models import Project, ProjectAlias

from .conftest import form_data

Desk = Callable[[str], Client]


@pytest.fixture
def address(project: Project) -> str:
    return reverse("admin:projects_project_change", args=[project.pk])


def test_what_only_one_of_them_touched_is_kept_from_each(
    project: Project, address: str, desk_of: Desk
) -> None:
    first, second = desk_of("editor"), desk_of("chief")
    of_first, of_second = form_data(first, address), form_data(second, address)

    first.post(address, of_first | {"name_ky": "Биринчинин аты", "sector": "water"})
    answer = second.post(address, of_second | {"name_en": "The second's name"}, follow=True)

    project.refresh_from_db()
    assert (project.name_ky, project.name_en, project.sector) == (
        "Биринчинин аты",
        "The second's name",
        "water",
    )
    told = [str(message) for message in answer.context["messages"]]
    assert any("Somebody else saved while you were writing." in sentence for sentence in told)


def test_where_both_wrote_the_second_is_shown_both_texts_and_decides(
    project: Project, address: str, desk_of: Desk
) -> None:
    first, second = desk_of("editor"), desk_of("chief")
    of_first, of_second = form_data(first, address), form_data(second, address)

    first.post(address, of_first | {"name_en": "The first's name", "sector": "water"})
    answer = second.post(address, of_second | {"name_en": "The second's name"})

    project.refresh_from_db()
    page = answer.content.decode()
    assert project.name_en == "The first's name"
    assert "The first&#x27;s name" in page
    assert 'value="The second&#x27;s name"' in page
    assert '<option value="water" selected>' in page

    again = of_second | {"name_en": "The second's name", "sector": "water"}
    again["loaded"] = answer.context["adminform"].form["loaded"].value()
    second.post(address, again)

    project.refresh_from_db()
    assert (project.name_en, project.sector) == ("The second's name", "water")


def test_the_same_words_from_both_are_no_conflict(project: Project, address: str, desk_of: Desk) -> None:
    first, second = desk_of("editor"), desk_of("chief")
    of_first, of_second = form_data(first, address), form_data(second, address)

    first.post(address, of_first | {"name_en": "Agreed"})
    answer = second.post(address, of_second | {"name_en": "Agreed"})

    assert answer.status_code == 302


def test_a_form_without_its_fingerprint_is_shown_once_more(
    project: Project, address: str, desk_of: Desk
) -> None:
    client = desk_of("editor")
    data = form_data(client, address) | {"name_en": "Typed"}

    for forged in ("", "forged", "a:b:c"):
        answer = client.post(address, data | {"loaded": forged})
        assert "Nothing is saved yet" in answer.content.decode()
        assert 'value="Typed"' in answer.content.decode()

    data["loaded"] = answer.context["adminform"].form["loaded"].value()
    client.post(address, data)
    project.refresh_from_db()
    assert project.name_en == "Typed"


def test_the_fingerprint_of_another_record_does_not_pass(
    project: Project, address: str, desk_of: Desk
) -> None:
    from .conftest import make_project

    other = make_project("another")
    client = desk_of("editor")
    foreign = form_data(client, reverse("admin:projects_project_change", args=[other.pk]))["loaded"]

    answer = client.post(address, form_data(client, address) | {"loaded": foreign})

    assert "Nothing is saved yet" in answer.content.decode()


def test_lists_and_moments_are_kept_from_each(event: Event, desk_of: Desk) -> None:
    address = reverse("admin:events_event_change", args=[event.pk])
    first, second = desk_of("editor"), desk_of("chief")
    of_first, of_second = form_data(first, address), form_data(second, address)

    first.post(
        address, of_first | {"countries": ["KG", "KZ"], "ends_at_0": "2027-01-02", "ends_at_1": "18:00"}
    )
    answer = second.post(address, of_second | {"venue_en": "Bishkek"})

    event.refresh_from_db()
    assert answer.status_code == 302, answer.context["errors"]
    assert event.venue_en == "Bishkek"
    assert sorted(event.countries.values_list("pk", flat=True)) == ["KG", "KZ"]
    assert event.ends_at.isoformat() == "2027-01-02T12:00:00+00:00"


def test_two_lists_of_countries_are_both_shown(event: Event, desk_of: Desk) -> None:
    address = reverse("admin:events_event_change", args=[event.pk])
    first, second = desk_of("editor"), desk_of("chief")
    of_first, of_second = form_data(first, address), form_data(second, address)

    first.post(address, of_first | {"countries": ["KG"]})
    answer = second.post(address, of_second | {"countries": ["KZ"]})

    kyrgyzstan = Country.objects.get(pk="KG").name_en
    assert f"Saved now is: “{kyrgyzstan}”" in answer.content.decode()
    assert list(event.countries.values_list("pk", flat=True)) == ["KG"]


def test_rows_added_by_both_are_both_kept(project: Project, address: str, desk_of: Desk) -> None:
    first, second = desk_of("editor"), desk_of("chief")
    of_first, of_second = form_data(first, address), form_data(second, address)

    first.post(address, of_first | _new_alias(project, "Каскад"))
    second.post(address, of_second | _new_alias(project, "Нарын"))

    assert set(project.aliases.values_list("text", flat=True)) == {"Каскад", "Нарын"}


def test_a_row_changed_by_both_shows_both(project: Project, address: str, desk_of: Desk) -> None:
    ProjectAlias.objects.create(project=project, language="ru", text="Было")
    first, second = desk_of("editor"), desk_of("chief")
    of_first, of_second = form_data(first, address), form_data(second, address)

    first.post(address, of_first | {"aliases-0-text": "Первый"})
    answer = second.post(address, of_second | {"aliases-0-text": "Второй"})

    page = answer.content.decode()
    assert project.aliases.get().text == "Первый"
    assert "“Первый”" in page
    assert 'value="Второй"' in page


def test_a_row_removed_by_the_other_comes_back_as_a_new_one(
    project: Project, address: str, desk_of: Desk
) -> None:
    for words in ("Один", "Два"):
        ProjectAlias.objects.create(project=project, language="ru", text=words)
    first, second = desk_of("editor"), desk_of("chief")
    of_first, of_second = form_data(first, address), form_data(second, address)

    first.post(address, of_first | {"aliases-0-DELETE": "on"})
    answer = second.post(address, of_second | {"name_en": "Mine"})
    page = answer.content.decode()
    assert "Somebody else removed a row of this list" in page
    assert 'value="Один"' in page

    again: dict = {}
    for form in [
        answer.context["adminform"].form,
        *(inline.formset.management_form for inline in answer.context["inline_admin_formsets"]),
        *(form for inline in answer.context["inline_admin_formsets"] for form in inline.formset.forms),
    ]:
        again |= {bound.html_name: bound.value() or "" for bound in form}
    second.post(address, {name: value for name, value in again.items() if value not in (False, None)})

    project.refresh_from_db()
    assert project.name_en == "Mine"
    assert set(project.aliases.values_list("text", flat=True)) == {"Один", "Два"}


def _new_alias(project: Project, words: str) -> dict[str, object]:
    return {
        "aliases-TOTAL_FORMS": "1",
        "aliases-0-id": "",
        "aliases-0-project": project.pk,
        "aliases-0-language": "ru",
        "aliases-0-text": words,
    }
