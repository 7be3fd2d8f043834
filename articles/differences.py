"""What changed between two texts, word by word, for people to read."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
# Beyond this many words the matcher would take seconds: paragraphs are compared instead.
MOST_WORDS = 6_000


class Piece(NamedTuple):
    kind: str  # "same", "gone" or "new"
    text: str


def differences(before: str, after: str) -> list[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("gone", "".join(old[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("new", "".join(new[j1:j2])))
    return pieces
