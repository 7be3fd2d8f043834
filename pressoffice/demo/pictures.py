"""Landscapes for the demo content, drawn and not photographed: every stroke is the same on every machine.

Coordinates are those of the finished picture (1600 × 1067). It is drawn twice as large and made smaller,
which smooths every edge.
"""

import math
from collections.abc import Callable, Sequence
from io import BytesIO
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1067
_OVERSIZE = 2

Colour = tuple[int, int, int]
Point = tuple[float, float]

# From the sky down. One palette for all, so that pictures look like one set on a page.
DAWN, NOON, MIST = (250, 226, 200), (133, 178, 212), (214, 228, 236)
SNOW, FAR, RIDGE, SHADE = (247, 250, 252), (149, 174, 197), (96, 129, 158), (64, 94, 122)
HILL, MEADOW, FIELD, EARTH = (104, 141, 116), (146, 172, 120), (205, 189, 128), (167, 140, 104)
WATER, DEEP, STONE, ROAD = (92, 156, 178), (48, 104, 136), (188, 184, 174), (92, 96, 102)
INK, WHITE, ACCENT, WARM = (45, 60, 74), (255, 255, 255), (196, 72, 58), (236, 178, 92)


class _Canvas:
    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH * _OVERSIZE, HEIGHT * _OVERSIZE))
        self.pen = ImageDraw.Draw(self.image)

    def sky(self, top: Colour, bottom: Colour, *, horizon: float) -> None:
        self.image.paste(bottom, (0, 0, *self.image.size))
        self.fade([(0, 0), (WIDTH, 0), (WIDTH, horizon), (0, horizon)], top, bottom)

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        self.pen.polygon([self._at(point) for point in points], fill=colour)

    def fade(self, points: Sequence[Point], top: Colour, bottom: Colour) -> None:
        """A shape whose colour runs from `top` to `bottom` over its own height."""
        placed = [self._at(point) for point in points]
        left, upper = (int(min(axis)) for axis in zip(*placed, strict=True))
        right, lower = (math.ceil(max(axis)) for axis in zip(*placed, strict=True))
        size = (max(1, right - left), max(1, lower - upper))
        strip = Image.new("RGB", (1, 256))
        strip.putdata([_between(top, bottom, step / 255) for step in range(256)])
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - upper) for x, y in placed], fill=255)
        self.image.paste(strip.resize(size, Image.Resampling.BILINEAR), (left, upper), mask)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        self.pen.line(
            [self._at(point) for point in points], fill=colour, width=round(width * _OVERSIZE), joint="curve"
        )

    def box(
        self, left: float, top: float, right: float, bottom: float, colour: Colour, *, round_by: float = 0
    ) -> None:
        corners = (*self._at((left, top)), *self._at((right, bottom)))
        self.pen.rounded_rectangle(corners, radius=round_by * _OVERSIZE, fill=colour)

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        x, y = centre
        self.pen.ellipse(
            (*self._at((x - radius, y - radius)), *self._at((x + radius, y + radius))), fill=colour
        )

    def finished(self) -> Image.Image:
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)

    @staticmethod
    def _at(point: Point) -> Point:
        return point[0] * _OVERSIZE, point[1] * _OVERSIZE


def _chance(seed: int) -> Random:
    return Random(seed)


def _between(first: Colour, second: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _crest(chance: Random, start: float, end: float, roughness: float, *, depth: int = 7) -> list[float]:
    """Heights from `start` to `end`, roughened by halving: 2 ** depth + 1 of them."""
    heights = [start, end]
    for _halving in range(depth):
        middles = [(a + b) / 2 + chance.uniform(-roughness, roughness) for a, b in pairwise(heights)]
        heights = [height for pair in zip(heights, middles, strict=False) for height in pair] + heights[-1:]
        roughness *= 0.52
    return heights


def _hills(canvas: _Canvas, seed: int, level: float, roughness: float, top: Colour, bottom: Colour) -> None:
    heights = _crest(_chance(seed), level, level, roughness)
    step = WIDTH / (len(heights) - 1)
    crest = [(index * step, height) for index, height in enumerate(heights)]
    canvas.fade([(0, HEIGHT), *crest, (WIDTH, HEIGHT)], top, bottom)


def _peak(
    canvas: _Canvas, seed: int, summit: Point, foot: float, spread: float, *, snow: float = 0.34
) -> None:
    """A mountain with its light side on the left; `snow` is the share of its height that is white."""
    chance = _chance(seed)
    x, y = summit
    height = foot - y
    left = _flank(chance, (x - spread, foot), summit)
    right = _flank(chance, summit, (x + spread * 0.92, foot))
    spine = [
        (x + chance.uniform(-0.05, 0.09) * spread + spread * 0.1 * share, y + height * share)
        for share in (0.16, 0.34, 0.55, 0.78, 1.0)
    ]
    canvas.fade([*left, *right], FAR, MIST)
    canvas.fade([summit, *right, *reversed(spine)], RIDGE, FAR)
    edge = y + height * snow
    lit = [point for point in left if point[1] < edge]
    dim = [point for point in right if point[1] < edge]
    middle = (x + spread * 0.06, edge + height * 0.1)
    if lit and dim:
        canvas.shape([*lit, *_teeth(chance, middle, lit[0], height)], SNOW)
        canvas.shape([*dim, *_teeth(chance, dim[-1], middle, height)], (216, 228, 238))


def _flank(chance: Random, start: Point, end: Point) -> list[Point]:
    heights = _crest(chance, start[1], end[1], abs(start[1] - end[1]) * 0.07, depth=5)
    last = len(heights) - 1
    return [(start[0] + (end[0] - start[0]) * index / last, height) for index, height in enumerate(heights)]


def _teeth(chance: Random, start: Point, end: Point, height: float) -> list[Point]:
    """The lower edge of the snow."""
    points = []
    for index in range(9):
        share = index / 8
        drop = (height * 0.075 if index % 2 else -height * 0.03) * chance.uniform(0.5, 1.2)
        points.append((start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share + drop))
    return points


def _range(canvas: _Canvas, seed: int, foot: float, peaks: Sequence[tuple[float, float, float]]) -> None:
    """Peaks from the far ones to the near ones: x, y of the summit and half the width at the foot."""
    for index, (x, y, spread) in enumerate(peaks):
        _peak(canvas, seed + index, (x, y), foot, spread)


def _poplars(
    canvas: _Canvas, seed: int, ground: float, places: Sequence[float], *, size: float = 1.0
) -> None:
    chance = _chance(seed)
    for x in places:
        tall, wide = chance.uniform(70, 105) * size, chance.uniform(13, 18) * size
        canvas.line([(x, ground), (x, ground - tall * 0.3)], EARTH, 4 * size)
        leaf = _between(HILL, SHADE, chance.uniform(0.05, 0.4))
        crown = [
            (
                x + math.sin(turn) * wide * (1.0 if turn < math.pi else 0.9),
                ground - tall * (0.6 - 0.42 * math.cos(turn)),
            )
            for turn in (step * math.pi / 12 for step in range(24))
        ]
        canvas.shape(crown, leaf)


def _lorry(canvas: _Canvas, x: float, ground: float, colour: Colour, *, size: float = 1.0) -> None:
    """Drives to the right; `x` is the back of its load."""
    canvas.box(x, ground - 62 * size, x + 118 * size, ground - 12 * size, colour, round_by=4 * size)
    canvas.box(x + 124 * size, ground - 46 * size, x + 162 * size, ground - 12 * size, INK, round_by=7 * size)
    canvas.box(
        x + 141 * size, ground - 41 * size, x + 158 * size, ground - 27 * size, MIST, round_by=3 * size
    )
    for wheel in (22, 48, 104, 146):
        canvas.disc((x + wheel * size, ground - 9 * size), 10 * size, INK)
        canvas.disc((x + wheel * size, ground - 9 * size), 4 * size, STONE)


def mountain_road(canvas: _Canvas) -> None:
    canvas.sky(NOON, DAWN, horizon=620)
    canvas.disc((1230, 250), 62, (255, 244, 222))
    _range(canvas, 11, 700, [(240, 330, 420), (1420, 300, 460), (620, 210, 480), (1010, 270, 430)])
    _hills(canvas, 21, 640, 60, HILL, MEADOW)
    _hills(canvas, 22, 740, 50, MEADOW, FIELD)
    # The middle of the road and half its width, from afar to the feet of who looks.
    bends = [(905, 668, 3), (800, 690, 5), (735, 715, 7), (790, 742, 10), (960, 770, 15), (1060, 805, 22),
             (990, 850, 34), (810, 905, 54), (700, 975, 84), (690, 1080, 130)]  # fmt: skip
    middle = _smooth(bends)
    canvas.shape([(x - w, y) for x, y, w in middle] + [(x + w, y) for x, y, w in reversed(middle)], ROAD)
    for begin in range(12, len(middle) - 3, 8):
        strip = middle[begin : begin + 4]
        canvas.shape(
            [(x - w / 24, y) for x, y, w in strip] + [(x + w / 24, y) for x, y, w in reversed(strip)], DAWN
        )
    _poplars(canvas, 5, 806, [1190, 1222, 1256, 1293], size=0.9)
    _poplars(canvas, 6, 900, [300, 348, 401], size=1.3)


def _smooth(bends: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """A Catmull-Rom curve through the bends, twelve steps each."""
    padded = [bends[0], *bends, bends[-1]]
    curve = []
    for index in range(1, len(padded) - 2):
        four = padded[index - 1 : index + 3]
        for step in range(12):
            t = step / 12
            x, y, w = (
                0.5
                * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)
                for a, b, c, d in zip(*four, strict=True)
            )
            curve.append((x, y, w))
    return curve


def lake_shore(canvas: _Canvas) -> None:
    canvas.sky((120, 170, 210), DAWN, horizon=560)
    _range(canvas, 31, 590, [(180, 330, 380), (1380, 300, 440), (900, 250, 460), (520, 300, 400)])
    _hills(canvas, 32, 568, 22, RIDGE, HILL)
    canvas.fade([(0, 588), (WIDTH, 588), (WIDTH, 970), (0, 970)], (156, 200, 214), DEEP)
    chance = _chance(33)
    for row in range(46):
        y = 600 + row * row * 0.145
        x, length = chance.uniform(-60, WIDTH), chance.uniform(60, 240) * (0.5 + row / 40)
        tint = _between((156, 200, 214), DEEP, (y - 588) / 382)
        canvas.line(
            [(x, y), (x + length, y)], _between(tint, WHITE, chance.uniform(0.1, 0.3)), 1.5 + row / 18
        )
    shore = [
        (0, 866, 0),
        (260, 852, 0),
        (520, 884, 0),
        (800, 930, 0),
        (1080, 946, 0),
        (1340, 924, 0),
        (1600, 940, 0),
    ]
    sand = [(x, y) for x, y, _half in _smooth(shore)]
    canvas.fade([*sand, (WIDTH, 940), (WIDTH, HEIGHT), (0, HEIGHT)], (232, 214, 172), FIELD)
    canvas.shape([(1010, 706), (1098, 706), (1080, 724), (1026, 724)], INK)
    canvas.shape([(1052, 610), (1052, 700), (1112, 700)], WHITE)
    canvas.shape([(1045, 628), (1045, 700), (1006, 700)], DAWN)
    _poplars(canvas, 34, 884, [96, 140, 188, 236], size=1.7)


def railway_viaduct(canvas: _Canvas) -> None:
    canvas.sky((138, 176, 206), DAWN, horizon=640)
    _range(canvas, 41, 720, [(1300, 240, 480), (300, 280, 440), (760, 180, 520)])
    _hills(canvas, 42, 690, 70, SHADE, HILL)
    _hills(canvas, 43, 800, 44, HILL, MEADOW)
    deck = 560
    for index in range(9):
        x = 40 + index * 190
        foot = 860 + 40 * math.sin(index * 1.3)
        canvas.fade([(x - 15, deck), (x + 15, deck), (x + 24, foot), (x - 24, foot)], (226, 222, 212), STONE)
        canvas.fade([(x + 4, deck), (x + 15, deck), (x + 24, foot), (x + 8, foot)], STONE, (150, 148, 142))
        if index < 8:
            arch = [
                (x + 95 - 80 * math.cos(turn), deck + 62 - 46 * math.sin(turn))
                for turn in _turns(math.pi, 20)
            ]
            canvas.shape(
                [(x, deck), (x + 190, deck), (x + 190, deck + 62), *reversed(arch), (x, deck + 62)],
                (216, 212, 202),
            )
    canvas.box(0, deck - 16, WIDTH, deck + 8, (202, 198, 188))
    canvas.box(0, deck - 22, WIDTH, deck - 15, INK)
    for index, colour in enumerate([ACCENT, WHITE, WHITE, WHITE]):
        left = 980 - index * 212
        canvas.box(left, deck - 92, left + 204, deck - 26, colour, round_by=20 if index == 0 else 6)
        canvas.box(left, deck - 46, left + 204, deck - 39, ACCENT if index else WHITE)
        for window in range(4):
            canvas.box(
                left + 20 + window * 44, deck - 82, left + 50 + window * 44, deck - 58, INK, round_by=4
            )
    _hills(canvas, 44, 930, 36, MEADOW, FIELD)
    river = _smooth([(1010, 905, 2), (930, 930, 7), (985, 960, 18), (860, 1005, 42), (720, 1080, 96)])
    canvas.fade([(x - w, y) for x, y, w in river] + [(x + w, y) for x, y, w in reversed(river)], WATER, DEEP)
    _poplars(canvas, 45, 985, [180, 232, 1290, 1346, 1398], size=1.3)


def _turns(until: float, steps: int) -> list[float]:
    return [until * step / steps for step in range(steps + 1)]


def power_line(canvas: _Canvas) -> None:
    canvas.sky((118, 156, 196), (252, 216, 178), horizon=700)
    canvas.disc((420, 560), 78, (255, 236, 204))
    _range(canvas, 51, 740, [(1180, 420, 420), (160, 440, 380), (760, 400, 460)])
    _hills(canvas, 52, 690, 50, RIDGE, HILL)
    _hills(canvas, 53, 830, 60, HILL, MEADOW)
    towers = [(1490, 742, 0.36), (1240, 772, 0.52), (900, 830, 0.8), (380, 930, 1.3)]
    arms = [_tower_arms(x, ground, size) for x, ground, size in towers]
    arms = [_tower_arms(1720, 720, 0.25), *arms, _tower_arms(-520, 1100, 2.2)]
    for one, next_one in pairwise(arms):
        for (x1, y1), (x2, y2) in zip(one, next_one, strict=True):
            sag = abs(x2 - x1) * 0.07
            wire = [(x1 + (x2 - x1) * t, y1 + (y2 - y1) * t + 4 * sag * t * (1 - t)) for t in _turns(1, 24)]
            canvas.line(wire, INK, 1.6)
    for x, ground, size in towers:
        _tower(canvas, x, ground, size)
    _hills(canvas, 54, 955, 30, MEADOW, FIELD)


def _tower_arms(x: float, ground: float, size: float) -> list[Point]:
    return [(x + side * 92 * size, ground - height * size) for height in (392, 312) for side in (-1, 1)]


def _tower(canvas: _Canvas, x: float, ground: float, size: float) -> None:
    thick = 5.5 * size

    def at(across: float, up: float) -> Point:
        return x + across * size, ground - up * size

    for side in (-1, 1):
        canvas.line([at(side * 62, 0), at(side * 20, 270), at(side * 8, 440)], INK, thick)
    levels = [(62, 0), (46, 100), (33, 185), (22, 262), (17, 330), (12, 395)]
    for (half, up), (next_half, next_up) in pairwise(levels):
        canvas.line([at(-half, up), at(next_half, next_up)], INK, thick * 0.55)
        canvas.line([at(half, up), at(-next_half, next_up)], INK, thick * 0.55)
    for up in (400, 320):
        canvas.line([at(-96, up), at(96, up)], INK, thick)
        canvas.line([at(-96, up), at(0, up + 26), at(96, up)], INK, thick * 0.6)
    canvas.line([at(-8, 440), at(8, 440)], INK, thick)


def border_crossing(canvas: _Canvas) -> None:
    canvas.sky((142, 184, 214), (248, 232, 210), horizon=640)
    _range(canvas, 61, 690, [(260, 380, 420), (1360, 360, 440), (840, 320, 500)])
    _hills(canvas, 62, 665, 26, HILL, MEADOW)
    canvas.fade([(0, 700), (WIDTH, 700), (WIDTH, HEIGHT), (0, HEIGHT)], (206, 198, 172), FIELD)
    canvas.fade([(0, 812), (WIDTH, 812), (WIDTH, 1000), (0, 1000)], (112, 116, 122), ROAD)
    for lane in range(9):
        canvas.box(30 + lane * 190, 902, 130 + lane * 190, 909, DAWN)
    _poplars(canvas, 63, 742, [60, 96, 136, 1460, 1500, 1546])
    for x in (390, 610, 830, 1050, 1270):
        canvas.box(x - 44, 690, x + 44, 812, WHITE, round_by=6)
        canvas.box(x - 34, 704, x + 34, 752, (120, 164, 190), round_by=4)
        canvas.box(x - 44, 782, x + 44, 790, ACCENT)
    canvas.fade([(270, 560), (1390, 560), (1430, 618), (230, 618)], WHITE, (224, 230, 234))
    canvas.box(230, 618, 1430, 632, (120, 136, 150))
    for x in (300, 500, 720, 940, 1160, 1360):
        canvas.box(x - 8, 632, x + 8, 812, (176, 186, 194))
    for index, x in enumerate((500, 720, 940, 1160)):
        canvas.disc((x, 590), 11, (92, 168, 112) if index % 2 == 0 else ACCENT)
    for x in (436, 876):
        for stripe in range(6):
            canvas.box(x + stripe * 28, 770, x + stripe * 28 + 28, 780, ACCENT if stripe % 2 else WHITE)
    _lorry(canvas, 60, 880, WARM, size=1.3)
    _lorry(canvas, 1120, 880, (112, 158, 172), size=1.3)
    _lorry(canvas, 560, 988, WHITE, size=1.5)


def high_dam(canvas: _Canvas) -> None:
    canvas.sky((126, 172, 206), (246, 230, 212), horizon=560)
    _range(canvas, 71, 640, [(400, 230, 460), (1200, 200, 480), (800, 260, 420)])
    canvas.fade([(300, 520), (1300, 520), (1300, 640), (300, 640)], (166, 208, 220), WATER)
    left = [(0, 210), (150, 300), (270, 380), (360, 470), (430, 560), (520, 800), (560, HEIGHT), (0, HEIGHT)]
    right = [
        (WIDTH, 180),
        (1460, 270),
        (1330, 380),
        (1240, 470),
        (1170, 560),
        (1080, 800),
        (1040, HEIGHT),
        (WIDTH, HEIGHT),
    ]
    canvas.fade([(400, 800), (1200, 800), (1200, HEIGHT), (400, HEIGHT)], (104, 122, 122), (80, 100, 98))
    top = [(380 + 840 * t, 560 + 34 * math.sin(math.pi * t)) for t in _turns(1, 40)]
    base = [(560 + 480 * t, 930 + 26 * math.sin(math.pi * t)) for t in _turns(1, 40)]
    canvas.fade([*top, *reversed(base)], (222, 220, 212), (150, 150, 146))
    for rib in range(1, 12):
        (x1, y1), (x2, y2) = top[rib * 40 // 12], base[rib * 40 // 12]
        canvas.line([(x1, y1), (x2, y2)], (176, 174, 168), 3)
    canvas.line(top, WHITE, 15)
    canvas.line([(x, y + 11) for x, y in top], (140, 142, 144), 5)
    for spill in (15, 20, 25):
        (x1, y1), (x2, y2) = top[spill], base[spill]
        canvas.fade([(x1 - 9, y1 + 40), (x1 + 9, y1 + 40), (x2 + 20, y2 + 8), (x2 - 20, y2 + 8)], MIST, WHITE)
    canvas.fade(left, (120, 134, 134), (86, 108, 104))
    canvas.fade(right, (104, 120, 126), (70, 94, 98))
    canvas.shape([(0, 210), (150, 300), (270, 380), (200, 520), (90, 420), (0, 470)], (146, 156, 152))
    canvas.shape(
        [(WIDTH, 180), (1460, 270), (1330, 380), (1420, 500), (1520, 400), (WIDTH, 440)], (124, 138, 142)
    )
    river = [(560, 930), (640, 950), (800, 956), (960, 950), (1040, 930), (1120, HEIGHT), (470, HEIGHT)]
    canvas.fade(river, (176, 212, 222), DEEP)
    canvas.box(880, 880, 1040, 944, (214, 206, 190), round_by=4)
    for window in range(5):
        canvas.box(894 + window * 28, 896, 912 + window * 28, 922, INK, round_by=2)
    _poplars(canvas, 72, 1010, [330, 376, 424], size=1.1)


def warehouse(canvas: _Canvas) -> None:
    canvas.sky((146, 188, 216), (250, 232, 204), horizon=620)
    _range(canvas, 81, 640, [(1240, 340, 460), (280, 360, 430), (760, 400, 420)])
    _hills(canvas, 82, 640, 20, HILL, MEADOW)
    for index, x in enumerate((120, 560, 1000)):
        canvas.fade([(x, 560), (x + 400, 560), (x + 400, 770), (x, 770)], (240, 240, 236), (208, 210, 208))
        roof = [(x - 14, 562), (x + 200, 470), (x + 414, 562)]
        canvas.fade(
            roof, (96, 134, 150) if index % 2 else ACCENT, (72, 104, 122) if index % 2 else (162, 58, 48)
        )
        for door in range(3):
            left = x + 32 + door * 122
            canvas.box(left, 650, left + 92, 770, (122, 140, 152), round_by=4)
            for slat in range(1, 6):
                canvas.box(left, 650 + slat * 20, left + 92, 652 + slat * 20, (150, 166, 176))
    canvas.fade([(0, 768), (WIDTH, 768), (WIDTH, 872), (0, 872)], (176, 172, 162), (156, 154, 148))
    _lorry(canvas, 420, 858, WARM, size=1.35)
    _lorry(canvas, 980, 858, WHITE, size=1.35)
    canvas.fade([(0, 872), (WIDTH, 872), (WIDTH, HEIGHT), (0, HEIGHT)], MEADOW, (116, 146, 92))
    for furrow in range(-9, 26):
        x = 560 + furrow * 30
        canvas.fade(
            [(x, 872), (x + 10, 872), (430 + furrow * 78, HEIGHT), (396 + furrow * 78, HEIGHT)], FIELD, EARTH
        )
    _poplars(canvas, 83, 790, [36, 74, 1486, 1530, 1570], size=1.5)


def university(canvas: _Canvas) -> None:
    canvas.sky((136, 180, 212), (250, 230, 204), horizon=620)
    # The mountain of Osh with its saddles.
    saddle = [
        (260, 660),
        (430, 520),
        (520, 440),
        (600, 470),
        (690, 380),
        (780, 430),
        (880, 350),
        (990, 440),
        (1090, 420),
        (1230, 540),
        (1400, 660),
    ]
    canvas.fade(saddle, (186, 164, 138), (170, 160, 134))
    canvas.fade(
        [(880, 350), (990, 440), (1090, 420), (1230, 540), (1400, 660), (1000, 660), (930, 520)],
        (160, 138, 116),
        (150, 142, 118),
    )
    _hills(canvas, 92, 655, 14, HILL, MEADOW)
    canvas.fade([(0, 800), (WIDTH, 800), (WIDTH, HEIGHT), (0, HEIGHT)], (160, 184, 132), (124, 156, 100))
    for left, right, top in ((250, 650, 560), (950, 1350, 560), (650, 950, 500)):
        canvas.fade([(left, top), (right, top), (right, 810), (left, 810)], (250, 244, 232), (226, 214, 194))
        canvas.box(left - 10, top - 16, right + 10, top, (140, 104, 84))
    for row in range(3):
        for column in range(8):
            for start in (274, 974):
                x = start + column * 46
                canvas.box(x, 588 + row * 72, x + 28, 630 + row * 72, (104, 142, 164), round_by=3)
    canvas.shape([(636, 486), (800, 410), (964, 486)], (168, 92, 72))
    for column in range(6):
        x = 676 + column * 46
        canvas.fade([(x, 500), (x + 18, 500), (x + 18, 810), (x, 810)], WHITE, (222, 216, 204))
    canvas.box(762, 690, 838, 810, (122, 88, 68), round_by=30)
    canvas.fade([(700, 812), (900, 812), (1130, HEIGHT), (470, HEIGHT)], (238, 226, 202), (206, 192, 166))
    _poplars(canvas, 93, 830, [90, 140, 188, 1420, 1468, 1520], size=1.9)
    _poplars(canvas, 94, 960, [330, 1270], size=1.7)


SCENES: dict[str, Callable[[_Canvas], None]] = {
    "picture-mountain-road": mountain_road,
    "picture-lake-shore": lake_shore,
    "picture-railway-viaduct": railway_viaduct,
    "picture-power-line": power_line,
    "picture-border-crossing": border_crossing,
    "picture-high-dam": high_dam,
    "picture-warehouse": warehouse,
    "picture-university": university,
}


def draw(name: str) -> BytesIO:
    """The picture called `name` (a key of SCENES) as a PNG file."""
    canvas = _Canvas()
    SCENES[name](canvas)
    file = BytesIO()
    canvas.finished().save(file, "PNG", compress_level=1)
    file.seek(0)
    file.name = f"{name}.png"
    return file
