"""What search engines are told of: every public page in every language it is public in, and nothing else.

https://www.sitemaps.org/protocol.html, with the alternates of
https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap and the news of
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from articles.models import Edition
from articles.named import public_people, public_topics
from events.models import Event
from pressoffice.directory.models import Country
from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.pages import in_every_language
from pressoffice.publishing.periods import Standing
from projects.models import Agreement, Participation, Project

NEWS_AGE = timedelta(hours=48)
MOST_NEWS = 1000
# Pages that belong to nothing that could be taken down.
FIXED = [
    *("home", "about", "contacts", "accessibility", "subscribe", "api-description"),
    "archive:archive",
    *("search:search", "search:quote"),
    *("articles:statement-list", "projects:project-list", "promises:promise-list", "events:event-list"),
    *("people:person-list", "topics:topic-list", "countries:country-list", "agreements:agreement-list"),
]


class Listed(NamedTuple):
    address: str  # absolute, like those of the alternates
    alternates: list[tuple[str, str]]  # by language code
    changed_at: datetime | None = None


def _in_every_language(address: Callable[[], str]) -> Iterator[Listed]:
    alternates = [(code, absolute(own)) for code, own in in_every_language(address).items()]
    for _code, own in alternates:
        yield Listed(own, alternates)


def _fixed() -> Iterable[Listed]:
    for name in FIXED:
        yield from _in_every_language(lambda name=name: reverse(name))  # type: ignore[misc]


def _things(rows: Iterable[Any]) -> Iterator[Listed]:
    for row in rows:
        yield from _in_every_language(row.get_absolute_url)


def _countries() -> Iterable[Country]:
    """Those that have a page: a public project has them take part, or a public agreement is theirs."""
    taking_part = Participation.objects.live()
    codes = {*taking_part.values_list("country", flat=True)}
    codes |= {*taking_part.values_list("organisation__country", flat=True)}
    codes |= {*Agreement.objects.live().values_list("parties", flat=True)}
    return Country.objects.filter(pk__in=codes - {None}).order_by("pk")


SECTIONS: dict[str, Callable[[], Iterable[Listed]]] = {
    "pages": _fixed,
    "projects": lambda: _things(Project.objects.live().order_by("pk")),
    "agreements": lambda: _things(Agreement.objects.live().order_by("pk")),
    "people": lambda: _things(public_people().order_by("pk")),
    "topics": lambda: _things(public_topics().order_by("pk")),
    "countries": lambda: _things(_countries()),
}


def _events(year: int) -> Iterator[Listed]:
    return _things(Event.objects.live().filter(starts_at__year=year).order_by("pk"))


def _statements(year: int, month: int) -> Iterator[Listed]:
    """The texts that first went public in that month, with those in the other languages. Two queries."""
    light = Edition.objects.live().select_related("statement").defer("body", "notes_to_editors")
    of_month = light.filter(public_since__year=year, public_since__month=month)
    texts = list(of_month.order_by("public_since", "pk"))
    siblings: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for each in light.filter(statement__in=[text.statement_id for text in texts]).order_by("language"):
        siblings[each.statement_id].append((each.language, absolute(each.get_absolute_url())))
    for text in texts:
        changed_at = text.revised_at or text.public_since
        yield Listed(absolute(text.get_absolute_url()), siblings[text.statement_id], changed_at)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """A sitemap for each section, for each year of events and for each month of statements. Two queries."""
    months = Edition.objects.live().order_by().datetimes("public_since", "month")
    years = Event.objects.live().order_by().datetimes("starts_at", "year")
    addresses = [
        *(reverse("sitemap-section", args=[name]) for name in SECTIONS),
        *(reverse("sitemap-events", args=[year.year]) for year in years),
        *(reverse("sitemap-statements", args=[month.year, month.month]) for month in months),
    ]
    return _xml("sitemaps/index.xml", {"addresses": [absolute(each) for each in addresses]})


@require_safe
def section(request: HttpRequest, name: str) -> HttpResponse:
    if name not in SECTIONS:
        raise Http404
    return _urls(SECTIONS[name]())


@require_safe
def events(request: HttpRequest, year: int) -> HttpResponse:
    return _urls(_events(year))


@require_safe
def statements(request: HttpRequest, year: int, month: int) -> HttpResponse:
    return _urls(_statements(year, month))


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The texts of the last two days that still hold, in every language."""
    since = moment.now() - NEWS_AGE
    texts = Edition.objects.live().filter(public_since__gte=since, standing=Standing.IN_FORCE)
    newest = texts.select_related("statement").defer("body", "notes_to_editors").newest_first()[:MOST_NEWS]
    return _xml(
        "sitemaps/news.xml",
        {
            "texts": [
                (each, absolute(each.get_absolute_url()), timezone.localtime(each.public_since))
                for each in newest
                if each.public_since
            ]
        },
    )


def _urls(listed: Iterable[Listed]) -> HttpResponse:
    return _xml("sitemaps/urls.xml", {"urls": listed})


def _xml(template: str, context: dict[str, Any]) -> HttpResponse:
    response = HttpResponse(
        render_to_string(template, context), content_type="application/xml; charset=utf-8"
    )
    # Of no use in a list of results itself.
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, no_cache=True)
    return response
