"""What happened to a statement in all of its languages, on one line of time, with colleagues' notes."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.audit_trail import Line, Trail, explained, labels_of, newest
from pressoffice.publishing.models import AuditEntry, subject_type
from pressoffice.publishing.steps import StepRefused, require_permission

from .models import Edition, Statement

if TYPE_CHECKING:
    from pressoffice.accounts.models import User

MOST = 200
NOTHING_WRITTEN = _("Write the note first.")


def timeline_of(statement: Statement, *, limit: int = MOST) -> Trail:
    """The newest entries about the statement and its texts, each with the text it is about. Two queries, and
    one more where there are more of them than `limit`."""
    texts = statement.editions.only("language", "number", "statement", "live_from")
    editions = {edition.pk: edition for edition in texts}
    about_texts = Q(subject_type=subject_type(Edition), subject_id__in=list(editions))
    about_itself = Q(subject_type=subject_type(statement), subject_id=statement.pk)
    entries, more = newest(AuditEntry.objects.filter(about_texts | about_itself), limit)
    public_from = {(subject_type(Edition), pk): edition.live_from for pk, edition in editions.items()}
    labels = labels_of(entries, public_from)
    lines = Trail(
        Line(entry, labels[entry.pk], explained(entry), _named(editions.get(entry.subject_id), entry))
        for entry in entries
    )
    lines.more = more
    return lines


def _named(edition: Edition | None, entry: AuditEntry) -> str:
    if edition is None or entry.subject_type != subject_type(Edition):
        return ""
    return f"{edition.language} v{edition.number}" if edition.number else edition.language


def write_note(statement: Statement, *, by: "User", text: str) -> None:
    """A word to colleagues, on the timeline for good. Raises StepRefused."""
    require_permission(by, Edition.permission("submit"))
    if not text.strip():
        raise StepRefused(NOTHING_WRITTEN)
    AuditEntry.objects.record(statement, "note", by=by, reason=text.strip())
