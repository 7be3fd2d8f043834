"""What was wrong and what is right, for whoever reads it, wherever it is read."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import corrections
from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.publishing import moment
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.steps import StepRefused
from projects.models import Project
from tests.makers import body_about, make_edition, make_project, make_status, somebody

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=60)
NOTE = "В прежней редакции длина дороги указана неверно."


@pytest.fixture
def road(db: None) -> Project:
    return make_project("road", at=LONG_AGO - timedelta(days=9))


def corrected(road: Project, *, state: str = "live", **content: Any) -> Edition:
    """The second version of a Russian text: 250 became 280."""
    first = make_edition(language="ru", title="О дороге", body=body_about(road, "250 км дороги"), at=LONG_AGO)
    second = first.statement.start_edition(language="ru", by=somebody(roles.AUTHOR))
    second.write(
        by=somebody(roles.AUTHOR),
        body=body_about(road, "280 км дороги"),
        change_note=NOTE,
        **{"corrected": [["250 км", "280 км"]], **content},
    )
    second.write(by=somebody(roles.AUTHOR), settled=[item.key for item in second.passages_to_settle()])
    if state == "draft":
        return second
    second.submit(by=somebody(roles.AUTHOR))
    second.approve(by=somebody(roles.EDITOR))
    second.publish(by=somebody(roles.EDITOR))
    return second


# --- typing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "pairs"),
    [
        ("", []),
        ("250 km → 280 km", [["250 km", "280 km"]]),
        ("250 km->280 km\n\n  2025  =>  2026 ", [["250 km", "280 km"], ["2025", "2026"]]),
        ("a - b -> a — b", [["a - b", "a — b"]]),
    ],
)
def test_one_line_is_one_correction(typed: str, pairs: list[list[str]]) -> None:
    assert corrections.read(typed) == pairs
    assert corrections.read(corrections.written(pairs)) == pairs


@pytest.mark.parametrize(
    "typed", ["250 km", "-> 280", "250 ->", "a -> b -> c", "x" * 500 + " -> y", "a->b\n" * 30]
)
def test_what_names_no_pair_is_refused_with_its_line(typed: str) -> None:
    with pytest.raises(ValidationError):
        corrections.read(typed)


def test_words_that_stand_in_neither_text_keep_it_back(road: Project) -> None:
    draft = corrected(road, state="draft", corrected=[["350 км", "280 км"], ["250 км", "180 км"]])

    sentences = " ".join(str(each) for each in draft.why_not_public(moment.now()))

    assert "“350 км”" in sentences
    assert "“180 км”" in sentences
    assert "280" not in sentences


def test_an_approval_is_for_the_named_words_too(road: Project) -> None:
    draft = corrected(road, state="draft")
    before = draft.content_hash

    draft.write(by=somebody(roles.AUTHOR), corrected=[["250", "280"]])

    assert draft.content_hash != before


def test_texts_without_corrected_words_keep_their_fingerprint() -> None:
    edition = make_edition()

    assert edition._hash_of_content() == edition.content_hash


def test_the_writing_page_takes_them_and_says_which_line_is_wrong(
    road: Project, logged_in: Callable[[User], Client], author: User
) -> None:
    draft = corrected(road, state="draft")
    client = logged_in(author)
    client.cookies["django_language"] = "en"
    address = reverse("admin:articles_edition_change", args=[draft.pk])
    assert "250 км → 280 км" in client.get(address).text
    sent = {"revision": draft.revision, "title": draft.title, "summary": "S", "body": draft.body}

    wrong = client.post(address, {**sent, "corrected": "250 -> 280\nnothing"})
    assert wrong.status_code == 422
    assert "Line 2" in wrong.text
    assert "nothing" in wrong.text

    client.post(address, {**sent, "change_note": NOTE, "corrected": "250 км дороги -> 280 км дороги"})
    draft.refresh_from_db()
    assert draft.corrected == [["250 км дороги", "280 км дороги"]]


# --- reading -------------------------------------------------------------------------------------------


def test_the_page_shows_wrong_and_right_and_both_versions_lead_to_one_another(
    road: Project, client: Client
) -> None:
    second = corrected(road)

    page = client.get(second.get_absolute_url()).text
    assert "<del>250 км</del>" in page
    assert "<ins>280 км</ins>" in page
    assert NOTE in page
    assert second.base.get_version_url() in page

    old = client.get(second.base.get_version_url()).text
    assert "<ins>280 км</ins>" in old
    assert second.get_absolute_url() in old
    assert "<ins>280 км</ins>" in client.get(second.get_changes_url()).text


def test_the_feeds_say_it_first(road: Project, client: Client) -> None:
    corrected(road)

    for address in ("/ru/statements/feed.rss", "/ru/projects/road/feed.rss"):
        text = client.get(address).text
        assert NOTE in text
        assert "&lt;del&gt;250 км&lt;/del&gt;" in text
        assert text.index(NOTE) < text.index("280 км дороги")


def test_lists_and_the_project_mark_it(road: Project, client: Client) -> None:
    second = corrected(road)
    make_status(road, second.statement)

    assert "Исправлено" in client.get("/ru/statements/").text
    assert "Исправлено" in client.get("/ru/projects/road/").text
    source = client.get("/ru/projects/road/data.json").json()
    assert f'"ru": "{timezone.localdate().isoformat()}"' in str(source).replace("'", '"')


def test_a_translation_tells_of_the_correction_in_the_original(road: Project, client: Client) -> None:
    first = make_edition(language="ru", body=body_about(road, "Узкая дорога"), at=LONG_AGO)
    english = make_edition(
        statement=first.statement, language="en", at=LONG_AGO + timedelta(days=1), title="On the road"
    )
    second = make_edition(
        statement=first.statement,
        language="ru",
        at=timezone.now() - timedelta(days=1),
        body="<p>Широкая дорога.</p>",
        about=[road],
        change_note=NOTE,
        corrected=[["Узкая", "Широкая"]],
        settled=[f"{p.pk}:{'e3b0c44298fc'}" for p in first.passages.exclude(exact="")],
    )
    assert second.number == 2

    page = client.get(english.get_absolute_url()).text

    assert NOTE in page
    assert "<ins>Широкая</ins>" in page


def test_a_correction_that_is_scheduled_is_told_nowhere(road: Project, client: Client) -> None:
    draft = corrected(road, state="draft")
    draft.submit(by=somebody(roles.AUTHOR))
    draft.approve(by=somebody(roles.EDITOR))
    draft.publish(by=somebody(roles.EDITOR), at=timezone.now() + timedelta(days=1))

    for address in (draft.base.get_absolute_url(), draft.base.get_version_url(), "/ru/statements/feed.rss"):
        assert NOTE not in client.get(address).text


# --- adding to the note --------------------------------------------------------------------------------


def test_words_are_added_to_a_note_and_what_it_said_stays(
    road: Project, client: Client, logged_in: Callable[[User], Client], editor: User
) -> None:
    second = corrected(road)
    office = logged_in(editor)

    office.post(
        reverse("admin:articles_edition_step", args=[second.pk, "add-to-note"]),
        {"text": "Верно: в 2024 году."},
    )

    for address in (second.get_absolute_url(), second.base.get_version_url(), "/ru/statements/feed.rss"):
        text = client.get(address).text
        assert NOTE in text
        assert "Верно: в 2024 году." in text
    entry = AuditEntry.objects.about(second).newest_first()[0]
    assert (entry.step, entry.by, entry.reason) == ("add_to_note", editor, "Верно: в 2024 году.")  # type: ignore[attr-defined]


def test_an_addition_is_no_part_of_the_past(road: Project, client: Client) -> None:
    second = corrected(road)
    with moment.fixed(timezone.now() + timedelta(days=3)):
        second.add_to_note(by=somebody(roles.EDITOR), text="Позже.")

    assert "Позже." not in client.get(second.get_absolute_url()).text


@pytest.mark.parametrize("state", ["live", "draft", "scheduled", "removed"])
def test_there_must_be_a_public_note_to_add_to(state: str) -> None:
    edition = make_edition(state=state)

    with pytest.raises(StepRefused, match="that readers can see"):
        edition.add_to_note(by=somebody(roles.EDITOR), text="More.")


@pytest.mark.parametrize("who", ["author", "translator", "stranger"])
def test_adding_is_for_those_who_publish(who: str, road: Project, request: pytest.FixtureRequest) -> None:
    with pytest.raises(StepRefused):
        corrected(road).add_to_note(by=request.getfixturevalue(who), text="More.")


def test_nothing_said_is_nothing_added(road: Project) -> None:
    with pytest.raises(StepRefused):
        corrected(road).add_to_note(by=somebody(roles.EDITOR), text="  ")
