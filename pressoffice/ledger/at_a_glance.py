"""What the front page tells of all projects: promises whose day is near, the newest figure of each."""

from typing import NamedTuple

from pressoffice.publishing.languages import Text
from projects.models import Project

from .filters import public_promises, today
from .models import Commitment, Measurement, Target
from .promises import Promise, State


class DuePromise(NamedTuple):
    promise: Promise
    project: Project
    words: Text


class Glance(NamedTuple):
    open: int
    overdue: int
    next_due: list[DuePromise]


class NewestFigure(NamedTuple):
    name: str
    in_words: str
    is_target: bool
    due_in_words: str


def promises_at_a_glance(most: int) -> Glance:
    """How many promises are open and past their date, and the `most` next due. Two queries."""
    promises = public_promises()
    waiting = [promise for promise in promises if promise.state in {State.OPEN, State.SOON}]
    ahead = [promise for promise in waiting if promise.due_on and promise.due_on >= today()][:most]
    rows = Commitment.objects.select_related("project").in_bulk([each.commitment.pk for each in ahead])
    return Glance(
        len(waiting),
        sum(promise.state == State.OVERDUE for promise in promises),
        [
            DuePromise(promise, row.project, row.said)
            for promise in ahead
            if (row := rows.get(promise.commitment.pk))
        ],
    )


def newest_figures(projects: list[Project]) -> dict[int, NewestFigure]:
    """The figure stated last of each project, by its id; of one day a figure rather than a target.

    Two queries.
    """
    newest: dict[int, tuple] = {}
    for model in (Target, Measurement):
        rows = model.objects.in_force().filter(indicator__project__in=projects).select_related("indicator")
        for fact in rows.order_by("stated_on", "pk"):
            project = fact.indicator.project_id
            if project not in newest or newest[project][0] <= fact.stated_on:
                due = fact.due_in_words if isinstance(fact, Target) and fact.due_on else ""
                figure = NewestFigure(fact.indicator.name, fact.in_words, isinstance(fact, Target), due)
                newest[project] = (fact.stated_on, figure)
    return {project: figure for project, (_day, figure) in newest.items()}
