"""One moment for each request: now, or the one that `?as_of=` asks about."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from . import moment
from .pages import never_cached
from .pagination import NoSuchPage

FIRST_YEAR = 1991
LONGEST = 40
READING = ("GET", "HEAD", "OPTIONS")


class OneMomentPerRequest:
    """Public pages, feeds and data answer as of the day or moment in `?as_of=` (ISO 8601; a day means its
    end, in the site's time zone). Never of the future: that would tell what is scheduled. What was removed
    since stays removed. Such answers are kept by no cache and no search engine.

    A request that changes something runs by the clock: who waited for another's step must see it as past.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if request.method not in READING:
            request.as_of = None
            return self.get_response(request)
        asked = request.GET.get("as_of", "") if get_language_from_path(request.path_info) else ""
        now = moment.now()
        request.as_of = _moment_of(asked, now) if asked else None
        with moment.fixed(request.as_of or now):
            response = self.get_response(request)
        if asked:
            never_cached(response)
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_view(self, request: Any, *view: Any) -> None:
        # Not before: the sentence is in the language that a middleware after this one finds out.
        if request.as_of is None and request.GET.get("as_of") and get_language_from_path(request.path_info):
            raise NoSuchPage(
                _("The site can be seen as of a day between 1991 and today, written like 2025-01-31.")
            )


def _moment_of(asked: str, now: datetime) -> datetime | None:
    """None for what is no moment of the past."""
    if len(asked) > LONGEST or not asked.isascii():
        return None
    try:
        day = parse_date(asked)
        at = parse_datetime(asked) if day is None else datetime.combine(day, time.max)
        if at is None or at.year < FIRST_YEAR:
            return None
        if timezone.is_naive(at):
            at = timezone.make_aware(at)
        is_today = day == timezone.localdate(now)
    except (ValueError, OverflowError):
        return None
    if is_today:
        return now
    return at if at <= now else None
