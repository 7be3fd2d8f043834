"""A fingerprint of what readers were given: each public edition's, with the one before it inside.

Whoever kept a hash can show later that the text is, or is not, the one that was public then; and as each
holds its predecessor's, none can be put in between or taken out. docs/subscribers/api.md tells others how to
make the same of what the interface for programs answers.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from .bodies import body_text

# Another rule for what is hashed, or how words are read out of a body, is another format: old hashes stay.
FORMAT = "press-office-edition-1"


def canonical(record: Any) -> bytes:
    """JSON as in RFC 8785: for strings, whole numbers, truth values, lists, and objects with plain names."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(record: Any) -> str:
    return hashlib.sha256(canonical(record)).hexdigest()


def record_of(
    edition: Any, *, previous: str, number: int = 0, begin: datetime | None = None
) -> dict[str, Any]:
    """What readers were given and never changes again, as plain data.

    `previous`: the hash of the edition before it in its language, "" for the first; `number`, `begin`: what
    its publication is about to give it. Left out is what may change later: names of speakers and topics,
    addresses, links to projects, descriptions of pictures, and what is added to a change note.
    """
    at = begin or edition.live_from
    return {
        "format": FORMAT,
        "reference": edition.statement.reference,
        "id": edition.statement.uuid.urn,
        "language": edition.language,
        "version": number or edition.number,
        "public_from": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "title": edition.title,
        "summary": edition.summary,
        "text": body_text(edition.body),
        "notes_to_editors": edition.notes_to_editors,
        "media_contact": edition.media_contact,
        "change_note": edition.change_note,
        "is_correction": bool(edition.change_note) and not edition.is_minor,
        "corrected": [[was, now] for was, now in edition.corrected],
        "previous": previous,
    }
