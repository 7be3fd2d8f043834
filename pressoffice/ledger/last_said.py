"""What was last said of projects in public, for whoever writes of them again."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from articles.models import Passage
from pressoffice.directory.models import InOffice
from projects.models import Project

from .models import BudgetLine, Measurement, MilestoneDate, StatusChange, Target
from .sources import attach_sources

NEWEST = 3
# Of each project so many are looked at: one statement has its words in three languages.
_LOOKED_AT = 24


@dataclass
class Quote:
    passage: Any

    @property
    def edition(self) -> Any:
        return self.passage.edition

    @property
    def address(self) -> str:
        return f"{self.edition.get_absolute_url()}#{self.passage.anchor}"

    @property
    def day(self) -> Any:
        return self.edition.statement.delivered_on or self.edition.public_since

    def speakers(self) -> list[InOffice]:
        return self.edition.speakers_in_office()


@dataclass
class LastSaid:
    project: Project
    quotes: list[Quote] = field(default_factory=list)
    status: Any = None
    figures: list[Any] = field(default_factory=list)
    targets: list[Any] = field(default_factory=list)
    sums: list[Any] = field(default_factory=list)
    dates: list[Any] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.quotes or self.status or self.figures or self.targets or self.sums or self.dates)


Facts = dict[int, dict[type, list[Any]]]


def newest_facts(projects: list[Project]) -> Facts:
    """Of each project (by id) and kind the newest fact in force of each thing counted, dated or paid.

    With its source, its words' place and its speakers. At most eleven queries.
    """
    if not projects:
        return {}
    newest: dict[int, dict[type, dict[Any, Any]]] = defaultdict(lambda: defaultdict(dict))
    kinds: list[tuple[Any, str, Any]] = [
        (StatusChange, "project", lambda fact: None),
        (Measurement, "indicator__project", lambda fact: fact.indicator_id),
        (Target, "indicator__project", lambda fact: fact.indicator_id),
        (BudgetLine, "project", lambda fact: (fact.kind, fact.currency)),
        (MilestoneDate, "milestone__project", lambda fact: fact.milestone_id),
    ]
    for model, path, thing in kinds:
        first, _dunder, rest = path.partition("__")
        rows = model.objects.in_force().filter(**{f"{path}__in": projects})
        for fact in rows.select_related(first, "source").order_by("stated_on", "pk"):
            project = getattr(fact, first).project_id if rest else fact.project_id
            newest[project][model][thing(fact)] = fact
    found = {
        project: {model: list(facts.values()) for model, facts in by_kind.items()}
        for project, by_kind in newest.items()
    }
    attach_sources(*(facts for by_kind in found.values() for facts in by_kind.values()))
    return found


def last_said_of(projects: list[Project], facts: Facts, language: str) -> dict[str, LastSaid]:
    """By the project's code. A fixed number of queries."""
    said = {project.pk: LastSaid(project) for project in projects}
    if not projects:
        return {}
    for project, stated in facts.items():
        mine = said[project]
        mine.status = next(iter(stated.get(StatusChange, [])), None)
        mine.figures, mine.targets = stated.get(Measurement, []), stated.get(Target, [])
        mine.sums, mine.dates = stated.get(BudgetLine, []), stated.get(MilestoneDate, [])
    passages = (
        Passage.objects.live()
        .filter(project__in=projects)
        .exclude(exact="")
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by="project",
                order_by=[F("edition__public_since").desc(), F("pk").desc()],
            )
        )
    )
    newest = Passage.objects.filter(
        pk__in=[row.pk for row in passages.filter(rank__lte=_LOOKED_AT).only("pk")]
    )
    rows = (
        newest.select_related("edition__statement")
        .defer("edition__body", "edition__notes_to_editors")
        .prefetch_related("edition__statement__speakers__offices")
        .newest_first()
    )
    # The text's own language first, so that of one statement its words are quoted in that.
    ordered = sorted(rows, key=lambda row: row.edition.language != language)
    told: dict[int, dict[Any, Quote]] = defaultdict(dict)
    for row in ordered:
        told[row.project_id].setdefault(row.edition.statement_id, Quote(row))
    for project, quotes in told.items():
        by_day = sorted(quotes.values(), key=lambda quote: quote.edition.public_since, reverse=True)
        said[project].quotes = by_day[:NEWEST]
    return {each.project.code: each for each in said.values()}
