"""Figures as people write them, alone and as ranges: "250–260 км", "between 2 and 3 billion dollars"."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from .dates import without_dates
from .quantities import Quantity, quantity_at
from .vocabulary import KY_CASE
from .writing import plain, taken


class StatedFigure(NamedTuple):
    words: str
    start: int
    end: int
    value: Decimal
    value_to: Decimal | None
    unit: str  # a Unit or a currency (ISO 4217), "" where none was recognised


# Where a number or its currency may begin: not within M41, Kambarata-1, 1.2.3, +996 or 45/12.
BEGINNING = re.compile(r"(?<!\w)(?<!\d[.,:/])(?<![\w)][-/])(?<![+№])(?:\w|[$€£¥₽₸])")
OTHER_NUMBERS = re.compile(
    r"№ ?\d[\w./-]*"
    r"|(?<![\w.])(?:no\.?|nos\.|n°) ?\d[\w./-]*"
    r"|\+\d[\d ()-]{6,18}\d|\(\d{3,5}\) ?\d[\d -]{4,10}|\d{1,4}(?:-\d{1,4}){2,6}(?!\d)"
    r"|(?<!\d)\d{1,2}:\d\d(?!\d)|(?<!\w)(?:в|at|саат) \d{1,2}[.]\d\d(?![\d.,%]| ?(?:раз|%))"
    r"|(?<!\w)\d{1,2} (?:час(?:ов|а)? (?:утра|дня|вечера|ночи)|[ap]\.?m\.?(?!\w)|o'clock|o’clock)"
    r"|(?<!\w)в \d{1,2} час(?:ов|а)?(?![а-я])|(?<!\w)саат \d{1,2}(?![\d.,:])"
    r"|(?<!\w)\d{1,2} ?h \d{1,2} ?m(?:in)?(?!\w)"
    r"|(?<!\w)\d{1,2} (?:век|ғасыр|кылым)"
)
LABELS = re.compile(
    r"(?<!\w)(?:articles?|art\.|section|paragraph|clause|chapter|annex|phase|stage|lot|room|gate|page|stat(?:e|ion)"
    r"|resolution|decree|highway|route|figure|table|стать(?:я|и|е|ю|ей|ям|ях)|ст\.|пункт[а-я]*|п\.|глав[а-я]*"
    r"|раздел[а-я]*|приложени[а-я]*|этап[а-я]*|лот[а-я]*|кабинет[а-я]*|дом|стр\.|рейс[а-я]*|беренес?[а-яөүң]*"
    r"|тиркеме[а-яөүң]*|бөлүм|номер[а-яөүң]*|number) $"
)
PART_OF_A_WORD = re.compile(r"[-–]?[^\W\d_]")
ABLATIVE = re.compile(r"[дт][аеоө]н")
LINKS = {
    "en": re.compile(r" ?[–—-] ?| (?:to|and|or) "),
    "ru": re.compile(r" ?[–—-] ?| (?:до|и|или) "),
    "ky": re.compile(r" ?[–—-] ?| (?:жана|же|менен) | "),
}
CHANGES = re.compile(
    r"(?:gr[eo]w|gr[eo]wn|ris(?:e|en|es)|rose|increase|fall|fell|cut|reduce|drop|decline|raise|decrease|expand)"
    r"[a-z]*(?: [a-z-]+){0,4} from $"
)
UP_TO = re.compile(rf"(?:-?{KY_CASE})?(?: [а-яөүң]+)? чейин(?! (?:көбөй|өс|кеңей|жогорул|арт))")
# "One word" and "two sides" count nothing that a ledger would keep.
FEWEST_IN_WORDS = 11
BEFORE = 48


def figures_in(text: str, language: str) -> list[StatedFigure]:
    """In the order of the words. Years, dates, numbers of articles and telephones are none."""
    small = OTHER_NUMBERS.sub(taken, without_dates(plain(text), text, language))
    return [
        StatedFigure(
            text[first.start : last.end], first.start, last.end, first.value, value_to, first.unit or ""
        )
        for first, last, value_to in _figures(small, list(quantities_in(small, text, language)), language)
    ]


def quantities_in(small: str, text: str, language: str) -> Iterator[Quantity]:
    """Every number in the plain text `small` with what stands around it."""
    place = 0
    while beginning := BEGINNING.search(small, place):
        place = beginning.end()
        quantity = quantity_at(small, text, beginning.start(), language)
        while quantity:
            yield quantity
            place = quantity.end
            link = LINKS[language].match(small, place)
            quantity = quantity_at(small, text, link.end(), language) if link else None


def _figures(
    small: str, quantities: list[Quantity], language: str
) -> Iterator[tuple[Quantity, Quantity, Decimal | None]]:
    number = 0
    while number < len(quantities):
        this = quantities[number]
        number += 1
        following = quantities[number] if number < len(quantities) else None
        if following and are_linked(small, this, following, language):
            is_range = share(this, following) and _is_range(small, this, following, language)
            if is_range:
                number += 1
                if _is_figure(small, this, in_range=True) and _is_figure(small, following, in_range=True):
                    yield this, following, following.value
                continue
        if _is_figure(small, this):
            yield this, this, None


def are_linked(small: str, this: Quantity, following: Quantity, language: str) -> bool:
    if not LINKS[language].fullmatch(small, this.end, following.start):
        return False
    if small[this.end : following.start] == " ":
        return ABLATIVE.fullmatch(small, this.end - 3, this.end) is not None
    return True


def share(this: Quantity, following: Quantity) -> bool:
    """ "2 to 3 billion dollars": what is said once holds for both. Whether they are then of one kind."""
    scale = following.amount.scale
    is_open = this.unit is None or (this.is_signed and following.unit is None)
    if is_open and this.amount.scale == 1:
        # In "from 900 to 2 thousand" the first is not 900 thousand.
        of_one_size = this.value < following.value / scale
        this.value *= scale if of_one_size or (this.value < 1000 < scale) else 1
    if this.unit is None:
        this.unit = following.unit
    elif this.is_signed and following.unit is None:
        following.unit = this.unit
    return this.unit == following.unit


def _is_range(small: str, this: Quantity, following: Quantity, language: str) -> bool:
    if following.value <= this.value:
        return False
    before = small[max(0, this.start - BEFORE) : this.start]
    match small[this.end : following.start].strip():
        case "–" | "—" | "-":
            return True
        case "to":
            return not CHANGES.search(before)
        case "and":
            return before.endswith("between ")
        case "до":
            return before.endswith("от ")
        case "и":
            return before.endswith("между ")
        case "":
            return language == "ky" and UP_TO.match(small, following.end) is not None
        case _:
            return False


def _is_figure(small: str, quantity: Quantity, *, in_range: bool = False) -> bool:
    amount = quantity.amount
    if amount.is_bare:
        return quantity.unit is not None
    if not quantity.is_number_only:
        return True
    if amount.is_spelt:
        return in_range or amount.value >= FEWEST_IN_WORDS
    return not (
        amount.could_be_year
        or PART_OF_A_WORD.match(small, quantity.end)
        or LABELS.search(small, max(0, quantity.start - BEFORE), quantity.start)
    )
