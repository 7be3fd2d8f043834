"""From what became public to whom it is told: rows and deliveries, in the worker's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import override

from pressoffice.deliveries import outbox
from pressoffice.deliveries.outbox import Asked
from pressoffice.publishing import moment
from pressoffice.telling.occasions import Occasion, follow

from . import periods, subjects
from .models import Frequency, Subject, Subscription, Told
from .pieces import LEFT, NEW, STATED

ALERT, DIGEST = "alert", "alert-digest"
PORTION = 500
COMES_INTO_LISTS = {NEW, STATED}
THROUGH = Told.subscriptions.through


@follow
def tell_subscribers(occasion: Occasion) -> None:
    if not settings.PRESSOFFICE_ALERTS or occasion.of not in Told.Of.values:
        return
    if occasion.change in COMES_INTO_LISTS:
        rows = subjects.rows_of(occasion.of, occasion.pk, occasion.language or "")
        tell_who_follows(occasion, followers_of(occasion.of, occasion.language or "", rows, occasion.pk))
    if occasion.change == STATED:
        # It is in none of their lists any more, and they were told while it was: once more, then no longer.
        _tell_who_was_told(_told_of(occasion).exclude(told_as=LEFT), LEFT, occasion)
    elif occasion.change != NEW:
        _tell_who_was_told(_told_of(occasion), occasion.change, occasion)


def followers_of(of: str, language: str, rows: Any, item: int) -> list[int]:
    """Keys of the subjects somebody follows that show `item`, of which `rows` are `subjects.rows_of()`. One
    query, and one or two for each subject, however many follow it."""
    whats = [what for what, kind in subjects.OF.items() if kind == of]
    followed = Subject.objects.filter(
        Exists(Subscription.objects.reached().filter(subject=OuterRef("pk"))), what__in=whats
    )
    if language:
        followed = followed.filter(language=language)
    found = []
    for subject in followed.order_by("pk"):
        with override(subject.language):
            if subjects.shows(subject, rows, item):
                found.append(subject.pk)
    return found


def tell_who_follows(occasion: Occasion, matching: Sequence[int]) -> None:
    """`matching`: keys of the subjects by which it comes to them."""
    by_reader: dict[tuple[int, str], list[tuple[str, int]]] = {}
    for keys in batched_by(matching, PORTION):
        following = Subscription.objects.reached().filter(subject__in=keys).order_by("pk")
        for pk, subscriber, frequency, language in following.values_list(
            "pk", "subscriber", "frequency", "subject__language"
        ):
            by_reader.setdefault((subscriber, language), []).append((frequency, pk))
    quickest = {
        key: min(fits, key=lambda fit: Frequency.values.index(fit[0]))[0] for key, fits in by_reader.items()
    }
    if not by_reader:
        return
    for portion in batched_by(list(by_reader), PORTION):
        for chosen in {language for _subscriber, language in portion}:
            readers = [subscriber for subscriber, language in portion if language == chosen]
            known = _told_of(occasion).filter(subscriber__in=readers, language=chosen)
            known.filter(news_at__lt=occasion.at).update(news=occasion.change, news_at=occasion.at)
    Told.objects.bulk_create(
        [
            Told(
                subscriber_id=subscriber,
                of=occasion.of,
                item=occasion.pk,
                language=language,
                frequency=quickest[subscriber, language],
                news=occasion.change,
                news_at=occasion.at,
            )
            for subscriber, language in by_reader
        ],
        batch_size=PORTION,
        ignore_conflicts=True,
    )
    told = list(_told_of(occasion).filter(news=occasion.change, news_at=occasion.at))
    THROUGH.objects.bulk_create(
        [
            THROUGH(told_id=row.pk, subscription_id=pk)
            for row in told
            for _frequency, pk in by_reader.get((row.subscriber_id, row.language), [])
        ],
        batch_size=PORTION,
        ignore_conflicts=True,
    )
    _send(told, occasion)


def _tell_who_was_told(rows: Any, news: str, occasion: Occasion) -> None:
    rows.filter(news_at__lt=occasion.at).update(news=news, news_at=occasion.at)
    _send(list(_told_of(occasion).filter(news=news, news_at=occasion.at)), occasion)


def _told_of(occasion: Occasion) -> Any:
    rows = Told.objects.reached().filter(of=occasion.of, item=occasion.pk).order_by("pk")
    return rows.filter(language=occasion.language) if occasion.language else rows


def _send(rows: Sequence[Told], occasion: Occasion) -> None:
    """At once in a row, not faster than the mail server shall have them; else in the next digest."""
    now = moment.now()
    outbox.put_many(
        ALERT,
        (
            Asked(f"{ALERT}:{row.pk}:{occasion.key}", {"told": row.pk}, due)
            for row, due in _one_after_another(
                [row for row in rows if row.frequency == Frequency.AT_ONCE], now
            )
        ),
    )
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        at = periods.next_moment(frequency, now)
        outbox.put_many(
            DIGEST,
            (
                Asked(
                    f"{DIGEST}:{row.subscriber_id}:{frequency}:{row.language}:{at.date().isoformat()}",
                    {"subscriber": row.subscriber_id, "frequency": frequency, "language": row.language},
                    due,
                )
                for row, due in _one_after_another([row for row in rows if row.frequency == frequency], at)
            ),
        )


def _one_after_another(rows: Iterable[Told], begin: datetime) -> Iterable[tuple[Told, datetime]]:
    between = timedelta(minutes=1) / settings.PRESSOFFICE_ALERTS_PER_MINUTE
    return ((row, begin + number * between) for number, row in enumerate(rows))


def batched_by(keys: Sequence[Any], portion: int) -> Iterable[Sequence[Any]]:
    return (keys[at : at + portion] for at in range(0, len(keys), portion))
