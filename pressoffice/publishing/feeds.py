"""The base of every feed: stable ids, full text, conditional GET."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import http_date

# An empty feed has no date of its own; "now" would make every answer new.
NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)


class FullTextRss(Rss201rev2Feed):
    """RSS 2.0 with the whole text beside the summary.

    https://www.rssboard.org/rss-profile#namespace-elements-content-encoded
    """

    def latest_post_date(self) -> datetime:
        dates = [item[key] for item in self.items for key in ("updateddate", "pubdate") if item.get(key)]
        return max(dates, default=NOTHING_YET)

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["full_text"])
        if item["updateddate"]:
            handler.addQuickElement("atom:updated", item["updateddate"].isoformat())


class PublicFeed(Feed):
    """Answers in one piece, so that ConditionalGetMiddleware can compare the bytes."""

    feed_type = FullTextRss

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        try:
            subject = self.get_object(request, *args, **kwargs)
        except ObjectDoesNotExist:
            raise Http404("There is no such feed.") from None
        feed = self.get_feed(subject, request)
        response = HttpResponse(
            feed.writeString("utf-8").encode(), content_type="application/rss+xml; charset=utf-8"
        )
        response.headers["Last-Modified"] = http_date(self.last_change(subject).timestamp())
        patch_cache_control(response, public=True, no_cache=True)
        return response

    def last_change(self, subject: Any) -> datetime:
        """When what the feed shows last changed, a removal included; never a moment still to come."""
        raise NotImplementedError
