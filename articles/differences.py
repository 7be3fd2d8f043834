"""What changed between two texts, word by word, for people to read."""

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from .laid_out import laid_out

if TYPE_CHECKING:
    from .models import Edition

_HREF = re.compile(r'href="([^"]*)"')
# A number is one word: of 5,9 and 5,6 not only the last figure differs.
_WORDS = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\w)|\s+|\d+(?:[.,]\d+)+(?!\w)|[^\s\w]|\w+"
)
# Beyond this many words the matcher would take seconds: paragraphs are compared instead.
MOST_WORDS = 6_000


class Piece(NamedTuple):
    kind: str  # "same", "gone", "new" or, where same words are left out, "skipped"
    text: str
    is_replaced: bool = False  # whether what is new in its place follows


class Change(NamedTuple):
    label: Any
    pieces: list[Piece]


def changes_between(before: Any, after: Any, *, for_colleagues: bool = False) -> list[Change]:
    """What is otherwise, part by part, than in the edition `before`: words, passages, links, pictures,
    attachments and, for colleagues, what is held and what was put right. Twelve queries at most.

    Readers are shown passages of projects that are public, and pictures by what they show.
    """
    parts = [
        (_("Title"), before.title, after.title),
        (_("Summary"), before.summary, after.summary),
        (_("Text"), _lines_of(before.body), _lines_of(after.body)),
        (_("Notes to editors"), before.notes_to_editors, after.notes_to_editors),
        (_("Media contact"), before.media_contact, after.media_contact),
    ]
    changes = [Change(label, shortened(differences(old, new))) for label, old, new in parts if old != new]
    lists = [
        (_("Project passages"), lambda edition: _passages(edition, for_colleagues=for_colleagues)),
        (_("Links"), lambda edition: sorted(set(_HREF.findall(edition.body)))),
        (_("Pictures"), lambda edition: _pictures(edition, for_colleagues=for_colleagues)),
        (_("Attachments"), lambda edition: [str(each) for each in edition.attachments.order_by("pk")]),
    ]
    if for_colleagues:
        lists += [(_("Besides the text"), _facts)]
    for label, listed in lists:
        old_rows, new_rows = listed(before), listed(after)
        if old_rows != new_rows:
            changes.append(Change(label, differing_rows(old_rows, new_rows)))
    return changes


def _lines_of(body: str) -> str:
    return laid_out(body, apart="\n", naming_cells=True)


def _passages(edition: "Edition", *, for_colleagues: bool) -> list[str]:
    rows = edition.passages.select_related("project").order_by("position", "project_id")
    return [
        f"{passage.get_relation_display()} – {passage.project}: {passage.exact or '…'}"
        for passage in rows
        if for_colleagues or passage.project.is_live()
    ]


def _pictures(edition: "Edition", *, for_colleagues: bool) -> list[str]:
    named = [
        *([(_("Lead picture"), edition.lead_image)] if edition.lead_image else []),
        *(
            (_("In the text"), row.image)
            for row in edition.in_images.select_related("image").order_by("position")
        ),
        *((_("For the press"), row.image) for row in edition.gallery_rows.select_related("image")),
    ]
    return [f"{place}: {image if for_colleagues else image.alt_in()}" for place, image in named]


def _facts(edition: "Edition") -> list[str]:
    until = edition.embargo_until
    return [
        *([f"{_('Embargo until')}: {date_format(localtime(until), 'DATETIME_FORMAT')}"] if until else []),
        *([str(_("Minor change"))] if edition.is_minor else []),
        *([f"{_('Change note')}: {edition.change_note}"] if edition.change_note else []),
        *(f"{was} → {now}" for was, now in edition.corrected),
    ]


def differing_rows(before: list[str], after: list[str]) -> list[Piece]:
    """Of two lists what went and what came, a line each."""
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            pieces += [Piece("gone", f"{row}\n") for row in before[i1:i2]]
            pieces += [Piece("new", f"{row}\n") for row in after[j1:j2]]
    return pieces


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
            pieces.append(Piece("gone", "".join(old[i1:i2]), is_replaced=j1 < j2))
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
