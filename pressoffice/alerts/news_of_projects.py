from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pressoffice.ledger.filters import today
from pressoffice.ledger.models import FACTS, Commitment, StatusChange
from pressoffice.ledger.moments import attach_to_facts
from pressoffice.ledger.promises import Promise, State, came_of
from pressoffice.publishing.addresses import absolute
from projects.models import Project

from .models import Told
from .pieces import COME, CORRECTED, Piece, RepeatedNews, before, farewell, is_newer, removed

# A letter is no ledger: so many lines of what is new, the rest is on the project's page.
LINES = 8


class Projects(RepeatedNews):
    """The projects of `rows`, in the active language."""

    def __init__(self, rows: Sequence[Told]) -> None:
        """Fifteen queries at most."""
        asked = {row.item for row in rows}
        self.projects: dict[int, Any] = {
            project.pk: project for project in Project.objects.live().filter(pk__in=asked).with_status()
        }
        self.facts: dict[int, list[Any]] = defaultdict(list)
        for model in FACTS:
            known: Any = model.objects.in_force().select_related(model.PROJECT)  # type: ignore[attr-defined]
            for fact in known.filter(**{f"{model.PROJECT}__in": list(self.projects)}).order_by("pk"):
                self.facts[fact.about.pk].append(fact)
        attach_to_facts([fact for facts in self.facts.values() for fact in facts])
        self.pressing: dict[int, list[Promise]] = defaultdict(list)
        if any(row.news == COME for row in rows):
            for promise in came_of(
                Commitment.objects.live().filter(project__in=list(self.projects)), today()
            ):
                if promise.state in {State.SOON, State.OVERDUE}:
                    self.pressing[promise.commitment.project_id].append(promise)

    def is_public(self, row: Told) -> bool:
        return row.item in self.projects

    def taken_down_as(self, row: Told) -> str:
        return ""

    def began_at(self, row: Told) -> datetime | None:
        return self.projects[row.item].live_from

    def removed(self, row: Told) -> Piece:
        return removed(_("A joint project has been removed from the site"), row.begun_at)

    def piece(self, row: Told, change: str) -> Piece | None:
        project = self.projects[row.item]
        news = [fact for fact in self.facts[project.pk] if is_newer(fact.public_at, row)]
        status = project.current_status
        stood = status.status if status else "-"
        change = self.said(change, row, stood=stood, has_news=bool(news))
        if not change:
            return None
        pressing = self.pressing[project.pk]
        come = (
            _("Added to a list that you follow") if pressing else _("Nothing new was said of it for a year")
        )
        return Piece(
            change=change,
            mark=self.mark(change, come),
            subject=self.head(change, project.name, come),
            title=project.name,
            kicker=f"{_('Joint project')} · {project.get_sector_display()}",
            summary=project.summary,
            facts=[
                _where_it_stands(status),
                *([before(_in_words(row.stood))] if change == CORRECTED else []),
                *_lines([fact for fact in news if fact != status]),
                *(_pressing(pressing) if change == COME else []),
                *farewell(change),
            ],
            link=absolute(project.get_absolute_url()),
            stood=stood,
        )


def _where_it_stands(status: StatusChange | None) -> str:
    if status is None:
        return _("No statement that holds says where it stands")
    return _("Where it stands: %(status)s (stated on %(day)s)") % {
        "status": status.get_status_display(),
        "day": date_format(status.stated_on),
    }


def _in_words(stood: str) -> str:
    statuses = StatusChange.Status
    return str(statuses(stood).label) if stood in statuses.values else "–"


def _lines(facts: Sequence[Any]) -> list[str]:
    lines = [f"{date_format(fact.stated_on)}. {fact.in_a_line}" for fact in facts[:LINES]]
    return [*lines, *_rest(len(facts))]


def _pressing(promises: Sequence[Promise]) -> list[str]:
    lines = [
        f"{capfirst(promise.state.label)}: {promise.commitment}, {promise.due_in_words}"
        for promise in promises[:LINES]
        if promise.state
    ]
    return [*lines, *_rest(len(promises))]


def _rest(number: int) -> list[str]:
    more = number - LINES
    if more <= 0:
        return []
    return [ngettext("%(count)s more on its page.", "%(count)s more on its page.", more) % {"count": more}]
