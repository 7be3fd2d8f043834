"""What comes into a list because a day has begun: a promise whose date has passed, a project of which nothing
new was said for a year."""

from datetime import datetime, time, timedelta
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

from . import following, subjects
from .models import Subject, Subscription

KIND = "alert-day"


def ask_for(subject: Subject) -> None:
    """For whoever has just confirmed that they follow it."""
    if f"{subjects.BY_THE_DAY.get(subject.what)}=" in subject.about:
        _ask()


def _ask() -> None:
    """Let it be done when the next day begins in Bishkek; each day asks for the next."""
    tomorrow = timezone.localdate(moment.now()) + timedelta(days=1)
    at = timezone.make_aware(datetime.combine(tomorrow, time.min))
    outbox.put(KIND, f"{KIND}:{tomorrow.isoformat()}", due_at=at)


@effects.register(KIND, called=_("news that a day brings"), in_transaction=True)
def tell(delivery: Delivery) -> None:
    """As of the day's beginning, however late a worker comes to it."""
    followed = list(_followed())
    if not followed:
        return
    begun = delivery.due_at
    with moment.fixed(begun):
        _ask()
    if begun <= moment.now() - NEWS_FOR:
        return
    by_item: dict[tuple[str, int], list[int]] = {}
    for subject in followed:
        with override(subject.language):
            for item in _come_into(subject, begun):
                by_item.setdefault((subjects.OF[subject.what], item), []).append(subject.pk)
    for (of, item), matching in by_item.items():
        occasion: Any = Occasion("stated", of, item, begun)  # type: ignore[arg-type]
        following.tell_who_follows(occasion, matching)


def _followed() -> Any:
    day_decides = Q()
    for what, name in subjects.BY_THE_DAY.items():
        day_decides |= Q(what=what, about__contains=f"{name}=")
    # Whoever is not written to at present may come back without confirming it anew.
    confirmed = Subscription.objects.confirmed().filter(subject=OuterRef("pk"))
    return Subject.objects.filter(day_decides, Exists(confirmed)).order_by("pk")


def _come_into(subject: Subject, begun: datetime) -> set[int]:
    with moment.fixed(begun):
        shown = subjects.everything_shown(subject)
    with moment.fixed(begun - timedelta(microseconds=1)):
        before = subjects.everything_shown(subject)
    return shown - before
