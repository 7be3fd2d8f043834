"""The body of an edition: HTML of a small vocabulary, cleaned by one function on every way in.

`clean_body` decides what may be stored, `marked_passages` reads the project passages out of it,
`render_body` turns it into what readers see. Nothing else makes body HTML safe to print.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import count
from typing import NamedTuple

import nh3
from django.utils.safestring import SafeString, mark_safe

from pressoffice.publishing.plain_text import clean_text
from pressoffice.publishing.typography import bound_html

RELATIONS = frozenset({"mentions", "announces", "progress", "figure", "date", "changes", "completes"})
PROJECT_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
IMAGE_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
CONTEXT_LENGTH = 32  # characters of text before and after a passage that a text-quote selector keeps

_RENAMED = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em", "div": "p"}
_INLINE = frozenset({"a", "strong", "em", "sub", "sup", "br", "span"})
_TABLE = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
# What may hold paragraphs; everything else that is a block holds words.
_CONTAINERS = frozenset({"blockquote", "aside", "li", "td", "th"})
_BLOCKS = frozenset({"p", "h2", "h3", "ul", "ol", "hr", "figure", "figcaption", *_CONTAINERS, *_TABLE})
_VOID = frozenset({"br", "hr"})
_STRUCTURE = frozenset({"ul", "ol", "table", "thead", "tbody", "tr", "figure"})  # no words of their own
_SCHEMES = {"http", "https", "mailto", "tel"}
_ATTRIBUTES = {
    "a": {"href"},
    "aside": {"class"},
    "figure": {"data-image"},
    "ol": {"start"},
    "span": {"data-project", "data-relation"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_DEEPEST = 60
_BLANK = " \t\n\r\f"


class _Node:
    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str] | None = None) -> None:
        self.tag = tag
        self.attributes = attributes or {}
        self.children: list[_Node | str] = []

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.open) > _DEEPEST:  # no person nests so deep: keep the words, leave the markup
            return
        node = _Node(_RENAMED.get(tag, tag), {name: clean_text(value or "") for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        tag = _RENAMED.get(tag, tag)
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        # Here and not before the parsing: references (&#11;) are read by now, and no letter can
        # combine with a bracket of the markup.
        self.open[-1].children.append(clean_text(data))


def _parse(html: str) -> _Node:
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return tree.root


def _sanitise(html: str) -> str:
    return nh3.clean(
        html,
        tags={*_INLINE, *_BLOCKS, *_RENAMED},
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )


def clean_body(html: str) -> str:
    """Whatever came in (editor, import, demo, code) as the HTML that may be stored; clean input is unchanged.

    Words are never lost: markup we do not know is unwrapped, scripts and styles go with their content,
    words outside a block become a paragraph, passages that are nested, empty, malformed or cross a link
    become plain words.
    """
    root = _parse(_sanitise(html.replace("\0", "")))
    return "".join(_written(node) for node in _blocks(root.children, within=""))


def as_stored(html: str) -> SafeString:
    """A body to print as it would be stored, for people at the desk: passages and figures as they are."""
    return mark_safe(clean_body(html))  # noqa: S308 — the sanitiser's output


def _blocks(children: list["_Node | str"], *, within: str) -> list[_Node]:
    """Only blocks, words gathered into paragraphs."""
    blocks: list[_Node] = []
    loose: list[_Node | str] = []

    def gather() -> None:
        words = _inline(loose)
        paragraph = _Node("p")
        paragraph.children = words
        if _shows_something(paragraph):
            blocks.append(paragraph)
        loose.clear()

    for child in children:
        if isinstance(child, _Node) and (child.tag in _BLOCKS or _holds_block(child)):
            gather()
            blocks.extend(_block(child, within=within))
        else:
            loose.append(child)
    gather()
    return blocks


def _holds_block(node: _Node) -> bool:
    return any(
        isinstance(child, _Node) and (child.tag in _BLOCKS or _holds_block(child)) for child in node.children
    )


def _block(node: _Node, *, within: str) -> list[_Node]:
    tag = node.tag
    kept = _Node(tag)
    if tag in _INLINE:  # an inline element around blocks: the blocks stay
        return _blocks(node.children, within=within)
    if tag in {"p", "h2", "h3"}:
        if _holds_block(node):
            return _blocks(node.children, within=within)
        kept.children = _inline(node.children)
        return [kept] if _shows_something(kept) else []
    if tag == "hr":
        return [kept] if within == "" else []
    if tag in {"ul", "ol"}:
        kept.children = list(_items(node))
        if tag == "ol" and re.fullmatch(r"[1-9]\d{0,3}", node.attributes.get("start", "")):
            kept.attributes["start"] = node.attributes["start"]
        return [kept] if kept.children else []
    if tag in {"blockquote", "aside"}:
        if within:  # no quote in a quote, no box in a list or table
            return _blocks(node.children, within=within)
        if tag == "aside":
            kept.attributes["class"] = "pull-quote"
        kept.children = list(_blocks(node.children, within=tag))
        return [kept] if kept.children else []
    if tag == "table":
        if within:
            return _blocks(list(_cells(node)), within=within)
        kept.children = list(_rows(node))
        return [kept] if kept.children else []
    if tag == "figure":
        return _figure(node, within=within)
    # A list item, cell or caption that stands alone.
    return _blocks(node.children, within=within)


def _items(node: _Node) -> list[_Node]:
    items: list[_Node] = []
    for child in node.children:
        item = _Node("li")
        if isinstance(child, str):
            content: list[_Node | str] = [child]
        elif child.tag == "li":
            content = child.children
        else:
            content = [child]
        item.children = list(_blocks(content, within="li"))
        if item.children:
            items.append(item)
    return items


def _cells(node: _Node) -> list[_Node]:
    found: list[_Node] = []
    for child in node.children:
        if isinstance(child, _Node):
            found.extend([child] if child.tag in {"td", "th"} else _cells(child))
    return found


def _rows(table: _Node) -> list[_Node]:
    """The table's rows in thead (leading rows of headers only) and tbody."""
    head, body = _Node("thead"), _Node("tbody")
    for row in _table_rows(table):
        kept = _Node("tr")
        for cell in _cells(row):
            kept.children.append(_cell(cell))
        if kept.children:
            only_headers = all(isinstance(cell, _Node) and cell.tag == "th" for cell in kept.children)
            (head if only_headers and not body.children else body).children.append(kept)
    if head.children and not body.children:
        body.children, head.children = head.children, []
    return [part for part in (head, body) if part.children]


def _table_rows(node: _Node) -> list[_Node]:
    found: list[_Node] = []
    for child in node.children:
        if isinstance(child, _Node):
            found.extend([child] if child.tag == "tr" else _table_rows(child))
    return found


def _cell(cell: _Node) -> _Node:
    kept = _Node(cell.tag)
    for name in ("colspan", "rowspan"):
        if re.fullmatch(r"[2-9]|[1-9]\d", cell.attributes.get(name, "")):
            kept.attributes[name] = cell.attributes[name]
    if cell.attributes.get("scope") in {"col", "row"}:
        kept.attributes["scope"] = cell.attributes["scope"]
    kept.children = list(_blocks(cell.children, within=cell.tag))
    return kept


def _figure(node: _Node, *, within: str) -> list[_Node]:
    token = node.attributes.get("data-image", "")
    captions = [child for child in node.children if isinstance(child, _Node) and child.tag == "figcaption"]
    if within or not IMAGE_TOKEN.fullmatch(token):
        return _blocks(node.children, within=within)
    figure = _Node("figure", {"data-image": token})
    words = captions[0].children if captions else []
    caption = _Node("figcaption")
    for paragraph in _blocks(words, within="figcaption"):
        if caption.children:
            caption.children.append(" ")
        caption.children.extend(_inline(paragraph.children))
    if _shows_something(caption):
        figure.children.append(caption)
    rest = [child for child in node.children if child not in captions[:1]]
    return [figure, *_blocks(rest, within=within)]


def _shows_something(node: _Node) -> bool:
    return bool(node.text().strip(_BLANK + "\u00a0"))


def _inline(children: list["_Node | str"], *, around: frozenset[str] = frozenset()) -> list["_Node | str"]:
    """Words and inline marks only; `around` names the marks already open."""
    kept: list[_Node | str] = []
    for child in children:
        if isinstance(child, str):
            kept.append(child)
        elif child.tag == "br":
            kept.append(_Node("br"))
        elif child.tag == "span":
            kept.extend(_passage(child, around=around))
        elif child.tag == "a":
            href = child.attributes.get("href", "").strip()
            if not href or "a" in around or "span" in around:
                kept.extend(_inline(child.children, around=around))
            else:
                kept.extend(_mark(child, {"href": href}, around=around))
        elif child.tag in _INLINE and child.tag not in around:
            kept.extend(_mark(child, {}, around=around))
        else:
            kept.extend(_inline(child.children, around=around))
    return _joined(kept)


def _mark(node: _Node, attributes: dict[str, str], *, around: frozenset[str]) -> list["_Node | str"]:
    kept = _Node(node.tag, attributes)
    kept.children = _inline(node.children, around=around | {node.tag})
    if not kept.text():
        return []
    return [kept]


def _passage(node: _Node, *, around: frozenset[str]) -> list["_Node | str"]:
    code = node.attributes.get("data-project", "")
    relation = node.attributes.get("data-relation", "")
    well_formed = PROJECT_CODE.fullmatch(code) and relation in RELATIONS
    if not well_formed or "span" in around or "a" in around or not node.text().strip(_BLANK + "\u00a0"):
        return _inline(node.children, around=around)
    return _mark(node, {"data-project": code, "data-relation": relation}, around=around)


def _joined(children: list["_Node | str"]) -> list["_Node | str"]:
    """Neighbouring words, and neighbouring halves of one passage, as one."""
    joined: list[_Node | str] = []
    for child in children:
        last = joined[-1] if joined else None
        if isinstance(child, str) and isinstance(last, str):
            joined[-1] = clean_text(last + child)
        elif (
            isinstance(child, _Node)
            and isinstance(last, _Node)
            and child.tag == last.tag == "span"
            and child.attributes == last.attributes
        ):
            last.children = _joined([*last.children, *child.children])
        else:
            joined.append(child)
    return joined


def _written(node: "_Node | str") -> str:
    if isinstance(node, str):
        return escape(node, quote=False).replace("\u00a0", "&nbsp;")
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if node.tag in _VOID:
        return f"<{node.tag}>"
    return f"<{node.tag}{attributes}>{''.join(_written(child) for child in node.children)}</{node.tag}>"


class Marked(NamedTuple):
    """A passage as it stands in a body: the text-quote selector of the W3C Web Annotation model."""

    project_code: str
    relation: str
    exact: str
    prefix: str
    suffix: str
    lead_in: str  # the rest of the sentence before the words, and after them
    lead_out: str
    position: int  # 1 for the first passage of the body


# A full stop ends a sentence when a capital follows; after one or two letters ("г.", "Л. Н.") it does not.
SENTENCE_END = re.compile(
    r"(?<![\s.(«“„][^\W\d_])(?<![\s.(«“„][^\W\d_]{2})[.!?…]+[»”\")]*(?=\s+[«“„\"(–—]*\s*[^\W\d_a-zа-яёөүң])"
)
LONGEST_LEAD = 280  # characters


def _lead_in(before: str) -> str:
    block = before[before.rfind("\n") + 1 :]
    ends = [match.end() for match in SENTENCE_END.finditer(block + "А")]
    sentence = block[ends[-1] :].lstrip() if ends else block
    if len(sentence) <= LONGEST_LEAD:
        return sentence
    return "… " + sentence[-LONGEST_LEAD:].partition(" ")[2]


def _lead_out(exact: str, after: str) -> str:
    block = after.partition("\n")[0]
    if re.search(r"[.!?…][»”\")]*$", exact):
        return ""
    match = SENTENCE_END.search(exact + block, len(exact))
    sentence = block[: match.end() - len(exact)] if match else block
    if len(sentence) <= LONGEST_LEAD:
        return sentence.rstrip()
    return sentence[:LONGEST_LEAD].rpartition(" ")[0] + " …"


class _Words(list[str]):
    """Pieces of text that know how long they are together."""

    length = 0

    def append(self, piece: str) -> None:
        super().append(piece)
        self.length += len(piece)


def _plain(node: "_Node | str", spans: list[tuple[_Node, int, int]], written: _Words) -> None:
    if isinstance(node, str):
        written.append(node)
        return
    if node.tag == "br":
        written.append("\n")
    begin = written.length
    for child in node.children:
        _plain(child, spans, written)
    if node.tag in {"span", "a"}:
        spans.append((node, begin, written.length))
    elif node.tag in _BLOCKS and written and not written[-1].endswith("\n"):
        written.append("\n")


def body_text(html: str) -> str:
    """The words of a clean body, a line a block."""
    written = _Words()
    _plain(_parse(html), [], written)
    return "".join(written).strip("\n")


def marked_passages(html: str) -> list[Marked]:
    """The project passages of a clean body in reading order."""
    spans: list[tuple[_Node, int, int]] = []
    written = _Words()
    _plain(_parse(html), spans, written)
    text = "".join(written)
    return [
        Marked(
            project_code=node.attributes["data-project"],
            relation=node.attributes["data-relation"],
            exact=text[begin:end],
            prefix=text[max(0, begin - CONTEXT_LENGTH) : begin],
            suffix=text[end : end + CONTEXT_LENGTH],
            # A window is enough: no rest of a sentence is kept that is longer than LONGEST_LEAD.
            lead_in=_lead_in(text[max(0, begin - 2 * LONGEST_LEAD) : begin]),
            lead_out=_lead_out(text[begin:end], text[end : end + 2 * LONGEST_LEAD]),
            position=position,
        )
        for position, (node, begin, end) in enumerate(
            (each for each in spans if each[0].tag == "span"), start=1
        )
    ]


class Held(NamedTuple):
    """text[start:end] is a passage or a link already."""

    start: int
    end: int
    project_code: str = ""
    href: str = ""
    relation: str = ""


def text_and_marks(html: str) -> tuple[str, list[Held]]:
    """The words of a clean body as `body_text` has them, and what in them is marked."""
    spans: list[tuple[_Node, int, int]] = []
    written = _Words()
    _plain(_parse(html), spans, written)
    return "".join(written), [
        Held(
            begin, end, *(node.attributes.get(name, "") for name in ("data-project", "href", "data-relation"))
        )
        for node, begin, end in spans
    ]


_PASSAGE_OR_END = re.compile(r'<span data-project="([^"]+)" data-relation="([^"]+)">|</span>')
_FIGURE = re.compile(r'<figure data-image="([^"]+)">(?:<figcaption>(.*?)</figcaption>)?</figure>', re.DOTALL)
_LOCAL_LINK = re.compile(r'(<a(?: class="passage"[^>]*?)? href=")(/|#)')


# The public page of a person or an event, in any language: /ru/people/aida/, /en/events/forum/#venue.
_NAMED_LINK = re.compile(
    r'<a href="/(?:ky|ru|en)/(people|events)/([A-Za-z0-9_-]+)/?(?:[?#][^"]*)?">(.*?)</a>', re.DOTALL
)


def leads_to(html: str) -> set[tuple[str, str]]:
    """The people and events whose pages a clean body links to: ("people", "aida")."""
    return {(match[1], match[2]) for match in _NAMED_LINK.finditer(html)}


def image_tokens(html: str) -> list[str]:
    """Tokens of the library's pictures that a clean body shows, each once, in reading order."""
    return list(dict.fromkeys(re.findall(r'<figure data-image="([^"]+)">', html)))


def captions_in(html: str) -> dict[str, str]:
    """The words under the library's pictures in a clean body, by token."""
    return {match[1]: body_text(match[2]) for match in _FIGURE.finditer(html) if match[2]}


def without_passages(html: str, project_codes: set[str]) -> str:
    """A clean body in which the words about these projects are plain words."""
    opened: list[bool] = []

    def unmarked(match: re.Match[str]) -> str:
        if match[1] is None:
            return "" if opened.pop() else match[0]
        opened.append(match[1] in project_codes)
        return "" if opened[-1] else match[0]

    return _PASSAGE_OR_END.sub(unmarked, html)


def without_figures(html: str, tokens: set[str]) -> str:
    """A clean body without these pictures; their captions stay as paragraphs."""

    def caption(match: re.Match[str]) -> str:
        if match[1] not in tokens:
            return match[0]
        return f"<p>{match[2]}</p>" if match[2] else ""

    return _FIGURE.sub(caption, html)


@dataclass(frozen=True)
class ShownProject:
    """Where a passage leads, for projects the reader may see."""

    name: str
    url: str


def render_body(
    html: str,
    *,
    projects: Mapping[str, ShownProject],
    figure: Callable[[str, SafeString], str],
    address: str = "",
    origin: str = "",
    table_label: str = "",
    named: Collection[tuple[str, str]] | None = None,
    is_page: bool = False,
) -> SafeString:
    """What readers see of a stored body.

    `named`: the people and events (as `leads_to` tells them) that have a page for this reader: a link to any
    other is plain words. None lets every link stay.

    `projects`: the public projects among its passages by code; words about any other stay plain words.
    `figure(token, caption)`: the HTML of a picture of the library. `origin` ("https://…") makes links
    absolute for texts that leave the site, and `address` is this text's own absolute address there.
    `is_page`: whether it is set in lines here, where none may end between a number and its unit.
    """
    html = _sanitise(html)
    position = 0
    opened: list[bool] = []

    def passage(match: re.Match[str]) -> str:
        nonlocal position
        if match[1] is None:
            return "</a>" if opened and opened.pop() else "</span>"
        position += 1
        project = projects.get(match[1])
        opened.append(project is not None)
        if project is None:
            return f'<span id="passage-{position}">'
        return (
            f'<a class="passage" id="passage-{position}" data-relation="{match[2]}"'
            f' href="{escape(project.url)}" title="{escape(project.name)}">'
        )

    html = _PASSAGE_OR_END.sub(passage, html)
    if named is not None:
        html = _NAMED_LINK.sub(lambda match: match[0] if (match[1], match[2]) in named else match[3], html)
    html = _FIGURE.sub(lambda match: figure(match[1], mark_safe(match[2] or "")), html)  # noqa: S308 — sanitised above
    html = html.replace(
        "<table>",
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(table_label)}"><table>',
    ).replace("</table>", "</table></div>")
    if origin:
        html = _LOCAL_LINK.sub(
            lambda match: f"{match[1]}{origin}/" if match[2] == "/" else f"{match[1]}{address}#", html
        )
    if is_page:
        html = bound_html(html)
    return mark_safe(html)  # noqa: S308 — sanitised above


_BLOCK_BEGINS = re.compile(r"<(p|h2|h3|figcaption)>(?!</)")


def with_anchors(html: SafeString) -> SafeString:
    """What render_body made, with an id for every paragraph as blocks.py counts them: block-0, block-1 …"""
    numbers = count()
    return mark_safe(  # noqa: S308 — nothing but ids is added to what is safe
        _BLOCK_BEGINS.sub(lambda match: f'<{match[1]} id="block-{next(numbers)}">', html)
    )
