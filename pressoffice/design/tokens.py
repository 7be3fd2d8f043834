"""What stands in static/css/tokens.css, read out of it: colours with their contrast, sizes in pixels."""

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured

TEXT, SIGN = 4.5, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11
NARROW, WIDE = 320, 1440  # pixels, between which the sizes of letters and spaces grow
ROOT = 16  # pixels of 1rem

# What is read, or has to be seen, on what; and how far the two must differ.
PAIRS = (
    ("ink", "paper", TEXT),
    ("ink-soft", "paper", TEXT),
    ("ink", "surface", TEXT),
    ("ink-soft", "surface", TEXT),
    ("lake", "paper", TEXT),
    ("lake", "surface", TEXT),
    ("lake-deep", "paper", TEXT),
    ("lake-deep", "lake-wash", TEXT),
    ("on-lake", "lake", TEXT),
    ("on-lake", "lake-deep", TEXT),
    ("madder", "paper", TEXT),
    ("leaf", "paper", TEXT),
    ("ink", "lake-wash", TEXT),
    ("ink", "madder-wash", TEXT),
    ("ink", "saffron", TEXT),
    ("ink", "saffron-strong", TEXT),
    ("on-night", "night", TEXT),
    ("on-night-soft", "night", TEXT),
    ("saffron-line", "paper", SIGN),
    ("rule-strong", "paper", SIGN),
    ("focus", "paper", SIGN),
)


class Colour(NamedTuple):
    name: str
    light: str  # "#rrggbb"
    dark: str


class Contrast(NamedTuple):
    text: Colour
    ground: Colour
    least: float
    light: float
    dark: float

    @property
    def holds(self) -> bool:
        return min(self.light, self.dark) >= self.least


class Size(NamedTuple):
    name: str
    narrow: float  # pixels in a window of NARROW
    wide: float


_TOKEN = re.compile(r"^\s*--([\w-]+):\s*([^;]+);", re.MULTILINE)
_COLOUR = re.compile(r"(?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6}))$")
_LENGTH = re.compile(r"([\d.]+)(rem|vw)")


@lru_cache(maxsize=1)
def _tokens() -> dict[str, str]:
    path = finders.find("css/tokens.css")
    if path is None:
        raise ImproperlyConfigured("static/css/tokens.css is missing.")
    css = re.sub(r"/\*.*?\*/", "", Path(path).read_text(), flags=re.DOTALL)
    return dict(_TOKEN.findall(css))


def colours() -> list[Colour]:
    found = []
    for name, value in _tokens().items():
        if match := _COLOUR.match(value):
            found.append(Colour(name, match[1] or match[3], match[2] or match[3]))
    return found


def contrasts() -> list[Contrast]:
    named = {colour.name: colour for colour in colours()}
    return [
        Contrast(
            named[text],
            named[ground],
            least,
            contrast(named[text].light, named[ground].light),
            contrast(named[text].dark, named[ground].dark),
        )
        for text, ground, least in PAIRS
    ]


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio, cut to two places so that 4.499 is not 4.5."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return int(100 * (lighter + 0.05) / (darker + 0.05)) / 100


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def sizes(kind: str) -> list[Size]:
    """`kind`: "text" or "space", the smallest first as they stand."""
    return [
        Size(name, _pixels(value, NARROW), _pixels(value, WIDE))
        for name, value in _tokens().items()
        if name.startswith(f"{kind}-")
    ]


def _pixels(value: str, window: int) -> float:
    """Of a length, or of clamp(least, in between, most)."""
    parts = value.removeprefix("clamp(").removesuffix(")").split(",")
    lengths = [
        sum(
            float(number) * (ROOT if unit == "rem" else window / 100)
            for number, unit in _LENGTH.findall(part)
        )
        for part in parts
    ]
    if len(lengths) == 3:
        least, between, most = lengths
        return round(min(max(least, between), most), 1)
    return round(lengths[0], 1)
