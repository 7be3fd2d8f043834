"""What to look at before a text goes on: each finding a sentence and the place it is about.

Saving never waits for any of it. What BLOCKS keeps the text from its readers (Edition.missing and what the
languages say differently); what WARNS is for the writer to judge.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from html import unescape
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pressoffice.media.models import Image
from pressoffice.publishing.periods import Standing

from .beside import Unanswered, unanswered_in
from .blocks import Block, blocks_of
from .language_truth import Place
from .models import Difference, Edition, Passage
from .models.between_languages import refusal_of


class Severity(StrEnum):
    BLOCKS = "blocks"
    WARNS = "warns"


class Finding(NamedTuple):
    severity: Severity
    sentence: Any
    place: Place | None = None
    address: str = ""  # of another page, where the place is not in the text
    words: str = ""  # what of the place it is about, letter by letter

    @property
    def href(self) -> str:
        return self.address or (f"#{self.place.anchor}" if self.place else "")


def findings_of(
    edition: Edition,
    differences: list[Difference],
    *,
    at: datetime,
    unanswered: list[Unanswered] | None = None,
) -> list[Finding]:
    """Of a text that is not public yet; what blocks comes first. `at`: when it might go public.
    `unanswered`: what the panel beside the text has found of it already."""
    missing = [Finding(Severity.BLOCKS, sentence, place) for sentence, place in edition.missing(at)]
    open_ones = [each for each in differences if each.is_open]
    if open_ones:
        missing.append(Finding(Severity.BLOCKS, refusal_of(open_ones), address="#languages"))
    blocks = blocks_of(edition.body)
    warnings = [
        *_said_otherwise(unanswered_in(edition) if unanswered is None else unanswered, blocks),
        *_original(edition),
        *_passages(edition),
        *_pictures(edition),
        *_links(blocks),
        *_headings(blocks),
        *_words(edition, blocks),
    ]
    waiting = [each for each in differences if not each.is_binding and each.accepted is None]
    if waiting:
        sentence = _("A draft in another language says otherwise. Differences: %(count)s.")
        warnings.append(Finding(Severity.WARNS, sentence % {"count": len(waiting)}, address="#languages"))
    return [*missing, *warnings]


# --- projects --------------------------------------------------------------------------------------


def _said_otherwise(unanswered: list[Unanswered], blocks: list[Block]) -> Iterator[Finding]:
    """Figures and dates that differ from the last public ones, until somebody has said why: whoever approves
    or publishes sees them too."""
    sentence = _("%(project)s: «%(words)s» here, «%(told)s» in public so far, and nobody has said why.")
    for each in unanswered:
        where = next((number for number, block in enumerate(blocks) if each.words in block.text), None)
        place = None if where is None else Place("body", where)
        yield Finding(Severity.WARNS, sentence % each._asdict(), place, words=each.words)


def _original(edition: Edition) -> Iterator[Finding]:
    """One query for a translation."""
    original = edition.newest_original()
    if original is not None and original.standing != Standing.IN_FORCE:
        yield Finding(Severity.WARNS, _("The original has been taken down: does the translation still hold?"))


def _passages(edition: Edition) -> Iterator[Finding]:
    """Projects that words of the original are linked to, and no words of this translation. Two queries."""
    if edition.translated_from_id is None:
        return
    spoken_of = set(edition.passages.exclude(exact="").values_list("project_id", flat=True))
    marked = Passage.objects.filter(edition=edition.translated_from_id).exclude(exact="")
    missing = {
        passage.project_id: passage.project.name
        for passage in marked.select_related("project").order_by("position")
        if passage.project_id not in spoken_of
    }
    if missing:
        sentence = _(
            "The original links words to projects that no words here are linked to: %(projects)s. "
            "The panel beside the text offers those that it finds."
        )
        yield Finding(Severity.WARNS, sentence % {"projects": ", ".join(missing.values())}, Place("body"))


# --- pictures ----------------------------------------------------------------------------------------

_FILE_NAME = re.compile(
    r"^(?:img|dsc|image|photo|фото|сүрөт)?[\W_]*\d+\w*$|\.(?:jpe?g|png|webp)$", re.IGNORECASE
)


def _pictures(edition: Edition) -> Iterator[Finding]:
    """The library takes no picture without a description; it cannot tell whether the words say anything."""
    images: dict[int, Image] = {row.image_id: row.image for row in edition.in_images.select_related("image")}
    if edition.lead_image:
        images[edition.lead_image.pk] = edition.lead_image
    for image in images.values():
        if image.is_decorative:
            continue
        alt = getattr(image, f"alt_{edition.language}").strip()
        if not alt or alt == image.title or _FILE_NAME.search(alt):
            yield Finding(
                Severity.WARNS,
                _("The picture is not described, only named: «%(words)s». Say what it shows.")
                % {"words": alt or image.title},
                address=reverse("admin:media_image_change", args=[image.pk]),
            )


# --- links -------------------------------------------------------------------------------------------

_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile("<[^>]+>")
_NO_ADDRESS = re.compile(r"(?:#|https?://?/?|mailto:|tel:)\s*")
_LOOKS_LIKE_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:kg|kz|ru|com|org|net|gov)(?:/\S*)?", re.IGNORECASE
)
_SAYS_NOTHING = {
    "here", "click here", "this", "this link", "link", "read more", "more",
    "здесь", "тут", "сюда", "по ссылке", "ссылка", "ссылке", "подробнее", "читать далее", "нажмите здесь",
    "бул жерде", "бул жерден", "ушул жерде", "ушул жерден", "бул жерге", "шилтеме", "шилтемеден",
    "кененирээк", "толугураак",
}  # fmt: skip


def _links(blocks: list[Block]) -> Iterator[Finding]:
    for number, block in enumerate(blocks):
        for match in _LINK.finditer(block.html):
            address, words = unescape(match[1]), unescape(_TAG.sub("", match[2])).strip()
            place = Place("body", number)
            if _NO_ADDRESS.fullmatch(address):
                sentence = _("This link leads nowhere: «%(words)s».")
            elif not words:
                sentence = _("A link has no words, so nobody can follow it: %(address)s.")
            elif words.lower().strip(".…:»« ") in _SAYS_NOTHING:
                sentence = _("Say where the link leads: «%(words)s» alone tells nothing to a listener.")
            elif _LOOKS_LIKE_ADDRESS.fullmatch(words):
                sentence = _("Put words in place of the address: «%(words)s».")
            else:
                continue
            told = sentence % {"words": words, "address": address}
            yield Finding(Severity.WARNS, told, place, words=words)


# --- headings ----------------------------------------------------------------------------------------


def _headings(blocks: list[Block]) -> Iterator[Finding]:
    seen_main = False
    for number, block in enumerate(blocks):
        if block.tag not in {"h2", "h3"}:
            continue
        words, place = {"words": block.text}, Place("body", number)
        if block.tag == "h3" and not seen_main:
            sentence = _("A smaller heading stands before any heading: «%(words)s».")
            yield Finding(Severity.WARNS, sentence % words, place)
        seen_main = seen_main or block.tag == "h2"
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if after is None or (after.tag in {"h2", "h3"} and after.tag <= block.tag):
            yield Finding(Severity.WARNS, _("Nothing stands under the heading: «%(words)s».") % words, place)


# --- words -------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
_LATIN, _CYRILLIC = re.compile("[A-Za-z]"), re.compile("[\u0400-\u04ff]")
_TWICE = re.compile(r"(?<![\w-])([^\W\d_]{2,})\s+\1(?![\w-])", re.IGNORECASE)
_MAY_STAND_TWICE = {
    "en": {"that", "had"},
    "ru": {"да", "нет", "очень"},
    "ky": {"тез", "бат", "көп", "ар", "кээ"},
}


def _words(edition: Edition, blocks: list[Block]) -> Iterator[Finding]:
    texts = [(Place(name), getattr(edition, name)) for name in ("title", "summary")]
    texts += [(Place("body", number), block.text) for number, block in enumerate(blocks)]
    texts += [(Place(name), getattr(edition, name)) for name in ("notes_to_editors", "change_note")]
    for place, text in texts:
        for word in dict.fromkeys(_WORD.findall(text)):
            if sentence := mixed_alphabets(word):
                yield Finding(Severity.WARNS, sentence, place, words=word)
        for match in _TWICE.finditer(text):
            if match[1].lower() not in _MAY_STAND_TWICE[edition.language]:
                sentence = _("A word stands twice: «%(words)s».") % {"words": match[0]}
                yield Finding(Severity.WARNS, sentence, place, words=match[0])


def mixed_alphabets(word: str) -> Any:
    """A sentence that names the strange letters, or nothing: for the eye «прoект» is «проект»."""
    latin, cyrillic = _LATIN.findall(word), _CYRILLIC.findall(word)
    if not latin or not cyrillic:
        return ""
    few = latin if len(latin) <= len(cyrillic) else cyrillic
    letters = ", ".join(f"«{letter}»" for letter in dict.fromkeys(few))
    if few is latin:
        sentence = _(
            "Latin letters in a Cyrillic word, %(letters)s in «%(word)s»: search and speech miss it."
        )
    else:
        sentence = _(
            "Cyrillic letters in a Latin word, %(letters)s in «%(word)s»: search and speech miss it."
        )
    return sentence % {"letters": letters, "word": word}
