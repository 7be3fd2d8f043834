"""Rules that compare a row with other rows or with what it was, kept by the database itself.

A check constraint sees one row only, as it will be. On SQLite a migration that rebuilds a table drops its
triggers, and cannot rename a table that another's trigger reads: so all of them go before a migrate that
does something, and are made anew after each.
"""

from collections.abc import Iterable
from functools import partial
from typing import Any, NamedTuple

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate

WRITING = ("insert", "update")


class Guard(NamedTuple):
    """Refuses `events` on rows of `table` when the SQL condition, which sees NEW or OLD, is true.

    In the condition {now} is the database's clock and {is_not} an inequality to which NULL is a value.
    """

    name: str
    table: str
    refused_when: str
    message: str
    events: tuple[str, ...] = WRITING


def never_deleted(table: str, when: str = "OLD.live_from IS NOT NULL", *, what: str = "") -> Guard:
    return Guard(
        f"{table}_never_deleted", table, when, what or "what was public is never deleted", ("delete",)
    )


def kept_as_it_was(name: str, table: str, columns: Iterable[str], when: str, message: str) -> Guard:
    """Refuses to change any of `columns` of a row of which `when` is true."""
    differs = " OR ".join(f"NEW.{column} {{is_not}} OLD.{column}" for column in columns)
    return Guard(name, table, f"({when}) AND ({differs})", message, ("update",))


def of_a_period(table: str, *, permanent: Iterable[str] = ()) -> list[Guard]:
    """What holds of everything that goes public: it is never deleted, its beginning is never moved once it
    has come, and neither are the `permanent` columns changed then."""
    return [
        never_deleted(table),
        kept_as_it_was(
            f"{table}_was_public",
            table,
            ["live_from", "state", *permanent],
            "OLD.live_from <= {now}",
            "that this was public, since when and under which name, is never changed",
        ),
    ]


def keep(app: AppConfig, guards: list[Guard]) -> None:
    """Let the app's tables have these guards after every migrate. To be called in `AppConfig.ready()`."""

    def take_away(using: str, plan: Any = (), **kwargs: Any) -> None:
        if plan:
            remove(guards, connections[using])

    def put_back(using: str, **kwargs: Any) -> None:
        install(guards, connections[using])

    pre_migrate.connect(take_away, sender=app, weak=False, dispatch_uid=f"{app.label}-guards-off")
    post_migrate.connect(put_back, sender=app, weak=False, dispatch_uid=f"{app.label}-guards-on")
    KEPT[app.label] = guards


# By the app's label: what the database has to refuse.
KEPT: dict[str, list[Guard]] = {}


def install(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> None:
    _run(guards, connection, partial(_statements, vendor=connection.vendor))


def remove(guards: Iterable[Guard], connection: BaseDatabaseWrapper) -> None:
    _run(guards, connection, partial(_removals, vendor=connection.vendor))


def _run(guards: Iterable[Guard], connection: BaseDatabaseWrapper, statements: Any) -> None:
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards:
            if guard.table in tables:
                for statement in statements(guard):
                    cursor.execute(statement)


def _removals(guard: Guard, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}",
            f"DROP TRIGGER IF EXISTS {guard.name}_truncate ON {guard.table}",
        ]
    return [f"DROP TRIGGER IF EXISTS {guard.name}_{event}" for event in ("insert", "update", "delete")]


def _statements(guard: Guard, vendor: str) -> list[str]:
    message = f"{guard.name}: {guard.message}".replace("'", "''")
    if vendor == "postgresql":
        return [*_removals(guard, vendor), *_on_postgresql(guard, message)]
    # As Django writes moments into a column of text.
    condition = guard.refused_when.format(now="strftime('%Y-%m-%d %H:%M:%f', 'now')", is_not="IS NOT")
    return [
        *_removals(guard, vendor),
        *(
            f"CREATE TRIGGER {guard.name}_{event} BEFORE {event} ON {guard.table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for event in guard.events
        ),
    ]


def _on_postgresql(guard: Guard, message: str) -> list[str]:
    condition = guard.refused_when.format(now="clock_timestamp()", is_not="IS DISTINCT FROM")
    refuse = f"RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{message}'"
    statements = [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
        f"IF {condition} THEN {refuse}; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $guard$",
        f"CREATE TRIGGER {guard.name} BEFORE {' OR '.join(guard.events)} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
    ]
    if "delete" in guard.events:
        # TRUNCATE asks no row.
        any_row = f"SELECT 1 FROM {guard.table} AS kept WHERE " + condition.replace("OLD.", "kept.")  # noqa: S608 — all of it ours
        statements += [
            f"CREATE OR REPLACE FUNCTION {guard.name}_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$ "
            f"BEGIN IF EXISTS ({any_row}) THEN {refuse}; END IF; RETURN NULL; END $guard$",
            f"CREATE TRIGGER {guard.name}_truncate BEFORE TRUNCATE ON {guard.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {guard.name}_truncate()",
        ]
    return statements
