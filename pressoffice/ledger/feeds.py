"""The lists of promises and of projects as feeds, narrowed down like the lists."""

from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Max, Q, prefetch_related_objects
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Edition, Statement
from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.feeds import NOTHING_YET, PublicFeed
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.pages import with_query
from projects.models import Project

from .filters import CommitmentFilter, ProjectFilter
from .models import FACTS, Commitment, StatusChange
from .moments import attach_moments
from .promises import Promise
from .sources import attach_sources

ITEMS = 50


class LedgerFeed(PublicFeed):
    def last_change(self, subject: Any) -> datetime:
        """When any text, project or takedown last changed what is public. Three queries."""
        now = moment.now()
        moments = [
            moment
            for model in (Edition, Project)
            for moment in model.objects.aggregate(
                begun=Max("live_from", filter=Q(live_from__lte=now)),
                ended=Max("live_until", filter=Q(live_until__lte=now)),
            ).values()
        ]
        told_of = Q(subject_type__in=[subject_type(Statement), subject_type(Project)])
        taken = Takedown.objects.filter(told_of).aggregate(
            down=Max("at", filter=Q(at__lte=now)), lifted=Max("lifted_at", filter=Q(lifted_at__lte=now))
        )
        # What came of a promise changes with the day, too.
        day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return max([day, NOTHING_YET, *(at for at in [*moments, *taken.values()] if at)])


class PromiseFeed(LedgerFeed):
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
        return absolute(with_query(reverse("promises:promise-list"), subject.given()))

    def feed_url(self, subject: CommitmentFilter) -> str:
        return absolute(with_query(reverse("promises:feed"), subject.given()))

    def items(self, subject: CommitmentFilter) -> list[Promise]:
        promises = subject.promises()
        attach_moments(promises)
        promises = sorted(promises, key=_last_told, reverse=True)[:ITEMS]
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
        return item.public_at

    def item_updateddate(self, item: Promise) -> datetime:
        return item.changed_at

    def item_extra_kwargs(self, item: Promise) -> dict[str, Any]:
        return {"full_text": item.now}


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
        return max([since, *(_start_of(day) for day in days if day)])

    @property
    def has_newer_facts(self) -> bool:
        return bool(self.facts_on and (not self.status or self.facts_on > self.status.stated_on))


class ProjectListFeed(LedgerFeed):
    """An item is a project; it comes first again when something new is stated of it."""

    def get_object(self, request: HttpRequest) -> ProjectFilter:
        projects = Project.objects.live().with_status()
        return ProjectFilter(request.GET, projects)

    def title(self, subject: ProjectFilter) -> str:
        chosen = ", ".join(each.value for each in subject.chosen())
        return ": ".join(filter(None, [_("Joint projects"), chosen]))

    def description(self, subject: ProjectFilter) -> str:
        return _(
            "What is being built and done together, and where it stands according to official statements."
        )

    def link(self, subject: ProjectFilter) -> str:
        return absolute(with_query(reverse("projects:project-list"), subject.given()))

    def feed_url(self, subject: ProjectFilter) -> str:
        return absolute(with_query(reverse("projects:feed"), subject.given()))

    def items(self, subject: ProjectFilter) -> list[ToldOf]:
        facts_on = _facts_by_project()
        told = [ToldOf(project, facts_on.get(project.pk)) for project in subject.qs]
        shown = sorted(told, key=lambda each: (each.on, each.project.pk), reverse=True)[:ITEMS]
        prefetch_related_objects([each.status for each in shown if each.status], "source__speakers__offices")
        return shown

    def item_title(self, item: ToldOf) -> str:
        return item.project.name

    def item_description(self, item: ToldOf) -> str:
        return item.project.summary

    def item_link(self, item: ToldOf) -> str:
        return absolute(item.project.get_absolute_url())

    def item_pubdate(self, item: ToldOf) -> datetime | None:
        return item.project.live_from

    def item_updateddate(self, item: ToldOf) -> datetime:
        return item.on

    def item_categories(self, item: ToldOf) -> list[str]:
        return [str(item.project.get_sector_display())]

    def item_extra_kwargs(self, item: ToldOf) -> dict[str, Any]:
        change = item.status
        source = change.source_edition if change else None
        shown = {
            "project": item.project,
            "change": change,
            "source": source,
            "address": absolute(source.get_absolute_url()) if source else "",
            "speakers": change.speakers_in_office() if change else [],
            "facts_on": item.facts_on if item.has_newer_facts else None,
        }
        return {"full_text": render_to_string("ledger/project_in_feed.html", shown)}


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


def _last_told(promise: Promise) -> tuple:
    return (promise.changed_at, promise.commitment.pk)


def _start_of(day: Any) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
