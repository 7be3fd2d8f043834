from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pressoffice.directory.models import in_office_on
from pressoffice.publishing.gone import gone_or_missing, one_visible
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import in_every_language, never_cached, page
from pressoffice.publishing.pagination import page_of
from pressoffice.publishing.takedowns import takedown_in_force
from projects.models import Project

from .models import Event


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    live = Event.objects.live()
    return page(
        request,
        "events/event_list.html",
        {"upcoming": live.upcoming(), "past": page_of(request, live.past())},
        section="events",
        urls=in_every_language(lambda: reverse("events:event-list")),
        indexed=not request.GET,
    )


@require_safe
def event(request: HttpRequest, code: str) -> HttpResponse:
    found = (
        one_visible(request, Event.objects.filter(code=code))
        .select_related("lead_image")
        .prefetch_related(
            "lead_image__renditions",
            "countries",
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
    }
    response = page(
        request,
        "events/event.html",
        context,
        section="events",
        urls=in_every_language(found.get_absolute_url),
        indexed=found.is_live(),
    )
    return response if found.is_live() else never_cached(response)
