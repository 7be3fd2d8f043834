"""Pictures and documents that public statements about a project carried, over time."""

from typing import Any, NamedTuple

from articles.models import Attachment, Edition, EditionImage
from pressoffice.media.models import Document, Image
from pressoffice.publishing.languages import active
from projects.models import Project

MOST_PICTURES = 12
MOST_DOCUMENTS = 20


class Shown(NamedTuple):
    image: Image
    edition: Edition


def pictures_of(project: Project) -> list[Shown]:
    """Each picture once, under the newest text that shows it; newest first. Two queries."""
    rows = (
        EditionImage.objects.filter(edition__in=_editions(project))
        .select_related("image", "edition__statement")
        .prefetch_related("image__renditions")
        .order_by("-edition__public_since", "-edition_id", "position")[: 4 * MOST_PICTURES]
    )
    newest: dict[int, Shown] = {}
    for row in rows:
        newest.setdefault(row.image_id, Shown(row.image, row.edition))
    return list(newest.values())[:MOST_PICTURES]


def documents_of(project: Project) -> list[Document]:
    """The attachments of the texts that speak of it, newest first. One query."""
    rows = (
        Attachment.objects.filter(edition__in=_editions(project))
        .select_related("document")
        .order_by("-edition__public_since", "-edition_id", "pk")[: 4 * MOST_DOCUMENTS]
    )
    return list({row.document_id: row.document for row in rows}.values())[:MOST_DOCUMENTS]


def _editions(project: Project) -> Any:
    return Edition.objects.live().in_language(active()).about(project)
