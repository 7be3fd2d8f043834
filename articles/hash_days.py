"""The hashes that became public on one day, with a hash of that day, which holds the day before's.

A day is told when it is over: it never changes again, so whoever kept one can check all that came before it.
An old archive counts for the day on which it was brought in.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from pressoffice.publishing import moment

from .chain import hash_of
from .models import Edition

FORMAT = "press-office-day-1"
# A step that was begun before midnight may be committed after it.
SETTLED = timedelta(minutes=10)
KEY = "days-of-hashes"


class Hash(NamedTuple):
    reference: str
    language: str
    version: int
    hash: str


class Day(NamedTuple):
    day: date
    hash: str
    previous: str  # the hash of the last day before it on which anything became public, or ""
    texts: int

    @property
    def told_at(self) -> datetime:
        return _begin(self.day + timedelta(days=1)) + SETTLED


class Kept(NamedTuple):
    until: date
    days: list[Day]


def closed_days() -> list[Day]:
    """Every day that is over and on which anything became public, the oldest first.

    One query at most: what is over is kept in the cache.
    """
    last = last_closed(moment.now())
    kept = cache.get(KEY) or Kept(date.min, [])
    if kept.until < last:
        kept = Kept(last, [*kept.days, *_days_after(kept, last)])
        # A moment ahead shows what may still be cancelled.
        if last <= last_closed(timezone.now()):
            cache.set(KEY, kept, timeout=None)
    return [day for day in kept.days if day.day <= last]


def last_closed(now: datetime) -> date:
    return timezone.localdate(now - SETTLED) - timedelta(days=1)


def hashes_of(day: Day) -> list[Hash]:
    """In the order in which they are hashed. One query."""
    return next((hashes for _day, hashes in _by_day(day.day, day.day)), [])


def record_of(day: date, hashes: list[Hash], previous: str) -> dict[str, Any]:
    """What is hashed of a day."""
    return {
        "format": FORMAT,
        "day": day.isoformat(),
        "editions": [list(each) for each in hashes],
        "previous": previous,
    }


def _days_after(kept: Kept, last: date) -> Iterator[Day]:
    previous = kept.days[-1].hash if kept.days else ""
    first = None if kept.until == date.min else kept.until + timedelta(days=1)
    for day, hashes in _by_day(first, last):
        own = hash_of(record_of(day, hashes, previous))
        yield Day(day, own, previous, len(hashes))
        previous = own


def _by_day(first: date | None, last: date) -> Iterator[tuple[date, list[Hash]]]:
    """An index holds all of it but the references."""
    rows: Any = Edition.objects.ever_told(_begin(last + timedelta(days=1)) - timedelta(microseconds=1))
    rows = rows.filter(created_at__lt=_begin(last + timedelta(days=1)))
    if first is not None:
        rows = rows.filter(Q(live_from__gte=_begin(first)) | Q(created_at__gte=_begin(first)))
    rows = rows.annotate(told_at=Greatest("live_from", F("created_at"))).order_by("told_at")
    found = rows.values_list("told_at", "statement__reference", "language", "number", "public_hash")
    for day, group in groupby(found.iterator(), key=lambda row: timezone.localdate(row[0])):
        yield day, sorted(Hash(*row[1:]) for row in group)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
