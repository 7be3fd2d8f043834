"""What was promised, by whom, to whom: over all projects, by country, by organisation."""

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Edition
from pressoffice.directory.models import Country, Organisation
from pressoffice.publishing.calendars import subscription
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import FeedLink, in_every_language, page, with_query
from pressoffice.publishing.pagination import page_of
from projects.models import Agreement, Participation, Project

from .filters import CommitmentFilter, public_promises
from .models import BudgetLine, Commitment
from .money import sums_of
from .promises import Promise, State
from .sources import attach_sources

NEWEST = 10


class CountryRow(NamedTuple):
    country: Country
    projects: int
    ended: int
    open: int
    overdue: int
    done: int


@require_safe
def promise_list(request: HttpRequest) -> HttpResponse:
    commitments = Commitment.objects.live().select_related("project", "country", "organisation")
    filters = CommitmentFilter(request.GET, commitments)
    promises = filters.promises()
    page_obj = page_of(request, promises)
    shown = list(page_obj)
    attach_words(shown)
    filters.count_choices()
    given, narrowed = filters.given(), filters.narrowed()
    feed = FeedLink(filters.named(_("Promises")), with_query(reverse("promises:feed"), given))
    calendar = with_query(reverse("promises:calendar"), given)
    return page(
        request,
        "ledger/promise_list.html",
        {
            "filter": filters,
            "page_obj": page_obj,
            "promises": shown,
            "total": len(promises),
            "chosen": filters.chosen(),
            "problems": filters.problems(),
            "narrowed": narrowed,
            "feed": feed,
            "calendar": calendar,
            "subscription": subscription(calendar),
        },
        section="promises",
        urls=in_every_language(lambda: reverse("promises:promise-list")),
        feeds=[feed],
        indexed=filters.is_indexed(has_rows=bool(page_obj.object_list)),
        narrowed=given,
    )


def attach_words(promises: list[Promise]) -> None:
    """The sources of the promises and of every later word on them. Six queries."""
    attach_sources(
        [promise.commitment for promise in promises],
        [word for promise in promises for word in promise.later],
    )


@require_safe
def country_list(request: HttpRequest) -> HttpResponse:
    """Who takes part in how much, and what came of what was promised there."""
    return page(
        request,
        "ledger/country_list.html",
        {"rows": _compared()},
        section="projects",
        urls=in_every_language(lambda: reverse("countries:country-list")),
    )


def _compared() -> list[CountryRow]:
    """Four queries."""
    taking_part = Participation.objects.live().select_related("organisation")
    projects: dict[str, set[int]] = defaultdict(set)
    for row in taking_part:
        code = row.country_id or (row.organisation and row.organisation.country_id)
        if code:
            projects[code].add(row.project_id)
    running = set(Project.objects.live().not_ended().values_list("pk", flat=True))
    states: dict[int, Counter] = defaultdict(Counter)
    for promise in public_promises():
        states[promise.commitment.project_id][promise.state] += 1
    rows = []
    for country in Country.objects.filter(code__in=projects).by_name():
        own = projects[country.code]
        counted = sum((states[pk] for pk in own), Counter())
        rows.append(
            CountryRow(
                country,
                len(own),
                len(own - running),
                counted[State.OPEN] + counted[State.SOON],
                counted[State.OVERDUE],
                counted[State.DONE],
            )
        )
    return rows


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    """What a country takes part in."""
    if code != code.lower():
        address = reverse("countries:country", args=[code.lower()])
        return HttpResponsePermanentRedirect(with_query(address, request.GET.dict()))
    found = Country.objects.filter(code=code.upper()).first()
    if found is None:
        raise Http404
    projects = Project.objects.live().with_partner(found.code)
    agreements = Agreement.objects.live().filter(parties=found).newest_first()
    statements = Edition.objects.live().in_language(active()).filter(statement__countries=found)
    sums = BudgetLine.objects.in_force().filter(Q(country=found) | Q(organisation__country=found))
    return _taking_part(
        request,
        found,
        projects,
        feed=reverse("country-feed", args=[code]),
        section_of={
            "agreements": agreements.select_related("amends"),
            "statements": statements.newest_first().for_lists()[:NEWEST],
            "statements_address": f"{reverse('articles:statement-list')}?country={found.code}",
            "sums": sums_of(sums),
            "promises_address": f"{reverse('promises:promise-list')}?country={found.code}",
        },
    )


@require_safe
def organisation(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """What an organisation takes part in."""
    found = Organisation.objects.select_related("country").filter(pk=pk).first()
    if found is None:
        raise Http404
    projects = Project.objects.live().filter(
        pk__in=Participation.objects.filter(organisation=found).values("project")
    )
    response = _taking_part(
        request,
        found,
        projects,
        feed=reverse("organisation-feed", args=[pk]),
        section_of={"sums": sums_of(BudgetLine.objects.in_force().filter(organisation=found))},
    )
    # Only after it is clear that readers may know of it.
    own = found.get_absolute_url()
    return response if request.path == own else HttpResponsePermanentRedirect(own)


def _taking_part(
    request: HttpRequest,
    found: Country | Organisation,
    projects: Any,
    *,
    feed: str,
    section_of: dict[str, Any],
) -> HttpResponse:
    page_obj: Page = page_of(
        request,
        projects.by_name()
        .select_related("lead_image")
        .with_status()
        .prefetch_related("lead_image__renditions"),
    )
    if not page_obj.paginator.count and not any(section_of.get(name) for name in ("agreements", "sums")):
        raise Http404
    # Of agreements and sums alone there is none.
    has_news = bool(page_obj.paginator.count or section_of.get("statements"))
    own = {pk for (pk,) in projects.order_by().values_list("pk")}
    promises = [promise for promise in public_promises() if promise.commitment.project_id in own]
    return page(
        request,
        "ledger/taking_part.html",
        {
            "subject": found,
            "page_obj": page_obj,
            "states": [
                (State(state), sum(promise.state == state for promise in promises)) for state in State
            ],
            **section_of,
        },
        section="projects",
        urls=in_every_language(found.get_absolute_url),
        feeds=[FeedLink(found.name, feed)] if has_news else [],
        indexed=not request.GET,
        trail=[(_("Countries"), reverse("countries:country-list")), (found.name, found.get_absolute_url())],
    )
