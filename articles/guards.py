"""What the database refuses of texts, beyond single rows: nothing that was public, or has been approved,
changes or goes."""

from pressoffice.publishing.triggers import Guard, kept_as_it_was, never_deleted, of_a_period

from .models import AcceptedDifference, Edition

WORDS: list[str] = [
    Edition._meta.get_field(name.removesuffix("_id")).column  # type: ignore[union-attr, misc]
    for name in (*Edition.CONTENT, "statement", "language", "base", "translated_from", "content_hash")
]
OF_A_FIXED_TEXT = (
    "EXISTS (SELECT 1 FROM articles_edition e WHERE e.id = {row}.edition_id "
    "AND e.state IN ('approved', 'published'))"
)
FIXED = "what hangs on an approved text stays as it is"

GUARDS = [
    *of_a_period(
        "articles_edition",
        permanent=["number", "public_hash", "public_since", "is_urgent", "created_at", "created_by_id"],
    ),
    kept_as_it_was(
        "articles_edition_stays_as_approved",
        "articles_edition",
        WORDS,
        "OLD.state IN ('approved', 'published')",
        "an approved text is never changed",
    ),
    *(
        Guard(
            f"{table}_stays_{'off' if event == 'insert' else 'on'}_{event}",
            table,
            OF_A_FIXED_TEXT.format(row="NEW" if event == "insert" else "OLD"),
            FIXED,
            (event,),
        )
        for table, events in {
            "articles_passage": ("update", "delete"),
            "articles_attachment": ("insert", "update", "delete"),
            "articles_editionimage": ("insert", "update", "delete"),
            "articles_galleryimage": ("insert", "update", "delete"),
            "articles_contribution": ("update", "delete"),
        }.items()
        for event in events
    ),
    never_deleted(
        "articles_changenoteaddition",
        "OLD.id IS NOT NULL",
        what="a change note is added to, never taken back",
    ),
    kept_as_it_was(
        "articles_changenoteaddition_stays",
        "articles_changenoteaddition",
        ["edition_id", "text", "by_id", "at"],
        "OLD.id IS NOT NULL",
        "a change note is added to, never taken back",
    ),
    never_deleted(
        "articles_accepteddifference", "OLD.id IS NOT NULL", what="what was waved through stays written down"
    ),
    kept_as_it_was(
        "articles_accepteddifference_stays",
        "articles_accepteddifference",
        [field.attname for field in AcceptedDifference._meta.concrete_fields],
        "OLD.id IS NOT NULL",
        "what was waved through stays written down",
    ),
    never_deleted(
        "articles_embargolink", "OLD.id IS NOT NULL", what="who was given a text stays written down"
    ),
    kept_as_it_was(
        "articles_embargolink_stays",
        "articles_embargolink",
        ["edition_id", "recipient", "organisation", "email", "token_hash", "created_by_id", "created_at"],
        "OLD.id IS NOT NULL",
        "who was given a text stays written down",
    ),
    kept_as_it_was(
        "articles_embargolink_revoked_for_good",
        "articles_embargolink",
        ["revoked_at", "revoked_by_id", "expires_at"],
        "OLD.revoked_at IS NOT NULL",
        "a link that was revoked stays revoked",
    ),
    never_deleted("articles_embargoopening", "OLD.id IS NOT NULL", what="openings stay written down"),
    kept_as_it_was(
        "articles_embargoopening_stays",
        "articles_embargoopening",
        ["link_id", "at"],
        "OLD.id IS NOT NULL",
        "openings stay written down",
    ),
    kept_as_it_was(
        "articles_statement_stays_itself",
        "articles_statement",
        ["uuid", "reference"],
        "1 = 1",
        "what names a statement never changes",
    ),
    Guard(
        "articles_statement_never_deleted",
        "articles_statement",
        "EXISTS (SELECT 1 FROM articles_edition e WHERE e.statement_id = OLD.id AND e.live_from IS NOT NULL)",
        "what was public is never deleted",
        ("delete",),
    ),
]
