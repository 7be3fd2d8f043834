"""People and events that a text names. How often they are found is measured: bench/suggest.py."""

from datetime import date

import pytest

from articles.recognition import Kind, Known, KnownEvent, KnownPerson, recognise
from pressoffice.ledger.beside import spells_in

TODAY = date(2026, 6, 10)
JAPAROV = KnownPerson("japarov", ("Садыр Нургожоевич Жапаров",))
OTHER_JAPAROV = KnownPerson("other", ("Улан Жапаров",))
WOMAN = KnownPerson("japarova", ("Айгүл Жапарова",))


def people(text: str, language: str, *known: KnownPerson) -> list[tuple[str, str]]:
    found = recognise(text, language, Known(people=list(known)), stated_on=TODAY)
    return [(each.key, text[each.start : each.end]) for each in found]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("ru", "С Садыром Жапаровым говорили.", "Садыром Жапаровым"),
        ("ru", "Слово Садыра Нургожоевича Жапарова.", "Садыра Нургожоевича Жапарова"),
        ("ru", "Жапаров Садыр Нургожоевич открыл заседание.", "Жапаров Садыр Нургожоевич"),
        ("ru", "Подписал С. Н. Жапаров.", "С. Н. Жапаров"),
        ("ru", "Подписал Жапаров С.Н. лично.", "Жапаров С.Н."),
        ("ru", "Садыр Нургожоевич ответил.", "Садыр Нургожоевич"),
        ("ru", "Президент Жапаров ответил.", "Жапаров"),
        ("ru", "В Бишкеке Жапаров сказал это.", "Жапаров"),
        ("ky", "Садыр Жапаровдун айтымында, жол бүтөт.", "Садыр Жапаровдун"),
        ("ky", "С. Жапаровго рахмат.", "С. Жапаровго"),
        ("ky", "Бишкекте Жапаров айтты.", "Жапаров"),
    ],
)
def test_a_person_is_found_however_the_name_stands(language: str, text: str, words: str) -> None:
    assert people(text, language, JAPAROV) == [("japarov", words)]


@pytest.mark.parametrize("text", ["Zhaparov's answer.", "Mr Japarov spoke.", "In Bishkek Zhaparov spoke."])
def test_a_name_may_be_spelt_in_several_ways_in_latin_letters(text: str) -> None:
    assert [key for key, _words in people(text, "en", KnownPerson("j", ("Sadyr Japarov",)))] == ["j"]


@pytest.mark.parametrize(
    "text",
    [
        "Нурлан Жапаров победил в забеге.",
        "А. Жапаров подал заявку.",
        "Живут на улице Жапарова.",
        "Нурлан Жапаров бежал. Жапаров был вторым.",
    ],
)
def test_somebody_else_of_that_surname_is_nobody_we_know(text: str) -> None:
    assert people(text, "ru", JAPAROV) == []


def test_a_surname_alone_is_nobody_where_it_may_be_two() -> None:
    assert people("Жапаров сказал.", "ru", JAPAROV, OTHER_JAPAROV) == []


def test_a_surname_alone_is_whom_the_text_has_named_in_full() -> None:
    text = "Выступил Улан Жапаров. Жапаров ответил на вопросы."

    assert people(text, "ru", JAPAROV, OTHER_JAPAROV) == [("other", "Улан Жапаров"), ("other", "Жапаров")]


def test_a_form_of_his_name_is_not_taken_for_hers() -> None:
    assert people("Жапаровой ответили.", "ru", JAPAROV, WOMAN) == [("japarova", "Жапаровой")]
    assert people("Жапаровым доволен.", "ru", JAPAROV, WOMAN) == [("japarov", "Жапаровым")]


def test_kyrgyz_names_of_sons_and_daughters_are_one_surname() -> None:
    known = KnownPerson("erlan", ("Эрлан Назарбек уулу",))

    assert people("Эрлан Назарбек уулунун сөзү.", "ky", known) == [("erlan", "Эрлан Назарбек уулунун")]
    assert people("Назарбек келди.", "ky", known) == []


COUNCIL = KnownEvent(
    "council", "council", ("Заседание Совета глав",), ("Чолпон-Ата",), date(2026, 3, 12), date(2026, 3, 13)
)
FORUM = KnownEvent(
    "forum", "forum", ("Форум горной энергетики",), ("Ош",), date(2026, 5, 21), date(2026, 5, 21)
)


def events(text: str, *known: KnownEvent) -> list[str]:
    found = recognise(text, "ru", Known(events=list(known)), stated_on=TODAY, read_dates=spells_in)
    return [each.key for each in found if each.kind == Kind.EVENT]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("О Форуме горной энергетики писали все.", ["forum"]),
        ("13 марта 2026 года в Чолпон-Ате прошло заседание.", ["council"]),
        ("14 марта 2026 года в Чолпон-Ате прошло заседание.", []),
        ("13 марта 2026 года в Чолпон-Ате шёл снег.", []),
        ("Форум горной энергетики 2024 года прошёл в Нарыне.", []),
    ],
)
def test_an_event_is_found_by_title_or_by_what_where_and_when(text: str, found: list[str]) -> None:
    assert events(text, COUNCIL, FORUM) == found


def test_of_two_events_of_one_title_the_day_tells_which() -> None:
    earlier = KnownEvent("forum-2025", "forum", FORUM.titles, ("Ош",), date(2025, 5, 20), date(2025, 5, 20))

    assert events("Форум горной энергетики собрал гостей.", FORUM, earlier) == []
    assert events("Форум горной энергетики 20 мая 2025 года собрал гостей.", FORUM, earlier) == ["forum-2025"]
