"""Everything in a text that must be the same in each of its languages: numbers, dates, times, shares.

Unlike `figures_in`, which offers what a ledger would keep, this reads every number, also the small ones in
words, and says how much each weighs when another language has no such thing.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from .calendar_words import KY_MONTH_END, MONTHS
from .counted_words import (
    BARE_HALF,
    DESIGNATION,
    EXTRA_UNITS,
    FRACTIONS,
    ORDINALS,
    PAIRED_PHRASES,
    ROMAN,
    SILENT_PHRASES,
    UNREAD,
    number_of_fraction,
    number_of_ordinal,
    roman_number,
)
from .dates import StatedDate, read_dates
from .figures import are_linked, quantities_in, share
from .precision import Precision
from .quantities import Quantity
from .times import times_in
from .units import Unit
from .writing import TAKEN, plain, taken


class Weight(IntEnum):
    """What it means that another language lacks it."""

    SILENT = 0  # nothing: "both sides" is often just "the sides"
    PAIRED = 1  # a fault only where something else stands in its place: "two" and "three"
    FIRM = 2  # a fault: digits, dates, sums


class Kind:
    NUMBER = "number"
    DAY = "day"  # value: month × 100 + day
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    SEASON = "season"
    TIME = "time"  # minutes since midnight


class Mention(NamedTuple):
    kind: str
    value: Decimal
    unit: str | None  # None: nothing is said; "": something that is no unit we know
    words: str
    start: int
    end: int
    weight: Weight
    is_year: bool = False


LARGEST_SMALL_WORD = 10
# Counted things whose names differ too much from language to language to be compared.
LOOSE_UNITS = frozenset({None, Unit.PEOPLE, Unit.PIECES, Unit.VEHICLES})
_YEAR = re.compile(r"(?<!\d)(?:19\d\d|20\d\d|2100)(?!\d)")
_ONE_OR_TWO_DIGITS = re.compile(r"(?<![\d.,])\d{1,2}(?!\d)")
_HALF_YEAR = re.compile(r"half|h[12]|полугод|половин|жарым")


def mentions_in(
    text: str, language: str, *, stated_on: date, names: Iterable[tuple[int, int]] = ()
) -> list[Mention]:
    """In the order of the words. `names`: spans that are names, whose numbers are read no further."""
    small = _without(plain(text), names)
    small = UNREAD.sub(taken, small)
    found: list[Mention] = []
    dates, small = read_dates(small, text, language, stated_on)
    for each in dates:
        found.extend(_of_date(each))
    for minutes, start, end in times_in(small, language):
        found.append(Mention(Kind.TIME, Decimal(minutes), None, text[start:end], start, end, Weight.FIRM))
        small = _without(small, [(start, end)])
    small = _read_words(small, text, language, found)
    small = _read_quantities(small, text, language, found)
    _read_bare_halves(small, text, language, found)
    _read_months(small, text, language, found)
    return sorted(found, key=lambda each: (each.start, each.end))


def _without(small: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        small = small[:start] + TAKEN * (end - start) + small[end:]
    return small


def _of_date(stated: StatedDate) -> Iterator[Mention]:
    """Day, month or quarter apart from the year: one language may say the year once, another twice."""
    words = stated.words

    def part(kind: str, value: int, weight: Weight = Weight.FIRM, *, is_year: bool = False) -> Mention:
        return Mention(kind, Decimal(value), None, words, stated.start, stated.end, weight, is_year)

    years = [int(year) for year in _YEAR.findall(words)]
    match stated.precision:
        case Precision.DAY:
            yield part(Kind.DAY, stated.on.month * 100 + stated.on.day)
            others = {int(day) for day in _ONE_OR_TWO_DIGITS.findall(words)} - {stated.on.day}
            is_numeric = re.search(r"\d[.-]\d\d[.-]\d", words)
            if not is_numeric:
                yield from (
                    part(Kind.DAY, stated.on.month * 100 + day) for day in sorted(others) if 0 < day < 32
                )
        case Precision.MONTH:
            yield part(Kind.MONTH, stated.on.month)
        case Precision.QUARTER if _HALF_YEAR.search(words.lower()):
            yield part(Kind.HALF_YEAR, stated.on.month // 6)
        case Precision.QUARTER:
            yield part(Kind.QUARTER, stated.on.month // 3)
        case Precision.SEASON:
            yield part(Kind.SEASON, 1, Weight.SILENT)
    if years:
        yield from (part(Kind.NUMBER, year, is_year=True) for year in years)
    elif stated.precision in {Precision.YEAR, Precision.SEASON}:
        # "Next year" stands for a year that another language may write out.
        yield part(Kind.NUMBER, stated.on.year, Weight.SILENT, is_year=True)


def _read_words(small: str, text: str, language: str, found: list[Mention]) -> str:
    """Phrases, shares, ordinals and designations; what they took is not read again."""

    def add(match: re.Match[str], value: Decimal | int, weight: Weight, unit: str | None = None) -> str:
        start, end = match.span()
        found.append(Mention(Kind.NUMBER, Decimal(value), unit, text[start:end], start, end, weight))
        return taken(match)

    for value, pattern in SILENT_PHRASES[language]:
        small = pattern.sub(lambda match, value=value: add(match, value, Weight.SILENT), small)  # type: ignore[misc]
    for value, pattern in PAIRED_PHRASES[language]:
        small = pattern.sub(lambda match, value=value: add(match, value, Weight.PAIRED), small)  # type: ignore[misc]
    small = FRACTIONS[language].sub(
        lambda match: add(match, number_of_fraction(match, language), Weight.PAIRED, Unit.PER_CENT), small
    )

    def ordinal(match: re.Match[str]) -> str:
        value = number_of_ordinal(match, language)
        return add(match, value, Weight.PAIRED if value > 1 else Weight.SILENT)

    small = ORDINALS[language].sub(ordinal, small)

    def designation(match: re.Match[str]) -> str:
        start, end = match.span("number")
        weight = Weight.PAIRED
        value = Decimal(match["number"])
        found.append(Mention(Kind.NUMBER, value, None, text[match.start() : end], start, end, weight))
        return match[0][: start - match.start()] + TAKEN * (end - start)

    small = DESIGNATION.sub(designation, small)
    for match in ROMAN.finditer(text):
        if TAKEN not in small[match.start() : match.end()] and (value := roman_number(match[0])):
            add(match, value, Weight.SILENT)
            small = _without(small, [match.span()])
    return small


def _read_quantities(small: str, text: str, language: str, found: list[Mention]) -> str:
    quantities = list(quantities_in(small, text, language))
    for this, following in zip(quantities, quantities[1:], strict=False):
        if are_linked(small, this, following, language):
            share(this, following)
    spans = []
    for quantity in quantities:
        unit, end = _unit_of(quantity, small)
        found.append(
            Mention(
                Kind.NUMBER,
                quantity.value,
                unit,
                text[quantity.start : end],
                quantity.start,
                end,
                _weight_of(quantity, unit),
                is_year=unit is None and quantity.amount.could_be_year and quantity.amount.scale == 1,
            )
        )
        spans.append((quantity.start, end))
    return _without(small, spans)


def _unit_of(quantity: Quantity, small: str) -> tuple[str | None, int]:
    if quantity.unit is not None:
        return quantity.unit, quantity.end
    place = quantity.end + (small[quantity.end : quantity.end + 1] in {" ", "-"})
    more = EXTRA_UNITS.at(small, place)
    return more if more else (None, quantity.end)


def _weight_of(quantity: Quantity, unit: str | None) -> Weight:
    amount = quantity.amount
    if quantity.value == 1 and (amount.is_spelt or unit in LOOSE_UNITS):
        return Weight.SILENT
    if unit not in LOOSE_UNITS:
        return Weight.FIRM
    if amount.is_bare:
        return Weight.PAIRED
    if amount.is_spelt and quantity.value <= LARGEST_SMALL_WORD:
        return Weight.PAIRED
    return Weight.FIRM


def _read_bare_halves(small: str, text: str, language: str, found: list[Mention]) -> None:
    for match in BARE_HALF[language].finditer(small):
        start, end = match.span()
        words = text[start:end]
        found.append(Mention(Kind.NUMBER, Decimal(50), Unit.PER_CENT, words, start, end, Weight.PAIRED))


def _read_months(small: str, text: str, language: str, found: list[Mention]) -> None:
    """Months without a day or year: "в августе", "in August", "август айында"."""
    for number, pattern in _months(language):
        for match in pattern.finditer(small):
            start, end = match.span()
            if language == "en" and not (text[start].isupper() and _follows_words(text, start)):
                continue
            words = text[start:end]
            found.append(Mention(Kind.MONTH, Decimal(number), None, words, start, end, Weight.FIRM))


def _follows_words(text: str, start: int) -> bool:
    """ "May we …" begins a sentence; "in May" does not."""
    before = text[:start].rstrip()
    return bool(before) and before[-1] not in ".!?:»”\n"


_RU_ADJECTIVES = [
    rf"|{stem}ск(?:ий|ая|ое|ого|ому|им|ом|ую|ой|ие|их|ими)"
    for stem in (
        "январ", "феврал", "мартов", "апрель", "май", "июнь", "июль", "августов", "сентябрь", "октябрь",
        "ноябрь", "декабрь",
    )
]  # fmt: skip


@cache
def _months(language: str) -> list[tuple[int, re.Pattern[str]]]:
    ending = KY_MONTH_END if language == "ky" else ""
    adjectives = _RU_ADJECTIVES if language == "ru" else [""] * 12
    return [
        (number, re.compile(rf"(?<!\w)(?:(?:{words}){ending}{more})(?![а-яөүңa-z])"))
        for number, (words, more) in enumerate(
            zip(MONTHS[language].split(), adjectives, strict=True), start=1
        )
    ]
