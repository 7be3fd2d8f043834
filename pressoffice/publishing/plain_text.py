"""Plain text as it may enter the site."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Everything XML 1.0 forbids (one such character pasted from a word processor makes a whole feed
# ill-formed), and the invisible marks that turn writing direction around.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069\ufeff]"
)
_FORBIDDEN_IN_A_LINE = re.compile(r"[\s\u2028\u2029]+")


def clean_text(text: str) -> str:
    """NFC, one kind of line end, nothing that XML forbids. What was typed stays otherwise as it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", text))


def clean_line(text: str) -> str:
    """The same for text of one line; runs of blanks become one, non-breaking spaces stay."""
    kept = clean_text(text).replace("\u00a0", "\ue000")
    return _FORBIDDEN_IN_A_LINE.sub(" ", kept).replace("\ue000", "\u00a0").strip()


def no_control_characters(text: str) -> None:
    """A validator for values that cannot be mended silently, such as addresses."""
    if text != clean_text(text):
        raise ValidationError(
            _("This text has characters that cannot be shown. Type it again."), code="forbidden"
        )
