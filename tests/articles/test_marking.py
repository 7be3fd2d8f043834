"""A click on a suggestion, without script: one passage or link more in the body."""

import pytest

from articles.marking import Take, with_taken

BODY = (
    '<p>Дорога. <span data-project="road" data-relation="mentions">Дорога</span>, бездорожье, '
    "<strong>Дорога</strong>.</p>"
)


@pytest.mark.parametrize(
    ("nth", "marked"),
    [
        (0, '<p><span data-project="road" data-relation="figure">Дорога</span>. <span'),
        (1, '<strong><span data-project="road" data-relation="figure">Дорога</span></strong>'),
    ],
)
def test_the_words_are_marked_where_they_stand_free(nth: int, marked: str) -> None:
    body = with_taken(BODY, Take("mark", "figure", "road", nth, "Дорога"), "ru")

    assert body is not None
    assert marked in body


def test_words_that_are_gone_are_not_marked() -> None:
    assert with_taken(BODY, Take("mark", "figure", "road", 2, "Дорога"), "ru") is None
    assert with_taken(BODY, Take("mark", "figure", "road", 0, "Мост"), "ru") is None


def test_a_link_leads_to_the_page_in_the_text_s_language() -> None:
    assert with_taken("<p>Айда ayтты</p>", Take("link", "person", "aida", 0, "Айда"), "ky") == (
        '<p><a href="/ky/people/aida/">Айда</a> ayтты</p>'
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "mark|mentions|road|0",
        "mark|onclick|road|0|x",
        'mark|mentions|ro"ad|0|x',
        "link|person|a/b|0|x",
        "link|page|a|0|x",
        "mark|mentions|road|-1|x",
        "mark|mentions|road|999999999999|x",
        "mark|mentions|road|0| ",
        "mark|mentions|road|0|" + "x" * 401,
    ],
)
def test_what_no_button_of_ours_says_is_no_suggestion(value: str) -> None:
    assert Take.read(value) is None


def test_words_with_every_sign_come_back_as_they_were_sent() -> None:
    take = Take("mark", "figure", "road", 3, "a|b «c»")

    assert Take.read(take.value) == take
