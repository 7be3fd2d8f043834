"""Which pictures and documents this app shows: what `pressoffice.media.uses` asks."""

from django.db.models import Q

from pressoffice.media.models import Document, Image
from pressoffice.publishing.pages import OWN_NAMES

from .models import Edition, EditionImage, GalleryImage
from .querysets import EditionQuerySet
from .standing import version_of


def anywhere(item: Image | Document) -> EditionQuerySet:
    if isinstance(item, Image):
        in_text = EditionImage.objects.filter(image=item).values("edition")
        beside = GalleryImage.objects.filter(image=item).values("edition")
        return Edition.objects.filter(Q(lead_image=item) | Q(pk__in=in_text) | Q(pk__in=beside))
    return Edition.objects.filter(attachments=item)


def public(item: Image | Document) -> EditionQuerySet:
    """A version that was public keeps its address for life, and so do the files it shows."""
    return anywhere(item).ever_live()


def changeable(item: Image | Document) -> EditionQuerySet:
    return anywhere(item).unpublished()


def told(edition: Edition) -> str:
    return f"{OWN_NAMES[edition.language]}, {version_of(edition)}"


def approved(item: Image | Document) -> EditionQuerySet:
    return anywhere(item).approved()
