"""What the office did becomes, in the step's transaction, one delivery: to be told when it is public."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Edition
from events.models import Event
from pressoffice.deliveries import effects, outbox
from pressoffice.deliveries.models import Delivery
from pressoffice.ledger.models import Fact
from pressoffice.publishing import events, moment
from projects.models import Agreement, Project

from .occasions import Change, Occasion, followers
from .stated import by_hand, by_occasion

KIND, ENTERED = "tell", "tell-entered"
# Whoever enters what a statement says enters more than one thing, and looks at it once more.
TOGETHER = timedelta(minutes=10)
# Longer ago it is no news: an old archive that comes in, a demonstration that plays its own past, a worker
# that stood still over a holiday. By the clock, whatever moment the step was taken at.
NEWS_FOR = timedelta(days=7)

TAKEN_DOWN: dict[str, Change] = {"withdraw": "withdrawn", "remove": "removed", "cancel": "cancelled"}


def connect() -> None:
    events.step_taken.connect(note, dispatch_uid="telling.note")


def note(instance: Any, step: str, at: datetime, **kwargs: Any) -> None:
    if isinstance(instance, Fact):
        _note_entry(instance, step)
        return
    if isinstance(instance, Edition):
        occasion = _of_text(instance, step, at)
    elif isinstance(instance, Project | Agreement | Event):
        occasion = _of_record(instance, step, at)
    else:
        return
    if occasion is not None and occasion.at > timezone.now() - NEWS_FOR:
        outbox.put(KIND, f"{KIND}:{occasion.key}", due_at=occasion.at, **occasion.as_payload())


def _of_text(edition: Edition, step: str, at: datetime) -> Occasion | None:
    def of(change: Change, at: datetime) -> Occasion:
        return Occasion(change, "statement", edition.statement_id, at, edition.language, edition.pk)

    if step in {"publish", "publish_urgently"} and edition.live_from is not None:
        if edition.base_id is None:
            return of("new", edition.live_from)
        if edition.is_minor:
            return of("minor", edition.live_from) if edition.passages.exists() else None
        return of("corrected", edition.live_from)
    if step == "add_to_note":
        return of("corrected", at)
    if step == "restore":
        return of("restored", at)
    return of(TAKEN_DOWN[step], at) if step in TAKEN_DOWN else None


def _of_record(record: Project | Agreement | Event, step: str, at: datetime) -> Occasion | None:
    def of(change: Change, at: datetime) -> Occasion:
        return Occasion(change, record._meta.model_name, record.pk, at)  # type: ignore[arg-type]

    if step == "publish" and record.live_from is not None:
        return of("new", record.live_from)
    if step == "change" and isinstance(record, Event) and record.live_from is not None:
        move = record.moves.first()
        return of("moved", move.moved_at) if move else None
    if step == "restore":
        return of("restored", at)
    return of(TAKEN_DOWN[step], at) if step in TAKEN_DOWN else None


def _note_entry(fact: Fact, step: str) -> None:
    """What is entered one after another is told of as one piece of news."""
    if step not in {"start", "change"}:
        return
    now = moment.now()
    if now > timezone.now() - NEWS_FOR:
        at = now + TOGETHER - timedelta(seconds=now.timestamp() % TOGETHER.total_seconds())
        project = fact.about.pk
        key = f"{ENTERED}:{project}:{at.astimezone(UTC).isoformat()}"
        outbox.put(ENTERED, key, due_at=at, project=project, at=at.isoformat())


@effects.register(KIND, called=_("news of a publication"), in_transaction=True)
def tell(delivery: Delivery) -> None:
    occasion = Occasion.from_payload(delivery.payload)
    if occasion.at <= moment.now() - NEWS_FOR:
        raise effects.Dropped("It is too long ago to be news.")
    if not occasion.still_holds():
        raise effects.Dropped("It does not hold any more.")
    own = [] if occasion.change == "minor" else [occasion]
    _tell([*own, *by_occasion(occasion)])


@effects.register(ENTERED, called=_("news of what a statement said"), in_transaction=True)
def tell_of_entry(delivery: Delivery) -> None:
    at = datetime.fromisoformat(delivery.payload["at"])
    news_since = moment.now() - NEWS_FOR
    if at <= news_since:
        raise effects.Dropped("It is too long ago to be news.")
    _tell(by_hand(delivery.payload["project"], at - TOGETHER, at, news_since=news_since))


def _tell(occasions: Sequence[Occasion]) -> None:
    for follower in followers if occasions else []:
        follower(occasions)
