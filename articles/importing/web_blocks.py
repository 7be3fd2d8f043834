"""The blocks of a part of a page in order."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from .draft import Block, Cell, Heading, Item, List, Paragraph, Quote, Rule, Run, Runs, Table, lines_of
from .markup import HEADINGS, INLINE, OTHER_BLOCKS, SECTIONS, Node

_BLANKS = re.compile(r"[ \t\n\r\f]+")


class Page(Protocol):
    """What is told of while reading: a picture that is left out, an address that a link leads to."""

    def picture(self) -> None: ...

    def link(self, href: str) -> str: ...


class WebBlocks:
    def __init__(self, page: Page) -> None:
        self._page = page

    def of(self, parent: Node) -> Iterator[Block]:
        loose: list[Run] = []
        for child in parent.children:
            if isinstance(child, str) or not self._is_block(child):
                loose.extend(self._runs([child], Run("")))
                continue
            yield from _paragraphs(loose)
            loose = []
            yield from self._block(child)
        yield from _paragraphs(loose)

    def _is_block(self, node: Node) -> bool:
        if node.tag in SECTIONS or node.tag in HEADINGS or (node.tag in OTHER_BLOCKS and node.tag != "br"):
            return True
        return any(isinstance(child, Node) and self._is_block(child) for child in node.children)

    def _block(self, node: Node) -> Iterator[Block]:
        if node.tag in HEADINGS:
            runs = _tidy(self._runs(node.children, Run("")))
            yield Heading(HEADINGS[node.tag], Runs(replace(run, strong=False) for run in runs).joined())
        elif node.tag in {"ul", "ol"}:
            made = self._list(node)
            if made.items:
                yield made
        elif node.tag == "blockquote":
            paragraphs = tuple(runs for block in self.of(node) for runs in lines_of(block))
            if paragraphs:
                yield Quote(paragraphs)
        elif node.tag == "table":
            yield from self._table(node)
        elif node.tag == "pre":
            for line in node.text().split("\n"):
                yield Paragraph(_tidy([Run(_BLANKS.sub(" ", line))]))
        elif node.tag == "hr":
            yield Rule()
        elif node.tag == "figure":
            self._page.picture()
        else:
            yield from self.of(node)

    def _list(self, node: Node) -> List:
        items = []
        for child in node.children:
            if isinstance(child, str) and not child.strip():
                continue
            whole = child if isinstance(child, Node) and child.tag == "li" else Node("li", {}, [child])
            blocks = [block for block in self.of(whole) if not isinstance(block, Rule)]
            inner = tuple(block for block in blocks if isinstance(block, List))
            if inner and blocks[-len(inner) :] != list(inner):  # a list between words: all of it as lines
                inner = ()
            words = blocks[: len(blocks) - len(inner)]
            paragraphs = tuple(runs for block in words for runs in lines_of(block))
            if paragraphs or inner:
                items.append(Item(paragraphs, inner))
        start = node.about.get("start", "")
        number = int(start) if re.fullmatch(r"[1-9][0-9]{0,3}", start) else 1
        return List(tuple(items), is_ordered=node.tag == "ol", start=number)

    def _table(self, node: Node) -> Iterator[Block]:
        rows = list(_own(node, "tr"))
        cells = [list(_own(row, "td", "th")) for row in rows]
        for caption in _own(node, "caption"):
            yield from self.of(caption)
        if max(map(len, cells), default=0) <= 1 or any(
            inner.tag == "table" for row in rows for inner in row.all()
        ):
            # Laid out by a table: a column of text, or tables in tables.
            for row in cells:
                for cell in row:
                    yield from self.of(cell)
            return
        made = tuple(tuple(self._cell(cell) for cell in row) for row in cells if row)
        if any(cell.paragraphs for row in made for cell in row):
            yield Table(made)

    def _cell(self, node: Node) -> Cell:
        paragraphs = tuple(runs for block in self.of(node) for runs in lines_of(block))
        columns, rows = (
            int(number) if re.fullmatch(r"[1-9][0-9]?", number) else 1
            for number in (node.about.get("colspan", ""), node.about.get("rowspan", ""))
        )
        return Cell(paragraphs, is_header=node.tag == "th", columns=columns, rows=rows)

    def _runs(self, children: list["Node | str"], like: Run) -> Iterator[Run]:
        for child in children:
            if isinstance(child, str):
                yield replace(like, text=_BLANKS.sub(" ", child))
            elif child.tag == "br":
                yield replace(like, text="\n")
            elif child.tag == "img":
                self._page.picture()
            elif child.tag == "a":
                href = self._page.link(child.about.get("href", "")) if not like.href else like.href
                yield from self._runs(child.children, replace(like, href=href))
            elif child.tag in INLINE:
                yield from self._runs(child.children, _marked(like, INLINE[child.tag]))
            elif child.tag not in {"title", "meta", "link", "base"}:
                yield from self._runs(child.children, like)


def _marked(like: Run, mark: str) -> Run:
    if mark in {"sup", "sub"}:
        return replace(like, raised=mark)
    return replace(like, strong=like.strong or mark == "strong", em=like.em or mark == "em")


def _own(node: Node, *tags: str) -> Iterator[Node]:
    """Descendants with one of the tags that belong to this table, not to one inside it."""
    for child in node.children:
        if isinstance(child, Node):
            if child.tag in tags:
                yield child
            elif child.tag in {"thead", "tbody", "tfoot"}:
                yield from _own(child, *tags)


def _tidy(runs: "Iterator[Run] | list[Run]") -> Runs:
    """One blank between words, none at the edges of a line."""
    kept: list[Run] = []
    before = "\n"
    for run in runs:
        text = re.sub(" *\n *", "\n", run.text)
        if before in {" ", "\n"}:
            text = text.lstrip(" ")
        if text.startswith("\n") and kept:
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        if text:
            before = text[-1]
            kept.append(replace(run, text=text))
    return Runs(kept).joined().trimmed()


def _paragraphs(runs: list[Run]) -> Iterator[Paragraph]:
    whole = _tidy(runs)
    if whole.shows_something:
        yield Paragraph(whole)
