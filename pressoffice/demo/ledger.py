"""Brings what the demo statements say of the projects into the ledger."""

from typing import Any

from django.utils import timezone

from articles.models import Passage, Statement
from pressoffice.ledger.models import (
    Commitment,
    Fact,
    Indicator,
    Measurement,
    Milestone,
    MilestoneDate,
    Target,
)
from projects.models import Place, Project

from .content import Table, read, translations


class Ledger:
    """For a site whose ledger is not begun."""

    def __init__(self, statements: dict[str, Statement], projects: dict[str, Project]) -> None:
        self.statements = statements
        self.projects = projects
        self.content = read("ledger")
        self.named: dict[str, Any] = {}

    @staticmethod
    def is_begun() -> bool:
        return Commitment.objects.exists()

    def everything(self) -> int:
        """How many rows were added."""
        for one in self.content["place"]:
            place = Place(
                project=self.projects[one["project"]],
                geometry=one["geometry"],
                **translations("name", one["name"]),
            )
            place.full_clean()
            place.save()
        for one in self.content["indicator"]:
            self._name(one, Indicator(unit=one["unit"]))
        for one in self.content["milestone"]:
            self._name(one, Milestone())
        for one in self.content["measurement"]:
            self._figure(Measurement, one)
        for one in self.content["target"]:
            due = {name: one[name] for name in ("due_on", "due_precision") if name in one}
            self._figure(Target, one, **due)
        for one in self.content["date"]:
            milestone = self.named[one["milestone"]]
            dated = {name: one[name] for name in ("kind", "on", "precision") if name in one}
            self._state(MilestoneDate(milestone=milestone, **dated), one, milestone.project)
        for one in self.content["commitment"]:
            self._commitment(one)
        kinds = ("place", "indicator", "milestone", "measurement", "target", "date", "commitment")
        return sum(len(self.content[kind]) for kind in kinds)

    def _name(self, one: Table, row: Any) -> None:
        row.project = self.projects[one["project"]]
        for column, text in translations("name", one["name"]).items():
            setattr(row, column, text)
        row.full_clean()
        row.save()
        self.named[one["key"]] = row

    def _figure(self, model: Any, one: Table, **more: Any) -> None:
        indicator = self.named[one["indicator"]]
        row = model(indicator=indicator, value=str(one["value"]), **more)
        row.value_to = str(one["value_to"]) if "value_to" in one else None
        self._state(row, one, indicator.project)

    def _commitment(self, one: Table) -> None:
        project = self.projects[one["project"]]
        row = Commitment(
            project=project,
            country_id=one.get("country"),
            answers=self.named[one["answers"]] if "answers" in one else None,
            relation=one.get("relation", ""),
            **{name: one[name] for name in ("due_on", "due_precision") if name in one},
            **translations("text", one["text"]),
        )
        self._state(row, one, project)
        self.named[one["key"]] = row

    def _state(self, fact: Fact, one: Table, project: Project) -> None:
        statement = self.statements[one["statement"]]
        fact.source = statement
        fact.stated_on = statement.delivered_on or timezone.localdate(statement.created_at)
        if "passage" in one:
            fact.words = _words(statement, project, one["passage"])
        fact.full_clean()
        fact.save()


def _words(statement: Statement, project: Project, relation: str) -> str:
    """Of the first such passage of the newest original text."""
    passages = Passage.objects.filter(
        edition__statement=statement,
        edition__language=statement.original_language,
        project=project,
        relation=relation,
    )
    return passages.order_by("-edition_id", "position")[:1].get().exact
