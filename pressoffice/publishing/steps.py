"""Steps: the verbs of the office. One writer of state, one transaction, one audit entry."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import events, moment

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


class StepRefused(Exception):
    """A step that may not be taken; the message is a translated sentence for the person who tried."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def require_permission(by: "User", permission: str) -> None:
    """Raises StepRefused unless `by` holds `permission` ("app.codename")."""
    if not by.has_perm(permission):
        raise StepRefused(_("Your role does not include this step. Ask somebody whose role does."))


def require_reason(reason: str) -> str:
    """Raises StepRefused where no reason is given; returns it without the blanks around it."""
    reason = reason.strip()
    if not reason:
        raise StepRefused(_("Give a reason."))
    return reason


class Steps(models.Model):
    """A row with a `state` that only `_take_step` writes."""

    state: Any

    class Meta:
        abstract = True

    def _lock(self) -> str:
        """Wait until nobody else is changing this row; its state then.

        A step whose rule has a moment in it locks first and reads the clock after that: a moment read
        before the wait is older than the step that was waited for.
        """
        rows: Any = type(self)._base_manager.filter(pk=self.pk)
        state = rows.select_for_update().values_list("state", flat=True).first()
        if state is None:
            raise ObjectDoesNotExist(f"{self._meta.label} {self.pk} is gone.")
        return state

    def _take_step(
        self,
        step: str,
        sources: Iterable[str],
        target: str,
        *,
        by: "User",
        only: Q | None = None,
        unless: Q | None = None,
        reason: str = "",
        tell: Any = None,
        **changes: Any,
    ) -> None:
        """Move this row from one of `sources` to `target`, or raise StepRefused.

        Two people may click at once, and the object in hand may be old: only the row as it is
        now decides, so the whole rule stands in the WHERE clause (`only` must hold, `unless` must not).
        `changes` are written with the state; `tell` is the event sent after the commit.
        """
        from .models import AuditEntry

        with transaction.atomic():
            before = self._lock()
            rows: Any = type(self)._base_manager.filter(pk=self.pk)
            permitted = rows.filter(state__in=list(sources))
            if only is not None:
                permitted = permitted.filter(only)
            if unless is not None:
                # As a sub-select by key: a rule that looks through a relation may not join in an UPDATE.
                permitted = permitted.exclude(pk__in=type(self)._base_manager.filter(unless).values("pk"))
            if not permitted.update(state=target, **changes):
                self.refresh_from_db()
                raise StepRefused(self._refusal(step, by=by))
            self.refresh_from_db()
            AuditEntry.objects.record(self, step, by=by, from_state=before, to_state=target, reason=reason)
            self._after_step(step, by=by, reason=reason)
            events.step_taken.send(
                sender=type(self), instance=self, step=step, by=by, at=moment.now(), reason=reason
            )
            if tell is not None:
                transaction.on_commit(
                    partial(tell.send_robust, sender=type(self), instance=self, at=moment.now())
                )

    def _after_step(self, step: str, *, by: "User", reason: str) -> None:
        """What else belongs to the step's transaction."""

    def _refusal(self, step: str, *, by: "User") -> Any:
        """Why `step` was refused, read from the row as it is now."""
        return _("This step is not possible now: somebody may have been quicker. Look at the text again.")
