"""From a draft in memory to one in the database, and the projects that it is searched for."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Edition, Statement
from pressoffice.publishing.periods import Standing
from pressoffice.publishing.steps import require_permission
from projects.models import Project
from projects.recognition import KnownProject, known_names

from .draft import Draft, ImportRefused

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


def known_projects(
    language: str, *, words: Mapping[str, Iterable[str]] | None = None, only: Iterable[str] = ()
) -> list[KnownProject]:
    """The projects to look for in a text. `words`: by code, more words for this once; `only`: these codes.

    Removed projects are not looked for. Raises ImportRefused for a code that no project has.
    """
    words = {code: tuple(more) for code, more in (words or {}).items()}
    known = known_names(Project.objects.exclude(standing=Standing.REMOVED), language)
    codes = [project.code for project in known]
    only = set(only)
    for code in sorted({*words, *only} - set(codes)):
        raise ImportRefused(_unknown(code, codes))
    return [
        replace(project, names=(*project.names, *words.get(project.code, ())))
        for project in known
        if not only or project.code in only
    ]


def _unknown(code: str, codes: list[str]) -> str:
    near = difflib.get_close_matches(code, codes, n=4, cutoff=0.4)
    near += [other for other in codes if code and code in other and other not in near][:4]
    if near:
        return _("There is no project with the code “%(code)s”. Near to it: %(codes)s.") % {
            "code": code,
            "codes": ", ".join(near),
        }
    return _("There is no project with the code “%(code)s”.") % {"code": code}


def create_draft(
    draft: Draft,
    *,
    language: str,
    by: "User",
    kind: str = Statement.Kind.STATEMENT,
    form: str = "",
    delivered_on: date | None = None,
    statement: Statement | None = None,
) -> Edition:
    """A draft edition of a new statement, or of `statement` (a translation). Nothing is published.

    All or nothing. Raises StepRefused when the role of `by` does not include it or `statement` is in work.
    """
    with transaction.atomic():
        if statement is None:
            require_permission(by, "articles.add_statement")
            statement = Statement.objects.create(
                kind=kind, form=form, delivered_on=delivered_on, original_language=language
            )
        edition = statement.start_edition(language=language, by=by)
        edition.write(by=by, title=draft.title, summary=draft.summary, body=draft.body)
    return edition
