"""Everything a newsroom needs of a statement in one file: text, photographs, documents and their credits."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from pressoffice.media.storage import library
from pressoffice.publishing.addresses import absolute

from .laid_out import laid_out
from .models import Edition
from .reading import body_of, pictures_of

IN_MEMORY = 4 * 1024 * 1024  # bytes; a larger kit is written to a temporary file
PIECE = 256 * 1024


@dataclass(frozen=True)
class Part:
    """One file of the kit: `content`, or what the library holds under `stored_as`."""

    name: str
    checksum: str
    byte_size: int
    content: bytes = b""
    stored_as: str = ""


@dataclass(frozen=True)
class Kit:
    parts: list[Part]
    changed_at: datetime

    @property
    def checksum(self) -> str:
        """The same for the same content on every machine."""
        named = "\n".join(f"{part.name} {part.checksum}" for part in self.parts)
        return hashlib.sha256(named.encode()).hexdigest()

    def written(self) -> IO[bytes]:
        """The ZIP file, from its start. Raises FileNotFoundError when the library has lost a file."""
        file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — whoever sends it closes it
        moment = timezone.localtime(self.changed_at).timetuple()[:6]
        with ZipFile(file, "w") as archive:
            for part in self.parts:
                entry = ZipInfo(part.name, date_time=moment)
                entry.external_attr = 0o644 << 16
                # Photographs and documents are compressed already.
                entry.compress_type = ZIP_STORED if part.stored_as else ZIP_DEFLATED
                with archive.open(entry, "w") as target:
                    for piece in _pieces(part):
                        target.write(piece)
        file.seek(0)
        return file


def _pieces(part: Part) -> Iterator[bytes]:
    if not part.stored_as:
        yield part.content
        return
    with library.open(part.stored_as) as stored:
        yield from iter(lambda: stored.read(PIECE), b"")


def kit_of(edition: Edition) -> Kit:
    """Of an edition loaded with for_pages(); no further query, no file is opened."""
    folder = f"{edition.statement.reference}-{edition.language}"
    with override(edition.language):
        photographs = [
            (f"photographs/{place:02}.jpg", image, whole)
            for place, image in enumerate(pictures_of(edition), start=1)
            if (whole := image.whole())
        ]
        documents = [
            (f"documents/{place:02}.{document.format}", document)
            for place, document in enumerate(edition.attachments.all(), start=1)
        ]
        context = {
            "edition": edition,
            "statement": edition.statement,
            "speakers": edition.speakers_in_office(),
            "address": absolute(edition.get_absolute_url()),
            "body": body_of(edition, for_feed=True),
            "body_text": laid_out(edition.body),
            "photographs": photographs,
            "documents": documents,
        }
        texts = [
            (name, render_to_string(f"articles/press_kit/{name}", context))
            for name in ("statement.txt", "statement.html", "credits.txt")
        ]
    parts = [_text(f"{folder}/{name}", text) for name, text in texts]
    parts += [
        Part(f"{folder}/{name}", file.checksum, file.byte_size, stored_as=file.file.name or "")
        for name, file in [*((name, file) for name, _image, file in photographs), *documents]
    ]
    return Kit(parts, edition.live_from or edition.created_at)


def _text(name: str, text: str) -> Part:
    # With the mark and the line ends by which every editor of a newsroom opens it rightly.
    if name.endswith(".txt"):
        text = "\ufeff" + "\r\n".join(text.strip().splitlines()) + "\r\n"
    content = text.encode()
    return Part(name, hashlib.sha256(content).hexdigest(), len(content), content)
