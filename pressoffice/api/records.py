"""What statements speak of and who speaks: projects, agreements, events, people, topics, countries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Edition
from articles.named import public_people, public_topics
from articles.subjects import days_of, offices_held
from events.filters import EventFilter
from events.models import Event
from pressoffice.directory.models import Country, in_office_on
from pressoffice.ledger.agreements import AgreementFilter
from pressoffice.ledger.filters import ProjectFilter
from pressoffice.ledger.open_data.as_json import agreement_record, in_languages, project_record
from pressoffice.ledger.open_data.gather import PublicProject, gather
from pressoffice.publishing import moment
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.periods import Standing
from pressoffice.publishing.takedowns import takedown_in_force
from projects.models import Agreement, Participation, Project

from . import words
from .cursors import Key
from .paging import Page, page_of
from .parameters import Asked
from .problems import Problem
from .statements import gone, refuse_unknown
from .words import Data, api_address, moment_in_utc, page_addresses

LONG_AGO = date(1, 1, 1)


def _filtered(asked: Asked, filters: Any, rows: Any) -> Any:
    bound = filters(asked.filters(filters), rows, offering=False)
    if bound.form.errors:
        refuse_unknown(bound.form.errors)
    return bound.qs


def _missing(record: Any, what: str) -> Problem:
    """Whether it is a draft or was never there, the answer is one."""
    if record is not None and record.standing == Standing.REMOVED:
        removal = takedown_in_force(record)
        if removal is not None:
            return gone(removal)
    return Problem("not-found", f"There is no public {what} with this code.")


# --- projects ----------------------------------------------------------------------------------------


def project_list(asked: Asked) -> Page:
    """By code."""
    page = page_of(asked, _filtered(asked, ProjectFilter, Project.objects.live()), [Key("code")])
    page.items = [
        {key: value for key, value in written_project(each).items() if key != "facts"}
        for each in gather(Project.objects.live().filter(pk__in=[row.pk for row in page.rows]))
    ]
    return page


def project(asked: Asked) -> Data:
    """The whole record, as the open data have it."""
    found = gather(Project.objects.live().filter(code=asked.path["code"]))
    if not found:
        raise _missing(Project.objects.filter(code=asked.path["code"]).first(), "project")
    return written_project(found[0])


def written_project(gathered: PublicProject) -> Data:
    """With its facts; no query after `gather()`."""
    code, status = gathered.project.code, gathered.current_status
    return {
        "address": api_address("project", code),
        "statements": f"{api_address('statements')}?project={code}",
        "status": status.status if status else None,
        **project_record(gathered),
    }


# --- agreements --------------------------------------------------------------------------------------


def _agreements() -> Any:
    return (
        Agreement.objects.live()
        .select_related("amends", "document")
        .prefetch_related(
            "parties",
            Prefetch("projects", Project.objects.live().order_by("code")),
            Prefetch("amendments", Agreement.objects.live().order_by("code")),
        )
    )


def agreement_list(asked: Asked) -> Page:
    """The last signed first."""
    rows = _filtered(asked, AgreementFilter, _agreements())
    rows = rows.annotate(day=Coalesce("signed_on", Value(LONG_AGO)))
    page = page_of(asked, rows, [Key("day", "day", is_descending=True), Key("code")])
    page.items = [_agreement(each) for each in page.rows]
    return page


def agreement(asked: Asked) -> Data:
    found = _agreements().filter(code=asked.path["code"]).first()
    if found is None:
        raise _missing(Agreement.objects.filter(code=asked.path["code"]).first(), "agreement")
    return _agreement(found)


def _agreement(row: Any) -> Data:
    return {
        "address": api_address("agreement", row.code),
        "url": page_addresses(row),
        **agreement_record(row),
        "amended_by": [each.code for each in row.amendments.all()],
        "projects": [each.code for each in row.projects.all()],
        "document": words.document(row.document) if row.document else None,
    }


# --- events ------------------------------------------------------------------------------------------


def _events() -> Any:
    return Event.objects.live().prefetch_related(
        "countries",
        "moves",
        "participants__offices",
        Prefetch("projects", Project.objects.live().order_by("code")),
    )


def event_list(asked: Asked) -> Page:
    """The latest first, those to come among them."""
    rows = _filtered(asked, EventFilter, _events())
    page = page_of(asked, rows, [Key("starts_at", "moment", is_descending=True), Key("code")])
    page.items = _written_events(page.rows)
    return page


def event(asked: Asked) -> Data:
    found = list(_events().filter(code=asked.path["code"]))
    if not found:
        raise _missing(Event.objects.filter(code=asked.path["code"]).first(), "event")
    return _written_events(found)[0]


def _written_events(events: list[Event]) -> list[Data]:
    """Two queries."""
    keys = [each.pk for each in events]
    cancelled = {
        row.subject_id: row
        for row in Takedown.objects.in_force().filter(
            kind=Takedown.Kind.CANCELLED, subject_type=subject_type(Event), subject_id__in=keys
        )
    }
    said: dict[int | None, list[str]] = defaultdict(list)
    texts = Edition.objects.live().filter(statement__event__in=keys).order_by("statement__reference")
    for pk, reference in texts.values_list("statement__event", "statement__reference").distinct():
        said[pk].append(reference)
    return [_event(each, cancelled.get(each.pk), said[each.pk]) for each in events]


def _event(row: Event, cancelled: Takedown | None, said: list[str]) -> Data:
    day = timezone.localdate(row.starts_at)
    return {
        "code": row.code,
        "address": api_address("event", row.code),
        "url": page_addresses(row),
        "kind": row.kind,
        "title": in_languages(row, "title"),
        "summary": in_languages(row, "summary"),
        "description": in_languages(row, "description"),
        "venue": in_languages(row, "venue"),
        "starts_at": moment_in_utc(row.starts_at),
        "ends_at": moment_in_utc(row.ends_at),
        "cancelled": words.takedown(cancelled) if row.is_cancelled else None,
        "moves": [
            {
                "moved_at": moment_in_utc(each.moved_at),
                "starts_at": moment_in_utc(each.starts_at),
                "ends_at": moment_in_utc(each.ends_at),
                "venue": in_languages(each, "venue"),
            }
            for each in row.moves.all()
            if each.moved_at <= moment.now()
        ],
        "participants": [words.in_office(each) for each in in_office_on(row.participants.all(), day)],
        "countries": sorted(country.code for country in row.countries.all()),
        "projects": [each.code for each in row.projects.all()],
        "statements": said,
        "accreditation": in_languages(row, "accreditation"),
        "accreditation_until": moment_in_utc(row.accreditation_until),
    }


# --- people, topics, countries -----------------------------------------------------------------------


def person_list(asked: Asked) -> Page:
    """Whom public texts and events name, with the offices in which these show them."""
    page = page_of(asked, public_people().prefetch_related("offices"), [Key("slug")])
    page.items = _people(page.rows)
    return page


def person(asked: Asked) -> Data:
    found = list(public_people().filter(slug=asked.path["slug"]).prefetch_related("offices"))
    if not found:
        raise Problem("not-found", "Nothing public names a person of this slug.")
    return _people(found)[0]


def _people(people: list[Any]) -> list[Data]:
    days = days_of(people)
    return [
        {
            "slug": each.slug,
            "address": api_address("person", each.slug),
            "url": page_addresses(each),
            "name": in_languages(each, "name"),
            "offices": [in_languages(office, "title") for office in offices_held(each, days[each.pk])],
            "statements": f"{api_address('statements')}?speaker={each.slug}",
        }
        for each in people
    ]


def topic_list(asked: Asked) -> Page:
    """What public texts are about."""
    page = page_of(asked, public_topics(), [Key("slug")])
    page.items = [_topic(each) for each in page.rows]
    return page


def topic(asked: Asked) -> Data:
    found = public_topics().filter(slug=asked.path["slug"]).first()
    if found is None:
        raise Problem("not-found", "No public text is about a topic of this slug.")
    return _topic(found)


def _topic(row: Any) -> Data:
    return {
        **words.topic(row),
        "address": api_address("topic", row.slug),
        "url": page_addresses(row),
        "statements": f"{api_address('statements')}?topic={row.slug}",
    }


def _countries() -> Any:
    """Those that public texts, events, agreements and projects name."""
    named: Iterable[Any] = (
        Edition.objects.live().filter(statement__countries=OuterRef("pk")),
        Event.objects.live().filter(countries=OuterRef("pk")),
        Agreement.objects.live().filter(parties=OuterRef("pk")),
        Participation.objects.live().filter(
            Q(country=OuterRef("pk")) | Q(organisation__country=OuterRef("pk"))
        ),
    )
    condition = Q()
    for rows in named:
        condition |= Q(Exists(rows))
    return Country.objects.filter(condition)


def country_list(asked: Asked) -> Page:
    page = page_of(asked, _countries(), [Key("code")])
    page.items = [_country(each) for each in page.rows]
    return page


def country(asked: Asked) -> Data:
    found = _countries().filter(code=asked.path["code"].upper()).first()
    if found is None:
        raise Problem("not-found", "Nothing public names a country of this code.")
    return _country(found)


def _country(row: Country) -> Data:
    return {
        "code": row.code,
        "address": api_address("country", row.code),
        "name": in_languages(row, "name"),
        "statements": f"{api_address('statements')}?country={row.code}",
        "projects": f"{api_address('projects')}?country={row.code}",
        "events": f"{api_address('events')}?country={row.code}",
    }
