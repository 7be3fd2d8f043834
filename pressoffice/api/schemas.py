"""What answers look like, as JSON Schema 2020-12. Nothing is there that is not declared."""

from typing import Any

from articles.chain import FORMAT
from articles.hash_days import FORMAT as FORMAT_OF_A_DAY
from articles.models import Passage, Statement
from events.models import Event
from pressoffice.ledger.models import StatusChange
from pressoffice.media.models import Image
from pressoffice.publishing.languages import CODES
from pressoffice.search.models import Entry
from projects.models import Agreement, Participation, Place, Project

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
VERSION: Schema = {"type": "integer", "minimum": 1}
URL: Schema = {"type": "string", "format": "uri"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
NUMBER: Schema = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
LANGUAGE: Schema = {"type": "string", "enum": CODES}
COUNTRY: Schema = {"type": "string", "pattern": "^[A-Z]{2}$"}
CODE: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
SLUG: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
HASH_OR_NOTHING: Schema = {"type": "string", "pattern": "^([0-9a-f]{64})?$"}
REFERENCE: Schema = {"type": "string", "pattern": r"^\d{4}-[0-9a-z]{4}$"}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def of(properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def several(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(choices: Any) -> Schema:
    return {"type": "string", "enum": [value for value in choices.values if value]}


def by_language(schema: Schema = TEXT) -> Schema:
    """Languages that have none are left out."""
    return of(dict.fromkeys(CODES, schema), optional=tuple(CODES))


def page_of(item: str, **more: Schema) -> Schema:
    return of({**more, "items": several(ref(item)), "next": or_null(URL)})


_TAKEN_DOWN = of({"at": MOMENT, "reason": TEXT, "reason_language": LANGUAGE})
_HEAD = {
    "id": URL,
    "url": URL,
    "version": VERSION,
    "version_url": URL,
    "public_since": MOMENT,
    "corrected_at": or_null(MOMENT),
    "withdrawn": or_null(_TAKEN_DOWN),
    "title": TEXT,
    "summary": TEXT,
}
_STATEMENT = {
    "reference": REFERENCE,
    "id": URL,
    "address": URL,
    "kind": one_of(Statement.Kind),
    "form": or_null(one_of(Statement.Form)),
    "delivered_on": or_null(DAY),
    "place": by_language(),
    "original_language": LANGUAGE,
    "speakers": several(ref("InOffice")),
    "topics": several(of({"slug": SLUG, "name": by_language()})),
    "countries": several(COUNTRY),
    "event": or_null(CODE),
}
_ORGANISATION = of(
    {"name": by_language(), "abbreviation": by_language(), "country": or_null(COUNTRY), "url": or_null(URL)}
)
_WHO = {"country": or_null(COUNTRY), "organisation": or_null(_ORGANISATION)}
_SAID = {
    "stated_on": DAY,
    "words": TEXT,
    "source": of(
        {
            "reference": REFERENCE,
            "url": by_language(URL),
            "withdrawn": FLAG,
            "corrected": by_language(DAY),
        }
    ),
}
_FIGURE = {"value": NUMBER, "value_to": or_null(NUMBER)}
_DUE = {"due_on": or_null(DAY), "due_precision": or_null(TEXT)}
_PROJECT_HEAD = {
    "address": URL,
    "statements": URL,
    "status": or_null(one_of(StatusChange.Status)),
    "code": CODE,
    "url": by_language(URL),
    "name": by_language(),
    "summary": by_language(),
    "description": by_language(),
    "sector": one_of(Project.Sector),
    "aliases": several(of({"language": LANGUAGE, "text": TEXT})),
    "participations": several(of({"role": one_of(Participation.Role), **_WHO})),
    "places": several(
        of(
            {
                "name": by_language(),
                "kind": one_of(Place.Kind),
                "geometry": of({"type": TEXT, "coordinates": {"type": "array"}}),
            }
        )
    ),
    "agreements": several(ref("AgreementRecord")),
}
_AGREEMENT = {
    "code": CODE,
    "title": by_language(),
    "kind": one_of(Agreement.Kind),
    "signed_on": or_null(DAY),
    "in_force_on": or_null(DAY),
    "parties": several(COUNTRY),
    "amends": or_null(CODE),
}
_FACTS = of(
    {
        "statuses": several(of({"status": one_of(StatusChange.Status), **_SAID})),
        "milestones": several(
            of(
                {
                    "name": by_language(),
                    "dates": several(of({"kind": TEXT, "on": DAY, "precision": TEXT, **_SAID})),
                }
            )
        ),
        "indicators": several(
            of(
                {
                    "name": by_language(),
                    "unit": TEXT,
                    "measurements": several(of({**_FIGURE, **_SAID})),
                    "targets": several(of({**_FIGURE, **_DUE, **_SAID})),
                }
            )
        ),
        "commitments": several(
            of(
                {
                    "id": {"type": "string", "format": "uuid"},
                    "text": by_language(),
                    "given_by": of(_WHO),
                    **_DUE,
                    "answers": or_null({"type": "string", "format": "uuid"}),
                    "relation": or_null(TEXT),
                    "state": or_null(TEXT),
                    **_SAID,
                }
            )
        ),
        "budget_lines": several(of({"kind": TEXT, "amount": NUMBER, "currency": TEXT, **_WHO, **_SAID})),
    }
)
_DAY = {"day": DAY, "address": URL, "texts": VERSION, "hash": HASH, "previous": or_null(HASH)}
_TEXT_OF_A_QUOTE = {"reference": REFERENCE, "address": URL, "version": VERSION, "url": URL, "title": TEXT}

SCHEMAS: dict[str, Schema] = {
    "Start": of(
        {
            "title": TEXT,
            "description": by_language(URL),
            "openapi": URL,
            "addresses": {
                "type": "object",
                "additionalProperties": {"type": "string", "format": "uri-template"},
            },
        }
    ),
    "Problem": {
        "type": "object",
        "properties": {
            "type": URL,
            "title": TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": TEXT,
        },
        "required": ["type", "title", "status", "detail"],
    },
    "InOffice": of({"slug": SLUG, "name": by_language(), "office": or_null(by_language())}),
    "Image": of(
        {
            "url": URL,
            "content_type": TEXT,
            "width": VERSION,
            "height": VERSION,
            "bytes": COUNT,
            "alt": by_language(),
            "credit": by_language(),
            "terms": one_of(Image.Terms),
        }
    ),
    "Document": of({"url": URL, "title": by_language(), "content_type": TEXT, "bytes": COUNT}),
    "TextInShort": of(_HEAD),
    "Passage": of(
        {
            "project": CODE,
            "relation": one_of(Passage.Relation),
            "exact": TEXT,
            "prefix": TEXT,
            "suffix": TEXT,
            "url": URL,
        }
    ),
    "Version": of(
        {
            "version": VERSION,
            "url": URL,
            "public_from": MOMENT,
            "public_until": or_null(MOMENT),
            "is_correction": FLAG,
            "change_note": TEXT,
            "additions": several(of({"at": MOMENT, "text": TEXT})),
            "corrected": several(of({"was": TEXT, "now": TEXT})),
            "hash": HASH,
            "hashed": ref("Hashed"),
        }
    ),
    "Hashed": of(
        {
            "format": {"type": "string", "const": FORMAT},
            "reference": REFERENCE,
            "id": URL,
            "language": LANGUAGE,
            "version": VERSION,
            "public_from": MOMENT,
            "title": TEXT,
            "summary": TEXT,
            "text": TEXT,
            "notes_to_editors": TEXT,
            "media_contact": TEXT,
            "change_note": TEXT,
            "is_correction": FLAG,
            "corrected": several({"type": "array", "items": TEXT, "minItems": 2, "maxItems": 2}),
            "previous": HASH_OR_NOTHING,
        }
    ),
    "Text": of(
        {
            **_HEAD,
            "language_name": TEXT,
            "is_behind_original": FLAG,
            "body_html": TEXT,
            "notes_to_editors": TEXT,
            "media_contact": TEXT,
            "images": several(ref("Image")),
            "documents": several(ref("Document")),
            "passages": several(ref("Passage")),
            "versions": several(ref("Version")),
        }
    ),
    "StatementInShort": of({**_STATEMENT, "texts": by_language(ref("TextInShort"))}),
    "Statement": of(
        {
            **_STATEMENT,
            "contact": or_null(
                of(
                    {
                        "name": by_language(),
                        "role": by_language(),
                        "phone": or_null(TEXT),
                        "email": or_null(TEXT),
                    }
                )
            ),
            "texts": by_language(ref("Text")),
            "removed": by_language(of({"at": MOMENT, "reason": TEXT})),
        }
    ),
    "Statements": page_of("StatementInShort"),
    "Ninjs": {
        "type": "object",
        "description": "IPTC ninjs 2.1: http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json",
        "properties": {"uri": URL},
        "required": ["uri"],
    },
    "AgreementRecord": of(_AGREEMENT),
    "ProjectInShort": of(_PROJECT_HEAD),
    "Project": of({**_PROJECT_HEAD, "facts": _FACTS}),
    "Projects": page_of("ProjectInShort"),
    "Agreement": of(
        {
            "address": URL,
            "url": by_language(URL),
            **_AGREEMENT,
            "amended_by": several(CODE),
            "projects": several(CODE),
            "document": or_null(ref("Document")),
        }
    ),
    "Agreements": page_of("Agreement"),
    "Event": of(
        {
            "code": CODE,
            "address": URL,
            "url": by_language(URL),
            "kind": one_of(Event.Kind),
            "title": by_language(),
            "summary": by_language(),
            "description": by_language(),
            "venue": by_language(),
            "starts_at": MOMENT,
            "ends_at": MOMENT,
            "cancelled": or_null(_TAKEN_DOWN),
            "moves": several(
                of({"moved_at": MOMENT, "starts_at": MOMENT, "ends_at": MOMENT, "venue": by_language()})
            ),
            "participants": several(ref("InOffice")),
            "countries": several(COUNTRY),
            "projects": several(CODE),
            "statements": several(REFERENCE),
            "accreditation": by_language(),
            "accreditation_until": or_null(MOMENT),
        }
    ),
    "Events": page_of("Event"),
    "Person": of(
        {
            "slug": SLUG,
            "address": URL,
            "url": by_language(URL),
            "name": by_language(),
            "offices": several(by_language()),
            "statements": URL,
        }
    ),
    "People": page_of("Person"),
    "Topic": of(
        {"slug": SLUG, "name": by_language(), "address": URL, "url": by_language(URL), "statements": URL}
    ),
    "Topics": page_of("Topic"),
    "Country": of(
        {
            "code": COUNTRY,
            "address": URL,
            "name": by_language(),
            "statements": URL,
            "projects": URL,
            "events": URL,
        }
    ),
    "Countries": page_of("Country"),
    "Result": of(
        {
            "what": one_of(Entry.What),
            "id": TEXT,
            "address": URL,
            "url": URL,
            "title": TEXT,
            "snippet": TEXT,
            "day": or_null(DAY),
            "withdrawn": FLAG,
            "cancelled": FLAG,
        }
    ),
    "Results": page_of(
        "Result",
        how={"type": "string", "enum": ["all", "begun", "corrected", "some", "apart", "none"]},
        corrected=or_null(TEXT),
        kinds={"type": "object", "additionalProperties": COUNT},
        years={"type": "object", "additionalProperties": COUNT},
    ),
    "Quote": of(
        {
            "text": TEXT,
            "is_too_short": FLAG,
            "stands": FLAG,
            "places": several(
                of(
                    {
                        **_TEXT_OF_A_QUOTE,
                        "is_current": FLAG,
                        "public_until": or_null(MOMENT),
                        "withdrawn": or_null(_TAKEN_DOWN),
                        "current_url": or_null(URL),
                    }
                )
            ),
            "nearest": or_null(of({"sentence": TEXT, **_TEXT_OF_A_QUOTE})),
        }
    ),
    "DayInShort": of(_DAY),
    "Day": of(
        {
            **_DAY,
            "hashed": of(
                {
                    "format": {"type": "string", "const": FORMAT_OF_A_DAY},
                    "day": DAY,
                    "editions": several(
                        {
                            "type": "array",
                            "prefixItems": [REFERENCE, LANGUAGE, VERSION, HASH],
                            "minItems": 4,
                            "maxItems": 4,
                        }
                    ),
                    "previous": HASH_OR_NOTHING,
                }
            ),
        }
    ),
    "Days": page_of("DayInShort"),
    "Change": of(
        {
            "change": {
                "type": "string",
                "enum": [
                    *("published", "changed", "corrected"),
                    *("withdrawn", "cancelled", "removed", "restored"),
                ],
            },
            "of": {"type": "string", "enum": ["statement", "project", "agreement", "event"]},
            "id": TEXT,
            "language": or_null(LANGUAGE),
            "version": or_null(VERSION),
            "address": or_null(URL),
            "at": MOMENT,
        }
    ),
    "Changes": page_of("Change"),
}
