"""What was promised for which day, for calendars that subscribe (RFC 5545)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from icalendar import Event

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.calendars import PublicCalendar
from pressoffice.publishing.languages import active
from pressoffice.publishing.lasting_ids import id_in
from projects.models import Project

from .feeds import ledger_changed
from .filters import CommitmentFilter
from .models import Commitment
from .moments import attach_moments
from .promises import Promise, State
from .sources import attach_sources

GIVEN_UP = {None, State.DROPPED, State.REPLACED}


class PromiseCalendar(PublicCalendar):
    """Every promise with a date, as `CommitmentFilter` narrows them down."""

    name = "Promises"

    def subject(self, request: HttpRequest, **kwargs: Any) -> CommitmentFilter:
        return CommitmentFilter(request.GET, self.commitments(**kwargs), offering=False)

    def commitments(self, **kwargs: Any) -> Any:
        return Commitment.objects.live().select_related("project")

    def title(self, subject: CommitmentFilter) -> str:
        return " – ".join(filter(None, [_("Promises and their dates"), subject.named_with_unknown()]))

    def entries(self, subject: CommitmentFilter) -> Iterator[Event]:
        promises = [promise for promise in subject.known_promises() if promise.due_on]
        attach_sources([promise.commitment for promise in promises])
        attach_moments(promises)
        return map(_entry, promises)

    def changed(self) -> list[datetime]:
        return ledger_changed()


class ProjectCalendar(PromiseCalendar):
    """Those of one project."""

    def subject(self, request: HttpRequest, code: str = "", **kwargs: Any) -> CommitmentFilter:
        project = Project.objects.live().filter(code=code).first()
        if project is None:
            raise Http404
        found = super().subject(request, project=project)
        found.of_project = project  # type: ignore[attr-defined]
        return found

    def commitments(self, project: Project | None = None, **kwargs: Any) -> Any:
        return super().commitments().filter(project=project)

    def title(self, subject: Any) -> str:
        return f"{super().title(subject)}: {subject.of_project.name}"


def _entry(promise: Promise) -> Event:
    commitment = promise.commitment
    entry = Event()
    entry.add("uid", str(id_in(commitment.uuid, active())))
    entry.add("dtstamp", promise.changed_at)
    entry.add("last-modified", promise.changed_at)
    # Each later word, and each withdrawal of one, makes another version of the entry, and nothing else does.
    entry.add("sequence", promise.changes)
    entry.add("dtstart", promise.due_on)
    entry.add("dtend", promise.due_on + timedelta(days=1))  # type: ignore[operator]
    entry.add("summary", f"{commitment.project.name}: {commitment.text}")
    entry.add("description", f"{promise.now} {absolute(commitment.address)}")
    entry.add("url", absolute(commitment.project.get_absolute_url()))
    entry.add("status", "CANCELLED" if promise.state in GIVEN_UP else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    return entry
