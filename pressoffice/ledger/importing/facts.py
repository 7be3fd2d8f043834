"""Facts of a file about projects that are there, each stated in a statement that is there too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model, UniqueConstraint
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Passage, Statement
from pressoffice.ledger.models import (
    BudgetLine,
    Commitment,
    Fact,
    Indicator,
    Measurement,
    Milestone,
    MilestoneDate,
    StatusChange,
    Target,
)
from pressoffice.ledger.models.fact import last_day_said
from pressoffice.ledger.refusals import NO_PASSAGE, NOT_EARLIER
from pressoffice.publishing.languages import CODES

from .directory import Directory
from .record import FactRow, Report
from .rows import checked, in_chunks, insert

KINDS: dict[str, type[Fact]] = {
    "status": StatusChange,
    "milestone": MilestoneDate,
    "measurement": Measurement,
    "target": Target,
    "commitment": Commitment,
    "budget_line": BudgetLine,
}
OWNERS: dict[str, type[Milestone] | type[Indicator]] = {
    "milestone": Milestone,
    "measurement": Indicator,
    "target": Indicator,
}


class Stated(NamedTuple):
    row: FactRow
    fact: Any


class Sources:
    """Which statement a reference names, until when it speaks, and what is marked in its texts. Three queries
    for each 500."""

    def __init__(self, references: Iterable[str]) -> None:
        self.keys: dict[str, int] = {}
        self.spoken: set[tuple[int, int]] = set()
        self.words: set[tuple[int, int, str]] = set()
        self.until: dict[int, date] = {}
        for chunk in in_chunks(sorted(set(references))):
            statements = Statement.objects.filter(reference__in=chunk).prefetch_related("editions")
            for statement in statements:
                self.keys[statement.reference] = statement.pk
                texts = [(edition.state, edition.live_from) for edition in statement.editions.all()]
                self.until[statement.pk] = last_day_said(statement.delivered_on, texts)
        for keys in in_chunks(self.keys.values()):
            passages = Passage.objects.filter(edition__statement__in=keys)
            for source, project, exact in passages.values_list("edition__statement", "project", "exact"):
                self.spoken.add((source, project))
                self.words.add((source, project, exact))


def bring_facts(
    rows: list[FactRow], there: dict[str, int], directory: Directory, report: Report
) -> list[Model]:
    """What was made, to be written down. Every row is about a project of `there` (keys by code)."""
    sources = Sources(row.source for row in rows)
    rows = [row for row in rows if _has_source(row, there, sources, report)]
    directory.make_missing((row.where, row.who) for row in rows)
    owners = Owners({there[row.project] for row in rows}, report)
    owners.make_missing(rows, there)
    stated = [
        each for each in (_stated(row, there, sources, owners, directory, report) for row in rows) if each
    ]
    made: list[Model] = [*owners.made]
    for kind, model in KINDS.items():
        of_kind = [each for each in stated if each.row.kind == kind]
        new = list(_new(model, of_kind, report))
        if model is Commitment:
            new = _answering(new, report)
        elif not report.problems:
            insert([(row.where, fact) for row, fact in new], report.problems)
        report.made[model] += len(new)
        made += [fact for _row, fact in new]
    return made


def _has_source(row: FactRow, there: dict[str, int], sources: Sources, report: Report) -> bool:
    """The same as Fact.clean() asks, of many at once."""
    project, source = there[row.project], sources.keys.get(row.source)
    words = row.values.get("words", "")
    if source is None:
        sentence = _("There is no statement “%(reference)s” here.") % {"reference": row.source[:40]}
        report.problems.add(row.where.at("source"), sentence)
    elif (source, project) not in sources.spoken:
        report.problems.add(row.where.at("source"), NO_PASSAGE)
    elif words and (source, project, words) not in sources.words:
        report.problems.add(row.where.at("words"), Fact.WORDS_NOT_MARKED)
    else:
        return True
    return False


class Owners:
    """Milestones and indicators, found by a name in whatever language, or made where all names are there."""

    def __init__(self, projects: set[int], report: Report) -> None:
        self.made: list[Milestone | Indicator] = []
        self._report = report
        self._found: dict[tuple[type, int, str, str], Milestone | Indicator] = {}
        self._units: dict[tuple[int, str], Indicator] = {}
        for model in (Milestone, Indicator):
            for chunk in in_chunks(projects):
                for owner in model.objects.filter(project__in=chunk):
                    self._learn(owner)

    def _learn(self, owner: Any) -> None:
        unit = getattr(owner, "unit", "")
        for code in reversed(CODES):
            if name := getattr(owner, f"name_{code}"):
                self._found[type(owner), owner.project_id, unit, name] = owner
                if unit:
                    self._units[owner.project_id, name] = owner

    def of(self, row: FactRow, there: dict[str, int]) -> Milestone | Indicator | None:
        model, project = OWNERS[row.kind], there[row.project]
        unit = row.owner.get("unit", "")
        for code in ("en", *CODES):
            name = row.owner.get(f"name_{code}", "")
            if name and (model, project, unit, name) in self._found:
                return self._found[model, project, unit, name]
        return None

    def make_missing(self, rows: list[FactRow], there: dict[str, int]) -> None:
        new = []
        for row in rows:
            if row.kind not in OWNERS or self.of(row, there):
                continue
            if self._is_counted_in_another_unit(row, there[row.project]):
                continue
            owner = OWNERS[row.kind](project_id=there[row.project])
            values = {f"name_{code}": row.owner.get(f"name_{code}", "") for code in CODES}
            if "unit" in row.owner:
                values["unit"] = row.owner["unit"]
            if checked(owner, values, row.where, self._report.problems):
                new.append((row.where, owner))
                self._learn(owner)
        for model in (Milestone, Indicator):
            of_model = [(where, owner) for where, owner in new if isinstance(owner, model)]
            insert(of_model, self._report.problems)
            self._report.made[model] += len(of_model)
        self.made = [owner for _where, owner in new]

    def _is_counted_in_another_unit(self, row: FactRow, project: int) -> bool:
        """Of one that is there already. A file may bring one name in two units, as the ledger may have it."""
        name = row.owner.get("name_en", "")
        counted = self._units.get((project, name))
        if row.kind == "milestone" or counted is None or counted.pk is None:
            return False
        self._report.problems.add(
            row.where.at("unit"),
            _("“%(name)s” is counted in %(unit)s: turn the figure into that, or give it another name.")
            % {"name": name, "unit": counted.get_unit_display()},
        )
        return True


def _stated(
    row: FactRow,
    there: dict[str, int],
    sources: Sources,
    owners: Owners,
    directory: Directory,
    report: Report,
) -> Stated | None:
    fact: Any = KINDS[row.kind](source_id=sources.keys[row.source])
    if row.kind in OWNERS:
        owner: Any = owners.of(row, there)
        if owner is None:
            return None  # why is said already
        setattr(fact, fact.PROJECT.split("__")[0], owner)
    else:
        fact.project_id = there[row.project]
    if row.kind in {"commitment", "budget_line"}:
        fact.country_id, fact.organisation_id = directory.find(row.who, row.where)
    if not checked(fact, row.values, row.where, report.problems):
        return None
    last = sources.until[fact.source_id]
    if fact.stated_on > last:
        report.problems.add(row.where.at("stated_on"), Fact.STATED_LATER % {"day": date_format(last)})
    return Stated(row, fact)


# --- what is there already ---------------------------------------------------------------------------


def _new(model: type[Fact], stated: list[Stated], report: Report) -> Iterator[Stated]:
    """Those that the ledger does not hold. One that says something else in the same place is a problem."""
    constraint = _once(model)
    columns = ("uuid",) if model is Commitment else constraint.fields if constraint else _contents(model)
    known: dict[tuple, Any] = {}
    # An id is one of all projects, everything else one of its own.
    place = "uuid" if model is Commitment else model.PROJECT
    asked = {fact.uuid if model is Commitment else _project_of(fact) for _row, fact in stated}
    for chunk in in_chunks(asked):
        for fact in model.objects.filter(**{f"{place}__in": chunk}):  # type: ignore[attr-defined]
            known[_values(fact, columns)] = fact
    for each in stated:
        key = _values(each.fact, columns)
        twin = known.get(key)
        if twin is None:
            known[key] = each.fact
            yield each
        elif _values(twin, _contents(model)) == _values(each.fact, _contents(model)):
            report.known[model] += 1
        else:
            report.problems.add(*_contradiction(each, constraint))


def _contradiction(each: Stated, constraint: UniqueConstraint | None) -> tuple[str, str]:
    if each.row.kind == "commitment" or constraint is None:
        return each.row.where.at("uuid"), _("A promise with this id is on record, and says something else.")
    return each.row.where.at("stated_on"), str(constraint.get_violation_error_message())


def _once(model: type[Fact]) -> UniqueConstraint | None:
    constraints = (each for each in model._meta.constraints if isinstance(each, UniqueConstraint))
    return next(constraints, None)


def _contents(model: type[Fact]) -> tuple[str, ...]:
    # Which promise another answers is known by its id only when both are written.
    columns = (column for column in model._meta.concrete_fields if column.name != "answers")
    return tuple(column.name for column in columns if not column.primary_key)


def _values(fact: Fact, columns: Iterable[str]) -> tuple:
    return tuple(getattr(fact, fact._meta.get_field(name).attname) for name in columns)  # type: ignore[union-attr]


def _project_of(fact: Any) -> int:
    first, *rest = fact.PROJECT.split("__")
    return getattr(fact, first).project_id if rest else fact.project_id


# --- promises that answer one another ----------------------------------------------------------------


def _answering(new: list[Stated], report: Report) -> list[Stated]:
    """Written generation by generation, for a later word needs the key of the promise it is about."""
    keys = _keys_of_promises(new)
    waiting = []
    for each in new:
        if each.row.answers or not each.fact.relation:
            waiting.append(each)
        else:
            report.left_out.append(
                _("%(place)s: it is about an earlier promise that the file does not name.")
                % {"place": each.row.where.at()}
            )
    made: list[Stated] = []
    while waiting and not report.problems:
        ready = [each for each in waiting if not each.row.answers or each.row.answers in keys]
        if not ready:
            for each in waiting:
                report.problems.add(each.row.where.at("answers"), _no_promise(each, waiting))
        for each in ready:
            each.fact.answers_id = keys.get(each.row.answers)
        insert([(each.row.where, each.fact) for each in ready], report.problems)
        keys.update({str(each.fact.uuid): each.fact.pk for each in ready})
        made += ready
        written = set(map(id, ready))
        waiting = [each for each in waiting if id(each) not in written]
    return made


def _keys_of_promises(new: list[Stated]) -> dict[str, int]:
    named = {uuid for uuid in (_uuid(each.row.answers) for each in new) if uuid}
    keys: dict[str, int] = {}
    for chunk in in_chunks(named):
        rows = Commitment.objects.filter(uuid__in=chunk).values_list("uuid", "pk")
        keys.update({str(uuid): pk for uuid, pk in rows})
    return keys


def _no_promise(each: Stated, waiting: list[Stated]) -> str:
    if each.row.answers in {str(other.fact.uuid) for other in waiting}:
        return str(NOT_EARLIER)
    return _("There is no earlier promise with this id, here or in the file.")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def group_by_project(rows: Iterable[FactRow]) -> dict[str, list[FactRow]]:
    found: dict[str, list[FactRow]] = defaultdict(list)
    for row in rows:
        found[row.project].append(row)
    return found
