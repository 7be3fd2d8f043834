"""What the database refuses of events that were public."""

from pressoffice.publishing.triggers import kept_as_it_was, never_deleted, of_a_period

MOVES = ["event_id", "moved_at", "starts_at", "ends_at", "venue_ky", "venue_ru", "venue_en"]

GUARDS = [
    *of_a_period("events_event", permanent=["code", "uuid"]),
    never_deleted("events_eventmove", "OLD.id IS NOT NULL", what="what was announced stays"),
    kept_as_it_was(
        "events_eventmove_stays", "events_eventmove", MOVES, "OLD.id IS NOT NULL", "what was announced stays"
    ),
]
