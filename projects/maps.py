"""Where projects are, drawn as SVG: borders and lakes of Natural Earth, and the places on top.

The projection is equirectangular with 42° N, the middle of Kyrgyzstan, as its standard parallel: a degree of
longitude is cos 42° of a degree of latitude everywhere. Each map is 1000 units wide. Nothing here asks the
database: places come loaded.
"""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from babel import Locale
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pressoffice.publishing.languages import Text, active, text_in

from .geometry import Bounds
from .map_labels import BADGE, Label, Labels, Spot
from .models import Place, Project

WIDTH = 1000
LOWEST, TALLEST = 520, 700
NARROWEST = 600  # km
MOST_NAMED = 16  # marks whose names stand on the map itself; more would cover it
MARGIN = 1.4  # what surrounds the places, as a multiple of what they cover
KM_A_DEGREE = 111.32
KM_EAST = KM_A_DEGREE * math.cos(math.radians(42))

# Where a country's name may stand: the first that lies within the map and covers nothing else.
COUNTRIES = {
    "KG": [
        (74.9, 41.7),
        (75.7, 41.9),
        (74.2, 42.2),
        (75.9, 41.3),
        (74.3, 41.2),
        (77.4, 41.8),
        (72.3, 41.7),
        (76.2, 41.5),
    ],
    "KZ": [(67.5, 48.3), (75.0, 46.0), (76.3, 44.6), (72.0, 43.8), (71.0, 43.3), (79.0, 43.2), (69.5, 43.0)],
    "UZ": [(63.3, 41.9), (65.8, 39.9), (68.3, 40.4), (71.6, 40.75), (69.6, 41.2)],
    "TJ": [(70.8, 38.7), (69.3, 38.5), (72.7, 38.3), (68.9, 39.4)],
    "TM": [(59.3, 39.3), (62.5, 37.4)],
    "CN": [(84.5, 41.0), (78.8, 40.4), (76.6, 39.4), (75.6, 39.0), (81.0, 42.7), (80.3, 41.3)],
    "AF": [(66.0, 34.9), (68.5, 36.0), (70.3, 37.0)],
    "RU": [(60.0, 54.6), (84.0, 53.0), (50.5, 52.8)],
    "MN": [(89.0, 48.6)],
    "IR": [(56.5, 35.6)],
}
# Where CLDR's name is not the one that the country goes by here.
OUR_NAMES = {("ru", "KG"): "Кыргызстан"}


class Window(NamedTuple):
    """The rectangle that a map shows, in projected kilometres; `y` grows to the south."""

    left: float
    top: float
    width: float
    height: float

    def spot(self, longitude: float, latitude: float) -> Spot:
        """In the map's units."""
        scale = WIDTH / self.width
        x = (longitude * KM_EAST - self.left) * scale
        y = (-latitude * KM_A_DEGREE - self.top) * scale
        return Spot(round(x, 1), round(y, 1))

    @property
    def tall(self) -> int:
        return round(WIDTH * self.height / self.width)


class Mark(NamedTuple):
    """A place, or all places of a project, under one link."""

    key: str
    name: Text
    address: str
    coordinates: list[str]
    number: int = 0  # from 1; 0 of what lies off the map and only stands in the list
    badge: Spot = Spot(0, 0)
    leader: str = ""  # from where it is to its badge, if that stands aside
    label: Label | None = None
    dots: Sequence[Spot] = ()
    lines: Sequence[str] = ()

    @property
    def is_point(self) -> bool:
        return not self.lines

    @property
    def leads_away(self) -> bool:
        """Whether to a page, and not to its own line in the list under the map."""
        return not self.address.startswith("#")


class Ground(NamedTuple):
    """What `d` draws each kind of line."""

    home: str
    borders: str
    waters: str


class ProjectMap(NamedTuple):
    """`marks` are drawn and stand in the list, `elsewhere` only there. Without marks nothing is drawn."""

    marks: list[Mark]
    elsewhere: list[Mark]
    height: int = 0
    ground: Ground = Ground("", "", "")
    countries: Sequence[Label] = ()
    width: int = WIDTH

    @property
    def is_numbered(self) -> bool:
        return len(self.marks) > 1

    @property
    def rows(self) -> list[Mark]:
        return [*self.marks, *self.elsewhere]


class _Group(NamedTuple):
    key: str
    name: Text
    address: str
    places: Sequence[Place]

    @property
    def coordinates(self) -> list[str]:
        return [coordinates_in_words(place) for place in self.places]


def map_of(places: Iterable[Place], address: Callable[[Place], str] | None = None) -> ProjectMap | None:
    """Each place marked on its own; None without places.

    A mark leads to `address` of its place, else to its line in the list under the map. No query where
    places without a name have their project loaded.
    """
    return _drawn(
        [
            _Group(
                f"place-{place.pk}",
                text_in(place, "name") if place.name else text_in(place.project, "name"),
                address(place) if address else f"#place-{place.pk}",
                [place],
            )
            for place in places
        ]
    )


def map_of_projects(projects: Iterable[Project]) -> ProjectMap | None:
    """Each project that has places marked once, with a link to its page.

    No query where places are prefetched.
    """
    groups = [
        _Group(
            f"on-map-{project.code}",
            text_in(project, "name"),
            project.get_absolute_url(),
            list(project.places.all()),
        )
        for project in projects
    ]
    return _drawn([group for group in groups if group.places])


def coordinates_in_words(place: Place) -> str:
    """Of a line where it begins and where it ends."""
    first, last = (_degrees(*place.positions[end]) for end in (0, -1))
    return (
        first if place.kind == Place.Kind.POINT else _("%(start)s to %(end)s") % {"start": first, "end": last}
    )


def _degrees(longitude: float, latitude: float) -> str:
    north = _("%(degrees)s° N") if latitude >= 0 else _("%(degrees)s° S")
    east = _("%(degrees)s° E") if longitude >= 0 else _("%(degrees)s° W")
    parts = [(north, latitude), (east, longitude)]
    return ", ".join(words % {"degrees": number_format(abs(value), 3)} for words, value in parts)


# --- the window --------------------------------------------------------------------------------------


def window_around(places: Iterable[Place]) -> Window:
    """With a margin, never so near that nobody knows where in the world it is, and on the ground drawn."""
    places, ground = list(places), _bounds_of_ground()
    left = max(min(place.west for place in places), ground.west) * KM_EAST
    right = min(max(place.east for place in places), ground.east) * KM_EAST
    top = -min(max(place.north for place in places), ground.north) * KM_A_DEGREE
    bottom = -max(min(place.south for place in places), ground.south) * KM_A_DEGREE

    wide, tall = (right - left) * MARGIN, (bottom - top) * MARGIN
    width = max(NARROWEST, wide, tall * WIDTH / TALLEST)
    height = min(max(tall, width * LOWEST / WIDTH), width * TALLEST / WIDTH)
    left = _within((left + right - width) / 2, ground.west * KM_EAST, ground.east * KM_EAST - width)
    top = _within(
        (top + bottom - height) / 2, -ground.north * KM_A_DEGREE, -ground.south * KM_A_DEGREE - height
    )
    return Window(round(left, 1), round(top, 1), round(width, 1), round(height, 1))


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most) if least <= most else (least + most) / 2


def _is_on_ground(place: Place) -> bool:
    ground = _bounds_of_ground()
    return (
        place.west <= ground.east
        and ground.west <= place.east
        and place.south <= ground.north
        and ground.south <= place.north
    )


# --- the ground --------------------------------------------------------------------------------------


@cache
def _data() -> dict[str, Any]:
    return json.loads(Path(__file__).with_name("borders.json").read_text())


@cache
def _bounds_of_ground() -> Bounds:
    return Bounds(*_data()["window"])


@cache
def _lines() -> dict[str, list[list[tuple[float, float]]]]:
    """Longitudes and latitudes by what they draw."""
    return {name: [list(_unpacked(line)) for line in _data()[name]] for name in Ground._fields}


def _unpacked(line: list[int]) -> Iterator[tuple[float, float]]:
    x = y = 0
    for dx, dy in zip(line[::2], line[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / 1000, y / 1000


@lru_cache(maxsize=128)
def _ground_in(window: Window) -> Ground:
    """Drawn once in a process for each window; what lies outside is left out."""
    lines = {
        name: [[window.spot(*position) for position in line] for line in found]
        for name, found in _lines().items()
    }
    areas = {
        name: "".join(_path(line) + "z" for line in lines[name] if _touch(line, window.tall))
        for name in ("home", "waters")
    }
    borders = "".join(_path(run) for line in lines["borders"] for run in _near(line, window.tall))
    return Ground(borders=borders, **areas)


def _touch(spots: Sequence[Spot], tall: float) -> bool:
    across, down = zip(*spots, strict=True)
    return min(across) <= WIDTH and max(across) >= 0 and min(down) <= tall and max(down) >= 0


def _near(spots: Sequence[Spot], tall: float) -> Iterator[list[Spot]]:
    """The stretches of a line whose steps may be seen."""
    run: list[Spot] = []
    for step in zip(spots, spots[1:], strict=False):
        if _touch(step, tall):
            run = run or [step[0]]
            run.append(step[1])
        elif run:
            yield run
            run = []
    if run:
        yield run


def _path(spots: Sequence[Spot]) -> str:
    """Steps under a unit are left out: on no screen is a unit more than two pixels."""
    kept = [spots[0]]
    for spot in spots[1:-1]:
        if abs(spot.x - kept[-1].x) + abs(spot.y - kept[-1].y) >= 1:
            kept.append(spot)
    return "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in [*kept, *spots[1:][-1:]])


# --- the marks ---------------------------------------------------------------------------------------


def _drawn(groups: list[_Group]) -> ProjectMap | None:
    if not groups:
        return None
    on_map = [
        group._replace(places=near)
        for group in groups
        if (near := [place for place in group.places if _is_on_ground(place)])
    ]
    elsewhere = [
        Mark(group.key, group.name, group.address, group.coordinates)
        for group in groups
        if not any(map(_is_on_ground, group.places))
    ]
    if not on_map:
        return ProjectMap([], elsewhere)
    window = window_around(place for group in on_map for place in group.places)
    labels = Labels(WIDTH, window.tall)
    badges = [labels.badge_at(_middle(group, window)) for group in on_map]
    if len(on_map) <= MOST_NAMED:
        for group in on_map:
            for spot in _along(group, window):
                labels.keep_free(spot, 12)
    marks = [_mark(index, group, window, badges, labels) for index, group in enumerate(on_map)]
    return ProjectMap(marks, elsewhere, window.tall, _ground_in(window), _countries(window, labels))


def _mark(index: int, group: _Group, window: Window, badges: list[Spot], labels: Labels) -> Mark:
    badge, middle = badges[index], _middle(group, window)
    dots = [window.spot(*p.positions[0]) for p in group.places if p.kind == Place.Kind.POINT]
    return Mark(
        group.key,
        group.name,
        group.address,
        group.coordinates,
        number=index + 1,
        # Where another's badge stands on the very spot, the leader points at it.
        dots=[dot for dot in dots if dot != badge and not _is_under(dot, badges)],
        lines=[
            _path([window.spot(*position) for position in place.positions])
            for place in group.places
            if place.kind == Place.Kind.LINE
        ],
        badge=badge,
        leader=_leader(middle, badge, badges) if badge != middle else "",
        label=labels.beside(badge, group.name.text) if len(badges) <= MOST_NAMED else None,
    )


def _is_under(dot: Spot, badges: list[Spot]) -> bool:
    return any(math.dist(dot, badge) < BADGE / 2 for badge in badges)


def _leader(spot: Spot, badge: Spot, badges: list[Spot]) -> str:
    """From `spot` to its badge, which stands aside; from the edge of what covers `spot`, if anything does."""
    part = BADGE / 3 / math.dist(spot, badge) if _is_under(spot, badges) else 0
    start = Spot(spot.x + (badge.x - spot.x) * part, spot.y + (badge.y - spot.y) * part)
    return _path([start, badge])


def _middle(group: _Group, window: Window) -> Spot:
    """On the first place: of a line the bend in the middle of its length."""
    spots = [window.spot(*position) for position in group.places[0].positions]
    lengths = [math.dist(one, other) for one, other in zip(spots, spots[1:], strict=False)]
    left = sum(lengths) / 2
    for length, one, other in zip(lengths, spots, spots[1:], strict=False):
        if length >= left and length:
            part = left / length
            return Spot(
                round(one.x + (other.x - one.x) * part, 1), round(one.y + (other.y - one.y) * part, 1)
            )
        left -= length
    return spots[0]


def _along(group: _Group, window: Window) -> Iterator[Spot]:
    """Its points, and its lines at every twenty units."""
    for place in group.places:
        spots = [window.spot(*position) for position in place.positions]
        yield spots[0]
        for one, other in zip(spots, spots[1:], strict=False):
            steps = math.ceil(math.dist(one, other) / 20)
            for step in range(1, steps + 1):
                part = step / steps
                yield Spot(one.x + (other.x - one.x) * part, one.y + (other.y - one.y) * part)


def _countries(window: Window, labels: Labels) -> list[Label]:
    names: Any = Locale(active()).territories
    found = (
        labels.country(
            [window.spot(*position) for position in positions], OUR_NAMES.get((active(), code)) or names[code]
        )
        for code, positions in COUNTRIES.items()
    )
    return [label for label in found if label]
