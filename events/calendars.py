"""Events for calendars: one to take along, and every filter of the list to subscribe to."""

from collections.abc import Iterable
from typing import Any

import icalendar
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.calendars import PublicCalendar, entry_id

from .filters import EventFilter
from .models import Event


class EventCalendar(PublicCalendar):
    """Upcoming and past events, as `EventFilter` narrows them down."""

    name = "Events"

    def title(self, **kwargs: Any) -> str:
        return _("Events of the press office")

    def entries(self, request: HttpRequest, **kwargs: Any) -> Iterable[icalendar.Event]:
        events = EventFilter(request.GET, Event.objects.live().order_by("starts_at", "pk"), offering=False).qs
        return map(_entry, events.with_moves())


class OneEventCalendar(PublicCalendar):
    name = "Event"

    def title(self, code: str = "", **kwargs: Any) -> str:
        return _live(code).title

    def entries(self, request: HttpRequest, code: str = "", **kwargs: Any) -> Iterable[icalendar.Event]:
        return [_entry(_live(code))]


def _live(code: str) -> Event:
    found = Event.objects.live().filter(code=code).with_moves().first()
    if found is None:
        raise Http404
    return found


def _entry(event: Event) -> icalendar.Event:
    move = event.last_move
    entry = icalendar.Event()
    entry.add("uid", entry_id(f"event-{event.code}"))
    changed_at = move.moved_at if move else event.live_from
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    # Another time or place, or the cancellation, and nothing else, makes another version of the entry.
    entry.add("sequence", event.sequence)
    entry.add("dtstart", timezone.localtime(event.starts_at))
    entry.add("dtend", timezone.localtime(event.ends_at))
    entry.add("summary", event.title)
    if event.venue:
        entry.add("location", event.venue)
    entry.add("description", "\n\n".join(_told(event)))
    entry.add("categories", [str(event.get_kind_display())])
    entry.add("url", absolute(event.get_absolute_url()))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    return entry


def _told(event: Event) -> list[str]:
    told = [event.summary]
    if event.accreditation_until:
        until = date_format(timezone.localtime(event.accreditation_until), "DATETIME_FORMAT")
        told.append(_("Accreditation until %(moment)s.") % {"moment": until})
    if event.accreditation:
        told.append(event.accreditation)
    return [*filter(None, told), absolute(event.get_absolute_url())]
