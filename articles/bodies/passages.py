"""The words of a body, and the passages and links in them."""

import re
from typing import NamedTuple

from .tree import Node, parse
from .vocabulary import BLOCKS, CONTEXT_LENGTH


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


def _plain(node: "Node | str", spans: list[tuple[Node, int, int]], written: _Words) -> None:
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
    elif node.tag in BLOCKS and written and not written[-1].endswith("\n"):
        written.append("\n")


def body_text(html: str) -> str:
    """The words of a clean body, a line a block."""
    written = _Words()
    _plain(parse(html), [], written)
    return "".join(written).strip("\n")


def marked_passages(html: str) -> list[Marked]:
    """The project passages of a clean body in reading order."""
    spans: list[tuple[Node, int, int]] = []
    written = _Words()
    _plain(parse(html), spans, written)
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
    spans: list[tuple[Node, int, int]] = []
    written = _Words()
    _plain(parse(html), spans, written)
    return "".join(written), [
        Held(
            begin, end, *(node.attributes.get(name, "") for name in ("data-project", "href", "data-relation"))
        )
        for node, begin, end in spans
    ]
