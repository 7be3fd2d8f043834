"""The paragraphs of a clean body, counted as the writing page, the checks and translators count them."""

import re
from html import unescape
from typing import NamedTuple

_BLOCK = re.compile(r"<(p|h2|h3|figcaption)>(.*?)</\1>", re.DOTALL)
_BREAK = re.compile("<br>")
_TAG = re.compile("<[^>]+>")


class Block(NamedTuple):
    tag: str  # p, h2, h3 or figcaption
    text: str
    html: str  # what stands within it: words and inline marks


def blocks_of(body: str) -> list[Block]:
    """Every paragraph, heading and caption of a clean body in reading order: also those in lists, tables and
    quotations. None of them is empty, and none holds another."""
    return [
        Block(match[1], unescape(_TAG.sub("", _BREAK.sub("\n", match[2]))), match[2])
        for match in _BLOCK.finditer(body)
    ]
