"""What a template needs to draw a picture, and the addresses of its files."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from .models import Rendition

EXTENSIONS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
# A browser takes the first that it can read.
BESIDE_JPEG = ("avif", "webp")
# Large enough for a phone held upright, small enough where nothing understands `srcset`.
PREFERRED_WIDTH = 960


@dataclass(frozen=True)
class Source:
    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """`width` and `height` are those of the largest file: they reserve the room before it is there."""

    sources: list[Source]
    src: str
    srcset: str
    width: int
    height: int
    alt: str


def address(token: str, rendition: "Rendition") -> str:
    return reverse(
        "media:image", args=[token, rendition.ratio, rendition.width, EXTENSIONS[rendition.format]]
    )


def picture(token: str, renditions: Iterable["Rendition"], alt: str) -> Picture | None:
    """Of renditions of one ratio; None if there are none."""
    by_width = sorted(renditions, key=lambda rendition: rendition.width)
    jpegs = [rendition for rendition in by_width if rendition.format == "jpeg"]
    others = {name: [each for each in by_width if each.format == name] for name in BESIDE_JPEG}
    if not jpegs:
        return None
    preferred = [rendition for rendition in jpegs if rendition.width <= PREFERRED_WIDTH] or jpegs[:1]
    return Picture(
        sources=[Source(f"image/{name}", _srcset(token, made)) for name, made in others.items() if made],
        src=address(token, preferred[-1]),
        srcset=_srcset(token, jpegs),
        width=jpegs[-1].width,
        height=jpegs[-1].height,
        alt=alt,
    )


def _srcset(token: str, renditions: list["Rendition"]) -> str:
    return ", ".join(f"{address(token, rendition)} {rendition.width}w" for rendition in renditions)
