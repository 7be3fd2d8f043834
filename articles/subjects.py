"""People and topics: everything that public texts have of them. They are readable exactly while one has."""

from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from events.models import Event
from pressoffice.directory.models import Office, Person, Topic
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import FeedLink, in_every_language, page, with_query
from pressoffice.publishing.pagination import page_of
from projects.models import Project

from .models import Edition
from .named import public_people, public_topics
from .structured_data import profile

EVENTS = 10
PROJECTS = 6


class PublicPerson(NamedTuple):
    person: Person
    office: Office | None  # the newest in which a public text or event shows them
    statements: int


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    people = public_people().by_name().prefetch_related("offices")
    page_obj = page_of(request, people)
    shown = list(page_obj)
    days, counts = days_of(shown), _statements_of(shown)
    rows = [
        PublicPerson(person, _newest(offices_held(person, days[person.pk])), counts.get(person.pk, 0))
        for person in shown
    ]
    return page(
        request,
        "articles/person_list.html",
        {"page_obj": page_obj, "rows": rows},
        section="people",
        urls=in_every_language(lambda: reverse("people:person-list")),
        indexed=not request.GET,
    )


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """The offices in which public texts show them, everything they said, where they were."""
    found = public_people().filter(slug=slug).prefetch_related("offices").first()
    if found is None:
        raise Http404
    editions = Edition.objects.live().in_language(active()).filter(statement__speakers=found)
    page_obj = page_of(
        request, editions.newest_first().for_lists().prefetch_related("lead_image__renditions")
    )
    events = Event.objects.live().filter(participants=found)
    offices = offices_held(found, days_of([found])[found.pk])
    return page(
        request,
        "articles/person.html",
        {
            "person": found,
            "offices": offices,
            "page_obj": page_obj,
            "upcoming": events.upcoming().with_moves()[:EVENTS],
            "past": events.past().with_moves()[:EVENTS],
        },
        section="people",
        urls=in_every_language(found.get_absolute_url),
        feeds=_feeds("speaker", found, page_obj),
        indexed=not request.GET,
        trail=[
            (pgettext("named in statements", "People"), reverse("people:person-list")),
            (found.name, found.get_absolute_url()),
        ],
        structured=[profile(found, offices)],
    )


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    here = Count(
        "statements",
        filter=Q(statements__editions__in=Edition.objects.live().in_language(active())),
        distinct=True,
    )
    return page(
        request,
        "articles/topic_list.html",
        {"topics": public_topics().annotate(count=here).by_name()},
        section="statements",
        urls=in_every_language(lambda: reverse("topics:topic-list")),
        indexed=not request.GET,
    )


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said about it, and the joint projects that those texts speak of most."""
    found = public_topics().filter(slug=slug).first()
    if found is None:
        raise Http404
    editions = Edition.objects.live().in_language(active()).filter(statement__topics=found)
    spoken_of = (
        Project.objects.live()
        .filter(passages__edition__in=editions)
        .annotate(texts=Count("passages__edition", distinct=True))
        .order_by("-texts", "code")
        .with_status()
    )
    page_obj = page_of(
        request, editions.newest_first().for_lists().prefetch_related("lead_image__renditions")
    )
    return page(
        request,
        "articles/topic.html",
        {"topic": found, "page_obj": page_obj, "projects": spoken_of[:PROJECTS]},
        section="statements",
        urls=in_every_language(found.get_absolute_url),
        feeds=_feeds("topic", found, page_obj),
        indexed=not request.GET,
        trail=[
            (_("Topics"), reverse("topics:topic-list")),
            (found.name, found.get_absolute_url()),
        ],
    )


def _feeds(name: str, subject: Person | Topic, page_obj: Page) -> list[FeedLink]:
    """The feed of what is listed; none where the reader's language has nothing of it."""
    if not page_obj.object_list:
        return []
    return [FeedLink(subject.name, with_query(reverse("articles:feed"), {name: subject.slug}))]


def days_of(people: list[Person]) -> dict[int, set[Any]]:
    """On which public texts and events show them. Two queries.

    Only these tell which offices readers know of: an appointment may be entered ahead of its announcement.
    """
    days: dict[int, set[Any]] = {person.pk: set() for person in people}
    said = Edition.objects.live().filter(statement__speakers__in=days).order_by()
    for pk, day, since in said.values_list(
        "statement__speakers", "statement__delivered_on", "public_since"
    ).distinct():
        if pk in days and since is not None:
            days[pk].add(day or timezone.localdate(since))
    events = Event.objects.live().filter(participants__in=days).order_by()
    for pk, starts_at in events.values_list("participants", "starts_at").distinct():
        if pk in days:
            days[pk].add(timezone.localdate(starts_at))
    return days


def _statements_of(people: list[Person]) -> dict[int, int]:
    """How many each has made in the reader's language. One query."""
    said = Edition.objects.live().in_language(active()).filter(statement__speakers__in=people).order_by()
    counted = said.values("statement__speakers").annotate(count=Count("statement", distinct=True))
    return {row["statement__speakers"]: row["count"] for row in counted}


def offices_held(person: Person, days: set[Any]) -> list[Office]:
    """The newest first. No query when their offices are prefetched."""
    held = {office.pk: office for day in days if (office := person.office_on(day))}
    by_age = sorted(held.values(), key=lambda each: (each.from_on or date.min, each.pk))
    return by_age[::-1]


def _newest(offices: list[Office]) -> Office | None:
    return offices[0] if offices else None
