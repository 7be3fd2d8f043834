"""What items name: projects, topics, events and countries that are there."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from events.models import Event
from pressoffice.directory.models import Country, Topic
from pressoffice.publishing.periods import Standing
from projects.models import Project

from .items import Refused


class Named:
    """By the codes and slugs that the items have for it. Four queries."""

    def __init__(self, items: Collection[Any]) -> None:
        codes = {
            code for item in items for code in getattr(item, "projects", ()) or [getattr(item, "project", "")]
        }
        self._projects = {
            project.code: project
            for project in Project.objects.exclude(standing=Standing.REMOVED).filter(code__in=codes)
        }
        slugs = {slug for item in items for slug in getattr(item, "topics", ())}
        self._topics = {topic.slug: topic for topic in Topic.objects.filter(slug__in=slugs)}
        events = {item.event for item in items if getattr(item, "event", "")}
        self._events = {event.code: event for event in Event.objects.filter(code__in=events)}
        self._countries = {country.code: country for country in Country.objects.all()}

    def project(self, code: str) -> Project | None:
        return self._named(code, self._projects, _("There is no project with the code “%(name)s”."))

    def topic(self, slug: str) -> Topic | None:
        return self._named(slug, self._topics, _("There is no topic “%(name)s”."))

    def event(self, code: str) -> Event | None:
        return self._named(code, self._events, _("There is no event with the code “%(name)s”."))

    def country(self, code: str) -> Country | None:
        return self._named(code, self._countries, _("There is no country “%(name)s”."))

    @staticmethod
    def _named(name: str, known: dict[str, Any], sentence: str) -> Any:
        if not name:
            return None
        if name not in known:
            raise Refused(sentence % {"name": name[:60]})
        return known[name]
