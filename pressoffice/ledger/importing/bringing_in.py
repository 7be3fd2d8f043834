"""Puts what a file holds into the database: all of it, or nothing."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pressoffice.accounts.models import User
from pressoffice.directory.models import Organisation
from pressoffice.publishing import moment
from pressoffice.publishing.models import AuditEntry, subject_type
from projects.models import Project

from .directory import Directory
from .facts import bring_facts, group_by_project
from .projects import bring_projects
from .record import FactRow, Problems, Record, Report, TooManyProblems
from .rows import in_chunks


def bring_in(
    record: Record,
    *,
    by: User,
    name: str,
    dry_run: bool = False,
    without_facts: bool = False,
    sector: str = "",
) -> Report:
    """Make the file's projects, as drafts, and its facts about projects that are there.

    What is there already stays as it is, word for word. `name`: of the file, for the audit. `sector`: of
    projects for which the file names none. Queries grow with every 500 rows, never with rows.
    """
    report = Report(left_out=[*record.left_out], problems=Problems(record.problems))
    with transaction.atomic():
        try:
            if not report.problems:
                made = _bring_in(record, report, without_facts=without_facts, sector=sector)
                _check_permissions(by, report)
                if not report.problems:
                    _write_down(made, by, name)
        except TooManyProblems:
            # The problems are full: they are the answer, and everything is taken back.
            pass
        if report.problems or dry_run:
            transaction.set_rollback(True)
    # Without the kinds of which there are none.
    report.made = Counter() if report.problems else +report.made
    return report


def _bring_in(record: Record, report: Report, *, without_facts: bool, sector: str) -> list[Model]:
    there = dict(Project.objects.values_list("code", "pk"))
    directory = Directory(report.problems)
    made: list[Model] = [*bring_projects(record.projects, there, directory, report, sector=sector)]
    if not without_facts:
        known = _about_known(record, there, report)
        made += bring_facts(known, there, directory, report)
    elif record.facts:
        count = len(record.facts)
        report.left_out.append(ngettext("%(count)d fact", "%(count)d facts", count) % {"count": count})
    report.left_out += directory.left_out
    report.made[Organisation] += len(directory.made)
    return made


def _about_known(record: Record, there: dict[str, int], report: Report) -> list[FactRow]:
    """Facts about projects that are there. Of a new one no statement speaks yet: one problem for all."""
    new = {row.code for row in record.projects}
    for code, facts in group_by_project(record.facts).items():
        if code in there:
            continue
        place, count = facts[0].where.at("project"), len(facts)
        if code not in new:
            sentence = _("There is no project with the code “%(code)s”.")
        else:
            sentence = ngettext(
                "The project “%(code)s” is new: no statement here speaks of it yet, and its %(count)d fact "
                "has no source. Import the file without facts.",
                "The project “%(code)s” is new: no statement here speaks of it yet, and its %(count)d facts "
                "have no source. Import the file without facts.",
                count,
            )
        report.problems.add(place, sentence % {"code": code[:60], "count": count})
    return [row for row in record.facts if row.project in there]


def _check_permissions(by: User, report: Report) -> None:
    lacking = [
        str(model._meta.verbose_name_plural)
        for model, count in report.made.items()
        if count and not by.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}")
    ]
    if lacking:
        sentence = _("Your role does not include adding these: %(kinds)s.")
        report.problems.add("", sentence % {"kinds": ", ".join(lacking)})


def _write_down(made: Iterable[Model], by: User, name: str) -> None:
    at = moment.now()
    entries = (
        AuditEntry(
            subject_type=subject_type(row),
            subject_id=row.pk,
            step="start",
            to_state=getattr(row, "state", ""),
            reason=name,
            by=by,
            at=at,
        )
        for row in made
    )
    for chunk in in_chunks(entries):
        AuditEntry.objects.bulk_create(chunk)
