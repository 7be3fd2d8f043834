from typing import Any

import django_filters
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from pressoffice.directory.models import Country, Topic
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import active
from projects.models import Project

from .models import Edition, Passage, Statement
from .querysets import EditionQuerySet


def _live_here() -> EditionQuerySet:
    return Edition.objects.live().in_language(active())


def _named(rows: Any, of_statement: str, key: str) -> list[tuple[str, str]]:
    """Those of `rows` that some public text in this language has, by name. One query.

    A look for each row that ends at the first text found: far cheaper than to gather all texts' rows.
    """
    links = getattr(Statement, of_statement).through.objects
    link_to_row = {f"{rows.model._meta.model_name}": OuterRef("pk")}
    found = links.filter(**link_to_row, statement__editions__in=_live_here())
    return list(rows.filter(Exists(found)).by_name().values_list(key, f"name_{active()}"))


def topic_choices() -> list[tuple[str, str]]:
    return _named(Topic.objects.all(), "topics", "slug")


def country_choices() -> list[tuple[str, str]]:
    return _named(Country.objects.all(), "countries", "code")


def project_choices() -> list[tuple[str, str]]:
    passages = Passage.objects.live().in_language(active()).filter(project=OuterRef("pk"))
    return list(Project.objects.filter(Exists(passages)).by_name().values_list("code", f"name_{active()}"))


def year_choices() -> list[tuple[str, str]]:
    """One query; two where a public text names no day."""
    days = set(_live_here().order_by().values_list("statement__delivered_on", flat=True).distinct())
    years = {day.year for day in days if day}
    if None in days:
        without = _live_here().filter(statement__delivered_on__isnull=True)
        years |= {begin.year for begin in without.order_by().datetimes("public_since", "year")}
    return [(str(year), str(year)) for year in sorted(years, reverse=True)]


class EditionFilter(PublicFilterSet):
    """The public list's filters; each offers only what some public text in this language has."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        field_name="statement__kind",
        choices=Statement.Kind.choices,
        empty_label=_("All kinds"),
    )
    topic = django_filters.ChoiceFilter(
        label=_("Topic"),
        field_name="statement__topics__slug",
        choices=topic_choices,
        empty_label=_("All topics"),
    )
    project = django_filters.ChoiceFilter(
        label=_("Joint project"),
        choices=project_choices,
        method="about_project",
        empty_label=_("All projects"),
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"),
        field_name="statement__countries",
        choices=country_choices,
        empty_label=_("All countries"),
    )
    year = django_filters.ChoiceFilter(
        label=_("Year"), choices=year_choices, method="in_year", empty_label=_("All years")
    )

    class Meta:
        model = Edition
        fields: list[str] = []

    def about_project(self, editions: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return editions.about(Project.objects.live().get(code=value))

    def in_year(self, editions: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return editions.of_year(int(value))
