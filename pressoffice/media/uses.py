"""Who shows a picture or a document.

This app lies below the ones whose pages show files, so they tell it, in `AppConfig.ready()`:

    uses.register("events", media_uses.public, media_uses.anywhere)

Both functions get an Image or a Document and return a QuerySet, not yet evaluated and not sliced:

`public`    the rows that a reader can open at this moment and that show it. A file is handed to
            everybody while there is one. Several apps are asked in one query.
`anywhere`  all rows that show it, drafts too, for the editors' "where used".
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import Exists, Model, Q, QuerySet

if TYPE_CHECKING:
    from .models import Document, Image

Rows = Callable[["Image | Document"], QuerySet]


@dataclass(frozen=True)
class Use:
    public: Rows
    anywhere: Rows


_uses: dict[str, Use] = {}


def register(kind: str, public: Rows, anywhere: Rows) -> None:
    """`kind` names the use ("events"); the same kind again takes the place of the first."""
    _uses[kind] = Use(public, anywhere)


def forget(kind: str) -> None:
    _uses.pop(kind, None)


def is_public(item: "Image | Document") -> bool:
    """Does something that readers can open now show `item`? One query."""
    shown = Q()
    for use in _uses.values():
        shown |= Q(Exists(use.public(item)))
    return bool(shown) and type(item).objects.may_be_shown().filter(shown, pk=item.pk).exists()


def where(item: "Image | Document", *, limit: int = 50) -> list[Model]:
    """What shows `item`, drafts included: at most `limit` rows, one query for each kind of use."""

    def rows() -> Iterator[Model]:
        for use in _uses.values():
            yield from use.anywhere(item)[:limit]

    return list(islice(rows(), limit))
