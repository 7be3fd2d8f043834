"""Releases in the desk: what keeps them back, and steps with their consequences on them."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.publishing.models import AuditEntry
from pressoffice.releases.models import Member, Release
from tests.makers import make_edition, make_event, make_project, make_statement, somebody
from tests.releases.test_steps import a_full_release, make_release

pytestmark = pytest.mark.django_db

Desk = Callable[[User], Client]
AHEAD = timezone.now().replace(second=0, microsecond=0) + timedelta(days=3)
TYPED = timezone.localtime(AHEAD).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def logged_in(logged_in: Desk) -> Desk:
    """In English."""

    def client_of(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return client_of


def page_of(release: Release, name: str = "change", *more: str) -> str:
    return reverse(f"admin:releases_release_{name}", args=[release.pk, *more])


def test_a_release_is_put_together_from_texts_and_records(logged_in: Desk, editor: User) -> None:
    texts = [make_edition(state="draft"), make_edition(state="approved", language="ky")]
    project, event = make_project(state="draft"), make_event(state="draft")
    client = logged_in(editor)

    answer = client.post(
        reverse("admin:releases_release_add"),
        {
            "name": "Council of November",
            "planned_for_0": "2030-11-24",
            "planned_for_1": "09:00",
            "texts": [text.pk for text in texts],
            "projects": [project.pk],
            "events": [event.pk],
        },
    )

    release = Release.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(release)), "where its steps are"
    assert release.things() == [project, event, *texts]
    page = client.get(page_of(release))
    assert str(texts[0].title) in page.text
    assert "Only an approved edition can be published." in page.text
    assert "2030" in page.text


def test_what_is_public_or_in_another_release_is_not_taken(logged_in: Desk, editor: User) -> None:
    taken, public = make_edition(state="draft"), make_edition()
    make_release(taken, name="Visit")

    answer = logged_in(editor).post(
        reverse("admin:releases_release_add"), {"name": "Council", "texts": [taken.pk, public.pk]}
    )

    assert answer.status_code == 200
    assert Release.objects.count() == 1

    answer = logged_in(editor).post(
        reverse("admin:releases_release_add"), {"name": "Council", "texts": [taken.pk]}
    )
    assert "is in the release “Visit” already" in answer.text


def test_parts_are_let_go_again(logged_in: Desk, editor: User) -> None:
    kept, gone = make_edition(state="draft"), make_edition(state="draft", language="ky")
    release = make_release(kept, gone)
    client = logged_in(editor)
    loaded = client.get(page_of(release)).context["adminform"].form.initial["loaded"]

    client.post(page_of(release), {"name": "Council", "loaded": loaded, "texts": [kept.pk]})

    assert release.things() == [kept]


def test_two_people_who_put_it_together_lose_nothing_silently(logged_in: Desk, editor: User) -> None:
    release = make_release(make_edition(state="draft"))
    client = logged_in(editor)
    form = client.get(page_of(release)).context["adminform"].form
    added = make_edition(state="draft", language="ky")
    Member.objects.create(release=release, edition=added)

    client.post(
        page_of(release),
        {"name": "Another name", "loaded": form.initial["loaded"], "texts": form.initial["texts"]},
    )

    release.refresh_from_db()
    assert release.name == "Another name"
    assert added in release.things()


def test_the_button_says_what_will_happen(logged_in: Desk, editor: User) -> None:
    release, *_rest = a_full_release()
    client = logged_in(editor)

    draft = client.get(page_of(release)).text
    assert "3 texts (Russian, Kyrgyz, English), 1 project, 1 agreement, 1 event" in draft
    assert "text · Kyrgyz" in draft
    assert "If one part may not, nothing is scheduled." in draft

    step = page_of(release, "step", "schedule")
    assert 'value="Schedule the publication"' in client.get(step).text
    client.post(step, {"at": TYPED})
    scheduled = client.get(page_of(release)).text
    assert "Until now they go public on" in scheduled
    assert "As long as one part is kept back" not in scheduled


def test_a_moment_is_chosen_moved_and_cancelled(logged_in: Desk, editor: User) -> None:
    release, texts, *_rest = a_full_release()
    client = logged_in(editor)

    client.post(page_of(release, "step", "schedule"), {"at": TYPED})
    assert {edition.live_from for edition in Edition.objects.scheduled()} == {AHEAD}
    later = timezone.localtime(AHEAD + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    client.post(page_of(release, "step", "move"), {"at": later})
    assert {edition.live_from for edition in Edition.objects.scheduled()} == {AHEAD + timedelta(days=1)}
    client.post(page_of(release, "step", "cancel-publication"))
    assert Edition.objects.filter(state="approved").count() == len(texts)


def test_each_reason_leads_to_what_it_is_about(logged_in: Desk, editor: User) -> None:
    release, texts, *_rest = a_full_release()
    texts[0].reopen(by=somebody(roles.EDITOR))

    answer = logged_in(editor).post(page_of(release, "step", "schedule"), {"at": TYPED})

    assert answer.status_code == 200
    address = reverse("admin:articles_edition_change", args=[texts[0].pk])
    assert f'<a href="{address}">{texts[0].title}</a>: Only an approved edition' in answer.text
    assert not Edition.objects.scheduled().exists()
    assert TYPED in answer.text


def test_what_is_scheduled_is_only_looked_at(logged_in: Desk, editor: User) -> None:
    release, *_rest = a_full_release()
    release.publish(by=somebody(roles.EDITOR), at=AHEAD)
    client = logged_in(editor)

    assert client.post(page_of(release), {"name": "Another"}).status_code == 403
    assert client.post(page_of(release, "delete"), {"post": "yes"}).status_code == 403
    release.refresh_from_db()
    assert release.name == "Council"


def test_a_release_in_work_may_be_deleted_and_leaves_its_parts(logged_in: Desk, editor: User) -> None:
    edition = make_edition(state="draft")
    release = make_release(edition)

    logged_in(editor).post(page_of(release, "delete"), {"post": "yes"})

    assert not Release.objects.exists()
    assert Edition.objects.filter(pk=edition.pk).exists()
    assert AuditEntry.objects.filter(step="delete", subject_type="releases.release").exists()


def test_a_text_says_that_it_goes_out_with_others(logged_in: Desk, editor: User) -> None:
    edition = make_edition(state="approved")
    release = make_release(edition, name="Visit of the president")
    client = logged_in(editor)
    page = reverse("admin:articles_edition_change", args=[edition.pk])

    assert "Visit of the president" in client.get(page).text
    release.publish(by=editor, at=AHEAD)
    scheduled = client.get(page).text
    assert "Visit of the president" in scheduled
    assert reverse("admin:articles_edition_step", args=[edition.pk, "cancel-publication"]) not in scheduled

    answer = client.post(reverse("admin:articles_edition_step", args=[edition.pk, "cancel-publication"]))
    assert "goes out with the release" in answer.text


def test_texts_are_told_apart_where_they_are_chosen(logged_in: Desk, editor: User) -> None:
    edition = make_edition(state="draft", language="ky", title="Кеңеш")
    make_edition(title="Кеңеш жарыяланды", language="ky")

    asked = {"app_label": "releases", "model_name": "member", "field_name": "edition", "term": "Кеңеш"}
    found = logged_in(editor).get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [row["text"] for row in found] == [f"Кеңеш · ky · {edition.statement.reference}"]


@pytest.mark.parametrize(("who", "status"), [("author", 200), ("translator", 200), ("stranger", 403)])
def test_who_may_look_and_who_may_let_it_go(
    who: str, status: int, request: pytest.FixtureRequest, logged_in: Desk
) -> None:
    release = make_release(make_edition(state="approved"))
    client = logged_in(request.getfixturevalue(who))

    assert client.get(page_of(release)).status_code == status
    assert client.post(page_of(release, "step", "publish")).status_code == 403
    assert not Edition.objects.published().exists()


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_page_opens_in_every_language(language: str, logged_in: Desk, editor: User) -> None:
    release, *_rest = a_full_release()
    release.publish(by=somebody(roles.EDITOR), at=AHEAD)
    client = logged_in(editor)
    client.cookies["django_language"] = language

    with override(language):
        page = client.get(page_of(release))

    assert page.status_code == 200
    assert "What goes out together" not in page.text


@pytest.mark.parametrize("pk", ["0", "999999999999999999999999999999", "x"])
def test_a_release_that_is_not_there(pk: str, logged_in: Desk, editor: User) -> None:
    client = logged_in(editor)

    assert client.get(f"/admin/releases/release/{pk}/change/").status_code in {302, 400, 404}
    assert client.post(f"/admin/releases/release/{pk}/steps/publish/").status_code in {302, 400, 404}


def test_the_statement_of_a_released_text_is_not_public_before(client: Client) -> None:
    statement = make_statement(original_language="ru")
    release = make_release(make_edition(state="approved", statement=statement, language="ru", title="Тайна"))
    release.publish(by=somebody(roles.EDITOR), at=AHEAD)

    assert client.get(f"/ru/statements/{statement.reference}/").status_code == 404
    assert "Тайна" not in client.get("/ru/statements/").text


def test_parts_of_a_release_are_moved_there_and_not_by_themselves(logged_in: Desk, chief: User) -> None:
    release, texts, project, _event = a_full_release()
    client = logged_in(chief)
    parts = {"articles_edition": texts[0], "projects_project": project}

    def steps_of(name: str, part: Any) -> set[str]:
        page = client.get(reverse(f"admin:{name}_change", args=[part.pk])).text
        assert page_of(release) in page
        return {step for step in ("publish", "schedule", "cancel-publication") if f"/steps/{step}/" in page}

    assert [steps_of(name, part) for name, part in parts.items()] == [set(), set()]

    release.publish(by=chief, at=AHEAD)
    assert [steps_of(name, part) for name, part in parts.items()] == [set(), set()]


def test_a_text_scheduled_by_itself_may_be_called_off_though_a_release_waits_for_it(
    logged_in: Desk, chief: User
) -> None:
    text = make_edition(state="approved")
    text.publish(by=chief, at=AHEAD)
    make_release(text)

    page = logged_in(chief).get(reverse("admin:articles_edition_change", args=[text.pk])).text
    assert "/steps/cancel-publication/" in page


def test_a_release_in_work_says_when_the_site_can_be_seen_as_it_will_be(logged_in: Desk, chief: User) -> None:
    release = make_release(make_edition(state="approved"))
    client = logged_in(chief)

    page = client.get(page_of(release)).text
    assert "can be seen once the moment is chosen" in page
    assert "as_of=" not in page

    release.publish(by=chief, at=AHEAD)
    assert "can be seen once the moment is chosen" not in client.get(page_of(release)).text


def test_no_page_names_its_list_twice_on_the_way_to_it(logged_in: Desk, chief: User) -> None:
    release = make_release(make_edition(state="approved", language="en"))
    text = release.things()[0]
    client = logged_in(chief)

    def way(address: str) -> list[str]:
        crumbs = client.get(address).text.partition('<div class="breadcrumbs">')[2].partition("</div>")[0]
        return [re.sub(r"<[^>]+>", "", crumb).strip() for crumb in crumbs.split("›")]

    assert way(page_of(release)) == ["Home", "Releases", release.name]
    assert way(page_of(release, "step", "schedule")) == ["Home", "Releases", release.name, "Choose a moment"]
    step = reverse("admin:articles_edition_step", args=[text.pk, "schedule"])
    assert way(step) == ["Home", "Statements", text.statement.reference, "English", "Choose a moment"]


def test_the_way_back_leads_to_the_list_as_it_was_filtered(logged_in: Desk, chief: User) -> None:
    release = make_release(make_edition(state="approved"))

    page = logged_in(chief).get(page_of(release), {"_changelist_filters": "standing=draft&q=Council"}).text

    listed = reverse("admin:releases_release_changelist")
    assert f'href="{listed}?standing=draft&amp;q=Council"' in page
