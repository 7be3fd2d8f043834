"""What somebody may have meant by an address that leads nowhere."""

import re

from django.utils.translation import get_language_from_path

from pressoffice.publishing.languages import active

from .asking import cleaned
from .finding import find
from .models import Entry

MOST = 3
MOST_WORDS = 8
_WORD = re.compile(r"[^\W\d_]{3,}")
_REFERENCE = re.compile(r"\d{4}-[0-9a-z]{4}")


def words_of(path: str) -> str:
    """The words of an address's last readable part: "/en/statements/2025-k7mf/the-road/" has "the road".

    Empty for addresses outside the three languages, which only machines try, and for those without words.
    """
    parts = [part for part in path.split("/") if part]
    if not get_language_from_path(path) or len(parts) < 2:
        return ""
    # A section's name tells nothing where something stands behind it.
    for part in reversed(parts[2:] or parts[1:]):
        if not _REFERENCE.fullmatch(part) and (words := _WORD.findall(cleaned(part))):
            return " ".join(words[:MOST_WORDS])
    return ""


def nearest_statements(words: str) -> list[Entry]:
    """Public texts in the reader's language that hold the words, or the most telling of them.

    As many queries as the search for the same words, and one for the texts. None where there are no words.
    """
    if not words:
        return []
    found = find(words, active()).narrowed(what=Entry.What.STATEMENT)[:MOST]
    pks = [candidate.pk for candidate in found]
    entries = (
        Entry.objects.live()
        .select_related("edition__statement")
        .only("title", "day", "edition__slug", "edition__language", "edition__statement__reference")
    )
    by_pk = entries.in_bulk(pks) if pks else {}
    return [by_pk[pk] for pk in pks if pk in by_pk]
