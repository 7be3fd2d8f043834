"""Releases: texts, projects, agreements and events that go public at one second, all or none."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Edition, Statement
from articles.models.between_languages import refusal_of
from events.models import Event
from pressoffice.publishing import moment
from pressoffice.publishing.fields import LineField, ProseField
from pressoffice.publishing.periods import Period
from pressoffice.publishing.records import Record, RecordQuerySet
from pressoffice.publishing.steps import StepRefused, require_permission
from projects.models import Agreement, Project

if TYPE_CHECKING:
    from pressoffice.accounts.models import User

# Records before texts: a text may only speak of projects that are public with it.
KINDS = ("project", "agreement", "event", "edition")
_acting: ContextVar[int | None] = ContextVar("release", default=None)


@contextmanager
def acting(release: "Release") -> Iterator[None]:
    """In the block the release itself moves its members."""
    token = _acting.set(release.pk)
    try:
        yield
    finally:
        _acting.reset(token)


def is_acting(release_id: int) -> bool:
    return _acting.get() == release_id


class Problem(NamedTuple):
    """Why `thing` keeps its release back."""

    thing: Any
    sentence: Any


class ReleaseRefused(StepRefused):
    """Nothing went out; each reason with the thing it is about."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(
            " ".join(
                str(_("“%(thing)s”: %(reason)s") % {"thing": p.thing, "reason": p.sentence}) for p in problems
            )
        )


class ReleaseQuerySet(RecordQuerySet):
    def open(self) -> Self:
        """Whose moment has not come, or is not decided."""
        return self.filter(Q(live_from__isnull=True) | Q(live_from__gt=moment.now()))


class Release(Record):
    """Its period begins at the one moment of all its members; readers never see the release itself."""

    name = LineField(_("name"), max_length=150, help_text=_("For colleagues; readers do not see it."))
    planned_for = models.DateTimeField(
        _("planned for"),
        null=True,
        blank=True,
        help_text=_("Bishkek time. A plan only: nothing goes out before the moment is chosen by a step."),
    )
    note = ProseField(_("note for colleagues"), blank=True)

    if TYPE_CHECKING:
        members: Any

    objects = ReleaseQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        permissions = [("publish_release", "Can let releases go out")]

    def __str__(self) -> str:
        return self.name

    def things(self) -> list[Any]:
        """Everything that goes out, records first. One query."""
        members = self.members.select_related("project", "agreement", "event", "edition__statement")
        found = [member.thing for member in members]
        return sorted(found, key=lambda thing: (KINDS.index(thing._meta.model_name), thing.pk))

    def why_not_public(self) -> list[Any]:
        return [] if self.members.exists() else [_("Nothing is in this release yet.")]

    def problems(self, at: datetime, *, by: "User") -> list[Problem]:
        """What would keep it back at `at`, as far as can be told beforehand; publish() decides."""
        things = self.things()
        projects = [thing for thing in things if isinstance(thing, Project)]
        return [
            Problem(thing, sentence)
            for thing in things
            for sentence in self._reasons(thing, at, by=by, projects=projects)
        ]

    def _reasons(self, thing: Any, at: datetime, *, by: "User", projects: list[Project]) -> list[Any]:
        if isinstance(thing, Edition):
            if thing.state == Edition.State.PUBLISHED:
                return (
                    [] if self.live_from is not None else [_("It is scheduled or public by itself already.")]
                )
            differences = thing.open_differences()
            return [
                *thing.why_not_by(by),
                *thing.why_not_public(at, along_with=projects),
                *([refusal_of(differences)] if differences else []),
            ]
        if thing.is_live(moment.now()):
            return [_("This is public already.")]
        if not by.has_perm(thing.permission("publish")):
            return [_("Your role does not include its publication.")]
        return thing.why_not_public()

    # --- steps ---------------------------------------------------------------------------------

    def publish(self, *, by: "User", at: datetime | None = None) -> None:
        """Let everything in it go public from `at` (aware; default: now), all or nothing and at the same
        moment. Called again it moves a moment ahead.

        Each member is published by its own step, so each of their rules holds. Raises ReleaseRefused with
        every reason where one of them is refused.
        """
        require_permission(by, self.permission("publish"))
        with transaction.atomic():
            things = self._lock_all()
            # The clock after the locks: whoever waited for another's step must see it as past.
            now = moment.now()
            with moment.fixed(now), acting(self):
                if self.is_scheduled(now):
                    self._call_back(things, by=by)
                super().publish(by=by, at=at)
                self._let_go(things, by=by)

    def cancel_publication(self, *, by: "User") -> None:
        """Everything in it is as before; only while its moment has not come."""
        require_permission(by, self.permission("publish"))
        with transaction.atomic():
            things = self._lock_all()
            with moment.fixed(moment.now()), acting(self):
                super().cancel_publication(by=by)
                self._call_back(things, by=by)
                for record in things:
                    if not isinstance(record, Edition):
                        record.cancel_publication(by=by)

    def _lock_all(self) -> list[Any]:
        """The rows that the members' steps lock, always in the same order; then what they are like now."""
        self._lock()
        self.refresh_from_db()
        things = self.things()
        for model in (Project, Agreement, Event):
            keys = [thing.pk for thing in things if isinstance(thing, model)]
            list(model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk").values("pk"))
        statements = {thing.statement_id for thing in things if isinstance(thing, Edition)}
        list(Statement.objects.select_for_update().filter(pk__in=statements).order_by("pk").values("pk"))
        for thing in things:
            thing.refresh_from_db()
        return things

    def _let_go(self, things: list[Any], *, by: "User") -> None:
        problems = []
        for thing in things:
            try:
                with transaction.atomic():
                    thing.publish(by=by, at=self.live_from)
            except StepRefused as refusal:
                problems.append(Problem(thing, refusal.sentence))
        if problems:
            raise ReleaseRefused(problems)

    @staticmethod
    def _call_back(things: list[Any], *, by: "User") -> None:
        """The texts are approved again; records take another moment as they are."""
        for thing in things:
            if isinstance(thing, Edition):
                thing.cancel_publication(by=by)

    def _refusal(self, step: str, *, by: "User") -> Any:
        if step == "publish" and self.live_from is not None:
            return _("This release has gone out already.")
        if step == "cancel_publication" and self.live_from is not None:
            return _("This release has gone out already: its parts can be withdrawn or removed.")
        if step == "cancel_publication":
            return _("This release is not scheduled.")
        return super()._refusal(step, by=by)


def _goes_out_with(model: type[Period]) -> Any:
    ahead: dict[str, Any] = {"live_from__isnull": True}
    if model is Edition:
        ahead = {"state__in": Edition.UNPUBLISHED}
    return models.ForeignKey(
        model,
        on_delete=models.PROTECT,
        related_name="release_members",
        verbose_name=model._meta.verbose_name,
        limit_choices_to=ahead,
        null=True,
        blank=True,
    )


class Member(models.Model):
    """One thing in one release: it goes public once, so it is in no other."""

    release = models.ForeignKey(
        Release, on_delete=models.CASCADE, related_name="members", verbose_name=_("release")
    )
    edition = _goes_out_with(Edition)
    project = _goes_out_with(Project)
    agreement = _goes_out_with(Agreement)
    event = _goes_out_with(Event)

    class Meta:
        verbose_name = _("part of a release")
        verbose_name_plural = _("parts of releases")
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=False, project=None, agreement=None, event=None)
                | Q(edition=None, project__isnull=False, agreement=None, event=None)
                | Q(edition=None, project=None, agreement__isnull=False, event=None)
                | Q(edition=None, project=None, agreement=None, event__isnull=False),
                name="releases_member_is_one_thing",
            ),
            *(models.UniqueConstraint(fields=[kind], name=f"releases_member_{kind}_once") for kind in KINDS),
        ]

    def __str__(self) -> str:
        return str(self.thing)

    @property
    def thing(self) -> Any:
        return next(found for kind in KINDS if (found := getattr(self, kind)) is not None)
