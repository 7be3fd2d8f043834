"""Whom and what a running text names: joint projects, people, events. One way to ask for all of them.

Rules for Kyrgyz, Russian and English and no dictionary; what they find is offered to a person, never stored.
"""

from .events import KnownEvent, Spell
from .found import Found, Kind
from .known import Known, known_in
from .people import KnownPerson
from .reading import first_of_each, recognise

__all__ = [
    "Found",
    "Kind",
    "Known",
    "KnownEvent",
    "KnownPerson",
    "Spell",
    "first_of_each",
    "known_in",
    "recognise",
]
