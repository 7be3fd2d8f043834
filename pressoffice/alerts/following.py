"""From what became public to whom it is told: rows and deliveries, in the worker's transaction."""

from collections import defaultdict
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
from pressoffice.telling.receivers import TOGETHER

from . import periods, subjects
from .models import Frequency, Subject, Subscription, Told
from .pieces import LEFT, NEW, STATED

ALERT, DIGEST = "alert", "alert-digest"
PORTION = 500
COMES_INTO_LISTS = {NEW, STATED}
THROUGH = Told.subscriptions.through


@follow
def tell_subscribers(occasions: Sequence[Occasion]) -> None:
    """What came of one thing at one moment is one letter to each reader who hears of it at once."""
    if not settings.PRESSOFFICE_ALERTS:
        return
    told: list[Told] = []
    own = [occasion for occasion in occasions if occasion.of in Told.Of.values]
    matching = _matching([occasion for occasion in own if occasion.change in COMES_INTO_LISTS])
    for occasion in own:
        told += note(occasion, matching.get(occasion, []))
        if occasion.change == STATED:
            # They were told while it was in a list of theirs. Now it is in none: once more, then no longer.
            told += _note_again(_told_of(occasion).exclude(told_as=LEFT), LEFT, occasion)
        elif occasion.change != NEW:
            told += _note_again(_told_of(occasion), occasion.change, occasion)
    send(told, occasions[0].key)


def _matching(occasions: Sequence[Occasion]) -> dict[Occasion, list[int]]:
    """By occasion, the keys of the subjects somebody follows that show what it is about."""
    found = {}
    for of, language in {(each.of, each.language or "") for each in occasions}:
        about = {each.pk: each for each in occasions if (each.of, each.language or "") == (of, language)}
        followers = followers_of(of, language, subjects.rows_of(of, list(about), language))
        found.update({occasion: followers.get(pk, []) for pk, occasion in about.items()})
    return found


def followers_of(of: str, language: str, rows: Any) -> dict[int, list[int]]:
    """By what `rows` (`subjects.rows_of()`) are about, the keys of the subjects somebody follows that show
    it. One query, and one or two for each subject, however many follow it."""
    whats = [what for what, kind in subjects.OF.items() if kind == of]
    followed = Subject.objects.filter(
        Exists(Subscription.objects.reached().filter(subject=OuterRef("pk"))), what__in=whats
    )
    if language:
        followed = followed.filter(language=language)
    found: dict[int, list[int]] = defaultdict(list)
    for subject in followed.order_by("pk"):
        with override(subject.language):
            for item in subjects.shown_of(subject, rows):
                found[item].append(subject.pk)
    return found


def note(occasion: Occasion, matching: Sequence[int]) -> list[Told]:
    """The rows of those to whom it comes by one of `matching`, keys of subjects."""
    by_reader: dict[tuple[int, str], list[int]] = {}
    for keys in batched_by(matching, PORTION):
        following = Subscription.objects.reached().filter(subject__in=keys).order_by("pk")
        for pk, subscriber, language in following.values_list("pk", "subscriber", "subject__language"):
            by_reader.setdefault((subscriber, language), []).append(pk)
    if not by_reader:
        return []
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
                news=occasion.change,
                news_at=occasion.at,
                # What was entered over some minutes is told of at their end.
                known_until=occasion.at - TOGETHER - timedelta(microseconds=1),
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
            for pk in by_reader.get((row.subscriber_id, row.language), [])
        ],
        batch_size=PORTION,
        ignore_conflicts=True,
    )
    return told


def _note_again(rows: Any, news: str, occasion: Occasion) -> list[Told]:
    rows.filter(news_at__lt=occasion.at).update(news=news, news_at=occasion.at)
    return list(_told_of(occasion).filter(news=news, news_at=occasion.at))


def _told_of(occasion: Occasion) -> Any:
    rows = Told.objects.reached().filter(of=occasion.of, item=occasion.pk).order_by("pk")
    return rows.filter(language=occasion.language) if occasion.language else rows


def send(rows: Iterable[Told], name: str) -> None:
    """At once one letter to each reader, in a row, not faster than the mail server shall have them; else in
    the next digest. `name`: of what it comes of, for the keys of deliveries."""
    told = list({row.pk: row for row in rows}.values())
    frequencies = _frequencies(told)
    now = moment.now()
    by_reader: dict[str, dict[tuple[int, str], list[int]]] = {value: {} for value in Frequency.values}
    for row in told:
        if frequency := frequencies.get(row.pk):
            by_reader[frequency].setdefault((row.subscriber_id, row.language), []).append(row.pk)
    outbox.put_many(
        ALERT,
        (
            Asked(f"{ALERT}:{subscriber}:{language}:{name}", {"told": keys}, due)
            for ((subscriber, language), keys), due in _one_after_another(
                by_reader[Frequency.AT_ONCE].items(), now
            )
        ),
    )
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        at = periods.next_moment(frequency, now)
        outbox.put_many(
            DIGEST,
            (
                Asked(
                    f"{DIGEST}:{subscriber}:{frequency}:{language}:{at.date().isoformat()}",
                    {"subscriber": subscriber, "frequency": frequency, "language": language},
                    due,
                )
                for (subscriber, language), due in _one_after_another(by_reader[frequency], at)
            ),
        )


def _frequencies(rows: Sequence[Told]) -> dict[int, str]:
    """By key, the quickest that its reader has chosen by now for what brings it; kept with the row."""
    found: dict[int, str] = {}
    for portion in batched_by(rows, PORTION):
        ties = THROUGH.objects.filter(told__in=[row.pk for row in portion])
        for pk, frequency in ties.values_list("told_id", "subscription__frequency"):
            found[pk] = min(frequency, found.get(pk, frequency), key=Frequency.values.index)
    changed = [row for row in rows if row.pk in found and row.frequency != found[row.pk]]
    for row in changed:
        row.frequency = found[row.pk]
    Told.objects.bulk_update(changed, ["frequency"], batch_size=PORTION)
    return found


def _one_after_another(each: Iterable[Any], begin: datetime) -> Iterable[tuple[Any, datetime]]:
    between = timedelta(minutes=1) / settings.PRESSOFFICE_ALERTS_PER_MINUTE
    return ((one, begin + number * between) for number, one in enumerate(each))


def batched_by(keys: Sequence[Any], portion: int) -> Iterable[Sequence[Any]]:
    return (keys[at : at + portion] for at in range(0, len(keys), portion))
