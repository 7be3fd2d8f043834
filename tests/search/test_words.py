"""Two words are one when they share a key."""

import pytest

from pressoffice.search.asking import MOST_WORDS, cleaned, units
from pressoffice.search.spelling import distance
from pressoffice.search.words import asked_keys, in_cyrillic, keys, keys_of_text, sound, written

ONE_WORD = [
    ("ru", "правительства", "правительство"),
    ("ru", "самолет", "самолётами"),
    ("ru", "рынок", "рынки"),
    ("ru", "казахстанский", "Казахстане"),
    ("ru", "Tokayev", "Токаева"),
    ("ru", "Tokaev", "Токаевым"),
    ("ru", "Zhaparov", "Жапаров"),
    ("ru", "Japarov", "Жапарову"),
    ("ru", "Мирзиеев", "Мирзиёева"),
    ("ru", "zheleznoi", "железной"),
    ("ru", "dorogi", "дорога"),
    ("ky", "окмоттун", "өкмөт"),
    ("ky", "долбоорлорун", "долбоор"),
    ("ky", "мектеби", "мектеп"),
    ("ky", "Kenesh", "Кеңештин"),
    ("ky", "Казахстандын", "Казакстан"),
    ("ky", "Kazakhstan", "Казакстанда"),
    ("ky", "Ысык-Кол".partition("-")[2], "Көлдө"),
    ("en", "railways", "railway"),
    ("en", "labor", "labour"),
    ("en", "Токаев", "Tokayev"),
    ("en", "Küürü", "kuuru"),
]


@pytest.mark.parametrize(("language", "asked", "found"), ONE_WORD)
def test_one_word_typed_in_two_ways(language, asked, found):
    assert asked_keys(asked, language) & keys(found, language)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "мост", "местный"),
        ("ru", "вода", "воздух"),
        ("ky", "суу", "сом"),
        ("ky", "хан", "калк"),
        ("en", "road", "railway"),
    ],
)
def test_two_words_stay_two(language, one, other):
    assert not asked_keys(one, language) & keys(other, language)


@pytest.mark.parametrize(
    "word", ["İstanbul", "中国", "ﬁnance", "ҚАЗАҚСТАН", "٢٠٢٥", "straße", "🙂", "a\u0301"]
)
def test_a_key_is_plain_whatever_the_script(word):
    assert all(key.isascii() and key.isalnum() for key in keys(word, "ky"))
    assert len(sound(word * 50)) <= 40


def test_a_name_with_hyphens_is_found_in_one_word():
    text = keys_of_text("Строительство Камбар-Ата-1 идёт", "ru")

    for typed in ("Камбарата", "Камбар-Ата", "Камбар-Ата-1", "Камбарата-1", "Kambarata", "камбар"):
        assert all(unit.is_in(text) for unit in units(typed, "ru")), typed
    assert not all(unit.is_in(text) for unit in units("Камбар-Ата-2", "ru"))


def test_words_know_where_they_stand():
    text = "«Ысык\u00adКөл» — CASA-1000, 1 860 МВт"

    assert [text[word.start : word.end] for word in written(text)] == [
        "Ысык\u00adКөл", "CASA-1000", "1", "860", "МВт",
    ]  # fmt: skip


def test_words_that_tell_nothing_are_not_asked_for():
    assert [unit.typed for unit in units("Что министр сказал о воде?", "ru")] == ["министр", "сказал", "воде"]
    assert [unit.typed for unit in units("что это", "ru")] == ["что", "это"]
    assert units("?!… «»", "ru") == []


def test_a_question_has_an_end():
    assert len(cleaned("слово " * 10_000)) <= 200
    assert len(units(" ".join(f"слово{number}" for number in range(50)), "ru")) == MOST_WORDS
    assert cleaned("\x00 \ud800 да\u202eнет\n") == "данет"


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [("zheleznaya", "железная"), ("shchuchinsk", "щучинск"), ("granitsy", "границы"), ("Bishkek", "бишкек")],
)
def test_latin_letters_are_read_as_cyrillic(latin, cyrillic):
    assert in_cyrillic(latin.casefold()) == cyrillic


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("tonel", "tonel", 0),
        ("tonel", "tunel", 1),
        ("tonel", "tonle", 1),
        ("doroga", "daraga", 2),
        ("a", "abcd", 3),
    ],
)
def test_how_far_apart_two_words_are(one, other, apart):
    assert distance(one, other, 2) == min(apart, 3)


def test_a_word_is_found_without_its_officialese_prefix_where_nothing_else_is():
    text = keys_of_text("Консульство на новой дороге", "ru")

    for typed in ("генконсульство", "автодорога"):
        (unit,) = units(typed, "ru")
        assert not unit.is_in(text)
        assert unit.or_its_core("ru").is_in(text)
    (short,) = units("генплан", "ru")
    assert short.or_its_core("ru") is short
