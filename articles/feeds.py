import re
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.feeds import NOTHING_YET, PublicFeed
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.pages import with_query
from projects.models import Project

from .filters import EditionFilter
from .models import Edition, Statement
from .querysets import EditionQuerySet
from .reading import attach_corrections, body_of, for_reading

ITEMS = 20
PLAIN = re.compile(r"[-\w]{1,60}", re.ASCII)


class StatementFeed(PublicFeed):
    """The newest public texts in the address's language, narrowed down like the list of them.

    Ids name the statement in its language and survive a new title; `updated` moves on major changes only.
    """

    def get_object(self, request: HttpRequest) -> EditionFilter:
        editions = Edition.objects.live().in_language(active()).newest_first()
        return EditionFilter(request.GET, editions, offering=False)

    def title(self, subject: Any) -> str:
        unknown = (f"{label}: –" for label in subject.unknown().values())
        named = " · ".join(filter(None, [subject.narrowed(), *unknown]))
        if not named:
            return _("Press office: all statements")
        return _("Press office: statements. %(filters)s") % {"filters": named}

    def description(self, subject: Any) -> str:
        if subject.unknown():
            return _("Nothing that is public fits this address now. It may again later.")
        return _("Statements, speeches and press releases of the press office.")

    def link(self, subject: Any) -> str:
        return absolute(with_query(reverse("articles:statement-list"), subject.given()))

    def feed_url(self, subject: Any) -> str:
        """Its own address, also while nothing fits it: programs follow what a feed says of itself."""
        unknown = {name: asked for name in subject.unknown() if PLAIN.fullmatch(asked := subject.data[name])}
        return absolute(with_query(reverse("articles:feed"), {**subject.given(), **unknown}))

    def editions(self, subject: Any) -> EditionQuerySet:
        """None where a value is not known: when a topic's only text is removed, those who follow the topic
        must not be sent everything instead."""
        return subject.qs.none() if subject.unknown() else subject.qs

    def items(self, subject: Any) -> list[Edition]:
        newest = self.editions(subject).newest_first().select_related("statement")
        found = list(newest.prefetch_related(*for_reading())[:ITEMS])
        attach_corrections(found)
        return found

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
        shown = {"corrections": item.corrections, "origin": absolute("")}  # type: ignore[attr-defined]
        notes = render_to_string("articles/corrections_in_feed.html", shown) if shown["corrections"] else ""
        return {"full_text": notes + body_of(item, for_feed=True)}

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

    def get_object(self, request: HttpRequest, code: str) -> Project:  # type: ignore[override]
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
        return Edition.objects.live().in_language(active()).about(subject)
