"""The one way in: everything a text names."""

from collections.abc import Callable, Iterable
from datetime import date

from projects.recognition import Recogniser

from .events import EventRecogniser, Spell
from .found import Found, Kind
from .known import Known
from .people import PeopleRecogniser

# Text, language, day on which it was said: the days it names. The ledger reads them (articles.beside).
ReadDates = Callable[[str, str, date], list[Spell]]


def recognise(
    text: str, language: str, known: Known, *, stated_on: date, read_dates: ReadDates | None = None
) -> list[Found]:
    """In the order of the words, every place. Things of different kinds may overlap."""
    spells = read_dates(text, language, stated_on) if read_dates and known.events else []
    found = [
        Found(
            Kind.PROJECT,
            each.project.code,
            each.project.label or each.project.code,
            each.start,
            each.end,
            tuple(other.code for other in each.also),
        )
        for each in Recogniser(known.projects, language, shortened=True).find(text)
    ]
    found += PeopleRecogniser(known.people, language).find(text)
    found += EventRecogniser(known.events, language).find(text, spells)
    return sorted(found, key=lambda each: (each.start, each.end))


def first_of_each(found: Iterable[Found]) -> list[Found]:
    first: dict[tuple[Kind, str], Found] = {}
    for each in found:
        first.setdefault((each.kind, each.key), each)
    return list(first.values())
