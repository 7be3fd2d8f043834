"""What a misspelt word may have meant: the nearest word of a title that readers can see."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from projects.inflection import folded

from .asking import Unit
from .indexing import SHORTEST_TITLE_WORD
from .models import Entry, TitleWord
from .words import sound

# Enough for the titles of some ten years; beyond it the newest.
MOST_WORDS = 5_000


def corrections(units: Sequence[Unit], language: str) -> dict[Unit, str]:
    """For each unit that no public title holds, the word nearest to it, if one is near. One query."""
    typed = {unit: key for unit in units if len(key := sound(folded(unit.typed, ""))) >= SHORTEST_TITLE_WORD}
    if not typed:
        return {}
    lengths = {len(key) + more for key in typed.values() for more in range(-2, 3)}
    initials = {letter for key in typed.values() for letter in key[:2]}
    # Asked word by word: a list of all that is public would grow with the archive.
    is_public = Exists(Entry.objects.live().filter(pk=OuterRef("entry")))
    known = list(
        TitleWord.objects.filter(is_public, language=language, initial__in=initials, length__in=lengths)
        .order_by("-pk")
        .values_list("key", "word")[:MOST_WORDS]
    )
    # The same word whatever the order of the rows: the nearest, of these the most frequent, then by alphabet.
    counted: dict[tuple[str, str], int] = {}
    for pair in known:
        counted[pair] = counted.get(pair, 0) + 1
    found = {}
    for unit, key in typed.items():
        nearest = min(
            ((distance(key, other, allowed(key)), -count, word) for (other, word), count in counted.items()),
            default=(99, 0, ""),
        )
        if 0 < nearest[0] <= allowed(key):
            found[unit] = nearest[2]
    return found


def allowed(key: str) -> int:
    return 1 if len(key) < 6 else 2


def distance(one: str, other: str, most: int) -> int:
    """How many letters have to be put in, left out, changed or swapped with the next; at most `most` + 1."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
