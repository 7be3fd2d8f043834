"""Addresses that no longer take letters."""

from datetime import timedelta
from typing import NoReturn

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from pressoffice.deliveries import effects
from pressoffice.publishing import moment

from .models import Subscriber
from .post import NotTaken

# A bounce that long ago says nothing of today.
REMEMBERED = timedelta(days=30)


def after_refusal(subscriber: Subscriber, refusal: NotTaken) -> NoReturn:
    """Count what is final, try again what may pass."""
    if refusal.is_final:
        count(subscriber.pk)
        raise effects.Dropped(f"The mail server refuses the address: {refusal.code}.")
    raise effects.Later(why=f"The mail server did not take it: {refusal.code or 'no connection'}.")


def count(pk: int) -> bool:
    """One more day on which a letter came back; True if that is news.

    Several e-mails of one day are one bounce, or a server that refuses everything for an hour would cost us
    all subscribers at once.
    """
    with transaction.atomic():
        subscriber = Subscriber.objects.select_for_update().filter(pk=pk).first()
        now = moment.now()
        if subscriber is None:
            return False
        last = subscriber.bounced_at
        if last and localdate(last) == localdate(now):
            return False
        is_long_ago = last is None or last < now - REMEMBERED
        subscriber.bounces = 1 if is_long_ago else subscriber.bounces + 1
        subscriber.bounced_at = now
        if subscriber.bounces >= settings.PRESSOFFICE_ALERTS_BOUNCES and subscriber.is_reached:
            subscriber.paused_at = now
        subscriber.save(update_fields=["bounces", "bounced_at", "paused_at"])
        return True
