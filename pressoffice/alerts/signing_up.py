"""How somebody comes, changes their mind and leaves. Nobody is asked who they are: letters go to whoever has
confirmed, and whoever has a letter may change and end what it belongs to.

Whether an address is known shows in no answer; only in what arrives there.
"""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from pressoffice.deliveries import outbox
from pressoffice.publishing import moment

from . import by_the_day, mailboxes, sweeping
from .models import Frequency, Subject, Subscriber, Subscription, Told, What, new_key
from .subjects import Found, of

# A letter about the same thing is not sent twice within it, whoever asks.
ONCE_IN = timedelta(days=1)
CONFIRM, REMIND = "alert-confirm", "alert-remind"


def sign_up(here: Found, address: str, *, frequency: str, language: str) -> None:
    """Ask whoever reads `address` (normal) to confirm; or remind them of what they follow already."""
    with transaction.atomic():
        sweeping.ask()
        subscriber = _subscriber(address, language)
        subject, _new = Subject.objects.get_or_create(what=here.what, about=here.about, language=language)
        subscription = Subscription.objects.filter(subscriber=subscriber, subject=subject).first()
        if subscription is not None and subscription.confirmed_at and subscriber.is_reached:
            _remind(subscriber)
        elif _may_ask(subscriber, subscription):
            if subscription is None:
                subscription = Subscription(subscriber=subscriber, subject=subject)
            if subscription.confirmed_at is None:
                subscription.frequency = frequency
            subscription.asked_at = moment.now()
            subscription.save()
            outbox.put(
                CONFIRM,
                f"{CONFIRM}:{subscription.pk}:{subscription.asked_at.isoformat()}",
                subscription=subscription.pk,
            )


def remind(address: str) -> None:
    """Send the link to manage to whoever follows something under `address`."""
    with transaction.atomic():
        subscriber = Subscriber.objects.at(address).select_for_update().first()
        if subscriber is not None and subscriber.is_reached:
            _remind(subscriber)


def confirm(key: str, pk: int) -> Subscription | None:
    """None for what is not there any more. A second time changes nothing."""
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().filter(key=key).first()
        if subscriber is None:
            return None
        mine = Subscription.objects.filter(subscriber=subscriber).select_related("subject", "subscriber")
        subscription = mine.filter(pk=pk).first()
        if subscription is None:
            return None
        now = moment.now()
        subscriber.confirmed_at = subscriber.confirmed_at or now
        subscriber.left_at = subscriber.paused_at = None
        subscriber.bounces = 0
        subscriber.save(update_fields=["confirmed_at", "left_at", "paused_at", "bounces"])
        if subscription.confirmed_at is None:
            subscription.confirmed_at = now
            subscription.save(update_fields=["confirmed_at"])
            _has_the_original(subscription)
            by_the_day.ask_for(subscription.subject)
        return subscription


def _has_the_original(subscription: Subscription) -> None:
    """Who follows one statement has read it: from now on they are told what becomes of it."""
    here = of(subscription.subject) if subscription.subject.what == What.STATEMENT else None
    if here is None or here.item is None:
        return
    now = moment.now()
    told, _new = Told.objects.get_or_create(
        subscriber_id=subscription.subscriber_id,
        of=Told.Of.STATEMENT,
        item=here.item,
        language=subscription.subject.language,
        defaults={
            "frequency": subscription.frequency,
            "news": "new",
            "news_at": now,
            "begun_at": now,
            "told_until": now,
            "told_as": "new",
        },
    )
    told.subscriptions.add(subscription)


def set_frequency(subscription: Subscription, frequency: str) -> None:
    """What is under way comes as it was to come."""
    if frequency in Frequency.values and frequency != subscription.frequency:
        subscription.frequency = frequency
        subscription.save(update_fields=["frequency"])


def end(subscription: Subscription) -> None:
    """Nothing more comes by it, what is under way included. Without any other the subscriber has left."""
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().get(pk=subscription.subscriber_id)
        subscription.delete()
        # What came by this one alone; nobody follows it now.
        subscriber.told.filter(subscriptions=None).delete()
        if not subscriber.subscriptions.filter(confirmed_at__isnull=False).exists():
            leave(subscriber.leave_key)


def leave(leave_key: str) -> bool:
    """Nothing more comes, and the links in all letters have lost their power, but those to leave: they hold
    for whoever comes back, too. A second time is no trouble. False where nobody is known by the key.

    The address is forgotten some weeks later: until then what bounces or is complained of can be told. An old
    letter whose link is followed again does not put that off.
    """
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().filter(leave_key=leave_key).first()
        if subscriber is None:
            return False
        sweeping.ask()
        subscriber.told.all().delete()
        subscriber.subscriptions.all().delete()
        if subscriber.confirmed_at is not None:
            subscriber.left_at = subscriber.left_at or moment.now()
        subscriber.key = new_key()
        subscriber.save(update_fields=["left_at", "key"])
        return True


def _subscriber(address: str, language: str) -> Subscriber:
    """The one of this address, held until the end of the transaction."""
    held = Subscriber.objects.at(address).select_for_update()
    if (known := held.first()) is not None:
        return known
    try:
        with transaction.atomic():
            return Subscriber.objects.create(
                email=address, mailbox=mailboxes.mailbox_of(address), language=language
            )
    except IntegrityError:  # Somebody was quicker.
        return held.get()


def _may_ask(subscriber: Subscriber, subscription: Subscription | None) -> bool:
    since = moment.now() - ONCE_IN
    if subscription is not None and subscription.asked_at and subscription.asked_at > since:
        return False
    # Whoever presses the button wants them.
    asked = Subscription.objects.filter(
        subscriber__mailbox=subscriber.mailbox, asked_at__gt=since, confirmed_at=None
    )
    return asked.count() < settings.PRESSOFFICE_ALERTS_CONFIRMATIONS_PER_DAY


def _remind(subscriber: Subscriber) -> None:
    now = moment.now()
    if subscriber.reminded_at and subscriber.reminded_at > now - ONCE_IN:
        return
    subscriber.reminded_at = now
    subscriber.save(update_fields=["reminded_at"])
    outbox.put(REMIND, f"{REMIND}:{subscriber.pk}:{now.isoformat()}", subscriber=subscriber.pk)
