"""The one way in for pictures and documents."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import PurePath
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _
from translated_fields import to_attribute

from pressoffice.accounts.models import User
from pressoffice.publishing.plain_text import clean_line

from . import documents, pictures
from .models import Document, Image, Rendition, document_name, original_name, rendition_name
from .storage import library

Writer = Callable[[str, bytes], str]
CROPS = [ratio for ratio in Rendition.Ratio.values if ratio != Rendition.Ratio.FULL]


def take_image(
    file: IO[bytes],
    *,
    by: User,
    title: str = "",
    alt: Mapping[str, str] | None = None,
    credit: Mapping[str, str] | None = None,
    is_decorative: bool = False,
    focal_point: tuple[float, float] = (0.5, 0.5),
) -> Image:
    """Add a picture to the library. `alt` and `credit` map language codes ("ky") to texts.

    Raises ValidationError with whole sentences: for the file, its code says why ("too_many_pixels",
    "svg", "duplicate" …; for a duplicate, `error.params["existing"]` is the picture that is there);
    for the texts, its `error_dict` names the fields.
    """
    picture = pictures.read(file)
    refuse_duplicate(Image.objects.filter(checksum=picture.checksum))
    image = Image(
        title=title or title_from(name_of(file)),
        is_decorative=is_decorative,
        focal_x=focal_point[0],
        focal_y=focal_point[1],
        uploaded_by=by,
        uploaded_name=name_of(file),
    )
    _set_texts(image, alt=alt, credit=credit)
    image.full_clean(exclude=["original", "width", "height", "byte_size", "source_format", "checksum"])
    return keep_image(image, picture)


def take_waiting(file: IO[bytes], *, by: User) -> Image:
    """Add one of many pictures, which nothing can show until somebody has described it.

    Raises ValidationError like `take_image`.
    """
    picture = pictures.read(file)
    refuse_duplicate(Image.objects.filter(checksum=picture.checksum))
    name = name_of(file)
    image = Image(title=title_from(name), uploaded_name=name, is_waiting=True, uploaded_by=by)
    return keep_image(image, picture)


def take_document(file: IO[bytes], *, by: User, title: Mapping[str, str]) -> Document:
    """Add a document. `title` maps language codes to texts. Raises ValidationError like `take_image`."""
    paper = documents.read(file)
    refuse_duplicate(Document.objects.filter(checksum=paper.checksum))
    document = Document(uploaded_by=by, uploaded_name=name_of(file))
    _set_texts(document, title=title)
    document.full_clean(exclude=["file", "format", "byte_size", "checksum"])
    return keep_document(document, paper)


def keep_image(image: Image, picture: pictures.Picture) -> Image:
    """Save a new `image` with all its files."""
    # All of it before the transaction: on SQLite everybody else who writes waits for its end.
    kept = picture.kept
    made = [("full", encoded) for encoded in picture.whole]
    made += [(ratio, encoded) for ratio in CROPS for encoded in _cut(picture.pixels, ratio, image)]
    with transaction.atomic(), _files_or_none() as write:
        image.original = write(original_name(image, ""), kept.content)
        image.width, image.height = kept.width, kept.height
        image.byte_size = len(kept.content)
        image.source_format, image.checksum = picture.source_format, picture.checksum
        image.save(force_insert=True)
        _add_renditions(image, made, write)
    return image


def keep_document(document: Document, paper: documents.Paper) -> Document:
    """Save a new `document` with its file."""
    document.format, document.checksum = paper.format, paper.checksum
    document.byte_size = len(paper.content)
    with transaction.atomic(), _files_or_none() as write:
        document.file = write(document_name(document, ""), paper.content)
        document.save(force_insert=True)
    return document


def move_focal_point(image: Image, x: float, y: float) -> None:
    """Cut the crops anew around another point. Their addresses stay; the old files go after the commit."""
    with transaction.atomic(), _files_or_none() as write:
        # One of two people at a time: the second would otherwise meet the first one's new rows.
        image = Image.objects.select_for_update().get(pk=image.pk)
        image.focal_x, image.focal_y = x, y
        image.clean()
        image.save(update_fields=["focal_x", "focal_y"])
        with image.original.open("rb") as original:
            pixels = pictures.decode_kept(original)
        made = [(ratio, encoded) for ratio in CROPS for encoded in _cut(pixels, ratio, image)]
        image.renditions.filter(ratio__in=CROPS).delete()
        _add_renditions(image, made, write)


def add_missing_renditions(image: Image) -> int:
    """Make what a picture would get today and has not yet; how many files. Addresses and files that are
    there stay."""
    there = {(made.ratio, made.width, made.format) for made in image.renditions.all()}
    with image.original.open("rb") as original:
        pixels = pictures.decode_kept(original)
    made = [
        (ratio, encoded)
        for ratio in Rendition.Ratio.values
        for encoded in _cut(pixels, ratio, image)
        if (ratio, encoded.width, encoded.format) not in there
    ]
    with transaction.atomic(), _files_or_none() as write:
        _add_renditions(image, made, write)
    return len(made)


def refuse_duplicate(same: models.QuerySet) -> None:
    existing = same.order_by("pk").first()
    if existing is not None:
        raise ValidationError(
            _("This file is in the library already: “%(existing)s”."),
            code="duplicate",
            params={"existing": existing},
        )


def name_of(file: IO[bytes]) -> str:
    """As the file is called on the machine it comes from, without its folder."""
    return clean_line(PurePath(getattr(file, "name", "") or "").name)[:255]


def title_from(filename: str | None) -> str:
    """“DSC_0123 Bishkek” from “DSC_0123 Bishkek.JPG”."""
    return PurePath(filename or "").stem[:200] or _("Untitled")


def _set_texts(item: models.Model, **texts: Mapping[str, str] | None) -> None:
    for name, by_language in texts.items():
        for language, text in (by_language or {}).items():
            setattr(item, to_attribute(name, language), text)


def _cut(pixels: pictures.Pixels, ratio: str, image: Image) -> Iterator[pictures.Encoded]:
    return pictures.renditions(pixels, ratio, image.focal_point)


def _add_renditions(image: Image, made: list[tuple[str, pictures.Encoded]], write: Writer) -> None:
    rows = []
    for ratio, encoded in made:
        row = Rendition(
            image=image,
            ratio=ratio,
            width=encoded.width,
            height=encoded.height,
            format=encoded.format,
            byte_size=len(encoded.content),
            checksum=encoded.checksum,
        )
        row.file = write(rendition_name(row, ""), encoded.content)
        rows.append(row)
    Rendition.objects.bulk_create(rows)


@contextmanager
def _files_or_none() -> Iterator[Writer]:
    """Gives a function that writes a file and returns its name. If the block fails, they all go again.

    Should the transaction around the block be rolled back later, `sweep_media` finds them.
    """
    written: list[str] = []

    def write(name: str, content: bytes) -> str:
        written.append(library.save(name, ContentFile(content)))
        return written[-1]

    try:
        yield write
    except BaseException:
        for name in written:
            library.delete(name)
        raise
