"""What can be followed, in one place."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.filters import country_choices, kind_choices, project_choices, topic_choices
from articles.views import statements_feed
from events.views import events_feed
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.calendars import subscription
from pressoffice.publishing.pages import (
    FEED_FORMATS,
    FeedLink,
    in_every_language,
    in_format,
    page,
    with_query,
)

FIRST_FORMAT = "rss"


class Channel(NamedTuple):
    title: str
    address: str  # absolute: it is copied into another program
    subscription: str = ""  # of a calendar: what opens it in one


class Group(NamedTuple):
    title: str
    channels: list[Channel]


class Choice(NamedTuple):
    name: str
    address: str  # of this page
    is_current: bool


def everything_feed() -> FeedLink:
    return FeedLink(_("Everything"), reverse("feed"))


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """The addresses of all feeds in the format that `?format=` names.

    Four queries: the kinds, topics, projects and countries that public texts in this language have.
    """
    asked = request.GET.get("format", "")
    chosen = asked if asked in FEED_FORMATS else FIRST_FORMAT

    def channel(title: str, feed: str, **query: str) -> Channel:
        return Channel(title, absolute(in_format(with_query(feed, query), chosen)))

    feed = reverse("articles:feed")
    groups = [
        Group(_("By kind"), [channel(str(name), feed, kind=kind) for kind, name in kind_choices()]),
        Group(_("By topic"), [channel(name, feed, topic=slug) for slug, name in topic_choices()]),
        Group(
            _("By joint project"),
            [channel(name, reverse("project-feed", args=[code])) for code, name in project_choices()],
        ),
        Group(_("By country"), [channel(name, feed, country=code) for code, name in country_choices()]),
    ]
    return page(
        request,
        "subscribe.html",
        {
            "kind": FEED_FORMATS[chosen][0],
            "choices": [_choice(ending, chosen) for ending in FEED_FORMATS],
            "main": [
                channel(_("Everything in one feed"), reverse("feed")),
                channel(_("All statements"), feed),
                channel(_("Joint projects and where they stand"), reverse("projects:feed")),
                channel(_("Promises and what came of them"), reverse("promises:feed")),
                channel(_("Events: announced, moved, cancelled"), reverse("events:feed")),
                channel(_("Fingerprints of each day, to check texts against"), reverse("hash-feed")),
            ],
            "groups": [group for group in groups if group.channels],
            "calendars": [
                _calendar(_("Events of the press office"), reverse("events:calendar")),
                _calendar(_("Dates of promises"), reverse("promises:calendar")),
            ],
        },
        section="subscribe",
        urls=in_every_language(lambda: reverse("subscribe")),
        feeds=[everything_feed(), statements_feed(), events_feed()],
        indexed=not request.GET,
    )


def _choice(ending: str, chosen: str) -> Choice:
    query = {} if ending == FIRST_FORMAT else {"format": ending}
    return Choice(FEED_FORMATS[ending][0], with_query(reverse("subscribe"), query), ending == chosen)


def _calendar(title: str, address: str) -> Channel:
    return Channel(title, absolute(address), subscription(address))
