from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pressoffice.ledger.models import FACTS
from pressoffice.ledger.moments import attach_to_facts
from pressoffice.publishing.addresses import absolute
from projects.models import Project

from .models import Told
from .pieces import CORRECTED, LEFT, NEW, RESTORED, STATED, News, Piece, farewell, is_newer, removed

# A letter is no ledger: so many lines of what is new, the rest is on the project's page.
LINES = 8


class Projects(News):
    """The projects of `rows`, in the active language."""

    def __init__(self, rows: Sequence[Told]) -> None:
        """Fourteen queries at most."""
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

    def is_public(self, row: Told) -> bool:
        return row.item in self.projects

    def taken_down_as(self, row: Told) -> str:
        return ""

    def first(self, row: Told) -> str:
        return NEW if is_newer(self.projects[row.item].live_from, row) else STATED

    def removed(self, row: Told) -> Piece:
        return removed(_("A joint project has been removed from the site"), row.begun_at)

    def piece(self, row: Told, change: str) -> Piece:
        project = self.projects[row.item]
        news = [fact for fact in self.facts[project.pk] if is_newer(fact.public_at, row)]
        told_in_its_line = project.current_status
        head = {
            NEW: project.name,
            STATED: _("News: %(title)s") % {"title": project.name},
            LEFT: _("News: %(title)s") % {"title": project.name},
            CORRECTED: _("Changed: %(title)s") % {"title": project.name},
            RESTORED: _("In force again: %(title)s") % {"title": project.name},
        }
        marks = {
            STATED: _("Something new was said of it") if news else _("New in a list that you follow"),
            LEFT: _("Something new was said of it"),
            CORRECTED: _("What is known of it has changed"),
            RESTORED: _("In force again"),
        }
        return Piece(
            change=change,
            mark=marks.get(change, ""),
            subject=head[change],
            title=project.name,
            kicker=f"{_('Joint project')} · {project.get_sector_display()}",
            summary=project.summary,
            facts=[
                _stands(project),
                *_lines([fact for fact in news if fact != told_in_its_line]),
                *farewell(change),
            ],
            link=absolute(project.get_absolute_url()),
        )


def _stands(project: Any) -> str:
    change = project.current_status
    if change is None:
        return _("No statement about its progress yet")
    return _("Where it stands: %(status)s, stated on %(day)s") % {
        "status": change.get_status_display(),
        "day": date_format(change.stated_on),
    }


def _lines(facts: Sequence[Any]) -> list[str]:
    lines = [f"{date_format(fact.stated_on)}. {fact.in_a_line}" for fact in facts[:LINES]]
    if more := len(facts) - len(lines):
        rest = ngettext("%(count)s more on its page.", "%(count)s more on its page.", more)
        lines.append(rest % {"count": more})
    return lines
