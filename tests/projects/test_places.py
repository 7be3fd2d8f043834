"""Where a project is: what may be typed, and what the database refuses."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from projects.geometry import LONGEST_TEXT, MOST_POSITIONS, read_geometry
from projects.models import Place
from tests.admin.conftest import form_data
from tests.makers import make_project, sign_in

BISHKEK = [74.59, 42.87]
ROAD = [[76.95, 43.24], [77.08, 42.65]]


def feature(geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"name": "Bridge"}, "geometry": geometry}


POINT = {"type": "Point", "coordinates": BISHKEK}


@pytest.mark.parametrize(
    "pasted",
    [
        BISHKEK,
        (74.59, 42.87),
        [*BISHKEK, 760],
        POINT,
        feature(POINT),
        {"type": "FeatureCollection", "features": [feature(POINT)]},
        "[74.59, 42.87]",
        " \n[74.59,\n42.87] ",
        json.dumps(feature(POINT)),
    ],
)
def test_a_point_is_read_from_whatever_is_pasted(pasted):
    assert read_geometry(pasted) == ("point", BISHKEK)


@pytest.mark.parametrize("pasted", [ROAD, {"type": "LineString", "coordinates": ROAD}, json.dumps(ROAD)])
def test_a_line_is_read_from_whatever_is_pasted(pasted):
    assert read_geometry(pasted) == ("line", ROAD)


ODD = [
    ("", "not GeoJSON"),
    ("Bishkek", "not GeoJSON"),
    ("42.87, 74.59", "not GeoJSON"),
    ("null", "not GeoJSON"),
    ("true", "not GeoJSON"),
    ("{}", "not GeoJSON"),
    ("[]", "not GeoJSON"),
    ('"[74.59, 42.87]"', "not GeoJSON"),
    ('{"type": "Point"}', "not GeoJSON"),
    ('{"type": ["Point"], "coordinates": [1, 2]}', "not GeoJSON"),
    ('{"type": "Point", "coordinates": [[74, 42], [75, 43]]}', "not GeoJSON"),
    ('{"type": "LineString", "coordinates": [74, 42]}', "not GeoJSON"),
    ('{"type": "Feature", "geometry": null}', "not GeoJSON"),
    ("[" * 50_000, "not GeoJSON"),
    ('{"geometry":' * 9_000, "not GeoJSON"),
    ("9" * 5_000, "not GeoJSON"),
    ("[" * 1_000_000, "not GeoJSON"),
    ('{"type": "Polygon", "coordinates": [[[74, 42], [75, 43], [74, 42]]]}', "this is a Polygon"),
    ('{"type": "FeatureCollection", "features": []}', "not exactly one feature"),
    ("[74.59]", "Position 1 is not a longitude"),
    ("[1, 2, 3, 4]", "Position 1 is not a longitude"),
    ('["74.59", "42.87"]', "Position 1 is not a longitude"),
    ("[74.59, true]", "Position 1 is not a longitude"),
    ("[NaN, 42.87]", "Position 1 is not a longitude"),
    ("[74.59, Infinity]", "Position 1 is not a longitude"),
    ("[1e999, 42.87]", "Position 1 is not a longitude"),
    ("[[74, 42], [75, [43]]]", "Position 2 is not a longitude"),
    ("[[74, 42], null]", "Position 2 is not a longitude"),
    ("[74, " + "9" * 4_000 + "]", "Position 1 is not on Earth"),
    ("[[74, 42], [174, 99]]", "Position 2 is not on Earth"),
    ("[200, 42]", "Position 1 is not on Earth"),
    ("[42.87, 74.59]", "Did you mean [74.59, 42.87]?"),
    ("[[74, 42], [39.9, 116.4]]", "Did you mean [116.4, 39.9]?"),
    ("[[74, 42]]", "this one has 1"),
    (json.dumps([[74, 42]] * (MOST_POSITIONS + 1)), "this one has 501"),
]


@pytest.mark.parametrize(("pasted", "said"), ODD, ids=lambda text: text[:30])
def test_what_cannot_be_read_is_answered_with_one_sentence(pasted, said):
    with pytest.raises(ValidationError) as refused:
        read_geometry(pasted)

    assert said in "".join(refused.value.messages)


@pytest.mark.parametrize("place", [[37.62, 55.75], [116.4, 39.9], [-74.0, 40.7], [180, -90]])
def test_places_elsewhere_on_earth_are_not_taken_for_swapped(place):
    assert read_geometry(place).coordinates == place


@pytest.mark.django_db
def test_a_place_knows_what_it_covers():
    project = make_project()

    point = Place.objects.create(project=project, geometry=POINT)
    line = Place.objects.create(project=project, geometry=json.dumps(ROAD))
    point.refresh_from_db()
    line.refresh_from_db()

    assert (point.kind, point.geometry, point.positions) == ("point", BISHKEK, [BISHKEK])
    assert (point.west, point.south, point.east, point.north) == (74.59, 42.87, 74.59, 42.87)
    assert (line.kind, line.geometry, line.positions) == ("line", ROAD, ROAD)
    assert (line.west, line.south, line.east, line.north) == (76.95, 42.65, 77.08, 43.24)


@pytest.mark.django_db
def test_what_a_place_covers_follows_its_geometry():
    place = Place.objects.create(project=make_project(), geometry=BISHKEK)

    place.geometry = ROAD
    place.save(update_fields=["geometry"])
    place.refresh_from_db()

    assert (place.kind, place.west, place.east) == ("line", 76.95, 77.08)


@pytest.mark.django_db
def test_a_place_without_a_geometry_is_not_saved():
    with pytest.raises(ValidationError):
        Place.objects.create(project=make_project(), geometry=[200, 42])
    with pytest.raises(ValidationError) as refused:
        Place(project=make_project()).full_clean()

    assert "geometry" in refused.value.message_dict
    assert not Place.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "columns",
    [
        {"west": -180.1},
        {"east": 180.1},
        {"west": 75.0},
        {"east": 80.0},
        {"south": -90.1},
        {"north": 90.1},
        {"south": 43.0},
        {"west": None},
        {"north": float("nan")},
        {"north": float("inf")},
        {"kind": "area"},
        {"kind": ""},
    ],
    ids=str,
)
def test_the_database_refuses_what_is_on_no_map(columns):
    place = Place.objects.create(project=make_project(), geometry=BISHKEK)

    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Place.objects.filter(pk=place.pk).update(**columns)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Place.objects.bulk_create([Place(project=place.project, geometry=[200, 42])])


@pytest.mark.django_db
def test_a_place_goes_with_its_project_and_takes_its_name():
    project = make_project("bridge", state="draft")
    named = Place.objects.create(project=project, geometry=BISHKEK, name_ru="Мост")

    assert str(named) == "Мост"
    assert str(Place.objects.create(project=project, geometry=BISHKEK)) == "Bridge (en)"

    project.delete()

    assert not Place.objects.exists()


# --- in the admin ------------------------------------------------------------------------------------


@pytest.fixture
def desk(admin_user) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    sign_in(client, admin_user)
    return client


def filled(desk: Client, project: Any, geometry: str, **columns: str) -> tuple[str, dict[str, Any]]:
    address = reverse("admin:projects_project_change", args=[project.pk])
    data = form_data(desk, address)
    new = int(data["places-INITIAL_FORMS"][0])
    row = {"geometry": geometry, "name_en": "", "name_ru": "", "name_ky": "", **columns}
    data |= {f"places-{new}-{name}": value for name, value in row.items()}
    data |= {"places-TOTAL_FORMS": str(new + 1), f"places-{new}-id": "", f"places-{new}-project": project.pk}
    return address, data


@pytest.mark.django_db
def test_an_editor_adds_a_place_by_pasting_a_feature(desk):
    project = make_project()
    address, data = filled(desk, project, json.dumps(feature(POINT)), name_en="Bridge")

    answer = desk.post(address, data)

    assert answer.status_code == 302, answer.context["errors"]
    place = project.places.get()
    assert (place.name_en, place.kind, place.geometry) == ("Bridge", "point", BISHKEK)
    assert "[74.59, 42.87]" in desk.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("pasted", "said"), ODD, ids=lambda text: text[:30])
def test_nothing_typed_is_lost_whatever_was_typed(desk, pasted, said):
    project = make_project()
    address, data = filled(desk, project, pasted, name_en="Bridge <1>")

    answer = desk.post(address, data)

    assert answer.status_code == 200
    [errors] = [form.errors for form in answer.context["inline_admin_formsets"][2].formset if form.errors]
    assert list(errors) == ["geometry"]
    assert len(errors["geometry"]) == 1
    if pasted and len(pasted) <= LONGEST_TEXT:
        assert said in errors["geometry"][0]
    form = answer.context["inline_admin_formsets"][2].formset.forms[-1]
    assert form["geometry"].value() == pasted
    assert not project.places.exists()


@pytest.mark.django_db
def test_putting_longitude_and_latitude_right_is_a_change(desk):
    project = make_project()
    place = Place.objects.create(project=project, geometry=[44.0, 43.0])
    address = reverse("admin:projects_project_change", args=[project.pk])
    data = form_data(desk, address)

    data["places-0-geometry"] = "[43.0, 44.0]"
    desk.post(address, data)

    place.refresh_from_db()
    assert place.geometry == [43.0, 44.0]


@pytest.mark.django_db
def test_two_people_who_move_one_place_do_not_overwrite_each_other(desk):
    project = make_project()
    place = Place.objects.create(project=project, geometry=[74.0, 42.0])
    address = reverse("admin:projects_project_change", args=[project.pk])
    first, second = form_data(desk, address), form_data(desk, address)

    desk.post(address, first | {"places-0-geometry": "[42.0, 50.0]"})
    answer = desk.post(address, second | {"places-0-geometry": "[50.0, 42.0]"})

    assert "Somebody else changed this" in answer.content.decode()
    place.refresh_from_db()
    assert place.geometry == [42.0, 50.0]
