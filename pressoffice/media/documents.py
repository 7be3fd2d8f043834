"""Which documents may be attached: PDF and Word (.docx), told by their content, never by their name.

A document is kept byte for byte and handed out as a download only. What a PDF program does with it on the
reader's machine is out of our hands, so what can carry programs (Word macros, ActiveX) is refused.
"""

import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MAX_BYTES = 20 * 1024 * 1024
MAX_PARTS = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_CONTENT_TYPES = 1024 * 1024
# Viewers look for the end of a PDF within its last kilobyte.
PDF_TAIL = 1024
WORD_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ACTIVE_PARTS = ("vbaproject", "vbadata", "activex", "oleobject")


@dataclass(frozen=True)
class Paper:
    """A document that passed."""

    content: bytes
    checksum: str  # SHA-256
    format: str  # "pdf" or "docx"


def read(file: IO[bytes]) -> Paper:
    """Raises ValidationError with a sentence for whoever uploaded the file."""
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    if not content:
        raise ValidationError(_("This file is empty. Choose the document again."), code="empty")
    if len(content) > MAX_BYTES:
        raise ValidationError(
            _("This file is larger than %(limit)s. Make the document smaller and upload it again.")
            % {"limit": filesizeformat(MAX_BYTES)},
            code="too_large",
        )
    if content.startswith(b"%PDF-"):
        _refuse_bad_pdf(content)
        file_format = "pdf"
    elif content.startswith(b"PK\x03\x04"):
        _refuse_bad_word(content)
        file_format = "docx"
    else:
        raise ValidationError(
            _(
                "This file is neither a PDF nor a Word document (.docx). "
                "Save the document as PDF and upload that."
            ),
            code="not_a_document",
        )
    return Paper(content, hashlib.sha256(content).hexdigest(), file_format)


def _refuse_bad_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-PDF_TAIL:]:
        raise ValidationError(
            _(
                "This PDF is incomplete or has something else behind its end. "
                "Export it again and upload that."
            ),
            code="damaged",
        )


def _refuse_bad_word(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_bad_parts(parts)
            with archive.open("[Content_Types].xml") as types:
                content_types = types.read(MAX_CONTENT_TYPES)
    except ValidationError:
        raise
    except Exception as error:  # zipfile raises from struct.error to NotImplementedError on broken archives
        raise _not_word() from error
    names = {part.filename for part in parts}
    if b"macroEnabled" in content_types:
        raise _active()
    if "word/document.xml" not in names or WORD_DOCUMENT not in content_types:
        raise _not_word()


def _refuse_bad_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise ValidationError(
            _("This Word document unpacks to far more than its size. Save it as PDF and upload that."),
            code="bomb",
        )
    for part in parts:
        if any(word in part.filename.lower() for word in ACTIVE_PARTS):
            raise _active()


def _active() -> ValidationError:
    return ValidationError(
        _("This Word document contains macros or other programs. Save it as PDF and upload that."),
        code="macros",
    )


def _not_word() -> ValidationError:
    return ValidationError(
        _(
            "This file is not a Word document (.docx), or it is damaged. "
            "Save the document as PDF and upload that."
        ),
        code="not_a_document",
    )
