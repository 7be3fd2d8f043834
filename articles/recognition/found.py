"""What is found, whatever its kind."""

import enum
from typing import NamedTuple


class Kind(enum.StrEnum):
    PROJECT = "project"
    PERSON = "person"
    EVENT = "event"


class Found(NamedTuple):
    """text[start:end] speaks of it. `key`: a project's or event's code, a person's slug."""

    kind: Kind
    key: str
    label: str
    start: int
    end: int
    also: tuple[str, ...] = ()  # keys of others of its kind that the very same words may mean
