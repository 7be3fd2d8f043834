"""Numbers in digits and in words, with their scales: "1 860", "1,2 млрд", "two and a half million"."""

import re
from decimal import Decimal
from typing import NamedTuple

from .vocabulary import BARE_SCALES, HALVES, NUMERALS, SCALES

GROUPED = {
    "en": r"[1-9]\d{0,2}(?:(?:,\d{3}){1,6}|(?: \d{3}){1,6})(?:\.\d{1,6})?",
    "ru": r"[1-9]\d{0,2}(?:(?: \d{3}){1,6}|(?:\.\d{3}){1,6})(?:,\d{1,6})?",
    "ky": r"[1-9]\d{0,2}(?:(?: \d{3}){1,6}|(?:\.\d{3}){1,6})(?:,\d{1,6})?",
}
# Not a part of 1.2.3, 45/12 or 14:30.
DIGITS = {
    language: re.compile(rf"(?:(?P<grouped>{grouped})|\d{{1,18}}(?:[.,]\d{{1,6}})?)(?![.,:/]?\d)")
    for language, grouped in GROUPED.items()
}
GROUP_SIGNS = {
    "en": str.maketrans("", "", ", "),
    "ru": str.maketrans("", "", ". "),
    "ky": str.maketrans("", "", ". "),
}
BETWEEN_NUMERALS = {
    language: re.compile(r"-| (?:and )?" if language == "en" else " ") for language in GROUPED
}


class Amount(NamedTuple):
    value: Decimal  # with its scale
    scale: int  # the greatest, 1 without any
    end: int
    is_spelt: bool = False  # nothing of it is in digits
    is_bare: bool = False  # "a million"
    could_be_year: bool = False


def amount_at(text: str, place: int, language: str) -> Amount | None:
    """The number that begins at `place` of the plain text, with all that follows of it: "1 млрд 240 млн"."""
    amount = _one_at(text, place, language) or _bare_at(text, place)
    if amount is None:
        return None
    last = amount
    while last.scale > 1 and text[last.end : last.end + 1] == " ":
        more = _one_at(text, last.end + 1, language)
        if more is None or not last.scale / 1000 <= more.value < last.scale:
            break
        amount = amount._replace(
            value=amount.value + more.value, end=more.end, is_spelt=amount.is_spelt and more.is_spelt
        )
        last = more
    return amount


def _one_at(text: str, place: int, language: str) -> Amount | None:
    number = _digits_at(text, place, language) or _spelt_at(text, place, language)
    if number is None:
        return None
    half = HALVES[language].match(text, number.end)
    if half and number.value == int(number.value):
        number = number._replace(value=number.value + Decimal("0.5"), end=half.end())
    skipped = number.end + (text[number.end : number.end + 1] in {" ", "-"})
    if found := SCALES.at(text, skipped):
        scale, end = found
        return number._replace(value=number.value * scale, scale=scale, end=end, could_be_year=False)
    return number


def _digits_at(text: str, place: int, language: str) -> Amount | None:
    match = DIGITS[language].match(text, place)
    if match is None:
        return None
    words = match[0]
    if match["grouped"]:
        words = words.translate(GROUP_SIGNS[language])
    value = Decimal(words.replace(",", "."))
    could_be_year = len(match[0]) == 4 and 1900 <= value <= 2100
    return Amount(value, 1, match.end(), could_be_year=could_be_year)


def _spelt_at(text: str, place: int, language: str) -> Amount | None:
    total, room, end = 0, 1000, place
    while found := NUMERALS[language].at(text, place):
        value, stop = found
        if value == 100 and 0 < total < 10:
            total *= 100  # "two hundred", "эки жүз"
        elif value < room:
            total += value
        else:
            break
        end = stop
        # After twenty comes at most nine; after ten only in Kyrgyz, which says "ten five".
        is_ten = value % 10 == 0 and (value > 10 or language == "ky")
        room = 100 if value == 100 or value >= 200 else 10 if is_ten else 1
        between = BETWEEN_NUMERALS[language].match(text, end)
        if between is None:
            break
        place = between.end()
    return Amount(Decimal(total), 1, end, is_spelt=True) if total else None


def _bare_at(text: str, place: int) -> Amount | None:
    found = BARE_SCALES.at(text, place)
    if found is None:
        return None
    value, end = found
    if value < 2 and (scaled := SCALES.at(text, end + 1)):  # "полтора миллиарда"
        return Amount(Decimal(value) * scaled[0], scaled[0], scaled[1], is_spelt=True)
    return Amount(Decimal(value), 1, end, is_spelt=True, is_bare=True)
