"""A body as a tree, and written out again."""

from html import escape
from html.parser import HTMLParser

from pressoffice.publishing.plain_text import clean_text

from .vocabulary import DEEPEST, RENAMED, VOID


class Node:
    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str] | None = None) -> None:
        self.tag = tag
        self.attributes = attributes or {}
        self.children: list[Node | str] = []

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self.open) > DEEPEST:  # no person nests so deep: keep the words, leave the markup
            return
        node = Node(RENAMED.get(tag, tag), {name: clean_text(value or "") for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        tag = RENAMED.get(tag, tag)
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        # Here and not before the parsing: references (&#11;) are read by now, and no letter can
        # combine with a bracket of the markup.
        self.open[-1].children.append(clean_text(data))


def parse(html: str) -> Node:
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return tree.root


def written_out(node: "Node | str") -> str:
    if isinstance(node, str):
        return escape(node, quote=False).replace("\u00a0", "&nbsp;")
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    if node.tag in VOID:
        return f"<{node.tag}>"
    return f"<{node.tag}{attributes}>{''.join(written_out(child) for child in node.children)}</{node.tag}>"
