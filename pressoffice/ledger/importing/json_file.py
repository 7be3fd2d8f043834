"""Our own JSON, described in docs/open-data.md."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from pressoffice.ledger.open_data.as_json import FORMAT, VERSION
from pressoffice.publishing.languages import CODES
from projects.geometry import SHAPES

from .record import AgreementRow, FactRow, ImportRefused, PlaceRow, ProjectRow, Record, Where, Who

# Of a list in "facts": the kind of fact.
_PLAIN = {"statuses": "status", "commitments": "commitment", "budget_lines": "budget_line"}
_VALUES = {
    "status": ("status",),
    "milestone": ("kind", "on", "precision"),
    "measurement": ("value", "value_to"),
    "target": ("value", "value_to", "due_on", "due_precision"),
    "commitment": ("due_on", "due_precision", "relation"),
    "budget_line": ("kind", "amount", "currency"),
}


def _key(row: str, column: str) -> str:
    """`name_ky` is `name.ky` in the file, and a promise's `uuid` its `id`."""
    column = {"uuid": "id"}.get(column, column)
    stem, _sign, language = column.rpartition("_")
    return f"{row}.{stem}.{language}" if language in CODES and stem else f"{row}.{column}"


_HALF = re.compile("[\ud800-\udfff]")


class _Written(float):
    """A figure and how it was written, since no float keeps 0.1 as it is."""

    def __init__(self, text: str) -> None:
        self.text = text


class _Node:
    """An object of the file and the path to it. Faults of form become problems, and read as nothing."""

    def __init__(self, value: Any, path: str, record: Record) -> None:
        self.path, self._record = path, record
        self._value = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            record.problems.add(path, _("An object in braces stands here in this format."))

    @property
    def where(self) -> Where:
        return Where(self.path, _key)

    def has(self, name: str) -> bool:
        return self._value.get(name) is not None

    def text(self, name: str) -> str:
        """Texts, figures and days alike; what is missing or null is empty."""
        value = self._value.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return self._storable(name, value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, _Written):
            return value.text
        self._record.problems.add(f"{self.path}.{name}", _("A text stands here in this format."))
        return ""

    def texts(self, name: str) -> dict[str, str]:
        if not self.has(name):
            return {}
        node = self.node(name)
        return {code: node.text(code) for code in CODES if node.has(code)}

    def columns(self, name: str) -> dict[str, str]:
        """The texts as columns of a model."""
        return {f"{name}_{code}": text for code, text in self.texts(name).items()}

    def node(self, name: str) -> "_Node":
        return _Node(self._value.get(name), f"{self.path}.{name}", self._record)

    def nodes(self, name: str) -> Iterator["_Node"]:
        for number, value in enumerate(self._list(name)):
            yield _Node(value, f"{self.path}.{name}[{number}]", self._record)

    def words(self, name: str) -> list[str]:
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            self._record.problems.add(f"{self.path}.{name}", _("A list of texts stands here in this format."))
            return []
        return [self._storable(name, value) for value in values]

    def refuse(self, name: str, sentence: str) -> None:
        self._record.problems.add(f"{self.path}.{name}", sentence)

    def raw(self, name: str) -> Any:
        return self._value.get(name)

    def _storable(self, name: str, text: str) -> str:
        """JSON can spell what is no character: a NUL, half of a pair."""
        if "\0" in text or not text.isprintable() and _HALF.search(text):
            self._record.problems.add(f"{self.path}.{name}", _("The text holds what is no character."))
            return ""
        return text

    def _list(self, name: str) -> list[Any]:
        value = self._value.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self._record.problems.add(f"{self.path}.{name}", _("A list stands here in this format."))
            return []
        return value


def read_json(content: bytes, record: Record) -> None:
    try:
        held = json.loads(content.decode("utf-8-sig"), parse_float=_Written, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ImportRefused(
            _("This is no JSON: in line %(line)d, character %(character)d, something else is expected.")
            % {"line": error.lineno, "character": error.colno}
        ) from None
    except UnicodeDecodeError:
        raise ImportRefused(_("The file is not in UTF-8. Save it as UTF-8 and try again.")) from None
    except (ValueError, RecursionError):
        raise ImportRefused(
            _("The file holds a figure or a nesting that no record of projects has.")
        ) from None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise ImportRefused(
            _("This is JSON, but not the format of this site: its “format” must be “%(format)s”.")
            % {"format": FORMAT}
        )
    version = held.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= VERSION:
        raise ImportRefused(
            _("The file is in version %(version)s of the format. Known here is version %(known)d.")
            % {"version": str(version)[:20], "known": VERSION}
        )
    root = _Node(held, "$", record)
    for project in root.nodes("projects"):
        _project(project, record)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _project(node: _Node, record: Record) -> None:
    values = {"code": node.text("code"), "sector": node.text("sector")}
    for name in ("name", "summary", "description"):
        values |= node.columns(name)
    row = ProjectRow(node.where, values)
    row.aliases = [(alias.text("language"), alias.text("text")) for alias in node.nodes("aliases")]
    row.taking_part = [(each.where, each.text("role"), _who(each)) for each in node.nodes("participations")]
    row.places = [_place(place) for place in node.nodes("places")]
    row.agreements = [_agreement(agreement) for agreement in node.nodes("agreements")]
    record.projects.append(row)
    if node.has("facts"):
        record.facts += _facts(node.node("facts"), row.code)


def _place(node: _Node) -> PlaceRow:
    geometry, kind = node.raw("geometry"), node.text("kind")
    shape = geometry.get("type") if isinstance(geometry, dict) else ""
    if kind and shape and SHAPES.get(str(shape)) != kind:
        node.refuse("kind", _("The kind and the geometry of this place do not agree."))
    return PlaceRow(node.where, {**node.columns("name"), "geometry": geometry})


def _agreement(node: _Node) -> AgreementRow:
    values = {
        "code": node.text("code"),
        **node.columns("title"),
        "kind": node.text("kind"),
        "signed_on": node.text("signed_on") or None,
        "in_force_on": node.text("in_force_on") or None,
    }
    return AgreementRow(node.where, values, node.words("parties"), node.text("amends"))


def _who(node: _Node) -> Who:
    if not node.has("organisation"):
        return Who(node.text("country"))
    if node.has("country"):
        node.refuse("country", _("A country or an organisation stands here, one of the two."))
    organisation = node.node("organisation")
    return Who(
        node.text("country"),
        organisation.texts("name"),
        organisation.texts("abbreviation"),
        organisation.text("country"),
        organisation.text("url"),
    )


def _facts(node: _Node, project: str) -> Iterator[FactRow]:
    for name, kind in _PLAIN.items():
        for fact in node.nodes(name):
            yield _fact(fact, project, kind)
    for milestone in node.nodes("milestones"):
        for date in milestone.nodes("dates"):
            yield _fact(date, project, "milestone", milestone.columns("name"))
    for indicator in node.nodes("indicators"):
        owner = {**indicator.columns("name"), "unit": indicator.text("unit")}
        for figure in indicator.nodes("measurements"):
            yield _fact(figure, project, "measurement", owner)
        for target in indicator.nodes("targets"):
            yield _fact(target, project, "target", owner)


def _fact(node: _Node, project: str, kind: str, owner: dict[str, str] | None = None) -> FactRow:
    values: dict[str, Any] = {name: node.text(name) for name in _VALUES[kind] if node.has(name)}
    values |= {"stated_on": node.text("stated_on"), "words": node.text("words")}
    for day, precision in (("on", "precision"), ("due_on", "due_precision")):
        if values.get(day) and not values.get(precision):
            node.refuse(precision, _("Say how precise the date is: day, month, quarter, season or year."))
    row = FactRow(node.where, project, kind, values, "", owner or {})
    if node.has("source"):
        row.source = node.node("source").text("reference")
    if kind == "commitment":
        values |= {"uuid": node.text("id"), **node.columns("text")}
        row.answers = node.text("answers")
        row.who = _who(node.node("given_by")) if node.has("given_by") else Who()
    elif kind == "budget_line":
        row.who = _who(node)
    return row
