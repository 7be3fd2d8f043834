"""Dates as people say them: "by 2025", "в I квартале 2026 года", "2024-жылдын 11-декабрында"."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from typing import NamedTuple

from .calendar_words import (
    ANY_YEAR,
    MONTHS,
    NO_GENITIVE,
    NOT_COUNTED,
    ORDINALS,
    ROMAN,
    RU_YEAR,
    YEAR,
    month,
    nth,
    relative_year,
    year,
)
from .precision import Precision, last_day
from .vocabulary import KY, RU
from .writing import TAKEN, plain, taken


class StatedDate(NamedTuple):
    words: str
    start: int
    end: int
    on: date  # the last day of what was said
    precision: str


Match = re.Match[str]
# What a rule makes of its match, on the day of the statement. ValueError or None: it names no period, such as
# 31 February, and nothing else may be read in it either.
Maker = Callable[[Match, date], tuple[date, str] | None]

FIRST_YEAR, LAST_YEAR = 1900, 2100
AS_OF = re.compile(r"(?:по состоянию на|as of|as at) $")
AS_OF_AFTER = re.compile(" карата абал")
UNTIL = re.compile(
    r"(?<!\w)(?:к|до|не поздне[ей]|не позже|by|until|till|before|no later than|not later than)(?: the)? $"
)
UNTIL_AFTER = re.compile(" (?:чейин|кечиктирбе)")
BEFORE = 24


def dates_in(text: str, language: str, *, stated_on: date) -> list[StatedDate]:
    """In the order of the words. From `stated_on` "next year" and a day without its year are counted."""
    return read_dates(plain(text), text, language, stated_on)[0]


def without_dates(small: str, text: str, language: str) -> str:
    """The plain text with every date taken out of it."""
    return read_dates(small, text, language, date(2000, 1, 1))[1]


def read_dates(small: str, text: str, language: str, stated_on: date) -> tuple[list[StatedDate], str]:
    """The dates in `small`, the plain form of `text`, and `small` with them taken out of it."""
    found: list[StatedDate] = []

    def read(match: Match, make: Maker) -> str:
        if _is_verb(match, text, language):
            return match[0]
        try:
            period = make(match, stated_on)
        except ValueError:
            period = None
        if period and FIRST_YEAR <= period[0].year <= LAST_YEAR:
            on, precision = period
            start, end = match.span()
            found.append(StatedDate(text[start:end], start, end, last_day(on, precision), precision))
        return taken(match)

    # What one rule has read is not read again by a vaguer one.
    for pattern, make in _rules(language):
        small = pattern.sub(lambda match, make=make: read(match, make), small)  # type: ignore[misc]
    return sorted(found, key=lambda each: each.start), small


def _is_verb(match: Match, text: str, language: str) -> bool:
    """ "Phase 12 may begin", "they march, 2025 of them": English months have a capital letter."""
    words = match.groupdict().get("month")
    return language == "en" and words is not None and not text[match.start("month")].isupper()


def _said_year(match: Match, stated_on: date) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    for name, years in (("next", 1), ("this", 0), ("before", -1)):
        if groups.get(name):
            return stated_on.year + years
    return None


def _day(match: Match, stated_on: date) -> tuple[date, str] | None:
    groups = match.groupdict()
    month_number = int(groups["m"]) if groups.get("m") else _month(groups["month"])
    day = int(groups["day"])
    year = _said_year(match, stated_on)
    if year is not None:
        return date(year, month_number, day), Precision.DAY
    # Eight years hold a 29 February, even around 2100.
    possible = []
    for other in range(stated_on.year - 8, stated_on.year + 9):
        with suppress(ValueError):
            possible.append(date(other, month_number, day))
    before = match.string[max(0, match.start() - BEFORE) : match.start()]
    if AS_OF.search(before) or AS_OF_AFTER.match(match.string, match.end()):
        possible = [each for each in possible if each <= stated_on]
    elif UNTIL.search(before) or UNTIL_AFTER.match(match.string, match.end()):
        possible = [each for each in possible if each >= stated_on]
    return (_nearest(possible, stated_on), Precision.DAY) if possible else None


def _nearest(days: list[date], stated_on: date) -> date:
    """ "They met on 9 December", "they meet on 20 February": without a year the nearest is meant."""
    return min(days, key=lambda each: abs(each - stated_on))


def _month_of_year(match: Match, stated_on: date) -> tuple[date, str]:
    groups = match.groupdict()
    number = int(groups["m"]) if groups.get("m") else _month(groups["month"])
    return date(_said_year(match, stated_on) or stated_on.year, number, 1), Precision.MONTH


def _month_ahead(match: Match, stated_on: date) -> tuple[date, str]:
    number = _month(match["month"])
    return date(stated_on.year + (number < stated_on.month), number, 1), Precision.MONTH


def _quarter(match: Match, stated_on: date) -> tuple[date, str]:
    return _part_of_year(3 * _nth(match["nth"]), match, stated_on), Precision.QUARTER


def _half(match: Match, stated_on: date) -> tuple[date, str]:
    return _part_of_year(6 * _nth(match["nth"]), match, stated_on), Precision.QUARTER


def _part_of_year(last_month: int, match: Match, stated_on: date) -> date:
    year = _said_year(match, stated_on)
    if year is not None:
        return date(year, last_month, 1)
    return _nearest([date(stated_on.year + years, last_month, 28) for years in (-1, 0, 1)], stated_on)


def _season(match: Match, stated_on: date) -> tuple[date, str]:
    return date(_said_year(match, stated_on) or stated_on.year, 1, 1), Precision.SEASON


def _year(match: Match, stated_on: date) -> tuple[date, str]:
    """Of the statement, where none is said: "by the end of the year"."""
    return date(_said_year(match, stated_on) or stated_on.year, 1, 1), Precision.YEAR


def _month(words: str) -> int:
    for months in MONTHS.values():
        for number, pattern in enumerate(months.split(), start=1):
            if re.match(rf"(?:{pattern})", words):
                return number
    raise ValueError(words)


def _nth(words: str) -> int:
    if words.isdecimal():
        return int(words)
    if words in ROMAN:
        return ROMAN.index(words) + 1
    for ordinals in ORDINALS.values():
        for number, pattern in enumerate(ordinals, start=1):
            if re.fullmatch(pattern, words):
                return number
    raise ValueError(words)


@cache
def _rules(language: str) -> list[tuple[re.Pattern[str], Maker]]:
    """Made when first asked for: compiling them takes half a second, and few processes ever read a text.

    No date begins within a word, a number or a version: 5.2025.
    """
    return [
        (re.compile(rf"(?<!\w)(?<!\d[.,:/-])(?<!№)(?<!№ )(?:{pattern})"), make)
        for pattern, make in RULES[language]
    ]


def _years_in_a_row(*joining: str) -> list[tuple[str, Maker]]:
    """ "2025–2027", "in 2025 and 2026": the first, then each that follows one which was read."""
    links = ["–", "—", "-", " – ", " — ", " - ", ", ", *(f" {word} " for word in joining)]
    ahead = rf"(?={'|'.join(f'{link}{ANY_YEAR}{NOT_COUNTED}' for link in links)})"
    behind = "|".join(f"(?<={TAKEN}{link})" for link in links)
    return [(rf"{YEAR}{ahead}", _year), (rf"(?:{behind}){YEAR}{NOT_COUNTED}(?! ?-?(?:год|жыл))", _year)]


DAY = r"(?:\d{1,2}(?: ?[–—-] ?| (?:по|и|to|and|жана) ))?(?P<day>\d{1,2})"
NUMERIC: list[tuple[str, Maker]] = [
    (rf"(?P<day>\d{{1,2}})\.(?P<m>\d{{1,2}})\.{YEAR}(?: ?(?:г\.|года|-?жыл{KY}))?", _day),
    (r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<day>\d\d)(?![\d-])", _day),
    (rf"(?P<m>0[1-9]|1[0-2])\.{YEAR}", _month_of_year),
]
EN_PART = r"(?:early|mid|late|end|spring|summer|autumn|fall|winter|year|the (?:end|start|beginning|middle))"
KY_QUARTER = rf"{nth('ky')}[- ]?(?:чейр[а-яөүң]+|квартал{KY})"
KY_HALF = rf"{nth('ky')}[- ]?жарым(?: ?жылд|[ыд]){KY}"
EN_SAID, RU_SAID, KY_SAID = year("en"), year("ru"), year("ky")
RULES: dict[str, list[tuple[str, Maker]]] = {
    "en": [
        *NUMERIC,
        (rf"{DAY}(?:st|nd|rd|th)? (?:of )?{month('en')}(?:(?:,| of)? {EN_SAID})?", _day),
        (rf"{month('en')} {DAY}(?:st|nd|rd|th)?(?![\d–—-]|[,.:]\d)(?:,? {EN_SAID})?", _day),
        (rf"{nth('en')} quarter(?:(?: of(?: the year)?|,)? {EN_SAID})?(?!\w)", _quarter),
        (rf"q(?P<nth>[1-4])(?: of|,)?[ -]{EN_SAID}", _quarter),
        (rf"{YEAR} ?q(?P<nth>[1-4])(?!\w)", _quarter),
        (rf"{nth('en')} half (?:of )?(?:the year )?{EN_SAID}", _half),
        (rf"h(?P<nth>[12]) {YEAR}", _half),
        (rf"{nth('en')} half of the year(?!\w)", _half),
        (rf"{YEAR} (?:[a-z]{{1,20}} )?season", _season),
        (rf"season (?:of |in )?{EN_SAID}", _season),
        (rf"{month('en')}(?: of|,)? {EN_SAID}", _month_of_year),
        *_years_in_a_row("to", "and", "or"),
        (
            r"(?:(?:by|in|until|till|before|for|of|since|during|from|to|through|throughout|after|than)"
            rf"(?: {EN_PART})?(?: of)?|{EN_PART})[ -]{YEAR}{NOT_COUNTED}",
            _year,
        ),
        # "The 2025 budget", but not "the 2000 schools".
        (rf"(?:the|its|their) {YEAR}{NOT_COUNTED}(?= [a-z]{{2,20}}[a-rt-z](?!\w))", _year),
        (rf"(?:by|until|till|before) (?:the end of )?{month('en')}(?! \d)", _month_ahead),
        (rf"(?:end of )?{relative_year('en')}", _year),
        (r"(?:(?:end of|later) (?:the|this) year|year[- ]end)(?!\w)", _year),
    ],
    "ru": [
        *NUMERIC,
        (rf"{DAY}(?:-?го|-?е)? {month('ru')}(?:,? {RU_SAID})?", _day),
        (rf"{nth('ru')} квартал{RU}(?:,? {RU_SAID})?", _quarter),
        (rf"{nth('ru')} (?:полугоди{RU}|половин{RU})(?: {RU_SAID}| года)", _half),
        (rf"{nth('ru')} полугоди{RU}", _half),
        (rf"сезон{RU} {RU_SAID}", _season),
        (rf"{YEAR}(?:-?го)? (?:года )?сезон{RU}", _season),
        (rf"{month('ru')},? {RU_SAID}", _month_of_year),
        *_years_in_a_row("по", "до", "и", "или"),
        (RU_YEAR, _year),
        (
            r"(?:к|до|по|в|на|с|кон(?:ец|ца|цу|це)|начал[оаеу]|середин[аыеу])"
            rf" {YEAR}{NOT_COUNTED}{NO_GENITIVE}",
            _year,
        ),
        (rf"(?:к|до) (?:конца |концу )?{month('ru')}", _month_ahead),
        (relative_year("ru"), _year),
        (r"(?:кон(?:ца|цу|це|ец)|завершения|исхода) года", _year),
    ],
    "ky": [
        *NUMERIC,
        (rf"{KY_SAID},? {DAY} ?-? ?{month('ky')}", _day),
        (rf"{DAY} ?-? ?{month('ky')}(?:,? {KY_SAID})?", _day),
        # "Сентябрдын 19унда": the ending leans on the figure.
        (rf"(?:{KY_SAID},? )?{month('ky')} {DAY}-?с?[ыиуү](?:н[а-яөүң]{{0,4}})?(?![а-яөүң])", _day),
        (rf"{KY_SAID} {KY_QUARTER}", _quarter),
        (rf"{KY_QUARTER},? {YEAR}(?: ?-? ?жыл{KY})?", _quarter),
        (KY_QUARTER, _quarter),
        (rf"{KY_SAID} {KY_HALF}", _half),
        (KY_HALF, _half),
        (rf"{KY_SAID} (?:[а-яөүң]{{1,20}} )?(?:сезон|мезгил){KY}", _season),
        (rf"{YEAR} сезон{KY}", _season),
        (rf"{KY_SAID},? {month('ky')}(?: ай{KY})?", _month_of_year),
        (rf"{month('ky')}(?: ай{KY})?,? {YEAR}(?: ?-? ?жыл{KY})?", _month_of_year),
        *_years_in_a_row("жана", "же"),
        (rf"{month('ky')}(?: ай{KY})? чейин", _month_ahead),
        (KY_SAID, _year),
        (rf"жыл(?:дын)? (?:аяг|соң){KY}", _year),
    ],
}
