"""Ids under which programs keep what they read: no title, address or host is part of them (RFC 9562)."""

import uuid

# What our own kinds of names are told apart by; itself by chance, and never changed.
OURS = uuid.UUID("82d54310-92e4-4882-98dc-075526228d38")


def id_in(thing: uuid.UUID, language: str) -> uuid.UUID:
    """`thing` in one language, so that a program which follows two of them takes neither for the other."""
    return uuid.uuid5(thing, language)


def named_by(kind: str, name: str) -> uuid.UUID:
    """For what has no row of its own. `name` never changes; `kind` keeps apart what is named alike."""
    return uuid.uuid5(OURS, f"{kind} {name}")
