"""The full record as JSON. The format is described in docs/open-data.md; whoever changes it changes both."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from translated_fields import to_attribute

from pressoffice.directory.models import Country, Organisation
from pressoffice.ledger.filters import today
from pressoffice.ledger.models import Commitment, Fact
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.pages import in_every_language
from projects.models import Agreement, Place

from .gather import PublicProject, source_of

FORMAT = "pressoffice-projects"
VERSION = 1


def as_json(projects: Iterable[PublicProject]) -> bytes:
    """The same bytes for the same state of the ledger, in whatever language the site is read."""
    record = {
        "format": FORMAT,
        "version": VERSION,
        "publisher": settings.PRESSOFFICE_PUBLISHER_NAME or None,
        "as_of": today().isoformat(),
        "projects": [project_record(each) for each in projects],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def decimal(value: Decimal) -> str:
    """Every digit that counts, no exponent: 280, 12.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_languages(row: models.Model, name: str) -> dict[str, str]:
    """The texts of a translated column by language, those that are there."""
    texts = {code: getattr(row, to_attribute(name, code)) for code in CODES}
    return {code: text for code, text in texts.items() if text}


def project_record(gathered: PublicProject) -> dict[str, Any]:
    project = gathered.project
    pages = in_every_language(project.get_absolute_url)
    return {
        "code": project.code,
        "url": {code: absolute(path) for code, path in pages.items()},
        "name": in_languages(project, "name"),
        "summary": in_languages(project, "summary"),
        "description": in_languages(project, "description"),
        "sector": project.sector,
        "aliases": [{"language": alias.language, "text": alias.text} for alias in project.aliases.all()],
        "participations": [
            {"role": row.role, **_who(row.country, row.organisation)} for row in project.participations.all()
        ],
        "places": [_place(place) for place in project.places.all()],
        "agreements": [agreement_record(agreement) for agreement in project.agreements.all()],
        "facts": _facts(gathered),
    }


def _place(place: Place) -> dict[str, Any]:
    shape = "Point" if place.kind == Place.Kind.POINT else "LineString"
    return {
        "name": in_languages(place, "name"),
        "kind": place.kind,
        "geometry": {"type": shape, "coordinates": place.geometry},
    }


def agreement_record(agreement: Agreement) -> dict[str, Any]:
    return {
        "code": agreement.code,
        "title": in_languages(agreement, "title"),
        "kind": agreement.kind,
        "signed_on": _day(agreement.signed_on),
        "in_force_on": _day(agreement.in_force_on),
        "parties": sorted(country.code for country in agreement.parties.all()),
        "amends": agreement.amended.code if agreement.amended else None,
    }


def _facts(gathered: PublicProject) -> dict[str, Any]:
    public = {commitment.pk for commitment in gathered.commitments}
    return {
        "statuses": [{"status": fact.status, **_said(fact)} for fact in gathered.statuses],
        "milestones": [
            {
                "name": in_languages(stage.milestone, "name"),
                "dates": [
                    {
                        "kind": fact.kind,
                        "on": _day(fact.on),
                        "precision": fact.precision,
                        **_said(fact),
                    }
                    for fact in stage.words
                ],
            }
            for stage in gathered.milestones
        ],
        "indicators": [
            {
                "name": in_languages(counted.indicator, "name"),
                "unit": counted.indicator.unit,
                "measurements": [{**_figure(fact), **_said(fact)} for fact in counted.figures],
                "targets": [{**_figure(fact), **_due(fact), **_said(fact)} for fact in counted.targets],
            }
            for counted in gathered.indicators
        ],
        "commitments": [_commitment(fact, gathered, public) for fact in gathered.commitments],
        "budget_lines": [
            {
                "kind": fact.kind,
                "amount": decimal(fact.amount),
                "currency": fact.currency,
                **_who(fact.country, fact.organisation),
                **_said(fact),
            }
            for fact in gathered.budget_lines
        ],
    }


def _commitment(fact: Commitment, gathered: PublicProject, public: set[int]) -> dict[str, Any]:
    earlier = fact.answers if fact.answers_id in public else None
    state = gathered.states.get(fact.pk)
    return {
        "id": str(fact.uuid),
        "text": in_languages(fact, "text"),
        "given_by": _who(fact.country, fact.organisation),
        **_due(fact),
        "answers": str(earlier.uuid) if earlier else None,
        "relation": fact.relation or None,
        "state": state.value if state else None,
        **_said(fact),
    }


def _said(fact: Fact) -> dict[str, Any]:
    source = source_of(fact)
    return {
        "stated_on": _day(fact.stated_on),
        "words": fact.words,
        "source": {
            "reference": source.reference,
            "url": {code: source.urls[code] for code in CODES if code in source.urls},
            "withdrawn": source.is_withdrawn,
            "corrected": {code: source.corrected[code] for code in CODES if code in source.corrected},
        },
    }


def _figure(fact: Any) -> dict[str, Any]:
    return {
        "value": decimal(fact.value),
        "value_to": None if fact.value_to is None else decimal(fact.value_to),
    }


def _due(fact: Any) -> dict[str, Any]:
    return {
        "due_on": _day(fact.due_on),
        "due_precision": fact.due_precision if fact.due_on else None,
    }


def _who(country: Country | None, organisation: Organisation | None) -> dict[str, Any]:
    return {
        "country": country.code if country else None,
        "organisation": _organisation(organisation) if organisation else None,
    }


def _organisation(organisation: Organisation) -> dict[str, Any]:
    return {
        "name": in_languages(organisation, "name"),
        "abbreviation": in_languages(organisation, "abbreviation"),
        "country": organisation.country_id,
        "url": organisation.url or None,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
