"""WebSub: hubs are told which feeds changed, and tell those who subscribed to them there.

Only feeds that are pinged name a hub: `PublicFeed.is_pinged` says which, and what is put together here is the
same ones (https://www.w3.org/TR/websub/).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from articles.feeds import StatementFeed
from articles.models import Edition, Statement
from events.models import Event
from pressoffice.deliveries import effects, outbox
from pressoffice.deliveries.models import Delivery
from pressoffice.deliveries.outbox import Asked
from pressoffice.ledger.models import Commitment
from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.pages import FEED_FORMATS, in_format, with_query
from projects.models import Participation, Project

from .occasions import Occasion, follow

KIND = "websub"
# Whatever is told of within so many seconds asks for one ping of a feed, at their end: what goes out together
# is told of one by one, and all of it was public before.
TOGETHER = 5
# A hub that was away longer is asked about newer things by then, and fetches the whole feed.
WORTH_IT_FOR = timedelta(days=1)
TIMEOUT = 10


@follow
def ask_for_pings(occasions: Sequence[Occasion]) -> None:
    """For each hub and feed. Six queries at most to find the feeds, one for some hundreds of pings."""
    if not settings.WEBSUB_HUBS:
        return
    second = int(moment.now().timestamp())
    at = moment.now().replace(microsecond=0) + timedelta(seconds=TOGETHER - second % TOGETHER)
    # The first says it all: what it changed of promises and projects is news of the same feeds.
    feeds = feeds_of(occasions[0])
    addresses = sorted(in_format(feed, form) for feed in feeds for form in FEED_FORMATS)
    outbox.put_many(
        KIND,
        (
            Asked(_key(hub, address, at.isoformat()), {"hub": hub, "feed": address}, at)
            for hub in settings.WEBSUB_HUBS
            for address in addresses
        ),
    )


def _key(hub: str, address: str, at: str) -> str:
    """Addresses may be longer than a key."""
    return f"{KIND}:{hashlib.sha256(f'{hub} {address}'.encode()).hexdigest()[:32]}:{at}"


@effects.register(KIND, called=_("signal to a hub of feeds"))
def ping(delivery: Delivery) -> None:
    hub, feed = delivery.payload["hub"], delivery.payload["feed"]
    if hub not in settings.WEBSUB_HUBS:
        raise effects.Dropped("The settings do not name this hub any more.")
    if delivery.due_at < moment.now() - WORTH_IT_FOR:
        raise effects.Dropped("The hub was away for too long.")
    try:
        _post(hub, {"hub.mode": "publish", "hub.url": absolute(feed)})
    except HTTPError as refusal:
        why = f"The hub answers {refusal.code}."
        if refusal.code < 500 and refusal.code != 429:
            # It stands, and does not want this feed: others of its feeds are not held up.
            is_last = delivery.attempts >= effects.ATTEMPTS
            raise (effects.Dropped(why) if is_last else effects.Later(why=why)) from None
        _hold_back(hub, delivery, why)
    except (OSError, HTTPException) as trouble:
        _hold_back(hub, delivery, f"The hub does not answer: {type(trouble).__name__}.")


def _hold_back(hub: str, delivery: Delivery, why: str) -> None:
    """Each of the others would wait for it as long as this one did, and nothing else be done meanwhile."""
    until = moment.now() + effects.wait_after(delivery.attempts)
    outbox.put_off(KIND, until, why, hub=hub)
    raise effects.Later(why=why)


class _NoDetours(HTTPRedirectHandler):
    """urllib would go on with a GET, which tells a hub nothing."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _post(hub: str, form: dict[str, str]) -> None:
    """Raises HTTPError for every answer that is no success."""
    request = Request(hub, data=urlencode(form).encode(), method="POST")  # noqa: S310 — http(s): see settings
    with build_opener(_NoDetours).open(request, timeout=TIMEOUT):
        pass


# --- which feeds -------------------------------------------------------------------------------------------


def feeds_of(occasion: Occasion) -> set[str]:
    """The addresses ("/ru/…/feed.rss?…") of all feeds that it may have changed."""
    return OF_EACH[occasion.of](occasion)


def _of_statement(occasion: Occasion) -> set[str]:
    """In its language; what is known of projects by it, in all of them."""
    statement = Statement.objects.get(pk=occasion.pk)
    countries = list(statement.countries.values_list("pk", flat=True))
    narrowed: dict[str, Iterable[str]] = {
        "kind": [statement.kind],
        "topic": statement.topics.values_list("slug", flat=True),
        "country": countries,
        "speaker": statement.speakers.values_list("slug", flat=True),
    }
    # Of texts that have been public: a project that only the next edition names is nobody's business yet.
    texts = Edition.objects.filter(statement=statement, live_from__lte=moment.now())
    projects = list(Project.objects.live().filter(passages__edition__in=texts).distinct())
    found = set()
    with override(occasion.language):
        feed = reverse("articles:feed")
        found |= {reverse("feed"), feed}
        for name in StatementFeed.PINGED:
            found |= {with_query(feed, {name: value}) for value in narrowed[name]}
        found |= {reverse("project-feed", args=[project.code]) for project in projects}
        found |= {reverse("country-feed", args=[code.lower()]) for code in countries}
    if projects:
        found |= _in_each_language("feed", "projects:feed", "promises:feed") | _of_partners(projects)
    return found


def _of_project(occasion: Occasion) -> set[str]:
    project = Project.objects.get(pk=occasion.pk)
    found = _in_each_language("feed", "projects:feed", "promises:feed") | _of_partners([project])
    if project.is_live():
        found |= _in_each_language("project-feed", args=[project.code])
    return found


def _of_promise(occasion: Occasion) -> set[str]:
    project = Commitment.objects.filter(pk=occasion.pk).values_list("project", flat=True).get()
    return _of_project(replace(occasion, of="project", pk=project))


def _of_event(occasion: Occasion) -> set[str]:
    event = Event.objects.get(pk=occasion.pk)
    found = _in_each_language("feed", "events:feed")
    for code in event.countries.values_list("pk", flat=True):
        found |= _in_each_language("country-feed", args=[code.lower()])
    return found | _of_partners(list(event.projects.live()))


def _of_partners(projects: list[Project]) -> set[str]:
    """Of the countries and organisations that take part. One query."""
    ties = Participation.objects.filter(project__in=projects).order_by()
    found = set()
    for organisation, *codes in ties.values_list("organisation", "country", "organisation__country"):
        for code in filter(None, codes):
            found |= _in_each_language("country-feed", args=[code.lower()])
        if organisation:
            found |= _in_each_language("organisation-feed", args=[organisation])
    return found


def _in_each_language(*names: str, args: list[Any] | None = None) -> set[str]:
    found = set()
    for code in CODES:
        with override(code):
            found |= {reverse(name, args=args) for name in names}
    return found


# Agreements have pages, and no feed.
OF_EACH = {
    "statement": _of_statement,
    "project": _of_project,
    "event": _of_event,
    "agreement": lambda occasion: set(),
    "promise": _of_promise,
}
