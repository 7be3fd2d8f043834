"""A month of events: a calendar's sheet on a wide screen, a list of its days on a narrow one."""

from calendar import Calendar
from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Max, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pressoffice.publishing import moment
from pressoffice.publishing.calendars import subscription
from pressoffice.publishing.pages import FeedLink, in_every_language, page, with_query

from .filters import EventFilter
from .models import Event

MONDAY = 0


class Day(NamedTuple):
    day: date
    is_of_month: bool
    is_today: bool
    events: list[Event]


class Step(NamedTuple):
    """To the month before or after, with the same filters."""

    label: str
    address: str


def _month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def months_with_events() -> tuple[int, int] | None:
    """From the month before the first public event to the one after the last; today's is among them.

    One query. None while there is no event: there is no end of empty months to walk through.
    """
    ends = Event.objects.live().order_by().aggregate(first=Min("starts_at"), last=Max("ends_at"))
    if ends["first"] is None:
        return None
    today = _month_of(timezone.localdate(moment.now()))
    first, last = (_month_of(timezone.localdate(ends[name])) for name in ("first", "last"))
    return min(first - 1, today), max(last + 1, today)


def _address_of(month: int) -> str:
    first = _first_of(month)
    return reverse("events:month", args=[first.year, first.month])


@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    first = date(year, month, 1)
    number, between = _month_of(first), months_with_events()
    if between is None or not between[0] <= number <= between[1]:
        raise Http404
    weeks = Calendar(MONDAY).monthdatescalendar(year, month)
    filters = EventFilter(request.GET, Event.objects.live().on_days(weeks[0][0], weeks[-1][-1]))
    events = _by_day(filters.qs.with_moves())
    today = timezone.localdate(moment.now())
    given = filters.given()
    calendar = with_query(reverse("events:calendar"), given)
    of_month = {event.pk for day, found in events.items() if day.month == month for event in found}
    trail = [
        (_("Events"), reverse("events:event-list")),
        (date_format(first, "YEAR_MONTH_FORMAT"), request.path),
    ]
    return page(
        request,
        "events/month.html",
        {
            "first": first,
            "weeks": [
                [Day(day, day.month == month, day == today, events.get(day, [])) for day in week]
                for week in weeks
            ],
            "total": len(of_month),
            "filter": filters,
            "chosen": filters.chosen(),
            "problems": filters.problems(),
            "before": _step(number - 1, given) if number > between[0] else None,
            "after": _step(number + 1, given) if number < between[1] else None,
            "as_list": with_query(reverse("events:event-list"), given),
            "calendar": calendar,
            "subscription": subscription(calendar),
        },
        section="events",
        urls=in_every_language(lambda: _address_of(number)),
        feeds=[FeedLink(filters.named(_("Events")), with_query(reverse("events:feed"), given))],
        indexed=not request.GET,
        narrowed=given,
        trail=trail,
    )


def _step(month: int, given: dict[str, str]) -> Step:
    return Step(date_format(_first_of(month), "YEAR_MONTH_FORMAT"), with_query(_address_of(month), given))


def _by_day(events: Any) -> dict[date, list[Event]]:
    """An event of several days stands on each of them."""
    found: dict[date, list[Event]] = defaultdict(list)
    for event in events:
        first = timezone.localdate(event.starts_at)
        for days in range((event.last_day - first).days + 1):
            found[first + timedelta(days=days)].append(event)
    return found
