"""The base of every calendar to subscribe to (RFC 5545): the office's time zone, conditional GET, HEAD."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vDuration

from .addresses import absolute
from .feeds import latest
from .pages import with_query
from .unchanged import Poll

ASK_AGAIN_AFTER = timedelta(hours=1)
FIRST_DAY, LAST_DAY = date(1991, 1, 1), date(2038, 1, 1)


class PublicCalendar:
    """Answers in one piece, so that an answer that has not changed is not sent again: "now" is not in it."""

    name = ""  # of the programme that made it, not of the calendar

    def __call__(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        poll = Poll(request)
        response = poll.unchanged()
        if response is None:
            subject = self.subject(request, **kwargs)
            response = HttpResponse(self._calendar(subject).to_ical())
            own = with_query(request.path, self.query(subject))
            poll.keep(response, last_modified=latest(self.changed()), address=own)
        response.headers["Content-Type"] = "text/calendar; charset=utf-8"
        patch_cache_control(response, public=True, no_cache=True)
        return response

    def _calendar(self, subject: Any) -> Calendar:
        entries = list(self.entries(subject))
        calendar = Calendar()
        calendar.add("prodid", f"-//Press office//{self.name}//EN")
        calendar.add("version", "2.0")
        for name in ("name", "x-wr-calname"):  # RFC 7986, and what programs read that are older
            calendar.add(name, self.title(subject))
        if note := self.note(subject):
            for name in ("description", "x-wr-caldesc"):
                calendar.add(name, note)
        calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(ASK_AGAIN_AFTER))
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        # Also where it is empty: a calendar without any component is none.
        calendar.add_component(
            Timezone.from_tzid(settings.TIME_ZONE, first_date=FIRST_DAY, last_date=LAST_DAY)
        )
        for entry in entries:
            calendar.add_component(entry)
        return calendar

    def subject(self, request: HttpRequest, **kwargs: Any) -> Any:
        """What it is narrowed down to. Raises Http404 where there is no such calendar."""
        raise NotImplementedError

    def query(self, subject: Any) -> dict[str, str]:
        """What narrows it down, as it stands in its address."""
        return {**subject.given(), **subject.unknown_as_asked()}

    def title(self, subject: Any) -> str:
        raise NotImplementedError

    def note(self, subject: Any) -> str:
        told = subject.left_out()
        if subject.unknown():
            told.append(_("Nothing that is public fits this address now. It may again later."))
        return " ".join(told)

    def entries(self, subject: Any) -> Iterable[Event]:
        """None where a value is not known: whoever follows one country must not be sent all of them."""
        raise NotImplementedError

    def changed(self) -> list[datetime]:
        """When what it shows last changed; never a moment still to come."""
        raise NotImplementedError


def subscription(address: str) -> str:
    """`address` ("/en/….ics") as calendars take it that subscribe rather than copy."""
    return f"webcal://{absolute(address).partition('//')[2]}"
