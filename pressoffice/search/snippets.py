"""What a reader sees of a text that was found, with the words that were looked for marked in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from projects.inflection import folded

from .asking import Unit
from .words import keys, sound, written


def highlighter(asked: Iterable[Unit]) -> "Highlighter":
    return Highlighter(frozenset().union(*(unit.every_key for unit in asked)))


@dataclass(frozen=True)
class Highlighter:
    wanted: frozenset[str]

    def marks(self, text: str, language: str) -> Iterator[tuple[int, int]]:
        """Where the words stand that were looked for."""
        whole = self.wanted
        beginnings = tuple(each[:-1] for each in whole if each.endswith("*"))
        # Cheap before dear: words of a long text are cut into stems only where their beginning fits.
        initials = {each[:2] for each in whole}
        for word in written(text):
            offset = word.start
            joined = len(word.parts) > 1 and not whole.isdisjoint(keys(word.joined, language))
            if joined:
                yield word.start, word.end
                continue
            for part in word.parts:
                begin = text.index(part, offset)
                offset = begin + len(part)
                plain = sound(folded(part, language))
                fits = plain[:2] in initials or len(plain) < 2
                begins = beginnings and plain.startswith(beginnings)
                if fits and (begins or not whole.isdisjoint(keys(part, language))):
                    yield begin, offset


_BLANKS = re.compile(r"\s+")
_BLOCK_WITHOUT_STOP = re.compile(r"(?<=[^\s.!?…:;,])\s*\n\s*")  # a heading, a cell of a table


@dataclass(frozen=True)
class Piece:
    text: str
    is_marked: bool = False


def pieces(text: str, marks: Iterable[tuple[int, int]]) -> list[Piece]:
    """The text in pieces for a template, which escapes each."""
    found, last = [], 0
    for start, end in marks:
        if start > last:
            found.append(Piece(text[last:start]))
        found.append(Piece(text[start:end], is_marked=True))
        last = end
    if last < len(text):
        found.append(Piece(text[last:]))
    return found


SNIPPET = 230  # characters


def snippet(text: str, language: str, highlight: Highlighter) -> list[Piece]:
    """The part of the text that holds most of the words, or its beginning."""
    text = _BLANKS.sub(" ", _BLOCK_WITHOUT_STOP.sub(" · ", text.strip()))
    marks = list(highlight.marks(text, language))
    start = _best_start(text, marks)
    if start:
        start = text.find(" ", start) + 1 or start
    end = len(text) if len(text) <= start + SNIPPET else text.rfind(" ", start, start + SNIPPET)
    end = end if end > start else start + SNIPPET
    shown = text[start:end]
    inside = [(a - start, b - start) for a, b in marks if a >= start and b <= end]
    found = pieces(shown, inside)
    return [*([Piece("… ")] if start else []), *found, *([Piece(" …")] if end < len(text) else [])]


def _best_start(text: str, marks: list[tuple[int, int]]) -> int:
    best, most = 0, 0
    for index, (begin, _end) in enumerate(marks):
        words = {text[a:b].casefold() for a, b in marks[index : index + 20] if b <= begin + SNIPPET - 50}
        if len(words) > most:
            best, most = begin, len(words)
    if best < 90:
        return 0
    # From the beginning of the sentence where that is near.
    sentence = max(text.rfind(stop, best - 90, best) for stop in (". ", "! ", "? "))
    return sentence + 1 if sentence > 0 else best - 50
