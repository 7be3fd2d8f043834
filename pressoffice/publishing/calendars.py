"""The base of every calendar to subscribe to (RFC 5545): the office's time zone, conditional GET, HEAD."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control
from icalendar import Calendar, Event, Timezone

from .addresses import absolute
from .languages import active

FIRST_DAY, LAST_DAY = date(1991, 1, 1), date(2038, 1, 1)


class PublicCalendar:
    """Answers in one piece, so that ConditionalGetMiddleware can compare the bytes: "now" is not in it."""

    name = ""  # of the programme that made it, not of the calendar

    def __call__(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        entries = list(self.entries(request, **kwargs))
        calendar = Calendar()
        calendar.add("prodid", f"-//Press office//{self.name}//EN")
        calendar.add("version", "2.0")
        calendar.add("x-wr-calname", self.title(**kwargs))
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        # Also where it is empty: a calendar without any component is none.
        calendar.add_component(
            Timezone.from_tzid(settings.TIME_ZONE, first_date=FIRST_DAY, last_date=LAST_DAY)
        )
        for entry in entries:
            calendar.add_component(entry)
        response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
        patch_cache_control(response, public=True, no_cache=True)
        return response

    def title(self, **kwargs: Any) -> str:
        raise NotImplementedError

    def entries(self, request: HttpRequest, **kwargs: Any) -> Iterable[Event]:
        """Raises Http404 where there is no such calendar."""
        raise NotImplementedError


def entry_id(name: str) -> str:
    """Names one entry in one language for good."""
    return f"{name}-{active()}@{absolute('').partition('//')[2]}"


def subscription(address: str) -> str:
    """`address` ("/en/….ics") as calendars take it that subscribe rather than copy."""
    return f"webcal://{absolute(address).partition('//')[2]}"
