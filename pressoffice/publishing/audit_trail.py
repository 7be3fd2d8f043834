"""The audit as people read it."""

from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from translated_fields.fields import show_language_code

from .models import AuditEntry

STEPS = {
    "start": _("Started"),
    "change": _("Changed"),
    "bring_in": _("Brought in from an old archive"),
    "delete": _("Deleted as a draft"),
    "submit": _("Submitted to a second pair of eyes"),
    "take_back": _("Taken back to write on"),
    "send_back": _("Sent back"),
    "approve": _("Approved"),
    "reopen": _("Reopened, so the approval is void"),
    "publish": _("Published or scheduled"),
    "publish_urgently": _("Published urgently"),
    "cancel_publication": _("Publication cancelled"),
    "second_look": _("Given a second look"),
    "share": _("Given under embargo to"),
    "revoke_link": _("Embargo link revoked:"),
    "note": _("Note"),
    "add_to_note": _("Added to the change note"),
    "discard": _("Discarded"),
    "withdraw": _("Withdrawn"),
    "cancel": _("Cancelled"),
    "remove": _("Removed from the site"),
    "restore": _("Restored"),
    "accept_difference": _("Difference between languages waved through"),
    "note_differences": _("Published with differences between languages"),
    "take_over": _("Changes of the original taken over"),
    "reword": _("Words of a file changed"),
    "replace": _("Replaced by a new file:"),
    "try_again": _("Tried again after it had failed"),
    "reset_second_factor": _("Second factor reset"),
}


class Line(NamedTuple):
    entry: AuditEntry
    step: Any
    reason: str
    about: str = ""  # which part of the thing, where it has parts


def trail(subject: models.Model, *, limit: int = 50) -> list[Line]:
    """The newest entries about `subject`. One query."""
    entries = AuditEntry.objects.about(subject).newest_first().select_related("by")[:limit]
    return [Line(entry, label_of(entry.step), explained(entry)) for entry in entries]


def label_of(step: str) -> Any:
    return STEPS.get(step, step)


def explained(entry: AuditEntry) -> str:
    """The reason; for a change the names of the columns, in the reader's language."""
    if entry.step == "reword":
        return "; ".join(_of_a_file(line) for line in entry.reason.split("\n"))
    if entry.step != "change":
        return entry.reason
    try:
        model = apps.get_model(entry.subject_type)
    except (LookupError, ValueError):
        return entry.reason
    return ", ".join(_column(model, name) for name in entry.reason.split(", "))


def _of_a_file(line: str) -> str:
    """“media.image.alt_ky: «a» → «b»” with the column called as the reader calls it."""
    column, _colon, words = line.partition(": ")
    model, _dot, name = column.rpartition(".")
    try:
        return f"{_column(apps.get_model(model), name)}: {words}"
    except (LookupError, ValueError):
        return line


def state_of(entry: AuditEntry, code: str) -> str:
    """The state's name, as the kind of thing the entry is about calls it."""
    try:
        field = apps.get_model(entry.subject_type)._meta.get_field("state")
    except (LookupError, ValueError, FieldDoesNotExist):
        return code
    return str(dict(getattr(field, "flatchoices", ())).get(code, code))


def _column(model: type[models.Model], name: str) -> str:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    if isinstance(field, models.Field):
        with show_language_code(True):  # noqa: FBT003 — the library's signature
            return str(capfirst(field.verbose_name))
    return str(capfirst(field.related_model._meta.verbose_name_plural))
