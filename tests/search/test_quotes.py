"""Is this quote still there? Now, in an older version only, withdrawn, or nowhere; and the nearest to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pressoffice.accounts import roles
from tests.channels import under
from tests.makers import make_edition, somebody

pytestmark = pytest.mark.django_db
SENTENCE = "Дорога сократит путь на 183 километра"


def answer(words: str, language: str = "ru", **more: str) -> Any:
    return Client().get(under(language, "search:quote"), {"text": words, **more})


def said(words: str = SENTENCE, **facts: Any) -> Any:
    return make_edition(language="ru", body=f"<p>Сообщаем. {words}. И ещё.</p>", **facts)


@pytest.mark.parametrize(
    "typed",
    [
        SENTENCE,
        f"«{SENTENCE}»",
        "дорога  сократит путь на 183 километра.",
        "“ДОРОГА СОКРАТИТ\u00a0ПУТЬ на 183 километра”",
    ],
)
def test_words_of_the_text_that_is_public_are_there(typed: str) -> None:
    edition = said()

    [place] = answer(typed).context["checked"].places

    assert place.is_current
    assert place.edition == edition
    assert f"{edition.get_absolute_url()}#:~:text=" in answer(typed).content.decode()


def test_words_of_an_older_version_name_it_and_the_day_it_was_replaced() -> None:
    first = said(at=timezone.now() - timedelta(days=9), state="superseded")
    author, chief = somebody(roles.AUTHOR), somebody(roles.CHIEF_EDITOR)
    third = first.statement.start_edition(language="ru", by=author)
    third.write(by=author, body="<p>Иначе.</p>", change_note="Исправлено")
    third.submit(by=author)
    third.approve(by=chief)
    third.publish(by=chief)

    response = answer(SENTENCE)

    [place] = response.context["checked"].places
    assert not place.is_current
    assert (place.edition.number, place.current) == (2, third)
    assert place.edition.get_version_url() in response.content.decode()


def test_words_of_a_withdrawn_text_are_there_and_withdrawn() -> None:
    said(state="withdrawn")

    response = answer(SENTENCE)

    assert "Отозвано: не цитировать" in response.content.decode()
    assert "The figures were wrong." in response.content.decode()
    assert [place.stands for place in response.context["checked"].places] == [False]


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "scheduled", "removed", "discarded"])
def test_words_of_a_text_that_is_not_public_are_not_there_nor_near(state: str) -> None:
    said(state=state)

    checked = answer(SENTENCE).context["checked"]

    assert (checked.places, checked.nearest) == ([], None)


def test_words_that_nobody_said_bring_the_nearest_sentence() -> None:
    edition = said()

    nearest = answer("Дорога сократит путь на 380 километров").context["checked"].nearest

    assert nearest.edition == edition
    assert nearest.sentence == f"{SENTENCE}."


def test_words_in_another_language_of_the_site_lead_there() -> None:
    said()

    response = answer(SENTENCE, "en")

    assert response.context["checked"].elsewhere == ["ru"]
    assert "/ru/search/quote/?text=" in response.text
    assert answer(SENTENCE).context["checked"].elsewhere == []


@pytest.mark.parametrize("state", ["draft", "scheduled", "removed"])
def test_another_language_tells_of_no_text_that_is_not_public(state: str) -> None:
    said(state=state)

    response = answer(SENTENCE, "en")

    assert response.context["checked"].elsewhere == []
    assert "removed from the site are not looked at" in response.text


def test_words_far_from_any_bring_nothing() -> None:
    said()

    checked = answer("Погода завтра будет солнечной").context["checked"]

    assert (checked.places, checked.nearest) == ([], None)


def test_a_quote_of_two_words_is_asked_for_more() -> None:
    said()

    assert answer("Дорога сократит").context["checked"].is_too_short
    assert not answer("").context["checked"].is_too_short


def test_words_are_there_as_of_a_day_after_they_were_said() -> None:
    said(at=timezone.now() - timedelta(days=3))
    before = (timezone.localdate() - timedelta(days=9)).isoformat()

    assert answer(SENTENCE).context["checked"].places
    assert not answer(SENTENCE, as_of=before).context["checked"].places


@pytest.mark.parametrize(
    "typed", ["\x00 a b c", "%", "<script> alert(1) </script> x y", "a " * 3000, "🙂 🙂 🙂 🙂"]
)
def test_whatever_is_pasted_is_answered(typed: str) -> None:
    said()

    response = answer(typed)

    assert response.status_code == 200
    assert "<script> alert" not in response.content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_an_answer_costs_the_same_whatever_there_is(number: int) -> None:
    for _each in range(number):
        said(title="О дороге", summary="Кратко о дороге")

    with CaptureQueriesContext(connection) as there:
        answer(SENTENCE)
    with CaptureQueriesContext(connection) as near:
        answer("Дорога сократит путь на 380 километров")

    assert (len(there), len(near)) == (2, 9)
