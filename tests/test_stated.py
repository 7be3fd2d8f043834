"""Figures and dates found in the words of a statement."""

from datetime import date
from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from django.utils.formats import date_format
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from pressoffice.ledger.dates import in_words
from pressoffice.ledger.units import figure_in_words
from pressoffice.stated import dates_in, figures_in
from pressoffice.stated.precision import Precision, last_day
from pressoffice.stated.units import Unit

SAID_ON = date(2024, 12, 11)

FIGURES = {
    "ru": [
        ("250-260 км", [(250, 260, "km")]),
        ("от 250 км до 260 км", [(250, 260, "km")]),
        ("между 5 и 7 миллионами тонн", [(5_000_000, 7_000_000, "t")]),
        ("вырос с 2 до 3 млрд долларов", [(2_000_000_000, None, "USD"), (3_000_000_000, None, "USD")]),
        ("сократили с 260 до 250 должностей", [(260, None, ""), (250, None, "")]),
        ("от 900 до 2 тысяч тонн", [(900, 2000, "t")]),
        ("2 млрд 300 млн сомов", [(2_300_000_000, None, "KGS")]),
        ("две тысячи пятьсот человек", [(2500, None, "people")]),
        ("полтора миллиона рублей", [(1_500_000, None, "RUB")]),
        ("два с половиной миллиарда сомов", [(2_500_000_000, None, "KGS")]),
        ("29 тоннелей и 18 тоннель", [(29, None, ""), (18, None, "")]),
        ("миллион тонн, но не тысячи тонн", [(1_000_000, None, "t")]),
        ("на сумму 5 млн швейцарских франков", [(5_000_000, None, "CHF")]),
        ("CHF 5 млн и 7 млн KGS", [(5_000_000, None, "CHF"), (7_000_000, None, "KGS")]),
        ("140.500 сомов", [(140_500, None, "KGS")]),
        ("колея 1,520 м", [(Decimal("1.52"), None, "m")]),
        ("скорость 90 км/ч на площади 12 кв. км", [(90, None, ""), (12, None, "")]),
        ("школа на 500 мест, 40 рабочих мест", [(500, None, "pieces"), (40, None, "pieces")]),
        ("300 казахстанских студентов", [(300, None, "people")]),
        ("10-ти километров, 2-х человек", [(10, None, "km"), (2, None, "people")]),
        ("трасса М-41, ГЭС Камбарата-1, этап 2, 1.2.3, 45/12, 5G, рейс 305, 0312-66-12-34", []),
        ("в 14.30 или в 10 часов утра, в 9 часов", []),
        ("2025–2027 годы, 2025-2027", []),
        (
            "2000 км, 2000 человек, 2 000 домов",
            [(2000, None, "km"), (2000, None, "people"), (2000, None, "")],
        ),
        ("Протяжённость составит 250–260\u00a0км.", [(250, 260, "km")]),
        ("от 250 до 260 километров", [(250, 260, "km")]),
        ("Его длина — 280 км, из них 134 приходится на Казахстан", [(280, None, "km"), (134, None, "")]),
        ("мощностью 1\u202f860 МВт", [(1860, None, "MW")]),
        ("товарооборот достигнет 3 млрд долларов США", [(3_000_000_000, None, "USD")]),
        ("от 2 до 3 миллиардов долларов", [(2_000_000_000, 3_000_000_000, "USD")]),
        ("три миллиарда долларов", [(3_000_000_000, None, "USD")]),
        ("1,2 млрд сомов", [(1_200_000_000, None, "KGS")]),
        ("500 тыс. тонн грузов", [(500_000, None, "t")]),
        ("5 млн тонн в год", [(5_000_000, None, "t")]),
        ("43,3 %", [(Decimal("43.3"), None, "%")]),
        ("выросли на 12 процентов", [(12, None, "%")]),
        ("двадцать пять гектаров", [(25, None, "ha")]),
        ("10 000 машин в сутки", [(10_000, None, "vehicles")]),
        ("мост длиной 120 метров", [(120, None, "m")]),
        ("площадь 5 000 кв. м", [(5000, None, "m2")]),
        ("путь займёт 2,5 часа", [(Decimal("2.5"), None, "hours")]),
        ("для 300 студентов", [(300, None, "people")]),
        ("€150 млн", [(150_000_000, None, "EUR")]),
        ("40 млрд тенге", [(40_000_000_000, None, "KZT")]),
        ("5,6 млрд кВт·ч", [(5_600_000_000, None, "kWh")]),
        ("В 2025 году, 11.12.2024, в 14:30, № 12, статья 5, тел. +996 312 12 34 56", []),
        ("7-е заседание, 2-й пункт", []),
        ("двое, сумма и два слова", []),
    ],
    "en": [
        ("grew from 2 to 3 billion dollars", [(2_000_000_000, None, "USD"), (3_000_000_000, None, "USD")]),
        ("from 900 to 2 thousand tonnes", [(900, 2000, "t")]),
        ("$20–25 million", [(20_000_000, 25_000_000, "USD")]),
        ("$45m and £3bn", [(45_000_000, None, "USD"), (3_000_000_000, None, "GBP")]),
        ("10%–15%", [(10, 15, "%")]),
        ("2.5% to 2%", [(Decimal("2.5"), None, "%"), (2, None, "%")]),
        ("one hundred and fifty megawatts", [(150, None, "MW")]),
        ("two and a half million people", [(2_500_000, None, "people")]),
        ("a million tonnes, but not a million reasons", [(1_000_000, None, "t")]),
        ("10 000 vehicles per day", [(10_000, None, "vehicles")]),
        ("10,000 vehicles", [(10_000, None, "")]),
        ("a 280-kilometre road", [(280, None, "km")]),
        ("5 million Swiss francs", [(5_000_000, None, "CHF")]),
        ("120 km/h over 12 square kilometres", [(120, None, ""), (12, None, "")]),
        ("280 and 410 kilometres", [(280, None, "km"), (410, None, "km")]),
        ("the M41, Kambarata-1, Phase 2, gate 4, 1.2.3, 45/12, 5G, 9 a.m., 1h 20m", []),
        ("for 2000 people in 2000, 1990–2000", [(2000, None, "people")]),
        ("It will be 250–260 km long.", [(250, 260, "km")]),
        ("between 250 and 260 kilometres", [(250, 260, "km")]),
        ("from 10 to 20 hectares", [(10, 20, "ha")]),
        ("1,860 MW", [(1860, None, "MW")]),
        ("trade is to reach $3 billion by 2030", [(3_000_000_000, None, "USD")]),
        ("US$ 2.5 bn", [(2_500_000_000, None, "USD")]),
        ("USD 4.7 billion", [(4_700_000_000, None, "USD")]),
        ("three billion dollars", [(3_000_000_000, None, "USD")]),
        ("2 to 3 million euros", [(2_000_000, 3_000_000, "EUR")]),
        ("500 thousand tonnes", [(500_000, None, "t")]),
        ("43.3 per cent", [(Decimal("43.3"), None, "%")]),
        ("12%", [(12, None, "%")]),
        ("twenty-five students", [(25, None, "people")]),
        ("10,000 vehicles a day", [(10_000, None, "vehicles")]),
        ("a 120 m bridge", [(120, None, "m")]),
        ("5,000 square metres", [(5000, None, "m2")]),
        ("about 2.5 hours", [(Decimal("2.5"), None, "hours")]),
        ("500 kV line of 455 km", [(500, None, ""), (455, None, "km")]),
        ("1.5 million som", [(1_500_000, None, "KGS")]),
        ("in 2025, on 11 December 2024, at 14:30, No. 12, Article 5, +996 312 123456", []),
        ("the 7th meeting and one more", []),
        ("Q2 2026", []),
    ],
    "ky": [
        ("10дон 20 гектарга өстү", [(10, None, "ha"), (20, None, "ha")]),
        ("40тан 45 миңге чейин", [(40_000, 45_000, "")]),
        ("45 сомдон 250 миң тонна", [(45, None, "KGS"), (250_000, None, "t")]),
        ("2 миллиард 300 миллион сом", [(2_300_000_000, None, "KGS")]),
        ("бир жарым миллиард сом", [(1_500_000_000, None, "KGS")]),
        ("эки жүз элүү километр", [(250, None, "km")]),
        ("1 миң 200 адам", [(1200, None, "people")]),
        ("1200дөн ашуун адам", [(1200, None, "people")]),
        ("2,3 миллиарддан ашык доллар", [(2_300_000_000, None, "USD")]),
        ("350 орундуу мектеп, 20 даана", [(350, None, "pieces"), (20, None, "pieces")]),
        ("60%ы, 12 пайызга", [(60, None, "%"), (12, None, "%")]),
        ("60га чейин, 5 га жер", [(60, None, ""), (5, None, "ha")]),
        ("100 МВтка, 456 кмди", [(100, None, "MW"), (456, None, "km")]),
        ("суткасына 800 унаа өтөт", [(800, None, "vehicles")]),
        ("280 жана 410 чакырым", [(280, None, "km"), (410, None, "km")]),
        ("5 миллион швейцария франкы", [(5_000_000, None, "CHF")]),
        ("миллион сом", [(1_000_000, None, "KGS")]),
        ("М-41 жолу, Камбар-Ата-1, 5-берене, саат 10до, 2025–2027-жылдары, 45/12", []),
        ("Жолдун узундугу 250–260 км болот", [(250, 260, "km")]),
        ("250дөн 260 км чейин", [(250, 260, "km")]),
        ("280 чакырым", [(280, None, "km")]),
        ("кубаттуулугу 1 860 МВт", [(1860, None, "MW")]),
        ("3 миллиард АКШ долларына жетет", [(3_000_000_000, None, "USD")]),
        ("үч миллиард сом", [(3_000_000_000, None, "KGS")]),
        ("1,5 млрд сом бөлүнөт", [(1_500_000_000, None, "KGS")]),
        ("500 миң тонна", [(500_000, None, "t")]),
        ("43,3 пайыз", [(Decimal("43.3"), None, "%")]),
        ("он беш гектар жер", [(15, None, "ha")]),
        ("10дон 20 гектарга чейин", [(10, 20, "ha")]),
        ("300 студент", [(300, None, "people")]),
        ("суткасына 10 000 унаа, 120 метр", [(10_000, None, "vehicles"), (120, None, "m")]),
        ("5 миң чарчы метр", [(5000, None, "m2")]),
        ("2,5 саат", [(Decimal("2.5"), None, "hours")]),
        ("40 миллиард теңге", [(40_000_000_000, None, "KZT")]),
        ("150 миллион евро", [(150_000_000, None, "EUR")]),
        ("2030-жылга чейин, 11.12.2024, саат 14:30да, № 12", []),
        ("7-жыйын, бир гана сөз", []),
    ],
}

DATES = {
    "ru": [
        ("2025–2027 годы", [(date(2025, 12, 31), "year"), (date(2027, 12, 31), "year")]),
        ("к 2030 товарооборот вырастет", [(date(2030, 12, 31), "year")]),
        ("с 10 по 12 декабря 2024 года", [(date(2024, 12, 12), "day")]),
        ("в марте следующего года", [(date(2025, 3, 31), "month")]),
        ("в I квартале будущего года", [(date(2025, 3, 31), "quarter")]),
        ("до 9 декабря", [(date(2025, 12, 9), "day")]),
        ("по состоянию на 15 декабря", [(date(2023, 12, 15), "day")]),
        ("сообщили 9 декабря", [(date(2024, 12, 9), "day")]),
        ("до 29 февраля", [(date(2028, 2, 29), "day")]),
        ("в этом году, в прошлом году", [(date(2024, 12, 31), "year"), (date(2023, 12, 31), "year")]),
        ("до марта", [(date(2025, 3, 31), "month")]),
        ("31.02.2025, 11.12.20255, 1899 год, 2101 год", []),
        ("до 2000 человек и до 2000 домов", []),
        ("к 2030 году", [(date(2030, 12, 31), "year")]),
        ("до 2025 года", [(date(2025, 12, 31), "year")]),
        ("до конца 2025 года", [(date(2025, 12, 31), "year")]),
        ("в сезон 2017\u00a0года", [(date(2017, 10, 31), "season")]),
        ("к сезону 2017 года", [(date(2017, 10, 31), "season")]),
        ("во II квартале 2026 года", [(date(2026, 6, 30), "quarter")]),
        ("в четвёртом квартале 2025 года", [(date(2025, 12, 31), "quarter")]),
        ("в первом полугодии 2026 года", [(date(2026, 6, 30), "quarter")]),
        ("во второй половине 2026 года", [(date(2026, 12, 31), "quarter")]),
        ("в марте 2025 года", [(date(2025, 3, 31), "month")]),
        ("11 декабря 2024 года", [(date(2024, 12, 11), "day")]),
        ("к 15 марта", [(date(2025, 3, 15), "day")]),
        ("31 декабря", [(date(2024, 12, 31), "day")]),
        ("11.12.2024", [(date(2024, 12, 11), "day")]),
        ("в следующем году", [(date(2025, 12, 31), "year")]),
        ("до конца года", [(date(2024, 12, 31), "year")]),
        ("31 февраля 2025 года", []),
        ("в маршруте 280 км, 20255 единиц, дом 12", []),
        ("с 2023 по 2025 годы", [(date(2023, 12, 31), "year"), (date(2025, 12, 31), "year")]),
    ],
    "en": [
        ("2025–2027", [(date(2025, 12, 31), "year"), (date(2027, 12, 31), "year")]),
        ("in 2025 and 2026", [(date(2025, 12, 31), "year"), (date(2026, 12, 31), "year")]),
        ("10–12 December 2024", [(date(2024, 12, 12), "day")]),
        ("in the first quarter of next year", [(date(2025, 3, 31), "quarter")]),
        ("by December 9", [(date(2025, 12, 9), "day")]),
        ("they said on December 9", [(date(2024, 12, 9), "day")]),
        ("as of 15 December", [(date(2023, 12, 15), "day")]),
        ("mid-2026 or early 2027", [(date(2026, 12, 31), "year"), (date(2027, 12, 31), "year")]),
        ("by the end of the year", [(date(2024, 12, 31), "year")]),
        ("by March", [(date(2025, 3, 31), "month")]),
        ("31 February 2025, in 20255, in 1899, by 2101", []),
        ("for 2000 people, from 2000 km", []),
        ("by 2030", [(date(2030, 12, 31), "year")]),
        ("by the end of 2025", [(date(2025, 12, 31), "year")]),
        ("in the 2017 season", [(date(2017, 10, 31), "season")]),
        ("for the season of 2017", [(date(2017, 10, 31), "season")]),
        ("in the second quarter of 2026", [(date(2026, 6, 30), "quarter")]),
        ("Q3 2026", [(date(2026, 9, 30), "quarter")]),
        ("the first half of 2026", [(date(2026, 6, 30), "quarter")]),
        ("in March 2025", [(date(2025, 3, 31), "month")]),
        ("on 11 December 2024", [(date(2024, 12, 11), "day")]),
        ("December 11, 2024", [(date(2024, 12, 11), "day")]),
        ("on 15 March", [(date(2025, 3, 15), "day")]),
        ("2024-12-11", [(date(2024, 12, 11), "day")]),
        ("next year", [(date(2025, 12, 31), "year")]),
        ("this year", [(date(2024, 12, 31), "year")]),
        ("the 2025 budget, by end-2027", [(date(2025, 12, 31), "year"), (date(2027, 12, 31), "year")]),
        ("they may 250 km march, 2025 people, the 2000 schools", []),
    ],
    "ky": [
        ("2030-жылга карата", [(date(2030, 12, 31), "year")]),
        ("2017-жылдын сезонуна", [(date(2017, 10, 31), "season")]),
        ("2025–2027-жылдарга", [(date(2025, 12, 31), "year"), (date(2027, 12, 31), "year")]),
        ("2024-жылдын 10–12-декабрында", [(date(2024, 12, 12), "day")]),
        ("2026-жылдын II чейреги", [(date(2026, 6, 30), "quarter")]),
        ("келерки жылдын биринчи чейрегинде", [(date(2025, 3, 31), "quarter")]),
        ("2025-жылдын экинчи жарым жылдыгында", [(date(2025, 12, 31), "quarter")]),
        ("жылдын аягына чейин", [(date(2024, 12, 31), "year")]),
        ("9-декабрда билдиришти", [(date(2024, 12, 9), "day")]),
        ("9-декабрга чейин", [(date(2025, 12, 9), "day")]),
        ("11.12.2024-жылы", [(date(2024, 12, 11), "day")]),
        ("31-февраль, 2025-жылдын 31-апрели, 20255-жыл, 8 майрам", []),
        ("2030-жылга чейин", [(date(2030, 12, 31), "year")]),
        ("2025-жылдын аягына чейин", [(date(2025, 12, 31), "year")]),
        ("2017-жылдын сезонунда", [(date(2017, 10, 31), "season")]),
        ("2026-жылдын экинчи чейрегинде", [(date(2026, 6, 30), "quarter")]),
        ("2-квартал 2026", [(date(2026, 6, 30), "quarter")]),
        ("2026-жылдын биринчи жарымында", [(date(2026, 6, 30), "quarter")]),
        ("2025-жылдын март айында", [(date(2025, 3, 31), "month")]),
        ("2025-жылдын мартында", [(date(2025, 3, 31), "month")]),
        ("2024-жылдын 11-декабрында", [(date(2024, 12, 11), "day")]),
        ("2024‑жылдын 11‑декабры", [(date(2024, 12, 11), "day")]),
        ("15-мартка чейин", [(date(2025, 3, 15), "day")]),
        ("11.12.2024", [(date(2024, 12, 11), "day")]),
        ("кийинки жылы", [(date(2025, 12, 31), "year")]),
        ("быйыл", [(date(2024, 12, 31), "year")]),
        ("280 км жол, 12-үй", []),
    ],
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(code, text, expected) for code, cases in FIGURES.items() for text, expected in cases],
)
def test_figures_are_found_with_their_units(language, text, expected):
    assert [(each.value, each.value_to, each.unit) for each in figures_in(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(code, text, expected) for code, cases in DATES.items() for text, expected in cases],
)
def test_dates_are_found_as_precisely_as_they_were_given(language, text, expected):
    found = dates_in(text, language, stated_on=SAID_ON)

    assert [(each.on, each.precision) for each in found] == expected


LANGUAGES = ["ky", "ru", "en"]
NUMBERS = st.decimals(min_value=0, max_value=10**15, places=3, allow_nan=False, allow_infinity=False)
PIECES = [" ", "1", "250", "000", "2025", " декабря", "-жылдын", " 11-мартында", " млрд", "миң", " км", "%"]
PIECES += [
    "$",
    "–",
    "-",
    ",",
    ".",
    " от ",
    " до ",
    "дөн ",
    " чейин",
    "between ",
    " and ",
    " to ",
    "one ",
    "March ",
]
PIECES += ["\ud800", "\x00", "İ", "٣", "²"]


@settings(max_examples=150, deadline=None)
@given(language=st.sampled_from(LANGUAGES), value=NUMBERS)
def test_a_number_as_each_language_writes_it_is_read_back(language, value):
    written = format_decimal(value, locale=language, decimal_quantization=False)

    (found,) = figures_in(f"— {written} km", language)

    assert (found.value, found.value_to, found.unit) == (value, None, "km")


@settings(max_examples=150, deadline=None)
@given(language=st.sampled_from(LANGUAGES), low=NUMBERS, more=st.integers(1, 10**9))
def test_a_range_as_each_language_writes_it_is_read_back(language, low, more):
    low_words, high_words = (
        format_decimal(value, locale=language, decimal_quantization=False) for value in (low, low + more)
    )

    (found,) = figures_in(f"({low_words}–{high_words} %)", language)

    assert (found.value, found.value_to, found.unit) == (low, low + more, "%")


@settings(max_examples=100, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    value=st.integers(1, 999),
    # What is counted one by one is shown beside its name, as a number alone.
    unit=st.sampled_from([unit for unit in Unit.values if unit != Unit.PIECES]),
)
def test_a_figure_as_this_site_shows_it_is_read_back(language, value, unit):
    with override(language):
        written = figure_in_words(Decimal(value * 10**6), None, unit)

    (found,) = figures_in(written, language)

    assert (found.value, found.unit) == (value * 10**6, unit)


@settings(max_examples=150, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    day=st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    style=st.sampled_from(["DATE_FORMAT", "SHORT_DATE_FORMAT"]),
)
def test_a_day_as_each_language_writes_it_is_read_back(language, day, style):
    with override(language):
        written = date_format(day, style)

    (found,) = dates_in(f"— {written} —", language, stated_on=SAID_ON)

    assert (found.on, found.precision) == (day, "day")
    assert figures_in(f"— {written} —", language) == []


@settings(max_examples=100, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    day=st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    precision=st.sampled_from(Precision.values),
)
def test_a_date_as_this_site_shows_it_is_read_back(language, day, precision):
    with override(language):
        written = in_words(day, precision)
    # A year alone is any number; statements put a word to it.
    if precision == Precision.YEAR:
        written = {"en": f"in {written}", "ru": f"к {written} году", "ky": f"{written}-жылы"}[language]

    (found,) = dates_in(written, language, stated_on=SAID_ON)

    assert (found.on, found.precision) == (last_day(day, precision), precision)


@settings(max_examples=200, deadline=None)
@given(
    language=st.sampled_from(LANGUAGES),
    text=st.lists(st.sampled_from(PIECES) | st.text(max_size=9)).map("".join),
)
def test_the_words_found_stand_where_they_are_said_to_stand(language, text):
    for each in [*figures_in(text, language), *dates_in(text, language, stated_on=SAID_ON)]:
        assert text[each.start : each.end] == each.words != ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("piece", ["1", "1 ", "1.000 ", ". ", "два ", "+1 ", "2025-", "2025 и ", "\ud800"])
def test_endless_rows_of_figures_are_read_to_the_end(language, piece):
    row = (piece * 100_000)[:99_980]

    assert figures_in(f"{row} ; 280 km", language)[-1].value == 280
    assert dates_in(f"{row} ; 11.12.2024", language, stated_on=SAID_ON)[-1].on == SAID_ON
