from typing import Any

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from pressoffice.directory.models import Country
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import active
from projects.models import Project

from .models import Event


def kind_choices() -> list[tuple[str, Any]]:
    there = set(Event.objects.live().order_by().values_list("kind", flat=True).distinct())
    return [(kind, label) for kind, label in Event.Kind.choices if kind in there]


def country_choices() -> list[tuple[str, str]]:
    public = Event.objects.live().filter(countries=OuterRef("pk"))
    return list(Country.objects.filter(Exists(public)).by_name().values_list("code", f"name_{active()}"))


def project_choices() -> list[tuple[str, str]]:
    public = Event.objects.live().filter(projects=OuterRef("pk"))
    projects = Project.objects.live().filter(Exists(public))
    return list(projects.by_name().values_list("code", f"name_{active()}"))


class EventFilter(PublicFilterSet):
    """What the list, the months and the calendar narrow events down by. Three queries for the choices."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices, empty_label=_("All kinds"))
    country = django_filters.ChoiceFilter(
        label=_("Country"), field_name="countries", choices=country_choices, empty_label=_("All countries")
    )
    project = django_filters.ChoiceFilter(
        label=_("Joint project"),
        field_name="projects__code",
        choices=project_choices,
        empty_label=_("All projects"),
    )

    INDEXED = frozenset({"kind", "country", "project"})

    class Meta:
        model = Event
        fields: list[str] = []
