"""Which pictures and documents this app shows: what `pressoffice.media.uses` asks."""

from pressoffice.media.models import Document, Image
from pressoffice.publishing.records import RecordQuerySet

from .models import Agreement, Project


def anywhere(item: Image | Document) -> RecordQuerySet:
    if isinstance(item, Image):
        return Project.objects.filter(lead_image=item)
    return Agreement.objects.filter(document=item)


def public(item: Image | Document) -> RecordQuerySet:
    return anywhere(item).live()
