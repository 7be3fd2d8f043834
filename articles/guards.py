"""What the database refuses of texts, beyond single rows: nothing that was public, or has been approved,
changes or goes."""

from pressoffice.publishing.triggers import Guard, kept_as_it_was, of_a_period

from .models import Edition

WORDS = [
    Edition._meta.get_field(name.removesuffix("_id")).column
    for name in (*Edition.CONTENT, "statement", "language", "base", "translated_from", "content_hash")
]
OF_A_FIXED_TEXT = (
    "EXISTS (SELECT 1 FROM articles_edition e WHERE e.id = {row}.edition_id "
    "AND e.state IN ('approved', 'published'))"
)
FIXED = "what hangs on an approved text stays as it is"

GUARDS = [
    *of_a_period("articles_edition", permanent=["number", "public_since", "is_urgent", "created_by_id"]),
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
