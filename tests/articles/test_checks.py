"""What a writer is told before a text goes on, and where each sentence leads."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from articles import consequences
from articles.beside import memory, seen_in
from articles.checks import Severity, findings_of, mixed_alphabets
from articles.models import Edition
from pressoffice.accounts.models import User
from pressoffice.publishing import moment
from tests.makers import (
    body_about,
    in_three,
    make_edition,
    make_image,
    make_indicator,
    make_measurement,
    make_project,
)

pytestmark = pytest.mark.django_db


def found(edition: Edition) -> list[tuple[str, str, str]]:
    return [
        (each.severity.value, str(each.sentence), each.href)
        for each in findings_of(edition, edition.differences(), at=moment.now())
    ]


def sentences(**content: Any) -> list[tuple[str, str]]:
    facts = {"language": "ru", "title": "Дорога", "summary": "Коротко", **content}
    return [(sentence, href) for _severity, sentence, href in found(make_edition(state="draft", **facts))]


def test_a_text_that_has_everything_has_no_findings() -> None:
    assert sentences(body="<h2>Дорога</h2><p>Её <a href='/ru/'>строят</a> вдвоём.</p>") == []


def test_what_blocks_comes_first_and_leads_to_its_field() -> None:
    edition = make_edition(state="draft", language="ru", title="", summary="", body="<p>да да прoект</p>")

    assert [(severity, href) for severity, _sentence, href in found(edition)] == [
        ("blocks", "#id_title"),
        ("blocks", "#id_summary"),
        ("warns", "#block-0"),
    ]


def test_a_figure_unlike_the_last_public_one_is_told_until_somebody_says_why(editor: User) -> None:
    road = make_project("road", name_en="Road", name_ru="Дорога")
    source = make_edition(language="en", body=body_about(road, "280 km of road"))
    indicator = make_indicator(road, **in_three("name", "Length"), unit="km")
    make_measurement(indicator, source.statement, value=280, words="280 km of road")
    draft = make_edition(state="draft", language="en", body=body_about(road, "277 km of road"))

    [(severity, sentence, href)] = found(draft)
    assert severity == "warns"
    assert "Road" in sentence
    assert "«277 km» here" in sentence
    assert href == "#block-0"

    remembered = memory()
    assert remembered is not None
    seen = seen_in(draft, draft.body)
    [card] = remembered.recall(seen).differences
    remembered.answer(seen, card.content.key, "update", by=editor)
    assert found(draft) == []


def test_a_translation_is_told_that_its_original_was_taken_down(chief: User) -> None:
    original = make_edition(language="ru", body="<p>Дорога.</p>")
    draft = make_edition(statement=original.statement, state="draft", language="en", body="<p>The road.</p>")
    assert found(draft) == []

    original.withdraw(by=chief, reason="Misread.")

    assert [sentence for _severity, sentence, _href in found(draft)] == [
        "The original has been taken down: does the translation still hold?"
    ]


def test_a_translation_is_told_of_projects_that_only_the_original_is_linked_to() -> None:
    road, bridge = make_project("road", name_en="Road"), make_project("bridge", name_en="Bridge")
    original = make_edition(language="ru", body=body_about(road, "дорога") + body_about(bridge, "мост"))
    draft = make_edition(
        statement=original.statement, state="draft", language="en", body=body_about(road, "the road")
    )

    assert [sentence for _severity, sentence, _href in found(draft)] == [
        "The original links words to projects that no words here are linked to: Bridge. "
        "The panel beside the text offers those that it finds."
    ]


def test_a_picture_that_is_only_named_leads_to_its_description() -> None:
    image = make_image("IMG_2034", alt_ru="IMG_2034.jpg")
    described, drawn = make_image(), make_image(is_decorative=True, alt_ru="")
    body = "".join(f'<figure data-image="{each.token}"></figure>' for each in (image, described, drawn))

    assert sentences(body=f"<p>Мост.</p>{body}", lead_image=described) == [
        (
            "The picture is not described, only named: «IMG_2034.jpg». Say what it shows.",
            reverse("admin:media_image_change", args=[image.pk]),
        )
    ]


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ('<a href="#">план</a>', "This link leads nowhere: «план»."),
        (
            '<a href="/ru/">здесь</a>',
            "Say where the link leads: «здесь» alone tells nothing to a listener.",
        ),
        (
            '<a href="https://a.kg/b">https://a.kg/b</a>',
            "Put words in place of the address: «https://a.kg/b».",
        ),
    ],
)
def test_links_that_tell_nothing(link: str, sentence: str) -> None:
    assert sentences(body=f"<p>Смотрите.</p><p>План: {link}</p>") == [(sentence, "#block-1")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<p>А.</p><h3>Срок</h3><p>Б.</p>",
            [("A smaller heading stands before any heading: «Срок».", "#block-1")],
        ),
        ("<h2>Срок</h2><h2>Цена</h2><p>Б.</p>", [("Nothing stands under the heading: «Срок».", "#block-0")]),
        ("<p>А.</p><h2>Цена</h2>", [("Nothing stands under the heading: «Цена».", "#block-1")]),
        ("<h2>Срок</h2><h3>Цена</h3><p>Б.</p>", []),
    ],
)
def test_the_order_of_headings(body: str, expected: list[tuple[str, str]]) -> None:
    assert sentences(body=body) == expected


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("прoект", "Latin letters in a Cyrillic word, «o» in «прoект»"),
        ("Сooперация", "Latin letters in a Cyrillic word, «o» in «Сooперация»"),
        ("Prоject", "Cyrillic letters in a Latin word, «о» in «Prоject»"),
    ],
)
def test_letters_of_another_alphabet_are_named(word: str, letters: str) -> None:
    assert str(mixed_alphabets(word)).startswith(letters)


@pytest.mark.parametrize("word", ["проект", "project", "долбоор", "CASA"])
def test_a_word_of_one_alphabet_is_left_alone(word: str) -> None:
    assert mixed_alphabets(word) == ""


def test_words_are_looked_at_in_every_field() -> None:
    strange = "прoект"

    places = [href for _sentence, href in sentences(title=strange, summary=strange, notes_to_editors=strange)]

    assert places == ["#id_title", "#id_summary", "#id_notes_to_editors"]


def test_a_word_that_stands_twice() -> None:
    assert sentences(body="<p>Мы строим строим мост. Очень очень быстро.</p>") == [
        ("A word stands twice: «строим строим».", "#block-0")
    ]


def test_a_draft_in_another_language_only_warns() -> None:
    original = make_edition(state="draft", language="ru", title="Дорога", body="<p>Всего 5 км.</p>")
    english = make_edition(
        state="draft", language="en", title="Road", body="<p>Some 6 km.</p>", statement=original.statement
    )

    (finding,) = findings_of(english, english.differences(), at=moment.now())

    assert (finding.severity, finding.href) == (Severity.WARNS, "#languages")


def test_a_project_that_is_not_public_blocks() -> None:
    project = make_project("road", state="draft", name_en="The road")

    ((severity, sentence, href),) = found(
        make_edition(state="draft", language="en", body=body_about(project, "works"))
    )

    assert (severity, "The road" in sentence, href) == ("blocks", True, "")


# --- the pages ---------------------------------------------------------------------------------------


@pytest.fixture
def desk(logged_in: Callable[[User], Client]) -> Callable[[User], Client]:
    def opened(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


def page_of(edition: Edition) -> str:
    return reverse("admin:articles_edition_change", args=[edition.pk])


def step_of(edition: Edition, name: str) -> str:
    return reverse("admin:articles_edition_step", args=[edition.pk, name])


def test_the_writer_sees_them_after_each_save_and_before_submitting(
    desk: Callable[[User], Client], author: User
) -> None:
    edition = make_edition(state="draft", language="ru", by=author, body="<p>Новый прoект.</p>")
    client = desk(author)

    page, step = client.get(page_of(edition)).text, client.get(step_of(edition, "submit")).text

    assert "Latin letters in a Cyrillic word" in page
    assert 'href="#block-0" data-words="прoект"' in page
    assert 'id="block-0"' in page
    assert "Latin letters in a Cyrillic word" in step
    assert f'href="{page_of(edition)}#block-0"' in step


def test_the_approver_is_led_into_the_text(desk: Callable[[User], Client], editor: User) -> None:
    edition = make_edition(state="approved", language="ru", body="<p>Мост.</p><p>Новый прoект.</p>")

    page = desk(editor).get(page_of(edition)).text

    assert 'href="#block-1"' in page
    assert '<p id="block-1">Новый прoект.</p>' in page


def test_findings_never_keep_a_text_from_being_saved(author: User) -> None:
    edition = make_edition(state="draft", by=author)

    edition.write(by=author, title="", body="<h3>прoект</h3>")

    assert edition.title == ""


def test_a_public_text_is_not_checked_any_more(desk: Callable[[User], Client], editor: User) -> None:
    page = desk(editor).get(page_of(make_edition(body="<p>прoект</p>"))).text

    assert 'id="checks"' not in page


def test_whoever_takes_a_text_down_is_told_what_stays_in_other_languages(chief: User) -> None:
    original = make_edition(language="ru")
    make_edition(statement=original.statement, language="ky")
    scheduled = make_edition(statement=original.statement, language="en", state="approved")
    scheduled.publish(by=chief, at=datetime(2031, 12, 1, 3, tzinfo=UTC))

    for told in (consequences.of_withdrawal(original), consequences.of_removal(original)):
        assert (
            "Other languages stay as they are: English goes public on 1 December 2031, 09:00, Bishkek time; "
            "Kyrgyz is public."
        ) in told
