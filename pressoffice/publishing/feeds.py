"""The base of every feed: one gathering of items, three formats, pages, conditional GET."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Max, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from . import moment
from .addresses import absolute
from .feed_items import NOTHING_YET, Channel, Elsewhere, Item
from .feed_writers import WRITERS
from .filters import PublicFilterSet, no_filters
from .languages import active
from .lasting_ids import named_by
from .models import BRING_IN, AuditEntry, Takedown, subject_type
from .pages import content_type_of, in_format, with_query
from .pagination import page_of
from .unchanged import Poll


class PublicFeed:
    """A list of what is public, newest first, for programs. `subject`: what it is narrowed down to."""

    per_page = 20
    formats: ClassVar[tuple[str, ...]] = tuple(WRITERS)
    is_archive = False

    def __call__(self, request: HttpRequest, form: str = "rss", **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        poll = Poll(request)
        response = poll.unchanged()
        if response is None:
            subject = self.subject(request, **kwargs)
            page_obj = page_of(request, self.rows(subject), per_page=self.per_page)
            channel = self._channel(subject, page_obj, form, self.left_out(subject, request))
            response = HttpResponse(WRITERS[form](channel))
            own = channel.address.removeprefix(absolute(""))
            poll.keep(response, last_modified=self.last_change(subject), address=own)
        response.headers["Content-Type"] = f"{_content_type(request, form)}; charset=utf-8"
        patch_vary_headers(response, ["Sec-Fetch-Dest"])
        patch_cache_control(response, public=True, no_cache=True)
        return response

    def subject(self, request: HttpRequest, **kwargs: Any) -> Any:
        """Raises Http404 where there is no such feed."""
        raise NotImplementedError

    def title(self, subject: Any) -> str:
        raise NotImplementedError

    def description(self, subject: Any) -> str:
        raise NotImplementedError

    def left_out(self, subject: Any, request: HttpRequest) -> list[str]:
        """What in the address narrows nothing down, in sentences."""
        return no_filters(request.GET)

    def page(self, subject: Any) -> str:
        """The page ("/en/…") that shows people the same."""
        raise NotImplementedError

    def address(self, subject: Any) -> str:
        """Its own address ("/en/…/feed.rss?…") as RSS."""
        raise NotImplementedError

    def whole(self, subject: Any) -> str:
        """The address, as RSS, of the feed that this is, or is an archive document of."""
        return self.address(subject)

    def archives(self, subject: Any, page_obj: Page, form: str) -> dict[str, str]:
        """The addresses, as RSS, of archive documents, by their relation (RFC 5005, section 4)."""
        return {}

    def rows(self, subject: Any) -> Any:
        """Everything there is, the newest first: counted, and cut into pages."""
        raise NotImplementedError

    def items(self, subject: Any, page_obj: Page) -> list[Item]:
        raise NotImplementedError

    def last_change(self, subject: Any) -> datetime:
        """When what the feed shows last changed, a removal included; never a moment still to come."""
        raise NotImplementedError

    def is_pinged(self, subject: Any) -> bool:
        """Whether `pressoffice.telling.websub` tells hubs when it changes: only then it names them."""
        return True

    def _channel(self, subject: Any, page_obj: Page, form: str, left_out: list[str]) -> Channel:
        own = absolute(self.address(subject))

        def numbered(number: int) -> str:
            address = in_format(own, form)
            joint = "&" if "?" in address else "?"
            return f"{address}{joint}page={number}" if number > 1 else address

        pages = {"first": 1, "last": page_obj.paginator.num_pages}
        if page_obj.has_previous():
            pages["previous"] = page_obj.previous_page_number()
        if page_obj.has_next():
            pages["next"] = page_obj.next_page_number()
        return Channel(
            id=named_by("feed", in_format(self.whole(subject), form)).urn,
            title=self.title(subject),
            description=" ".join([*left_out, self.description(subject)]),
            page=absolute(self.page(subject)),
            subscribe=absolute(reverse("subscribe")),
            address=numbered(page_obj.number),
            office=_("Press office"),
            language=active(),
            items=self.items(subject, page_obj),
            alternates=[
                Elsewhere("alternate", in_format(own, other), content_type_of(other))
                for other in self.formats
                if other != form
            ],
            pages=[
                *(
                    Elsewhere(relation, numbered(number))
                    for relation, number in pages.items()
                    if not self.is_archive
                ),
                *(
                    Elsewhere(relation, in_format(absolute(address), form))
                    for relation, address in self.archives(subject, page_obj, form).items()
                ),
            ],
            is_archive=self.is_archive,
            hubs=settings.WEBSUB_HUBS if page_obj.number == 1 and self.is_pinged(subject) else [],
            icon=absolute(static("img/icon-192.png")),
            style=static("css/feed.css"),  # of whatever host the browser asked
        )


class FilteredFeed(PublicFeed):
    """The feed of a list, with every filter that the list takes.

    A value that nobody is offered leaves nothing, and the feed says so: when a topic's only text is removed,
    those who follow the topic must not be sent everything instead, nor be told that their address is wrong.
    """

    list_name = ""  # of the list's address
    feed_name = ""
    # Each of these filters alone makes a feed that is pinged; combinations are endless.
    PINGED: ClassVar[frozenset[str]] = frozenset()

    def left_out(self, subject: PublicFilterSet, request: HttpRequest) -> list[str]:
        return subject.left_out()

    def page(self, subject: PublicFilterSet) -> str:
        return with_query(reverse(self.list_name), subject.given())

    def address(self, subject: PublicFilterSet) -> str:
        """Also while nothing fits it: programs follow what a feed says of itself."""
        return with_query(reverse(self.feed_name), {**subject.given(), **subject.unknown_as_asked()})

    def description(self, subject: PublicFilterSet) -> str:
        if subject.unknown():
            return _("Nothing that is public fits this address now. It may again later.")
        return self.about()

    def is_pinged(self, subject: PublicFilterSet) -> bool:
        given = set(subject.given())
        return not subject.unknown() and (not given or (len(given) == 1 and given <= self.PINGED))

    def about(self) -> str:
        """What the whole list is, in a sentence."""
        raise NotImplementedError


def public_moments(rows: QuerySet) -> list[datetime]:
    """When any of `rows` last became, and last ceased to be, public, and when an old archive last brought in
    some of their kind, public since long before. One query."""
    now = moment.now()
    brought = AuditEntry.objects.filter(step=BRING_IN, subject_type=subject_type(rows.model))
    found = rows.order_by().aggregate(
        begun=Max("live_from", filter=Q(live_from__lte=now)),
        ended=Max("live_until", filter=Q(live_until__lte=now)),
        brought=Max(Subquery(brought.order_by("-at").values("at")[:1])),
    )
    return [at for at in found.values() if at]


def takedown_moments(about: Q) -> list[datetime]:
    """When any thing was last taken down or put back. One query."""
    now = moment.now()
    found = Takedown.objects.filter(about).aggregate(
        down=Max("at", filter=Q(at__lte=now)), lifted=Max("lifted_at", filter=Q(lifted_at__lte=now))
    )
    return [at for at in found.values() if at]


def latest(moments: Iterable[datetime]) -> datetime:
    return max(moments, default=NOTHING_YET)


def _content_type(request: HttpRequest, form: str) -> str:
    """Browsers show a feed's own type as bare source, and the very same bytes as XML with their style."""
    is_opened = request.headers.get("Sec-Fetch-Dest") == "document"
    own = content_type_of(form)
    return "application/xml" if is_opened and own.endswith("xml") else own
