"""A number with the sign, the unit and the endings around it: "US$45m", "1200дөн ашуун адам"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from .numbers import Amount, amount_at
from .units import CURRENCIES, Unit
from .vocabulary import (
    A_DAY,
    CODE,
    DAILY,
    KY_CASE,
    PER_TIME,
    SECOND_OR_HOUR,
    SHORT_SCALES,
    SIGNS,
    VEHICLES,
    unit_at,
)


@dataclass
class Quantity:
    """A number with what stands around it, before it is known to be a figure."""

    start: int
    end: int
    amount: Amount
    value: Decimal
    unit: str | None  # None: nothing is said; "": something that is no unit of ours
    is_signed: bool = False  # "$20"

    @property
    def is_number_only(self) -> bool:
        return self.unit is None and self.amount.scale == 1


# "10-ти" and "2-х" in Russian.
ENDINGS = {
    "en": re.compile(r"(?!)"),
    "ru": re.compile(r"-(?:ти|и|х|ми|мя)(?![а-я])"),
    "ky": re.compile(rf"-?{KY_CASE}"),
}
# "тоннага чейин" needs nothing; "1200дөн ашуун адам" does.
ABOUT = {
    "en": re.compile(r" (?:or more )"),
    "ru": re.compile(r" (?:и более |с лишним )"),
    "ky": re.compile(r" (?:ашуун|ашык|көп|көбүрөөк|аз|кем эмес|жакын|чейин|чейинки) "),
}
# One word between a number and those it counts: "300 казахстанских студентов".
ADJECTIVES = {
    "en": re.compile(r" (?!from|with|among|between|when|times|over|than)[a-z]{4,20}(?:-[a-z]{1,15})? "),
    "ru": re.compile(r" [а-я]{2,25}(?:ых|их|ыми|ими) "),
    "ky": re.compile(r" (?:[а-яөүң]{2,20} )?[а-яөүң]{2,25}(?:[лдт][ыиуү]к|[дт][ае]гы|жаш|чет) "),
}
VEHICLE = re.compile(rf" {VEHICLES}(?![а-яөүңa-z])(?P<daily>{A_DAY}(?![а-яa-z]))?")
RATE = re.compile(SECOND_OR_HOUR)
# "523-kilometre", but not "5-м", which is the fifth.
SHORTEST_AFTER_HYPHEN = 4
NEARBY = 60


def quantity_at(small: str, text: str, place: int, language: str) -> Quantity | None:
    """What begins at `place` of the plain text `small`; `text` is the same with its capitals."""
    start, currency = place, None
    if signed := SIGNS.at(small, place):
        currency, place = signed
    elif code := CODE.match(text, place):
        currency, place = code[0], code.end()
    if currency:
        place += small[place : place + 1] == " "
        if not small[place : place + 1].isdecimal():
            return None
    amount = amount_at(small, place, language)
    if amount is None:
        return None
    if currency:
        if amount.scale == 1 and (short := SHORT_SCALES.at(small, amount.end)):
            amount = amount._replace(value=amount.value * short[0], scale=short[0], end=short[1])
        return Quantity(start, amount.end, amount, amount.value, currency, is_signed=True)
    if language == "en":
        amount = _with_short_million(small, amount)
    unit, end = _unit_after(small, amount.end, language)
    if unit is None:
        code = CODE.match(text, amount.end + (text[amount.end : amount.end + 1] in {" ", "\u00a0", "\u202f"}))
        unit, end = (code[0], code.end()) if code else (None, end)
    if unit and unit not in CURRENCIES and PER_TIME.search(small, max(0, start - NEARBY), start):
        unit = ""
    if unit is None and (ending := ENDINGS[language].match(small, end)):
        end = ending.end()
    return Quantity(start, end, amount, amount.value, unit)


def _with_short_million(small: str, amount: Amount) -> Amount:
    """ "1.9m tonnes", but not "a 120m bridge"."""
    if amount.scale > 1 or not small.startswith("m ", amount.end):
        return amount
    if unit_at(small, amount.end + 2, "en") is None:
        return amount
    return amount._replace(value=amount.value * 10**6, scale=10**6, end=amount.end + 1, could_be_year=False)


def _unit_after(small: str, place: int, language: str) -> tuple[str | None, int]:
    """None and the same place where no unit follows."""
    ending = ENDINGS[language].match(small, place)
    about = ABOUT[language].match(small, ending.end() if ending else place)
    first = (
        _vehicles(small, place)
        or _own_unit_at(small, place, language)
        or (_own_unit_at(small, ending.end(), language) if ending else None)
        or (_own_unit_at(small, about.end() - 1, language) if about else None)
    )
    if first:
        return first
    before = about.end() - 1 if about else ending.end() if ending else place
    adjective = ADJECTIVES[language].match(small, before)
    if adjective:
        counted = unit_at(small, adjective.end(), language)
        if counted and counted[0] == Unit.PEOPLE:
            return counted
    return None, place


def _own_unit_at(small: str, place: int, language: str) -> tuple[str, int] | None:
    after = small[place : place + 1]
    found = unit_at(small, place + (after in {" ", "-"}), language)
    if found is None:
        return None
    unit, end = found
    if after == "-" and end - place <= SHORTEST_AFTER_HYPHEN:
        return None
    # "60га" is "to 60", not 60 hectares.
    if language == "ky" and after not in {" ", "-"} and ENDINGS["ky"].fullmatch(small, place, end):
        return None
    if unit and unit not in CURRENCIES and RATE.match(small, end):
        return "", end
    return unit, end


def _vehicles(small: str, place: int) -> tuple[str, int] | None:
    """Only those counted by the day are a unit of ours."""
    match = VEHICLE.match(small, place)
    if match is None:
        return None
    before = small[max(0, place - NEARBY) : place].rpartition(". ")[2]
    return (Unit.VEHICLES, match.end()) if match["daily"] or DAILY.search(before) else None
