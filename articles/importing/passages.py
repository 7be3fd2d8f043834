"""Proposes project passages in a body: the words that speak of a known project, for a person to decide."""

import re
from array import array
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape

from django.utils.translation import gettext as _

from projects.recognition import KnownProject, Occurrence, Recogniser

from .draft import Draft, Proposed

_PIECE = re.compile(r"<(?P<end>/?)(?P<tag>[a-z0-9]+)(?P<about>[^>]*)>|&(?:#?[A-Za-z0-9]+);|[^<&]+|[<&]")
_INSIDE_A_PASSAGE = frozenset({"strong", "em", "sub", "sup"})
_INLINE = _INSIDE_A_PASSAGE | {"a", "span", "br"}
_CODE = re.compile(r'data-project="([^"]+)"')


def propose_passages(
    body_html: str, language: str, projects: Iterable[KnownProject], *, prefer: Collection[str] = ()
) -> str:
    """`body_html` (clean) with a "mentions" passage around the first words in each block about a project.

    Links and passages that are there stay as they are. Words that two projects share are left alone,
    unless one of the two is among `prefer` (codes).
    """
    return _Proposals(body_html, Recogniser(projects, language), prefer).body


def with_passages(
    draft: Draft, *, language: str, projects: Iterable[KnownProject], prefer: Collection[str] = ()
) -> Draft:
    """The draft with passages proposed in its body and listed in `proposed`."""
    proposals = _Proposals(draft.body, Recogniser(projects, language), prefer)
    return replace(
        draft,
        body=proposals.body,
        proposed=tuple(proposals.found),
        left_out=(*draft.left_out, *proposals.left_out),
    )


@dataclass
class Words:
    """The words of one block, and where each character stands in the source."""

    characters: list[str] = field(default_factory=list)
    begins: array = field(default_factory=lambda: array("L"))
    ends: array = field(default_factory=lambda: array("L"))
    closed: bytearray = field(default_factory=bytearray)  # 1: in a link or a passage
    codes: set[str] = field(default_factory=set)  # projects that are marked already

    def add(self, text: str, begin: int, end: int, *, is_closed: bool) -> None:
        one_to_one = len(text) == end - begin
        for number, character in enumerate(text):
            self.characters.append(character)
            self.begins.append(begin + number if one_to_one else begin)
            self.ends.append(begin + number + 1 if one_to_one else end)
            self.closed.append(is_closed)


def blocks_of(source: str) -> Iterator[Words]:
    """The words of each block of a clean body."""
    words, closed = Words(), 0
    for piece in _PIECE.finditer(source):
        tag = piece["tag"]
        if tag is None:
            text = unescape(piece[0])
            words.add(text, *piece.span(), is_closed=closed > 0)
        elif tag == "br":
            words.add("\n", *piece.span(), is_closed=closed > 0)
        elif tag in {"a", "span"}:
            closed += -1 if piece["end"] else 1
            words.codes.update(_CODE.findall(piece["about"]))
        elif tag not in _INLINE:
            if words.characters:
                yield words
            words, closed = Words(), 0
    if words.characters:
        yield words


def well_formed(source: str, begin: int, end: int) -> tuple[int, int] | None:
    """The place, widened over tags at its edges so that each mark begins and ends in it, or None."""
    unclosed, unopened = [], []
    for tag in re.finditer(r"<(/?)([a-z0-9]+)[^>]*>", source[begin:end]):
        if tag[2] not in _INSIDE_A_PASSAGE:
            return None
        if not tag[1]:
            unclosed.append(tag[2])
        elif unclosed:
            unclosed.pop()
        else:
            unopened.append(tag[2])
    for name in unopened:
        opening = f"<{name}>"
        if not source.endswith(opening, 0, begin):
            return None
        begin -= len(opening)
    for name in reversed(unclosed):
        closing = f"</{name}>"
        if not source.startswith(closing, end):
            return None
        end += len(closing)
    return begin, end


class _Proposals:
    def __init__(self, body: str, recogniser: Recogniser, prefer: Collection[str]) -> None:
        self._source = body
        self._recogniser = recogniser
        self._prefer = frozenset(prefer)
        self.found: list[Proposed] = []
        self.left_out: list[str] = []
        marks = [mark for words in blocks_of(self._source) for mark in self._marks(words)]
        parts, end = [], 0
        for begin, until, code in marks:
            parts += [body[end:begin], f'<span data-project="{code}" data-relation="mentions">']
            parts += [body[begin:until], "</span>"]
            end = until
        self.body = "".join([*parts, body[end:]])

    def _marks(self, words: Words) -> Iterator[tuple[int, int, str]]:
        text = "".join(words.characters)
        for occurrence in self._recogniser.find(text):
            project = self._meant(occurrence, text)
            if project is None or project.code in words.codes:
                continue
            place = None
            if not any(words.closed[occurrence.start : occurrence.end]):
                place = well_formed(
                    self._source, words.begins[occurrence.start], words.ends[occurrence.end - 1]
                )
            if place:
                words.codes.add(project.code)
                self.found.append(Proposed(project.code, text[occurrence.start : occurrence.end]))
                yield (*place, project.code)

    def _meant(self, occurrence: Occurrence, text: str) -> KnownProject | None:
        if not occurrence.also:
            return occurrence.project
        candidates = [occurrence.project, *occurrence.also]
        preferred = [project for project in candidates if project.code in self._prefer]
        if len(preferred) == 1:
            return preferred[0]
        sentence = _("“%(words)s” may be any of these projects, so it was not marked: %(codes)s.") % {
            "words": text[occurrence.start : occurrence.end],
            "codes": ", ".join(project.code for project in candidates),
        }
        if sentence not in self.left_out:
            self.left_out.append(sentence)
        return None
