"""Everything that public statements said of one project as data, gathered for its page."""

from typing import Any, NamedTuple

from projects.models import Project

from .dates import slip_in_words
from .filters import today
from .models import (
    BudgetLine,
    Commitment,
    Indicator,
    Measurement,
    Milestone,
    MilestoneDate,
    StatusChange,
    Target,
)
from .money import Sum, sums_of
from .promises import Promise, came_of
from .sources import attach_sources


class Counted(NamedTuple):
    indicator: Indicator
    figures: list[Measurement]
    targets: list[Target]


class Stage(NamedTuple):
    milestone: Milestone
    words: list[MilestoneDate]

    @property
    def slip(self) -> str:
        """How far the newest word lies from the first, in words; empty where nothing moved or is to compare.

        Computed from the dates that hold, each taken as the last day of what was said.
        """
        holding = [word for word in self.words if not word.is_withdrawn]
        if len(holding) < 2:
            return ""
        return slip_in_words(holding[0].on, holding[-1].on)


class ProjectLedger(NamedTuple):
    status: StatusChange | None
    statuses: list[StatusChange]
    promises: list[Promise]
    sums: list[Sum]
    withdrawn_sums: list[BudgetLine]
    measurements: list[Measurement]
    targets: list[Target]
    milestone_dates: list[MilestoneDate]

    def counted(self) -> list[Counted]:
        """Each indicator with what was stated of it, oldest first."""
        found: dict[Indicator, Counted] = {}
        for measurement in self.measurements:
            found.setdefault(measurement.indicator, Counted(measurement.indicator, [], [])).figures.append(
                measurement
            )
        for target in self.targets:
            found.setdefault(target.indicator, Counted(target.indicator, [], [])).targets.append(target)
        return list(found.values())

    def stages(self) -> list[Stage]:
        """Each milestone with the dates it was given, oldest word first."""
        found: dict[Milestone, Stage] = {}
        for word in self.milestone_dates:
            found.setdefault(word.milestone, Stage(word.milestone, [])).words.append(word)
        return sorted(found.values(), key=lambda stage: (stage.words[-1].on, stage.milestone.pk))


def ledger_of(project: Project) -> ProjectLedger:
    """Twelve queries, however many facts there are; fewer where a kind of fact is missing."""
    statuses = list(StatusChange.objects.live().about(project).newest_first())
    commitments: Any = Commitment.objects.live().about(project)
    commitments = list(commitments.select_related("country", "organisation"))
    lines: Any = BudgetLine.objects.live().about(project).newest_first()
    lines = list(lines.select_related("country", "organisation"))
    dates: Any = MilestoneDate.objects.live().about(project).order_by("stated_on", "pk")
    dates = list(dates.select_related("milestone"))
    figures: Any = Measurement.objects.live().about(project).order_by("stated_on", "pk")
    figures = list(figures.select_related("indicator"))
    targets: Any = Target.objects.live().about(project).order_by("stated_on", "pk")
    targets = list(targets.select_related("indicator"))
    attach_sources(statuses, commitments, lines, dates, figures, targets)
    return ProjectLedger(
        next((change for change in statuses if not change.is_withdrawn), None),
        statuses,
        came_of(commitments, today()),
        sums_of(line for line in lines if not line.is_withdrawn),
        [line for line in lines if line.is_withdrawn],
        figures,
        targets,
        dates,
    )
