"""What the languages of a statement say differently, and what somebody has waved through."""

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.blocks import blocks_of
from articles.bodies import marked_passages
from articles.language_truth import PROJECT, Mismatch, Place, Reading, Said, compare, read
from articles.names_in_texts import Names, names_in
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.periods import Standing
from pressoffice.publishing.steps import StepRefused, require_permission, require_reason
from pressoffice.stated.mentions import Weight

from .accepted import AcceptedDifference, in_words
from .columns import UNPUBLISHED, State
from .statement import Statement

if TYPE_CHECKING:
    from pressoffice.accounts.models import User

    from .edition import Edition

FIELDS = ("title", "summary", "notes_to_editors")
MOST_EXAMPLES = 3


class Difference(NamedTuple):
    """A mismatch with the edition it was found against."""

    mismatch: Mismatch
    counterpart: "Edition"
    accepted: AcceptedDifference | None
    is_binding: bool  # against a text that is finished: a draft may still change

    @property
    def key(self) -> str:
        return self.mismatch.key

    @property
    def is_open(self) -> bool:
        return self.is_binding and self.accepted is None

    def __str__(self) -> str:
        mismatch = self.mismatch
        return in_words(
            mismatch.language,
            mismatch.mine.words if mismatch.mine else "",
            mismatch.other,
            mismatch.theirs.words if mismatch.theirs else "",
        )


class BetweenLanguages:
    """The part of an edition that looks at the other languages of its statement."""

    if TYPE_CHECKING:
        pk: Any
        statement: Any
        statement_id: Any
        language: Any
        title: Any
        summary: Any
        body: Any
        notes_to_editors: Any
        public_since: Any
        created_at: Any
        state: Any
        contributions: Any
        refresh_from_db: Any
        _default_manager: Any

    def counterparts(self) -> list["Edition"]:
        """Of each other language the text that readers have or will have, the original's first.

        A draft only where there is nothing else: it cannot hold up a text that is finished. One query.
        """
        others = (
            type(self)
            ._default_manager.filter(statement=self.statement_id, standing=Standing.IN_FORCE)
            .exclude(language=self.language)
            .exclude(state=State.DISCARDED)
            .order_by("pk")
        )
        newest: dict[str, Any] = {}
        for edition in others:
            before = newest.get(edition.language)
            is_draft = edition.state == State.DRAFT
            if before is None or not is_draft or before.state == State.DRAFT:
                newest[edition.language] = edition
        original = self.statement.original_language
        return sorted(
            (each for each in newest.values() if each.body),
            key=lambda each: (each.language != original, each.language),
        )

    def differences(self) -> list[Difference]:
        """What it says otherwise than its counterparts. One query a kind of name and language, and two."""
        counterparts = self.counterparts()
        if not counterparts or not self.body:
            return []
        names = names_in([self.language, *(each.language for each in counterparts)])
        mine = self._reading(names[self.language])
        accepted = {each.key: each for each in self._accepted().select_related("by")}
        return [
            Difference(
                mismatch,
                counterpart,
                accepted.get(mismatch.key),
                counterpart.state != State.DRAFT,
            )
            for counterpart in counterparts
            for mismatch in compare(mine, counterpart._reading(names[counterpart.language]))
        ]

    def open_differences(self) -> list[Difference]:
        """Those that stand between this text and its publication."""
        return [each for each in self.differences() if each.is_open]

    def _reading(self, names: Names) -> Reading:
        blocks = [(Place("body", number), block.text) for number, block in enumerate(blocks_of(self.body))]
        fields = [(Place(name), getattr(self, name)) for name in FIELDS]
        day = self.statement.delivered_on or timezone.localdate(self.public_since or self.created_at)
        reading = read(
            self.language,
            [*fields[:2], *blocks, *fields[2:]],
            stated_on=day,
            people=names.people,
            projects=names.projects,
            known_names=names.known,
        )
        # Words that are marked speak of the project, whatever they call it.
        marked = [
            Said(PROJECT, each.project_code, None, each.exact, "", "", Place("body"), 0, Weight.SILENT)
            for each in marked_passages(self.body)
        ]
        return reading._replace(said=[*reading.said, *marked])

    def _accepted(self) -> models.QuerySet[AcceptedDifference]:
        return AcceptedDifference.objects.filter(statement=self.statement_id)

    def accepted_hash(self) -> str:
        """Of everything that was waved through in this statement's texts: what an approver has seen of it."""
        keys = sorted(self._accepted().values_list("key", flat=True))
        return hashlib.sha256("\n".join(keys).encode()).hexdigest()

    def accept_differences(self, keys: list[str], *, by: "User", reason: str) -> None:
        """Wave through what `keys` name of differences(), as it stands now, for a `reason`.

        It changes no word, so no approval is void by it. But whoever wrote any of the text does it before the
        approval, which shows it; after that only somebody who wrote none of it may.
        """
        require_permission(by, "articles.change_edition")
        reason = require_reason(reason)
        with transaction.atomic():
            # An approval under way waits, and then sees this.
            Statement.objects.select_for_update().get(pk=self.statement_id)
            self.refresh_from_db()
            if self.state not in UNPUBLISHED:
                raise StepRefused(_("This edition can no longer be changed. Start a new edition."))
            if self.state == State.APPROVED and self.contributions.filter(user=by).exists():
                raise StepRefused(
                    _("You wrote in this text and it is approved: somebody else must look at this.")
                )
            chosen = {
                each.key: each
                for each in self.differences()
                if each.key in set(keys) and each.accepted is None
            }
            if not chosen:
                raise StepRefused(_("What you ticked is no longer there: look at the list as it is now."))
            for key, difference in chosen.items():
                mismatch = difference.mismatch
                AcceptedDifference.objects.create(
                    statement_id=self.statement_id,
                    edition_id=self.pk,
                    key=key,
                    language=mismatch.language,
                    words=mismatch.mine.words if mismatch.mine else "",
                    other_language=mismatch.other,
                    other_words=mismatch.theirs.words if mismatch.theirs else "",
                    reason=reason,
                    by=by,
                )
                AuditEntry.objects.record(
                    self,  # type: ignore[arg-type]
                    "accept_difference",
                    by=by,
                    from_state=self.state,
                    to_state=self.state,
                    reason=f"{difference}: {reason}",
                )


def refusal_of(differences: list[Difference]) -> Any:
    """Why a text with these, of which it names a few, cannot go public."""
    told = list(dict.fromkeys(str(each) for each in differences))
    examples = "; ".join(told[:MOST_EXAMPLES])
    if len(told) > MOST_EXAMPLES:
        examples = _("%(examples)s; and %(count)s more") % {
            "examples": examples,
            "count": len(told) - MOST_EXAMPLES,
        }
    return _(
        "The languages differ: %(examples)s. Put right what is wrong, or wave it through with a reason."
    ) % {"examples": examples}
