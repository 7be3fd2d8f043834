"""What the database refuses of the office's own records: they are only ever added to."""

from .triggers import kept_as_it_was, never_deleted

ENTRY = [
    "subject_type",
    "subject_id",
    "step",
    "from_state",
    "to_state",
    "reason",
    "fingerprint",
    "by_id",
    "at",
]
TAKEDOWN = [
    "subject_type",
    "subject_id",
    "language",
    "kind",
    "reason",
    "reason_language",
    "redirect_to",
    "by_id",
    "at",
]
ALWAYS = "OLD.id IS NOT NULL"

GUARDS = [
    never_deleted("publishing_auditentry", ALWAYS, what="audit entries are only ever added"),
    kept_as_it_was(
        "publishing_auditentry_stays",
        "publishing_auditentry",
        ENTRY,
        ALWAYS,
        "audit entries are only ever added",
    ),
    never_deleted("publishing_takedown", ALWAYS, what="a takedown is lifted, never deleted"),
    kept_as_it_was(
        "publishing_takedown_stays",
        "publishing_takedown",
        TAKEDOWN,
        ALWAYS,
        "a takedown is lifted, not changed",
    ),
    kept_as_it_was(
        "publishing_takedown_lifted_once",
        "publishing_takedown",
        ["lifted_at", "lifted_by_id"],
        "OLD.lifted_at IS NOT NULL",
        "a takedown is lifted once",
    ),
]
