"""Events for calendars: one to take along, and every filter of the list to subscribe to."""

from collections import defaultdict
from datetime import datetime
from typing import Any

import icalendar
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.calendars import PublicCalendar
from pressoffice.publishing.languages import active
from pressoffice.publishing.lasting_ids import id_in
from pressoffice.publishing.models import Takedown, subject_type

from .feeds import events_changed
from .filters import EventFilter
from .models import Event, EventQuerySet


class EventCalendar(PublicCalendar):
    """Upcoming and past events, as `EventFilter` narrows them down."""

    name = "Events"

    def subject(self, request: HttpRequest, **kwargs: Any) -> EventFilter:
        return EventFilter(request.GET, Event.objects.live().order_by("starts_at", "pk"), offering=False)

    def title(self, subject: EventFilter) -> str:
        return " – ".join(filter(None, [_("Events of the press office"), subject.named_with_unknown()]))

    def entries(self, subject: EventFilter) -> list[icalendar.Event]:
        return [] if subject.unknown() else _entries(subject.qs)

    def changed(self) -> list[datetime]:
        return events_changed()


class OneEventCalendar(PublicCalendar):
    name = "Event"

    def subject(self, request: HttpRequest, code: str = "", **kwargs: Any) -> Event:
        found = Event.objects.live().filter(code=code).first()
        if found is None:
            raise Http404
        return found

    def query(self, subject: Event) -> dict[str, str]:
        return {}

    def title(self, subject: Event) -> str:
        return subject.title

    def note(self, subject: Event) -> str:
        return ""

    def entries(self, subject: Event) -> list[icalendar.Event]:
        return _entries(Event.objects.live().filter(pk=subject.pk))

    def changed(self) -> list[datetime]:
        return events_changed()


def _entries(events: EventQuerySet) -> list[icalendar.Event]:
    """Three queries."""
    found = list(events.with_moves())
    changes: dict[int, list[datetime]] = defaultdict(list)
    keys = [event.pk for event in found]
    taken_down = Takedown.objects.filter(subject_type=subject_type(Event), subject_id__in=keys)
    reasons = {}
    for takedown in taken_down:
        if takedown.kind == Takedown.Kind.CANCELLED and takedown.lifted_at is None:
            reasons[takedown.subject_id] = takedown.reason
        times = [takedown.at, *([takedown.lifted_at] if takedown.lifted_at else [])]
        changes[takedown.subject_id] += [at for at in times if at <= moment.now()]
    for event in found:
        changes[event.pk] += [move.moved_at for move in event.moves.all() if move.moved_at <= moment.now()]
    return [_entry(event, sorted(changes[event.pk]), reasons.get(event.pk, "")) for event in found]


def _entry(event: Event, changes: list[datetime], reason: str) -> icalendar.Event:
    """`changes`: when it was moved, cancelled and put back; `reason`: why it will not take place."""
    entry = icalendar.Event()
    entry.add("uid", str(id_in(event.uuid, active())))
    changed_at = changes[-1] if changes else event.live_from
    entry.add("dtstamp", changed_at)
    entry.add("last-modified", changed_at)
    # Another time or place, or the cancellation, and nothing else, makes another version of the entry. What
    # is put back is one more: programs pass over what has a lower number.
    entry.add("sequence", len(changes))
    entry.add("dtstart", timezone.localtime(event.starts_at))
    entry.add("dtend", timezone.localtime(event.ends_at))
    entry.add("summary", event.title)
    if event.venue:
        entry.add("location", event.venue)
    entry.add("description", "\n\n".join(_told(event, reason)))
    entry.add("categories", [str(event.get_kind_display())])
    entry.add("url", absolute(event.get_absolute_url()))
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    return entry


def _told(event: Event, reason: str) -> list[str]:
    told = [event.summary]
    if event.is_cancelled and reason:
        told.insert(0, _("Cancelled: %(reason)s") % {"reason": reason})
    if event.accreditation_until:
        until = date_format(timezone.localtime(event.accreditation_until), "DATETIME_FORMAT")
        told.append(_("Accreditation until %(moment)s.") % {"moment": until})
    if event.accreditation:
        told.append(event.accreditation)
    return [*filter(None, told), absolute(event.get_absolute_url())]
