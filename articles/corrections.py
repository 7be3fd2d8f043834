"""What a new edition puts right: the wrong words and the right ones, as people type and read them."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.plain_text import clean_line

from .bodies import body_text

if TYPE_CHECKING:
    from .models import Edition

ARROW = re.compile(r"\s*(?:→|⟶|->|=>)\s*")
MOST = 20
LONGEST = 400


class Corrected(NamedTuple):
    was: str
    now: str


def read(typed: str) -> list[list[str]]:
    """One correction a line, "wrong words → right words". Raises ValidationError that names the line."""
    pairs = []
    for number, line in enumerate(typed.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [clean_line(part) for part in ARROW.split(line)]
        if len(parts) != 2 or not all(parts):
            sentence = _("Line %(number)s: write the wrong words, an arrow (->) and the right words.")
            raise ValidationError(sentence, params={"number": number})
        if max(map(len, parts)) > LONGEST:
            sentence = _("Line %(number)s is too long: name the words only, not the paragraph.")
            raise ValidationError(sentence, params={"number": number})
        pairs.append(parts)
    if len(pairs) > MOST:
        raise ValidationError(_("These are too many corrections to read: say in the note what changed."))
    return pairs


def written(pairs: Iterable[Iterable[str]]) -> str:
    return "\n".join(" → ".join(pair) for pair in pairs)


def why_not(edition: "Edition") -> list[Any]:
    """Sentences about named words that stand in neither of the two texts. One query where there are some."""
    if not edition.corrected or edition.base is None:
        return []
    before, after = _all_words(edition.base), _all_words(edition)
    sentences: list[Any] = []
    for was, now in edition.corrected:
        if was not in before:
            sentences.append(
                _("The wrong words do not stand in the edition before: “%(words)s”.") % {"words": was}
            )
        if now not in after:
            sentences.append(_("The right words do not stand in this text: “%(words)s”.") % {"words": now})
    return sentences


def _all_words(edition: Any) -> str:
    parts = (
        edition.title,
        edition.summary,
        body_text(edition.body),
        edition.notes_to_editors,
        edition.media_contact,
    )
    return clean_line(" ".join(parts))
