"""An event, as schema.org names such things."""

from django.utils import timezone

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.structured_data import Data, named, publisher

from .models import Event


def event_data(event: Event, image: str = "") -> Data:
    """Of a public event. `image`: an address on this site. No query when participants are prefetched."""
    move = event.last_move
    is_rescheduled = move is not None and not move.is_of_place_only
    status = "EventRescheduled" if is_rescheduled else "EventScheduled"
    if event.is_cancelled:
        status = "EventCancelled"
    return {
        "@type": "Event",
        "@id": absolute(event.get_absolute_url()),
        "url": absolute(event.get_absolute_url()),
        "name": event.title,
        "description": event.summary,
        "startDate": timezone.localtime(event.starts_at).isoformat(timespec="seconds"),
        "endDate": timezone.localtime(event.ends_at).isoformat(timespec="seconds"),
        "previousStartDate": timezone.localtime(move.starts_at).isoformat(timespec="seconds")
        if move and is_rescheduled
        else "",
        "eventStatus": f"https://schema.org/{status}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": event.venue, "address": event.venue} if event.venue else None,
        "organizer": publisher(),
        "attendee": [
            named("Person", person.name, person.get_absolute_url()) for person in event.participants.all()
        ],
        "about": [named("Project", each.name, each.get_absolute_url()) for each in event.projects.all()],
        "image": absolute(image) if image else "",
    }
