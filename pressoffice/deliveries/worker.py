"""Doing what is due: claim one, do it, say so. Any number of workers, each of which may be killed any time.

A claim is one UPDATE with the whole rule in its WHERE clause, so two workers never get the same delivery. It
holds for LEASE: what a killed worker had in hand is tried again after that. `claimed_until` is also the
claim's name: a worker whose claim has run out and been taken by another marks nothing.
"""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from pressoffice.publishing import moment

from .effects import ATTEMPTS, EFFECTS, Dropped, Effect, Later, prompt_kinds, wait_after
from .models import LONGEST_ERROR, Delivery

log = logging.getLogger(__name__)

# Longer than any effect takes: a second worker begins anew when it is over.
LEASE = timedelta(minutes=5)
# Of those that are due, so many are looked at: other workers may have taken the first ones.
LOOKED_AT = 20
PORTION = 500


class ClaimLost(Exception):
    """It took longer than LEASE, and another worker has it now."""


def turn() -> bool:
    """Do the one that has been due for longest. False where nothing is due."""
    delivery = claim()
    if delivery is None:
        return False
    try:
        with moment.fixed(moment.now()):
            _do(delivery)
    except ClaimLost:
        log.warning("%s took too long: another worker has it.", delivery.key)
    return True


def claim() -> Delivery | None:
    """Three queries; two where nothing is due."""
    now = moment.now()
    due = Delivery.objects.due(now)
    # By kind first: an index gives that order, however many thousands of other kinds are due.
    prompt = due.filter(kind__in=prompt_kinds()).order_by("kind", "next_try_at")
    for rows in (prompt, due.order_by("next_try_at", "pk")):
        for pk in rows.values_list("pk", flat=True)[:LOOKED_AT]:
            if due.filter(pk=pk).update(claimed_until=now + LEASE, attempts=F("attempts") + 1):
                return Delivery.objects.get(pk=pk)
    return None


def _do(delivery: Delivery) -> None:
    effect = EFFECTS.get(delivery.kind)
    if delivery.attempts > ATTEMPTS:
        # Counted when claimed: this one took its workers along each time.
        _settle(delivery, Delivery.State.FAILED, delivery.last_error or "The worker did not come back.")
    elif effect is None:
        _put_off(delivery, f"Nothing here does “{delivery.kind}”.")
    else:
        _try(delivery, effect)


def _try(delivery: Delivery, effect: Effect) -> None:
    try:
        if effect.in_transaction:
            with transaction.atomic():
                effect.do(delivery)
                _settle(delivery, Delivery.State.DONE)
        else:
            effect.do(delivery)
            _settle(delivery, Delivery.State.DONE)
    except Dropped as dropped:
        _settle(delivery, Delivery.State.DROPPED, dropped.why)
    except Later as later:
        if later.seconds is None:
            _put_off(delivery, later.why)
        else:
            again = moment.now() + timedelta(seconds=later.seconds)
            _mark(delivery, next_try_at=again, attempts=delivery.attempts - 1, last_error=_cut(later.why))
    except ClaimLost:
        raise
    except Exception as trouble:
        # Its words may hold an address or a text: those are for the log, which fewer people read.
        log.exception("%s failed, attempt %s.", delivery.key, delivery.attempts)
        _put_off(delivery, type(trouble).__name__)


def _put_off(delivery: Delivery, why: str) -> None:
    if delivery.attempts >= ATTEMPTS:
        _settle(delivery, Delivery.State.FAILED, why)
        return
    _mark(delivery, next_try_at=moment.now() + wait_after(delivery.attempts), last_error=_cut(why))


def _settle(delivery: Delivery, state: str, why: str = "") -> None:
    _mark(delivery, state=state, done_at=moment.now(), last_error=_cut(why))


def _mark(delivery: Delivery, **changes: Any) -> None:
    """Only while the claim is this worker's: raises ClaimLost."""
    own = Delivery.objects.waiting().filter(pk=delivery.pk, claimed_until=delivery.claimed_until)
    if not own.update(claimed_until=None, **changes):
        raise ClaimLost(delivery.key)


def _cut(words: str) -> str:
    return words[:LONGEST_ERROR]


def forget() -> int:
    """Delete what was settled long ago, and say how many. What failed stays until somebody decides.

    A key may go with its row: nothing is asked for twice so much later (PRESSOFFICE_DELIVERY_DAYS).
    """
    before = moment.now() - timedelta(days=settings.PRESSOFFICE_DELIVERY_DAYS)
    old = Delivery.objects.filter(state__in=[Delivery.State.DONE, Delivery.State.DROPPED], done_at__lt=before)
    gone = 0
    while keys := list(old.values_list("pk", flat=True)[:PORTION]):
        gone += Delivery.objects.filter(pk__in=keys).delete()[0]
    return gone
