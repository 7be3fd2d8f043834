from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pressoffice.directory.models import in_office_on
from pressoffice.publishing import moment
from pressoffice.publishing.calendars import subscription
from pressoffice.publishing.gone import gone_or_missing, one_visible
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import FeedLink, in_every_language, never_cached, page, with_query
from pressoffice.publishing.pagination import page_of
from pressoffice.publishing.takedowns import takedown_in_force
from projects.models import Project

from .filters import EventFilter
from .models import Event
from .months import months_with_events
from .structured_data import event_data


def events_feed() -> FeedLink:
    return FeedLink(_("Events"), reverse("events:feed"))


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    filters = EventFilter(request.GET, Event.objects.live().with_moves())
    upcoming, past = list(filters.qs.upcoming()), page_of(request, filters.qs.past())
    filters.count_choices()
    given, narrowed = filters.given(), filters.narrowed()
    calendar = with_query(reverse("events:calendar"), given)
    feed = FeedLink(filters.named(_("Events")), with_query(reverse("events:feed"), given))
    today = timezone.localdate(moment.now())
    return page(
        request,
        "events/event_list.html",
        {
            "filter": filters,
            "upcoming": upcoming,
            "past": past,
            "total": len(upcoming) + past.paginator.count,
            "chosen": filters.chosen(),
            "problems": filters.problems(),
            "narrowed": narrowed,
            "month": with_query(reverse("events:month", args=[today.year, today.month]), given)
            if months_with_events()
            else "",
            "feed": feed,
            "calendar": calendar,
            "subscription": subscription(calendar),
        },
        section="events",
        urls=in_every_language(lambda: reverse("events:event-list")),
        feeds=[feed, events_feed()] if given else [feed],
        indexed=filters.is_indexed(has_rows=bool(upcoming or past.object_list)),
        narrowed=given,
    )


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse:
    found = (
        one_visible(request, Event.objects.filter(code=code))
        .select_related("lead_image")
        .prefetch_related(
            "lead_image__renditions",
            "countries",
            "moves",
            "participants__offices",
            Prefetch("projects", Project.objects.live().by_name()),
        )
        .first()
    )
    if found is None:
        return gone_or_missing(request, Event.objects.filter(code=code).first())
    context: dict[str, Any] = {
        "event": found,
        "preview": not found.is_live(),
        "takedown": takedown_in_force(found) if found.is_cancelled else None,
        "editions": found.statement_editions().in_language(active()).newest_first(),
        "participants": in_office_on(found.participants.all(), timezone.localdate(found.starts_at)),
        "projects": found.projects.all(),
        "countries": found.countries.all(),
        "move": found.last_move,
        "calendar": reverse("events:event-calendar", args=[found.code]) if found.is_live() else "",
    }
    picture = found.lead_image.picture() if found.lead_image else None
    response = page(
        request,
        "events/event.html",
        context,
        section="events",
        urls=in_every_language(found.get_absolute_url),
        feeds=[events_feed()],
        indexed=found.is_live(),
        trail=[(_("Events"), reverse("events:event-list")), (found.title, found.get_absolute_url())],
        structured=[event_data(found, picture.src if picture else "")],
    )
    return response if found.is_live() else never_cached(response)
