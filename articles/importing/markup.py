"""A page's HTML as a tree, read by an HTML5 parser that forgives what browsers forgive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3
from django.utils.translation import gettext as _

from pressoffice.publishing.plain_text import clean_text

from .draft import ImportRefused


def names(words: str) -> frozenset[str]:
    """Names of elements, written with blanks between them."""
    return frozenset(words.split())


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_MOST_TAGS = 100_000
_DEEPEST = 200  # the parser below takes time with the square of the depth
_DEEPEST_KEPT = 60
_CLOSE_THEMSELVES = names(
    "area base br col embed hr img input link meta source track wbr "
    "p li dt dd tr td th thead tbody tfoot option optgroup colgroup"
)

SECTIONS = names("address article body center details div fieldset header hgroup main section summary")
INLINE = {"b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "sup": "sup", "sub": "sub"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
OTHER_BLOCKS = names(
    "p br hr ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th figure"
)
_KEPT = names("a aside base button dialog figcaption footer form img label link menu meta nav title") | {
    *SECTIONS,
    *HEADINGS,
    *OTHER_BLOCKS,
    *INLINE,
}
_NEVER_TEXT = names("script style noscript template svg iframe object select textarea audio video canvas map")
_ABOUT = {
    "*": {"class", "id", "role", "hidden", "aria-hidden"},
    "a": {"href"},
    "base": {"href"},
    "link": {"rel", "href"},
    "meta": {"property", "name", "content"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


@dataclass
class Node:
    tag: str
    about: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    @property
    def css_names(self) -> str:
        return f"{self.about.get('class', '')} {self.about.get('id', '')}"

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def all(self) -> Iterator["Node"]:
        """This node and those in it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def find(self, tag: str) -> "Node | None":
        return next((node for node in self.all() if node.tag == tag), None)


def tree_of(html: str) -> Node:
    _refuse_mazes(html)
    clean = nh3.clean(
        html, tags=set(_KEPT), clean_content_tags=set(_NEVER_TEXT), attributes=_ABOUT, link_rel=None
    )
    tree = _Tree()
    tree.feed(clean)
    tree.close()
    return tree.root


def _refuse_mazes(html: str) -> None:
    """No page of a press office nests so deep; the parser would be at it for minutes."""
    depth = 0
    count = html.count("&") / 2  # these cost less
    for found in _TAG.finditer(html):
        count += 1
        if found[2].lower() not in _CLOSE_THEMSELVES:
            depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > _DEEPEST or count > _MOST_TAGS:
            raise ImportRefused(_("The page is more tangled than a statement can be. Import only the text."))


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in {"br", "hr", "img", "meta", "base", "link"} and len(self._open) < _DEEPEST_KEPT:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(clean_text(data))
