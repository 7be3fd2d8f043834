"""The one moment an answer speaks of.

A page is put together by several queries. If each asked the clock, a release between
two of them would show a list without the statement that the count already includes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """The moment fixed for this request (or block), else the clock's. Aware."""
    return _fixed.get() or timezone.now()


@contextmanager
def fixed(at: datetime) -> Iterator[datetime]:
    """Let everything in the block, steps included, happen at `at` (aware)."""
    if timezone.is_naive(at):
        raise ValueError("A moment needs a time zone.")
    token = _fixed.set(at)
    try:
        yield at
    finally:
        _fixed.reset(token)


def move(at: datetime) -> None:
    """Let the rest of the innermost `fixed()` block happen at `at` (aware)."""
    if _fixed.get() is None:
        raise RuntimeError("No moment is fixed here.")
    _fixed.set(at)
