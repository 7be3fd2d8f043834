"""Statements as news for programs."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from pressoffice.directory.models import InOffice
from pressoffice.media.enclosures import document_of, picture_of
from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.feed_items import NOTHING_YET, Author, Category, Item
from pressoffice.publishing.feeds import (
    FilteredFeed,
    PublicFeed,
    latest,
    public_moments,
    takedown_moments,
)
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import Takedown, subject_type
from projects.models import Project

from .feed_weeks import FULL, Part, after, before, last_closed, still_open
from .filters import EditionFilter
from .models import Edition, Statement
from .querysets import EditionQuerySet
from .reading import attach_corrections, body_of, for_reading, spoken_of

# How long a correction or withdrawal of an older text is told beside the newest ones.
TOLD_AGAIN_FOR = timedelta(days=28)
TOLD_AGAIN = 20


def statement_items(editions: EditionQuerySet) -> list[Item]:
    """The texts as news, in their order. About ten queries, however many there are."""
    found = list(editions.select_related("statement", "lead_image").prefetch_related(*for_reading()))
    attach_corrections(found)
    withdrawn = [each.statement_id for each in found if each.is_withdrawn]
    takedowns = Takedown.objects.of_each(Statement, withdrawn, language=active())
    return [_item(edition, takedowns.get(edition.statement_id)) for edition in found]


def _item(edition: Edition, withdrawal: Takedown | None) -> Item:
    corrections = edition.corrections  # type: ignore[attr-defined]
    notes = {"corrections": corrections, "withdrawal": withdrawal, "origin": absolute("")}
    since = edition.public_since or edition.live_from
    if since is None:
        raise ValueError("What was never public is no news.")
    return Item(
        thing=edition.statement.uuid,
        title=_title(edition, is_corrected=bool(corrections)),
        link=absolute(edition.get_absolute_url()),
        summary=edition.summary,
        html=render_to_string("articles/notes_in_feed.html", notes) + body_of(edition, for_feed=True),
        language=edition.language,
        published=since,
        updated=max([edition.revised_at or since, *([withdrawal.at] if withdrawal else [])]),
        authors=authors_of(edition.speakers_in_office()),
        categories=list(_categories(edition)),
        image=picture_of(edition.lead_image),
        files=[document_of(each) for each in edition.attachments.all()],
    )


def authors_of(speakers: Iterable[InOffice]) -> list[Author]:
    """Each with the office held then, and the page of everything they said."""
    return [
        Author(
            ", ".join([each.person.name, *([each.office.title] if each.office else [])]),
            absolute(each.person.get_absolute_url()),
        )
        for each in speakers
    ]


def _title(edition: Edition, *, is_corrected: bool) -> str:
    if edition.is_withdrawn:
        return _("Withdrawn: %(title)s") % {"title": edition.title}
    if is_corrected:
        return _("Corrected: %(title)s") % {"title": edition.title}
    return edition.title


def _categories(edition: Edition) -> Iterable[Category]:
    statement = edition.statement
    statements, topics = absolute(reverse("articles:statement-list")), reverse("topics:topic-list")
    yield Category(str(statement.get_kind_display()), statement.kind, statements)
    for topic in statement.topics.all():
        yield Category(topic.name, topic.slug, absolute(topics))
    for country in statement.countries.all():
        yield Category(country.name, country.code, absolute(reverse("countries:country-list")))
    for project, _passages in spoken_of(edition):
        yield Category(project.name, project.code, absolute(reverse("projects:project-list")))


def _withdrawals() -> Any:
    return Takedown.objects.in_force().filter(
        subject_type=subject_type(Statement),
        language=active(),
        kind=Takedown.Kind.WITHDRAWN,
        at__lte=moment.now(),
    )


def put_right_of_late(editions: EditionQuerySet) -> set[int]:
    """Keys of those of `editions` that a correction or withdrawal of the last weeks should reach again. One
    query."""
    since = moment.now() - TOLD_AGAIN_FOR
    corrected = Q(live_from__gt=since, revised_at__gt=since)
    withdrawn = Q(statement__in=_withdrawals().filter(at__gt=since).values("subject_id"))
    again = editions.filter(corrected | withdrawn).order_by("-live_from", "-pk")
    return set(again.values_list("pk", flat=True)[:TOLD_AGAIN])


def statements_changed() -> list[datetime]:
    """When this language's texts last changed, as a whole: one removed from a feed must count, too. Two
    queries."""
    # A project that is taken down takes its links out of the texts.
    shown = Q(subject_type=subject_type(Statement), language=active()) | Q(subject_type=subject_type(Project))
    return [*public_moments(Edition.objects.in_language(active())), *takedown_moments(shown)]


class TextsFeed(PublicFeed):
    """Public texts in the address's language, the newest first; on the first page also older ones that were
    corrected or withdrawn of late, so that this reaches whoever had them.

    Ids name the statement in its language and survive a new title; `updated` moves on major changes only.
    """

    def rows(self, subject: Any) -> EditionQuerySet:
        return self.editions(subject).newest_first()

    def editions(self, subject: Any) -> EditionQuerySet:
        raise NotImplementedError

    def items(self, subject: Any, page_obj: Page) -> list[Item]:
        shown = {each.pk for each in page_obj.object_list}
        if page_obj.number == 1:
            shown |= self.also_first(subject)
        editions = Edition.objects.live().filter(pk__in=shown).newest_first()
        return sorted(statement_items(editions), key=lambda item: item.updated, reverse=True)

    def also_first(self, subject: Any) -> set[int]:
        """Keys of what the first page shows beside the newest ones."""
        return put_right_of_late(self.editions(subject))

    def last_change(self, subject: Any) -> datetime:
        return latest(statements_changed())


class StatementFeed(TextsFeed, FilteredFeed):
    list_name, feed_name = "articles:statement-list", "articles:feed"
    PINGED = frozenset({"kind", "topic", "country", "speaker"})

    def subject(self, request: HttpRequest, **kwargs: Any) -> EditionFilter:
        editions = Edition.objects.live().in_language(active()).only("pk").newest_first()
        return EditionFilter(request.GET, editions, offering=False)

    def title(self, subject: PublicFilterSet) -> str:
        named = subject.named_with_unknown()
        if not named:
            return _("Press office: all statements")
        return _("Press office: statements. %(filters)s") % {"filters": named}

    def about(self) -> str:
        return _("Statements, speeches and press releases of the press office.")

    def editions(self, subject: Any) -> EditionQuerySet:
        return subject.qs.none() if subject.unknown() else subject.qs

    @staticmethod
    def _has_archives(subject: PublicFilterSet) -> bool:
        """Only the whole of it, not each of its countless parts."""
        return not subject.given() and not subject.unknown()

    def also_first(self, subject: PublicFilterSet) -> set[int]:
        """What no archive document holds yet is here, however much it is."""
        also = super().also_first(subject)
        return also | still_open(self.editions(subject)) if self._has_archives(subject) else also

    def archives(self, subject: PublicFilterSet, page_obj: Page, form: str) -> dict[str, str]:
        if page_obj.number > 1 or form not in ArchivedStatements.formats or not self._has_archives(subject):
            return {}
        part = last_closed(self.editions(subject))
        return {"prev-archive": reverse("articles:feed-part", args=[part])} if part else {}

    def last_change(self, subject: PublicFilterSet) -> datetime:
        changed = super().last_change(subject)
        return _or_a_week_began(changed) if self._has_archives(subject) else changed


class Archived(NamedTuple):
    part: Part
    texts: int  # of its week


class ArchivedStatements(TextsFeed):
    """An archive document of the feed of all statements (RFC 5005, section 4): the texts that were first
    public in one week, as they stand now. JSON Feed knows no such thing.
    """

    per_page = FULL
    formats = ("rss", "atom")
    is_archive = True

    def subject(self, request: HttpRequest, **kwargs: Any) -> Archived:
        part: Part = kwargs["part"]
        texts = part.week_of(self.editions(None)).count()
        if part.number > part.closed(texts):
            raise Http404
        return Archived(part, texts)

    def title(self, subject: Archived) -> str:
        return subject.part.title

    def description(self, subject: Archived) -> str:
        return _("What became public in that week, as it stands now.")

    def page(self, subject: Archived) -> str:
        return reverse("archive:archive")

    def address(self, subject: Archived) -> str:
        return reverse("articles:feed-part", args=[subject.part])

    def whole(self, subject: Archived) -> str:
        return reverse("articles:feed")

    def is_pinged(self, subject: Archived) -> bool:
        return False

    def editions(self, subject: Any) -> EditionQuerySet:
        return Edition.objects.live().in_language(active()).only("pk")

    def rows(self, subject: Archived) -> EditionQuerySet:
        return subject.part.cut(self.editions(subject))

    def also_first(self, subject: Archived) -> set[int]:
        return set()

    def archives(self, subject: Archived, page_obj: Page, form: str) -> dict[str, str]:
        editions = self.editions(subject)
        beside = {
            "prev-archive": before(subject.part, editions),
            "next-archive": after(subject.part, subject.texts, editions),
        }
        found = {
            relation: reverse("articles:feed-part", args=[part]) for relation, part in beside.items() if part
        }
        return {"current": self.whole(subject), **found}

    def last_change(self, subject: Archived) -> datetime:
        return _or_a_week_began(super().last_change(subject))


def _or_a_week_began(changed: datetime) -> datetime:
    """With a week, a document is closed: which texts stand in which, and what links to it, changes."""
    return changed if changed == NOTHING_YET else max(changed, Part.of(moment.now()).begins)


class ProjectFeed(TextsFeed):
    """The texts that speak of one project."""

    def subject(self, request: HttpRequest, code: str = "", **kwargs: Any) -> Project:
        found = Project.objects.live().filter(code=code).first()
        if found is None:
            raise Http404
        return found

    def title(self, subject: Project) -> str:
        return _("Press office: what is said about %(project)s") % {"project": subject.name}

    def description(self, subject: Project) -> str:
        return subject.summary

    def page(self, subject: Project) -> str:
        return subject.get_absolute_url()

    def address(self, subject: Project) -> str:
        return reverse("project-feed", args=[subject.code])

    def editions(self, subject: Project) -> EditionQuerySet:
        return Edition.objects.live().in_language(active()).about(subject).only("pk")
