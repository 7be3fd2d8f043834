"""Asking for an effect, in the transaction of what it is an effect of: both happen, or neither."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection

from pressoffice.publishing import moment

from .models import LONGEST_ERROR, Delivery

PORTION = 500


class Asked(NamedTuple):
    """One of many effects of one kind."""

    key: str
    payload: dict[str, Any]
    due_at: datetime | None = None  # default: now


def put(kind: str, key: str, *, due_at: datetime | None = None, **payload: Any) -> bool:
    """True if it is new; one that was asked for under this key before stays as it is. One query.

    `payload`: keys of rows and codes only.
    """
    delivery = _delivery(kind, Asked(key, payload, due_at))
    fields = [field for field in Delivery._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(field.attname) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [field.get_db_prep_save(field.pre_save(delivery, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        # Django's own "ignore conflicts" does not tell whether there was one.
        cursor.execute(
            f"INSERT INTO {Delivery._meta.db_table} ({columns}) "  # noqa: S608 — names of columns only
            f"VALUES ({places}) ON CONFLICT (key) DO NOTHING",
            values,
        )
        return cursor.rowcount == 1


def put_many(kind: str, asked: Iterable[Asked]) -> None:
    """As `put`, for thousands; one query for each five hundred."""
    rows = (_delivery(kind, each) for each in asked)
    while portion := list(islice(rows, PORTION)):
        Delivery.objects.bulk_create(portion, ignore_conflicts=True)


def put_off(kind: str, until: datetime, why: str, **payload: Any) -> None:
    """Let all of this kind and with this in their payload wait until then: the server they need is away, and
    each would find that out by itself."""
    for_it = {f"payload__{name}": value for name, value in payload.items()}
    rows = Delivery.objects.waiting().filter(
        kind=kind, claimed_until__isnull=True, next_try_at__lt=until, **for_it
    )
    rows.update(next_try_at=until, last_error=why[:LONGEST_ERROR])


def _delivery(kind: str, asked: Asked) -> Delivery:
    due_at = asked.due_at or moment.now()
    return Delivery(
        key=asked.key,
        kind=kind,
        payload=asked.payload,
        due_at=due_at,
        next_try_at=due_at,
        created_at=moment.now(),
    )
