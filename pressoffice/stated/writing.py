"""Text as the rules read it, and word lists that are looked up in it."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")

LETTERS = "[^\\W\\d_]"
# What has been read already, or must not be read. No rule matches it.
TAKEN = "\x00"
_ALIKE = {
    **dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007\t\r\n"), " "),
    **dict.fromkeys(map(ord, "‑‐−"), "-"),
    ord("ё"): "е",
    ord("Ё"): "е",
    0: " ",
}


def plain(text: str) -> str:
    """The same number of characters, in small letters, with one kind of blank, of hyphen and of е."""
    alike = text.translate(_ALIKE)
    small = alike.lower()
    if len(small) == len(alike):
        return small
    # İ becomes two characters in small letters, and every place after it would be wrong.
    return "".join(lower if len(lower := char.lower()) == 1 else char for char in alike)


def taken(match: re.Match[str]) -> str:
    """As long as the match, so that every place in the text stays what it was."""
    return TAKEN * (match.end() - match.start())


class Lexicon(Generic[Meaning]):
    """Patterns of words and what they stand for; of two that fit, the first counts.

    The patterns have no groups of their own, and no letter follows the words they match."""

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        listed = list(entries)
        self._words = [words for words, _meaning in listed]
        self.pattern = "|".join(self._words)
        self._meanings = [meaning for _words, meaning in listed]

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        groups = "|".join(f"({words})" for words in self._words)
        return re.compile(rf"(?:{groups})(?!{LETTERS})")

    def at(self, text: str, place: int) -> tuple[Meaning, int] | None:
        """What the words that begin at `place` stand for, and where they end."""
        match = self._compiled.match(text, place)
        return (self._meanings[match.lastindex - 1], match.end()) if match and match.lastindex else None
