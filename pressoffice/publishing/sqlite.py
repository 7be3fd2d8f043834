"""SQLite's LIKE folds the case of Latin letters only: "жол" would not find "Жол".

SQLite documents that LIKE may be replaced by an application's own function; ours folds the case of every
alphabet, as PostgreSQL does. So `icontains`, `istartswith` and `iexact` mean the same on both databases.
"""

import re
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=256)
def _compiled(pattern: str, escape: str) -> re.Pattern[str]:
    parts = []
    letters = iter(pattern)
    for letter in letters:
        if escape and letter == escape:
            parts.append(re.escape(next(letters, escape)))
        elif letter == "%":
            parts.append(".*")
        elif letter == "_":
            parts.append(".")
        else:
            parts.append(re.escape(letter))
    return re.compile("".join(parts), re.IGNORECASE | re.DOTALL)


def like(pattern: Any, value: Any, escape: str = "") -> bool | None:
    """`value LIKE pattern ESCAPE escape`, in the order in which SQLite hands them over."""
    if pattern is None or value is None:
        return None
    return _compiled(str(pattern), escape).fullmatch(str(value)) is not None


def fold_every_alphabet(*, connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        for arguments in (2, 3):
            connection.connection.create_function("like", arguments, like, deterministic=True)
