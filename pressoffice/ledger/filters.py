from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pressoffice.directory.models import Country
from pressoffice.publishing import moment
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import active
from projects.models import Participation, Project
from projects.querysets import ProjectQuerySet

from .models import FACTS, Commitment
from .promises import Promise, State, came_of, is_due_this_quarter

STALE_AFTER = timedelta(days=365)


def partner_choices() -> list[tuple[str, str]]:
    """Countries that take part in public projects, themselves or by an organisation of theirs. One query."""
    taking_part = Participation.objects.live()
    countries = Country.objects.filter(pk__in=taking_part.values("country")) | Country.objects.filter(
        pk__in=taking_part.values("organisation__country")
    )
    return list(countries.by_name().values_list("code", f"name_{active()}"))


def _partners(projects: Any) -> set[tuple[int, str]]:
    """Each of `projects` with each country that takes part in it. One query."""
    rows = Participation.objects.filter(project__in=projects).order_by()
    ties = rows.values_list("project_id", "country", "organisation__country")
    return {(pk, code) for pk, *codes in ties for code in codes if code}


def today() -> Any:
    """The day of the request's moment, in Bishkek."""
    return timezone.localdate(moment.now())


def public_promises() -> list[Promise]:
    """Every public promise with what came of it. One query; nothing that a page shows is loaded with them."""
    rows = Commitment.objects.live().only(
        "project_id", "source_id", "stated_on", "due_on", "due_precision", "answers_id", "relation"
    )
    return came_of(rows, today())


def stale_projects(projects: ProjectQuerySet) -> ProjectQuerySet:
    """Those that are not at their end and of which nothing new was said for a year."""
    since = today() - STALE_AFTER
    news = Q()
    for model in FACTS:
        told: Any = model.objects.in_force().filter(  # type: ignore[attr-defined]
            **{model.PROJECT: OuterRef("pk")}, stated_on__gte=since
        )
        news |= Q(Exists(told))
    # One that is new here is news itself.
    begun = timezone.make_aware(datetime.combine(since, time.min))
    return projects.filter(live_from__lt=begun).exclude(news).not_ended()


class ProjectFilter(PublicFilterSet):
    INDEXED = frozenset({"sector", "status"})

    sector = django_filters.ChoiceFilter(
        label=_("Sector"), choices=Project.Sector.choices, empty_label=_("All sectors")
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=partner_choices, method="of_partner", empty_label=_("All countries")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=Project.status_choices, method="in_status", empty_label=_("Any status")
    )
    promises = django_filters.ChoiceFilter(
        label=_("Promises"),
        choices=[
            ("soon", _("due within 90 days")),
            ("overdue", _("past their date")),
            ("stale", _("nothing new for a year")),
        ],
        method="with_promises",
        empty_label=_("Any"),
    )

    class Meta:
        model = Project
        fields: list[str] = []

    def of_partner(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        return projects.with_partner(value)

    @cached_property
    def every_promise(self) -> list[Promise]:
        return public_promises()

    def count_country(self, rows: ProjectQuerySet) -> Counter[str]:
        return Counter(code for _pk, code in _partners(rows.values("pk")))

    def count_status(self, rows: ProjectQuerySet) -> Any:
        return rows.counted_by_status()

    def count_promises(self, rows: ProjectQuerySet) -> dict[str, int]:
        """Three queries: what came of promises is known in Python only."""
        having: dict[Any, set[int]] = defaultdict(set)
        for promise in self.every_promise:
            having[promise.state].add(promise.commitment.project_id)
        left = set(rows.values_list("pk", flat=True))
        due = {str(state): len(having[state] & left) for state in (State.SOON, State.OVERDUE)}
        return {**due, "stale": stale_projects(rows).count()}

    def in_status(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        return projects.in_status(value)

    def with_promises(self, projects: ProjectQuerySet, name: str, value: str) -> ProjectQuerySet:
        if value == "stale":
            return stale_projects(projects)
        having = {promise.commitment.project_id for promise in self.every_promise if promise.state == value}
        return projects.filter(pk__in=having)


def promised_project_choices() -> list[tuple[str, str]]:
    promised = Commitment.objects.live().filter(project=OuterRef("pk"))
    return list(Project.objects.filter(Exists(promised)).by_name().values_list("code", f"name_{active()}"))


class CommitmentFilter(PublicFilterSet):
    """Which of the public promises a list, a feed or a calendar shows."""

    INDEXED = frozenset({"state", "project"})

    state = django_filters.ChoiceFilter(
        label=_("What came of it"),
        choices=[("quarter", _("due this quarter")), *State.choices],
        method="left_to_promises",
        empty_label=_("Any"),
    )
    project = django_filters.ChoiceFilter(
        label=_("Joint project"),
        field_name="project__code",
        choices=promised_project_choices,
        empty_label=_("All projects"),
    )
    country = django_filters.ChoiceFilter(
        label=_("Country"), choices=partner_choices, method="of_partner", empty_label=_("All countries")
    )

    class Meta:
        model = Commitment
        fields: list[str] = []

    def left_to_promises(self, commitments: Any, name: str, value: str) -> Any:
        """What came of a promise is known when all words on it are: `promises` does it."""
        return commitments

    def of_partner(self, commitments: Any, name: str, value: str) -> Any:
        return commitments.filter(project__in=Project.objects.with_partner(value))

    def promises(self) -> list[Promise]:
        """One query more than the choices."""
        return self._in_state(came_of(self.qs, today()))

    def known_promises(self) -> list[Promise]:
        """The same for what is followed, not looked at: none where a value is not known."""
        return [] if self.unknown() else self.promises()

    def count_state(self, rows: Any) -> Counter[str]:
        found = came_of(rows, today())
        counts = Counter(str(promise.state) for promise in found if promise.state)
        counts["quarter"] = sum(is_due_this_quarter(promise, today()) for promise in found)
        return counts

    def count_project(self, rows: Any) -> Counter[str]:
        return Counter(promise.commitment.project.code for promise in self._in_state(came_of(rows, today())))

    def count_country(self, rows: Any) -> Counter[str]:
        """Two queries."""
        promised = Counter(
            promise.commitment.project_id for promise in self._in_state(came_of(rows, today()))
        )
        counts: Counter[str] = Counter()
        for pk, code in _partners(list(promised)):
            counts[code] += promised[pk]
        return counts

    def _in_state(self, found: list[Promise]) -> list[Promise]:
        match self._cleaned().get("state"):
            case None | "":
                return found
            case "quarter":
                return [promise for promise in found if is_due_this_quarter(promise, today())]
            case state:
                return [promise for promise in found if promise.state == state]
