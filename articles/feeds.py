from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pressoffice.publishing import moment
from pressoffice.publishing.feeds import NOTHING_YET, PublicFeed
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.pages import absolute
from projects.models import Project

from .models import Edition, Statement
from .querysets import EditionQuerySet
from .reading import FOR_READING, body_of

ITEMS = 20


class StatementFeed(PublicFeed):
    """The newest public texts in the address's language. Ids name the statement in its language,
    so they survive a new title; `updated` moves on major changes only."""

    def title(self, subject: Any) -> str:
        return _("Press office: all statements")

    def description(self, subject: Any) -> str:
        return _("Statements, speeches and press releases of the press office.")

    def link(self, subject: Any) -> str:
        return absolute(reverse("articles:statement-list"))

    def feed_url(self, subject: Any) -> str:
        return absolute(reverse("articles:feed"))

    def editions(self, subject: Any) -> EditionQuerySet:
        return Edition.objects.live().in_language(active())

    def items(self, subject: Any) -> list[Edition]:
        newest = self.editions(subject).newest_first().select_related("statement")
        return list(newest.prefetch_related(*FOR_READING)[:ITEMS])

    def item_title(self, item: Edition) -> str:
        if item.is_withdrawn:
            return _("Withdrawn: %(title)s") % {"title": item.title}
        return item.title

    def item_description(self, item: Edition) -> str:
        return item.summary

    def item_link(self, item: Edition) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Edition) -> str:
        return item.series_id.urn

    item_guid_is_permalink = False

    def item_pubdate(self, item: Edition) -> datetime | None:
        return item.public_since

    def item_updateddate(self, item: Edition) -> datetime | None:
        return item.revised_at or item.public_since

    def item_categories(self, item: Edition) -> list[str]:
        kind = str(item.statement.get_kind_display())
        return [kind, *(topic.name for topic in item.statement.topics.all())]

    def item_extra_kwargs(self, item: Edition) -> dict[str, Any]:
        return {"full_text": body_of(item, for_feed=True)}

    def last_change(self, subject: Any) -> datetime:
        """Of this language's texts as a whole: one removed from the feed must count, too. Two queries."""
        now = moment.now()
        texts = Edition.objects.in_language(active()).aggregate(
            begun=Max("live_from", filter=Q(live_from__lte=now)),
            ended=Max("live_until", filter=Q(live_until__lte=now)),
        )
        # A project that is taken down takes its links out of the texts.
        shown = Q(subject_type=subject_type(Statement), language=active()) | Q(
            subject_type=subject_type(Project)
        )
        taken = Takedown.objects.filter(shown).aggregate(
            down=Max("at", filter=Q(at__lte=now)), lifted=Max("lifted_at", filter=Q(lifted_at__lte=now))
        )
        return max((at for at in [*texts.values(), *taken.values()] if at), default=NOTHING_YET)


class ProjectFeed(StatementFeed):
    """The same for the texts that speak of one project."""

    def get_object(self, request: HttpRequest, code: str) -> Project:
        return Project.objects.live().get(code=code)

    def title(self, subject: Project) -> str:
        return _("Press office: what is said about %(project)s") % {"project": subject.name}

    def description(self, subject: Project) -> str:
        return subject.summary

    def link(self, subject: Project) -> str:
        return absolute(subject.get_absolute_url())

    def feed_url(self, subject: Project) -> str:
        return absolute(reverse("project-feed", args=[subject.code]))

    def editions(self, subject: Project) -> EditionQuerySet:
        return super().editions(subject).about(subject)
