"""Rules that compare a row with other rows, kept by the database itself.

A check constraint sees one row only. On SQLite a migration that rebuilds a table drops its triggers, so
they are made anew after every migrate instead of in a migration.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper


class Guard(NamedTuple):
    """Refuses to insert or update a row of `table` when the SQL condition, which sees it as NEW, is true."""

    name: str
    table: str
    refused_when: str
    message: str


def install(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> None:
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards:
            if guard.table in tables:
                for statement in _statements(guard, connection.vendor):
                    cursor.execute(statement)


def _statements(guard: Guard, vendor: str) -> list[str]:
    message = f"{guard.name}: {guard.message}".replace("'", "''")
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
            f"IF {guard.refused_when} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', "
            f"MESSAGE = '{message}'; END IF; RETURN NEW; END $guard$",
            f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
            f"CREATE TRIGGER {guard.name} BEFORE INSERT OR UPDATE ON {guard.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
        ]
    return [
        statement
        for event in ("insert", "update")
        for statement in (
            f"DROP TRIGGER IF EXISTS {guard.name}_{event}",
            f"CREATE TRIGGER {guard.name}_{event} BEFORE {event} ON {guard.table} WHEN {guard.refused_when} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
        )
    ]
