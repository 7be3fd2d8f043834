from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from events.models import Event
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.models import Takedown

from .models import Told
from .pieces import CANCELLED, MOVED, NEW, RESTORED, News, Piece, in_words, removed


class Events(News):
    """The events of `rows`, in the active language."""

    def __init__(self, rows: Sequence[Told]) -> None:
        """Three queries at most."""
        asked = {row.item for row in rows}
        found: list[Any] = list(Event.objects.live().filter(pk__in=asked).with_moves())
        self.events = {event.pk: event for event in found}
        down = [event.pk for event in found if event.is_cancelled]
        self.takedowns = Takedown.objects.of_each(Event, down, language="")

    def is_public(self, row: Told) -> bool:
        return row.item in self.events

    def taken_down_as(self, row: Told) -> str:
        return CANCELLED if self.events[row.item].is_cancelled else ""

    def removed(self, row: Told) -> Piece:
        return removed(_("An event has been removed from the site"), row.begun_at)

    def piece(self, row: Told, change: str) -> Piece:
        event = self.events[row.item]
        head = {
            NEW: event.title,
            MOVED: _("Moved: %(title)s") % {"title": event.title},
            CANCELLED: _("Cancelled: %(title)s") % {"title": event.title},
            RESTORED: _("In force again: %(title)s") % {"title": event.title},
        }
        marks = {MOVED: _("Moved"), CANCELLED: _("Cancelled"), RESTORED: _("In force again")}
        begin = _("When: %(moment)s, Bishkek time") % {"moment": in_words(event.starts_at)}
        facts = [begin, *([_("Where: %(venue)s") % {"venue": event.venue}] if event.venue else [])]
        note_title, note, note_language = "", "", ""
        takedown = self.takedowns.get(row.item)
        if change == MOVED and event.last_move:
            note_title, note = _("It was announced for"), in_words(event.last_move.starts_at)
            if event.last_move.venue and event.last_move.venue != event.venue:
                note = f"{note}, {event.last_move.venue}"
        elif change == CANCELLED and takedown:
            note_title, note = _("Why"), takedown.reason
            note_language = takedown.reason_language
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
