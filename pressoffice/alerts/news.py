"""What a letter says of what became public: asked anew when the letter is written, never carried along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Edition, Statement
from articles.reading import attach_corrections
from events.models import Event
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.models import Takedown

from .models import Told

NEW, CORRECTED, WITHDRAWN, RESTORED = "new", "corrected", "withdrawn", "restored"
REMOVED, MOVED, CANCELLED = "removed", "moved", "cancelled"
TAKEN_DOWN = {WITHDRAWN, REMOVED, CANCELLED}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One text or event in a letter. Texts are plain."""

    change: str
    mark: str  # what became of it, in a word; empty for what is new
    subject: str  # a line for the head of a letter
    title: str
    kicker: str = ""
    who: Sequence[str] = ()
    summary: str = ""
    facts: Sequence[str] = ()
    note_title: str = ""
    note: str = ""
    note_language: str = ""
    link: str = ""


def pieces_of(rows: Sequence[Told], *, had: set[int]) -> dict[int, Piece]:
    """By key of `rows`, all of one language, which is active. What its reader has nothing to hear of is left
    out. `had`: keys of those whose readers may have an earlier letter. Ten queries at most."""
    texts = _texts([row for row in rows if row.of == Told.Of.STATEMENT])
    events = _events([row for row in rows if row.of == Told.Of.EVENT])
    live_of = {row.pk: (texts if row.of == Told.Of.STATEMENT else events).get(row.item) for row in rows}
    references = _references(
        row.item for row in rows if row.of == Told.Of.STATEMENT and live_of[row.pk] is None
    )
    found = {}
    for row in rows:
        live = live_of[row.pk]
        change = _change(row, live, is_known=row.pk in had)
        if change == REMOVED:
            found[row.pk] = _removed(row, references.get(row.item, ""))
        elif change and isinstance(live, Edition):
            found[row.pk] = _of_text(live, change)
        elif change and isinstance(live, Event):
            found[row.pk] = _of_event(live, change)
    return found


def _change(row: Told, live: Edition | Event | None, *, is_known: bool) -> str:
    """What there is to say of it to this reader, now; empty for nothing."""
    if live is None:
        return REMOVED if is_known else ""
    if live.is_withdrawn or live.is_cancelled:
        return (WITHDRAWN if live.is_withdrawn else CANCELLED) if is_known else ""
    if not is_known:
        return NEW
    if row.news == RESTORED:
        return RESTORED if row.told_as in TAKEN_DOWN else ""
    if row.news in TAKEN_DOWN:  # and put back since, before anybody was told
        return ""
    return row.news


def _texts(rows: Sequence[Told]) -> dict[int, Any]:
    if not rows:
        return {}
    live = Edition.objects.live().in_language(rows[0].language)
    found = list(
        live.filter(statement__in={row.item for row in rows})
        .select_related("statement")
        .defer("body", "notes_to_editors", "media_contact", "settled")
        .prefetch_related("statement__speakers__offices")
    )
    attach_corrections(found)
    _attach_takedowns(found, Statement, lambda text: text.statement_id, language=rows[0].language)
    return {text.statement_id: text for text in found}


def _events(rows: Sequence[Told]) -> dict[int, Any]:
    if not rows:
        return {}
    found = list(Event.objects.live().filter(pk__in={row.item for row in rows}).with_moves())
    _attach_takedowns(found, Event, lambda event: event.pk, language="")
    return {event.pk: event for event in found}


def _attach_takedowns(found: Iterable[Any], model: Any, key: Any, *, language: str) -> None:
    down = [each for each in found if each.is_withdrawn or each.is_cancelled]
    reasons = Takedown.objects.of_each(model, [key(each) for each in down], language=language)
    for each in found:
        each.takedown = reasons.get(key(each))


def _of_text(text: Any, change: str) -> Piece:
    head = {
        NEW: text.title,
        CORRECTED: _("Corrected: %(title)s") % {"title": text.title},
        WITHDRAWN: _("Withdrawn: %(title)s") % {"title": text.title},
        RESTORED: _("In force again: %(title)s") % {"title": text.title},
    }
    marks = {
        CORRECTED: _("Corrected"),
        WITHDRAWN: _("Withdrawn: it no longer holds"),
        RESTORED: _("In force again"),
    }
    note_title, note, note_language = "", "", text.language
    if change == WITHDRAWN and text.takedown:
        note_title, note = _("Why"), text.takedown.reason
        note_language = text.takedown.reason_language
    elif change == CORRECTED and text.corrections:
        last = text.corrections[0]
        note_title = _("What changed")
        note = "\n\n".join([last.change_note, *(addition.text for addition in last.additions)])
    return Piece(
        change=change,
        mark=marks.get(change, ""),
        subject=head[change],
        title=text.title,
        kicker=f"{text.statement.get_kind_display()} · {_moment(text.public_since)}",
        who=[
            ", ".join([each.person.name, *([each.office.title] if each.office else [])])
            for each in text.speakers_in_office()
        ],
        summary="" if change == WITHDRAWN else text.summary,
        note_title=note_title,
        note=note,
        note_language=note_language,
        link=absolute(text.get_absolute_url()),
    )


def _of_event(event: Any, change: str) -> Piece:
    head = {
        NEW: event.title,
        MOVED: _("Moved: %(title)s") % {"title": event.title},
        CANCELLED: _("Cancelled: %(title)s") % {"title": event.title},
        RESTORED: _("In force again: %(title)s") % {"title": event.title},
    }
    marks = {MOVED: _("Moved"), CANCELLED: _("Cancelled"), RESTORED: _("In force again")}
    begin = _("When: %(moment)s, Bishkek time") % {"moment": _moment(event.starts_at)}
    facts = [begin, *([_("Where: %(venue)s") % {"venue": event.venue}] if event.venue else [])]
    note_title, note, note_language = "", "", ""
    if change == MOVED and event.last_move:
        note_title, note = _("It was announced for"), _moment(event.last_move.starts_at)
        if event.last_move.venue and event.last_move.venue != event.venue:
            note = f"{note}, {event.last_move.venue}"
    elif change == CANCELLED and event.takedown:
        note_title, note = _("Why"), event.takedown.reason
        note_language = event.takedown.reason_language
    return Piece(
        change=change,
        mark=marks.get(change, ""),
        subject=head[change],
        title=event.title,
        kicker=str(event.get_kind_display()),
        summary=event.summary,
        facts=facts,
        note_title=note_title,
        note=note,
        note_language=note_language,
        link=absolute(event.get_absolute_url()),
    )


def _references(statements: Iterable[int]) -> dict[int, str]:
    """One query; none where nothing is gone."""
    gone = set(statements)
    return dict(Statement.objects.filter(pk__in=gone).values_list("pk", "reference")) if gone else {}


def _removed(row: Told, reference: str) -> Piece:
    """Nothing of what it said: neither its title nor an address made of it. `reference`: of a text."""
    if row.of == Told.Of.EVENT:
        title, link = _("An event has been removed from the site"), ""
    else:
        title = _("A text has been removed from the site")
        link = absolute(reverse("articles:statement-by-reference", args=[reference])) if reference else ""
    return Piece(
        change=REMOVED,
        mark=_("Removed"),
        subject=title,
        title=title,
        summary=_("We told you of it on %(moment)s. Please do not use it any more.")
        % {"moment": _moment(row.begun_at)},
        link=link,
    )


def _moment(at: datetime | None) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT") if at else ""
