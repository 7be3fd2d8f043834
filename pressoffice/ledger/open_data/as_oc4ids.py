"""Open Contracting for Infrastructure Data Standard 0.9 (https://standard.open-contracting.org/infrastructure/).

The standard has one text for each title: the file is in the active language. Contracts are not in the ledger.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from pressoffice.ledger.filters import today
from pressoffice.ledger.models import BudgetLine, StatusChange
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import active, text_in
from pressoffice.stated.precision import Precision
from projects.models import Participation, Place, Project

from .gather import PublicProject, texts_that_hold
from .settings_missing import missing_settings
from .start_and_end import start_and_end

# The standard knows no suspended project: such a one is given without a status.
STATUSES = {
    StatusChange.Status.PIPELINE: "preparation",
    StatusChange.Status.IMPLEMENTATION: "implementation",
    StatusChange.Status.FINALISATION: "completion",
    StatusChange.Status.CLOSED: "completed",
    StatusChange.Status.CANCELLED: "cancelled",
}
# The codelist is open: where it has no word for ours, ours stands.
SECTORS = {
    Project.Sector.EDUCATION: "education",
    Project.Sector.HEALTH: "health",
    Project.Sector.ENERGY: "energy",
    Project.Sector.DIGITAL: "communications",
    Project.Sector.WATER: "waterAndWaste",
    Project.Sector.CULTURE: "cultureSportsAndRecreation",
    Project.Sector.TOURISM: "cultureSportsAndRecreation",
    Project.Sector.TRANSPORT: "transport",
}
ROLES = {Participation.Role.FUNDING: "funder"}
# In use, but not in the standard's closed list: a sum in them is left out.
CURRENCIES_WITHOUT_A_CODE = {"SLE", "VED", "VES", "XCG", "ZWG"}


def as_oc4ids(projects: Iterable[PublicProject], address: str) -> bytes | None:
    """A project package; None where there is no project to put in. `address`: of the file, absolute."""
    found = [_project(each) for each in projects if not missing_for_oc4ids(each)]
    if not found:
        return None
    package = {
        "uri": address,
        "version": "0.9",
        # The day that the answer speaks of: an hour would make every answer a new one.
        "publishedDate": datetime.combine(today(), time.min, timezone.get_current_timezone()).isoformat(),
        "publisher": {"name": settings.PRESSOFFICE_PUBLISHER_NAME},
        "projects": found,
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def missing_for_oc4ids(gathered: PublicProject) -> list[str]:
    """What keeps the record from being valid, as sentences for the editor; empty: nothing."""
    sentences = missing_settings("PRESSOFFICE_OC4IDS_PREFIX", "PRESSOFFICE_PUBLISHER_NAME")
    if not gathered.project.is_live():
        sentences.append(_("The project is not public."))
    return sentences


def _project(gathered: PublicProject) -> dict[str, Any]:
    project = gathered.project
    status = gathered.current_status
    record = {
        "id": f"{settings.PRESSOFFICE_OC4IDS_PREFIX}-{project.code}",
        "title": project.name,
        "description": text_in(project, "summary").text,
        "status": STATUSES.get(StatusChange.Status(status.status)) if status else None,
        "period": _period(gathered),
        "sector": [SECTORS.get(Project.Sector(project.sector), project.sector)],
        "locations": [_location(number, place) for number, place in enumerate(project.places.all(), 1)],
        "budget": _budget(gathered),
        "parties": _parties(project),
        "documents": _documents(gathered),
        "completion": _completion(gathered),
    }
    return {key: value for key, value in record.items() if value}


def _period(gathered: PublicProject) -> dict[str, str]:
    """A start only where the day is known; the planned end is the last day of what was said."""
    start, end = start_and_end(gathered)
    planned = start.planned if start.planned and start.planned.precision == Precision.DAY else None
    begin = start.actual or planned
    dates = {}
    if begin:
        dates["startDate"] = _moment(begin.on)
    if end.planned:
        dates["endDate"] = _moment(end.planned.on)
    return dates


def _completion(gathered: PublicProject) -> dict[str, str]:
    actual = start_and_end(gathered).end.actual
    return {"endDate": _moment(actual.on)} if actual else {}


def _location(number: int, place: Place) -> dict[str, Any]:
    shape = "Point" if place.kind == Place.Kind.POINT else "LineString"
    name = text_in(place, "name").text
    return {
        "id": str(number),
        **({"description": name} if name else {}),
        "geometry": {"type": shape, "coordinates": place.geometry},
    }


def _budget(gathered: PublicProject) -> dict[str, Any]:
    """The newest estimate of the whole project's cost; nothing where statements of one day give several."""
    estimates = [
        line
        for line in gathered.budget_lines
        if line.kind == BudgetLine.Kind.ESTIMATE and line.whose is None and not line.is_withdrawn
    ]
    newest = [line for line in estimates if line.stated_on == estimates[-1].stated_on]
    if len(newest) != 1 or newest[0].currency in CURRENCIES_WITHOUT_A_CODE:
        return {}
    return {"amount": {"amount": _number(newest[0].amount), "currency": newest[0].currency}}


def _parties(project: Project) -> list[dict[str, Any]]:
    """Each country and organisation once, with all its roles."""
    found: dict[str, dict[str, Any]] = {}
    for row in project.participations.all():
        party: dict[str, Any] = {"id": f"country-{row.country_id}", "name": str(row)}
        of = row.country
        if row.organisation:
            party["id"] = f"organisation-{row.organisation_id}"
            of = row.organisation.country
        if of:
            party["address"] = {"countryName": of.name}
        roles = found.setdefault(party["id"], {**party, "roles": []})["roles"]
        roles.append(ROLES.get(Participation.Role(row.role), row.role))
    return list(found.values())


def _documents(gathered: PublicProject) -> list[dict[str, Any]]:
    """The project's own page, and the statements that its facts come from."""
    project = gathered.project
    page = {
        "id": project.code,
        "title": project.name,
        "url": absolute(project.get_absolute_url()),
        "format": "text/html",
        "language": active(),
    }
    texts: list[dict[str, Any]] = [
        {
            "id": f"{text.statement.reference}-{text.language}",
            "title": text.title,
            "url": absolute(text.get_absolute_url()),
            **({"datePublished": text.public_since.isoformat()} if text.public_since else {}),
            "format": "text/html",
            "language": text.language,
        }
        for text in texts_that_hold(gathered)
    ]
    return [page, *texts]


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
