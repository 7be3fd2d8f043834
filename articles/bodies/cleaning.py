"""What may be stored of whatever comes in."""

import re

import nh3

from pressoffice.publishing.plain_text import clean_text

from .tree import Node, parse, written_out
from .vocabulary import (
    ATTRIBUTES,
    BLANK,
    BLOCKS,
    IMAGE_TOKEN,
    INLINE,
    PROJECT_CODE,
    RELATIONS,
    RENAMED,
    SCHEMES,
)


def sanitise(html: str) -> str:
    return nh3.clean(
        html,
        tags={*INLINE, *BLOCKS, *RENAMED},
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def clean_body(html: str) -> str:
    """Whatever came in (editor, import, demo, code) as the HTML that may be stored; clean input is unchanged.

    Words are never lost: markup we do not know is unwrapped, scripts and styles go with their content,
    words outside a block become a paragraph, passages that are nested, empty, malformed or cross a link
    become plain words.
    """
    root = parse(sanitise(html.replace("\0", "")))
    return "".join(written_out(node) for node in _blocks(root.children, within=""))


def _blocks(children: list["Node | str"], *, within: str) -> list[Node]:
    """Only blocks, words gathered into paragraphs."""
    blocks: list[Node] = []
    loose: list[Node | str] = []

    def gather() -> None:
        words = _inline(loose)
        paragraph = Node("p")
        paragraph.children = words
        if _shows_something(paragraph):
            blocks.append(paragraph)
        loose.clear()

    for child in children:
        if isinstance(child, Node) and (child.tag in BLOCKS or _holds_block(child)):
            gather()
            blocks.extend(_block(child, within=within))
        else:
            loose.append(child)
    gather()
    return blocks


def _holds_block(node: Node) -> bool:
    return any(
        isinstance(child, Node) and (child.tag in BLOCKS or _holds_block(child)) for child in node.children
    )


def _block(node: Node, *, within: str) -> list[Node]:
    tag = node.tag
    kept = Node(tag)
    if tag in INLINE:  # an inline element around blocks: the blocks stay
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


def _items(node: Node) -> list[Node]:
    items: list[Node] = []
    for child in node.children:
        item = Node("li")
        if isinstance(child, str):
            content: list[Node | str] = [child]
        elif child.tag == "li":
            content = child.children
        else:
            content = [child]
        item.children = list(_blocks(content, within="li"))
        if item.children:
            items.append(item)
    return items


def _cells(node: Node) -> list[Node]:
    found: list[Node] = []
    for child in node.children:
        if isinstance(child, Node):
            found.extend([child] if child.tag in {"td", "th"} else _cells(child))
    return found


def _rows(table: Node) -> list[Node]:
    """The table's rows in thead (leading rows of headers only) and tbody."""
    head, body = Node("thead"), Node("tbody")
    for row in _table_rows(table):
        kept = Node("tr")
        for cell in _cells(row):
            kept.children.append(_cell(cell))
        if kept.children:
            only_headers = all(isinstance(cell, Node) and cell.tag == "th" for cell in kept.children)
            (head if only_headers and not body.children else body).children.append(kept)
    if head.children and not body.children:
        body.children, head.children = head.children, []
    return [part for part in (head, body) if part.children]


def _table_rows(node: Node) -> list[Node]:
    found: list[Node] = []
    for child in node.children:
        if isinstance(child, Node):
            found.extend([child] if child.tag == "tr" else _table_rows(child))
    return found


def _cell(cell: Node) -> Node:
    kept = Node(cell.tag)
    for name in ("colspan", "rowspan"):
        if re.fullmatch(r"[2-9]|[1-9]\d", cell.attributes.get(name, "")):
            kept.attributes[name] = cell.attributes[name]
    if cell.attributes.get("scope") in {"col", "row"}:
        kept.attributes["scope"] = cell.attributes["scope"]
    kept.children = list(_blocks(cell.children, within=cell.tag))
    return kept


def _figure(node: Node, *, within: str) -> list[Node]:
    token = node.attributes.get("data-image", "")
    captions = [child for child in node.children if isinstance(child, Node) and child.tag == "figcaption"]
    if within or not IMAGE_TOKEN.fullmatch(token):
        return _blocks(node.children, within=within)
    figure = Node("figure", {"data-image": token})
    words = captions[0].children if captions else []
    caption = Node("figcaption")
    for paragraph in _blocks(words, within="figcaption"):
        if caption.children:
            caption.children.append(" ")
        caption.children.extend(_inline(paragraph.children))
    if _shows_something(caption):
        figure.children.append(caption)
    rest = [child for child in node.children if child not in captions[:1]]
    return [figure, *_blocks(rest, within=within)]


def _shows_something(node: Node) -> bool:
    return bool(node.text().strip(BLANK + "\u00a0"))


def _inline(children: list["Node | str"], *, around: frozenset[str] = frozenset()) -> list["Node | str"]:
    """Words and inline marks only; `around` names the marks already open."""
    kept: list[Node | str] = []
    for child in children:
        if isinstance(child, str):
            kept.append(child)
        elif child.tag == "br":
            kept.append(Node("br"))
        elif child.tag == "span":
            kept.extend(_passage(child, around=around))
        elif child.tag == "a":
            href = child.attributes.get("href", "").strip()
            if not href or "a" in around or "span" in around:
                kept.extend(_inline(child.children, around=around))
            else:
                kept.extend(_mark(child, {"href": href}, around=around))
        elif child.tag in INLINE and child.tag not in around:
            kept.extend(_mark(child, {}, around=around))
        else:
            kept.extend(_inline(child.children, around=around))
    return _joined(kept)


def _mark(node: Node, attributes: dict[str, str], *, around: frozenset[str]) -> list["Node | str"]:
    kept = Node(node.tag, attributes)
    kept.children = _inline(node.children, around=around | {node.tag})
    if not kept.text():
        return []
    return [kept]


def _passage(node: Node, *, around: frozenset[str]) -> list["Node | str"]:
    code = node.attributes.get("data-project", "")
    relation = node.attributes.get("data-relation", "")
    well_formed = PROJECT_CODE.fullmatch(code) and relation in RELATIONS
    if not well_formed or "span" in around or "a" in around or not node.text().strip(BLANK + "\u00a0"):
        return _inline(node.children, around=around)
    return _mark(node, {"data-project": code, "data-relation": relation}, around=around)


def _joined(children: list["Node | str"]) -> list["Node | str"]:
    """Neighbouring words, and neighbouring halves of one passage, as one."""
    joined: list[Node | str] = []
    for child in children:
        last = joined[-1] if joined else None
        if isinstance(child, str) and isinstance(last, str):
            joined[-1] = clean_text(last + child)
        elif (
            isinstance(child, Node)
            and isinstance(last, Node)
            and child.tag == last.tag == "span"
            and child.attributes == last.attributes
        ):
            last.children = _joined([*last.children, *child.children])
        else:
            joined.append(child)
    return joined
