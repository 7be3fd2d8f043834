"""Reading GeoJSON (RFC 7946) as people paste it: a position, a line, a geometry or a feature around one."""

import json
import math
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_POSITIONS = 500
LONGEST_TEXT = 100_000
SHAPES = {"Point": "point", "LineString": "line"}
OTHER_SHAPES = {"MultiPoint", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}

_unreadable = _(
    "This is not GeoJSON. Write one position, longitude first, such as [74.59, 42.87], "
    "or paste a GeoJSON Point or LineString."
)


class Geometry(NamedTuple):
    kind: str
    coordinates: list

    @property
    def positions(self) -> list[list[float]]:
        return [self.coordinates] if self.kind == "point" else self.coordinates


class Bounds(NamedTuple):
    west: float
    south: float
    east: float
    north: float


def read_geometry(value: Any) -> Geometry:
    """The point or line in `value`, a text or what JSON made of one. Heights are left out.

    Raises ValidationError with one sentence that names the position and says what to do.
    """
    coordinates, said = _unwrapped(_parsed(value))
    if not isinstance(coordinates, list | tuple) or not coordinates:
        raise ValidationError(_unreadable)
    kind = "line" if isinstance(coordinates[0], list | tuple) else "point"
    if said and SHAPES[said] != kind:
        raise ValidationError(_unreadable)
    if kind == "point":
        return Geometry(kind, _position(coordinates, 1))
    if not 2 <= len(coordinates) <= MOST_POSITIONS:
        sentence = _(
            "A line has 2 to %(most)s positions, this one has %(count)s. "
            "Leave out positions, or write a single one without the outer brackets."
        )
        raise ValidationError(sentence, params={"most": MOST_POSITIONS, "count": len(coordinates)})
    return Geometry(kind, [_position(each, number) for number, each in enumerate(coordinates, 1)])


def bounds_of(geometry: Geometry) -> Bounds:
    longitudes, latitudes = zip(*geometry.positions, strict=True)
    return Bounds(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def as_text(coordinates: Any) -> str:
    return json.dumps(coordinates, ensure_ascii=False)


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_TEXT:
        raise ValidationError(_unreadable)
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise ValidationError(_unreadable) from None


def _unwrapped(value: Any) -> tuple[Any, str]:
    """The coordinates in a pasted object, and the shape that it says they have."""
    for _layer in range(3):  # a collection of one feature, the feature, its geometry
        if not isinstance(value, dict):
            return value, ""
        match value:
            case {"type": "FeatureCollection", "features": [only]}:
                value = only
            case {"type": "Feature", "geometry": geometry}:
                value = geometry
            case {"type": str(shape), "coordinates": coordinates} if shape in SHAPES:
                return coordinates, shape
            case {"type": str(shape)} if shape in OTHER_SHAPES:
                sentence = _("A place is a Point or a LineString, this is a %(shape)s. Paste one of the two.")
                raise ValidationError(sentence, params={"shape": shape})
            case {"type": "FeatureCollection"}:
                raise ValidationError(_("There is not exactly one feature in it. Paste one feature a place."))
            case _:
                break
    raise ValidationError(_unreadable)


def _position(value: Any, number: int) -> list[float]:
    if not isinstance(value, list | tuple) or len(value) not in (2, 3) or not all(map(_is_number, value)):
        sentence = _(
            "Position %(number)s is not a longitude and a latitude in degrees. "
            "Write two numbers, longitude first, such as [74.59, 42.87]."
        )
        raise ValidationError(sentence, params={"number": number})
    longitude, latitude = value[:2]
    if _look_swapped(longitude, latitude):
        sentence = _(
            "Position %(number)s looks swapped: longitude (east) comes first. Did you mean %(other)s?"
        )
        other = as_text([latitude, longitude])
        raise ValidationError(sentence, params={"number": number, "other": other})
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        sentence = _(
            "Position %(number)s is not on Earth: longitudes run from -180 to 180, latitudes from -90 to 90. "
            "Correct it; longitude comes first."
        )
        raise ValidationError(sentence, params={"number": number})
    return [float(longitude), float(latitude)]


def _is_number(value: Any) -> bool:
    # Whole numbers of any length are finite, and some are too large to be asked.
    return isinstance(value, int | float) and (
        not isinstance(value, bool) and (isinstance(value, int) or math.isfinite(value))
    )


def _look_swapped(longitude: float, latitude: float) -> bool:
    """In the Arctic Ocean with an east that is the north of Central Asia, or on Earth only the other way."""
    if -90 <= longitude <= 90 and 90 < abs(latitude) <= 180:
        return True
    return 34 <= longitude <= 56 and 66 <= latitude <= 90
