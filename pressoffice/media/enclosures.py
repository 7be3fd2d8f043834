"""Files as feeds and other programs are told of them."""

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.feed_items import Enclosure

from .models import Document, Image


def picture_of(image: Image | None) -> Enclosure | None:
    """The whole picture as JPEG. No query with prefetched renditions."""
    file = image.largest() if image is not None else None
    if image is None or file is None:
        return None
    return Enclosure(absolute(file.get_absolute_url()), file.content_type, file.byte_size, image.alt_in())


def document_of(document: Document) -> Enclosure:
    address = absolute(document.get_absolute_url())
    return Enclosure(address, document.content_type, document.byte_size, document.title)
