"""The page that shows the design: whole, made of the real templates, and nowhere but in the demonstration."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pressoffice.design import specimens, tokens
from tests.channels import under
from tests.makers import make_edition
from tests.test_no_english_left import english_in, read

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ["ky", "ru", "en"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> None:
    settings.PRESSOFFICE_MODE = "demo"


def shown(language: str = "en") -> str:
    response = Client().get(under(language, "design"))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("mode", ["production", "local"])
def test_outside_the_demonstration_there_is_no_such_page(settings: Any, mode: str) -> None:
    settings.PRESSOFFICE_MODE = mode

    assert Client().get(under("en", "design")).status_code == 404
    assert "/design/" not in Client().get(under("en", "about")).content.decode()


@pytest.mark.usefixtures("demo")
def test_the_page_is_kept_from_search_engines_and_in_no_sitemap() -> None:
    make_edition(language="en")

    assert '<meta name="robots" content="noindex">' in shown()
    index = Client().get(reverse("sitemap")).content.decode()
    maps = re.findall(r"<loc>https?://[^/]+(/[^<]+)</loc>", index)
    assert maps
    assert not [path for path in maps if "/design/" in Client().get(path).content.decode()]


@pytest.mark.usefixtures("demo")
def test_the_foot_of_the_page_leads_there_in_the_demonstration() -> None:
    assert f'href="{under("ky", "design")}"' in Client().get(under("ky", "about")).content.decode()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_the_database_nothing(django_assert_num_queries: Any, language: str) -> None:
    with django_assert_num_queries(0):
        shown(language)


@pytest.mark.parametrize(
    "template", sorted((ROOT / "templates/components").glob("*.html")), ids=lambda path: path.stem
)
def test_every_component_is_on_the_page(template: Path) -> None:
    named = {each.name for each in specimens.specimens() if each.is_shared}

    assert template.stem in named | set(specimens.IN_THE_FRAME)


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stylesheet_of_a_component_is_used(language: str) -> None:
    page = html.unescape(shown(language))
    used = {name for classes in re.findall(r'class="([^"]*)"', page) for name in classes.split()}
    sheets = sorted((ROOT / "static/css/components").glob("*.css"))

    styled = {sheet.name: set(re.findall(r"\.([a-z][\w-]*)", sheet.read_text())) for sheet in sheets}
    assert [name for name, classes in styled.items() if not classes & used] == []


@pytest.mark.usefixtures("demo")
def test_no_link_of_the_page_leads_to_something_made_up() -> None:
    page = Client().get("/en/design/").text

    assert not [
        address
        for address in re.findall(r'(?:href|src)="(/[^"]*)"', page)
        if any(made_up in address for made_up in ("/sample/", "2025-k7mf", "0" * 32))
    ]


@pytest.mark.usefixtures("demo")
def test_a_specimen_is_drawn_by_the_components_own_template() -> None:
    page = shown()

    for each in specimens.specimens():
        assert f">{each.path}</code>" in page
        assert (ROOT / "templates" / each.path).exists()
    assert page.count("<!DOCTYPE html>") == 1  # the page of three languages stands in a frame of its own


@pytest.mark.parametrize(
    "pair", tokens.contrasts(), ids=lambda pair: f"{pair.text.name} on {pair.ground.name}"
)
def test_colours_can_be_told_from_their_ground(pair: tokens.Contrast) -> None:
    assert pair.holds, f"{pair.light} by day, {pair.dark} by night"


def test_contrast_is_measured_as_the_guidelines_say() -> None:
    assert tokens.contrast("#000000", "#ffffff") == 21
    assert tokens.contrast("#767676", "#ffffff") == 4.54
    assert tokens.contrast("#777777", "#ffffff") == 4.47


def test_sizes_grow_from_a_telephone_to_a_wide_window() -> None:
    sizes = {size.name: size for size in tokens.sizes("text")}

    assert (sizes["text-xs"].narrow, sizes["text-xs"].wide) == (13, 13)
    assert all(size.narrow <= size.wide for size in sizes.values())
    assert sizes["text-3xl"].narrow == 28
    assert sizes["text-3xl"].wide == 52


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_page_speaks_the_readers_language(language: str) -> None:
    response = Client().get(under(language, "design"))

    assert english_in(read(response, language)) == set()
