"""Rows of a file as rows of the database: checked one by one, written many at a time."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import DataError, IntegrityError, models, transaction

from pressoffice.ledger.models import Fact
from pressoffice.ledger.refusals import refusal_of
from pressoffice.publishing.guard import check_year

from .record import Problems, Where

AT_A_TIME = 500
# Python reads "1_000", too.
_FIGURE = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
Row = TypeVar("Row")


def in_chunks(values: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(values)
    while chunk := list(islice(rest, AT_A_TIME)):
        yield chunk


def checked(
    row: Any, values: dict[str, Any], where: Where, problems: Problems, *, but: Iterable[str] = ()
) -> bool:
    """Whether `row` takes `values` (by column, as texts); each refusal becomes a problem at its column.

    Relations and columns in `but` are not looked at. No query.
    """
    count = len(problems)
    for name, value in values.items():
        column = row._meta.get_field(name)
        if isinstance(column, models.DecimalField) and value and not _FIGURE.fullmatch(str(value)):
            problems.add(where.at(name), column.error_messages["invalid"] % {"value": str(value)[:40]})
            continue
        if value in ("", None) and not column.empty_strings_allowed:
            if not column.has_default():
                setattr(row, name, None)
            continue
        setattr(row, name, value)
    relations = [column.name for column in row._meta.concrete_fields if column.is_relation]
    try:
        row.clean_fields(exclude={*relations, *but})
        for name in values:
            _check_value(row, name)
        if isinstance(row, Fact):
            row.settle()  # its clean() would ask the database about every row
        else:
            row.clean()
    except ValidationError as refusal:
        for name, errors in refusal.error_dict.items():
            for error in errors:
                problems.add(where.at(name), " ".join(error.messages))
    return len(problems) == count


def _check_value(row: Any, name: str) -> None:
    """What forms ask beside what columns do."""
    value, longest = getattr(row, name), row._meta.get_field(name).max_length
    try:
        check_year(value)
        if isinstance(value, str) and longest:
            MaxLengthValidator(longest)(value)
    except ValidationError as refusal:
        raise ValidationError({name: refusal}) from None


def insert(rows: Iterable[tuple[Where, Any]], problems: Problems) -> None:
    """Write the rows, all of one model. Where the database refuses one, it is found and named."""
    for chunk in in_chunks(rows):
        _insert(chunk, problems)


def _insert(rows: list[tuple[Where, Any]], problems: Problems) -> None:
    model: Any = type(rows[0][1])
    try:
        with transaction.atomic():
            model._base_manager.bulk_create([row for _where, row in rows])
    except (IntegrityError, DataError) as error:
        if len(rows) == 1:
            column, sentence = refusal_of(error)
            problems.add(rows[0][0].at(column), sentence)
            return
        for _where, row in rows:
            row.pk, row._state.adding = None, True
        middle = len(rows) // 2
        _insert(rows[:middle], problems)
        _insert(rows[middle:], problems)
