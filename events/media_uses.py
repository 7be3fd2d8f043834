"""Which pictures this app shows: what `pressoffice.media.uses` asks."""

from pressoffice.media.models import Document, Image
from pressoffice.publishing.records import RecordQuerySet

from .models import Event


def anywhere(item: Image | Document) -> RecordQuerySet:
    return Event.objects.filter(lead_image=item) if isinstance(item, Image) else Event.objects.none()


def public(item: Image | Document) -> RecordQuerySet:
    return anywhere(item).live()
