"""What became public, was corrected, withdrawn or removed since a moment, for those who keep a copy.

Several sources are merged by moment; each brings a page's rows at most, so any time can be asked about.
What was removed is told as an identity and a moment, nothing else.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from heapq import merge
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from articles.models import ChangeNoteAddition, Edition, Statement
from events.models import Event, EventMove
from pressoffice.publishing import moment
from pressoffice.publishing.models import BRING_IN, AuditEntry, Takedown, subject_type
from projects.models import Agreement, Project

from . import cursors
from .cursors import Key
from .paging import Page, next_address
from .parameters import Asked
from .words import Data, api_address, moment_in_utc

RECORDS: dict[str, Any] = {"project": Project, "agreement": Agreement, "event": Event}
NAMES = {subject_type(model): what for what, model in {"statement": Statement, **RECORDS}.items()}
TIES = 3  # columns that tell rows of one moment apart, at most


class Source(NamedTuple):
    rows: Callable[[], Any]
    at: str
    ties: tuple[Key, ...]
    write: Callable[[list[Any]], list[Data]]


def changes(asked: Asked) -> Page:
    """The oldest first."""
    now = moment.now()
    since, rank, ties = asked.values["since"], -1, [""] * TIES
    if given := asked.values.get("cursor"):
        since, rank, *ties = cursors.read(given, asked.question, "moment", "number", *["text"] * TIES)
    found = [
        _of_source(place, source, since, now, asked.limit, (rank, ties))
        for place, source in enumerate(SOURCES)
    ]
    merged = list(merge(*found, key=lambda row: row[:2]))
    shown = merged[: asked.limit]
    page = Page([], None)
    if len(merged) > asked.limit:
        at, place, told, _row = shown[-1]
        page.next = next_address(asked, [at, place, *told])
    written: list[dict[int, Data]] = []
    for place, source in enumerate(SOURCES):
        mine = [row for _at, of, _ties, row in shown if of == place]
        written.append(dict(zip(map(id, mine), source.write(mine), strict=True)))
    page.items = [{**written[place][id(row)], "at": moment_in_utc(at)} for at, place, _ties, row in shown]
    return page


Row = tuple[datetime, int, list[str], Any]


def _of_source(
    place: int,
    source: Source,
    since: datetime,
    now: datetime,
    limit: int,
    last: tuple[int, Sequence[str]],
) -> list[Row]:
    """One query: the rows behind the last one that was given out, one more than a page holds."""
    rank, ties = last
    behind = Q(**{f"{source.at}__gt": since})
    if place > rank >= 0:
        behind |= Q(**{source.at: since})
    elif place == rank:
        values = [cursors.READ[key.kind](tie) for key, tie in zip(source.ties, ties, strict=False)]
        behind |= Q(**{source.at: since}) & cursors.after(source.ties, values)
    rows = source.rows().filter(behind, **{f"{source.at}__lte": now})
    rows = rows.order_by(source.at, *cursors.in_order(source.ties))[: limit + 1]
    return [
        (getattr(row, source.at), place, _padded([str(_value(row, key.name)) for key in source.ties]), row)
        for row in rows
    ]


def _padded(ties: list[str]) -> list[str]:
    return [*ties, *[""] * (TIES - len(ties))]


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _entry(change: str, of: str, own: str, language: str = "", version: int | None = None) -> Data:
    return {
        "change": change,
        "of": of,
        "id": own,
        "language": language or None,
        "version": version,
        "address": api_address(of, own) if change != "removed" else None,
    }


# --- texts -------------------------------------------------------------------------------------------


def _texts() -> Any:
    return (
        Edition.objects.ever_live()
        .select_related("statement")
        .only("statement__reference", "language", "number", "base_id", "is_minor", "live_from")
    )


def _write_texts(rows: list[Any]) -> list[Data]:
    return [
        _entry(
            "published" if row.base_id is None else "changed" if row.is_minor else "corrected",
            "statement",
            row.statement.reference,
            row.language,
            row.number,
        )
        for row in rows
    ]


def _additions() -> Any:
    public = Edition.objects.ever_live()
    return ChangeNoteAddition.objects.filter(edition__in=public).select_related("edition__statement")


def _write_additions(rows: list[Any]) -> list[Data]:
    return [
        _entry(
            "corrected",
            "statement",
            row.edition.statement.reference,
            row.edition.language,
            row.edition.number,
        )
        for row in rows
    ]


# --- taken down and put back -------------------------------------------------------------------------


def _taken_down() -> Any:
    return Takedown.objects.in_force().filter(subject_type__in=NAMES)


def _put_back() -> Any:
    """Of what is public now. A correction of what was put back has its own entry."""
    text = Edition.objects.live().filter(statement=OuterRef("subject_id"), language=OuterRef("language"))
    public = Q(Exists(text), subject_type=subject_type(Statement))
    for model in RECORDS.values():
        live = model.objects.live().filter(pk=OuterRef("subject_id"))
        public |= Q(Exists(live), subject_type=subject_type(model))
    return Takedown.objects.filter(public, lifted_at__isnull=False)


def _write_taken_down(rows: list[Any]) -> list[Data]:
    own = _identities(rows)
    return [
        _entry(row.kind, NAMES[row.subject_type], own[row.subject_type, row.subject_id], row.language)
        for row in rows
    ]


def _write_put_back(rows: list[Any]) -> list[Data]:
    own = _identities(rows)
    return [
        _entry("restored", NAMES[row.subject_type], own[row.subject_type, row.subject_id], row.language)
        for row in rows
    ]


def _identities(rows: list[Any]) -> dict[tuple[str, int], str]:
    """One query for each kind of thing among them."""
    found: dict[tuple[str, int], str] = {}
    for what, model in {"statement": Statement, **RECORDS}.items():
        kind = subject_type(model)
        keys = {row.subject_id for row in rows if row.subject_type == kind}
        if keys:
            column = "reference" if what == "statement" else "code"
            named = model.objects.filter(pk__in=keys).values_list("pk", column)
            found |= {(kind, pk): own for pk, own in named}
    return found


# --- records -----------------------------------------------------------------------------------------


def _records(what: str) -> Source:
    return Source(
        lambda: RECORDS[what].objects.live().only("code", "live_from"),
        "live_from",
        (Key("code"),),
        lambda rows: [_entry("published", what, row.code) for row in rows],
    )


def _moves() -> Any:
    return EventMove.objects.filter(event__in=Event.objects.live()).select_related("event")


# --- brought in with an old archive -------------------------------------------------------------------


def _brought_in() -> Any:
    """What has been public since long before it came: told again at the moment when it came."""
    text = Edition.objects.ever_live().filter(pk=OuterRef("subject_id"))
    public = Q(Exists(text), subject_type=subject_type(Edition))
    for model in RECORDS.values():
        live = model.objects.live().filter(pk=OuterRef("subject_id"))
        public |= Q(Exists(live), subject_type=subject_type(model))
    return AuditEntry.objects.filter(public, step=BRING_IN)


def _write_brought_in(rows: list[Any]) -> list[Data]:
    own = _identities(rows)
    keys = [row.subject_id for row in rows if row.subject_type == subject_type(Edition)]
    texts = Edition.objects.ever_live().select_related("statement").in_bulk(keys)
    return [
        _entry("published", NAMES[row.subject_type], own[row.subject_type, row.subject_id])
        if row.subject_type in NAMES
        else _write_texts([texts[row.subject_id]])[0]
        for row in rows
    ]


OF_A_TEXT = (Key("statement__reference"), Key("language"))
SOURCES = (
    Source(_texts, "live_from", OF_A_TEXT, _write_texts),
    Source(
        _additions,
        "at",
        (Key("edition__statement__reference"), Key("edition__language"), Key("pk", "number")),
        _write_additions,
    ),
    *(_records(what) for what in RECORDS),
    Source(
        _moves,
        "moved_at",
        (Key("event__code"), Key("pk", "number")),
        lambda rows: [_entry("changed", "event", row.event.code) for row in rows],
    ),
    Source(_taken_down, "at", (Key("pk", "number"),), _write_taken_down),
    Source(_put_back, "lifted_at", (Key("pk", "number"),), _write_put_back),
    Source(_brought_in, "at", (Key("pk", "number"),), _write_brought_in),
)
