"""Readable Latin tails for addresses. `slugify` alone makes an empty word of a Kyrgyz title."""

import re

from django.utils.text import slugify

_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i",
        "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "ң": "ng", "о": "o", "ө": "o", "п": "p", "р": "r",
        "с": "s", "т": "t", "у": "u", "ү": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
        "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "–": "-", "—": "-",
    }
)  # fmt: skip
LONGEST = 80


def slug_of(title: str, *, otherwise: str) -> str:
    """A slug of at most LONGEST characters, cut between words; `otherwise` where no letter is left."""
    slug = slugify(title.lower().translate(_LATIN))
    if len(slug) > LONGEST:
        slug = slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
    slug = slug.strip("-_") or otherwise
    # v2 is the address of a version.
    return f"{otherwise}-{slug}" if re.fullmatch(r"v\d+", slug) else slug
