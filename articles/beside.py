"""What stands beside a text while somebody writes it: whom and what it names, each with one click to take it
up, and what the office remembers of it.

What was said of projects before is kept above this app (the ledger). It tells in `AppConfig.ready()`:

    beside.remember_by(memory)
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from events.models import Event
from pressoffice.directory.models import Person
from pressoffice.publishing import moment
from projects.models import Project

from .beside_the_original import original_of
from .bodies import Held, text_and_marks
from .carrying_over import Carried, carried_over
from .marking import Take, free_place, page_of
from .models import Edition, Passage
from .named import public_people
from .recognition import Found, Kind, Spell, known_in, recognise

LONGEST_READ = 60_000  # characters, an hour of speech; what comes after them is not read
MOST_OF_A_KIND = 20
SHOWN_WORDS = 60  # characters of them on a button


class Seen(NamedTuple):
    """A text as it stands in the editor, and what was found in it."""

    edition: Edition
    text: str
    held: list[Held]
    found: list[Found]
    stated_on: date

    @property
    def language(self) -> str:
        return self.edition.language

    def codes(self) -> list[str]:
        """Of the projects it speaks of, marked or not, in the order of their first words."""
        named = [(each.start, each.key) for each in self.found if each.kind == Kind.PROJECT and not each.also]
        named += [(each.start, each.project_code) for each in self.held if each.project_code]
        return list(dict.fromkeys(code for _start, code in sorted(named)))


class Card(NamedTuple):
    """A piece of the panel that somebody else's template draws."""

    template: str
    content: Any


class Unanswered(NamedTuple):
    """Words that differ from what was public last of a project, of which nobody has said why."""

    words: str
    project: str
    told: str


class Recalled(NamedTuple):
    """`last_said`: of each project of the text, by its code. `differences`: figures and dates that differ
    from what was public last."""

    last_said: dict[str, Card]
    differences: list[Card]
    unanswered: list[Unanswered]


class Memory(Protocol):
    def read_dates(self, text: str, language: str, stated_on: date) -> list[Spell]: ...

    def recall(self, seen: Seen) -> Recalled: ...

    def answer(self, seen: Seen, key: str, answer: str, *, by: Any) -> bool:
        """Keep what somebody said of a difference; False where there is no such difference (any more)."""


_memory: list[Memory] = []


def remember_by(memory: Memory) -> None:
    _memory[:] = [memory]


def memory() -> Memory | None:
    return _memory[0] if _memory else None


def seen_in(edition: Edition, body: str) -> Seen:
    """`body`: clean. Five queries."""
    text, held = text_and_marks(body)
    text = text[:LONGEST_READ]
    stated_on = edition.statement.delivered_on or _today()
    remembered = memory()
    found = recognise(
        text,
        edition.language,
        known_in(edition.language),
        stated_on=stated_on,
        read_dates=remembered.read_dates if remembered else None,
    )
    return Seen(edition, text, held, found, stated_on)


def unanswered_in(edition: Edition) -> list[Unanswered]:
    """Of the text as it is saved. As many queries as the panel for its projects."""
    remembered = memory()
    return remembered.recall(seen_in(edition, edition.body)).unanswered if remembered and edition.body else []


def _today() -> date:
    return timezone.localdate(moment.now())


@dataclass
class Offer:
    """A button: what it takes up and which words it is about."""

    take: Take
    label: Any
    href: str = ""
    is_carried: bool = False  # a passage of the original


@dataclass
class Row:
    """One project, person or event of the text."""

    kind: str
    key: str
    label: str
    words: str
    note: str = ""
    is_done: bool = False
    is_public: bool = True
    offers: list[Offer] = field(default_factory=list)
    card: Card | None = None
    event_to_set: str = ""  # an event's code, where the statement has none yet


@dataclass
class Panel:
    language: str
    projects: list[Row]
    people: list[Row]
    events: list[Row]
    differences: list[Card]
    unanswered: list[Unanswered]
    carried: list[Carried]
    is_cut: bool
    left_out: int

    @property
    def groups(self) -> list[tuple[Any, list[Row]]]:
        named: list[tuple[Any, list[Row]]] = [
            (Project, self.projects),
            (Person, self.people),
            (Event, self.events),
        ]
        return [(capfirst(model._meta.verbose_name_plural), rows) for model, rows in named if rows]


def panel_of(seen: Seen, *, may_set_event: bool = False) -> Panel:
    """A fixed number of queries, however much the text names."""
    by_kind: dict[Kind, dict[Any, list[Found]]] = {kind: {} for kind in Kind}
    for each in seen.found:
        by_kind[each.kind].setdefault((each.key, each.also), []).append(each)
    remembered = memory()
    recalled = remembered.recall(seen) if remembered else Recalled({}, [], [])
    carried = carried_from_the_original(seen)
    projects = _projects(seen, by_kind[Kind.PROJECT], recalled.last_said, carried)
    people = _people(seen, by_kind[Kind.PERSON])
    events = _events(seen, by_kind[Kind.EVENT], may_set_event=may_set_event)
    return Panel(
        seen.language,
        projects[:MOST_OF_A_KIND],
        people[:MOST_OF_A_KIND],
        events[:MOST_OF_A_KIND],
        differences=recalled.differences,
        unanswered=recalled.unanswered,
        carried=[each for each in carried if each.take],
        is_cut=len(seen.text) >= LONGEST_READ,
        left_out=sum(max(0, len(rows) - MOST_OF_A_KIND) for rows in (projects, people, events)),
    )


def carried_from_the_original(seen: Seen) -> list[Carried]:
    """Of a translation: the passages of its original that are not marked in it. One query; none for the
    original itself."""
    original = original_of(seen.edition) if seen.text.strip() else None
    return carried_over(seen, original) if original else []


def _free(seen: Seen, places: Iterable[Found]) -> tuple[str, int] | None:
    """The first words about it that are neither a passage nor a link yet, and which place of theirs."""
    for each in places:
        words = seen.text[each.start : each.end]
        if "\n" not in words and (nth := free_place(words, each.start, seen.text, seen.held)) is not None:
            return words, nth
    return None


def _projects(
    seen: Seen, found: dict[Any, list[Found]], cards: dict[str, Card], carried: list[Carried]
) -> list[Row]:
    offered: dict[str, list[Offer]] = {}
    for each in carried:
        if each.take:
            offered.setdefault(each.project_code, []).append(Offer(each.take, _label(each), is_carried=True))
    marked = {each.project_code for each in seen.held if each.project_code}
    codes = (
        {key for key, _also in found}
        | {code for _key, also in found for code in also}
        | marked
        | set(offered)
    )
    named = {project.code: project for project in Project.objects.filter(code__in=codes)}
    rows = []
    for (key, also), places in found.items():
        free = _free(seen, places)
        candidates = [code for code in (key, *also) if code in named]
        is_done = bool(marked & set(candidates))
        offers = [] if also else offered.pop(key, [])
        if free and not is_done and not offers:
            offers = [
                Offer(
                    Take("mark", "mentions", code, free[1], free[0]),
                    _("Mark: %(project)s") % {"project": named[code].name} if also else _("Mark the passage"),
                )
                for code in candidates
            ]
        rows.append(
            Row(
                Kind.PROJECT,
                key,
                " / ".join(named[code].name for code in candidates),
                seen.text[places[0].start : places[0].end],
                is_done=is_done and not offers,
                is_public=all(named[code].is_live() for code in candidates),
                offers=offers,
                card=None if also else cards.get(key),
            )
        )
    told = {row.key for row in rows}
    rows += [
        Row(
            Kind.PROJECT,
            code,
            named[code].name,
            "",
            is_done=code not in offered,
            is_public=named[code].is_live(),
            offers=offered.get(code, []),
            card=cards.get(code),
        )
        for code in dict.fromkeys([*seen.codes(), *offered])
        if (code in marked or code in offered) and code in named and code not in told
    ]
    return rows


def _label(carried: Carried) -> str:
    """“Mark «280 km»: gives a figure”."""
    words = carried.take.words if carried.take else ""
    return _("Mark «%(words)s»: %(relation)s") % {
        "words": Truncator(words).chars(SHOWN_WORDS),
        "relation": Passage.Relation(carried.relation).label,
    }


def _link(seen: Seen, kind: str, key: str, places: list[Found]) -> tuple[list[Offer], bool]:
    """The offer to link the words, and whether the text leads there already."""
    address = page_of(kind, key, seen.language)
    tail = address.partition("/")[2].partition("/")[2]
    if any(each.href.rstrip("/").endswith(f"/{tail.rstrip('/')}") for each in seen.held if each.href):
        return [], True
    free = _free(seen, places)
    if free is None:
        return [], False
    return [Offer(Take("link", kind, key, free[1], free[0]), _("Link to the page"), address)], False


def _people(seen: Seen, found: dict[Any, list[Found]]) -> list[Row]:
    slugs = [key for key, _also in found]
    people = {
        person.slug: person for person in Person.objects.filter(slug__in=slugs).prefetch_related("offices")
    }
    public = set(public_people().filter(slug__in=slugs).values_list("slug", flat=True))
    rows = []
    for (key, _also), places in found.items():
        if key not in people:
            continue
        offers, is_done = _link(seen, "person", key, places)
        office = people[key].office_on(seen.stated_on)
        rows.append(
            Row(
                Kind.PERSON,
                key,
                people[key].name,
                seen.text[places[0].start : places[0].end],
                note=office.title if office else "",
                is_done=is_done,
                is_public=key in public,
                offers=offers,
            )
        )
    return rows


def _events(seen: Seen, found: dict[Any, list[Found]], *, may_set_event: bool) -> list[Row]:
    events = {event.code: event for event in Event.objects.filter(code__in=[key for key, _also in found])}
    rows = []
    for (key, _also), places in found.items():
        if key not in events:
            continue
        event = events[key]
        offers, is_done = _link(seen, "event", key, places)
        is_its_event = seen.edition.statement.event_id == event.pk
        day = date_format(event.starts_at, "DATE_FORMAT")
        rows.append(
            Row(
                Kind.EVENT,
                key,
                event.title,
                seen.text[places[0].start : places[0].end],
                note=_("%(day)s – the statement's event") % {"day": day} if is_its_event else day,
                is_done=is_done,
                is_public=event.is_live(),
                offers=offers,
                event_to_set=key if may_set_event and seen.edition.statement.event_id is None else "",
            )
        )
    return rows
