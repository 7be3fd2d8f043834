"""Reads the text of Word documents (.docx, ECMA-376): styles, lists, links, tables."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pressoffice.publishing.plain_text import clean_text

from .draft import (
    Block,
    Cell,
    Draft,
    Heading,
    ImportRefused,
    Item,
    List,
    Paragraph,
    Run,
    Runs,
    Table,
    lines_of,
)
from .links import safe_address
from .package import Package
from .structure import draft_of
from .word_styles import Lists, Styles, integer, list_of, outline, switch, value

_TITLE_NAMES = {"title", "название", "заголовок", "аталышы", "аталыш"}
_SUBTITLE_NAMES = {"subtitle", "подзаголовок"}
_QUOTE_NAMES = {"quote", "intense quote", "цитата", "выделенная цитата", "цитата 2"}
# Of the symbol fonts, the signs that stand for list bullets.
_SYMBOLS = {"F0B7": "•", "F0A7": "•", "F0D8": "•", "F0FC": "•", "F02D": "-", "F0A8": "•"}
_FIRST_BLOCKS = 6  # a title deeper in the document is a heading of a chapter


def read_word(content: bytes) -> Draft:
    return _Document(Package(content)).draft()


@dataclass(frozen=True)
class _ListPlace:
    list_id: str
    level: int


class _Document:
    def __init__(self, package: Package) -> None:
        main = package.main_part()
        document = package.part(main)
        body = document.find("{w}body") if document is not None else None
        if body is None:
            raise ImportRefused(_("The document has no text part. Open it in Word and save it again."))
        self._body = body
        folder = posixpath.dirname(main)
        self._styles = Styles.read(package.part(posixpath.join(folder, "styles.xml")))
        self._lists = Lists.read(package.part(posixpath.join(folder, "numbering.xml")))
        relationships = package.part(posixpath.join(folder, "_rels", posixpath.basename(main) + ".rels"))
        self._links = {
            row.get("Id", ""): row.get("Target", "")
            for row in (relationships if relationships is not None else ())
            if row.get("Type", "").endswith("/hyperlink")
        }
        self._left_out: dict[str, int] = {}
        self._hidden: list[str] = []
        self._last_numbers: dict[_ListPlace, int] = {}
        self._title = self._summary = ""

    def draft(self) -> Draft:
        blocks = list(self._blocks(self._body))
        title = self._title
        if not title:
            # One heading of the first level near the top is the title, below a letterhead or a date.
            chapters = [block for block in blocks if isinstance(block, Heading) and block.level == 1]
            if len(chapters) == 1 and chapters[0] in blocks[:_FIRST_BLOCKS]:
                title = chapters[0].runs.text
                blocks.remove(chapters[0])
        return draft_of(blocks, title=title, summary=self._summary, left_out=self._sentences())

    def _sentences(self) -> list[str]:
        count = self._left_out.get
        sentences = []
        if number := count("picture"):
            sentences.append(
                ngettext(
                    "%(number)d picture was left out: pictures are added from the media library.",
                    "%(number)d pictures were left out: pictures are added from the media library.",
                    number,
                )
                % {"number": number}
            )
        if number := count("note"):
            sentences.append(
                ngettext(
                    "%(number)d footnote or endnote was left out.",
                    "%(number)d footnotes or endnotes were left out.",
                    number,
                )
                % {"number": number}
            )
        if count("deleted"):
            sentences.append(_("Words that tracked changes mark as deleted were left out."))
        if count("comment"):
            sentences.append(_("Comments were left out."))
        if count("formula"):
            sentences.append(_("Formulas were left out."))
        if count("link"):
            sentences.append(_("Links to other than web, mail and telephone addresses were left out."))
        sentences.extend(
            _("Hidden text or a text box was left out: “%(words)s”") % {"words": _beginning(words)}
            for words in self._hidden
        )
        return sentences

    def _count(self, what: str) -> None:
        self._left_out[what] = self._left_out.get(what, 0) + 1

    # Blocks

    def _blocks(self, parent: Element) -> Iterator[Block]:
        items: list[tuple[_ListPlace, Runs]] = []
        for element in _unwrapped(parent):
            place, block = None, None
            if element.tag == "{w}p":
                place, block = self._paragraph(element)
            if place and isinstance(block, Paragraph):
                items.append((place, block.runs))
                continue
            if items and (block is not None or element.tag == "{w}tbl"):
                yield from self._gathered(items)
                items = []
            if block is not None:
                yield block
            elif element.tag == "{w}tbl":
                yield from self._table(element)
        yield from self._gathered(items)

    def _paragraph(self, element: Element) -> tuple[_ListPlace | None, Block | None]:
        properties = element.find("{w}pPr")
        style = value(properties.find("{w}pStyle")) if properties is not None else ""
        style = style or self._styles.default
        runs = self._words(element, style).trimmed()
        if not runs.shows_something:
            return None, None
        if self._styles.is_one_of(style, _TITLE_NAMES) and not self._title:
            self._title = runs.text
            return None, None
        if self._title and not self._summary and self._styles.is_one_of(style, _SUBTITLE_NAMES):
            self._summary = runs.text
            return None, None
        level = outline(properties) or self._styles.heading_level(style)
        if level:
            return None, Heading(level, _without_strong(runs))
        place = self._place_in_list(properties, style)
        return place, Paragraph(runs)

    def _place_in_list(self, properties: Element | None, style: str) -> _ListPlace | None:
        list_id, level = list_of(properties)
        if list_id is None:
            list_id = self._styles.first(style, "list_id")  # type: ignore[assignment]
        if level is None:
            level = self._styles.first(style, "list_level") or 0  # type: ignore[assignment]
        return _ListPlace(list_id, level or 0) if list_id and list_id != "0" else None

    def _gathered(self, items: list[tuple[_ListPlace, Runs]]) -> Iterator[List]:
        """Items in a row as lists: another list or another kind begins a new one, deeper levels nest."""
        position = 0
        while position < len(items):
            place = items[position][0]
            end = position + 1
            while end < len(items):
                other = items[end][0]
                if other.level < place.level or (
                    other.level == place.level and other.list_id != place.list_id
                ):
                    break
                end += 1
            yield self._nested(items[position:end], place)
            position = end

    def _nested(self, items: list[tuple[_ListPlace, Runs]], place: _ListPlace) -> List:
        made: list[Item] = []
        position = 0
        while position < len(items):
            runs = items[position][1]
            end = position + 1
            while end < len(items) and items[end][0].level > place.level:
                end += 1
            made.append(Item((runs,), tuple(self._gathered(items[position + 1 : end]))))
            position = end
        ordered = self._lists.is_ordered(place.list_id, place.level)
        first = self._last_numbers.get(place, self._lists.start(place.list_id, place.level) - 1) + 1
        if ordered and place.level == 0:
            # Word counts on where the same list goes on below a paragraph.
            self._last_numbers[place] = first + len(made) - 1
        return List(tuple(made), is_ordered=ordered, start=first if ordered else 1)

    # Tables

    def _table(self, element: Element) -> Iterator[Block]:
        rows = [row for row in _unwrapped(element) if row.tag == "{w}tr"]
        cells = [[cell for cell in _unwrapped(row) if cell.tag == "{w}tc"] for row in rows]
        if sum(map(len, cells)) == 1:
            # A frame around text, such as a letterhead.
            yield from self._blocks(next(cell for row in cells for cell in row))
            return
        grid: list[list[tuple[int, Cell]]] = []
        above: dict[int, tuple[int, int]] = {}  # column: (row, place) of the cell that goes on downwards
        for number, (row, row_cells) in enumerate(zip(rows, cells, strict=True)):
            is_header = switch(row.find("{w}trPr"), "{w}tblHeader") is True
            made: list[tuple[int, Cell]] = []
            column = 0
            for cell in row_cells:
                properties = cell.find("{w}tcPr")
                width = _span(properties)
                merge = properties.find("{w}vMerge") if properties is not None else None
                if merge is not None and value(merge) != "restart" and column in above:
                    up, place = above[column]
                    at, upper = grid[up][place]
                    grid[up][place] = (at, replace(upper, rows=upper.rows + 1))
                else:
                    paragraphs = tuple(self._cell_paragraphs(cell))
                    above.pop(column, None)
                    if merge is not None:
                        above[column] = (number, len(made))
                    made.append((column, Cell(paragraphs, is_header=is_header, columns=width)))
                column += width
            grid.append(made)
        table = Table(tuple(tuple(cell for _column, cell in row) for row in grid if row))
        if any(cell.paragraphs for row in table.rows for cell in row):
            yield table

    def _cell_paragraphs(self, cell: Element) -> Iterator[Runs]:
        """The words of a cell; lists and tables in it as lines."""
        for block in self._blocks(cell):
            yield from lines_of(block)

    # Words

    def _words(self, parent: Element, style: str, *, href: str = "") -> Runs:
        return Runs(_Words(self, style).of(parent, href=href)).joined()

    def link(self, key: str, fallback: str = "") -> str:
        address = safe_address(self._links.get(key, fallback))
        if not address and (key or fallback):
            self._count("link")
        return address


class _Words:
    """The runs of one paragraph; fields (`HYPERLINK "…"` between field marks) span several of them."""

    def __init__(self, document: _Document, style: str) -> None:
        self._document = document
        self._style = style
        self._fields: list[list] = []  # [instruction, is in its result]

    def of(self, parent: Element, *, href: str = "") -> Iterator[Run]:
        for element in _unwrapped(parent):
            if element.tag == "{w}hyperlink":
                key = element.get("{r}id", "")
                yield from self.of(element, href=(self._document.link(key) if key else "") or href)
            elif element.tag == "{w}fldSimple":
                yield from self.of(element, href=self._field_link(element.get("{w}instr", "")) or href)
            elif element.tag == "{w}r":
                yield from self._run(element, href)
            elif element.tag in {"{w}del", "{w}moveFrom"}:
                self._document._count("deleted")
            elif element.tag in {"{w}commentRangeStart"}:
                self._document._count("comment")
            elif element.tag in {"{m}oMath", "{m}oMathPara"}:
                self._document._count("formula")

    def _run(self, element: Element, href: str) -> Iterator[Run]:
        properties = element.find("{w}rPr")
        text = clean_text("".join(self._characters(element)))
        if not text:
            return
        if switch(properties, "{w}vanish") is True:
            if text.strip():
                self._document._hidden.append(text)
            return
        for instruction, in_result in self._fields:
            if not in_result:
                return
            href = self._field_link(instruction) or href
        raised = value(properties.find("{w}vertAlign")) if properties is not None else ""
        yield Run(
            text,
            strong=self._is(properties, "{w}b", "strong"),
            em=self._is(properties, "{w}i", "em"),
            raised={"superscript": "sup", "subscript": "sub"}.get(raised, ""),
            href=href,
        )

    def _is(self, properties: Element | None, name: str, quality: str) -> bool:
        own = switch(properties, name)
        if own is not None:
            return own
        style = value(properties.find("{w}rStyle")) if properties is not None else ""
        return bool(self._document._styles.first(style, quality))

    def _field_link(self, instruction: str) -> str:
        found = re.match(r'\s*HYPERLINK\s+"([^"]*)"', instruction)
        return self._document.link("", found[1]) if found else ""

    def _characters(self, run: Element) -> Iterator[str]:
        for element in _unwrapped(run):
            tag = element.tag
            if tag == "{w}t":
                yield (element.text or "").replace("\n", " ")
            elif tag == "{w}tab":
                yield " "
            elif tag in {"{w}br", "{w}cr"}:
                yield "\n" if element.get("{w}type") not in {"page", "column"} else " "
            elif tag == "{w}noBreakHyphen":
                yield "\u2011"
            elif tag == "{w}sym":
                yield _SYMBOLS.get(element.get("{w}char", "").upper(), "")
            elif tag == "{w}fldChar":
                self._field_mark(element.get("{w}fldCharType", ""))
            elif tag == "{w}instrText" and self._fields:
                self._fields[-1][0] += element.text or ""
            elif tag in {"{w}footnoteReference", "{w}endnoteReference"}:
                self._document._count("note")
            elif tag in {"{w}drawing", "{w}pict", "{w}object"}:
                self._picture(element)

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", False])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _picture(self, element: Element) -> None:
        words = " ".join(text.text or "" for text in element.iter("{w}t")).strip()
        if words:
            self._document._hidden.append(words)
        else:
            self._document._count("picture")


def _unwrapped(parent: Element) -> Iterator[Element]:
    """The children, without wrappers that carry no meaning here: content controls, insertions, smart tags."""
    for element in parent:
        if element.tag == "{w}sdt":
            content = element.find("{w}sdtContent")
            if content is not None:
                yield from _unwrapped(content)
        elif element.tag == "{mc}AlternateContent":
            choice = element.find("{mc}Choice")
            fallback = element.find("{mc}Fallback")
            chosen = choice if choice is not None else fallback
            if chosen is not None:
                yield from _unwrapped(chosen)
        elif element.tag in {"{w}ins", "{w}moveTo", "{w}smartTag", "{w}customXml", "{w}bdo", "{w}dir"}:
            yield from _unwrapped(element)
        else:
            yield element


def _without_strong(runs: Runs) -> Runs:
    return Runs(replace(run, strong=False) for run in runs).joined()


def _span(properties: Element | None) -> int:
    span = properties.find("{w}gridSpan") if properties is not None else None
    return max(1, min(integer(value(span), otherwise=1), 99))


def _beginning(words: str, *, length: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + "…"
