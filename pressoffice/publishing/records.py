"""Records: things edited in place that are public from a moment on (projects, agreements, events)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, cast

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import events, in_place, moment
from .models import Takedown
from .periods import FAR_FUTURE, Period, PeriodQuerySet, Standing
from .steps import StepRefused, Steps, require_permission, require_reason
from .takedowns import lift, take_down

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


class RecordQuerySet(PeriodQuerySet):
    def visible_to(self, user: Any, at: datetime | None = None) -> Self:
        """For one item's page: what is live, and drafts for whoever may see them in the admin."""
        if (
            user.is_active
            and user.is_staff
            and user.has_perm(cast("type[Record]", self.model).permission("view"))
        ):
            return self.exclude(standing=Standing.REMOVED)
        return self.live(at)


class Record(Steps, Period):
    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)

    class Meta(Period.Meta):
        abstract = True
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="draft", live_from__isnull=True)
                | Q(state="published", live_from__isnull=False),
                name="%(app_label)s_%(class)s_public_from_when_published",
            ),
        ]

    @classmethod
    def permission(cls, action: str) -> str:
        """The name of the permission for `action` ("view", "publish", …) on this model."""
        return f"{cls._meta.app_label}.{action}_{cls._meta.model_name}"

    def why_not_public(self) -> list[Any]:
        """Sentences about what is missing before this record may be published."""
        return []

    def publish(self, *, by: "User", at: datetime | None = None) -> None:
        """Make this record public from `at` (aware; default: now). Called again, it moves a moment ahead."""
        require_permission(by, self.permission("publish"))
        missing = self.why_not_public()
        if missing:
            raise StepRefused(" ".join(str(sentence) for sentence in missing))
        with transaction.atomic():
            self._lock()
            now = moment.now()
            self._take_step(
                "publish",
                {self.State.DRAFT, self.State.PUBLISHED},
                self.State.PUBLISHED,
                by=by,
                unless=Q(live_from__lte=now),
                tell=events.published,
                live_from=max(at or now, now),
            )

    def cancel_publication(self, *, by: "User") -> None:
        """Back to draft, as long as its moment has not come."""
        require_permission(by, self.permission("publish"))
        with transaction.atomic():
            self._lock()
            self._take_step(
                "cancel_publication",
                {self.State.PUBLISHED},
                self.State.DRAFT,
                by=by,
                only=Q(live_from__gt=moment.now()),
                live_from=None,
                live_until=FAR_FUTURE,
            )

    def remove(self, *, by: "User", reason: str, redirect_to: str = "") -> None:
        """Take a public record off the site: its address answers 410 with the reason, or leads elsewhere."""
        require_permission(by, self.permission("remove"))
        self._take_down(Takedown.Kind.REMOVED, "remove", by=by, reason=reason, redirect_to=redirect_to)

    def restore(self, *, by: "User", reason: str) -> None:
        """Lift the takedown of this record. The reason is the office's: readers are not told."""
        require_permission(by, self.permission("remove"))
        reason = require_reason(reason)
        with transaction.atomic():
            lift(self, by=by)
            self._take_step(
                "restore",
                {self.State.PUBLISHED},
                self.State.PUBLISHED,
                by=by,
                reason=reason,
                unless=Q(standing=Standing.IN_FORCE),
                tell=events.published,
                standing=Standing.IN_FORCE,
            )

    def write_down(self, step: str, *, by: "User", columns: Iterable[str] = ()) -> None:
        """Keep in the audit that a row was started or changed in place; part of the caller's transaction.

        `columns`: names of what changed, rows that hang on it included ("aliases").
        """
        in_place.write_down(self, step, by=by, reason=", ".join(columns), state=self.state)

    def _take_down(self, kind: str, step: str, *, by: "User", reason: str, redirect_to: str = "") -> None:
        with transaction.atomic():
            self._lock()
            take_down(self, kind, by=by, reason=reason, redirect_to=redirect_to)
            self._take_step(
                step,
                {self.State.PUBLISHED},
                self.State.PUBLISHED,
                by=by,
                only=Q(live_from__lte=moment.now(), standing=Standing.IN_FORCE),
                reason=reason,
                tell=events.withdrawn,
                standing=kind,
            )

    def _refusal(self, step: str, *, by: "User") -> Any:
        if step == "publish" and self.live_from is not None:
            return _("This is public already.")
        if step == "cancel_publication":
            return _("This is public already: it can be removed with a reason, not unpublished.")
        if self.live_from is None:
            return _("This was never public.")
        return super()._refusal(step, by=by)
