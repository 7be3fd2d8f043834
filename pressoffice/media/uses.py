"""Who shows a picture or a document.

This app lies below the ones whose pages show files, so they tell it, in `AppConfig.ready()`:

    uses.register("events", media_uses.public, media_uses.anywhere)

The functions get an Image or a Document and return a QuerySet, not yet evaluated and not sliced:

`public`      the rows that a reader can open at this moment and that show it. A file is handed to
              everybody while there is one. Several apps are asked in one query.
`anywhere`    all rows that show it, drafts too, for the editors' "where used".
`changeable`  those of them that may still be given another file; all of them unless said otherwise.

`approved`    those of them that somebody has approved as they stand; none unless said otherwise. Only who has
              the permission `approver` changes what they say of the file.

`told` gets such a row and says what tells it apart, in which state it is: "English, scheduled".
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Exists, Model, Q, QuerySet

if TYPE_CHECKING:
    from .models import Document, Image

Rows = Callable[["Image | Document"], QuerySet]


@dataclass(frozen=True)
class Use:
    public: Rows
    anywhere: Rows
    changeable: Rows
    told: Callable[[Any], str]
    approved: Rows
    approver: str


class Place(NamedTuple):
    row: Model
    told: str


class Places(NamedTuple):
    """What somebody may know of the places that show an item."""

    named: list[Place]
    more: int  # beyond those that are named
    is_hidden_elsewhere: bool  # where they may not look


_uses: dict[str, Use] = {}


def register(
    kind: str,
    public: Rows,
    anywhere: Rows,
    *,
    changeable: Rows | None = None,
    told: Callable[[Any], str] = lambda row: "",
    approved: Rows | None = None,
    approver: str = "",
) -> None:
    """`kind` names the use ("events"); the same kind again takes the place of the first."""
    approved = approved or (lambda item: anywhere(item).none())
    _uses[kind] = Use(public, anywhere, changeable or anywhere, told, approved, approver)


def forget(kind: str) -> None:
    _uses.pop(kind, None)


def is_public(item: "Image | Document") -> bool:
    """Does something that readers can open now show `item`? One query."""
    shown = Q()
    for use in _uses.values():
        shown |= Q(Exists(use.public(item)))
    return bool(shown) and type(item).objects.may_be_shown().filter(shown, pk=item.pk).exists()


def approved(item: "Image | Document") -> Iterator[Model]:
    for use in _uses.values():
        yield from use.approved(item)


def may_be_reworded(item: "Image | Document", *, by: Any) -> Q:
    """A condition on the row of `item`: nothing approved shows it, or `by` approves such things."""
    free = Q()
    for use in _uses.values():
        if use.approver and not by.has_perm(use.approver):
            free &= ~Q(Exists(use.approved(item)))
    return free


def where(item: "Image | Document", *, to: Any, limit: int = 50) -> Places:
    """What shows `item`, drafts included, as far as the person `to` may look. Two queries for each kind."""
    return _places(item, lambda use: use.anywhere, to, limit)


def changeable(item: "Image | Document", *, to: Any, limit: int = 50) -> Places:
    """The same of what may still be given another file."""
    return _places(item, lambda use: use.changeable, to, limit)


def _places(item: "Image | Document", rows_of: Callable[[Use], Rows], to: Any, limit: int) -> Places:
    named: list[Place] = []
    count, is_hidden = 0, False
    for use, found in ((use, rows_of(use)(item)) for use in _uses.values()):
        options = found.model._meta
        if not to.has_perm(f"{options.app_label}.view_{options.model_name}"):
            is_hidden = is_hidden or found.exists()
            continue
        count += found.count()
        rows = found.order_by("-pk")[: limit - len(named)] if len(named) < limit else ()
        named += _told(use, rows)
    return Places(named, count - len(named), is_hidden)


def _told(use: Use, rows: Any) -> Iterator[Place]:
    yield from (Place(row, use.told(row)) for row in rows)
