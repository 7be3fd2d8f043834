"""Pages by key: what comes after the last row that was given out, however much was published since.

A cursor is signed for the question it was given out for, and holds nothing but public values: no key of the
database, whose gaps would tell of what is not public.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.db.models import Q

from .problems import Problem

LONGEST = 500
READ: dict[str, Callable[[Any], Any]] = {
    "text": str,
    "number": int,
    "day": date.fromisoformat,
    "moment": datetime.fromisoformat,
}


class Key(NamedTuple):
    """A column, or annotation, that is never empty. `kind`: one of READ."""

    name: str
    kind: str = "text"
    is_descending: bool = False


def written(values: Sequence[Any], question: str) -> str:
    told = [each.isoformat() if isinstance(each, date) else each for each in values]
    return _signer(question).sign_object(told)


def read(cursor: str, question: str, *kinds: str) -> list[Any]:
    """Raises Problem for a cursor that was tampered with, or given out for another question."""
    try:
        values = _signer(question).unsign_object(cursor)
        return [READ[kind](value) for kind, value in zip(kinds, values, strict=True)]
    except (BadSignature, ValueError, TypeError):
        raise Problem(
            "bad-cursor",
            "This cursor was not given out for this question. Follow the address in “next” as it stands, "
            "or begin anew without a cursor.",
        ) from None


def after(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    """Rows behind the one with `values`, in the order of `keys`."""
    behind, so_far = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        comparison = "lt" if key.is_descending else "gt"
        behind |= so_far & Q(**{f"{key.name}__{comparison}": value})
        so_far &= Q(**{key.name: value})
    return behind


def in_order(keys: Sequence[Key]) -> list[str]:
    return [f"-{key.name}" if key.is_descending else key.name for key in keys]


def _signer(question: str) -> Signer:
    return Signer(salt=f"pressoffice.api.cursors {question}")
