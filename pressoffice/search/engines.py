"""The two indexes under one interface: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both hold sets of ASCII keys, and neither cuts, folds, weighs or ranks: what is found and in which order is
decided in Python, so it is the same. Ranking by the database would also count texts that are not public.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from .asking import Unit, Way


class Engine(Protocol):
    def is_installed(self, connection: BaseDatabaseWrapper) -> bool: ...

    def install(self, connection: BaseDatabaseWrapper) -> None: ...

    def holding(self, units: Sequence[Unit], *, any_of_them: bool = False, in_title: bool = False) -> Q:
        """The predicate of holding all (or any) of the units. At least one unit."""


def _joined(parts: Iterable[str], by: str) -> str:
    return f"({by.join(parts)})"


class Fts5:
    """An external-content table: the entries hold the words once, triggers keep the index in step.

    https://www.sqlite.org/fts5.html#external_content_tables
    """

    TRIGGERS: ClassVar = {
        "insert": "INSERT INTO search_index(rowid, title_words, words) "
        "VALUES (new.id, new.title_words, new.words);",
        "delete": "INSERT INTO search_index(search_index, rowid, title_words, words) "
        "VALUES ('delete', old.id, old.title_words, old.words);",
    }

    def is_installed(self, connection: BaseDatabaseWrapper) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'search_index'")
            return cursor.fetchone() is not None

    def install(self, connection: BaseDatabaseWrapper) -> None:
        is_new = not self.is_installed(connection)
        triggers = {**self.TRIGGERS, "update": self.TRIGGERS["delete"] + self.TRIGGERS["insert"]}
        with connection.cursor() as cursor:
            if is_new:
                cursor.execute(
                    "CREATE VIRTUAL TABLE search_index USING fts5(title_words, words, "
                    "content='search_entry', content_rowid='id', tokenize='ascii', detail='column', "
                    "prefix='3 4')"
                )
            # A migration that rebuilds the table of entries drops them.
            for event, does in triggers.items():
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS search_entry_{event} AFTER {event} ON search_entry "
                    f"BEGIN {does} END"
                )
            if is_new:
                cursor.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')")

    def holding(self, units: Sequence[Unit], *, any_of_them: bool = False, in_title: bool = False) -> Q:
        asked = _joined((self._unit(unit) for unit in units), " OR " if any_of_them else " AND ")
        column = "title_words" if in_title else "words"
        found = "SELECT rowid FROM search_index WHERE search_index MATCH %s"
        return Q(pk__in=RawSQL(found, [f"{column} : {asked}"]))  # noqa: S611 — keys are ASCII words

    def _unit(self, unit: Unit) -> str:
        return _joined((self._way(way) for way in unit.ways), " OR ")

    @staticmethod
    def _way(way: Way) -> str:
        return _joined((_joined(map(_fts5_key, sorted(wanted)), " OR ") for wanted in way), " AND ")


def _fts5_key(key: str) -> str:
    return f'"{key[:-1]}" *' if key.endswith("*") else f'"{key}"'


class Tsvector:
    """Arrays of keys made tsvectors as they are: no parser and no dictionary ever sees them."""

    VECTOR = "array_to_tsvector(string_to_array({column}, ' '))"
    COLUMNS = ("title_words", "words")

    def is_installed(self, connection: BaseDatabaseWrapper) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('search_entry_words_index') IS NOT NULL")
            return bool(cursor.fetchone()[0])

    def install(self, connection: BaseDatabaseWrapper) -> None:
        with connection.cursor() as cursor:
            for column in self.COLUMNS:
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS search_entry_{column}_index ON search_entry "
                    f"USING gin ({self.VECTOR.format(column=column)})"
                )

    def holding(self, units: Sequence[Unit], *, any_of_them: bool = False, in_title: bool = False) -> Q:
        asked = _joined((self._unit(unit) for unit in units), " | " if any_of_them else " & ")
        vector = self.VECTOR.format(column="title_words" if in_title else "words")
        found = f"SELECT id FROM search_entry WHERE {vector} @@ %s::tsquery"  # noqa: S608 — our own column
        return Q(pk__in=RawSQL(found, [asked]))  # noqa: S611 — keys are ASCII words

    def _unit(self, unit: Unit) -> str:
        return _joined((self._way(way) for way in unit.ways), " | ")

    @staticmethod
    def _way(way: Way) -> str:
        return _joined((_joined(map(_tsquery_key, sorted(wanted)), " | ") for wanted in way), " & ")


def _tsquery_key(key: str) -> str:
    return f"'{key[:-1]}':*" if key.endswith("*") else f"'{key}'"


def engine(using: str = "default") -> Engine:
    return Tsvector() if connections[using].vendor == "postgresql" else Fts5()
