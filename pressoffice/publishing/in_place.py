"""Rows that are changed in place, without steps of their own: each change is told and kept in the audit."""

from django.db.models import Model

from . import events, moment
from .models import AuditEntry


def write_down(row: Model, step: str, *, by: Model, reason: str = "", state: str = "") -> None:
    """Part of the caller's transaction. `step`: "start", "change" or "delete"; `reason`: what changed, the
    names of columns, say; `state`: the one it is, and stays, in."""
    AuditEntry.objects.record(row, step, by=by, from_state=state, to_state=state, reason=reason)
    events.step_taken.send(sender=type(row), instance=row, step=step, by=by, at=moment.now(), reason=reason)
