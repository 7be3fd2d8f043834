import pytest
from PIL import Image

from pressoffice.demo import pictures
from pressoffice.demo.content import read


def test_every_picture_is_drawn_and_described_in_three_languages() -> None:
    described = read("pictures")
    assert set(described.pop("credit")) == {"ky", "ru", "en"}

    assert set(described) == set(pictures.SCENES)
    assert all(set(picture["alt"]) == {"ky", "ru", "en"} for picture in described.values())
    assert len({picture["title"] for picture in described.values()}) == len(described)


@pytest.mark.parametrize("name", pictures.SCENES)
def test_a_picture_is_the_same_each_time(name: str) -> None:
    first, second = pictures.draw(name), pictures.draw(name)

    assert first.getvalue() == second.getvalue()
    with Image.open(first) as image:
        assert image.size == (pictures.WIDTH, pictures.HEIGHT)
        assert len(image.convert("P", palette=Image.Palette.ADAPTIVE).getcolors() or []) > 100
