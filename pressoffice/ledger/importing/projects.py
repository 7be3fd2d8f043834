"""New projects with all that hangs on them. Those that are there stay as they are."""

from typing import Any

from django.utils.translation import gettext as _

from pressoffice.publishing.languages import CODES
from projects.models import Agreement, Participation, Place, Project, ProjectAlias

from .directory import NOBODY, Directory
from .record import AgreementRow, Problems, ProjectRow, Report, Where
from .rows import checked, in_chunks, insert

New = list[tuple[ProjectRow, Project]]


def bring_projects(
    rows: list[ProjectRow], there: dict[str, int], directory: Directory, report: Report, *, sector: str
) -> list[Project | Agreement]:
    """What was made, to be written down. `there`: keys of the projects that are there, by code."""
    problems = report.problems
    new = _new_projects(rows, there, report, sector)
    named = [(where, who) for row, _project in new for where, _role, who in row.taking_part]
    directory.make_missing(named)
    if not problems:
        insert([(row.where, project) for row, project in new], problems)
    for model, found in (
        (ProjectAlias, _aliases(new, problems)),
        (Place, _places(new, problems)),
        (Participation, _taking_part(new, directory, problems)),
    ):
        if not problems:
            insert(found, problems)
        report.made[model] += len(found)
    agreements = _agreements(new, directory, report)
    report.made[Project] += len(new)
    return [*(project for _row, project in new), *agreements]


def _new_projects(rows: list[ProjectRow], there: dict[str, int], report: Report, sector: str) -> New:
    seen: dict[str, Where] = {}
    found: New = []
    for row in rows:
        if row.code in seen:
            sentence = _("This code stands in the file twice, first here: %(place)s.")
            report.problems.add(row.where.at("code"), sentence % {"place": seen[row.code].at()})
            continue
        seen[row.code] = row.where
        if row.code in there:
            report.known[Project] += 1
            continue
        values = {**row.values, "sector": row.values.get("sector") or sector}
        project = Project()
        missing = _missing(values, row.where, report.problems)
        checked(project, values, row.where, report.problems, but=missing)
        # With faults, too: what hangs on it is looked at in the same run.
        found.append((row, project))
    return found


def _missing(values: dict[str, Any], where: Where, problems: Problems) -> set[str]:
    """Columns that need no look. A draft may lack names: it is not published before it has them all."""
    names = [f"name_{code}" for code in CODES]
    missing = {name for name in names if not values.get(name, "").strip()}
    if len(missing) == len(names):
        problems.add(where.at("name_en"), _("The project has no name in Kyrgyz, Russian or English."))
    if not values["sector"]:
        missing.add("sector")
        problems.add(
            where.at("sector"),
            _("The file names no sector that is known here: choose one for such projects."),
        )
    return missing


def _aliases(new: New, problems: Problems) -> list[tuple[Where, ProjectAlias]]:
    found = []
    for row, project in new:
        said: set[tuple[str, str]] = set()
        for number, (language, text) in enumerate(row.aliases):
            if (language, text) in said:
                continue
            said.add((language, text))
            where = Where(f"{row.where.at('aliases')}[{number}]", row.where.of_column)
            alias = ProjectAlias(project=project)
            if checked(alias, {"language": language, "text": text}, where, problems):
                found.append((where, alias))
    return found


def _places(new: New, problems: Problems) -> list[tuple[Where, Place]]:
    found = []
    for row, project in new:
        for each in row.places:
            place = Place(project=project)
            if checked(place, each.values, each.where, problems):
                found.append((each.where, place))
    return found


def _taking_part(new: New, directory: Directory, problems: Problems) -> list[tuple[Where, Participation]]:
    found = []
    for row, project in new:
        said: set[Any] = set()
        for where, role, who in row.taking_part:
            if not who.country and not who.name:
                problems.add(where.at(), _("Who takes part is a country or an organisation."))
                continue
            country, organisation = directory.find(who, where)
            if (country, organisation) == NOBODY or (country, organisation, role) in said:
                continue
            said.add((country, organisation, role))
            part = Participation(project=project, country_id=country, organisation_id=organisation)
            if checked(part, {"role": role}, where, problems):
                found.append((where, part))
    return found


def _agreements(new: New, directory: Directory, report: Report) -> list[Agreement]:
    """Made as drafts, the projects tied to them and to those that are there."""
    known = {agreement.code: agreement for agreement in Agreement.objects.only("code", "state")}
    there = set(known)
    made: list[tuple[AgreementRow, Agreement]] = []
    tied: dict[tuple[str, int], None] = {}
    for row, project in new:
        for each in row.agreements:
            code = each if isinstance(each, str) else each.values["code"]
            if code in there and not isinstance(each, str):
                report.known[Agreement] += 1
            elif code not in known:
                if isinstance(each, str):
                    report.problems.add(row.where.at("agreements"), _no_agreement(code))
                    continue
                agreement = Agreement()
                if not checked(agreement, each.values, each.where, report.problems):
                    continue
                known[code] = agreement
                made.append((each, agreement))
            tied[code, project.pk] = None
    insert([(row.where, agreement) for row, agreement in made], report.problems)
    report.made[Agreement] += len(made)
    _tell_what_they_amend(made, known, report.problems)
    _tie(made, known, tied, directory, report.problems)
    return [agreement for _row, agreement in made]


def _tell_what_they_amend(
    made: list[tuple[AgreementRow, Agreement]], known: dict[str, Agreement], problems: Problems
) -> None:
    amending = [(row, agreement) for row, agreement in made if row.amends]
    for row, agreement in amending:
        if row.amends not in known or row.amends == agreement.code:
            problems.add(row.where.at("amends"), _no_agreement(row.amends))
        agreement.amends = known.get(row.amends)
    if not problems:
        Agreement.objects.bulk_update([agreement for _row, agreement in amending], ["amends"], batch_size=500)


def _tie(
    made: list[tuple[AgreementRow, Agreement]],
    known: dict[str, Agreement],
    tied: dict[tuple[str, int], None],
    directory: Directory,
    problems: Problems,
) -> None:
    party: Any = Agreement.parties.through  # type: ignore[attr-defined]
    resting: Any = Agreement.projects.through  # type: ignore[attr-defined]
    parties = [
        party(agreement_id=agreement.pk, country_id=code)
        for row, agreement in made
        for code in dict.fromkeys(row.parties)
        if directory.has_country(code, Where(row.where.at("parties"), row.where.of_column))
    ]
    if problems:
        return
    projects = [resting(agreement_id=known[code].pk, project_id=pk) for code, pk in tied]
    for through, rows in ((party, parties), (resting, projects)):
        for chunk in in_chunks(rows):
            through.objects.bulk_create(chunk)


def _no_agreement(code: str) -> str:
    return _("There is no other agreement with the code “%(code)s”, here or in the file.") % {
        "code": str(code)[:60]
    }
