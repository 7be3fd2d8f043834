"""What texts in one language may name, read from the database."""

from typing import NamedTuple

from django.utils import timezone

from events.models import Event
from pressoffice.directory.models import Office, Person
from pressoffice.publishing.periods import Standing
from projects.models import Project
from projects.recognition import KnownProject, known_names

from .events import KnownEvent
from .people import KnownPerson

# Kyrgyz texts write a name as Russian ones do, and the other way round.
_WRITTEN_IN = {"ky": ("ky", "ru"), "ru": ("ru", "ky"), "en": ("en",)}


class Known(NamedTuple):
    projects: list[KnownProject] = []
    people: list[KnownPerson] = []
    events: list[KnownEvent] = []


def known_in(language: str) -> Known:
    """Five queries. Nothing that was removed from the site is offered."""
    projects = known_names(Project.objects.exclude(standing=Standing.REMOVED), language)
    return Known(projects, _people(language), _events(language))


def _people(language: str) -> list[KnownPerson]:
    written = [f"name_{code}" for code in _WRITTEN_IN[language]]
    offices: dict[int, list[str]] = {}
    for person, title in Office.objects.values_list("person", f"title_{language}"):
        offices.setdefault(person, []).append(title)
    return [
        KnownPerson(
            slug,
            tuple(dict.fromkeys(filter(None, names))),
            label=next(filter(None, names), slug),
            offices=tuple(filter(None, offices.get(pk, ()))),
        )
        for pk, slug, *names in Person.objects.order_by("slug").values_list("pk", "slug", *written)
    ]


def _events(language: str) -> list[KnownEvent]:
    rows = Event.objects.exclude(standing=Standing.REMOVED).order_by("starts_at", "pk")
    return [
        KnownEvent(
            event.code,
            event.kind,
            tuple(filter(None, [getattr(event, f"title_{language}")])),
            tuple(filter(None, [getattr(event, f"venue_{language}")])),
            timezone.localdate(event.starts_at),
            event.last_day,
            label=getattr(event, f"title_{language}") or str(event),
        )
        for event in rows.only(
            "code", "kind", "starts_at", "ends_at", *(f"{n}_{language}" for n in ("title", "venue"))
        )
    ]
