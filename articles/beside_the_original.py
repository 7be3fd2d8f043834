"""A translation beside its original: paragraph by paragraph, what is behind, what is not marked yet."""

from collections import Counter
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from .blocks import Block, blocks_of
from .differences import Piece, differences
from .models import Edition, Passage


class Pair(NamedTuple):
    """The paragraphs of the same number."""

    number: int
    original: Block | None
    translation: Block | None


class ChangedParagraph(NamedTuple):
    label: Any
    pieces: list[Piece]


class Beside(NamedTuple):
    original: Edition
    pairs: list[Pair]
    unmarked: list[Passage]  # of the original, without their like in the translation
    newer: Edition | None  # the edition of the original that the translation does not follow yet
    changed: list[ChangedParagraph]


def original_of(edition: Edition) -> Edition | None:
    """What a translation is made from: what readers have or will have of it, else its draft. One query; none
    for the original itself."""
    language = edition.statement.original_language
    if edition.language == language:
        return None
    return next((each for each in edition.counterparts() if each.language == language), None)


def beside_the_original(edition: Edition) -> Beside | None:
    """Nothing where `edition` is the original, or where there is no original yet. A handful of queries."""
    original = original_of(edition)
    if original is None:
        return None
    theirs, mine = blocks_of(original.body), blocks_of(edition.body)
    pairs = [
        Pair(number, _at(theirs, number), _at(mine, number)) for number in range(max(len(theirs), len(mine)))
    ]
    newer = edition.newest_original()
    followed = edition.translated_from
    if newer is None or newer == followed:
        newer, changed = None, []
    else:
        changed = changed_paragraphs(followed, newer) if followed else []
    return Beside(original, pairs, _unmarked(original, edition), newer, changed)


def _at(blocks: list[Block], number: int) -> Block | None:
    return blocks[number] if number < len(blocks) else None


def _unmarked(original: Edition, edition: Edition) -> list[Passage]:
    marked = Counter(edition.passages.exclude(exact="").values_list("project", "relation"))
    unmarked = []
    for passage in original.passages.exclude(exact="").select_related("project").order_by("position"):
        if marked[passage.project_id, passage.relation] > 0:
            marked[passage.project_id, passage.relation] -= 1
        else:
            unmarked.append(passage)
    return unmarked


def changed_paragraphs(before: Any, after: Edition) -> list[ChangedParagraph]:
    """What of the original's text reads differently, a paragraph each."""
    changed = [
        ChangedParagraph(label, differences(old, new))
        for label, old, new in (
            (_("Title"), before.title, after.title),
            (_("Summary"), before.summary, after.summary),
        )
        if old != new
    ]
    old = [block.text for block in blocks_of(before.body)]
    new = [block.text for block in blocks_of(after.body)]
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(i2 - i1, j2 - j1)):
            was = old[i1 + step] if i1 + step < i2 else ""
            reads = new[j1 + step] if j1 + step < j2 else ""
            number = min(j1 + step, max(len(new) - 1, 0)) + 1
            label = _("Paragraph %(number)s") % {"number": number}
            changed.append(ChangedParagraph(label, differences(was, reads)))
    if before.notes_to_editors != after.notes_to_editors:
        pieces = differences(before.notes_to_editors, after.notes_to_editors)
        changed.append(ChangedParagraph(_("Notes to editors"), pieces))
    return changed
