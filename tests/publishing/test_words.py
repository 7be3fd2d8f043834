"""Plain text and slugs, whatever was typed or pasted."""

import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressoffice.publishing.plain_text import clean_line, clean_text
from pressoffice.publishing.slugs import LONGEST, slug_of

anything = st.text(st.characters())


@given(anything)
def test_clean_text_is_fit_for_xml_and_for_every_database(text):
    clean = clean_text(text)

    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    clean.encode()
    element = ElementTree.Element("x")
    element.text = clean
    assert ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).text in {clean, None}


@given(anything)
def test_a_clean_line_is_one_line(text):
    clean = clean_line(text)

    assert clean_line(clean) == clean
    assert len(clean.splitlines()) <= 1
    assert clean == clean.strip()


@given(anything)
def test_a_slug_is_never_empty_nor_taken_for_a_version(title):
    slug = slug_of(title, otherwise="ky")

    assert 0 < len(slug) <= LONGEST + len("ky-")
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in slug)
    assert not (slug[0] == "v" and slug[1:].isdecimal())


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ысык-Көлдүн жээги", "ysyk-koldun-jeegi"),
        ("Жаңы өткөрүү бекети", "jangy-otkoruu-beketi"),
        ("Щедрый подъезд", "shchedryy-podezd"),
        ("СССР – 1991", "sssr-1991"),
        ("☃", "ky"),
        ("v2", "ky-v2"),
        ("V2", "ky-v2"),
        ("", "ky"),
        ("---", "ky"),
        ("слово " * 40, ("slovo-" * 13).rstrip("-")),
    ],
)
def test_titles_become_readable_latin(title, slug):
    assert slug_of(title, otherwise="ky") == slug


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x0bb", "a b"),
        ("a\u2028b", "a b"),
        ("  a \t b ", "a b"),
        ("№\u00a05", "№\u00a05"),
        ("\ufeffa", "a"),
        ("a\u202eb", "ab"),
        ("и\u0306", "й"),
    ],
)
def test_what_a_word_processor_pastes_into_a_line(typed, kept):
    assert clean_line(typed) == kept
