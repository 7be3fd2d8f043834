"""The words around a passage: a whole sentence to quote, and a selector to find it again."""

import pytest

from articles.bodies import CONTEXT_LENGTH, LONGEST_LEAD, body_text, clean_body, marked_passages


def only(html: str):
    (mark,) = marked_passages(clean_body(html))
    return mark


def marked(words: str) -> str:
    return f'<span data-project="road" data-relation="figure">{words}</span>'


@pytest.mark.parametrize(
    ("before", "words", "after", "lead_in", "lead_out"),
    [
        ("", "280 km", "", "", ""),
        ("Биринчи. Жол ", "280 км", " болот. Экинчи.", "Жол ", " болот."),
        ("Сегодня, 22 авг. 2025 г., построено ", "280 вёрст", ". Далее.", None, "."),
        ("Заявил Л. Н. Иванов, что ", "280 км", " готово. Далее.", "Заявил Л. Н. Иванов, что ", " готово."),
        ("“Ready!” He said: ", "280 km", " are ready.", "He said: ", " are ready."),
        ("Готово? Да, ", "280 км", "!», — сказал министр. Далее.", "Да, ", "!», — сказал министр."),
    ],
)
def test_the_rest_of_the_sentence(before, words, after, lead_in, lead_out):
    mark = only(f"<p>{before}{marked(words)}{after}</p>")

    assert mark.exact == words
    if lead_in is not None:
        assert mark.lead_in == lead_in
    assert mark.lead_out == lead_out


def test_a_sentence_ends_with_its_block():
    mark = only(f"<h2>Заголовок</h2><p>{marked('280 км')} готово</p><p>Далее</p>")

    assert (mark.lead_in, mark.lead_out) == ("", " готово")
    assert mark.prefix == "Заголовок\n"
    assert mark.suffix.startswith(" готово\nДалее")


def test_an_endless_sentence_is_cut_between_words():
    mark = only(f"<p>{'слово ' * 500}{marked('280 км')}{' слово' * 500}</p>")

    assert len(mark.lead_in) <= LONGEST_LEAD + 2
    assert mark.lead_in.startswith("… слово ")
    assert mark.lead_out.endswith("слово …")
    assert len(mark.prefix) == len(mark.suffix) == CONTEXT_LENGTH


def test_the_selector_finds_the_words_among_the_same_words():
    body = clean_body(f"<p>Жол 280 км. Көпүрө {marked('280 км')}. Жол 280 км.</p>")
    (mark,) = marked_passages(body)

    text = body_text(body) + "\n"  # each block ends its line
    assert text.count(mark.exact) == 3
    assert text.count(mark.prefix + mark.exact + mark.suffix) == 1


def test_a_passage_in_a_cell_an_item_and_a_caption():
    body = clean_body(
        f"<table><tr><td>{marked('one')}</td></tr></table><ul><li>{marked('two')}</li></ul>"
        f"<figure data-image='{'a' * 32}'><figcaption>{marked('three')}</figcaption></figure>"
        f"<blockquote><p>{marked('four')}</p></blockquote>"
    )

    assert [(mark.exact, mark.position) for mark in marked_passages(body)] == [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
    ]
