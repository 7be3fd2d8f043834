"""What was promised and what was said of it since, as a feed; narrowed down like the list."""

from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Max, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Edition, Statement
from pressoffice.publishing import moment
from pressoffice.publishing.feeds import NOTHING_YET, PublicFeed
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.pages import absolute
from projects.models import Project

from .filters import CommitmentFilter
from .models import Commitment
from .promises import Promise
from .sources import attach_sources

ITEMS = 50


class PromiseFeed(PublicFeed):
    """An item is a promise; it comes first again when something new is said of it."""

    def get_object(self, request: HttpRequest) -> CommitmentFilter:
        commitments = Commitment.objects.live().select_related("project")
        return CommitmentFilter(request.GET, commitments)

    def title(self, subject: CommitmentFilter) -> str:
        chosen = ", ".join(each.value for each in subject.chosen())
        return ": ".join(filter(None, [_("Promises"), chosen]))

    def description(self, subject: CommitmentFilter) -> str:
        return _("What was promised for the joint projects, and what came of it.")

    def link(self, subject: CommitmentFilter) -> str:
        return absolute(_with_query(reverse("promises:promise-list"), subject))

    def feed_url(self, subject: CommitmentFilter) -> str:
        return absolute(_with_query(reverse("promises:feed"), subject))

    def items(self, subject: CommitmentFilter) -> list[Promise]:
        promises = sorted(subject.promises(), key=_last_word, reverse=True)[:ITEMS]
        attach_sources([promise.commitment for promise in promises])
        return promises

    def item_title(self, item: Promise) -> str:
        return f"{item.commitment.project.name}: {item.commitment.text}"

    def item_description(self, item: Promise) -> str:
        return item.now

    def item_link(self, item: Promise) -> str:
        return absolute(item.commitment.address)

    def item_guid(self, item: Promise) -> str:
        return item.commitment.uuid.urn

    item_guid_is_permalink = False

    def item_pubdate(self, item: Promise) -> datetime:
        return _start_of(item.commitment.stated_on)

    def item_updateddate(self, item: Promise) -> datetime:
        return _start_of(_last_word(item)[0])

    def item_extra_kwargs(self, item: Promise) -> dict[str, Any]:
        return {"full_text": item.now}

    def last_change(self, subject: Any) -> datetime:
        """When any text or takedown last changed what is public. Two queries."""
        now = moment.now()
        texts = Edition.objects.aggregate(
            begun=Max("live_from", filter=Q(live_from__lte=now)),
            ended=Max("live_until", filter=Q(live_until__lte=now)),
        )
        told_of = Q(subject_type__in=[subject_type(Statement), subject_type(Project)])
        taken = Takedown.objects.filter(told_of).aggregate(
            down=Max("at", filter=Q(at__lte=now)), lifted=Max("lifted_at", filter=Q(lifted_at__lte=now))
        )
        # What came of a promise changes with the day, too.
        day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return max([day, NOTHING_YET, *(at for at in [*texts.values(), *taken.values()] if at)])


def _last_word(promise: Promise) -> tuple:
    newest = max([promise.commitment, *promise.later], key=lambda word: (word.stated_on, word.pk))
    return (newest.stated_on, promise.commitment.pk)


def _start_of(day: Any) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _with_query(address: str, subject: CommitmentFilter) -> str:
    query = "&".join(f"{name}={value}" for name, value in subject.given().items())
    return f"{address}?{query}" if query else address
