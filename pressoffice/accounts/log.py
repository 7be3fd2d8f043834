"""Write down what happens at the door."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from pressoffice.publishing.plain_text import clean_line

from . import throttle
from .models import LONGEST_BROWSER, LogInEntry, User


def browser_of(request: HttpRequest | None) -> str:
    return clean_line(request.headers.get("User-Agent", ""))[:LONGEST_BROWSER] if request else ""


def write_down(
    what: LogInEntry.What,
    user: Any,
    request: HttpRequest | None,
    *,
    by: User | None = None,
    factor: str = "",
    detail: str = "",
) -> None:
    """`user` is None for a name that nobody has, `request` is None on the command line; `by` is
    whoever did it to somebody else's log-in."""
    LogInEntry.objects.create(
        at=timezone.now(),
        what=what,
        user=user,
        by=by,
        factor=factor,
        detail=clean_line(detail)[:500],
        address=throttle.address_of(request) if request else "",
        browser=browser_of(request),
    )
