"""Whether the languages of a statement say the same: numbers, dates, times, people, projects.

No translation: every language is read by its own rules into values, and the values are compared. What differs
legitimately is let through: a year said once more, "both sides" for "the sides", 3 billion for 3 000 000 000.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pressoffice.stated.mentions import LOOSE_UNITS, Kind, Weight, mentions_in
from projects.recognition import Recogniser

PERSON, PROJECT = "person", "project"
NAMES = (PERSON, PROJECT)
QUOTED_BEFORE, QUOTED_AFTER = 60, 60
NEXT_TO = 1.0
LARGEST_SMALL = 20


class Place(NamedTuple):
    """Where in an edition: a field, and of the body a paragraph (see blocks.py)."""

    field: str
    block: int = 0

    @property
    def anchor(self) -> str:
        """The fragment of the writing page that leads there."""
        return f"block-{self.block}" if self.field == "body" else f"id_{self.field}"


class Said(NamedTuple):
    """Something an edition says, as a value that can be compared."""

    kind: str
    value: str  # of a number in plain digits; of a name its code
    unit: str | None
    words: str
    before: str
    after: str
    place: Place
    order: float  # 0 at the beginning of the text, 1 at its end
    weight: Weight
    is_year: bool = False

    @property
    def number(self) -> Decimal:
        return Decimal(self.value)


class Reading(NamedTuple):
    language: str
    said: list[Said]
    blocks: int
    known_names: frozenset[str] = frozenset()  # codes that have a name in this language


class Mismatch(NamedTuple):
    """What one language says and the other does not; with `theirs` what stands there instead."""

    language: str
    mine: Said | None
    other: str
    theirs: Said | None
    # What the same words say besides: of "22 August 2028" the year.
    besides: tuple[tuple[Said | None, Said | None], ...] = ()

    @property
    def key(self) -> str:
        """The same from both languages; another one as soon as one of the values changes."""
        sides = sorted(
            (language, *((said.kind, said.value, said.unit or "") if said else ("", "", "")))
            for mine, theirs in ((self.mine, self.theirs), *self.besides)
            for language, said in ((self.language, mine), (self.other, theirs))
        )
        return hashlib.sha256(repr(sides).encode()).hexdigest()[:32]


def read(
    language: str,
    texts: Iterable[tuple[Place, str]],
    *,
    stated_on: date,
    people: Recogniser | None = None,
    projects: Recogniser | None = None,
    known_names: frozenset[str] = frozenset(),
) -> Reading:
    places = [(place, text) for place, text in texts if text]
    length = sum(len(text) for _place, text in places) or 1
    said: list[Said] = []
    passed = 0
    for place, text in places:
        spans: list[tuple[int, int]] = []
        for kind, recogniser in ((PROJECT, projects), (PERSON, people)):
            for named in recogniser.find(text) if recogniser else []:
                span = named.start, named.end
                if any(span[0] < end and start < span[1] for start, end in spans):
                    continue
                spans.append(span)
                weight = Weight.SILENT if named.also else Weight.FIRM
                order = (passed + named.start) / length
                said += [
                    _said(kind, each.code, text, span, place, order, weight)
                    for each in (named.project, *named.also)
                ]
        for each in mentions_in(text, language, stated_on=stated_on, names=spans):
            # "On 22 August" needs no year in the year in which it is said.
            is_this_year = each.is_year and each.value == stated_on.year
            value = _said(
                each.kind,
                f"{each.value.normalize():f}",
                text,
                (each.start, each.end),
                place,
                (passed + each.start) / length,
                Weight.SILENT if is_this_year else each.weight,
            )
            said.append(value._replace(unit=each.unit, is_year=each.is_year))
        passed += len(text)
    return Reading(language, said, sum(place.field == "body" for place, _text in places), known_names)


def _said(
    kind: str, value: str, text: str, span: tuple[int, int], place: Place, order: float, weight: Weight
) -> Said:
    start, end = span
    begin, stop = max(0, start - QUOTED_BEFORE), end + QUOTED_AFTER
    return Said(
        kind,
        value,
        None,
        text[start:end],
        _from_a_word(text[begin:start], is_whole=begin == 0),
        _to_a_word(text[end:stop], is_whole=stop >= len(text)),
        place,
        order,
        weight,
    )


def _from_a_word(before: str, *, is_whole: bool) -> str:
    return before if is_whole else "… " + before.partition(" ")[2]


def _to_a_word(after: str, *, is_whole: bool) -> str:
    return after if is_whole else after.rpartition(" ")[0] + " …"


def compare(mine: Reading, theirs: Reading) -> list[Mismatch]:
    """In the order of `mine`, what only `theirs` says where it stands there. Each difference once."""
    found: list[Mismatch] = []
    for kind in NAMES:
        found += _names(kind, mine, theirs)
    pairs = _pairs(
        [each for each in mine.said if each.kind not in NAMES and not _is_in(each, theirs.said)],
        [each for each in theirs.said if each.kind not in NAMES and not _is_in(each, mine.said)],
        is_aligned=mine.blocks == theirs.blocks,
    )
    pairs += _exchanged(mine, theirs) if mine.blocks == theirs.blocks else []
    found += [Mismatch(mine.language, one, theirs.language, other) for one, other in pairs]
    found.sort(key=lambda each: (each.mine or each.theirs).order)  # type: ignore[union-attr]
    by_words: dict[tuple, Mismatch] = {}
    for each in found:
        words = _words(each.mine), _words(each.theirs)
        first = by_words.setdefault(words, each)
        if first is not each:
            by_words[words] = first._replace(besides=(*first.besides, (each.mine, each.theirs)))
    return list({each.key: each for each in reversed(by_words.values())}.values())[::-1]


def _words(said: Said | None) -> tuple | None:
    return (said.place, said.order, said.words) if said else None


def _is_in(said: Said, others: Iterable[Said]) -> bool:
    return any(_agree(said, other) for other in others)


def _agree(one: Said, other: Said) -> bool:
    if {one.kind, other.kind} == {Kind.MONTH, Kind.DAY}:
        # "In August" beside "on 22 August" tells less, not otherwise.
        return _month(one) == _month(other)
    if {one.kind, other.kind} == {Kind.TIME, Kind.NUMBER}:
        # "From 9 to 18 hours": that these are times is said once, or not at all.
        return _hours(one) == _hours(other)
    return (
        one.kind == other.kind
        and one.value == other.value
        and (one.unit == other.unit or one.unit in LOOSE_UNITS or other.unit in LOOSE_UNITS)
    )


def _month(said: Said) -> int:
    return int(said.value) // 100 if said.kind == Kind.DAY else int(said.value)


def _hours(said: Said) -> Decimal:
    return said.number / 60 if said.kind == Kind.TIME else said.number


def _names(kind: str, mine: Reading, theirs: Reading) -> list[Mismatch]:
    def only_in(one: Reading, other: Reading) -> list[Said]:
        there = {each.value for each in other.said if each.kind == kind}
        missing: dict[str, Said] = {}
        for each in one.said:
            firm = each.kind == kind and each.weight == Weight.FIRM
            if firm and each.value not in there and f"{kind}:{each.value}" in other.known_names:
                missing.setdefault(each.value, each)
        return list(missing.values())

    here, there = only_in(mine, theirs), only_in(theirs, mine)
    found = []
    for each in here:
        near = [other for other in there if abs(other.order - each.order) < NEXT_TO / 4]
        instead = min(near, key=lambda other: abs(other.order - each.order), default=None)
        if instead:
            there.remove(instead)
        found.append(Mismatch(mine.language, each, theirs.language, instead))
    return found + [Mismatch(mine.language, None, theirs.language, each) for each in there]


def _pairs(here: list[Said], there: list[Said], *, is_aligned: bool) -> list[tuple[Said | None, Said | None]]:
    """What stands for what; then what stands alone and is firm."""
    likely = sorted(
        (
            (-likeness, abs(one.order - other.order), number, position)
            for number, one in enumerate(here)
            for position, other in enumerate(there)
            if (likeness := _likeness(one, other, is_aligned=is_aligned)) > 0
        ),
    )
    taken_here: set[int] = set()
    taken_there: set[int] = set()
    pairs: list[tuple[Said | None, Said | None]] = []
    for _minus_likeness, _distance, number, position in likely:
        if number in taken_here or position in taken_there:
            continue
        one, other = here[number], there[position]
        if max(one.weight, other.weight) == Weight.SILENT:
            continue
        taken_here.add(number)
        taken_there.add(position)
        pairs.append((one, other))
    pairs += [
        (one, None)
        for number, one in enumerate(here)
        if number not in taken_here and one.weight == Weight.FIRM
    ]
    pairs += [
        (None, other)
        for position, other in enumerate(there)
        if position not in taken_there and other.weight == Weight.FIRM
    ]
    return pairs


def _likeness(one: Said, other: Said, *, is_aligned: bool) -> float:
    """How likely the one was written for the other; 0: it was not."""
    if one.kind != other.kind:
        return 0
    here = one.place == other.place
    weakest = min(one.weight, other.weight)
    if weakest == Weight.SILENT and not (one.is_year and other.is_year):
        return 0
    if one.kind != Kind.NUMBER:
        return 2 + here
    if one.is_year != other.is_year:
        return 0
    if one.unit != other.unit and not (one.unit in LOOSE_UNITS or other.unit in LOOSE_UNITS):
        return 5 + here if one.value == other.value else 0
    if weakest == Weight.PAIRED:
        # "Second" beside "third"; never "second" beside three billion.
        small = one.number <= LARGEST_SMALL and other.number <= LARGEST_SMALL
        if not (small or one.unit == other.unit == "%") or (is_aligned and not here):
            return 0
    likeness = 1.0 + here
    if one.unit == other.unit:
        likeness += 1 if one.unit in LOOSE_UNITS else 2
    if _digits(one.number) == _digits(other.number):
        likeness += 2
    return likeness


def _digits(number: Decimal) -> str:
    return str(number.normalize().as_tuple().digits)


def _exchanged(mine: Reading, theirs: Reading) -> list[tuple[Said | None, Said | None]]:
    """Values that both languages have, but at one place not the same: 250 km and 280 km the other way round.

    Only where something stands in the other's place: a sentence may move to the next paragraph.
    """
    pairs: list[tuple[Said | None, Said | None]] = []
    places = dict.fromkeys(each.place for each in mine.said)
    for place in places:
        here = [each for each in mine.said if each.place == place and each.kind not in NAMES]
        there = [each for each in theirs.said if each.place == place and each.kind not in NAMES]
        here_only, there_only = _more_in(here, there, theirs.said), _more_in(there, here, mine.said)
        for one in here_only:
            instead = next(
                (
                    other
                    for other in there_only
                    if other.kind == one.kind and other.unit == one.unit and other.is_year == one.is_year
                ),
                None,
            )
            if instead:
                there_only.remove(instead)
                pairs.append((one, instead))
    return pairs


def _more_in(here: list[Said], there: list[Said], everywhere: list[Said]) -> list[Said]:
    """Of `here` what stands elsewhere in the other language, but not so often `there`."""
    counted = Counter((each.kind, each.value) for each in here)
    more = []
    firm = {(each.kind, each.value): each for each in here if each.weight == Weight.FIRM}
    for each in firm.values():
        agreeing = sum(_agree(each, other) for other in there)
        repeats = each.is_year or each.kind != Kind.NUMBER
        is_more = agreeing == 0 or (not repeats and counted[each.kind, each.value] > agreeing)
        if is_more and _is_in(each, everywhere):
            more.append(each)
    return more
