"""Milestones on a line of time, as statements dated them. Geometry only; SVG units.

Also what every drawing with a line of time needs: the axis, and how much room words take.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from babel.dates import format_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pressoffice.publishing.languages import active
from pressoffice.stated.precision import Precision, last_day

from .dates import first_day, in_words, slip_in_words
from .models import MilestoneDate

TEXT = 12  # the size of letters, of which a drawing shown at its own width keeps every pixel
BOLD = 13  # bold letters of that size take the room of this one
LINE, BAR, GAP = 16, 10, 8
MARGIN = 16
LESS_THAN_A_MONTH = timedelta(days=28)
STEPS_OF_YEARS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
STEPS_OF_MONTHS = (1, 2, 3, 6, 12)
# In parts of the size of letters, of the widest fonts that may stand in for one another (DejaVu, Verdana).
NARROW_LETTERS = frozenset("iljtfr.,:;'|()[]!- \u00a0іїјІ")
WIDE_LETTERS = frozenset("mwMW@%&мшщжфыюъМШЩЖФЫЮЪДЦОӨQOGNHD—")


class MilestoneWord(NamedTuple):
    kind: str  # of MilestoneDate.Kind
    on: date
    precision: str
    stated_on: date
    url: str
    is_withdrawn: bool


class Milestone(NamedTuple):
    name: str
    dates: list[MilestoneWord]


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return round(self.right - self.left, 1)

    @property
    def height(self) -> float:
        return round(self.bottom - self.top, 1)

    def meets(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        across = self.left <= other.left and self.right >= other.right
        return across and self.top <= other.top and self.bottom >= other.bottom


class Tick(NamedTuple):
    at: float
    label: str


class Line(NamedTuple):
    """Words around `x`, on the height `y`."""

    x: float
    y: float
    text: str


class Span(NamedTuple):
    """The period that a date stands for."""

    kind: str
    box: Box
    label: Line
    words: str
    is_withdrawn: bool


class Slip(NamedTuple):
    """From the end of what was said first to the end of what was said last."""

    from_x: float
    x: float
    y: float
    head: str  # points of the head of the arrow
    lines: list[Line]
    is_later: bool


class Band(NamedTuple):
    top: float
    bottom: float
    names: list[Line]
    spans: list[Span]
    slip: Slip | None


class Drawing(NamedTuple):
    name: str  # "narrow" or "wide"
    width: int
    height: float
    plot: Box
    rules: list[float]  # where periods begin
    periods: list[Tick]
    years: list[Tick]  # over months
    today: Line
    today_x: float
    bands: list[Band]

    @property
    def anchors(self) -> list[float]:
        """The lines that labels of the periods and of the years stand on."""
        return [self.plot.top - 8, self.plot.top - 23]


class Row(NamedTuple):
    kind: str
    words: str
    on: date
    stated_on: date
    url: str
    is_withdrawn: bool


class Group(NamedTuple):
    name: str
    slip: str
    rows: list[Row]


class Timeline(NamedTuple):
    summary: str
    drawings: list[Drawing]
    groups: list[Group]
    shows: frozenset[str]  # what the key has to explain: kinds of dates, "withdrawn"


def timeline(milestones: Iterable[Milestone], today: date, *, day_name: str = "") -> Timeline | None:
    """None where no milestone has a date. In the active language."""
    milestones = [
        each._replace(dates=sorted(each.dates, key=lambda word: word.stated_on))
        for each in milestones
        if each.dates
    ]
    if not milestones:
        return None
    words = [word for each in milestones for word in each.dates]
    groups = [
        Group(each.name, slip_of(each.dates), [_row(word) for word in each.dates]) for each in milestones
    ]
    shows = {word.kind for word in words if not word.is_withdrawn}
    shows |= {"withdrawn" for word in words if word.is_withdrawn}
    label = day_name or _("today")
    widths = (("narrow", 320), ("wide", 580))
    drawings = [_drawing(name, width, milestones, today, label) for name, width in widths]
    return Timeline(_summary(groups), drawings, groups, frozenset(shows))


def slip_of(words: Sequence[MilestoneWord]) -> str:
    """How far the newest of the words that hold lies from the first; empty where nothing can be said.

    Every date counts as the last day of what was said.
    """
    holding = [word for word in words if not word.is_withdrawn]
    if len(holding) < 2:
        return ""
    first, newest = _last(holding[0]), _last(holding[-1])
    if abs(newest - first) >= LESS_THAN_A_MONTH and slip_in_words(first, newest):
        return slip_in_words(first, newest)
    if newest > first:
        return _("less than a month later than first said")
    happened = MilestoneDate.Kind.ACTUAL
    return _("on time") if holding[-1].kind == happened != holding[0].kind else ""


def _last(word: MilestoneWord) -> date:
    return last_day(word.on, word.precision)


def _row(word: MilestoneWord) -> Row:
    kind = str(MilestoneDate.Kind(word.kind).label)
    on = in_words(word.on, word.precision)
    return Row(kind, on, _last(word), word.stated_on, word.url, word.is_withdrawn)


def _summary(groups: list[Group]) -> str:
    """For those who hear the picture."""
    told = []
    for group in groups:
        dates = "; ".join(f"{row.words} ({row.kind})" for row in group.rows if not row.is_withdrawn)
        told.append(f"{group.name}: {dates or _('The statement it comes from was withdrawn.')}")
        if group.slip:
            told[-1] += f", {group.slip}"
    return ". ".join(told)


def _drawing(name: str, width: int, milestones: Sequence[Milestone], today: date, label: str) -> Drawing:
    words = [word for each in milestones for word in each.dates]
    days = [today, *map(_last, words), *(first_day(word.on, word.precision) for word in words)]
    time = Time(min(days).year, max(days).year, MARGIN, width - MARGIN)
    top = 40 if time.is_in_months else 25
    bands: list[Band] = []
    for each in milestones:
        bands.append(_band(each, time, bands[-1].bottom if bands else top, width))
    plot = Box(time.left, top, time.right, bands[-1].bottom)
    rules, periods, years = time.ticks()
    at = time.x(today)
    sign = _line(at, plot.bottom + 15, label, width)
    return Drawing(name, width, plot.bottom + 22, plot, rules, periods, years, sign, at, bands)


def _band(milestone: Milestone, time: "Time", top: float, width: int) -> Band:
    """The name; the dates, one above another where they would cover each other; how far they moved."""
    names = [
        Line(0, round(top + GAP + LINE * number, 1), text)
        for number, text in enumerate(lines_of(milestone.name, width, BOLD), 1)
    ]
    under = names[-1].y + 6
    spans: list[Span] = []
    for word in milestone.dates:
        span = _span(word, time, under, width)
        while any(_room(span).meets(_room(other)) for other in spans):
            lower = LINE + BAR + 2
            span = span._replace(
                box=span.box._replace(top=span.box.top + lower, bottom=span.box.bottom + lower),
                label=span.label._replace(y=span.label.y + lower),
            )
        spans.append(span)
    bottom = max(span.box.bottom for span in spans)
    slip = _slip(milestone.dates, time, bottom + GAP, width)
    if slip:
        bottom = slip.lines[-1].y
    return Band(top, round(bottom + GAP + 4, 1), names, spans, slip)


def _span(word: MilestoneWord, time: "Time", top: float, width: int) -> Span:
    left, right = time.x(first_day(word.on, word.precision)), time.x(_last(word), after=True)
    if right - left < BAR:  # a day, or a month among many years
        left, right = (left + right - BAR) / 2, (left + right + BAR) / 2
    box = Box(round(left, 1), top + LINE, round(right, 1), top + LINE + BAR)
    row = _row(word)
    stated = date_format(word.stated_on, "DATE_FORMAT")
    words = f"{row.words} ({row.kind}). {_('Stated on')}: {stated}"
    if word.is_withdrawn:
        words = f"{words}. {_('The statement it comes from was withdrawn.')}"
    label = _line((left + right) / 2, top + LINE - 4, short(word.on, word.precision), width)
    return Span(word.kind, box, label, words, word.is_withdrawn)


def _room(span: Span) -> Box:
    """What no other date may cover: the bar with its label."""
    half = width_of(span.label.text) / 2
    left, right = min(span.box.left, span.label.x - half), max(span.box.right, span.label.x + half)
    return Box(left - 3, span.box.top - LINE, right + 3, span.box.bottom)


def _slip(words: Sequence[MilestoneWord], time: "Time", top: float, width: int) -> Slip | None:
    said = slip_of(words)
    if not said:
        return None
    holding = [word for word in words if not word.is_withdrawn]
    first, newest = _last(holding[0]), _last(holding[-1])
    from_x, x = time.x(first, after=True), time.x(newest, after=True)
    back = -6 if newest > first else 6
    head = f"{round(x + back, 1)},{top - 4} {x},{top} {round(x + back, 1)},{top + 4}"
    moved = abs(x - from_x) > BAR
    under = top + LINE if moved else top + GAP
    lines = [
        _line((from_x + x) / 2, under + LINE * number, text, width, BOLD)
        for number, text in enumerate(lines_of(said, width, BOLD))
    ]
    return Slip(from_x, x, top, head if moved else "", lines, newest > first)


def _line(middle: float, y: float, text: str, width: int, size: float = TEXT) -> Line:
    """Around `middle`, as far as the drawing has room."""
    half = width_of(text, size) / 2
    return Line(round(max(half, min(middle, width - half)), 1), round(y, 1), text)


def short(on: date, precision: str) -> str:
    """A date where there is no room for many words."""
    match precision:
        case Precision.MONTH:
            return format_date(on, "LLL y", active())
        case Precision.QUARTER:
            return format_date(on, "QQQ y", active())
        case Precision.DAY:
            return date_format(on, "SHORT_DATE_FORMAT")
        case _:
            return in_words(on, precision)


def lines_of(text: str, width: float, size: float) -> list[str]:
    """`text` in as few lines as it takes, of much the same length; a word wider than that stands alone."""
    lines = _filled(text, width, size)
    while len(lines) > 1 and len(closer := _filled(text, width := width - TEXT, size)) == len(lines):
        lines = closer
    return lines


def _filled(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def width_of(text: str, size: float = TEXT) -> float:
    """Of `text` in the widest font that may show it: fonts differ from reader to reader."""
    parts = (0.4 if sign in NARROW_LETTERS else 0.9 if sign in WIDE_LETTERS else 0.66 for sign in text)
    return round(sum(parts) * size, 1)


class Time(NamedTuple):
    """An axis over whole years, from the first of January of one to the last of December of another."""

    first: int
    last: int
    left: float
    right: float

    @property
    def is_in_months(self) -> bool:
        return self.last - self.first < 2

    def x(self, day: date, *, after: bool = False) -> float:
        """Where `day` begins; `after`: where it ends."""
        begin = date(self.first, 1, 1).toordinal()
        end = date(self.last, 12, 31).toordinal() + 1
        share = (day.toordinal() + after - begin) / (end - begin)
        return round(self.left + share * (self.right - self.left), 1)

    def ticks(self) -> tuple[list[float], list[Tick], list[Tick]]:
        """Where periods begin; their labels in the middle of each; the years under months."""
        years = [
            (date(year, 1, 1), date(year, 12, 31), str(year)) for year in range(self.first, self.last + 1)
        ]
        if not self.is_in_months:
            return (*self._labelled(years, STEPS_OF_YEARS, self.first), [])
        months = [
            (date(year, month, 1), date(year, month, 28), format_date(date(year, month, 1), "LLL", active()))
            for year in range(self.first, self.last + 1)
            for month in range(1, 13)
        ]
        rules, labels = self._labelled(months, STEPS_OF_MONTHS, 0)
        return rules, labels, [Tick(self._middle(first, last), label) for first, last, label in years]

    def _labelled(
        self, periods: list[tuple[date, date, str]], steps: Sequence[int], offset: int
    ) -> tuple[list[float], list[Tick]]:
        room = (self.right - self.left) / len(periods)
        widest = max(width_of(label) for _first, _last, label in periods) + 10
        every = next((step for step in steps if step * room >= widest), steps[-1])
        chosen = [period for number, period in enumerate(periods, offset) if number % every == 0] or periods[
            :1
        ]
        rules = [self.x(first) for first, _last, _label in chosen]
        return rules, [Tick(self._middle(first, last), label) for first, last, label in chosen]

    def _middle(self, first: date, last: date) -> float:
        return round((self.x(first) + self.x(last, after=True)) / 2, 1)
