"""Which reader a file is for."""

from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from .draft import Draft, ImportRefused
from .plain import read_plain
from .web import read_web
from .word import read_word

LARGEST_FILE = 5 * 1024 * 1024  # bytes
_READERS: dict[str, Callable[[bytes], Draft]] = {
    ".txt": read_plain,
    ".docx": read_word,
    ".html": read_web,
    ".htm": read_web,
}
SUFFIXES = tuple(_READERS)
# What files begin with that are not what their name says.
_WORD, _PDF, _RTF, _OLD_WORD = b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"\xd0\xcf\x11\xe0"


def read(file: BinaryIO, name: str) -> Draft:
    """The draft that `file`, called `name`, holds. Stores nothing.

    Raises ImportRefused, with a sentence for the person, for whatever cannot become a draft.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix == ".doc":
        raise ImportRefused(
            _("This is a document of an old version of Word. Save it as .docx and import it again.")
        )
    if suffix not in _READERS:
        raise ImportRefused(_("Only .txt, .docx and .html files can be imported."))
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ImportRefused(
            _("The file is larger than %(megabytes)d MB. Import only the text, without pictures.")
            % {"megabytes": LARGEST_FILE // 1024 // 1024}
        )
    if not content.strip():
        raise ImportRefused(_("The file is empty."))
    if suffix != ".docx":
        _refuse_misnamed(content)
    return _READERS[suffix](content)


def _refuse_misnamed(content: bytes) -> None:
    if content.startswith(_PDF):
        raise ImportRefused(_("This is a PDF file. Copy its text into a .txt or .docx file."))
    if content.startswith(_RTF):
        raise ImportRefused(_("This is an RTF file. Save it as .docx and import it again."))
    if content.startswith((_WORD, _OLD_WORD)):
        raise ImportRefused(
            _("This is not a text file but a document. Save it as .docx and import it again.")
        )
