"""What can be followed by e-mail, and what of the public things each of it shows: by the very filters and
QuerySets of the pages, in the active language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.filters import EditionFilter
from articles.models import Edition
from articles.named import public_people
from events.filters import EventFilter
from events.models import Event
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import with_query
from projects.models import Project

from .models import Subject, Told, What

# Lists, narrowed down by the filters in an address; the rest are single things.
LISTS = (What.STATEMENTS, What.EVENTS)
OF: dict[str, str] = {
    What.STATEMENTS: Told.Of.STATEMENT,
    What.PROJECT: Told.Of.STATEMENT,
    What.PERSON: Told.Of.STATEMENT,
    What.STATEMENT: Told.Of.STATEMENT,
    What.EVENTS: Told.Of.EVENT,
}


@dataclass(frozen=True)
class Found:
    """Something public in the active language that can be followed."""

    what: str
    about: str
    title: str  # what will come, in words
    page: str  # where it can be read ("/en/…")
    problems: tuple[str, ...] = ()  # values of filters that nobody is offered
    item: int | None = None  # of one statement: which
    is_list: bool = False

    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.about)) if self.is_list else {}


def found(what: str, about: str = "", query: Mapping[str, str] | None = None) -> Found | None:
    """None where nothing public is named so. A list has at most five queries, all else one."""
    if what in LISTS:
        return _list(what, query or {})
    if what == What.PROJECT:
        project = Project.objects.live().filter(code=about).first()
        return (
            None
            if project is None
            else Found(
                what,
                project.code,
                _("Everything that is said about the project “%(name)s”") % {"name": project.name},
                project.get_absolute_url(),
            )
        )
    if what == What.PERSON:
        person = public_people().filter(slug=about).first()
        return (
            None
            if person is None
            else Found(
                what,
                person.slug,
                _("Everything that %(name)s says") % {"name": person.name},
                person.get_absolute_url(),
            )
        )
    if what == What.STATEMENT:
        texts = Edition.objects.live().in_language(active()).select_related("statement")
        text = texts.filter(statement__reference=about).first()
        return (
            None
            if text is None
            else Found(
                what,
                text.statement.reference,
                _("Corrections and a withdrawal of “%(title)s”") % {"title": text.title},
                text.get_absolute_url(),
                item=text.statement_id,
            )
        )
    return None


def of(subject: Subject) -> Found | None:
    """The same for what somebody follows; None when it is not public any more. In the subject's language."""
    with override(subject.language):
        again = found(subject.what, subject.about, dict(parse_qsl(subject.about)))
        return None if again is None or again.problems else again


def sign_up_address(here: Found) -> str:
    if here.is_list:
        return with_query(reverse("alerts:sign-up", args=[here.what]), here.query())
    return reverse("alerts:sign-up", args=[here.what, here.about])


def shows(subject: Subject, rows: QuerySet) -> bool:
    """Whether it shows any of `rows`: public editions in its language, or public events. One query."""
    if subject.what in LISTS:
        filters = FILTERS[subject.what](dict(parse_qsl(subject.about)), rows, trusting=True)
        return not filters.unknown() and filters.qs.exists()
    if subject.what == What.PROJECT:
        return rows.about(Project.objects.live().filter(code=subject.about)).exists()  # type: ignore[attr-defined]
    if subject.what == What.PERSON:
        return rows.filter(statement__speakers__slug=subject.about).exists()
    return rows.filter(statement__reference=subject.about).exists()


FILTERS: dict[str, type[PublicFilterSet]] = {What.STATEMENTS: EditionFilter, What.EVENTS: EventFilter}
PAGES: dict[str, str] = {What.STATEMENTS: "articles:statement-list", What.EVENTS: "events:event-list"}


def _list(what: str, query: Mapping[str, str]) -> Found:
    rows: Any = (
        Edition.objects.live().in_language(active()) if what == What.STATEMENTS else Event.objects.live()
    )
    narrowing = {name: value for name, value in query.items() if name != PublicFilterSet.ORDER}
    filters = FILTERS[what](narrowing, rows, offering=False)
    whole = _("All statements") if what == What.STATEMENTS else _("All events")
    given = filters.given()
    return Found(
        what,
        urlencode(given),
        filters.named(_("Statements") if what == What.STATEMENTS else _("Events")) if given else whole,
        with_query(reverse(PAGES[what]), given),
        problems=tuple(filters.problems()),
        is_list=True,
    )
