"""When a thing is public: said here, and nowhere else."""

from datetime import UTC, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from . import moment

# Stands for "no end" so that one plain predicate and one index serve every list.
FAR_FUTURE = datetime(9999, 1, 1, tzinfo=UTC)


NEVER_DELETED = _("What was public is never deleted. Remove it from the site instead.")


class Standing(models.TextChoices):
    IN_FORCE = "in_force", _("in force")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CANCELLED = "cancelled", _("cancelled")
    REMOVED = "removed", _("removed")


def live(at: datetime | None = None, *, through: str = "") -> Q:
    """The predicate of being public at `at` (aware; default: the request's moment).

    `through` is the relation that leads to the period, such as "edition", for rows that are
    public exactly while something else is.
    """
    at = at or moment.now()
    prefix = f"{through}__" if through else ""
    return Q(
        **{
            f"{prefix}live_from__lte": at,
            f"{prefix}live_until__gt": at,
            f"{prefix}standing__in": [Standing.IN_FORCE, Standing.WITHDRAWN, Standing.CANCELLED],
        }
    )


class PeriodQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        return self.filter(live(at))

    def scheduled(self, at: datetime | None = None) -> Self:
        return self.filter(live_from__gt=at or moment.now()).exclude(standing=Standing.REMOVED)

    def ended(self, at: datetime | None = None) -> Self:
        return self.filter(live_until__lte=at or moment.now())

    def delete(self) -> tuple[int, dict[str, int]]:
        from .steps import StepRefused

        if self.filter(live_from__isnull=False).exists():
            raise StepRefused(NEVER_DELETED)
        return super().delete()

    def ever_live(self, at: datetime | None = None) -> Self:
        """Public at `at` or before it, and not removed: what keeps an address for life."""
        return self.filter(live_from__lte=at or moment.now()).exclude(standing=Standing.REMOVED)


class Period(models.Model):
    live_from = models.DateTimeField(_("public from"), null=True, blank=True, editable=False)
    live_until = models.DateTimeField(_("public until"), default=FAR_FUTURE, editable=False)
    standing = models.CharField(
        _("standing"), max_length=10, choices=Standing, default=Standing.IN_FORCE, editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(live_from__isnull=True) | Q(live_from__lt=F("live_until")),
                name="%(app_label)s_%(class)s_period_runs_forward",
                violation_error_message=_("The end of a period comes after its beginning."),
            ),
            models.CheckConstraint(
                condition=Q(standing__in=Standing.values),
                name="%(app_label)s_%(class)s_standing_known",
            ),
        ]

    def is_live(self, at: datetime | None = None) -> bool:
        """The same predicate as the QuerySet's, for a row already in hand."""
        at = at or moment.now()
        return (
            self.live_from is not None
            and self.live_from <= at < self.live_until
            and self.standing != Standing.REMOVED
        )

    def is_scheduled(self, at: datetime | None = None) -> bool:
        at = at or moment.now()
        return self.live_from is not None and self.live_from > at

    @property
    def is_withdrawn(self) -> bool:
        return self.standing == Standing.WITHDRAWN

    @property
    def is_cancelled(self) -> bool:
        return self.standing == Standing.CANCELLED

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        from .steps import StepRefused

        if self.live_from is not None:
            raise StepRefused(NEVER_DELETED)
        return super().delete(*args, **kwargs)
