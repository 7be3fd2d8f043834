"""One moment for each request: now, or the one that `?as_of=` asks about."""

import re
from collections.abc import Callable
from datetime import datetime, time
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from . import moment
from .pages import never_cached
from .pagination import NoSuchPage
from .periods import FAR_FUTURE, Period

FIRST_YEAR = 1991
LONGEST = 40
READING = ("GET", "HEAD", "OPTIONS")
# Of a page of ours; one that says data-now leads back to the present.
LINK = re.compile(rb'(<a (?![^>]*data-now)[^>]*?href=")(/[a-z]{2}/[^"?#]*)(\?[^"#]*)?((?:#[^"]*)?")')


class OneMomentPerRequest:
    """Public pages, feeds and data answer as of the day or moment in `?as_of=` (ISO 8601; a day means its
    end, in the site's time zone). What was removed since stays removed. Such answers are kept by no cache and
    no search engine.

    A moment ahead is for those who may see whatever is scheduled; to everybody else it is no moment at all.

    A request that changes something runs by the clock: who waited for another's step must see it as past.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.as_of = request.asked_ahead = None
        request.is_ahead = False
        if request.method not in READING:
            return self.get_response(request)
        asked = request.GET.get("as_of", "") if get_language_from_path(request.path_info) else ""
        now = moment.now()
        at = moment_of(asked, now) if asked else None
        if at is not None and at > now:
            request.asked_ahead = at
        else:
            request.as_of = at
        with moment.fixed(request.as_of or now):
            response = self.get_response(request)
        if request.is_ahead:
            stay_ahead(response, asked)
        if asked:
            never_cached(response)
            response.headers["X-Robots-Tag"] = "noindex"
        return response

    def process_view(self, request: Any, *view: Any) -> None:
        # Not before: who asks, and in which language, is found out by middlewares after this one.
        if request.asked_ahead is not None and may_look_ahead(request):
            request.as_of, request.is_ahead = request.asked_ahead, True
            moment.move(request.as_of)
        if request.as_of is None and request.GET.get("as_of") and get_language_from_path(request.path_info):
            raise NoSuchPage(
                _("The site can be seen as of a day between 1991 and today, written like 2025-01-31.")
            )


@cache
def permissions_to_look_ahead() -> tuple[str, ...]:
    """To see everything whose moment can be still to come."""
    options = (model._meta for model in apps.get_models() if issubclass(model, Period))
    return tuple(f"{each.app_label}.view_{each.model_name}" for each in options)


def may_look_ahead(request: Any) -> bool:
    """Readers without a session cookie cost no look at the session."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    return user.is_active and user.is_staff and user.has_perms(permissions_to_look_ahead())


def stay_ahead(response: HttpResponse, asked: str) -> None:
    """Let the page's links lead on in the same moment: in the present half of them lead nowhere yet."""
    if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    moment_asked = escape(urlencode({"as_of": asked})).encode()

    def onwards(link: re.Match[bytes]) -> bytes:
        begin, address, query, end = link.group(1), link.group(2), link.group(3) or b"", link.group(4)
        if b"as_of=" in query:
            return link.group()
        joint = b"&amp;" if query else b"?"
        return begin + address + query + joint + moment_asked + end

    response.content = LINK.sub(onwards, response.content)


def moment_of(asked: str, now: datetime) -> datetime | None:
    """None for what is no moment. A day ends with its last microsecond; today, for the time being, now."""
    if len(asked) > LONGEST or not asked.isascii():
        return None
    try:
        day = parse_date(asked)
        at = parse_datetime(asked) if day is None else datetime.combine(day, time.max)
        if at is None or not FIRST_YEAR <= at.year < FAR_FUTURE.year:
            return None
        if timezone.is_naive(at):
            at = timezone.make_aware(at)
        is_today = day == timezone.localdate(now)
    except (ValueError, OverflowError):
        return None
    return now if is_today else at
