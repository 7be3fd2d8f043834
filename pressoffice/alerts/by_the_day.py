"""What comes into a list because a day has begun: a promise whose date has passed, a project of which nothing
new was said for a year."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pressoffice.deliveries import effects, outbox
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment
from pressoffice.telling.occasions import Occasion
from pressoffice.telling.receivers import NEWS_FOR

from . import following, periods, subjects
from .models import Frequency, Subject, Subscription

KIND = "alert-day"


def ask_for(subject: Subject) -> None:
    """For whoever has just confirmed that they follow it."""
    if f"{subjects.BY_THE_DAY.get(subject.what)}=" in subject.about:
        _ask()


def _ask() -> None:
    """Let it be done in the coming morning; each asks for the next."""
    at = periods.next_moment(Frequency.DAILY, moment.now())
    outbox.put(KIND, f"{KIND}:{at.date().isoformat()}", due_at=at)


@effects.register(KIND, called=_("news that a day brings"), in_transaction=True)
def tell(delivery: Delivery) -> None:
    """As of the day's beginning in Bishkek, however late a worker comes to it."""
    followed = list(_followed())
    if not followed:
        return
    with moment.fixed(delivery.due_at):
        _ask()
    begun = timezone.localtime(delivery.due_at).replace(hour=0, minute=0, second=0, microsecond=0)
    if begun <= moment.now() - NEWS_FOR:
        return
    by_item: dict[tuple[str, int], list[int]] = {}
    for subject in followed:
        with override(subject.language):
            for item in _come_into(subject, begun):
                by_item.setdefault((subjects.OF[subject.what], item), []).append(subject.pk)
    told = []
    for (of, item), matching in by_item.items():
        told += following.note(Occasion("come", of, item, begun), matching)  # type: ignore[arg-type]
    following.send(told, f"day:{begun.date().isoformat()}")


def _followed() -> Any:
    day_decides = Q()
    for what, name in subjects.BY_THE_DAY.items():
        day_decides |= Q(what=what, about__contains=f"{name}=")
    # Whoever is not written to at present may come back without confirming it anew.
    confirmed = Subscription.objects.confirmed().filter(subject=OuterRef("pk"))
    return Subject.objects.filter(day_decides, Exists(confirmed)).order_by("pk")


def _come_into(subject: Subject, begun: datetime) -> set[int]:
    with moment.fixed(begun):
        shown = subjects.shown_of(subject, subjects.LISTS[subject.what].rows())
    with moment.fixed(begun - timedelta(microseconds=1)):
        before = subjects.shown_of(subject, subjects.LISTS[subject.what].rows())
    return shown - before
