"""Which reader a file is for."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext as _

from .csv_file import read_csv
from .iati_file import read_iati
from .json_file import read_json
from .record import ImportRefused, Record, TooManyProblems

LARGEST_FILE = 64 * 1024 * 1024  # bytes
_READERS: dict[str, Callable[[bytes, Record], None]] = {
    ".json": read_json,
    ".csv": read_csv,
    ".xml": read_iati,
}
SUFFIXES = tuple(_READERS)


def read(file: BinaryIO, name: str) -> Record:
    """What `file`, called `name`, holds. Asks the database nothing.

    Raises ImportRefused, with a sentence for the person, for what is none of the formats; faults within a
    file are in `problems`.
    """
    reader = _READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise ImportRefused(
            _("Only .json and .csv files in the format of this site and .xml files of IATI are read.")
        )
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ImportRefused(
            _("The file is larger than %(megabytes)d MB. Divide it into several.")
            % {"megabytes": LARGEST_FILE // 1024 // 1024}
        )
    if not content.strip():
        raise ImportRefused(_("The file is empty."))
    record = Record()
    with suppress(TooManyProblems):  # what was read so far is never used: its problems are the answer
        reader(content, record)
    return record
