"""Letters that tell of what became public. A delivery says for whom; what there is to tell is asked now.

A worker may be killed anywhere. Before the server gets a letter, `begun_at` is written down; after it has
taken it, `told_until`. Killed between the two, the worker that comes next sends it once more, under the same
Message-ID: the one way to get a letter twice, and the price of none being lost.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from pressoffice.deliveries import effects
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment

from . import bounces, letters, post, throttle
from .following import ALERT, DIGEST
from .models import Frequency, Subject, Subscriber, Told
from .news import pieces_of
from .pieces import Piece

# What waited longer, as for somebody whose address was paused meanwhile, is no news any more.
NEWS_FOR = timedelta(days=15)
AFTER_TELLING = ["told_until", "told_as", "known_until", "stood"]
LEFT = "The subscriber has left or does not want it any more."
NOTHING = "There is nothing to tell any more."
TOO_FAST = "As many letters as may go in a minute have gone."


@effects.register(ALERT, called=gettext_lazy("alert by e-mail"), in_bulk=True)
def send_alert(delivery: Delivery) -> None:
    own = Told.objects.reached().filter(pk__in=delivery.payload["told"], subscriptions__isnull=False)
    rows = list(own.select_related("subscriber").distinct().order_by("pk"))
    if not rows:
        raise effects.Dropped(LEFT)
    waiting = [row for row in rows if row.told_until is None or row.told_until < row.news_at]
    if not waiting:
        raise effects.Dropped(NOTHING)
    order = delivery.payload["told"]
    _tell(delivery, waiting[0].subscriber, sorted(waiting, key=lambda row: order.index(row.pk)), _alert)


@effects.register(DIGEST, called=gettext_lazy("digest by e-mail"), in_bulk=True)
def send_digest(delivery: Delivery) -> None:
    asked = delivery.payload
    subscriber = Subscriber.objects.reached().filter(pk=asked["subscriber"]).first()
    if subscriber is None:
        raise effects.Dropped(LEFT)
    waiting = subscriber.told.waiting().filter(
        frequency=asked["frequency"],
        language=asked["language"],
        news_at__lte=moment.now(),
        news_at__gt=moment.now() - NEWS_FOR,
        subscriptions__isnull=False,
    )
    rows = list(waiting.distinct().order_by("news_at", "pk"))
    if not rows:
        raise effects.Dropped(NOTHING)
    _tell(delivery, subscriber, rows, _digest_of(asked["frequency"]))


def _tell(delivery: Delivery, subscriber: Subscriber, rows: Sequence[Told], write: Any) -> None:
    """`rows`: all of one language."""
    wait = throttle.seconds_until_a_letter_may_go()
    if wait:
        raise effects.Later(wait, TOO_FAST)
    now = moment.now()
    first_time = [row.pk for row in rows if row.begun_at is None]
    own = Told.objects.filter(pk__in=[row.pk for row in rows])
    # Before what is public is read: a correction from here on finds this reader among those who have it.
    own.filter(begun_at__isnull=True).update(begun_at=now)
    try:
        with override(rows[0].language):
            pieces = pieces_of(rows, had={row.pk for row in rows} - set(first_time))
            if not pieces:
                raise effects.Dropped(NOTHING)
            # Of what is left out they have nothing, whatever becomes of it later.
            silent = [pk for pk in first_time if pk not in pieces]
            own.filter(pk__in=silent, told_until__isnull=True).update(begun_at=None)
            reasons = letters.reasons_of(_subjects_of(rows, pieces), rows[0].language)
            letter = write(subscriber, [pieces[row.pk] for row in rows if row.pk in pieces], reasons)
        said = ";".join(f"{row.pk} {pieces[row.pk].change} {row.news_at}" for row in rows if row.pk in pieces)
        post.send(letter, subscriber, key=f"{delivery.key};{said}")
    except (post.NotTaken, effects.Dropped) as reason:
        Told.objects.filter(pk__in=first_time, told_until__isnull=True).update(begun_at=None)
        if isinstance(reason, effects.Dropped):
            raise
        bounces.after_refusal(subscriber, reason)
    for row in rows:
        if row.pk in pieces:
            row.begun_at = row.begun_at or now
            # No further than to what was looked at: what is corrected meanwhile is still to be told.
            row.told_until, row.told_as = min(row.news_at, now), pieces[row.pk].change
            row.known_until, row.stood = now, pieces[row.pk].stood
    Told.objects.bulk_update([row for row in rows if row.pk in pieces], AFTER_TELLING)


def _subjects_of(rows: Sequence[Told], pieces: dict[int, Piece]) -> list[Subject]:
    found = Subject.objects.filter(subscriptions__told__in=[row.pk for row in rows if row.pk in pieces])
    return list(found.distinct().order_by("pk"))


def _alert(subscriber: Subscriber, pieces: Sequence[Piece], reasons: Any) -> letters.Letter:
    subject = pieces[0].subject
    if more := len(pieces) - 1:
        subject += " " + ngettext("(and %(count)s more)", "(and %(count)s more)", more) % {"count": more}
    return letters.of_pieces(subscriber, pieces, reasons, subject=subject)


def _digest_of(frequency: str) -> Any:
    def write(subscriber: Subscriber, pieces: Sequence[Piece], reasons: Any) -> letters.Letter:
        counted = ngettext("%(count)s piece of news", "%(count)s pieces of news", len(pieces)) % {
            "count": len(pieces)
        }
        head = (
            _("Press office, the last day: %(counted)s")
            if frequency == Frequency.DAILY
            else _("Press office, the last week: %(counted)s")
        )
        title = head % {"counted": counted}
        return letters.of_pieces(subscriber, pieces, reasons, subject=title, title=title)

    return write
