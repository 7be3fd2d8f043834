"""Makes projects/borders.json anew from Natural Earth (public domain): see projects/borders.md.

    python bench/borders.py countries-10m.json ne_10m_lakes.shp > projects/borders.json

Neither file is needed to run the site. Plain Python: the first is TopoJSON, the second a shapefile.
"""

import json
import struct
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

WEST, SOUTH, EAST, NORTH = 46, 34, 90, 56
# Near home a kilometre is seen, at the window's edge five are not.
FINE, COARSE = 0.005, 0.03
SMALLEST_LAKE = 0.02  # square degrees
HOME = "417"
# Lines between these are disputed or outside the office's matters: they are left out.
SILENT = {"356", "586", "156", "Siachen Glacier"}
INSIDE_ANOTHER = {"Baikonur"}  # leased, no border

Position = tuple[float, float]


def in_window(position: Position) -> bool:
    return WEST <= position[0] <= EAST and SOUTH <= position[1] <= NORTH


def is_near_home(position: Position) -> bool:
    return 68 <= position[0] <= 81.5 and 38.5 <= position[1] <= 44.5


def simplified(line: list[Position]) -> list[Position]:
    """Douglas and Peucker."""
    if len(line) < 3:
        return line
    (ax, ay), (bx, by) = line[0], line[-1]
    length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5

    def distance(position: Position) -> float:
        x, y = position[0] - ax, position[1] - ay
        return abs(x * (by - ay) - y * (bx - ax)) / length if length else (x * x + y * y) ** 0.5

    far = max(range(1, len(line) - 1), key=lambda index: distance(line[index]))
    if distance(line[far]) <= (FINE if is_near_home(line[far]) else COARSE):
        return [line[0], line[-1]]
    return simplified(line[: far + 1])[:-1] + simplified(line[far:])


def simplified_ring(ring: list[Position]) -> list[Position]:
    """In two halves: its ends are one position, from which every other would be far."""
    half = len(ring) // 2
    return simplified(ring[: half + 1])[:-1] + simplified(ring[half:])


def packed(line: list[Position]) -> list[int]:
    """Thousandths of a degree: longitude, latitude, then the steps from one position to the next."""
    whole = [(round(x * 1000), round(y * 1000)) for x, y in line]
    steps = [(x - px, y - py) for (px, py), (x, y) in zip(whole, whole[1:], strict=False)]
    return [number for pair in [whole[0], *steps] for number in pair]


def runs_inside(line: list[Position]) -> Iterator[list[Position]]:
    run: list[Position] = []
    for position in line:
        if in_window(position):
            run.append(position)
        else:
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def rings_of(lines: list[list[Position]]) -> Iterator[list[Position]]:
    """Lines that share their ends, put together until each closes."""
    lines = list(lines)
    while lines:
        ring = lines.pop()
        while ring[0] != ring[-1]:
            follows = next(line for line in lines if ring[-1] in (line[0], line[-1]))
            lines.remove(follows)
            ring += (follows if follows[0] == ring[-1] else follows[::-1])[1:]
        yield ring


def area(ring: list[Position]) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False))) / 2


def lakes(path: str) -> Iterator[list[Position]]:
    """Outer shores in a shapefile of polygons."""
    data = Path(path).read_bytes()
    at = 100
    while at < len(data):
        words = struct.unpack(">i", data[at + 4 : at + 8])[0]
        record, at = data[at + 8 : at + 8 + 2 * words], at + 8 + 2 * words
        parts, points = struct.unpack("<2i", record[36:44])
        first = [*struct.unpack(f"<{parts}i", record[44 : 44 + 4 * parts]), points]
        numbers = struct.unpack_from(f"<{2 * points}d", record, 44 + 4 * parts)
        yield list(zip(numbers[::2], numbers[1::2], strict=True))[: first[1]]


def main(countries: str, lake_shores: str) -> None:
    topology = json.loads(Path(countries).read_text())
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    owners: dict[int, set[str]] = defaultdict(set)
    for country in topology["objects"]["countries"]["geometries"]:
        key = country.get("id") or country["properties"]["name"]
        stack = list(country["arcs"])
        while stack:
            each = stack.pop()
            if isinstance(each, list):
                stack.extend(each)
            elif key not in INSIDE_ANOTHER:
                owners[each if each >= 0 else ~each].add(key)

    borders, home, shores = [], [], []
    for number, steps in enumerate(topology["arcs"]):
        x = y = 0
        line: list[Position] = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        whose = owners[number]
        if not any(map(in_window, line)):
            continue
        if HOME in whose:
            home.append(simplified(line))
        if len(whose) == 2 and not whose <= SILENT:
            borders += [simplified(run) for run in runs_inside(line)]
        elif len(whose) == 1:
            shores.append(line)

    caspian = [line for line in shores if all(46 < x < 55 and 36 < y < 48 for x, y in line)]
    waters = [ring for ring in rings_of(caspian) if area(ring) > SMALLEST_LAKE]
    waters += [
        shore for shore in lakes(lake_shores) if all(map(in_window, shore)) and area(shore) > SMALLEST_LAKE
    ]
    json.dump(
        {
            "source": "Natural Earth 1:10m, public domain; how it was made: projects/borders.md",
            "window": [WEST, SOUTH, EAST, NORTH],
            "home": [packed(ring) for ring in rings_of(home)],
            "borders": [packed(line) for line in borders],
            "waters": [packed(simplified_ring(ring)) for ring in waters],
        },
        sys.stdout,
        separators=(",", ":"),
    )


if __name__ == "__main__":
    main(*sys.argv[1:3])
