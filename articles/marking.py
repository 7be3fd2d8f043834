"""One passage or link more in a body, around given words: what a click on a suggestion does without script.

static/js/editor/suggestions.js does the same in the editor, and counts in the same way.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from .bodies import PROJECT_CODE, RELATIONS, Held, clean_body
from .importing.passages import blocks_of, well_formed

PAGES = {"person": ("people:person", "slug"), "event": ("events:event", "code")}
_KEY = re.compile(r"[a-z0-9-]{1,100}")
LONGEST_WORDS = 400
_OF_WORD = re.compile(r"\w")


def page_of(kind: str, key: str, language: str) -> str:
    """The public address that a link to a person or an event leads to, in the text's language."""
    with override(language):
        return reverse(PAGES[kind][0], args=[key])


class Take(NamedTuple):
    """A suggestion that somebody has taken. `nth`: which of the places where these words are free, from 0."""

    what: str  # "mark" or "link"
    kind: str  # of what is marked: a relation; of what is linked: "person" or "event"
    key: str
    nth: int
    words: str

    @property
    def value(self) -> str:
        return f"{self.what}|{self.kind}|{self.key}|{self.nth}|{self.words}"

    @classmethod
    def read(cls, value: str) -> "Take | None":
        """As a form sent it; None where no page of ours can have said so."""
        parts = value.split("|", 4)
        if len(parts) != 5 or not parts[4].strip() or len(parts[4]) > LONGEST_WORDS:
            return None
        what, kind, key, nth, words = parts
        is_mark = what == "mark" and kind in RELATIONS and PROJECT_CODE.fullmatch(key)
        is_link = what == "link" and kind in PAGES and _KEY.fullmatch(key)
        if not (is_mark or is_link) or not (nth.isascii() and nth.isdecimal() and len(nth) < 6):
            return None
        return cls(what, kind, key, int(nth), words)

    def tags(self, language: str) -> tuple[str, str] | None:
        if self.what == "mark":
            return f'<span data-project="{self.key}" data-relation="{self.kind}">', "</span>"
        try:
            return f'<a href="{page_of(self.kind, self.key, language)}">', "</a>"
        except NoReverseMatch:
            return None


def places_of(words: str, text: str) -> Iterator[int]:
    """Where the words stand by themselves, not within a longer one."""
    place = text.find(words)
    while place >= 0:
        end = place + len(words)
        before, after = text[place - 1 : place] if place else "", text[end : end + 1]
        if not (_OF_WORD.match(before) or _OF_WORD.match(after)):
            yield place
        place = text.find(words, end)


def free_place(words: str, start: int, text: str, held: list[Held]) -> int | None:
    """Which of the free places of these words `start` is; None where it is no free one."""
    end_of_words = start + len(words)
    if any(each.start < end_of_words and start < each.end for each in held):
        return None
    before = [
        place
        for place in places_of(words, text[:end_of_words])
        if not any(each.start < place + len(words) and place < each.end for each in held)
    ]
    return len(before) - 1 if before and before[-1] == start and _ends(text, end_of_words) else None


def _ends(text: str, place: int) -> bool:
    return _OF_WORD.match(text[place : place + 1]) is None


def with_taken(body: str, take: Take, language: str) -> str | None:
    """A clean body with the mark; None where the words no longer stand free in it."""
    body = clean_body(body)
    tags = take.tags(language)
    if tags is None:
        return None
    left = take.nth
    for block in blocks_of(body):
        for start in places_of(take.words, "".join(block.characters)):
            end = start + len(take.words)
            if any(block.closed[start:end]):
                continue
            if left:
                left -= 1
                continue
            place = well_formed(body, block.begins[start], block.ends[end - 1])
            if place is None:
                return None
            begin, until = place
            return f"{body[:begin]}{tags[0]}{body[begin:until]}{tags[1]}{body[until:]}"
    return None
