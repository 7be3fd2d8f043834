"""How the interface writes what many of its answers hold."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from pressoffice.directory.models import InOffice, Topic
from pressoffice.ledger.open_data.as_json import in_languages
from pressoffice.media.models import Document, Image
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.models import Takedown
from pressoffice.publishing.pages import in_every_language

Data = dict[str, Any]


def as_bytes(told: Any) -> bytes:
    """JSON as it is sent: UTF-8, on one line."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def moment_in_utc(at: datetime | None) -> str | None:
    """With every digit, so that it can be given back as `since`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def api_address(name: str, *args: Any) -> str:
    return absolute(reverse(f"api:{name}", args=args))


def page_addresses(row: Any) -> dict[str, str]:
    return {code: absolute(path) for code, path in in_every_language(row.get_absolute_url).items()}


def in_office(each: InOffice) -> Data:
    return {
        "slug": each.person.slug,
        "name": in_languages(each.person, "name"),
        "office": in_languages(each.office, "title") if each.office else None,
    }


def topic(row: Topic) -> Data:
    return {"slug": row.slug, "name": in_languages(row, "name")}


def takedown(row: Takedown | None) -> Data | None:
    if row is None:
        return None
    return {"at": moment_in_utc(row.at), "reason": row.reason, "reason_language": row.reason_language}


def image(row: Image) -> Data | None:
    """The largest file of it; None while it has none. No query with prefetched renditions."""
    largest = row.largest()
    if largest is None:
        return None
    return {
        "url": absolute(largest.get_absolute_url()),
        "content_type": largest.content_type,
        "width": largest.width,
        "height": largest.height,
        "bytes": largest.byte_size,
        "alt": {} if row.is_decorative else in_languages(row, "alt"),
        "credit": in_languages(row, "credit"),
        "terms": row.terms,
    }


def images(rows: Iterable[Image]) -> list[Data]:
    return [found for row in rows if (found := image(row)) is not None]


def document(row: Document) -> Data:
    return {
        "url": absolute(row.get_absolute_url()),
        "title": in_languages(row, "title"),
        "content_type": row.content_type,
        "bytes": row.byte_size,
    }


def only_in(languages: list[str], told: Any) -> Any:
    """`told` without other languages, wherever a map by language stands in it."""
    if languages == CODES:
        return told
    if isinstance(told, list):
        return [only_in(languages, each) for each in told]
    if isinstance(told, dict):
        is_map = bool(told) and told.keys() <= set(CODES)
        return {key: only_in(languages, each) for key, each in told.items() if not is_map or key in languages}
    return told
