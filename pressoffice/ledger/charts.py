"""Figures over the days they were stated on, for a phone and for a wide page. Geometry only; SVG units."""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pressoffice.stated.precision import last_day
from pressoffice.stated.units import Unit

from .dates import in_words
from .project_ledger import Counted
from .timeline import BOLD, MARGIN, TEXT, Box, Tick, Time, width_of
from .units import RANGE_DASH, currency_name, figure_in_words, number_in_short, with_unit

MOST_TICKS = 6
DIFFER_MUCH = Decimal("0.6")
TOP = 40
MARK, SMALL = 5, 2  # from the middle of a mark to its edge
MANY = 40  # more marks than these are small ones
LONGEST_UNIT = 6


class Point(NamedTuple):
    on: date
    value: Decimal
    value_to: Decimal | None
    url: str
    is_withdrawn: bool


class Goal(NamedTuple):
    value: Decimal
    value_to: Decimal | None
    due_on: date | None
    precision: str
    stated_on: date
    url: str
    is_withdrawn: bool


class Label(NamedTuple):
    x: float
    y: float  # of the line the letters stand on
    anchor: str
    text: str
    kind: str
    is_withdrawn: bool
    box: Box


class Mark(NamedTuple):
    kind: str  # "figure", "goal", or "aim" for a goal without a date
    x: float
    y: float  # of the higher end
    y_to: float  # of the lower end, of a range
    from_x: float  # where a goal was set
    size: float  # from the middle to the edge
    words: str
    text: str  # the same as short as can be
    is_withdrawn: bool

    @property
    def middle(self) -> float:
        return round((self.y + self.y_to) / 2, 1)

    @property
    def box(self) -> Box:
        return Box(self.x - self.size, self.y - self.size, self.x + self.size, self.y_to + self.size)

    @property
    def body(self) -> Box:
        """Of a figure: a disc around it, or a bar from end to end of a range."""
        if self.y == self.y_to:
            return Box(*(round(side, 1) for side in self.box))
        return Box(round(self.x - self.size + 1, 1), self.y, round(self.x + self.size - 1, 1), self.y_to)

    @property
    def outline(self) -> str:
        """Of a goal: a diamond, as long as its range; of one without a date the head of an arrow."""
        x, size, middle = self.x, self.size, self.middle
        corners = [(x - size, middle - size), (x, middle), (x - size, middle + size)]
        if self.kind == "goal":
            corners = [(x, self.y - size), (x + size, self.y), (x + size, self.y_to), (x, self.y_to + size)]
            corners += [(x - size, self.y_to), (x - size, self.y)]
        return " ".join(f"{round(across, 1)},{round(down, 1)}" for across, down in corners)


class Drawing(NamedTuple):
    name: str  # "narrow" or "wide"
    width: int
    height: int
    plot: Box
    values: list[Tick]
    base: float  # where zero is, if it is on the axis; else the lowest mark of the axis
    rules: list[float]  # where periods begin
    periods: list[Tick]  # years, or months
    years: list[Tick]  # under months
    line: str  # what was said held until something else was said
    bands: list[Box]  # the same of ranges
    marks: list[Mark]
    labels: list[Label]

    @property
    def anchors(self) -> list[float]:
        """The lines that labels of the periods and of the years stand on."""
        return [self.plot.bottom + 17, self.plot.bottom + 32]


class Row(NamedTuple):
    words: str
    what: str
    stated_on: date
    url: str
    is_withdrawn: bool


class Chart(NamedTuple):
    title: str
    unit: str
    summary: str
    drawings: list[Drawing]
    rows: list[Row]
    shows: frozenset[str]  # what the key has to explain: kinds of marks, "range", "withdrawn"


def draw(points: Iterable[Point], goals: Iterable[Goal], unit: str, title: str) -> Chart | None:
    """None where there is nothing to draw. In the active language."""
    points = sorted(points, key=lambda point: point.on)
    goals = sorted(goals, key=lambda goal: goal.stated_on)
    if not points and not goals:
        return None
    rows = [_row(point, unit) for point in points] + [_row_of_goal(goal, unit) for goal in goals]
    shows = {"goal" if goal.due_on else "aim" for goal in goals}
    shows |= {"figure" if point.value_to is None else "range" for point in points}
    shows |= {"withdrawn" for row in rows if row.is_withdrawn}
    drawings = [
        _drawing("narrow", (320, 238), [*points, *goals], rows, unit),
        _drawing("wide", (580, 286), [*points, *goals], rows, unit),
    ]
    return Chart(title, _unit_named(unit), _summary(rows), drawings, rows, frozenset(shows))


def _unit_named(unit: str) -> str:
    """Over the axis; things that are counted one by one are named by the title."""
    if unit == Unit.PIECES:
        return ""
    return str(Unit(unit).label) if unit in Unit.values else currency_name(unit)


def chart_of(counted: Counted) -> Chart | None:
    """What was counted of a project; None where there is nothing to compare. Its rows lead nowhere."""
    if len(counted.figures) + len(counted.targets) < 2:
        return None
    points = [Point(row.stated_on, row.value, row.value_to, "", row.is_withdrawn) for row in counted.figures]
    goals = [
        Goal(row.value, row.value_to, row.due_on, row.due_precision, row.stated_on, "", row.is_withdrawn)
        for row in counted.targets
    ]
    return draw(points, goals, counted.indicator.unit, counted.indicator.name)


def _row(point: Point, unit: str) -> Row:
    words = figure_in_words(point.value, point.value_to, unit)
    return Row(words, _("figure stated"), point.on, point.url, point.is_withdrawn)


def _row_of_goal(goal: Goal, unit: str) -> Row:
    words = figure_in_words(goal.value, goal.value_to, unit)
    what = _("target")
    if goal.due_on:
        what = _("target: %(date)s") % {"date": in_words(goal.due_on, goal.precision)}
    return Row(words, what, goal.stated_on, goal.url, goal.is_withdrawn)


def _summary(rows: list[Row]) -> str:
    """The first and the last of them, for those who hear the picture: the table has them all."""
    told = rows if len(rows) <= MOST_TICKS else [*rows[:1], *rows[1 - MOST_TICKS :]]
    return "; ".join(map(_said, told))


def _said(row: Row) -> str:
    said = f"{date_format(row.stated_on, 'DATE_FORMAT')}: {row.words} ({row.what})"
    return f"{said}. {_('The statement it comes from was withdrawn.')}" if row.is_withdrawn else said


def _drawing(
    name: str, size: tuple[int, int], facts: Sequence[Point | Goal], rows: Sequence[Row], unit: str
) -> Drawing:
    width, height = size
    low, high, step = scale_of(
        [end for fact in facts for end in (fact.value, fact.value_to) if end is not None]
    )
    marked = [low + step * number for number in range(int((high - low) / step) + 1)]
    numbers = [number_in_short(value) for value in marked]
    left = min(math.ceil(max(map(width_of, numbers))) + 10, width // 2)
    days = [day for fact in facts for day in (_stated_on(fact), _due(fact)) if day is not None]
    time = Time(min(days).year, max(days).year, left, width - MARGIN)
    plot = Box(left, TOP, width - MARGIN, height - (40 if time.is_in_months else 26))

    def y(value: Decimal) -> float:
        return round(plot.bottom - float((value - low) / (high - low)) * plot.height, 1)

    marks: list[Mark] = []
    for fact, row in zip(facts, rows, strict=True):
        stated, due = time.x(_stated_on(fact)), _due(fact)
        kind, at = ("figure", stated) if isinstance(fact, Point) else ("aim", plot.right)
        if due is not None:
            kind, at = "goal", time.x(due, after=True)
        top, bottom = sorted((y(fact.value), y(fact.value if fact.value_to is None else fact.value_to)))
        half = SMALL if kind == "figure" and len(facts) > MANY else MARK
        text = _short(fact, unit)
        marks.append(Mark(kind, at, top, bottom, stated, half, _said(row), text, fact.is_withdrawn))
    holding = [mark for mark in marks if mark.kind == "figure" and not mark.is_withdrawn]
    line, bands = _steps(holding)
    ticks = [Tick(y(value), number) for value, number in zip(marked, numbers, strict=True)]
    axis = [Box(0, tick.at - TEXT / 2 - 2, left - 6, tick.at + TEXT / 2 + 2) for tick in ticks]
    labels = _place(_most_telling(marks), marks, holding, axis, Box(0, TOP - 24, width, plot.bottom - 1))
    base = y(min(max(Decimal(0), low), high))
    rules, periods, years = time.ticks()
    return Drawing(name, width, height, plot, ticks, base, rules, periods, years, line, bands, marks, labels)


def _stated_on(fact: Point | Goal) -> date:
    return fact.on if isinstance(fact, Point) else fact.stated_on


def _due(fact: Point | Goal) -> date | None:
    return last_day(fact.due_on, fact.precision) if isinstance(fact, Goal) and fact.due_on else None


def _short(fact: Point | Goal, unit: str) -> str:
    number = number_in_short(fact.value)
    if fact.value_to is not None:
        number = f"{number}{RANGE_DASH}{number_in_short(fact.value_to)}"
    words = with_unit(number, unit)
    # "vehicles a day" stands over the axis already.
    return words if len(words) <= len(number) + LONGEST_UNIT else number


def _steps(marks: Sequence[Mark]) -> tuple[str, list[Box]]:
    """A line from figure to figure; where a range holds, a band."""
    path, bands = "", []
    for here, following in pairwise(marks):
        if here.y == here.y_to:
            path += f"M{here.x} {here.y}H{following.x}"
        elif here.x < following.x:
            bands.append(Box(here.x, here.y, following.x, here.y_to))
        if here.y > following.y_to:
            path += f"M{following.x} {here.y}V{following.y_to}"
        elif here.y_to < following.y:
            path += f"M{following.x} {here.y_to}V{following.y}"
    return path, bands


def _most_telling(marks: Sequence[Mark]) -> list[Mark]:
    """Marks by how much a reader wants to know their figure; of very many only what stands out."""
    goals = [mark for mark in marks if mark.kind != "figure"]
    figures = [mark for mark in marks if mark.kind == "figure"]
    holding = [mark for mark in figures if not mark.is_withdrawn]
    wanted = [*holding[-1:], *reversed(goals), *holding[:1]]
    if holding:
        wanted += [min(holding, key=lambda mark: mark.y), max(holding, key=lambda mark: mark.y_to)]
    if len(marks) <= MANY:
        wanted += reversed(figures)
    found: dict[tuple[str, str, bool], Mark] = {}
    for mark in wanted:
        found.setdefault((mark.kind, mark.text, mark.is_withdrawn), mark)
    return list(found.values())


def _place(
    wanted: Iterable[Mark], marks: Sequence[Mark], holding: Sequence[Mark], axis: Sequence[Box], frame: Box
) -> list[Label]:
    """Each label where it covers no mark and no other label; without such a place it is left to the table."""
    taken = [*axis, *(mark.box for mark in marks)]
    lines = [
        Box(mark.from_x, mark.middle - 1, mark.x, mark.middle + 1) for mark in marks if mark.kind != "figure"
    ]
    for here, following in pairwise(holding):
        lines.append(Box(here.x, here.y - 1, following.x, here.y_to + 1))
        ends = sorted((here.middle, following.middle))
        lines.append(Box(following.x - 1, ends[0], following.x + 1, ends[1]))
    placed: list[Label] = []
    for mark in wanted:
        free = [
            label
            for label in _places(mark)
            if frame.holds(label.box) and not any(label.box.meets(box) for box in taken)
        ]
        clear = [label for label in free if not any(label.box.meets(line) for line in lines)]
        if free:
            placed.append((clear or free)[0])
            taken.append(placed[-1].box)
    return placed


def _places(mark: Mark) -> Iterable[Label]:
    above, below, beside = mark.box.top - 5, mark.box.bottom + TEXT, mark.middle + 4
    near, far = mark.x - MARK - 4, mark.x + MARK + 4
    for x, y, anchor in (
        (mark.x, above, "middle"),
        (mark.x + MARK, above, "end"),
        (mark.x - MARK, above, "start"),
        (mark.x, below, "middle"),
        (mark.x + MARK, below, "end"),
        (mark.x - MARK, below, "start"),
        (far, beside, "start"),
        (near, beside, "end"),
    ):
        width = width_of(mark.text, BOLD)
        left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
        box = Box(left - 3, y - TEXT, left + width + 3, y + 3)
        yield Label(round(x, 1), round(y, 1), anchor, mark.text, mark.kind, mark.is_withdrawn, box)


def scale_of(values: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """The lowest and highest value of the axis, and the step between its marks, all of them round.

    From zero where the values are equal or differ much; else around them, so that 277 and 280 differ.
    """
    least, most = min(values), max(values)
    if least == most or 0 < least < most * DIFFER_MUCH or least * DIFFER_MUCH < most < 0:
        least, most = min(least, Decimal(0)), max(most, Decimal(0))
    if least == most:
        most = Decimal(1)
    step = Decimal(1).scaleb(((most - least) / (MOST_TICKS - 1)).adjusted())
    for factor in (1, 2, 5, 10, 20):
        low = (least / (step * factor)).to_integral_value("ROUND_FLOOR")
        high = (most / (step * factor)).to_integral_value("ROUND_CEILING")
        if high - low < MOST_TICKS:
            break
    step *= factor
    if low > 0 and low * step == least and high - low < MOST_TICKS - 1:
        low -= 1  # the ground is zero: what is not stands above it
    return low * step, high * step, step
