"""A report as sentences for the person who brought the file."""

from collections import Counter

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .record import Report


def sentences(report: Report) -> list[str]:
    """What is new, what was there, what was left out. The problems speak for themselves."""
    found = []
    if new := _counted(report.made):
        found.append(_("New: %(counted)s.") % {"counted": new})
    if known := _counted(report.known):
        found.append(_("There already, left as they are: %(counted)s.") % {"counted": known})
    if not new and not known and not report.problems:
        found.append(_("The file holds no projects and no facts."))
    if report.problems.is_full:
        found.append(_("There are more problems than are shown: put these right first."))
    return [*found, *(_("Left out: %(what)s") % {"what": what} for what in report.left_out)]


def _counted(rows: Counter[type[Model]]) -> str:
    return ", ".join(
        f"{capfirst(str(model._meta.verbose_name_plural))} — {count}"
        for model, count in rows.items()
        if count
    )
