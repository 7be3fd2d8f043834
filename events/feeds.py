"""Events as news for programs: what was announced, moved or cancelled last comes first."""

from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from pressoffice.media.enclosures import picture_of
from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.feed_items import Category, Item
from pressoffice.publishing.feeds import FilteredFeed, latest, public_moments, takedown_moments
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import Takedown, subject_type

from .filters import EventFilter
from .models import Event, EventMove, EventQuerySet


def event_items(events: EventQuerySet) -> list[Item]:
    """The events as news, in their order. Five queries, one more where one is cancelled."""
    found = list(
        events.select_related("lead_image")
        .with_moves()
        .prefetch_related("lead_image__renditions", "countries", "projects")
    )
    cancelled = [event.pk for event in found if event.is_cancelled]
    taken_down = Takedown.objects.in_force().filter(
        subject_type=subject_type(Event), subject_id__in=cancelled, at__lte=moment.now()
    )
    cancellations = {each.subject_id: each for each in taken_down} if cancelled else {}
    return [_item(event, cancellations.get(event.pk)) for event in found]


def _item(event: Event, cancellation: Takedown | None) -> Item:
    move = event.last_move
    since = event.live_from
    if since is None:
        raise ValueError("What was never public is no news.")
    told = {"event": event, "move": move, "cancellation": cancellation}
    changes = [*([move.moved_at] if move else []), *([cancellation.at] if cancellation else [])]
    return Item(
        thing=event.uuid,
        title=_title(event, is_moved=move is not None),
        link=absolute(event.get_absolute_url()),
        summary=event.summary,
        html=render_to_string("events/event_in_feed.html", told),
        language=active(),
        published=since,
        updated=max([since, *changes]),
        categories=[
            Category(str(event.get_kind_display()), event.kind, absolute(reverse("events:event-list"))),
            *(
                Category(country.name, country.code, absolute(reverse("countries:country-list")))
                for country in event.countries.all()
            ),
            *(
                Category(project.name, project.code, absolute(reverse("projects:project-list")))
                for project in event.projects.all()
                if project.is_live()
            ),
        ],
        image=picture_of(event.lead_image),
    )


def _title(event: Event, *, is_moved: bool) -> str:
    if event.is_cancelled:
        return _("Cancelled: %(title)s") % {"title": event.title}
    if is_moved:
        return _("Moved: %(title)s") % {"title": event.title}
    return event.title


def events_changed() -> list[datetime]:
    """When any event was last announced, moved, cancelled or removed. Three queries."""
    moves = EventMove.objects.filter(event__in=Event.objects.live(), moved_at__lte=moment.now())
    last_move = moves.order_by("-moved_at").values_list("moved_at", flat=True)[:1]
    return [
        *public_moments(Event.objects.all()),
        *takedown_moments(Q(subject_type=subject_type(Event))),
        *last_move,
    ]


class EventFeed(FilteredFeed):
    list_name, feed_name = "events:event-list", "events:feed"

    def subject(self, request: HttpRequest, **kwargs: Any) -> EventFilter:
        return EventFilter(request.GET, Event.objects.live(), offering=False)

    def title(self, subject: PublicFilterSet) -> str:
        return " – ".join(filter(None, [_("Events of the press office"), subject.named_with_unknown()]))

    def about(self) -> str:
        return _("Visits, meetings, signings and briefings: announced, moved and cancelled.")

    def rows(self, subject: EventFilter) -> EventQuerySet:
        return subject.qs.none() if subject.unknown() else subject.qs.last_told_first()

    def items(self, subject: EventFilter, page_obj: Page) -> list[Item]:
        shown = [event.pk for event in page_obj.object_list]
        return event_items(Event.objects.live().filter(pk__in=shown).last_told_first())

    def last_change(self, subject: EventFilter) -> datetime:
        return latest(events_changed())
