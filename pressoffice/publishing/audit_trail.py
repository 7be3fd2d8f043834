"""The audit as people read it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from translated_fields.fields import show_language_code

from .admin_steps import moment_in_words
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

# Before one of these was followed by another, its moment had not come.
OF_PUBLICATION = ("publish", "cancel_publication")

Subject = tuple[str, int]


class Line(NamedTuple):
    entry: AuditEntry
    step: Any
    reason: str
    about: str = ""  # which part of the thing, where it has parts


class Trail(list[Line]):
    """The newest lines; `more`: how many older ones are not among them."""

    more: int = 0


def newest(found: Any, limit: int) -> tuple[list[AuditEntry], int]:
    """The newest of `found`, and how many more there are. One query, and one more where there are more."""
    entries = list(found.newest_first().select_related("by")[: limit + 1])
    return entries[:limit], found.count() - limit if len(entries) > limit else 0


def trail(subject: models.Model, *, limit: int = 50) -> Trail:
    """The newest entries about `subject`. One query, and one more where it is longer than `limit`."""
    entries, more = newest(AuditEntry.objects.about(subject), limit)
    moments = {subject_of(entry): getattr(subject, "live_from", None) for entry in entries}
    labels = labels_of(entries, moments)
    lines = Trail(Line(entry, labels[entry.pk], explained(entry)) for entry in entries)
    lines.more = more
    return lines


def subject_of(entry: AuditEntry) -> Subject:
    return entry.subject_type, entry.subject_id


def labels_of(
    entries: Iterable[AuditEntry],
    public_from: dict[Subject, datetime | None],
    last: dict[Subject, int] | None = None,
) -> dict[int, Any]:
    """What each entry is called, by its key. `entries`: newest first. `public_from`: from when the subjects
    are public, as far as that may be told. `last`: the last entry of publication of each, where `entries`
    are not all there are of them."""
    last = dict(last or {})
    labels = {}
    for entry in entries:
        if entry.step in OF_PUBLICATION:
            is_last = last.setdefault(subject_of(entry), entry.pk) == entry.pk
            labels[entry.pk] = _of_publication(entry, public_from.get(subject_of(entry)), is_last=is_last)
        else:
            labels[entry.pk] = label_of(entry.step)
    return labels


def _of_publication(entry: AuditEntry, public_from: datetime | None, *, is_last: bool) -> Any:
    if entry.step != "publish":
        return label_of(entry.step)
    if not is_last:
        return _("Scheduled")
    if public_from is None:
        return label_of(entry.step)
    if public_from > entry.at:
        return _("Scheduled for %(moment)s, Bishkek time") % {"moment": moment_in_words(public_from)}
    return _("Published")


def last_publications(entries: Iterable[AuditEntry]) -> dict[Subject, int]:
    """For `labels_of`, where entries of other things and pages stand between. At most one query."""
    subjects = {subject_of(entry) for entry in entries if entry.step == "publish"}
    if not subjects:
        return {}
    found = AuditEntry.objects.filter(
        step__in=OF_PUBLICATION,
        subject_type__in={kind for kind, _key in subjects},
        subject_id__in={key for _kind, key in subjects},
    )
    last: dict[Subject, int] = {}
    for kind, key, pk in found.newest_first().values_list("subject_type", "subject_id", "pk"):
        last.setdefault((kind, key), pk)
    return last


def label_of(step: str) -> Any:
    return STEPS.get(step, step)


def explained(entry: AuditEntry) -> str:
    """The reason; for a change the names of the columns, in the reader's language."""
    if entry.step not in {"change", "reword"}:
        return entry.reason
    if "» → «" in entry.reason:
        return "; ".join(_was_and_is(line, entry.subject_type) for line in entry.reason.split("\n"))
    try:
        model = apps.get_model(entry.subject_type)
    except (LookupError, ValueError):
        return entry.reason
    return ", ".join(_column(model, name) for name in entry.reason.split(", "))


def _was_and_is(line: str, subject_type: str) -> str:
    """“alt_ky: «a» → «b»” with the column called as the reader calls it. One of another thing than the
    entry is about names its model: “media.image.alt_ky: …”."""
    column, _colon, words = line.partition(": ")
    model, _dot, name = column.rpartition(".")
    try:
        return f"{_column(apps.get_model(model or subject_type), name)}: {words}"
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
