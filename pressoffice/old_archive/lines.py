"""JSON Lines, one object at a time, whatever else the file holds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

LONGEST = 4 * 1024 * 1024  # bytes of one line: a speech of six hours has some 400 kB
CHUNK = 1024 * 1024


class Row(NamedTuple):
    """`fields` is empty where `problem` says why the line cannot be read. `left_out` names what reading
    took out of it."""

    where: str
    fields: dict[str, Any]
    problem: str = ""
    left_out: tuple[str, ...] = ()


def rows(path: Path) -> Iterator[Row]:
    """Reads at most `LONGEST` bytes of a line into memory."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST + 1):
            number += 1
            where = f"{path.name}:{number}"
            if len(line) > LONGEST:
                while line and not line.endswith(b"\n"):
                    line = file.readline(CHUNK)
                yield Row(
                    where, {}, _("The line is longer than %(megabytes)s MB.") % {"megabytes": LONGEST >> 20}
                )
            elif line.strip():
                yield _read(where, line)


def _read(where: str, line: bytes) -> Row:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Row(where, {}, _("The line is not in UTF-8."))
    except (ValueError, RecursionError):
        return Row(where, {}, _("The line is not JSON."))
    if not isinstance(found, dict):
        return Row(where, {}, _("The line is no object of fields."))
    return Row(where, found)
