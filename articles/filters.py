from collections import Counter
from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Case, Count, When
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pressoffice.directory.models import Country, Person, Topic
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import active
from pressoffice.publishing.periods import live
from projects.models import Project

from .models import Edition, Statement
from .querysets import EditionQuerySet


def _live_here() -> EditionQuerySet:
    return Edition.objects.live().in_language(active())


def _named(rows: Any, of_statement: str, key: str) -> list[tuple[str, str]]:
    """Those of `rows` that some public text in this language has, by name. One query.

    All texts' rows are gathered: a look for each row would go through every text where it finds none.
    """
    named = _live_here().order_by().values(f"statement__{of_statement}")
    return list(rows.filter(pk__in=named).by_name().values_list(key, f"name_{active()}"))


def kind_choices() -> list[tuple[str, Any]]:
    """The kinds of which there is a public text in this language. One query."""
    there = set(_live_here().order_by().values_list("statement__kind", flat=True).distinct())
    return [(kind, label) for kind, label in Statement.Kind.choices if kind in there]


def topic_choices() -> list[tuple[str, str]]:
    return _named(Topic.objects.all(), "topics", "slug")


def country_choices() -> list[tuple[str, str]]:
    return _named(Country.objects.all(), "countries", "code")


def speaker_choices() -> list[tuple[str, str]]:
    return _named(Person.objects.all(), "speakers", "slug")


def project_choices() -> list[tuple[str, str]]:
    spoken_of = _live_here().order_by().filter(live(through="passages__project")).values("passages__project")
    return list(Project.objects.filter(pk__in=spoken_of).by_name().values_list("code", f"name_{active()}"))


def year_choices() -> list[tuple[str, str]]:
    """One query; two where a public text names no day."""
    days = set(_live_here().order_by().values_list("statement__delivered_on", flat=True).distinct())
    years = {day.year for day in days if day}
    if None in days:
        without = _live_here().filter(statement__delivered_on__isnull=True)
        years |= {begin.year for begin in without.order_by().datetimes("public_since", "year")}
    return [(str(year), str(year)) for year in sorted(years, reverse=True)]


def year_over(query: Mapping[str, str]) -> str:
    """The year that `query` narrows the list down to, where nothing new comes in it; else empty.

    By the clock: a page as of a day in that year brings nothing new either.
    """
    year = query.get("year", "")
    return year if year.isdecimal() and int(year) < timezone.localdate().year else ""


class EditionFilter(PublicFilterSet):
    """The public list's filters; each offers only what some public text in this language has."""

    INDEXED = frozenset({"kind", "topic", "project", "year"})

    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        field_name="statement__kind",
        choices=Statement.Kind.choices,
        empty_label=_("All kinds"),
    )
    form = django_filters.ChoiceFilter(
        label=_("Form"),
        field_name="statement__form",
        choices=Statement.Form.choices,
        empty_label=_("All forms"),
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
    speaker = django_filters.ChoiceFilter(
        label=_("Speaker"),
        field_name="statement__speakers__slug",
        choices=speaker_choices,
        empty_label=_("All speakers"),
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
    sort = django_filters.ChoiceFilter(
        label=_("Order"),
        choices=[("oldest", _("Oldest first")), ("delivered", _("By the day of delivery"))],
        method="in_order",
        empty_label=_("Newest first"),
    )

    class Meta:
        model = Edition
        fields: list[str] = []

    def about_project(self, editions: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return editions.about(Project.objects.live().filter(code=value))

    def in_year(self, editions: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return editions.of_year(int(value))

    def in_order(self, editions: EditionQuerySet, name: str, value: str) -> EditionQuerySet:
        return editions.oldest_first() if value == "oldest" else editions.last_delivered_first()

    def count_project(self, rows: EditionQuerySet) -> dict[str, int]:
        spoken_of = rows.select_related(None).prefetch_related(None).filter(live(through="passages__project"))
        counts = spoken_of.values("passages__project__code").annotate(count=Count("pk", distinct=True))
        return dict(counts.values_list("passages__project__code", "count"))

    def count_year(self, rows: EditionQuerySet) -> dict[str, int]:
        """Days are grouped in the database, years here: SQLite takes a year out of a day very slowly."""
        without = Case(When(statement__delivered_on__isnull=True, then=ExtractYear("public_since")))
        plain = rows.select_related(None).prefetch_related(None)
        counts: Counter[str] = Counter()
        for day, year, count in plain.values_list("statement__delivered_on", without).annotate(
            count=Count("pk")
        ):
            counts[str(day.year if day else year)] += count
        return counts
