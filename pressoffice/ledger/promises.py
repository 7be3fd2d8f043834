"""What came of promises. Derived from what statements said, never typed, and neutral in its words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pressoffice.stated.precision import Precision, last_day

from .dates import first_day, in_words
from .models import Commitment

SOON = timedelta(days=90)


class State(models.TextChoices):
    OPEN = "open", gettext_lazy("open")
    SOON = "soon", gettext_lazy("due within 90 days")
    OVERDUE = "overdue", gettext_lazy("past its date")
    REPLACED = "replaced", pgettext_lazy("promise", "replaced")
    DONE = "done", gettext_lazy("reported done")
    DROPPED = "dropped", gettext_lazy("given up")


# Of words said on one day about one promise, the one that tells most decides: so the order in which
# they were entered never does.
WEIGHT = {
    Commitment.Relation.RESTATES: 0,
    Commitment.Relation.NARROWS: 1,
    Commitment.Relation.REPLACES: 2,
    Commitment.Relation.DROPS: 3,
    Commitment.Relation.FULFILS: 4,
}
ENDS_AS = {
    Commitment.Relation.NARROWS: State.REPLACED,
    Commitment.Relation.REPLACES: State.REPLACED,
    Commitment.Relation.DROPS: State.DROPPED,
    Commitment.Relation.FULFILS: State.DONE,
}


class Promise(NamedTuple):
    commitment: Commitment
    state: State | None  # None where its source is withdrawn: nothing came of what is no longer said
    due_on: date | None
    due_precision: str
    later: list[Commitment]  # every word on it that still holds, oldest first
    decided_by: Commitment | None  # the later word that ended it
    told: Sequence[Commitment] = ()  # every word on it, those that were withdrawn included

    @property
    def changes(self) -> int:
        """How often what is known of it has changed: by words on it, and by their withdrawal."""
        return len(self.told) + sum(word.is_withdrawn for word in [self.commitment, *self.told])

    @property
    def public_at(self) -> datetime:
        """Since when readers can know of it. Needs `moments.attach_moments()`; no query."""
        return self.commitment.public_at

    @property
    def changed_at(self) -> datetime:
        """When readers could last learn anything new of it: a word on it, or that one is withdrawn or holds
        again. Needs `moments.attach_moments()`; no query."""
        return max(word.changed_at for word in [self.commitment, *self.told])

    @property
    def due_in_words(self) -> str:
        return in_words(self.due_on, self.due_precision) if self.due_on else ""

    @property
    def now(self) -> str:
        """What came of it, as a sentence without judgement."""
        if self.state is None:
            return _("The statement it comes from was withdrawn.")
        if self.decided_by is not None:
            return {
                State.DONE: _("Reported done."),
                State.DROPPED: _("Given up."),
                State.REPLACED: _("Replaced by a later statement."),
            }[self.state]
        if self.due_on is None:
            return _("No date given; stated again later.") if self.later else _("No date given.")
        given = (
            _("Date given: %(date)s; stated again later.")
            if self.later
            else _("Date given: %(date)s; no later statement.")
        )
        return given % {"date": self.due_in_words}


def came_of(commitments: Iterable[Commitment], today: date) -> list[Promise]:
    """The promises among `commitments`, each with what came of it by `today`; soonest due first.

    `commitments`: the public ones of whole projects, those whose source is withdrawn included; these count
    for nothing but are kept in the list. Needs `with_standing()`; no query.
    """
    rows = list(commitments)
    answers: dict[int, list[Commitment]] = {}
    for row in rows:
        if row.answers_id is not None:
            answers.setdefault(row.answers_id, []).append(row)
    valid = {pk: [word for word in words if not word.is_withdrawn] for pk, words in answers.items()}
    promises = [_came_of(row, answers, valid, today) for row in rows if not _is_only_a_word(row, rows)]
    return sorted(promises, key=_soonest_due_first)


def _is_only_a_word(row: Commitment, rows: list[Commitment]) -> bool:
    """A later word is shown under the promise it is about, wherever readers may see that promise."""
    return row.is_later_word and any(row.answers_id == other.pk for other in rows)


def _came_of(
    promise: Commitment,
    answers: dict[int, list[Commitment]],
    valid: dict[int, list[Commitment]],
    today: date,
) -> Promise:
    told = _words_on(promise, answers)
    later = sorted(_words_on(promise, valid), key=_weight)
    ending = next((word for word in reversed(later) if word.relation in ENDS_AS), None)
    due = promise
    for word in later:
        if word.relation == Commitment.Relation.RESTATES and word.due_on is not None and due.due_on is None:
            due = word
    state: State | None
    if promise.is_withdrawn:
        state = None
    elif ending is not None:
        state = ENDS_AS[Commitment.Relation(ending.relation)]
    else:
        state = _open_state(due.due_on, today)
    return Promise(promise, state, due.due_on, due.due_precision, later, ending, told)


def _words_on(promise: Commitment, answers: dict[int, list[Commitment]]) -> list[Commitment]:
    """What was said of it directly or of a statement that repeats it."""
    found: list[Commitment] = []
    waiting = [promise.pk]
    while waiting:
        for word in answers.get(waiting.pop(), []):
            found.append(word)
            if word.relation == Commitment.Relation.RESTATES:
                waiting.append(word.pk)
    return found


def _weight(word: Commitment) -> tuple:
    return (word.stated_on, WEIGHT[Commitment.Relation(word.relation)], str(word.source_id), word.pk)


def _open_state(due_on: date | None, today: date) -> State:
    if due_on is None or due_on > today + SOON:
        return State.OPEN
    return State.OVERDUE if due_on < today else State.SOON


def _soonest_due_first(promise: Promise) -> tuple:
    return (promise.due_on or date.max, promise.commitment.stated_on, promise.commitment.pk)


def is_due_this_quarter(promise: Promise, today: date) -> bool:
    """Whether it is still open and its day lies in the quarter of `today`."""
    quarter = (first_day(today, Precision.QUARTER), last_day(today, Precision.QUARTER))
    return (
        promise.state is not None
        and promise.decided_by is None
        and promise.due_on is not None
        and quarter[0] <= promise.due_on <= quarter[1]
    )
