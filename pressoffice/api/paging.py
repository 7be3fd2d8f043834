from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from pressoffice.publishing.addresses import absolute

from . import cursors
from .cursors import Key
from .parameters import Asked


@dataclass
class Page:
    """Some rows of a list. `next`: the address of the page behind it, or None."""

    rows: list[Any]
    next: str | None
    items: list[Any] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)  # what the answer says besides


def page_of(asked: Asked, rows: Any, keys: Sequence[Key]) -> Page:
    """One query. `keys`: columns of `rows` that are never empty, the last of them unique."""
    if given := asked.values.get("cursor"):
        values = cursors.read(given, asked.question, *(key.kind for key in keys))
        rows = rows.filter(cursors.after(keys, values))
    found = list(rows.order_by(*cursors.in_order(keys))[: asked.limit + 1])
    shown = found[: asked.limit]
    if len(found) <= asked.limit:
        return Page(shown, None)
    return Page(shown, next_address(asked, [_value(shown[-1], key.name) for key in keys]))


def next_address(asked: Asked, values: Sequence[Any]) -> str:
    query = {**asked.given, "cursor": cursors.written(values, asked.question)}
    return f"{absolute(asked.address)}?{urlencode(query)}"


def _value(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row
