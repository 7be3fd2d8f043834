""" "250 km? On 11 December 2024 you said 280": what a text says of projects otherwise than the public record.

A figure or a date belongs to the project whose words stand nearest in its sentence. Rules are cautious where
a unit says little (per cent, people): there the indicator's name has to stand in the sentence, too.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse

from articles.beside import Seen
from articles.marking import Take, free_place
from articles.recognition import Kind
from articles.recognition.sentences import sentences
from pressoffice.stated import StatedDate, StatedFigure, dates_in, figures_in
from pressoffice.stated.precision import last_day
from pressoffice.stated.units import Unit
from projects.inflection import STEMS_OF_WORDS, folded
from projects.models import Project

from .dates import first_day, in_words
from .last_said import Facts
from .models import BudgetLine, DifferenceAnswer, Measurement, MilestoneDate, Target
from .units import figure_in_words

_WORD = re.compile(r"[^\W\d_]{4,}")
# Units in which anything may be counted.
_VAGUE = frozenset({Unit.PER_CENT, Unit.PEOPLE, Unit.PIECES, Unit.HOURS, ""})
# From here on people round: "1.2 billion" is what 1,240,000,000 was.
_ROUNDED_FROM = Decimal(1_000_000)


@dataclass
class Earlier:
    """What was public last."""

    fact: Any
    what: str  # the indicator's or milestone's name
    told: str

    def __post_init__(self) -> None:
        self.passage = None
        self.edition = self.fact.source_edition
        for edition in self.fact.source.public_editions:
            for passage in edition.passages_with_words:
                if self.fact.words and passage.exact == self.fact.words:
                    self.passage, self.edition = passage, edition
                    return

    @property
    def address(self) -> str:
        if self.edition is None:
            return ""
        anchor = f"#{self.passage.anchor}" if self.passage else ""
        return f"{self.edition.get_absolute_url()}{anchor}"


class _Place(NamedTuple):
    code: str
    start: int
    end: int


@dataclass
class Difference:
    """Words of the text beside what was public last, and what somebody has said of it."""

    key: str
    project: Project
    words: str
    start: int
    now: str
    earlier: Earlier
    of: str  # "indicator", "milestone" or "" for sums of money
    answer: str = ""
    make_fact: str = ""
    mark: Take | None = None


def differences_in(seen: Seen, projects: list[Project], facts: Facts) -> list[Difference]:
    """In the order of the words. `facts`: the newest of these projects. At most two queries."""
    by_code = {project.code: project for project in projects}
    if not facts:
        return []
    places = [
        _Place(each.key, each.start, each.end)
        for each in seen.found
        if each.kind == Kind.PROJECT and not each.also and each.key in by_code
    ]
    places += [_Place(e.project_code, e.start, e.end) for e in seen.held if e.project_code in by_code]
    found: dict[str, Difference] = {}
    for begin, end in sentences(seen.text):
        near = [place for place in places if place.start < end and begin < place.end]
        if near:
            for each in _in_sentence(seen, begin, end, near, by_code, facts):
                found.setdefault(each.key, each)
    _with_answers(seen, list(found.values()))
    return sorted(found.values(), key=lambda each: each.start)


def _nearest(near: list[_Place], start: int, end: int) -> str:
    def distance(place: _Place) -> int:
        return max(place.start - end, start - place.end, 0)

    return min(near, key=distance).code


def _in_sentence(
    seen: Seen, begin: int, end: int, near: list[_Place], by_code: dict[str, Project], facts: Any
) -> Any:
    sentence = seen.text[begin:end]
    language = seen.language
    stems = _stems(sentence, language)
    dates = dates_in(sentence, language, stated_on=seen.stated_on)
    for figure in figures_in(sentence, language):
        start = begin + figure.start
        project = by_code[_nearest(near, start, begin + figure.end)]
        earlier = _other_figure(figure, facts.get(project.pk, {}), stems, language)
        if earlier:
            now = figure_in_words(figure.value, figure.value_to, figure.unit)
            yield _difference(seen, project, figure.words, start, now, earlier)
    for stated in dates:
        start = begin + stated.start
        project = by_code[_nearest(near, start, begin + stated.end)]
        earlier = _other_date(stated, facts.get(project.pk, {}), stems, language, seen.stated_on)
        if earlier:
            yield _difference(
                seen, project, stated.words, start, in_words(stated.on, stated.precision), earlier
            )


def _difference(
    seen: Seen, project: Project, words: str, start: int, now: str, earlier: Earlier
) -> Difference:
    fact = earlier.fact
    of = {Measurement: "indicator", Target: "indicator", MilestoneDate: "milestone"}.get(type(fact), "")
    subject = f"{type(fact).__name__} {getattr(fact, f'{of}_id') if of else fact.kind}"
    told = f"{project.code}\n{subject}\n{words.casefold()}\n{earlier.told}\n{fact.pk}"
    key = hashlib.sha256(told.encode()).hexdigest()[:32]
    return Difference(key, project, words, start, now, earlier, of)


def _mark(seen: Seen, found: Difference) -> Take | None:
    """One click that makes a passage of the words, where they are none yet."""
    nth = free_place(found.words, found.start, seen.text, seen.held)
    if nth is None or "\n" in found.words:
        return None
    relation = "date" if found.of == "milestone" else "figure"
    return Take("mark", relation, found.project.code, nth, found.words)


# --- figures -------------------------------------------------------------------------------------


def _other_figure(
    figure: StatedFigure, facts: dict[type, list[Any]], stems: frozenset[str], language: str
) -> Earlier | None:
    """The last public figure of the same thing, where this one is another."""
    candidates = [
        fact
        for fact in (*facts.get(Measurement, []), *facts.get(Target, []))
        if fact.indicator.unit == figure.unit
    ]
    sums = [fact for fact in facts.get(BudgetLine, []) if fact.currency == figure.unit]
    if any(_is_same(figure, fact.value, fact.value_to) for fact in candidates):
        return None
    if any(_is_same(figure, fact.amount, None) for fact in sums):
        return None
    ranked = [
        (
            len(_stems(getattr(fact.indicator, f"name_{language}"), language) & stems),
            fact.stated_on,
            fact.pk,
            fact,
        )
        for fact in candidates
    ]
    if ranked:
        named, _day, _pk, fact = max(ranked, key=lambda each: each[:3])
        if named or figure.unit not in _VAGUE:
            return Earlier(fact, fact.indicator.name, fact.in_words)
        return None
    if sums:
        line = max(sums, key=lambda each: (each.stated_on, each.pk))
        return Earlier(line, line.get_kind_display(), figure_in_words(line.amount, None, line.currency))
    return None


def _is_same(figure: StatedFigure, value: Decimal, value_to: Decimal | None) -> bool:
    if figure.value == value and (figure.value_to is None or value_to is None or figure.value_to == value_to):
        return True
    if figure.value_to is None and value_to is not None and value <= figure.value <= value_to:
        return True
    if figure.value_to is None and figure.value >= _ROUNDED_FROM and value_to is None:
        exponent = figure.value.normalize().as_tuple().exponent
        return isinstance(exponent, int) and round(value, -exponent) == figure.value
    return False


# --- dates ---------------------------------------------------------------------------------------


def _other_date(
    stated: StatedDate, facts: dict[type, list[Any]], stems: frozenset[str], language: str, stated_on: date
) -> Earlier | None:
    dated = facts.get(MilestoneDate, [])
    due = [target for target in facts.get(Target, []) if target.due_on]
    if any(_overlap(stated, fact.on, fact.precision) for fact in dated):
        return None
    if any(_overlap(stated, target.due_on, target.due_precision) for target in due):
        return None
    named = [
        (
            len(_stems(getattr(fact.milestone, f"name_{language}"), language) & stems),
            fact.stated_on,
            fact.pk,
            fact,
        )
        for fact in dated
    ]
    if named:
        shared, _day, _pk, fact = max(named, key=lambda each: each[:3])
        is_ahead = last_day(stated.on, stated.precision) > stated_on
        ahead = [each for each in dated if each.kind != MilestoneDate.Kind.ACTUAL]
        if shared and (is_ahead or fact.kind == MilestoneDate.Kind.ACTUAL):
            return Earlier(fact, fact.milestone.name, fact.on_in_words)
        # Without the milestone's name only a plan that can be no other.
        if is_ahead and len(ahead) == 1 and not due:
            return Earlier(ahead[0], ahead[0].milestone.name, ahead[0].on_in_words)
    return None


def _overlap(stated: StatedDate, on: date, precision: str) -> bool:
    """2025 and December 2025 do not contradict one another."""
    return first_day(stated.on, stated.precision) <= last_day(on, precision) and first_day(
        on, precision
    ) <= last_day(stated.on, stated.precision)


def _stems(words: str, language: str) -> frozenset[str]:
    return frozenset(
        stem for word in _WORD.findall(words) for stem in STEMS_OF_WORDS[language](folded(word, language))
    )


# --- what was answered ---------------------------------------------------------------------------


def _with_answers(seen: Seen, found: list[Difference]) -> None:
    """Two queries."""
    if not found:
        return
    given = DifferenceAnswer.objects.filter(
        edition__statement=seen.edition.statement_id,
        edition__language=seen.language,
        key__in=[each.key for each in found],
    ).order_by("at", "pk")
    answers = {row.key: row.answer for row in given}
    passages = list(seen.edition.passages.exclude(exact="").select_related("project"))
    for each in found:
        each.answer = answers.get(each.key, "")
        if each.answer == DifferenceAnswer.Answer.UPDATE:
            each.mark = _mark(seen, each)
        passage = next(
            (p for p in passages if p.project_id == each.project.pk and each.words in p.exact), None
        )
        if passage is not None:
            address = reverse("admin:ledger_from_passage", args=[seen.edition.pk, passage.position])
            of = f"?{each.of}={getattr(each.earlier.fact, f'{each.of}_id')}" if each.of else ""
            each.make_fact = f"{address}{of}"
