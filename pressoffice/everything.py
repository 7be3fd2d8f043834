"""Statements, projects, promises and events as one feed: of the office, of a country, of an organisation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.feeds import put_right_of_late, statement_items, statements_changed
from articles.models import Edition, Passage
from articles.querysets import EditionQuerySet
from events.feeds import event_items, events_changed
from events.models import Event, EventQuerySet
from pressoffice.directory.models import Country, Organisation
from pressoffice.ledger.feeds import (
    ledger_changed,
    project_items,
    promise_items,
    told_of,
)
from pressoffice.ledger.filters import today
from pressoffice.ledger.models import Commitment
from pressoffice.ledger.moments import attach_moments
from pressoffice.ledger.promises import came_of
from pressoffice.publishing.feed_items import NOTHING_YET, Item
from pressoffice.publishing.feeds import PublicFeed, latest
from pressoffice.publishing.languages import active
from projects.models import Participation, Project
from projects.querysets import ProjectQuerySet


class News(NamedTuple):
    """What is known of an item before it is made."""

    at: datetime
    kind: str
    key: Any


@dataclass
class Subject:
    """What is told of: rows of each kind, as narrow as the feed."""

    title: str
    description: str
    page: str
    address: str
    statements: EditionQuerySet
    projects: ProjectQuerySet
    events: EventQuerySet


class Mixed:
    """All kinds of news as one list, counted and cut; only as much is read of each as a page can show."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.told = told_of(subject.projects)
        commitments = Commitment.objects.live().about(subject.projects).select_related("project")
        self.promises = came_of(commitments, today())
        attach_moments(self.promises)

    def count(self) -> int:
        rows = [self.subject.statements, self.subject.events]
        return sum(each.count() for each in rows) + len(self.told) + len(self.promises)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, asked: slice) -> list[News]:
        statements = self.subject.statements.newest_first().values_list("public_since", "pk")
        events = self.subject.events.last_told_first().values_list("told_at", "pk")
        news = [
            *(News(at or NOTHING_YET, "statement", pk) for at, pk in statements[: asked.stop]),
            *(News(at, "event", pk) for at, pk in events[: asked.stop]),
            *(News(each.on, "project", each) for each in self.told),
            *(News(each.changed_at, "promise", each) for each in self.promises),
        ]
        # A statement comes before what it made news of in the same second.
        order = ("promise", "project", "event", "statement")
        return sorted(news, key=lambda each: (each.at, order.index(each.kind)), reverse=True)[asked]


class Everything(PublicFeed):
    """`find`: what it is about; None where there is no such thing."""

    def __init__(self, find: Callable[..., Subject | None]) -> None:
        self.find = find

    def subject(self, request: HttpRequest, **kwargs: Any) -> Subject:
        found = self.find(**kwargs)
        if found is None:
            raise Http404
        return found

    def title(self, subject: Subject) -> str:
        return subject.title

    def description(self, subject: Subject) -> str:
        return subject.description

    def page(self, subject: Subject) -> str:
        return subject.page

    def address(self, subject: Subject) -> str:
        return subject.address

    def rows(self, subject: Subject) -> Mixed:
        return Mixed(subject)

    def items(self, subject: Subject, page_obj: Page) -> list[Item]:
        news: list[News] = list(page_obj.object_list)

        def keys(kind: str) -> list[Any]:
            return [each.key for each in news if each.kind == kind]

        texts = set(keys("statement"))
        if page_obj.number == 1:
            texts |= put_right_of_late(subject.statements)
        items = [
            *statement_items(Edition.objects.live().filter(pk__in=texts).newest_first()),
            *event_items(Event.objects.live().filter(pk__in=keys("event")).last_told_first()),
            *project_items(keys("project")),
            *promise_items(keys("promise")),
        ]
        return sorted(items, key=lambda item: item.updated, reverse=True)

    def last_change(self, subject: Subject) -> datetime:
        return latest([*statements_changed(), *ledger_changed(), *events_changed()])


def office() -> Subject:
    return Subject(
        title=_("Press office: everything"),
        description=_("Statements, joint projects, promises and events, as they become public."),
        page=reverse("home"),
        address=reverse("feed"),
        statements=Edition.objects.live().in_language(active()),
        projects=Project.objects.live(),
        events=Event.objects.live(),
    )


def of_country(code: str) -> Subject | None:
    """What names the country, and what it takes part in. There while any of it is public, in one query."""
    statements = Edition.objects.live().in_language(active())
    events = Event.objects.live()
    taking_part = Participation.objects.live()
    country = (
        Country.objects.filter(code=code.upper())
        .filter(
            Exists(statements.filter(statement__countries=OuterRef("pk")))
            | Exists(events.filter(countries=OuterRef("pk")))
            | Exists(taking_part.filter(country=OuterRef("pk")))
            | Exists(taking_part.filter(organisation__country=OuterRef("pk")))
        )
        .first()
    )
    if country is None or code != code.lower():
        return None
    return Subject(
        title=_("Press office: %(name)s") % {"name": country.name},
        description=_("What is said of it, what it takes part in, what was promised there, and events."),
        page=country.get_absolute_url(),
        address=reverse("country-feed", args=[code]),
        statements=statements.filter(statement__countries=country),
        projects=Project.objects.live().with_partner(country.code),
        events=events.filter(countries=country),
    )


def of_organisation(pk: int) -> Subject | None:
    """The projects it takes part in, and what is said and promised of them. There while one of them is
    public, in one query."""
    taking_part = Participation.objects.live().filter(organisation=OuterRef("pk"))
    organisation = Organisation.objects.filter(Exists(taking_part), pk=pk).first()
    if organisation is None:
        return None
    own = Participation.objects.filter(organisation=organisation).values("project")
    projects = Project.objects.live().filter(pk__in=own)
    spoken_of = Passage.objects.live().filter(project__in=projects).values("edition")
    return Subject(
        title=_("Press office: %(name)s") % {"name": organisation.name},
        description=_("The projects it takes part in, and what is said and promised of them."),
        page=organisation.get_absolute_url(),
        address=reverse("organisation-feed", args=[pk]),
        statements=Edition.objects.live().in_language(active()).filter(pk__in=spoken_of),
        projects=projects,
        events=Event.objects.live().filter(projects__in=projects).distinct(),
    )
