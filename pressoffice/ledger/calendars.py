"""What was promised for which day, for calendars that subscribe (RFC 5545)."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import absolute
from projects.models import Project

from .filters import CommitmentFilter
from .models import Commitment
from .promises import Promise, State
from .sources import attach_sources

GIVEN_UP = {None, State.DROPPED, State.REPLACED}


class PromiseCalendar:
    """Every promise with a date, as `CommitmentFilter` narrows them down."""

    def __call__(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        filters = CommitmentFilter(request.GET, self.commitments(**kwargs))
        promises = [promise for promise in filters.promises() if promise.due_on]
        attach_sources([promise.commitment for promise in promises])
        calendar = Calendar()
        calendar.add("prodid", "-//Press office//Promises//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", self.title(**kwargs))
        for promise in promises:
            calendar.add_component(_entry(promise))
        response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
        patch_cache_control(response, public=True, no_cache=True)
        return response

    def title(self) -> str:
        return _("Promises and their dates")

    def commitments(self) -> Any:
        return Commitment.objects.live().select_related("project")


class ProjectCalendar(PromiseCalendar):
    """Those of one project."""

    def title(self, code: str = "") -> str:
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
    newest = max([commitment, *promise.later], key=lambda word: (word.stated_on, word.pk))
    entry = Event()
    entry.add("uid", f"{commitment.uuid}-{active()}@{absolute('').partition('//')[2]}")
    entry.add("dtstamp", _midnight(newest.stated_on))
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


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
