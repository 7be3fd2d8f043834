"""Reads HTML pages: the statement in them, without what stands around it."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pressoffice.publishing.plain_text import clean_line

from .draft import Block, Draft, Paragraph
from .links import safe_address
from .markup import HEADINGS, INLINE, Node, names, tree_of
from .plain import decoded
from .structure import draft_of
from .web_blocks import WebBlocks

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_ENCODINGS = names("utf-8 utf8 windows-1251 cp1251 koi8-r koi8-u iso-8859-5 windows-1252")
_DROPPED = names("aside button dialog footer form label menu nav")
# Names that page builders give to what stands around a text.
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|breadcrumbs?|cookies?|comments?|sidebar|pagination|advert\w*|banner|"
    r"print|subscribe|newsletter|tags|menu|nav|navigation|footer|popup|modal)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|standfirst|summary|intro|announce|anons)(?:$|[\s_-])", re.IGNORECASE
)


def read_web(content: bytes) -> Draft:
    found = _CHARSET.search(content[:4096])
    declared = found[1].decode().lower() if found else ""
    text, remarks = decoded(content, declared if declared in _ENCODINGS else "")
    page = _Page(tree_of(text))
    return draft_of(
        page.blocks, title=page.title, summary=page.summary, left_out=page.left_out(), remarks=remarks
    )


class _Page:
    def __init__(self, tree: Node) -> None:
        self._tree = tree
        self._base = self._address()
        self._around = False
        self._pictures = self._links = 0
        tree = self._without_what_stands_around(tree)
        self._root = self._main(tree)
        self.title = self._named(tree)
        blocks = list(WebBlocks(self).of(self._root))
        self.summary = self._lead(blocks)
        self.blocks = blocks

    def left_out(self) -> list[str]:
        sentences = []
        if self._around:
            sentences.append(
                _("What stands around the text on the page (menus, forms, footers) was left out.")
            )
        if self._pictures:
            sentences.append(
                ngettext(
                    "%(number)d picture was left out: pictures are added from the media library.",
                    "%(number)d pictures were left out: pictures are added from the media library.",
                    self._pictures,
                )
                % {"number": self._pictures}
            )
        if self._links:
            sentences.append(_("Links to other than web, mail and telephone addresses were left out."))
        return sentences

    def picture(self) -> None:
        self._pictures += 1

    def link(self, href: str) -> str:
        address = safe_address(href, base=self._base)
        self._links += bool(href and not address)
        return address

    def _address(self) -> str:
        """Where the page says that it stands, so that its links can be made whole."""
        for node in self._tree.all():
            is_canonical = node.tag == "link" and node.about.get("rel", "").lower() == "canonical"
            if node.tag == "base" or is_canonical:
                address = safe_address(node.about.get("href", ""))
                if address:
                    return address
        return self._meta("og:url") if safe_address(self._meta("og:url")) else ""

    def _meta(self, name: str) -> str:
        for node in self._tree.all():
            if node.tag == "meta" and name in {node.about.get("property", ""), node.about.get("name", "")}:
                return clean_line(node.about.get("content", ""))
        return ""

    def _without_what_stands_around(self, node: Node, *, in_text: bool = False) -> Node:
        kept = Node(node.tag, node.about)
        in_text = in_text or node.tag in {"article", "main"}
        for child in node.children:
            if not isinstance(child, Node):
                kept.children.append(child)
            elif self._stands_around(child, in_text=in_text):
                self._around = self._around or bool(child.text().strip())
            else:
                kept.children.append(self._without_what_stands_around(child, in_text=in_text))
        return kept

    def _stands_around(self, node: Node, *, in_text: bool) -> bool:
        if node.tag in _DROPPED:
            return node.tag != "form" or not node.find("article")  # some systems wrap the page in a form
        if node.tag in {"article", "main", "body", "meta", "link", "base", "title"} or node.tag in HEADINGS:
            return False
        hidden = "hidden" in node.about or node.about.get("aria-hidden") == "true"
        role = node.about.get("role", "") in {
            "navigation",
            "banner",
            "search",
            "complementary",
            "contentinfo",
        }
        named = (
            bool(_AROUND.search(node.css_names)) and node.find("article") is None and node.find("h1") is None
        )
        return hidden or (role and not in_text) or (named and node.tag not in INLINE)

    def _main(self, tree: Node) -> Node:
        """The article with the most words, or the main part, or everything."""
        articles = [node for node in tree.all() if node.tag == "article"]
        parts = [node for node in tree.all() if node.tag == "main" or node.about.get("role") == "main"]
        length = {id(node): len(node.text().strip()) for node in [*articles, *parts]}
        longest = max(articles, key=lambda node: length[id(node)], default=None)
        main = max(parts, key=lambda node: length[id(node)], default=None)
        if longest is not None:
            whole = length[id(main)] if main is not None else 0
            if length[id(longest)] >= 200 or length[id(longest)] * 2 >= whole > 0 or main is None:
                return longest
        return main if main is not None and length[id(main)] else tree

    def _named(self, tree: Node) -> str:
        inner = self._root.find("h1")
        if inner is not None and inner.text().strip():
            title = clean_line(inner.text())
            _remove(self._root, inner)
            return title
        site = self._meta("og:site_name")
        title = self._meta("og:title")
        outer = tree.find("h1")
        if not title and outer is not None and clean_line(outer.text()) != site:
            title = clean_line(outer.text())
        if not title:
            node = tree.find("title")
            title = clean_line(node.text()) if node is not None else ""
        title = _without_site(title, site)
        for level in ("h2", "h3"):
            same = self._root.find(level)
            if same is not None and clean_line(same.text()) == title:
                _remove(self._root, same)
                break
        return title

    def _lead(self, blocks: list[Block]) -> str:
        """The paragraph that the page itself marks as its lead, if it comes first."""
        for node in self._root.all():
            if node.tag in {"p", "div"} and _LEAD.search(node.css_names):
                words = clean_line(node.text())
                first = blocks[0] if len(blocks) > 1 else None
                if isinstance(first, Paragraph) and clean_line(first.runs.text) == words:
                    blocks.pop(0)
                    return words
        return ""


def _remove(root: Node, unwanted: Node) -> None:
    for node in root.all():
        if any(child is unwanted for child in node.children):
            node.children = [child for child in node.children if child is not unwanted]
            return


def _without_site(title: str, site: str) -> str:
    for sign in (" | ", " :: ", " » ", " — ", " – ", " - "):
        words, found, tail = title.rpartition(sign)
        named_so = site and tail.strip().lower() == site.lower()
        if found and (named_so or (sign in {" | ", " :: "} and len(words) >= 10)):
            return words.strip()
    return title
