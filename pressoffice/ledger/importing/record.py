"""What a file holds, in the words of the ledger and in no format: each row knows where it stood."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models

Texts = dict[str, str]  # by language
MOST_PROBLEMS = 100


class ImportRefused(Exception):
    """The file as a whole cannot be read; the message is a translated sentence for the person."""


class Problem(NamedTuple):
    place: str  # "row 39,999, column amount"; empty: the file as a whole
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class TooManyProblems(Exception):
    """More would help nobody: the file is of another kind than it seems."""


class Problems(list[Problem]):
    @property
    def is_full(self) -> bool:
        return len(self) >= MOST_PROBLEMS

    def add(self, place: str, sentence: Any) -> None:
        """Raises TooManyProblems with the last one that is kept."""
        self.append(Problem(place, str(sentence)))
        if self.is_full:
            raise TooManyProblems


class Where(NamedTuple):
    """Where a row stood, and how a column of it is called there."""

    row: str
    of_column: Callable[[str, str], str]

    def at(self, column: str = "") -> str:
        return self.of_column(self.row, column) if column else self.row


class Who(NamedTuple):
    """A country, an organisation or nobody. An organisation that is named in one language only is one of
    the directory's, whatever language that is."""

    country: str = ""
    name: Texts | str = ""
    abbreviation: Texts = {}
    home: str = ""  # code of the organisation's country
    url: str = ""
    may_be_state: bool = False  # `name` may be a country's
    may_be_left_out: bool = False  # where the directory does not know it


@dataclass(slots=True)
class AgreementRow:
    where: Where
    values: dict[str, Any]  # columns of the model, as they stand in the file
    parties: list[str] = field(default_factory=list)
    amends: str = ""


@dataclass(slots=True)
class PlaceRow:
    where: Where
    values: dict[str, Any]


@dataclass(slots=True)
class ProjectRow:
    where: Where
    values: dict[str, Any]
    aliases: list[tuple[str, str]] = field(default_factory=list)
    taking_part: list[tuple[Where, str, Who]] = field(default_factory=list)
    places: list[PlaceRow] = field(default_factory=list)
    agreements: list[AgreementRow | str] = field(default_factory=list)  # or the code of a known one

    @property
    def code(self) -> str:
        return self.values["code"]


@dataclass(slots=True)
class FactRow:
    """`kind` is one of KINDS in facts.py; `owner` the milestone's or indicator's own columns."""

    where: Where
    project: str
    kind: str
    values: dict[str, Any]
    source: str
    owner: dict[str, Any] = field(default_factory=dict)
    who: Who = Who()
    answers: str = ""


@dataclass(slots=True)
class Record:
    projects: list[ProjectRow] = field(default_factory=list)
    facts: list[FactRow] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)


@dataclass(slots=True)
class Report:
    """What came of a file, or would: rows by model. With a problem nothing is made."""

    made: Counter[type[models.Model]] = field(default_factory=Counter)
    known: Counter[type[models.Model]] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
