"""Promises and projects as news for programs: what something new was said of comes first again."""

from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from django.core.paginator import Page
from django.db.models import Max, Q, prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.feeds import authors_of
from articles.models import Edition, Statement
from pressoffice.media.enclosures import picture_of
from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.feed_items import NOTHING_YET, Category, Item
from pressoffice.publishing.feeds import FilteredFeed, latest, public_moments, takedown_moments
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import subject_type
from projects.models import Project

from .filters import CommitmentFilter, ProjectFilter
from .models import FACTS, Commitment, StatusChange
from .moments import attach_moments, last_entered
from .promises import Promise
from .sources import attach_sources


def ledger_changed() -> list[datetime]:
    """When any text, project, takedown or entered fact last changed what is public. Four queries."""
    told_of = Q(subject_type__in=[subject_type(Statement), subject_type(Project)])
    # What came of a promise changes with the day, too.
    day = timezone.localtime(moment.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        day,
        *public_moments(Edition.objects.all()),
        *public_moments(Project.objects.all()),
        *takedown_moments(told_of),
        *last_entered(),
    ]


# --- promises ----------------------------------------------------------------------------------------


def promise_items(promises: list[Promise]) -> list[Item]:
    """Promises as news, in their order. Needs `moments.attach_moments()`; six queries."""
    attach_sources([promise.commitment for promise in promises])
    return [_promise_item(promise) for promise in promises]


def _promise_item(promise: Promise) -> Item:
    commitment = promise.commitment
    project = commitment.project
    source = commitment.source_edition
    title = f"{project.name}: {commitment.text}"
    speakers = commitment.speakers_in_office()
    told = {
        "promise": promise,
        "source": source,
        "address": absolute(commitment.address) if source else "",
        "speakers": speakers,
        "origin": absolute(""),
    }
    state = [Category(str(promise.state.label), promise.state)] if promise.state else []
    return Item(
        thing=commitment.uuid,
        title=_("Withdrawn: %(title)s") % {"title": title} if promise.state is None else title,
        link=absolute(commitment.address),
        summary=promise.now,
        html=render_to_string("ledger/promise_in_feed.html", told),
        language=active(),
        published=promise.public_at,
        updated=promise.changed_at,
        authors=authors_of(speakers),
        categories=[
            Category(project.name, project.code, absolute(reverse("projects:project-list"))),
            *state,
        ],
    )


def last_told(promise: Promise) -> tuple[datetime, int]:
    """When readers could last learn anything of it; of two at one moment the later written first."""
    return (promise.changed_at, promise.commitment.pk)


class PromiseFeed(FilteredFeed):
    """An item is a promise; it comes first again when something new is said of it."""

    per_page = 50
    list_name, feed_name = "promises:promise-list", "promises:feed"

    def subject(self, request: HttpRequest, **kwargs: Any) -> CommitmentFilter:
        commitments = Commitment.objects.live().select_related("project")
        return CommitmentFilter(request.GET, commitments, offering=False)

    def title(self, subject: PublicFilterSet) -> str:
        return _named(_("Promises"), subject)

    def about(self) -> str:
        return _("What was promised for the joint projects, and what came of it.")

    def rows(self, subject: CommitmentFilter) -> list[Promise]:
        promises = subject.known_promises()
        attach_moments(promises)
        return sorted(promises, key=last_told, reverse=True)

    def items(self, subject: CommitmentFilter, page_obj: Page) -> list[Item]:
        return promise_items(list(page_obj.object_list))

    def last_change(self, subject: CommitmentFilter) -> datetime:
        return latest(ledger_changed())


# --- projects ----------------------------------------------------------------------------------------


class ToldOf(NamedTuple):
    project: Project
    facts_on: date | None  # when anything but where it stands was last stated

    @property
    def status(self) -> StatusChange | None:
        return self.project.current_status

    @property
    def on(self) -> datetime:
        """When it became public, or anything was last stated of it, whichever is later."""
        days = [self.status and self.status.stated_on, self.facts_on]
        since = self.project.live_from or NOTHING_YET
        return max([since, *(start_of(day) for day in days if day)])

    @property
    def has_newer_facts(self) -> bool:
        return bool(self.facts_on and (not self.status or self.facts_on > self.status.stated_on))


def told_of(projects: Any) -> list[ToldOf]:
    """`projects` by when anything was last stated of them, the newest first. Five queries."""
    facts_on = _facts_by_project()
    told = [ToldOf(project, facts_on.get(project.pk)) for project in projects.with_status()]
    return sorted(told, key=lambda each: (each.on, each.project.pk), reverse=True)


def project_items(told: list[ToldOf]) -> list[Item]:
    """Projects as news, in their order. Four queries."""
    prefetch_related_objects([each.status for each in told if each.status], "source__speakers__offices")
    prefetch_related_objects([each.project for each in told], "lead_image__renditions")
    return [_project_item(each) for each in told]


def _project_item(told: ToldOf) -> Item:
    project, change = told.project, told.status
    source = change.source_edition if change else None
    speakers = change.speakers_in_office() if change else []
    shown = {
        "project": project,
        "change": change,
        "source": source,
        "address": absolute(source.get_absolute_url()) if source else "",
        "speakers": speakers,
        "origin": absolute(""),
        "facts_on": told.facts_on if told.has_newer_facts else None,
    }
    sector = Category(str(project.get_sector_display()), project.sector)
    where = [Category(str(change.get_status_display()), change.status)] if change else []
    return Item(
        thing=project.uuid,
        title=project.name,
        link=absolute(project.get_absolute_url()),
        summary=project.summary,
        html=render_to_string("ledger/project_in_feed.html", shown),
        language=active(),
        published=project.live_from or NOTHING_YET,
        updated=told.on,
        authors=authors_of(speakers),
        categories=[sector, *where],
        image=picture_of(project.lead_image),
    )


class ProjectListFeed(FilteredFeed):
    """An item is a project; it comes first again when something new is stated of it."""

    per_page = 50
    list_name, feed_name = "projects:project-list", "projects:feed"

    def subject(self, request: HttpRequest, **kwargs: Any) -> ProjectFilter:
        return ProjectFilter(request.GET, Project.objects.live(), offering=False)

    def title(self, subject: PublicFilterSet) -> str:
        return _named(_("Joint projects"), subject)

    def about(self) -> str:
        return _(
            "What is being built and done together, and where it stands according to official statements."
        )

    def rows(self, subject: ProjectFilter) -> list[ToldOf]:
        return [] if subject.unknown() else told_of(subject.qs)

    def items(self, subject: ProjectFilter, page_obj: Page) -> list[Item]:
        return project_items(list(page_obj.object_list))

    def last_change(self, subject: ProjectFilter) -> datetime:
        return latest(ledger_changed())


def _named(title: str, subject: PublicFilterSet) -> str:
    chosen = [each.value for each in subject.chosen()]
    unknown = [f"{label}: –" for label in subject.unknown().values()]
    return ": ".join(filter(None, [title, ", ".join([*chosen, *unknown])]))


def _facts_by_project() -> dict[int, date]:
    """The day on which facts other than a status were last stated, by project. One query."""
    first, *others = (
        model.objects.in_force().order_by().values_list(model.PROJECT).annotate(Max("stated_on"))  # type: ignore[attr-defined]
        for model in FACTS
        if model is not StatusChange
    )
    latest: dict[int, date] = {}
    for project, day in first.union(*others, all=True):
        latest[project] = max(day, latest.get(project, day))
    return latest


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
