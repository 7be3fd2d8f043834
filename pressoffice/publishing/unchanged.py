"""What a poll is told that asks "is there anything new?": mostly no, for the price of one query.

An answer's validators are kept in the cache with the last line of the audit at that time. While no line has
been added, no moment ahead has come and no day has begun, the answer would be the same. None of this is told
to anybody: what is told, the ETag, is made of the answer's bytes.
"""

import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import http_date

from . import moment
from .models import AuditEntry
from .periods import Period

# For what is changed past the audit and the admin: a shell, a fixture.
LONGEST = timedelta(minutes=10)
# A line with a lower number may still be on its way in another transaction; none takes that long.
SETTLED = timedelta(minutes=1)


class Kept(NamedTuple):
    """An answer's validators, and how long it is known to be the same."""

    etag: str
    last_modified: int
    lines: tuple[int, int | None]
    since: datetime
    until: datetime


class Lines(NamedTuple):
    """The last lines of the audit and of the admin's log: both are only ever added to."""

    numbers: tuple[int, int | None]
    at: datetime


class Poll:
    """One request for a document that many programs ask for again and again."""

    def __init__(self, request: Any) -> None:
        self.request: HttpRequest = request
        self.address = request.get_full_path()
        # The past and the future of the site are kept nowhere.
        self.is_of_the_present = not request.GET.get("as_of")
        self.lines = _last_lines() if self.is_of_the_present else None

    def unchanged(self) -> HttpResponse | None:
        """304, if the asker has what we would send. One query."""
        asks = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"} & set(self.request.META)
        if self.lines is None or not asks:
            return None
        kept = cache.get(self._key())
        if not isinstance(kept, Kept) or kept.lines != self.lines.numbers:
            return None
        if not kept.since <= moment.now() < kept.until:
            return None
        response = HttpResponse(headers={"ETag": kept.etag, "Last-Modified": http_date(kept.last_modified)})
        answer = get_conditional_response(
            self.request, etag=kept.etag, last_modified=kept.last_modified, response=response
        )
        return answer if answer is not None and answer.status_code == 304 else None

    def keep(self, response: HttpResponse, *, last_modified: datetime, address: str) -> None:
        """Date and tag `response`; remember both if it stands under its own address. One query."""
        stamp = int(last_modified.timestamp())
        response.headers["Last-Modified"] = http_date(stamp)
        set_response_etag(response)
        if self.lines is None:
            return
        until = _changes_by_itself_at()
        now = moment.now()
        if address == self.address and now - self.lines.at >= SETTLED:
            kept = Kept(response.headers["ETag"], stamp, self.lines.numbers, now, until)
            cache.set(self._key(), kept, timeout=LONGEST.total_seconds())

    def _key(self) -> str:
        return f"unchanged-{hashlib.sha256(self.address.encode()).hexdigest()}"


def _last_lines() -> Lines | None:
    """None where nothing has ever been done: then nothing is public either."""
    logged = LogEntry.objects.order_by("-pk")
    last = (Subquery(logged.values(name)[:1]) for name in ("pk", "action_time"))
    row = AuditEntry.objects.order_by("-pk").values_list("pk", "at", *last).first()
    if row is None:
        return None
    number, at, log_number, logged_at = row
    return Lines((number, log_number), max(at, logged_at or at))


def _changes_by_itself_at() -> datetime:
    """The next moment at which something becomes public, or the next midnight in Bishkek. One query."""
    now = moment.now()
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(tomorrow, time.min)).astimezone(UTC)
    models: list[Any] = [model for model in apps.get_models() if issubclass(model, Period)]
    first, *others = (
        model._base_manager.filter(live_from__gt=now, live_from__lt=midnight)
        .order_by()
        .values_list("live_from", flat=True)
        for model in models
    )
    return min([midnight, *first.union(*others, all=True)])
