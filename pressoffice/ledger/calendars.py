"""What was promised for which day, for calendars that subscribe (RFC 5545)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from icalendar import Event

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.calendars import PublicCalendar, entry_id
from projects.models import Project

from .filters import CommitmentFilter
from .models import Commitment
from .moments import attach_moments
from .promises import Promise, State
from .sources import attach_sources

GIVEN_UP = {None, State.DROPPED, State.REPLACED}


class PromiseCalendar(PublicCalendar):
    """Every promise with a date, as `CommitmentFilter` narrows them down."""

    name = "Promises"

    def entries(self, request: HttpRequest, **kwargs: Any) -> Iterator[Event]:
        filters = CommitmentFilter(request.GET, self.commitments(**kwargs))
        promises = [promise for promise in filters.promises() if promise.due_on]
        attach_sources([promise.commitment for promise in promises])
        attach_moments(promises)
        return map(_entry, promises)

    def title(self, **kwargs: Any) -> str:
        return _("Promises and their dates")

    def commitments(self) -> Any:
        return Commitment.objects.live().select_related("project")


class ProjectCalendar(PromiseCalendar):
    """Those of one project."""

    def title(self, code: str = "", **kwargs: Any) -> str:
        return f"{super().title()}: {_live(code).name}"

    def commitments(self, code: str = "") -> Any:
        return super().commitments().filter(project=_live(code))


def _live(code: str) -> Project:
    found = Project.objects.live().filter(code=code).first()
    if found is None:
        raise Http404
    return found


def _entry(promise: Promise) -> Event:
    commitment = promise.commitment
    entry = Event()
    entry.add("uid", entry_id(str(commitment.uuid)))
    entry.add("dtstamp", promise.changed_at)
    entry.add("last-modified", promise.changed_at)
    # Each later word, and nothing else, makes another version of the entry.
    entry.add("sequence", len(promise.later))
    entry.add("dtstart", promise.due_on)
    entry.add("dtend", promise.due_on + timedelta(days=1))  # type: ignore[operator]
    entry.add("summary", f"{commitment.project.name}: {commitment.text}")
    entry.add("description", f"{promise.now} {absolute(commitment.address)}")
    entry.add("url", absolute(commitment.project.get_absolute_url()))
    entry.add("status", "CANCELLED" if promise.state in GIVEN_UP else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    return entry
