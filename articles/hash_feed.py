"""The hashes of each day as news, for whoever keeps them where the press office cannot reach."""

from datetime import datetime
from typing import Any

from django.core.paginator import Page
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.feed_items import NOTHING_YET, Item
from pressoffice.publishing.feeds import PublicFeed
from pressoffice.publishing.languages import active
from pressoffice.publishing.lasting_ids import named_by

from .hash_days import Day, Hash, closed_days, hashes_of

# A day on which an archive was brought in has tens of thousands.
MOST_LISTED = 300


class HashFeed(PublicFeed):
    """The same hashes under each language, with words in it."""

    per_page = 10

    def subject(self, request: HttpRequest, **kwargs: Any) -> list[Day]:
        return closed_days()[::-1]

    def title(self, subject: list[Day]) -> str:
        return _("Press office: fingerprints of each day")

    def description(self, subject: list[Day]) -> str:
        return _(
            "The fingerprints (SHA-256) of all texts that became public on a day. Whoever keeps them can "
            "show later whether a text is still the one that was published."
        )

    def page(self, subject: list[Day]) -> str:
        return f"{reverse('api-description')}#fingerprints"

    def address(self, subject: list[Day]) -> str:
        return reverse("hash-feed")

    def rows(self, subject: list[Day]) -> list[Day]:
        return subject

    def items(self, subject: list[Day], page_obj: Page) -> list[Item]:
        """A query for each day."""
        return [_item(day, hashes_of(day)) for day in page_obj.object_list]

    def last_change(self, subject: list[Day]) -> datetime:
        return subject[0].told_at if subject else NOTHING_YET


def _item(day: Day, hashes: list[Hash]) -> Item:
    address = absolute(reverse("api:day-of-hashes", args=[day.day]))
    counted = ngettext("%(count)d text", "%(count)d texts", day.texts) % {"count": day.texts}
    summary = _("%(texts)s. Fingerprint of the day: %(hash)s") % {"texts": counted, "hash": day.hash}
    listed = [(each, _version_address(each)) for each in hashes[:MOST_LISTED]]
    context = {
        "day": day,
        "summary": summary,
        "listed": listed,
        "address": address,
        "more": day.texts - len(listed),
    }
    return Item(
        thing=named_by("day of hashes", day.hash),
        title=_("Fingerprints of %(day)s") % {"day": date_format(day.day, "DATE_FORMAT")},
        link=address,
        summary=summary,
        html=render_to_string("articles/hashes_in_feed.html", context),
        language=active(),
        published=day.told_at,
        updated=day.told_at,
    )


def _version_address(each: Hash) -> str:
    with override(each.language):
        return absolute(reverse("articles:version", args=[each.reference, each.version]))
