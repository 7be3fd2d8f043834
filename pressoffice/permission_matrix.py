"""Who may take which step, read from the roles and the steps themselves: for the manual, and for its test."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from articles.edition_steps import OF_EVERY_EDITION
from articles.models import Edition
from events.admin import EventAdmin
from events.models import Event
from pressoffice.accounts import roles
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


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
