from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pressoffice.ledger.moments import promises_by_key
from pressoffice.ledger.overviews import attach_words
from pressoffice.publishing.addresses import absolute

from .models import Told
from .pieces import (
    CORRECTED,
    LEFT,
    NEW,
    RESTORED,
    STATED,
    WITHDRAWN,
    News,
    Piece,
    farewell,
    is_newer,
    named,
    removed,
)


class Promises(News):
    """The promises of `rows`, in the active language."""

    def __init__(self, rows: Sequence[Told]) -> None:
        """Ten queries at most."""
        self.promises = promises_by_key({row.item for row in rows})
        attach_words(list(self.promises.values()))

    def is_public(self, row: Told) -> bool:
        return row.item in self.promises

    def taken_down_as(self, row: Told) -> str:
        return WITHDRAWN if self.promises[row.item].state is None else ""

    def first(self, row: Told) -> str:
        return NEW if is_newer(self.promises[row.item].public_at, row) else STATED

    def removed(self, row: Told) -> Piece:
        return removed(_("A promise has been removed from the site"), row.begun_at)

    def piece(self, row: Told, change: str) -> Piece:
        promise = self.promises[row.item]
        commitment = promise.commitment
        source = commitment.source_edition
        title = f"{commitment.project.name}: {commitment.said.text}"
        words = [word for word in promise.later if is_newer(word.public_at, row)]
        head = {
            NEW: title,
            STATED: _("News: %(title)s") % {"title": title},
            LEFT: _("News: %(title)s") % {"title": title},
            CORRECTED: _("Changed: %(title)s") % {"title": title},
            WITHDRAWN: _("Withdrawn: %(title)s") % {"title": title},
            RESTORED: _("In force again: %(title)s") % {"title": title},
        }
        marks = {
            STATED: _("Something new was said of it") if words else _("New in a list that you follow"),
            LEFT: _("Something new was said of it"),
            CORRECTED: _("What is known of it has changed"),
            WITHDRAWN: _("Withdrawn: it no longer holds"),
            RESTORED: _("In force again"),
        }
        kind = capfirst(commitment._meta.verbose_name)
        return Piece(
            change=change,
            mark=marks.get(change, ""),
            subject=head[change],
            title=title,
            kicker=f"{kind} · {date_format(commitment.stated_on)}",
            who=named(commitment.speakers_in_office()),
            summary=promise.now,
            facts=[
                *(f"{date_format(word.stated_on)}. {word.in_a_line}" for word in words),
                *([_("Stated in: %(title)s") % {"title": source.title}] if source else []),
                *farewell(change),
            ],
            link=absolute(commitment.address),
        )
