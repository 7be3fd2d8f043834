"""A text as sentences, with the places where they begin."""

import re
from collections.abc import Iterator

from articles.bodies import SENTENCE_END

# A figure begins a sentence, too; after a short word the stop may be an abbreviation's ("млрд. 5").
_BEFORE_FIGURE = re.compile(r"(?<=[^\W\d_]{5})[.!?…]+[»”\")]*(?=\s+\d)")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each; no sentence goes on over a line's end."""
    begin = 0
    for line in text.split("\n"):
        start = begin
        ends = {match.end() for rule in (SENTENCE_END, _BEFORE_FIGURE) for match in rule.finditer(line)}
        for place in sorted(ends):
            end = begin + place
            yield start, end
            start = end
        if start < begin + len(line):
            yield start, begin + len(line)
        begin += len(line) + 1
