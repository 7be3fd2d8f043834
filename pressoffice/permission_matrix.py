"""Who may take which step, read from the roles and the steps themselves: for the manual, and for its test."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.admin import site
from django.db.models import Model
from django.utils.translation import gettext as _

from articles.edition_steps import OF_EVERY_EDITION
from articles.models import Edition
from events.admin import EventAdmin
from events.models import Event
from pressoffice.accounts import roles
from pressoffice.accounts.admin import MAY
from pressoffice.publishing.admin_steps import OF_EVERY_RECORD, Step
from pressoffice.publishing.records import Record
from pressoffice.releases.admin import ReleaseAdmin
from pressoffice.releases.models import Release
from projects.models import Agreement, Project

OF_EACH: dict[type[Edition] | type[Record], tuple[Step, ...]] = {
    Edition: OF_EVERY_EDITION,
    Project: OF_EVERY_RECORD,
    Agreement: OF_EVERY_RECORD,
    Event: EventAdmin.steps,
    Release: ReleaseAdmin.steps,
}


# Verbs of the stock admin; every other permission is a step's and stands in the table of the steps.
KEEPING = ("view", "add", "change", "delete")


class Cell(NamedTuple):
    kind: type[Edition] | type[Record]
    step: Step
    role: str
    may: bool


def cells() -> Iterable[Cell]:
    """Every step of everything that goes public, for every role."""
    for kind, steps in OF_EACH.items():
        for step in steps:
            for role, granted in roles.PERMISSIONS.items():
                yield Cell(kind, step, role, kind.permission(step.permission) in granted)


def as_markdown() -> str:
    """One table for each kind of thing, in the active language."""
    lines: list[str] = []
    for kind, steps in OF_EACH.items():
        header: list[Any] = [
            str(kind._meta.verbose_name_plural),
            *(roles.LABELS[role] for role in roles.PERMISSIONS),
        ]
        lines += ["", _row(header), _row(["---"] * len(header))]
        for step in steps:
            marks = [
                "✓" if kind.permission(step.permission) in granted else ""
                for granted in roles.PERMISSIONS.values()
            ]
            lines.append(_row([step.label, *marks]))
    return "\n".join(lines).strip() + "\n"


def as_manual() -> str:
    """The chapter of the editors' manual, in the active language: what is kept by whom, then the steps."""
    return "\n".join(
        [
            "# " + _("Who may do what"),
            "",
            _("Made from the roles and the steps by `make manual-tables`; tests press each cell."),
            "",
            _("Whoever wrote in a text never approves, publishes or looks over it, whatever the role."),
            "",
            "## " + _("What each role keeps"),
            "",
            _("Deleted is only what was never public and what nothing rests on."),
            "",
            *_keeping(),
            "",
            "## " + _("Who may take which step"),
            "",
            as_markdown(),
        ]
    )


def keeping() -> Iterable[tuple[type[Model], str, list[str]]]:
    """Each kind of thing that has pages of its own, for every role: which of KEEPING it includes."""
    for model in site._registry:
        label, name = model._meta.app_label, model._meta.model_name
        for role, granted in roles.PERMISSIONS.items():
            yield model, role, [verb for verb in KEEPING if f"{label}.{verb}_{name}" in granted]


def _keeping() -> Iterable[str]:
    yield _row(["", *(roles.LABELS[role] for role in roles.PERMISSIONS)])
    yield _row(["---"] * (1 + len(roles.PERMISSIONS)))
    rows: dict[type[Model], list[str]] = {}
    for model, _role, verbs in keeping():
        rows.setdefault(model, []).append(", ".join(str(MAY[verb]) for verb in verbs))
    for model, marks in rows.items():
        if any(marks):
            yield _row([model._meta.verbose_name_plural, *marks])


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
