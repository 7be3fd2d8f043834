"""What is public of projects and what public statements said of them, ready to be written in any format."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils import timezone

from articles.models import Edition
from pressoffice.ledger.filters import today
from pressoffice.ledger.models import (
    BudgetLine,
    Commitment,
    Fact,
    Indicator,
    Measurement,
    Milestone,
    MilestoneDate,
    StatusChange,
    Target,
)
from pressoffice.ledger.project_ledger import Counted, Stage
from pressoffice.ledger.promises import State, came_of
from pressoffice.ledger.sources import attach_sources
from pressoffice.publishing.addresses import absolute
from projects.models import Agreement, Participation, Place, Project, ProjectAlias
from projects.querysets import ProjectQuerySet


class Source(NamedTuple):
    reference: str
    urls: dict[str, str]  # address by language, with the place of the fact's words
    is_withdrawn: bool
    corrected: dict[str, str]  # the day of the last correction that readers were told of, by language


class PublicProject(NamedTuple):
    """Lists of facts are ordered by the day they were stated on; milestones and indicators by name."""

    project: Project
    statuses: list[StatusChange]
    milestones: list[Stage]
    indicators: list[Counted]
    commitments: list[Commitment]
    states: dict[int, State | None]  # what came of a promise, by its key; later words have none
    budget_lines: list[BudgetLine]

    @property
    def current_status(self) -> StatusChange | None:
        """The newest that holds. Of one day, the one that the site shows: the last entered."""
        holding = [change for change in self.statuses if not change.is_withdrawn]
        return max(holding, key=lambda change: (change.stated_on, change.pk), default=None)

    def facts(self) -> Iterator[Fact]:
        yield from self.statuses
        for stage in self.milestones:
            yield from stage.words
        for counted in self.indicators:
            yield from counted.figures
            yield from counted.targets
        yield from self.commitments
        yield from self.budget_lines


def gather(projects: ProjectQuerySet) -> list[PublicProject]:
    """`projects`, by code, with every public fact about them and its source; nothing else is asked later.

    Seventeen queries at most, however many projects and facts there are. Of a project that is not public
    there are no facts.
    """
    found = list(
        projects.order_by("code").prefetch_related(
            Prefetch("aliases", ProjectAlias.objects.order_by("language", "text")),
            Prefetch(
                "participations",
                Participation.objects.select_related(
                    "country", "organisation", "organisation__country"
                ).order_by("role", "country", "organisation__name_en", "pk"),
            ),
            Prefetch("places", Place.objects.order_by("pk")),
            Prefetch("agreements", Agreement.objects.live().select_related("amends").order_by("code")),
            "agreements__parties",
        )
    )
    keys = [project.pk for project in found]
    statuses = _facts(StatusChange, keys)
    dates = _facts(MilestoneDate, keys, "milestone")
    figures = _facts(Measurement, keys, "indicator")
    targets = _facts(Target, keys, "indicator")
    commitments = _facts(Commitment, keys, "country", "organisation", "organisation__country", "answers")
    lines = _facts(BudgetLine, keys, "country", "organisation", "organisation__country")
    attach_sources(statuses, dates, figures, targets, commitments, lines)
    of = _by_project
    statuses_of, dates_of, figures_of = of(statuses), of(dates), of(figures)
    targets_of, commitments_of, lines_of = of(targets), of(commitments), of(lines)
    return [
        PublicProject(
            project,
            statuses_of.get(project.pk, []),
            _milestones(dates_of.get(project.pk, [])),
            _indicators(figures_of.get(project.pk, []), targets_of.get(project.pk, [])),
            commitments_of.get(project.pk, []),
            _states(commitments_of.get(project.pk, [])),
            lines_of.get(project.pk, []),
        )
        for project in found
    ]


def source_of(fact: Fact) -> Source:
    """Needs `gather()`; no query."""
    urls, corrected = {}, {}
    texts: Any = fact.source.public_editions
    for edition in texts:
        places = {passage.exact: passage.anchor for passage in edition.passages_with_words}
        anchor = places.get(fact.words, "")
        address = absolute(edition.get_absolute_url())
        urls[edition.language] = f"{address}#{anchor}" if anchor else address
        if edition.revised_at:
            corrected[edition.language] = timezone.localdate(edition.revised_at).isoformat()
    return Source(fact.source.reference, urls, fact.is_withdrawn, corrected)


def texts_that_hold(gathered: PublicProject) -> list[Edition]:
    """Each public text that a fact comes from, those of withdrawn sources and withdrawn texts left out."""
    found: dict[int, Edition] = {}
    for fact in gathered.facts():
        if not fact.is_withdrawn:
            for edition in fact.source.public_editions:
                if not edition.is_withdrawn:
                    found[edition.pk] = edition
    return sorted(found.values(), key=lambda text: (text.statement.reference, text.language))


def _facts(model: Any, projects: list[int], *related: str) -> list[Any]:
    rows = model.objects.live().filter(**{f"{model.PROJECT}__in": projects})
    if related:
        rows = rows.select_related(*related)
    return list(rows.order_by("stated_on", "source__reference", "pk"))


def _by_project(facts: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for fact in facts:
        owner = fact
        for name in fact.PROJECT.split("__")[:-1]:
            owner = getattr(owner, name)
        found.setdefault(owner.project_id, []).append(fact)
    return found


def _milestones(dates: list[MilestoneDate]) -> list[Stage]:
    found: dict[Milestone, Stage] = {}
    for fact in dates:
        found.setdefault(fact.milestone, Stage(fact.milestone, [])).words.append(fact)
    return sorted(found.values(), key=lambda stage: _by_name(stage.milestone))


def _indicators(figures: list[Measurement], targets: list[Target]) -> list[Counted]:
    found: dict[Indicator, Counted] = {}
    for figure in figures:
        found.setdefault(figure.indicator, Counted(figure.indicator, [], [])).figures.append(figure)
    for target in targets:
        found.setdefault(target.indicator, Counted(target.indicator, [], [])).targets.append(target)
    return sorted(found.values(), key=lambda counted: _by_name(counted.indicator))


def _by_name(row: Any) -> tuple[Any, ...]:
    return (row.name_en, getattr(row, "unit", ""), row.pk)


def _states(commitments: list[Commitment]) -> dict[int, State | None]:
    return {
        promise.commitment.pk: promise.state
        for promise in came_of(commitments, today())
        if not promise.commitment.is_later_word
    }
