"""Tables for spreadsheets: RFC 4180, UTF-8 with the mark by which Excel recognises it.

The columns are described in docs/open-data.md.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pressoffice.ledger.models import Fact, MilestoneDate
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.plain_text import clean_text
from projects.models import Participation

from .as_json import decimal, in_languages
from .gather import PublicProject

BYTE_ORDER_MARK = "\ufeff"
ROLES = tuple(Participation.Role.values)
PROJECT_COLUMNS = (
    "code",
    *(f"name_{code}" for code in CODES),
    *(f"summary_{code}" for code in CODES),
    "sector",
    *ROLES,
    "agreements",
    "status",
    "status_stated_on",
    "status_source",
    "status_source_url",
    "facts",
    "url",
)
FACT_COLUMNS = (
    "project",
    "kind",
    *(f"name_{code}" for code in CODES),
    "value",
    "value_to",
    "unit",
    "date",
    "precision",
    *(f"text_{code}" for code in CODES),
    "state",
    "who",
    "stated_on",
    "words",
    "source",
    "source_url",
    "withdrawn",
    "id",
    "answers",
    "relation",
)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
# The full-width forms are what Excel takes for the same with Chinese or Japanese settings.
_STARTS_A_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")


def projects_as_csv(projects: Iterable[PublicProject]) -> bytes:
    """A row for each project; names and addresses in the active language where there are several."""
    return _table(PROJECT_COLUMNS, (_project(each) for each in projects))


def facts_as_csv(projects: Iterable[PublicProject]) -> bytes:
    """A row for each fact; names and addresses in the active language where there are several."""
    return _table(FACT_COLUMNS, (row for each in projects for row in _facts(each)))


def cell(value: Any) -> str:
    """As a spreadsheet may be given it: a text that it would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = clean_text(str(value))
    if _STARTS_A_FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def without_apostrophe(text: str) -> str:
    """What `cell()` was given."""
    return text[1:] if text.startswith("'") and _STARTS_A_FORMULA.match(text[1:]) else text


def _table(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> bytes:
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    table = csv.writer(written)  # its line ends are those of RFC 4180
    table.writerow(columns)
    for row in rows:
        table.writerow([cell(row.get(column)) for column in columns])
    return written.getvalue().encode()


def _project(gathered: PublicProject) -> dict[str, Any]:
    project = gathered.project
    status = gathered.current_status
    taking_part = project.participations.all()
    return {
        "code": project.code,
        **_in_columns(project, "name"),
        **_in_columns(project, "summary"),
        "sector": project.sector,
        **{role: _listed(_who(row) for row in taking_part if row.role == role) for role in ROLES},
        "agreements": _listed(agreement.code for agreement in project.agreements.all()),
        "status": status.status if status else None,
        "status_stated_on": status.stated_on if status else None,
        "status_source": status.source.reference if status else None,
        "status_source_url": absolute(status.address) if status else None,
        "facts": sum(1 for _fact in gathered.facts()),
        "url": absolute(project.get_absolute_url()),
    }


def _listed(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(values))


def _facts(gathered: PublicProject) -> Iterator[dict[str, Any]]:
    for status in gathered.statuses:
        yield _row(gathered, "status", status, state=status.status)
    for stage in gathered.milestones:
        for date in stage.words:
            yield _milestone_date(gathered, date)
    for counted in gathered.indicators:
        named = {**_in_columns(counted.indicator, "name"), "unit": counted.indicator.unit}
        for figure in counted.figures:
            yield _row(gathered, "measurement", figure, **named, **_figure(figure))
        for target in counted.targets:
            yield _row(gathered, "target", target, **named, **_figure(target), **_due(target))
    public = {commitment.pk for commitment in gathered.commitments}
    for said in gathered.commitments:
        state = gathered.states.get(said.pk)
        yield _row(
            gathered,
            "commitment",
            said,
            **_in_columns(said, "text"),
            **_due(said),
            state=state.value if state else None,
            who=_who(said),
            id=said.uuid,
            answers=said.answers.uuid if said.answers and said.answers_id in public else None,
            relation=said.relation,
        )
    for line in gathered.budget_lines:
        money = {"value": decimal(line.amount), "unit": line.currency}
        yield _row(gathered, "budget_line", line, **money, state=line.kind, who=_who(line))


def _milestone_date(gathered: PublicProject, fact: MilestoneDate) -> dict[str, Any]:
    said = {"date": fact.on, "precision": fact.precision, "state": fact.kind}
    return _row(gathered, "milestone", fact, **_in_columns(fact.milestone, "name"), **said)


def _row(gathered: PublicProject, kind: str, fact: Fact, **columns: Any) -> dict[str, Any]:
    return {
        "project": gathered.project.code,
        "kind": kind,
        **columns,
        "stated_on": fact.stated_on,
        "words": fact.words,
        "source": fact.source.reference,
        "source_url": absolute(fact.address),
        "withdrawn": fact.is_withdrawn,
    }


def _figure(fact: Any) -> dict[str, Any]:
    return {
        "value": decimal(fact.value),
        "value_to": None if fact.value_to is None else decimal(fact.value_to),
    }


def _due(fact: Any) -> dict[str, Any]:
    return {"date": fact.due_on, "precision": fact.due_precision if fact.due_on else None}


def _who(fact: Any) -> str:
    return fact.organisation.name if fact.organisation else fact.country_id or ""


def _in_columns(row: Any, name: str) -> dict[str, str]:
    texts = in_languages(row, name)
    return {f"{name}_{code}": texts.get(code, "") for code in CODES}
