"""Every address of the interface: what it takes, what it answers. Routes, reading, description and the page
about it are all made from this table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.filters import EditionFilter
from events.filters import EventFilter
from pressoffice.ledger.agreements import AgreementFilter
from pressoffice.ledger.filters import ProjectFilter
from pressoffice.publishing.languages import CODES
from pressoffice.search.asking import LONGEST_QUERY
from pressoffice.search.models import Entry
from pressoffice.search.quotes import LONGEST_QUOTE

from . import changes, hashes, ninjs, records, schemas, searching, statements
from .parameters import AS_OF, CURSOR, LANGUAGE, LIMIT, ONE_LANGUAGE, SINCE, Asked, Parameter, of_filters

PATH_PART = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Operation:
    """`route`: Django's, under /api/; `schema`: of the answer, a name in SCHEMAS."""

    name: str
    route: str
    says: Any
    answer: Callable[[Asked], Any]
    schema: str
    parameters: tuple[Parameter, ...] = ()
    path: Mapping[str, schemas.Schema] = field(default_factory=dict)
    may_be_gone: bool = False

    @property
    def address(self) -> str:
        """As people and OpenAPI write it: /api/statements/{reference}/."""
        return "/api/" + PATH_PART.sub(r"{\1}", self.route)


PAGED = (LIMIT, CURSOR)
USUAL = (LANGUAGE, AS_OF)
CODE = {"code": schemas.CODE}
SLUG = {"slug": schemas.SLUG}
REFERENCE = {"reference": schemas.REFERENCE}
SEARCHED = (
    Parameter(
        "q",
        _("The words that are looked for."),
        {"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY},
        is_required=True,
        example="road",
    ),
    ONE_LANGUAGE,
    Parameter("what", _("Only this kind of thing."), {"type": "string", "enum": Entry.What.values}),
    Parameter("year", _("Only things of this year."), {"type": "integer", "minimum": 1900, "maximum": 2099}),
)
QUOTED = (
    Parameter(
        "text",
        _("The words of the quote, three at least. Capitals, quotation marks and dashes do not count."),
        {"type": "string", "minLength": 1, "maxLength": LONGEST_QUOTE},
        is_required=True,
    ),
    ONE_LANGUAGE,
)

OPERATIONS = (
    Operation(
        "statements",
        "statements/",
        _("Statements, the newest first, with the filters of the site. Each has its texts by language."),
        statements.statement_list,
        "Statements",
        (*of_filters(EditionFilter), *USUAL, *PAGED),
    ),
    Operation(
        "statement",
        "statements/<reference:reference>/",
        _("One statement: its public texts in full, passages about projects, every version and correction."),
        statements.statement,
        "Statement",
        USUAL,
        REFERENCE,
        may_be_gone=True,
    ),
    Operation(
        "ninjs",
        "statements/<reference:reference>/ninjs/<text_language:language>/",
        _("One text as IPTC ninjs 2.1, for the systems of newsrooms."),
        ninjs.ninjs,
        "Ninjs",
        (AS_OF,),
        {**REFERENCE, "language": {"type": "string", "enum": CODES}},
        may_be_gone=True,
    ),
    Operation(
        "projects",
        "projects/",
        _("Joint projects by code, with where they stand."),
        records.project_list,
        "Projects",
        (*of_filters(ProjectFilter), *USUAL, *PAGED),
    ),
    Operation(
        "project",
        "projects/<slug:code>/",
        _("One project with everything that public statements said of it, each fact with its source."),
        records.project,
        "Project",
        USUAL,
        CODE,
        may_be_gone=True,
    ),
    Operation(
        "agreements",
        "agreements/",
        _("Agreements, the last signed first."),
        records.agreement_list,
        "Agreements",
        (*of_filters(AgreementFilter), *USUAL, *PAGED),
    ),
    Operation(
        "agreement",
        "agreements/<slug:code>/",
        _("One agreement with its parties, what it amends and the projects that rest on it."),
        records.agreement,
        "Agreement",
        USUAL,
        CODE,
        may_be_gone=True,
    ),
    Operation(
        "events",
        "events/",
        _("Events, the latest first, those to come among them."),
        records.event_list,
        "Events",
        (*of_filters(EventFilter), *USUAL, *PAGED),
    ),
    Operation(
        "event",
        "events/<slug:code>/",
        _("One event with who takes part, what was said there, and when it was moved or cancelled."),
        records.event,
        "Event",
        USUAL,
        CODE,
        may_be_gone=True,
    ),
    Operation(
        "people",
        "people/",
        _("People whom public texts and events name, with the offices they held there."),
        records.person_list,
        "People",
        (*USUAL, *PAGED),
    ),
    Operation(
        "person",
        "people/<slug:slug>/",
        _("One person."),
        records.person,
        "Person",
        USUAL,
        SLUG,
    ),
    Operation(
        "topics",
        "topics/",
        _("Topics of public texts."),
        records.topic_list,
        "Topics",
        (*USUAL, *PAGED),
    ),
    Operation("topic", "topics/<slug:slug>/", _("One topic."), records.topic, "Topic", USUAL, SLUG),
    Operation(
        "countries",
        "countries/",
        _("Countries that statements, events, agreements and projects name."),
        records.country_list,
        "Countries",
        (*USUAL, *PAGED),
    ),
    Operation(
        "country",
        "countries/<slug:code>/",
        _("One country."),
        records.country,
        "Country",
        USUAL,
        {"code": schemas.COUNTRY},
    ),
    Operation(
        "search",
        "search/",
        _("The search of the site in one language, the best first."),
        searching.search,
        "Results",
        (*SEARCHED, AS_OF, *PAGED),
    ),
    Operation(
        "quote",
        "quote/",
        _("Whether a quote still stands: now, in an older version only, or nowhere, and what comes nearest."),
        searching.quote,
        "Quote",
        (*QUOTED, AS_OF),
    ),
    Operation(
        "hashes",
        "hashes/",
        _("Days on which texts became public, the latest first, each with a hash of all hashes of that day."),
        hashes.day_list,
        "Days",
        (AS_OF, *PAGED),
    ),
    Operation(
        "day-of-hashes",
        "hashes/<iso_day:day>/",
        _("The hashes of all texts that became public on one day, as they are hashed."),
        hashes.day,
        "Day",
        (AS_OF,),
        {"day": schemas.DAY},
    ),
    Operation(
        "changes",
        "changes/",
        _("What became public, was corrected, withdrawn or removed since a moment, the oldest first."),
        changes.changes,
        "Changes",
        (SINCE, *PAGED),
    ),
)
