"""The picture that stands beside a link to a statement where somebody shares it."""

import hashlib
import re
import unicodedata
from dataclasses import astuple, dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image, ImageDraw, ImageFont

from pressoffice.publishing.takedowns import takedown_in_force
from pressoffice.publishing.typography import bound_title

from .models import Edition

WIDTH, HEIGHT = 1200, 630
STATIC = Path(settings.BASE_DIR) / "static"
FRAME = STATIC / "img" / "share-frame.png"
REGULAR = str(STATIC / "fonts" / "literata-regular.woff2")
SEMIBOLD = str(STATIC / "fonts" / "literata-semibold.woff2")
INK, SOFT, MADDER = (20, 33, 42), (74, 90, 101), (161, 29, 54)

LEFT, RIGHT = 64, WIDTH - 64
HEAD = 176  # left edge of the office's name, beside the emblem
TOP, BOTTOM = 178, 478  # between them stands the headline
LARGEST, SMALLEST, STEP = 72, 36, 4
LEADING = 1.2
DESIGN = "2"  # another one makes every card's address anew


@dataclass(frozen=True)
class Card:
    """The words on the picture, in the statement's language."""

    office: str
    kind: str
    day: str
    headline: str
    speakers: str

    @property
    def stamp(self) -> str:
        """Stands in the address: other words, another address."""
        return hashlib.sha256("\n".join([DESIGN, *astuple(self)]).encode()).hexdigest()[:12]

    def drawn(self) -> bytes:
        """As PNG."""
        with Image.open(FRAME) as frame:
            picture = frame.convert("RGB")
        pen = ImageDraw.Draw(picture)
        _line(pen, self.office, (HEAD, 60), SEMIBOLD, 34, INK)
        _line(pen, " · ".join(filter(None, [self.kind, self.day])), (HEAD, 104), REGULAR, 28, MADDER)
        font, lines = _fitted(self.headline)
        height = font.size * LEADING
        top = TOP + (BOTTOM - TOP - height * len(lines)) / 2
        for number, words in enumerate(lines):
            pen.text((LEFT, top + number * height), words, font=font, fill=INK)
        _line(pen, self.speakers, (LEFT, 496), REGULAR, 28, SOFT)
        file = BytesIO()
        # A picture of few colours is a third as large with a palette, and no letter looks otherwise.
        picture.quantize(128).save(file, "PNG", optimize=True)
        return file.getvalue()


def card_of(edition: Edition) -> Card:
    """No query when statement, speakers and offices are prefetched; one of a withdrawn text."""
    with override(edition.language):
        kind = str(_("Withdrawn") if edition.is_withdrawn else edition.statement.get_kind_display())
        day: date | datetime | None = edition.statement.delivered_on or edition.public_since
        if edition.is_withdrawn:
            takedown = takedown_in_force(edition.statement, language=edition.language)
            day = timezone.localtime(takedown.at) if takedown else None
        speakers = [
            ", ".join([each.person.name, *([each.office.title] if each.office else [])])
            for each in edition.speakers_in_office()
        ]
        return Card(
            office=_("Press office"),
            kind=kind,
            day=date_format(day, "DATE_FORMAT") if day else "",
            headline=edition.title,
            speakers="; ".join(speakers),
        )


def card_address(edition: Edition, card: Card) -> str:
    with override(edition.language):
        return reverse("articles:share-card", args=[edition.statement.reference, card.stamp])


@lru_cache(maxsize=32)
def _font(path: str, size: int) -> Any:
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=4096)
def _is_drawn(sign: str) -> bool:
    """Whether the typeface has the sign; others would be boxes."""
    font = _font(SEMIBOLD, 32)
    return sign.isspace() or bytes(font.getmask(sign)) != bytes(font.getmask("\U0010fffd"))


# What stands for signs that the typeface lacks and Unicode knows nothing plainer for.
_INSTEAD = {
    "\N{HYPHEN}": "-",
    "\N{HORIZONTAL BAR}": "—",
    "\N{SOFT HYPHEN}": "",
    "\N{WORD JOINER}": "",
    "\N{ZERO WIDTH SPACE}": "",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "",
    "\N{COMBINING ACUTE ACCENT}": "",
    "\N{PRIME}": "'",
    "\N{FRACTION SLASH}": "/",
    "\N{ALMOST EQUAL TO}": "~",
    "\N{RUBLE SIGN}": "RUB",
    "\N{TENGE SIGN}": "KZT",
    "\N{SOM SIGN}": "KGS",
}
_BREAKS = re.compile(r"[^\S\u00a0\u202f\u2007]+")


def _drawn_as(sign: str) -> str:
    if _is_drawn(sign):
        return sign
    plainer = unicodedata.normalize("NFKC", sign)
    return "".join(each if _is_drawn(each) else _INSTEAD.get(each, " ") for each in plainer)


def _drawable(words: str) -> str:
    """`words` in signs that the typeface has, on one line; blanks that hold words together stay."""
    return _BREAKS.sub(" ", "".join(map(_drawn_as, words))).strip()


def _line(
    pen: Any, words: str, at: tuple[int, int], path: str, size: int, colour: tuple[int, int, int]
) -> None:
    font = _font(path, size)
    pen.text(at, _cut(_drawable(words), font, RIGHT - at[0]), font=font, fill=colour)


def _cut(words: str, font: Any, width: float) -> str:
    if font.getlength(words) <= width:
        return words
    kept = list(takewhile(lambda end: font.getlength(words[:end] + "…") <= width, range(len(words))))
    return words[: kept[-1] if kept else 0].rstrip(" ,;") + "…"


def _fitted(headline: str) -> tuple[Any, list[str]]:
    """The largest size in which the headline fits; cut with an ellipsis where none does."""
    words = _drawable(bound_title(headline))
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        font = _font(SEMIBOLD, size)
        lines = _wrapped(words, font, RIGHT - LEFT)
        room = int((BOTTOM - TOP) / (size * LEADING))
        if len(lines) <= room:
            return font, lines
    kept = lines[:room]
    return font, [*kept[:-1], _cut(f"{kept[-1]} {lines[room]}", font, RIGHT - LEFT)]


def _wrapped(words: str, font: Any, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in words.split(" "):
        if font.getlength(longer := f"{line} {word}".strip()) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while font.getlength(line) > width:  # a word longer than a line is broken where it must be
            end = max(takewhile(lambda end: font.getlength(line[:end]) <= width, range(1, len(line))))  # noqa: B023
            lines.append(line[:end])
            line = line[end:]
    return [*lines, line] if line else lines
