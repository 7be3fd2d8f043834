"""Which documents may be attached: PDF and Word (.docx), told by their content, never by their name.

A document is kept byte for byte and handed out as a download only. What a PDF program does with it on the
reader's machine is out of our hands, so what carries programs, other files or protection, or loads anything
from elsewhere, is refused.
"""

import hashlib
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from . import pdf, word

MAX_BYTES = 20 * 1024 * 1024


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
        pdf.refuse_bad(content)
        file_format = "pdf"
    elif content.startswith(b"PK\x03\x04"):
        word.refuse_bad(content)
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
