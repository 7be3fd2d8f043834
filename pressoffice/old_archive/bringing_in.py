"""A folder with an old archive, read and written in the order in which its parts name one another."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from . import items
from .items import Refused
from .lines import Row, rows
from .writing import Asked, Report, Writer
from .wxr import posts

if TYPE_CHECKING:
    from pressoffice.accounts.models import User

TOGETHER = 250
PARTS = ("topics", "projects", "events", "statements")
READ: dict[str, Callable[[dict[str, Any]], Any]] = {
    "topics": items.topic,
    "projects": items.project,
    "events": items.event,
    "statements": items.text,
}
NEEDED = (
    "articles.add_statement",
    "articles.publish_edition",
    "projects.publish_project",
    "events.publish_event",
)


def bring_in(
    folder: Path,
    *,
    archive: str,
    by: "User",
    refused: Path,
    language: str = "",
    dry_run: bool = False,
    tell: Callable[[str, int], None] = lambda part, count: None,
) -> Report:
    """Topics, projects, events and statements of `folder`: JSON Lines of these names, and WordPress exports
    (*.xml, whose texts are in `language`). What is refused is written into the table `refused`, with its
    reason. `tell(part, count)` hears how far it is.

    A few hundred items at a time; an item that was brought in before is left as it is, so a run that was
    broken off goes on. With `dry_run` all of it is taken back at the end.
    """
    with refused.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow([_("Where"), _("Why it was refused")])
        writer = Writer(archive, by=by, refuse=lambda where, sentence: table.writerow([where, sentence]))
        if not dry_run:
            _write(folder, writer, language, tell)
            return writer.report
        with transaction.atomic():
            _write(folder, writer, language, tell)
            transaction.set_rollback(True)
        return writer.report


def _write(folder: Path, writer: Writer, language: str, tell: Callable[[str, int], None]) -> None:
    for part in PARTS:
        found: Iterable[Row] = rows(folder / f"{part}.jsonl") if (folder / f"{part}.jsonl").exists() else ()
        _write_part(part, found, writer, tell)
    for path in sorted(folder.glob("*.xml")):
        _write_part("statements", posts(path, language), writer, tell)


def _write_part(part: str, found: Iterable[Row], writer: Writer, tell: Callable[[str, int], None]) -> None:
    count = 0
    waiting: list[Asked] = []
    for row in found:
        count += 1
        try:
            waiting.append((row.where, _item(part, row)))
        except Refused as refusal:
            writer.refuse(part, row.where, str(refusal))
        if len(waiting) == TOGETHER:
            writer.write(part, waiting)
            waiting = []
            tell(part, count)
    if waiting:
        writer.write(part, waiting)
    writer.settle()
    if count:
        tell(part, count)


def _item(part: str, row: Row) -> Any:
    if row.problem:
        raise Refused(row.problem)
    item = READ[part](row.fields)
    return replace(item, left_out=item.left_out + row.left_out) if row.left_out else item
