"""From a question to what is public and answers it, the best first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, F, Q

from pressoffice.publishing.languages import CODES

from .asking import Unit, in_a_row, phrases, units
from .engines import engine
from .models import Entry, EntryQuerySet
from .spelling import corrections
from .words import written

# No more are weighed against one another: those with the words in their title, and the newest.
MOST_FOUND = 500
MOST_WITH_SOME = 200
MOST_TO_LEAVE_ONE_OUT = 6


class Candidate(NamedTuple):
    pk: int
    what: str
    day: date | None
    title: str
    title_words: str
    lead_words: str
    words: str = ""


@dataclass(frozen=True)
class Found:
    """The answer to a question. `how`: all words, their beginnings, corrected ones, or some of them."""

    language: str
    asked: tuple[Unit, ...]
    how: str = "all"
    ranked: list[Candidate] = field(default_factory=list)
    corrected: str = ""  # the question as it was answered instead, where `how` is "corrected"
    is_cut: bool = False  # there are more than were weighed
    is_apart: bool = False  # words were asked for in a row, and no text has them so

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many of which kind, in the order in which they are offered."""
        return {what: n for what in Entry.What.values if (n := sum(c.what == what for c in self.ranked))}

    @cached_property
    def years(self) -> dict[int, int]:
        years = sorted({each.day.year for each in self.ranked if each.day}, reverse=True)
        return {
            year: sum(each.day is not None and each.day.year == year for each in self.ranked)
            for year in years
        }

    def narrowed(self, *, what: str = "", year: int | None = None) -> list[Candidate]:
        return [
            each
            for each in self.ranked
            if (not what or each.what == what) and (year is None or (each.day and each.day.year == year))
        ]


def find(text: str, language: str) -> Found:
    """`text`: a cleaned query. Readers get what holds all of its words; failing that what begins so, what was
    misspelt, or what holds some of them, and are told which of these it was. Words in quotation marks have to
    stand in a row. One query where all words are found, at most eight."""
    asked = tuple(units(text, language))
    if not asked:
        return Found(language, asked)
    loosely = [unit.or_its_core(language) for unit in asked]
    loosely[-1] = loosely[-1].or_beginning()
    for how, wanted in (("all", asked), ("begun", tuple(loosely))):
        if ranked := _with_all(wanted, language):
            is_cut, ranked = len(ranked) > MOST_FOUND, ranked[:MOST_FOUND]
            in_order = _in_a_row(ranked, phrases(text))
            return Found(language, wanted, how, in_order or ranked, is_cut=is_cut, is_apart=not in_order)
    if better := corrections(asked, language):
        corrected = " ".join(better.get(unit, unit.typed) for unit in asked)
        meant = tuple(units(corrected, language))
        if ranked := _with_all(meant, language):
            return Found(
                language, meant, "corrected", ranked[:MOST_FOUND], corrected, is_cut=len(ranked) > MOST_FOUND
            )
        asked = meant
    if len(asked) > 1:
        return Found(language, asked, "some", _with_some(asked, language))
    return Found(language, asked)


def elsewhere(text: str, language: str) -> dict[str, int]:
    """How many texts hold all of the words in each other language that has some. One query."""
    conditions = Q()
    for code in CODES:
        if code != language and (asked := units(text, code)):
            conditions |= Q(language=code) & engine().holding(asked)
    if not conditions:
        return {}
    counted = Entry.objects.live().filter(conditions).order_by().values("language")
    return dict(counted.annotate(count=Count("pk")).values_list("language", "count"))


def suggestions(text: str, language: str, *, most: int = 8) -> list[str]:
    """Titles that hold the words, the last of which may just be begun. At most two queries."""
    asked = tuple(units(text, language))
    if not asked:
        return []
    asked = (*asked[:-1], asked[-1].or_beginning())
    rows = _candidates(_live(language).filter(engine().holding(asked, in_title=True)))[:MOST_FOUND]
    titles = [each.title for each in sorted(rows, key=lambda row: _order(row, _points(row, asked)))]
    return list(dict.fromkeys(titles))[:most]


def _live(language: str) -> EntryQuerySet:
    return Entry.objects.live().in_language(language)


def _candidates(entries: EntryQuerySet, *more: str, most: int = MOST_FOUND) -> list[Candidate]:
    """The newest, and one more than `most` where there are more."""
    columns = [*Candidate._fields[:6], *more]
    rows = entries.order_by(F("day").desc(nulls_first=True), "-pk").values_list(*columns)[: most + 1]
    return [Candidate(*row) for row in rows]


def _with_all(asked: Sequence[Unit], language: str) -> list[Candidate]:
    found = _candidates(_live(language).filter(engine().holding(asked)))
    if len(found) > MOST_FOUND:
        # So many that the newest of them may not be those that are about it.
        titled = _candidates(_live(language).filter(engine().holding(asked, in_title=True)))
        there = {each.pk for each in titled}
        found = titled + [each for each in found if each.pk not in there]
    return sorted(found, key=lambda row: _order(row, _points(row, asked)))


def _in_a_row(ranked: list[Candidate], asked: list[str]) -> list[Candidate]:
    """Those that have each of the phrases in their title or text. One query, none without a phrase."""
    if not asked:
        return ranked
    texts = Entry.objects.filter(pk__in=[row.pk for row in ranked]).values_list("pk", "title", "text")
    holding = {
        pk
        for pk, title, text in texts.iterator()
        if all(each in in_a_row(title) or each in in_a_row(text) for each in asked)
    }
    return [row for row in ranked if row.pk in holding]


def _with_some(asked: Sequence[Unit], language: str) -> list[Candidate]:
    found = _with_most(asked, language)
    if not found:
        # The newest alone would leave out what is about it.
        for in_title in (True, False):
            holding = engine().holding(asked, any_of_them=True, in_title=in_title)
            there = {each.pk for each in found}
            more = _candidates(_live(language).filter(holding), "words", most=MOST_WITH_SOME)
            found += [each for each in more if each.pk not in there]
    held = {each.pk: [unit.is_in(set(each.words.split(" "))) for unit in asked] for each in found}
    # A word that few of them hold says more than one that all of them hold.
    weights = [
        1 + math.log((1 + len(found)) / (1 + sum(holds[place] for holds in held.values())))
        for place in range(len(asked))
    ]

    def weight(row: Candidate) -> float:
        return round(sum(w for w, holds in zip(weights, held[row.pk], strict=True) if holds), 6)

    heaviest = max(map(weight, found), default=0)
    telling = [row for row in found if weight(row) * 2 >= heaviest]
    return sorted(telling, key=lambda row: (-weight(row), _order(row, _points(row, asked))))


def _with_most(asked: Sequence[Unit], language: str) -> list[Candidate]:
    """With all of the words but one, whichever."""
    if not 3 <= len(asked) <= MOST_TO_LEAVE_ONE_OUT:
        return []
    holding = Q()
    for left_out in asked:
        holding |= engine().holding([unit for unit in asked if unit is not left_out])
    return _candidates(_live(language).filter(holding), "words", most=MOST_WITH_SOME)


def _points(row: Candidate, asked: Sequence[Unit]) -> int:
    in_title, in_lead = set(row.title_words.split(" ")), set(row.lead_words.split(" "))
    titled = sum(unit.is_in(in_title) for unit in asked)
    points = 3 * titled + sum(unit.is_in(in_lead) for unit in asked)
    if titled == len(asked):
        points += 2
    # "CASA-1000" is asked of the project first, and then of every headline that names it.
    length = sum(len(word.parts) for word in written(row.title))
    return points + round(4 * min(titled / max(length, 1), 1))


def _order(row: Candidate, points: int) -> tuple[Any, ...]:
    """The most points first; where equal the newest; what has no day (a project, say) first."""
    return (-points, -(row.day or date.max).toordinal(), -row.pk)
