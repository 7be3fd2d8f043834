"""What a reader of files gives: the parts of a statement, and the draft made of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, NamedTuple

from articles.models import Edition

LONGEST_TITLE: int = Edition._meta.get_field("title").max_length or 0
LONGEST_SUMMARY: int = Edition._meta.get_field("summary").max_length or 0
BLANK = " \t\n\r\f\x0b\u2028\u2029"  # a non-breaking space is not among them: it was typed on purpose


class ImportRefused(Exception):
    """A file that cannot become a draft; the message is a translated sentence for the person who tried."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True)
class Run:
    """Words that look alike. A line break inside a paragraph is the character "\\n"."""

    text: str
    strong: bool = False
    em: bool = False
    raised: str = ""  # "sup" or "sub"
    href: str = ""

    def is_like(self, other: "Run") -> bool:
        return replace(self, text="") == replace(other, text="")


class Runs(tuple[Run, ...]):
    """The words of one block in order."""

    __slots__ = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self)

    def part(self, begin: int, end: int | None = None) -> "Runs":
        """The words between two places in the text."""
        kept, position = [], 0
        for run in self:
            words = run.text[max(0, begin - position) : None if end is None else max(0, end - position)]
            if words:
                kept.append(replace(run, text=words))
            position += len(run.text)
        return Runs(kept)

    def cut(self, places: Iterable[tuple[int, int]]) -> Iterator["Runs"]:
        """The words between each of the places (in order, without overlap)."""
        number = position = 0  # the run at hand and where it begins
        for begin, end in places:
            kept = []
            while number < len(self):
                run = self[number]
                words = run.text[max(0, begin - position) : max(0, end - position)]
                if words:
                    kept.append(replace(run, text=words))
                if position + len(run.text) > end:
                    break
                position += len(run.text)
                number += 1
            yield Runs(kept)

    def trimmed(self) -> "Runs":
        text = self.text
        return self.part(len(text) - len(text.lstrip(BLANK)), len(text.rstrip(BLANK)))

    def joined(self) -> "Runs":
        """Neighbours that look alike as one."""
        kept: list[Run] = []
        for run in self:
            if kept and kept[-1].is_like(run):
                kept[-1] = replace(run, text=kept[-1].text + run.text)
            elif run.text:
                kept.append(run)
        return Runs(kept)

    @property
    def shows_something(self) -> bool:
        return bool(self.text.strip())

    def html(self) -> str:
        return "".join(_linked(group) for group in _by_link(self.joined()))


def plain(text: str) -> Runs:
    return Runs([Run(text)] if text else [])


def _by_link(runs: Runs) -> Iterator[list[Run]]:
    group: list[Run] = []
    for run in runs:
        if group and group[-1].href != run.href:
            yield group
            group = []
        group.append(run)
    if group:
        yield group


def _linked(group: list[Run]) -> str:
    words = "".join(_marked(run) for run in group)
    href = group[0].href
    return f'<a href="{escape(href)}">{words}</a>' if href and words.strip() else words


def _marked(run: Run) -> str:
    html = "<br>".join(escape(line, quote=False) for line in run.text.split("\n")).replace("\u00a0", "&nbsp;")
    for tag in (run.raised, "em" * run.em, "strong" * run.strong):
        html = f"<{tag}>{html}</{tag}>" if tag else html
    return html


@dataclass(frozen=True)
class Paragraph:
    runs: Runs

    def html(self) -> str:
        return f"<p>{self.runs.html()}</p>"


@dataclass(frozen=True)
class Heading:
    level: int  # as in the file; the draft's own are h2 and h3
    runs: Runs

    def html(self) -> str:
        return f"<h{self.level}>{self.runs.html()}</h{self.level}>"


@dataclass(frozen=True)
class Item:
    paragraphs: tuple[Runs, ...]
    lists: tuple["List", ...] = ()

    def html(self) -> str:
        words = "".join(f"<p>{runs.html()}</p>" for runs in self.paragraphs)
        return f"<li>{words}{''.join(inner.html() for inner in self.lists)}</li>"


@dataclass(frozen=True)
class List:
    items: tuple[Item, ...]
    is_ordered: bool = False
    start: int = 1

    def html(self) -> str:
        items = "".join(item.html() for item in self.items)
        if not self.is_ordered:
            return f"<ul>{items}</ul>"
        start = f' start="{self.start}"' if 1 < self.start < 10_000 else ""
        return f"<ol{start}>{items}</ol>"


@dataclass(frozen=True)
class Quote:
    """Somebody's words, with the words that say whose they are, as they stood."""

    paragraphs: tuple[Runs, ...]

    def html(self) -> str:
        return f"<blockquote>{''.join(f'<p>{runs.html()}</p>' for runs in self.paragraphs)}</blockquote>"


@dataclass(frozen=True)
class Cell:
    paragraphs: tuple[Runs, ...]
    is_header: bool = False
    columns: int = 1
    rows: int = 1

    def html(self) -> str:
        tag = "th" if self.is_header else "td"
        spans = (("colspan", self.columns), ("rowspan", self.rows))
        attributes = "".join(f' {name}="{number}"' for name, number in spans if 1 < number < 100)
        return f"<{tag}{attributes}>{''.join(f'<p>{runs.html()}</p>' for runs in self.paragraphs)}</{tag}>"


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[Cell, ...], ...]

    def html(self) -> str:
        head = 0
        while head < len(self.rows) and all(cell.is_header for cell in self.rows[head]):
            head += 1
        if head == len(self.rows):
            head = 0
        return f"<table>{_rows('thead', self.rows[:head])}{_rows('tbody', self.rows[head:])}</table>"


def _rows(part: str, rows: Iterable[tuple[Cell, ...]]) -> str:
    html = "".join(f"<tr>{''.join(cell.html() for cell in row)}</tr>" for row in rows if row)
    return f"<{part}>{html}</{part}>" if html else ""


@dataclass(frozen=True)
class Rule:
    """A line across the page."""

    def html(self) -> str:
        return "<hr>"


Block = Paragraph | Heading | List | Quote | Table | Rule


def lines_of(block: Block) -> Iterator[Runs]:
    """The words of any block as paragraphs, for places that hold nothing but words."""
    if isinstance(block, Paragraph | Heading):
        yield block.runs
    elif isinstance(block, List):
        for number, item in enumerate(block.items, start=block.start):
            sign = f"{number}. " if block.is_ordered else "• "
            for runs in item.paragraphs[:1]:
                yield Runs([Run(sign), *runs])
            yield from item.paragraphs[1:]
            for inner in item.lists:
                yield from lines_of(inner)
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell.paragraphs


class Proposed(NamedTuple):
    """Words of the body that are proposed as a passage about a project."""

    code: str
    words: str


@dataclass(frozen=True)
class Draft:
    """A statement as a file gave it; nothing is stored yet. `body` is as `clean_body` leaves it."""

    title: str
    summary: str
    blocks: tuple[Block, ...]
    body: str
    left_out: tuple[str, ...] = ()  # sentences: what of the file is not in the draft, and why
    remarks: tuple[str, ...] = ()  # sentences: what the reader of the file took for granted
    proposed: tuple[Proposed, ...] = field(default=())

    def count(self, kind: type) -> int:
        return sum(isinstance(block, kind) for block in self.blocks)
