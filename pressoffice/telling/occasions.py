"""Occasions: something public began, changed or ended, and those who follow the office should hear of it.

Whoever tells somebody registers a follower. It is called once for each occasion, when that has come, in the
transaction that marks it as told; it reaches out by deliveries of its own, never by itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from django.db.models import Model

from articles.models import Edition
from events.models import Event
from pressoffice.publishing.periods import Standing
from projects.models import Agreement, Project

# A minor change is none of them: nobody is told of a misprint. "stated": of what the ledger knows of
# something, by a statement that went public or by somebody who entered what it says.
# "minor": of a text; only what it newly says of projects is told. "come": into a list, by a day that has
# begun.
Change = Literal[
    "new",
    "stated",
    "come",
    "corrected",
    "minor",
    "withdrawn",
    "restored",
    "removed",
    "moved",
    "cancelled",
]
Of = Literal["statement", "project", "agreement", "event", "promise"]

RECORDS: dict[str, type[Project] | type[Agreement] | type[Event]] = {
    "project": Project,
    "agreement": Agreement,
    "event": Event,
}


@dataclass(frozen=True)
class Occasion:
    """`pk`: of the statement, record or commitment; `language`: of the statement's text, None for the others,
    which have all of them; `edition`: which one it began with."""

    change: Change
    of: Of
    pk: int
    at: datetime
    language: str | None = None
    edition: int | None = None

    @property
    def key(self) -> str:
        """Names it for good, for the keys of deliveries that come of it."""
        what = f"{self.of}-{self.pk}{f'-{self.language}' if self.language else ''}"
        return f"{what}:{self.change}:{self._at_in_words}"

    def as_payload(self) -> dict[str, Any]:
        """Keys, codes and a moment: what a delivery may hold. `from_payload` gives it back."""
        return {**asdict(self), "at": self._at_in_words}

    @property
    def _at_in_words(self) -> str:
        """One moment has one name, in whatever zone it was chosen."""
        return self.at.astimezone(UTC).isoformat()

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> "Occasion":
        names = cls.__dataclass_fields__
        given = {name: value for name, value in payload.items() if name in names}
        return cls(**{**given, "at": datetime.fromisoformat(payload["at"])})

    def load(self) -> Edition | Project | Agreement | Event | None:
        """What readers see of it now: the statement's text that is live in this language, or the record.
        None where there is nothing public any more, as after a removal. One query."""
        if self.of == "statement":
            texts = Edition.objects.live().filter(statement=self.pk, language=self.language)
            return texts.select_related("statement").first()
        return RECORDS[self.of].objects.live().filter(pk=self.pk).first()

    def still_holds(self) -> bool:
        """Whether it is so now: what was cancelled, put off, taken down or put back since is not told. Two
        queries at most."""
        return HOLDS[self.change](self)


def _subject(occasion: Occasion) -> Model | None:
    """The row that the step was taken on, public or not."""
    model: Any = Edition if occasion.of == "statement" else RECORDS[occasion.of]
    pk = occasion.edition if occasion.of == "statement" else occasion.pk
    return model._base_manager.filter(pk=pk).first()


def _has_begun(occasion: Occasion) -> bool:
    """It went public at that very moment, and is public, as itself or in its next edition."""
    subject: Any = _subject(occasion)
    return subject is not None and subject.live_from == occasion.at and _is_in_force(occasion)


def _is_in_force(occasion: Occasion) -> bool:
    found = occasion.load()
    return found is not None and found.standing == Standing.IN_FORCE


def _stands_as(standing: str) -> Callable[[Occasion], bool]:
    def holds(occasion: Occasion) -> bool:
        subject: Any = _subject(occasion)
        return subject is not None and subject.standing == standing

    return holds


def _corrected(occasion: Occasion) -> bool:
    """By a new edition, or by words added to the change note of one that was public before."""
    subject: Any = _subject(occasion)
    if subject is None or subject.live_from is None or subject.live_from > occasion.at:
        return False
    return _is_in_force(occasion)


HOLDS: dict[str, Callable[[Occasion], bool]] = {
    "new": _has_begun,
    "corrected": _corrected,
    "minor": _corrected,
    "restored": _is_in_force,
    "moved": _is_in_force,
    "withdrawn": _stands_as(Standing.WITHDRAWN),
    "removed": _stands_as(Standing.REMOVED),
    "cancelled": _stands_as(Standing.CANCELLED),
}


# Called with what came of one thing at one moment: that itself, then what it changed.
Follower = Callable[[Sequence[Occasion]], None]

# In the order in which they asked.
followers: list[Follower] = []


def follow(follower: Follower) -> Follower:
    if follower not in followers:
        followers.append(follower)
    return follower
