"""Whether what stands in the database is still what readers were given."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from .chain import hash_of, record_of
from .models import Edition

TOGETHER = 100


class Series(NamedTuple):
    statement: int
    language: str


class Checked(NamedTuple):
    edition: Edition
    computed: (
        str  # what its words and its predecessor's kept hash make; empty where an edition before it is gone
    )

    @property
    def holds(self) -> bool:
        return self.computed == self.edition.public_hash


def check_all() -> Iterator[Checked]:
    """Every edition whose publication is decided, removed ones as well: by statement, language and number.

    Each is compared with the hash that the one before it has, so that one change is told once.
    """
    last = 0
    series: Series | None = None
    previous, number = "", 0
    while portion := _statements_after(last):
        last = portion[-1]
        rows: Any = Edition.objects.published().filter(statement__in=portion).select_related("statement")
        for edition in rows.order_by("statement", "language", "number"):
            mine = Series(edition.statement_id, edition.language)
            if mine != series:
                series, previous, number = mine, "", 0
            is_next = edition.number == number + 1
            yield Checked(edition, hash_of(record_of(edition, previous=previous)) if is_next else "")
            previous, number = edition.public_hash, edition.number


def _statements_after(key: int) -> list[int]:
    rows = Edition.objects.published().filter(statement__gt=key).order_by("statement")
    return list(rows.values_list("statement", flat=True).distinct()[:TOGETHER])
