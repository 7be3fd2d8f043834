"""What changed between two texts, word by word, for people to read."""

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from .bodies import body_text

if TYPE_CHECKING:
    from .models import Edition

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
# Beyond this many words the matcher would take seconds: paragraphs are compared instead.
MOST_WORDS = 6_000


class Piece(NamedTuple):
    kind: str  # "same", "gone", "new" or, where same words are left out, "skipped"
    text: str


class Change(NamedTuple):
    label: Any
    pieces: list[Piece]


def changes_between(before: Any, after: "Edition") -> list[Change]:
    """What reads differently, part by part, than in the edition `before`; nothing where only pictures,
    attachments or marks differ."""
    parts = [
        (_("Title"), before.title, after.title),
        (_("Summary"), before.summary, after.summary),
        (_("Text"), body_text(before.body), body_text(after.body)),
        (_("Notes to editors"), before.notes_to_editors, after.notes_to_editors),
        (_("Media contact"), before.media_contact, after.media_contact),
    ]
    return [Change(label, shortened(differences(old, new))) for label, old, new in parts if old != new]


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


def shortened(pieces: list[Piece]) -> list[Piece]:
    """Of the words that stayed only the rest of the changed paragraph and the one next to it."""
    shown: list[Piece] = []
    for place, piece in enumerate(pieces):
        lines = piece.text.splitlines(keepends=True)
        begin = lines[: 0 if place == 0 else 2]
        end = lines[len(lines) - (0 if place == len(pieces) - 1 else 2) :]
        if piece.kind != "same" or len(begin) + len(end) >= len(lines):
            shown.append(piece)
            continue
        shown += [Piece("same", "".join(begin))] if begin else []
        shown.append(Piece("skipped", ""))
        shown += [Piece("same", "\n" + "".join(end))] if end else []
    return shown
