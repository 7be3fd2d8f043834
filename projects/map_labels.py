"""Words and numbers on a map, put where they cover nothing.

A map is 1000 units wide on every screen, and its text keeps its size in pixels: on a phone a letter takes
more units than on a desk. The sizes here belong to the narrowest map on which each kind of words is shown
(static/css/components/map.css), so that what fits here fits on every wider one too.
"""

from collections.abc import Sequence
from typing import NamedTuple

# In units: badges and names of countries at every width, names of places from 34rem on.
BADGE = 56
PLACE_TEXT = 24
COUNTRY_TEXT = 32
# Of the text's size, on average, in the widest typeface that a system is likely to bring: DejaVu Sans.
LETTER, LATIN_LETTER = 0.68, 0.6
LONGEST_NAME = 40


class Spot(NamedTuple):
    x: float
    y: float


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, spot: Spot, width: float, height: float) -> "Box":
        return cls(spot.x - width / 2, spot.y - height / 2, spot.x + width / 2, spot.y + height / 2)

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Label(NamedTuple):
    text: str
    x: float
    y: float
    anchor: str  # start, middle or end, as SVG's text-anchor


def width_of(text: str, size: float) -> float:
    return size * sum(LATIN_LETTER if sign.isascii() else LETTER for sign in text)


class Labels:
    """What is taken on one map. Whoever asks first is served first."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self.taken: list[Box] = []

    def keep_free(self, spot: Spot, size: float) -> None:
        self.taken.append(Box.around(spot, size, size))

    def badge_at(self, spot: Spot) -> Spot:
        """`spot`, or the nearest place beside it where another badge is not in the way."""
        for ring in range(5):
            for x, y in [(0, 0), (1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1)]:
                there = Spot(round(spot.x + x * ring * BADGE, 1), round(spot.y + y * ring * BADGE, 1))
                if self._take(Box.around(there, BADGE, BADGE)):
                    return there
        return spot

    def beside(self, badge: Spot, text: str) -> Label | None:
        text = text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rstrip() + "…"
        width, height = width_of(text, PLACE_TEXT), PLACE_TEXT * 1.3
        aside, above = BADGE / 2 + 4, BADGE / 2 + height / 2
        in_view = min(max(badge.x, width / 2 + 6), self.width - width / 2 - 6)
        ways = [
            ("start", badge.x + aside, badge.y, badge.x + aside + width / 2),
            ("end", badge.x - aside, badge.y, badge.x - aside - width / 2),
            ("middle", in_view, badge.y - above, in_view),
            ("middle", in_view, badge.y + above, in_view),
        ]
        for anchor, x, y, middle in ways:
            if self._take(Box.around(Spot(middle, y), width, height)):
                return Label(text, round(x, 1), round(y, 1), anchor)
        return None

    def country(self, spots: Sequence[Spot], text: str) -> Label | None:
        width, height = width_of(text, COUNTRY_TEXT), COUNTRY_TEXT * 1.4
        for spot in spots:
            if self._take(Box.around(spot, width, height)):
                return Label(text, spot.x, spot.y, "middle")
        return None

    def _take(self, box: Box) -> bool:
        is_inside = box.left >= 0 and box.top >= 0 and box.right <= self.width and box.bottom <= self.height
        if not is_inside or any(box.meets(other) for other in self.taken):
            return False
        self.taken.append(box)
        return True
