from collections.abc import Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pressoffice.ledger.dates import in_words
from pressoffice.ledger.moments import promises_by_key
from pressoffice.ledger.overviews import attach_words
from pressoffice.ledger.promises import Promise, State
from pressoffice.publishing.addresses import absolute

from .models import Told
from .pieces import CORRECTED, WITHDRAWN, Piece, RepeatedNews, before, farewell, is_newer, named, removed


class Promises(RepeatedNews):
    """The promises of `rows`, in the active language."""

    def __init__(self, rows: Sequence[Told]) -> None:
        """Ten queries at most."""
        self.promises = promises_by_key({row.item for row in rows})
        attach_words(list(self.promises.values()))

    def is_public(self, row: Told) -> bool:
        return row.item in self.promises

    def taken_down_as(self, row: Told) -> str:
        return WITHDRAWN if self.promises[row.item].state is None else ""

    def began_at(self, row: Told) -> datetime | None:
        return self.promises[row.item].public_at

    def removed(self, row: Told) -> Piece:
        return removed(_("A promise has been removed from the site"), row.begun_at)

    def piece(self, row: Told, change: str) -> Piece | None:
        promise = self.promises[row.item]
        commitment = promise.commitment
        words = [word for word in promise.later if is_newer(word.public_at, row)]
        stood = _stands(promise)
        change = self.said(change, row, stood=stood, has_news=bool(words))
        if not change:
            return None
        source = commitment.source_edition
        title = f"{commitment.project.name}: {commitment.said.text}"
        state = str(capfirst(promise.state.label)) if promise.state else ""
        kind = capfirst(commitment._meta.verbose_name)
        return Piece(
            change=change,
            mark=self.mark(change, state),
            subject=self.head(change, title, state),
            title=title,
            kicker=f"{kind} · {date_format(commitment.stated_on)}",
            who=named(commitment.speakers_in_office()),
            summary=promise.now,
            facts=[
                *([before(_in_words(row.stood))] if change == CORRECTED else []),
                *(f"{date_format(word.stated_on)}. {word.in_a_line}" for word in words),
                *([_("Stated in: %(title)s") % {"title": source.title}] if source else []),
                *farewell(change),
            ],
            link=absolute(commitment.address),
            stood=stood,
        )


def _stands(promise: Promise) -> str:
    due = f" {promise.due_on.isoformat()} {promise.due_precision}" if promise.due_on else ""
    return f"{promise.state or '-'}{due}"


def _in_words(stood: str) -> str:
    state, *due = stood.split(" ")
    words = [str(State(state).label)] if state in State.values else []
    if due:
        words.append(in_words(date.fromisoformat(due[0]), due[1]))
    return ", ".join(words)
