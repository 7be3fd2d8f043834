"""What is forgotten: addresses of those who left or never came, with all that was told to them."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from pressoffice.deliveries import effects, outbox
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment

from . import periods
from .models import Frequency, Subscriber, Subscription
from .tokens import CONFIRMED_WITHIN

FORGET = "alert-forget"
AFTER_LEAVING = timedelta(days=28)


def forget() -> tuple[int, int]:
    """How many subscribers, and how many subscriptions that nobody confirmed. Nothing of either is kept, not
    even a mark of the address: whoever comes back is new."""
    now = moment.now()
    never_came = Subscription.objects.filter(confirmed_at=None, created_at__lt=now - CONFIRMED_WITHIN)
    never_came = never_came.exclude(asked_at__gte=now - CONFIRMED_WITHIN)
    unconfirmed = never_came.delete()[1].get("alerts.Subscription", 0)
    followed = Subscription.objects.filter(subscriber=OuterRef("pk"))
    nobody = Subscriber.objects.filter(
        ~Exists(followed), confirmed_at=None, created_at__lt=now - CONFIRMED_WITHIN
    )
    left = Subscriber.objects.filter(left_at__lt=now - AFTER_LEAVING)
    gone = sum(rows.delete()[1].get("alerts.Subscriber", 0) for rows in (nobody, left))
    return gone, unconfirmed


def ask() -> None:
    """Let it be done in the coming morning. Whoever signs up or leaves asks, so it is asked for as long as
    there is anything to forget."""
    at = periods.next_moment(Frequency.DAILY, moment.now())
    outbox.put(FORGET, f"{FORGET}:{at.date().isoformat()}", due_at=at)


@effects.register(FORGET, called=_("forgetting of addresses"), in_transaction=True)
def forget_them(delivery: Delivery) -> None:
    forget()
    if Subscriber.objects.exists():
        ask()
