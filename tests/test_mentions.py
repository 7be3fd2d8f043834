"""What has to be the same in every language is read out of each by its own rules."""

from datetime import date

import pytest

from pressoffice.stated.mentions import Weight, mentions_in

TODAY = date(2025, 9, 18)


def read(text: str, language: str) -> list[tuple]:
    return [
        (each.kind, f"{each.value.normalize():f}", each.unit or "", each.weight.name)
        for each in mentions_in(text, language, stated_on=TODAY)
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ky", "1,5 миллиард сом", [("number", "1500000000", "KGS", "FIRM")]),
        ("ru", "1 млрд 240 млн долларов", [("number", "1240000000", "USD", "FIRM")]),
        ("en", "twelve schools", [("number", "12", "", "FIRM")]),
        ("en", "two schools", [("number", "2", "", "PAIRED")]),
        ("ky", "эки тараптуу", [("number", "2", "", "SILENT")]),
        ("ru", "двадцать первый участок", [("number", "21", "", "PAIRED")]),
        ("ky", "он экинчи жыйын", [("number", "12", "", "PAIRED")]),
        ("ru", "две трети", [("number", "66.67", "%", "PAIRED")]),
        ("ky", "үчтөн экиси", [("number", "66.67", "%", "PAIRED")]),
        ("en", "two thirds", [("number", "66.67", "%", "PAIRED")]),
        ("en", "at 3.30 p.m.", [("time", "930", "", "FIRM")]),
        ("ky", "саат 15:30да", [("time", "930", "", "FIRM")]),
        ("ru", "в 3 часа дня", [("time", "900", "", "FIRM")]),
        ("ru", "линия 500 кВ", [("number", "500", "kV", "FIRM")]),
        ("ru", "XXI век", [("number", "21", "", "SILENT")]),
        ("en", "the M41 road", [("number", "41", "", "PAIRED")]),
        ("en", "call +996 312 45-67-89", []),
        ("ru", "всю семью", []),
        ("ky", "5 айыл", [("number", "5", "", "FIRM")]),
        ("ru", "во время августовского визита", [("month", "8", "", "FIRM")]),
        ("en", "May we ask", []),
    ],
)
def test_a_text_is_read_as_values(language: str, text: str, expected: list[tuple]) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ky", "2025-жылдын 22–24-августунда"),
        ("ru", "22–24 августа 2025 года"),
        ("en", "22–24 August 2025"),
    ],
)
def test_a_range_of_days_is_both_of_its_days_and_a_year(language: str, text: str) -> None:
    found = read(text, language)

    assert {(kind, value) for kind, value, _unit, _weight in found} == {
        ("day", "822"),
        ("day", "824"),
        ("number", "2025"),
    }


def test_a_year_that_is_not_written_out_asks_for_nothing() -> None:
    assert read("next year", "en") == [("number", "2026", "", Weight.SILENT.name)]
