"""When digests go: at eight in the morning in Bishkek, every day or on Mondays."""

from datetime import datetime, time, timedelta

from django.utils.timezone import localtime, make_aware

from .models import Frequency

MORNING = time(8)
MONDAY = 0


def next_moment(frequency: str, now: datetime) -> datetime:
    """The first after `now`, in local time."""
    day = localtime(now).date()
    while True:
        at = make_aware(datetime.combine(day, MORNING))
        if at > now and (frequency == Frequency.DAILY or day.weekday() == MONDAY):
            return at
        day += timedelta(days=1)
