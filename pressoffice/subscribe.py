"""What can be followed, in one place."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.filters import country_choices, project_choices, topic_choices
from articles.views import statements_feed
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.pages import in_every_language, page, with_query


class Channel(NamedTuple):
    title: str
    address: str  # absolute: it is copied into another program


class Group(NamedTuple):
    title: str
    channels: list[Channel]


@require_safe
def subscribe(request: HttpRequest) -> HttpResponse:
    """Three queries: the topics, projects and countries that public texts in this language have."""
    feed = reverse("articles:feed")
    groups = [
        Group(
            _("By topic"),
            [Channel(name, absolute(with_query(feed, {"topic": slug}))) for slug, name in topic_choices()],
        ),
        Group(
            _("By joint project"),
            [
                Channel(name, absolute(reverse("project-feed", args=[code])))
                for code, name in project_choices()
            ],
        ),
        Group(
            _("By country"),
            [
                Channel(name, absolute(with_query(feed, {"country": code})))
                for code, name in country_choices()
            ],
        ),
    ]
    return page(
        request,
        "subscribe.html",
        {
            "main": [
                Channel(_("All statements"), absolute(feed)),
                Channel(_("Joint projects and where they stand"), absolute(reverse("projects:feed"))),
                Channel(_("Promises and what came of them"), absolute(reverse("promises:feed"))),
            ],
            "groups": [group for group in groups if group.channels],
            "calendars": [
                Channel(_("Events of the press office"), absolute(reverse("events:calendar"))),
                Channel(_("Dates of promises"), absolute(reverse("promises:calendar"))),
            ],
        },
        section="subscribe",
        urls=in_every_language(lambda: reverse("subscribe")),
        feeds=[statements_feed()],
        indexed=not request.GET,
    )
