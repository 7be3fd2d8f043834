"""The map of projects: what it shows, how near, and in which words."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from projects import maps
from projects.map_labels import BADGE, Box, Labels, Spot
from projects.maps import coordinates_in_words, map_of, map_of_projects, window_around
from projects.models import Place, Project
from tests.makers import make_project

BISHKEK, OSH, KAMBAR_ATA, MOSCOW = [74.59, 42.87], [72.8, 40.53], [73.3, 41.8], [37.62, 55.75]
ROAD = [[76.95, 43.24], [77.35, 43.05], [77.08, 42.65]]


def place(geometry: Any, name: str = "Bridge", pk: int = 1, **columns: Any) -> Place:
    made = Place(pk=pk, geometry=geometry, **{"name_en": name, **columns})
    made.clean()
    return made


def drawn(*places: Place, language: str = "en", **context: Any) -> str:
    with translation.override(language):
        found = map_of(places)
        return render_to_string(
            "components/map.html", {"map": found, "title": "Where", "LANGUAGE_CODE": language, **context}
        )


def svg(page: str) -> ElementTree.Element:
    return ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])


def test_without_places_there_is_no_map():
    assert map_of([]) is None
    assert map_of_projects([]) is None
    assert not drawn().strip()


def test_a_single_place_is_shown_with_the_country_around_it():
    window = window_around([place(BISHKEK)])

    assert window.width == maps.NARROWEST
    x, y = window.spot(*BISHKEK)
    assert (x, y) == (maps.WIDTH / 2, pytest.approx(window.tall / 2, abs=0.5))


def test_places_far_apart_are_all_on_the_map_with_a_margin():
    places = [place([50.2, 53.2]), place(ROAD), place([87.6, 43.8])]

    window = window_around(places)

    for each in places:
        for position in each.positions:
            x, y = window.spot(*position)
            assert 50 < x < maps.WIDTH - 50
            assert 20 < y < window.tall - 20


@pytest.mark.parametrize("corner", [[46.0, 34.0], [46.0, 56.0], [90.0, 34.0], [90.0, 56.0]])
def test_a_map_never_shows_ground_that_was_not_drawn(corner):
    window = window_around([place(corner)])
    west, south, east, north = json.loads(Path(maps.__file__).with_name("borders.json").read_text())["window"]

    left, top = window.spot(west, north)
    right, bottom = window.spot(east, south)

    assert left <= 0.1
    assert top <= 0.1
    assert right >= maps.WIDTH - 0.1
    assert bottom >= window.tall - 0.1


def test_the_shape_of_the_country_is_kept():
    """At 42° north a kilometre is as long to the east as to the north."""
    window = window_around([place(BISHKEK)])
    x, y = window.spot(74, 42)

    east = window.spot(74 + 50 / maps.KM_EAST, 42)
    north = window.spot(74, 42 + 50 / maps.KM_A_DEGREE)

    assert east.x - x == pytest.approx(y - north.y, abs=0.2)
    assert east.x - x == pytest.approx(50 * maps.WIDTH / window.width, abs=0.2)


def test_what_lies_off_the_ground_stands_in_the_list_only():
    found = map_of([place(BISHKEK, pk=1), place(MOSCOW, "Exhibition", pk=2)])

    assert found is not None
    assert [mark.key for mark in found.marks] == ["place-1"]
    assert [mark.key for mark in found.elsewhere] == ["place-2"]
    assert not found.is_numbered
    page = drawn(place(BISHKEK), place(MOSCOW, "Exhibition"))
    assert "Exhibition" in page
    assert "Outside this map" in page
    only_there = drawn(place(MOSCOW, "Exhibition"))
    assert "Exhibition" in only_there
    assert "<svg" not in only_there


def test_a_line_that_leaves_the_ground_is_drawn_as_far_as_it_goes():
    found = map_of([place([[74.6, 42.9], [116.4, 39.9]])])

    assert found is not None
    assert found.marks[0].lines
    assert window_around([place([[74.6, 42.9], [116.4, 39.9]])]).spot(74.6, 42.9).x > 0


def test_borders_and_lakes_are_drawn_where_they_may_be_seen():
    near, far = map_of([place(KAMBAR_ATA)]), map_of([place([48.0, 55.0])])

    assert near is not None
    assert far is not None
    assert all(near.ground)
    assert far.ground.home == ""
    assert len("".join(near.ground)) < 20_000


@pytest.mark.parametrize(
    ("spot", "is_home"),
    [
        (BISHKEK, True),
        (OSH, True),
        ([78.39, 42.49], True),
        ([76.95, 43.24], False),
        ([69.24, 41.31], False),
        ([71.13, 39.96], False),  # Sokh, an enclave
    ],
)
def test_cities_lie_on_their_side_of_the_border(spot, is_home):
    x, y = spot
    crossings = 0
    for ring in maps._lines()["home"]:
        for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
                crossings += 1

    assert (crossings % 2 == 1) is is_home


def test_the_ground_stays_small():
    assert Path(maps.__file__).with_name("borders.json").stat().st_size < 60_000


# --- marks and words ---------------------------------------------------------------------------------


def test_each_place_is_a_link_with_a_name_and_a_line_in_the_list():
    page = drawn(place(BISHKEK, "Customs house", pk=7), place(ROAD, "Road", pk=8))

    links = svg(page).findall("a")
    assert [link.get("href") for link in links] == ["#place-7", "#place-8"]
    assert [link.get("aria-label") for link in links] == ["1 Customs house", "2 Road"]
    assert 'id="place-7"' in page
    assert "42.870° N, 74.590° E" in page
    assert "43.240° N, 76.950° E to 42.650° N, 77.080° E" in page


def test_the_drawing_needs_neither_styles_nor_scripts():
    page = drawn(place(BISHKEK), place(ROAD))

    assert "style=" not in page
    assert "<style" not in page
    assert "<script" not in page


def test_names_are_escaped():
    page = drawn(place(BISHKEK, '<b>"Bridge" & co</b>'), place(OSH, "'><script>"))

    assert "<b>" not in page
    assert "<script>" not in page
    assert svg(page).findall("a")[0].get("aria-label") == '1 <b>"Bridge" & co</b>'


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_numbers_in_the_drawing_are_the_same_in_every_language(language):
    """A comma for a decimal point would tear every coordinate in two."""
    drawing = svg(drawn(place(BISHKEK), place(ROAD), place([74.6, 42.88]), language=language))

    for element in drawing.iter():
        for name in ("x", "y", "width", "height", "viewBox"):
            assert re.fullmatch(r"[-\d. ]*", element.get(name, ""))
        assert re.fullmatch(r"[Mhz\d., -]*", element.get("d", ""))


@pytest.mark.parametrize(
    ("language", "country", "coordinates"),
    [("ky", "Кыргызстан", "41,800°"), ("ru", "Кыргызстан", "41,800°"), ("en", "Kyrgyzstan", "41.800°")],
)
def test_words_are_in_the_language_of_the_page(language, country, coordinates):
    page = drawn(place(KAMBAR_ATA), language=language)

    assert country in page
    assert coordinates in page


def test_a_name_that_is_missing_is_taken_from_another_language_and_marked():
    page = drawn(place(BISHKEK, "", name_ru="Мост"), language="ky")

    assert page.count('lang="ru"') == 2
    assert page.count('lang="en"') == 0


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ([74.59, 42.87], "42.870° N, 74.590° E"),
        ([-58.38, -34.6], "34.600° S, 58.380° W"),
        ([0, 0], "0.000° N, 0.000° E"),
    ],
)
def test_coordinates_are_said_in_degrees(position, words):
    assert coordinates_in_words(place(position)) == words


def test_marks_on_one_spot_stand_side_by_side():
    found = map_of([place(BISHKEK, pk=number) for number in range(1, 6)])

    assert found is not None
    spots = [mark.badge for mark in found.marks]
    boxes = [Box.around(spot, BADGE, BADGE) for spot in spots]
    assert not any(one.meets(other) for one in boxes for other in boxes if one is not other)
    assert [bool(mark.leader) for mark in found.marks] == [False, True, True, True, True]


def test_no_words_cover_others_or_leave_the_map():
    labels = Labels(1000, 600)
    labels.badge_at(Spot(500, 300))

    found = [labels.beside(Spot(500, 300), "A name of some length") for _each in range(8)]

    assert [label.anchor for label in found if label] == ["start", "end", "middle", "middle"]
    assert found[4:] == [None] * 4
    assert Labels(1000, 600).beside(Spot(990, 20), "A name") is not None
    assert labels.country([Spot(5, 5), Spot(500, 300)], "Kyrgyzstan") is None


def test_a_name_without_room_on_either_side_stands_above():
    labels = Labels(1000, 600)

    # 533 units wide as Chromium draws it with DejaVu Sans, of the 468 beside the badge.
    label = labels.beside(Spot(500, 300), "Граница Чуйской и Жамбылской областей")

    assert label == ("Граница Чуйской и Жамбылской областей", 500, 256.4, "middle")


def test_a_long_name_is_cut_on_the_map_and_whole_in_the_list():
    name = "China – Kyrgyzstan – Uzbekistan railway, first section"
    found = map_of([place(OSH, name)])

    assert found is not None
    label = found.marks[0].label
    assert label is not None
    assert label.text.endswith("…")
    assert name in drawn(place(OSH, name))


# --- of many projects --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_project_with_several_places_is_one_link(django_assert_num_queries):
    road, dam = make_project("road"), make_project("dam")
    make_project("council")
    for geometry in (BISHKEK, OSH, ROAD):
        Place.objects.create(project=road, geometry=geometry)
    Place.objects.create(project=dam, geometry=KAMBAR_ATA)
    projects = list(Project.objects.order_by("-code").prefetch_related("places"))

    with django_assert_num_queries(0):
        found = map_of_projects(projects)
        page = render_to_string(
            "components/map.html", {"map": found, "title": "Projects", "LANGUAGE_CODE": "en"}
        )

    assert found is not None
    assert [(mark.name.text, mark.address) for mark in found.marks] == [
        ("Road (en)", road.get_absolute_url()),
        ("Dam (en)", dam.get_absolute_url()),
    ]
    assert len(found.marks[0].lines) == 1
    assert len(found.marks[0].dots) == 1
    assert len(found.marks[0].coordinates) == 3
    assert page.count(f'href="{road.get_absolute_url()}"') == 2


@pytest.mark.django_db
def test_a_place_without_a_name_is_called_as_its_project(django_assert_num_queries):
    project = make_project("road")
    Place.objects.create(project=project, geometry=BISHKEK)
    loaded = Project.objects.prefetch_related("places").get()

    with django_assert_num_queries(0):
        found = map_of(loaded.places.all())

    assert found is not None
    assert found.marks[0].name.text == "Road (en)"


def test_many_marks_keep_their_numbers_and_leave_their_names_to_the_list():
    found = map_of([place([68 + number / 4, 42.0], pk=number) for number in range(maps.MOST_NAMED + 1)])

    assert found is not None
    assert [mark.number for mark in found.marks] == list(range(1, maps.MOST_NAMED + 2))
    assert not any(mark.label for mark in found.marks)
