"""Texts that exist in some of the site's languages, and what a reader is shown when theirs is missing."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from translated_fields import TranslatedField, to_attribute

CODES = [code for code, _name in settings.LANGUAGES]


class Text(NamedTuple):
    """A text and the language it is in, so that a fallback can be marked with `lang`."""

    text: str
    language: str


def text_in(obj: models.Model, name: str, language: str = "") -> Text:
    """`obj`'s `name` in `language` (default: the active one), else in the first language that has it."""
    wanted = language or active()
    for code in [wanted, *CODES]:
        text = getattr(obj, to_attribute(name, code))
        if text:
            return Text(text, code)
    return Text("", wanted)


def active() -> str:
    """The active language as one of the site's codes ("ky", "ru", "en")."""
    code = (get_language() or settings.LANGUAGE_CODE)[:2]
    return code if code in CODES else settings.LANGUAGE_CODE


def name_in_sentence(code: str) -> str:
    """The language's name in the active language; only English writes it with a capital there."""
    name = str(dict(settings.LANGUAGES)[code])
    return name if active() == "en" else name.lower()


def _with_fallback(name: str, field: TranslatedField):
    return lambda obj: text_in(obj, name).text


def translated(field: models.Field, *, required: bool = False) -> TranslatedField:
    """`field` in every language of the site; `required` asks for all of them."""
    field.blank = not required
    return TranslatedField(field, attrgetter=_with_fallback)
