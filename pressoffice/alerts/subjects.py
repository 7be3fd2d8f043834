"""What can be followed by e-mail, and what of the public things each of it shows: by the very filters and
QuerySets of the pages, in the active language."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from articles.filters import EditionFilter
from articles.models import Edition
from articles.named import public_people
from events.filters import EventFilter
from events.models import Event
from pressoffice.ledger.filters import CommitmentFilter, ProjectFilter
from pressoffice.ledger.models import Commitment
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import with_query
from projects.models import Project

from .models import Subject, Told, What


@dataclass(frozen=True)
class List:
    """A page's list, narrowed down by the filters in an address."""

    filters: type[PublicFilterSet]
    rows: Callable[[], Any]  # everything public in the active language
    page: str
    title: Any
    whole: Any


LISTS: dict[str, List] = {
    What.STATEMENTS: List(
        EditionFilter,
        lambda: Edition.objects.live().in_language(active()),
        "articles:statement-list",
        gettext_lazy("Statements"),
        gettext_lazy("All statements"),
    ),
    What.EVENTS: List(
        EventFilter,
        lambda: Event.objects.live(),
        "events:event-list",
        gettext_lazy("Events"),
        gettext_lazy("All events"),
    ),
    What.PROJECTS: List(
        ProjectFilter,
        lambda: Project.objects.live(),
        "projects:project-list",
        gettext_lazy("Joint projects"),
        gettext_lazy("All joint projects"),
    ),
    What.PROMISES: List(
        CommitmentFilter,
        lambda: Commitment.objects.live(),
        "promises:promise-list",
        gettext_lazy("Promises"),
        gettext_lazy("All promises"),
    ),
}
# What each brings. All but lists are single things.
OF: dict[str, str] = {
    What.STATEMENTS: Told.Of.STATEMENT,
    What.PROJECT: Told.Of.STATEMENT,
    What.PERSON: Told.Of.STATEMENT,
    What.STATEMENT: Told.Of.STATEMENT,
    What.EVENTS: Told.Of.EVENT,
    What.PROJECTS: Told.Of.PROJECT,
    What.PROMISES: Told.Of.PROMISE,
}
# The filters by which a day alone brings something into a list: a date has passed, nothing new was said.
BY_THE_DAY: dict[str, str] = {What.PROJECTS: "promises", What.PROMISES: "state"}


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

    @property
    def is_of_the_ledger(self) -> bool:
        """Whether its things are spoken of again and again."""
        return OF[self.what] in {Told.Of.PROJECT, Told.Of.PROMISE}

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


def rows_of(of: str, items: Collection[int], language: str) -> Any:
    """What a filter has to look at to know which of these public things it shows: them, or for promises all
    of their projects, as what came of one is known by others."""
    if of == Told.Of.STATEMENT:
        return Edition.objects.live().in_language(language).filter(statement__in=items)
    if of == Told.Of.PROMISE:
        projects = Commitment.objects.filter(pk__in=items).values("project")
        return Commitment.objects.live().filter(project__in=projects)
    model: Any = Event if of == Told.Of.EVENT else Project
    return model.objects.live().filter(pk__in=items)


def shown_of(subject: Subject, rows: Any) -> set[int]:
    """The keys of the statements, events, projects or promises that it shows, of those `rows` are about. One
    query, or two."""
    if subject.what == What.PROJECT:
        rows = rows.about(Project.objects.live().filter(code=subject.about))
    elif subject.what == What.PERSON:
        rows = rows.filter(statement__speakers__slug=subject.about)
    elif subject.what == What.STATEMENT:
        rows = rows.filter(statement__reference=subject.about)
    else:
        filters = LISTS[subject.what].filters(dict(parse_qsl(subject.about)), rows, trusting=True)
        if isinstance(filters, CommitmentFilter):
            return {promise.commitment.pk for promise in filters.known_promises()}
        if filters.unknown():
            return set()
        rows = filters.qs
    key = "statement_id" if OF[subject.what] == Told.Of.STATEMENT else "pk"
    return set(rows.order_by().values_list(key, flat=True))


def _list(what: str, query: Mapping[str, str]) -> Found:
    here = LISTS[what]
    narrowing = {name: value for name, value in query.items() if name != PublicFilterSet.ORDER}
    filters = here.filters(narrowing, here.rows(), offering=False)
    given = filters.given()
    return Found(
        what,
        urlencode(given),
        filters.named(str(here.title)) if given else str(here.whole),
        with_query(reverse(here.page), given),
        problems=tuple(filters.problems()),
        is_list=True,
    )
