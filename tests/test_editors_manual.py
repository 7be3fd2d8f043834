"""The editors' manual: the same in three languages, in the words of the screen, with tables that hold."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib import admin
from django.utils.translation import override

from pressoffice.permission_matrix import as_manual
from pressoffice.publishing.languages import CODES

ROOT = Path(settings.BASE_DIR)
MANUAL = ROOT / "docs" / "editors"
# Ours, what we say better than Django does, and Django's own.
CATALOGUES = (
    ROOT / "pressoffice" / "locale",
    ROOT / "pressoffice" / "locale_overrides",
    Path(admin.__file__).parent / "locale",
)
# One star on each side; two are for the names of the parts of a chapter.
EMPHASISED = re.compile(r"(?<!\*)\*(?![*\s])([^*]+?)(?<!\s)\*(?!\*)")
PICTURE = re.compile(r"!\[([^\]]*)\]\((images/[\w-]+\.png)\)")
# What the manual's own first lines show as an example of how such words look.
EXAMPLES = {"en": "like this", "ru": "так", "ky": "Мындай"}

in_every_language = pytest.mark.parametrize("language", sorted(CODES))


def manual(language: str) -> str:
    return (MANUAL / language / "README.md").read_text()


def on_the_screen(language: str) -> set[str]:
    """Every text of the interface in `language`; the English ones are what the others are translated from."""
    words: set[str] = set()
    code = "ky" if language == "en" else language
    for path in [path for folder in CATALOGUES for path in (folder / code / "LC_MESSAGES").glob("*.po")]:
        with path.open("rb") as file:
            for message in read_po(file):
                said = message.id if language == "en" else message.string
                words.update([said] if isinstance(said, str) else said or [])
    # Django begins the label of a field with a capital.
    return words | {word[:1].upper() + word[1:] for word in words}


@in_every_language
def test_the_manual_uses_the_words_of_the_screen(language: str) -> None:
    words = on_the_screen(language)
    named = {" ".join(found.split()) for found in EMPHASISED.findall(manual(language))} - {EXAMPLES[language]}

    assert len(named) > 60
    assert {each for each in named if each not in words} == set()


@in_every_language
def test_every_picture_of_the_manual_is_there_and_says_what_it_shows(language: str) -> None:
    pictures = PICTURE.findall(manual(language))

    assert pictures
    for described, path in pictures:
        assert described
        assert (MANUAL / language / path).read_bytes().startswith(b"\x89PNG")
    unused = {path.name for path in (MANUAL / language / "images").iterdir()} - {
        Path(path).name for _described, path in pictures
    }
    assert unused == set()


def test_the_manual_has_the_same_chapters_and_pictures_in_every_language() -> None:
    shapes = {
        language: [
            PICTURE.sub(r"\2", line) if line.startswith("!") else "##"
            for line in manual(language).splitlines()
            if line.startswith(("## ", "!["))
        ]
        for language in CODES
    }

    assert shapes["ky"] == shapes["ru"] == shapes["en"]


@in_every_language
def test_every_chapter_is_in_the_contents(language: str) -> None:
    text = manual(language)
    chapters = [line[3:] for line in text.splitlines() if line.startswith("## ")]

    for chapter in chapters:
        address = re.sub(r"[^\w\s-]", "", chapter.lower()).replace(" ", "-")
        assert f"[{chapter}](#{address})" in text


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in MANUAL.rglob("*.png")) < 8_000_000


@in_every_language
def test_the_manual_prints_who_may_do_what_as_it_holds(language: str) -> None:
    printed = (MANUAL / language / "permissions.md").read_text()

    with override(language):
        assert printed == as_manual()
