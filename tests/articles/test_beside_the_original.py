"""A translator sees the original, what changed in it since, and what is not marked yet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles.beside_the_original import beside_the_original
from articles.models import Edition
from pressoffice.accounts.models import User
from pressoffice.publishing.models import AuditEntry
from tests.makers import body_about, make_edition, make_project, make_statement

pytestmark = pytest.mark.django_db

BODY = "<h2>Дорога</h2><p>Строим дорогу.</p><ul><li><p>Быстро.</p></li></ul>"


@pytest.fixture
def original() -> Edition:
    return make_edition(language="ru", title="Дорога", summary="Коротко", body=BODY)


@pytest.fixture
def translation(original: Edition, author: User) -> Edition:
    edition = original.statement.start_edition(language="en", by=author)
    edition.write(by=author, title="Road", summary="In short", body="<h2>Road</h2><p>We build.</p>")
    return edition


def corrected(original: Edition, **content: Any) -> Edition:
    return make_edition(
        language="ru",
        statement=original.statement,
        at=original.live_from + (original.live_from - original.created_at),
        **{"title": original.title, "summary": original.summary, "body": original.body, **content},
    )


def test_paragraphs_stand_beside_each_other(original: Edition, translation: Edition) -> None:
    beside = beside_the_original(translation)

    assert beside is not None
    assert [
        (pair.original and pair.original.text, pair.translation and pair.translation.text)
        for pair in beside.pairs
    ] == [("Дорога", "Road"), ("Строим дорогу.", "We build."), ("Быстро.", None)]
    assert beside.newer is None


def test_the_original_has_nothing_beside_it(original: Edition) -> None:
    assert beside_the_original(original) is None


def test_a_translation_of_nothing_has_nothing_beside_it(author: User) -> None:
    edition = make_statement(original_language="ru").start_edition(language="en", by=author)

    assert beside_the_original(edition) is None


def test_a_draft_of_the_original_is_shown_while_there_is_nothing_else(author: User) -> None:
    draft = make_edition(state="draft", language="ru", body=BODY)
    edition = draft.statement.start_edition(language="en", by=author)

    beside = beside_the_original(edition)

    assert beside is not None
    assert beside.original == draft


def test_it_is_behind_by_the_paragraphs_that_changed(original: Edition, translation: Edition) -> None:
    newer = corrected(original, summary="Иначе", body=BODY.replace("Строим дорогу", "Строим две дороги"))

    beside = beside_the_original(translation)

    assert beside is not None
    assert beside.newer == newer
    assert [str(change.label) for change in beside.changed] == ["Summary", "Paragraph 2"]
    assert [(piece.kind, piece.text) for piece in beside.changed[1].pieces] == [
        ("same", "Строим "),
        ("gone", "дорогу"),
        ("new", "две дороги"),
        ("same", "."),
    ]


def test_passages_of_the_original_are_listed_until_they_are_marked(author: User) -> None:
    project = make_project("road")
    original = make_edition(
        language="ru", title="Дорога", summary="Коротко", body=body_about(project, "мост")
    )
    edition = original.statement.start_edition(language="en", by=author)
    edition.write(by=author, title="Road", body="<p>The bridge.</p>")
    assert [passage.exact for passage in beside_the_original(edition).unmarked] == ["мост"]  # type: ignore[union-attr]

    edition.write(by=author, body=body_about(project, "bridge", relation="mentions"))
    assert [passage.exact for passage in beside_the_original(edition).unmarked] == ["мост"]  # type: ignore[union-attr]

    edition.write(by=author, body=body_about(project, "bridge"))
    assert beside_the_original(edition).unmarked == []  # type: ignore[union-attr]


def test_taking_over_moves_what_it_was_translated_from(
    original: Edition, translation: Edition, author: User, editor: User
) -> None:
    newer = corrected(original, title="Новая дорога")
    revision = translation.revision

    translation.write(by=author, taken_over=newer)

    assert (translation.translated_from, translation.revision) == (newer, revision + 1)
    assert beside_the_original(translation).newer is None  # type: ignore[union-attr]
    assert AuditEntry.objects.about(translation).get(step="take_over").reason == f"v{newer.number}"


# --- the page ----------------------------------------------------------------------------------------


@pytest.fixture
def desk(logged_in: Callable[[User], Client]) -> Callable[[User], Client]:
    def opened(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


def page_of(edition: Edition) -> str:
    return reverse("admin:articles_edition_change", args=[edition.pk])


def test_the_page_shows_the_original_and_how_far_behind_it_is(
    original: Edition, translation: Edition, desk: Callable[[User], Client], translator: User
) -> None:
    newer = corrected(original, body=BODY.replace("Быстро", "Медленно"))

    page = desk(translator).get(page_of(translation)).text

    assert "data-original" in page
    assert "Behind the original: 1 paragraph changed" in page
    assert "Медленно" in page
    assert f'name="_taken_over" value="{newer.pk}"' in page
    assert "translation, made from: Russian, v1" in page


def sent(edition: Edition, **more: Any) -> dict[str, Any]:
    return {
        "revision": edition.revision,
        "title": edition.title,
        "summary": edition.summary,
        "body": edition.body,
        **more,
    }


def test_the_button_saves_the_text_and_takes_over(
    original: Edition, translation: Edition, desk: Callable[[User], Client], translator: User
) -> None:
    newer = corrected(original, title="Новая дорога")

    desk(translator).post(page_of(translation), sent(translation, title="New road", _taken_over=newer.pk))

    translation.refresh_from_db()
    assert (translation.title, translation.translated_from) == ("New road", newer)


def test_an_original_that_changed_once_more_is_not_taken_over_unseen(
    original: Edition, translation: Edition, desk: Callable[[User], Client], translator: User
) -> None:
    seen = corrected(original, title="Новая дорога")
    corrected(seen, title="Новейшая дорога")

    answer = desk(translator).post(
        page_of(translation), sent(translation, title="New road", _taken_over=seen.pk)
    )

    assert answer.status_code == 409
    assert "The original has changed once more" in answer.text
    assert "New road" in answer.text
    translation.refresh_from_db()
    assert translation.translated_from == original


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "-1", "٣"])
def test_an_odd_key_takes_nothing_over(
    translation: Edition, desk: Callable[[User], Client], translator: User, key: str
) -> None:
    answer = desk(translator).post(page_of(translation), sent(translation, _taken_over=key))

    assert answer.status_code == 302
