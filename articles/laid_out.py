"""A clean body as plain text that keeps its shape: a table by rows, a list by items."""

from html.parser import HTMLParser

BETWEEN_CELLS = " | "
ITEM = "– "
_OF_WORDS = frozenset({"p", "h2", "h3", "figcaption"})


class _Lines(HTMLParser):
    def __init__(self, *, naming_cells: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._naming_cells = naming_cells
        self._in_head = False
        self._heads: list[str] = []  # of the columns of the table
        self.lines: list[tuple[str, str]] = []  # kind, words; neighbours of one kind belong together
        self._words: list[str] = []
        self._cells: list[str] | None = None
        self._lists: list[int] = []  # the number of the next item; 0 of a list without numbers
        self._mark = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            self._end_line()
            self._lists.append(int(dict(attrs).get("start") or 1) if tag == "ol" else 0)
        elif tag == "li":
            self._end_line()
            self._mark = self._next_mark()
        elif tag == "table":
            self._heads = []
        elif tag == "thead":
            self._in_head = True
        elif tag == "tr":
            self._end_line()
            self._cells = []
        elif tag == "br":
            self._words.append(" " if self._cells is not None else "\n")
        elif tag in _OF_WORDS or tag == "hr":
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cells is not None:
            self._cells.append(" ".join("".join(self._words).split()))
            self._words = []
        elif tag == "tr" and self._cells is not None:
            self.lines.append(("row", BETWEEN_CELLS.join(self._row(self._cells)).strip()))
            self._cells = None
        elif tag == "thead":
            self._in_head = False
        elif tag in {"ul", "ol"} and self._lists:
            self._end_line()
            self._lists.pop()
        elif tag in _OF_WORDS or tag == "li":
            self._end_line()

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _row(self, cells: list[str]) -> list[str]:
        if self._in_head:
            self._heads = cells
        elif self._naming_cells and len(self._heads) == len(cells):
            first, *others = zip(self._heads, cells, strict=True)
            return [first[1], *(f"{head}: {cell}" if head else cell for head, cell in others)]
        return cells

    def _next_mark(self) -> str:
        if not self._lists:
            return ""
        number = self._lists[-1]
        self._lists[-1] += bool(number)
        return "  " * (len(self._lists) - 1) + (f"{number}. " if number else ITEM)

    def _end_line(self) -> None:
        if self._cells is not None:
            self._words.append(" ")  # several paragraphs in a cell
            return
        words = "".join(self._words).strip(" \n")
        self._words = []
        if words:
            self.lines.append(("item" if self._lists else "", self._mark + words))
            self._mark = ""


def laid_out(html: str, *, apart: str = "\n\n", naming_cells: bool = False) -> str:
    """The words of a clean body. `apart`: what stands between paragraphs, headings, lists and tables;
    `naming_cells`: whether each figure of a table has the head of its column before it, for rows that are
    shown alone."""
    lines = _Lines(naming_cells=naming_cells)
    lines.feed(html)
    lines.close()
    written = ""
    before = ""
    for kind, words in lines.lines:
        if written:
            written += "\n" if kind and kind == before else apart
        written += words
        before = kind
    return written
