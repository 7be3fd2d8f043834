"""Everything that was said, by the day it is of: the years, a year's months, a month."""

from calendar import monthrange
from collections import Counter
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, When
from django.db.models.functions import Coalesce, TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import in_every_language, page
from pressoffice.publishing.pagination import page_of

from .models import Edition
from .querysets import EditionQuerySet
from .views import statements_feed

PER_PAGE = 100


class Month(NamedTuple):
    first: date
    texts: int
    address: str


class Year(NamedTuple):
    year: int
    texts: int
    address: str
    months: list[Month]


class Listed(NamedTuple):
    """The texts of one month on a page."""

    first: date
    editions: list[Edition]


def _live_here() -> EditionQuerySet:
    return Edition.objects.live().in_language(active())


def counted_by_month(editions: EditionQuerySet) -> dict[date, int]:
    """How many are of which month (its first day), the newest first. One query.

    What names no day is of the day on which its text went public, in Bishkek.
    """
    without = Case(When(statement__delivered_on__isnull=True, then=TruncDate("public_since")))
    days = editions.order_by().values_list("statement__delivered_on", without)
    counts: Counter[date] = Counter()
    for day, since, count in days.annotate(count=Count("pk")):
        counts[(day or since).replace(day=1)] += count
    return dict(sorted(counts.items(), reverse=True))


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every year and month in which something was said. One query."""
    counts = counted_by_month(_live_here())
    years = []
    for year, months in groupby(counts.items(), key=lambda item: item[0].year):
        rows = [Month(first, count, _address(first.year, first.month)) for first, count in months]
        years.append(Year(year, sum(row.texts for row in rows), _address(year), rows[::-1]))
    return page(
        request,
        "articles/archive.html",
        {"years": years, "total": sum(counts.values())},
        section="statements",
        urls=in_every_language(lambda: reverse("archive:archive")),
        feeds=[statements_feed()],
        indexed=not request.GET,
    )


@require_safe
def archive_of(request: HttpRequest, year: int, month: int | None = None) -> HttpResponse:
    """What is of a year, or of one of its months, in the order of the days. Three queries."""
    first = date(year, month or 1, 1)
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    everything = counted_by_month(_live_here())
    counts = {each: count for each, count in everything.items() if each.year == year}
    total = counts.get(first, 0) if month else sum(counts.values())
    if not total:
        raise Http404
    day = Coalesce(F("statement__delivered_on"), TruncDate("public_since"))
    editions = _live_here().between(first, last).annotate(day=day).order_by("day", "public_since", "pk")
    page_obj = page_of(request, editions.for_lists(), per_page=PER_PAGE)
    title = date_format(first, "YEAR_MONTH_FORMAT") if month else str(year)
    return page(
        request,
        "articles/archive_of.html",
        {
            "title": title,
            "year": year,
            "year_address": _address(year),
            "is_month": month is not None,
            "total": total,
            "months": [
                Month(each, count, _address(year, each.month)) for each, count in sorted(counts.items())
            ],
            "here": first if month else None,
            "page_obj": page_obj,
            "listed": [Listed(begin, list(group)) for begin, group in groupby(page_obj, key=_first_of_month)],
            **_neighbours(everything, first, is_month=month is not None),
        },
        section="statements",
        urls=in_every_language(lambda: _address(year, month)),
        feeds=[statements_feed()],
        indexed=not request.GET,
    )


def _first_of_month(edition: Any) -> date:
    day: date = edition.day
    return day.replace(day=1)


def _neighbours(counts: dict[date, int], first: date, *, is_month: bool) -> dict[str, Month | None]:
    """The nearest months, or years, before and after it of which there is anything."""
    if not is_month:
        by_year: Counter[date] = Counter()
        for each, count in counts.items():
            by_year[each.replace(month=1)] += count
        counts = by_year
    nearest = {
        "previous": max((each for each in counts if each < first), default=None),
        "next": min((each for each in counts if each > first), default=None),
    }
    return {
        name: None
        if each is None
        else Month(each, counts[each], _address(each.year, each.month if is_month else None))
        for name, each in nearest.items()
    }


def _address(year: int, month: int | None = None) -> str:
    if month is None:
        return reverse("archive:year", args=[year])
    return reverse("archive:month", args=[year, month])
