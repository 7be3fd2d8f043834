"""Our own tables, described in docs/open-data.md: of projects or of facts, which the first row tells."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pressoffice.ledger.open_data.as_csv import FACT_COLUMNS, PROJECT_COLUMNS, ROLES, without_apostrophe
from pressoffice.publishing.languages import CODES, active

from .record import FactRow, ImportRefused, ProjectRow, Record, Where, Who

_NAMES = tuple(f"name_{code}" for code in CODES)
# Of a kind of fact: which column of the table is which column of the model.
_COLUMNS: dict[str, dict[str, str]] = {
    "status": {"status": "state"},
    "milestone": {"kind": "state", "on": "date", "precision": "precision"},
    "measurement": {"value": "value", "value_to": "value_to"},
    "target": {
        "value": "value",
        "value_to": "value_to",
        "due_on": "date",
        "due_precision": "precision",
    },
    "commitment": {
        "due_on": "date",
        "due_precision": "precision",
        "relation": "relation",
        "uuid": "id",
        **{f"text_{code}": f"text_{code}" for code in CODES},
    },
    "budget_line": {"kind": "state", "amount": "value", "currency": "unit"},
}
_OWNED = {"milestone": _NAMES, "measurement": (*_NAMES, "unit"), "target": (*_NAMES, "unit")}
_TABLES = {"projects": PROJECT_COLUMNS, "facts": FACT_COLUMNS}
_NEEDED = {PROJECT_COLUMNS: ("code", "sector"), FACT_COLUMNS: ("project", "kind", "stated_on", "source")}


def read_csv(content: bytes, record: Record) -> None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused(
            _("The file is not in UTF-8. In Excel, save it as “CSV UTF-8” and try again.")
        ) from None
    if "\0" in text:
        raise ImportRefused(_("The file is no table of text. Export it as CSV once more."))
    first = text.split("\n", 1)[0]
    # What Excel writes where the comma divides a figure.
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = _rows(text, delimiter)
    _number, header = next(rows, (1, []))
    columns = [name.strip().lower() for name in header]
    known = next((each for each in _NEEDED if set(_NEEDED[each]) <= set(columns)), None)
    if known is None:
        raise ImportRefused(
            _(
                "The first row must name the columns of a table of projects (%(projects)s, …) or of facts "
                "(%(facts)s, …)."
            )
            % {key: ", ".join(_NEEDED[of]) for key, of in _TABLES.items()}
        )
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise ImportRefused(_("Two columns have the same name: %(names)s.") % {"names": ", ".join(twice)})
    strange = [name for name in columns if name and name not in known]
    if strange:
        record.left_out.append(
            ngettext(
                "A column that is not known: %(names)s.",
                "Columns that are not known: %(names)s.",
                len(strange),
            )
            % {"names": ", ".join(strange)}
        )
    make = _project if known is PROJECT_COLUMNS else _fact
    for number, cells in rows:
        if not any(cells):
            continue
        where = Where(_("row %(row)s") % {"row": _counted(number)}, _column)
        if len(cells) > len(columns):
            record.problems.add(
                where.at(),
                _("The row has %(count)d cells, the first one %(columns)d. Is a quotation mark missing?")
                % {"count": len(cells), "columns": len(columns)},
            )
            continue
        make(
            where,
            {name: without_apostrophe(cell) for name, cell in zip(columns, cells, strict=False)},
            record,
        )


def _counted(number: int) -> str:
    return format_decimal(number, locale=active())


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each with the number that a spreadsheet shows beside it, the header being row 1."""
    number = 0
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            yield number, cells
    except csv.Error:
        raise ImportRefused(
            _("Row %(row)s cannot be read: a quotation mark is not closed, or a cell is endless.")
            % {"row": _counted(number + 1)}
        ) from None


def _column(row: str, column: str) -> str:
    return _("%(row)s, column %(column)s") % {"row": row, "column": column}


def _project(where: Where, cells: dict[str, str], record: Record) -> None:
    texts = {f"{name}_{code}" for name in ("name", "summary") for code in CODES}
    values = {name: cells[name] for name in ("code", "sector", *sorted(texts)) if cells.get(name)}
    row = ProjectRow(where, {"code": "", "sector": "", **values})
    for role in ROLES:
        place = Where(where.at(role), lambda row, _column: row)
        row.taking_part += [(place, role, _who(name)) for name in _listed(cells.get(role, ""))]
    row.agreements = list(_listed(cells.get("agreements", "")))
    record.projects.append(row)


def _fact(where: Where, cells: dict[str, str], record: Record) -> None:
    kind = cells.get("kind", "")
    if kind not in _COLUMNS:
        record.problems.add(
            where.at("kind"),
            _("“%(kind)s” is none of: %(kinds)s.") % {"kind": kind[:40], "kinds": ", ".join(_COLUMNS)},
        )
        return
    called = _COLUMNS[kind]

    def column(row: str, name: str) -> str:
        return _column(row, called.get(name, "source" if name == "reference" else name))

    values: dict[str, Any] = {name: cells[of] for name, of in called.items() if cells.get(of)}
    dated, precise = ("on", "precision") if kind == "milestone" else ("due_on", "due_precision")
    if values.get(dated) and not values.get(precise):
        sentence = _("Say how precise the date is: day, month, quarter, season or year.")
        record.problems.add(_column(where.row, "precision"), sentence)
    values |= {"stated_on": cells.get("stated_on", ""), "words": cells.get("words", "")}
    record.facts.append(
        FactRow(
            Where(where.row, column),
            cells.get("project", ""),
            kind,
            values,
            cells.get("source", ""),
            {name: cells.get(name, "") for name in _OWNED.get(kind, ())},
            _who(cells.get("who", "")),
            cells.get("answers", ""),
        )
    )


def _listed(cell: str) -> Iterator[str]:
    return filter(None, (each.strip() for each in cell.split(";")))


def _who(name: str) -> Who:
    """A country's code, or an organisation's name in any language."""
    is_code = len(name) == 2 and name.isascii() and name.isupper()
    return Who(country=name) if is_code else Who(name=name)
