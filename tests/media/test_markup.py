import re
from collections.abc import Callable
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from pressoffice.media.models import Image

from . import files

pytestmark = pytest.mark.django_db


def draw(image: Image | None, arguments: str = "") -> str:
    template = Template(f"{{% load media_tags %}}{{% picture image {arguments} %}}")
    return template.render(Context({"image": image}))


def test_a_picture_names_all_its_sizes(make_image: Callable[..., Image]) -> None:
    image = make_image(files.jpeg(1200, 900))

    picture = image.picture("full", "en")

    assert picture is not None
    assert (picture.width, picture.height, picture.alt) == (1200, 900, "A lake")
    assert picture.src == f"/media/images/{image.token}/full-960.jpg"
    assert picture.srcset == ", ".join(
        f"/media/images/{image.token}/full-{width}.jpg {width}w" for width in (480, 960, 1200)
    )
    assert [(source.type, source.srcset) for source in picture.sources] == [
        ("image/avif", picture.srcset.replace(".jpg", ".avif")),
        ("image/webp", picture.srcset.replace(".jpg", ".webp")),
    ]


def test_a_small_picture_is_shown_in_its_own_size(make_image: Callable[..., Image]) -> None:
    picture = make_image(files.jpeg(200, 150)).picture("3x2")

    assert picture is not None
    assert (picture.width, picture.height) == (200, 133)
    assert picture.src.endswith("/3x2-200.jpg")


def test_drawing_a_list_of_pictures_costs_two_queries_and_opens_no_file(
    make_image: Callable[..., Image], store: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        make_image()
    for path in store.rglob("*.*"):
        path.unlink()

    with django_assert_num_queries(2):
        drawn = [draw(image, 'ratio="3x2"') for image in Image.objects.with_renditions()]

    assert all("<img" in html for html in drawn)


@pytest.mark.parametrize(("language", "words"), [("ky", "Көл"), ("ru", "Озеро"), ("en", "A lake")])
def test_the_words_are_in_the_language_of_the_page(
    language: str, words: str, make_image: Callable[..., Image]
) -> None:
    image = make_image()

    with translation.override(language):
        assert f'alt="{words}"' in draw(image)
    with translation.override("en"):
        assert f'alt="{words}"' in draw(image, f'language="{language}"')


def test_a_decoration_has_an_empty_alt(make_image: Callable[..., Image]) -> None:
    assert ' alt=""' in draw(make_image(alt={}, is_decorative=True))


def test_a_page_may_pass_over_words_that_stand_beside_the_picture(make_image: Callable[..., Image]) -> None:
    assert ' alt=""' in draw(make_image(), 'alt=""')


def test_words_are_escaped(make_image: Callable[..., Image]) -> None:
    image = make_image(alt=dict.fromkeys(("ky", "ru", "en"), '"><script>alert(1)</script>'))

    assert "<script" not in draw(image)


def test_every_attribute_has_its_place(make_image: Callable[..., Image]) -> None:
    lazy = draw(make_image(), 'ratio="3x2" sizes="(min-width: 40em) 50vw, 100vw" css="card__image"')
    eager = draw(make_image(), 'loading="eager"')

    assert lazy.count('sizes="(min-width: 40em) 50vw, 100vw"') == 3
    assert re.search(r'<img [^>]*width="600" height="400"[^>]*loading="lazy"[^>]*class="card__image"', lazy)
    assert "fetchpriority" not in lazy
    assert 'loading="eager" fetchpriority="high"' in eager


def test_no_picture_draws_nothing() -> None:
    assert draw(None).strip() == ""
