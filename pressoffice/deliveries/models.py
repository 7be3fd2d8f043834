from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import models, transaction
from django.db.models import Count, Min, Q
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import moment
from pressoffice.publishing.models import AuditEntry, subject_type
from pressoffice.publishing.steps import require_permission

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


LONGEST_ERROR = 300
# What waits for so long although its moment has come is waited for by nobody: no worker runs.
STUCK_AFTER = timedelta(minutes=10)


class Health(NamedTuple):
    waiting: int  # those whose moment is still to come, too
    failed: int
    due_since: datetime | None  # the longest of those that a worker should have taken by now

    @property
    def is_stuck(self) -> bool:
        return self.due_since is not None and self.due_since < moment.now() - STUCK_AFTER


def _free(at: datetime) -> Q:
    return Q(next_try_at__lte=at) & (Q(claimed_until__isnull=True) | Q(claimed_until__lte=at))


class DeliveryQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=Delivery.State.WAITING)

    def due(self, at: datetime | None = None) -> Self:
        """Waiting, their moment come, and in no living worker's hands."""
        return self.waiting().filter(_free(at or moment.now()))

    def failed(self) -> Self:
        return self.filter(state=Delivery.State.FAILED)

    def health(self) -> "Health":
        """One query."""
        waiting = Q(state=Delivery.State.WAITING)
        return Health(
            **self.filter(state__in=[Delivery.State.WAITING, Delivery.State.FAILED]).aggregate(
                waiting=Count("pk", filter=waiting),
                failed=Count("pk", filter=~waiting),
                due_since=Min("next_try_at", filter=waiting & _free(moment.now())),
            )
        )

    def try_again(self, *, by: "User") -> int:
        """Let those that failed wait for the worker once more, and write down who wanted it."""
        require_permission(by, "deliveries.retry_delivery")
        with transaction.atomic():
            keys = list(self.failed().select_for_update().values_list("pk", flat=True))
            now = moment.now()
            Delivery.objects.failed().filter(pk__in=keys).update(
                state=Delivery.State.WAITING, attempts=0, next_try_at=now, done_at=None
            )
            AuditEntry.objects.bulk_create(
                AuditEntry(
                    subject_type=subject_type(Delivery),
                    subject_id=pk,
                    step="try_again",
                    from_state=Delivery.State.FAILED,
                    to_state=Delivery.State.WAITING,
                    by=by,
                    at=now,
                )
                for pk in keys
            )
        return len(keys)


class Delivery(models.Model):
    """One effect outside of what a step changes: it happens once, however often it has to be tried.

    `payload` holds keys only, never texts and never addresses: what is public is asked when it happens.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        DROPPED = "dropped", _("no longer needed")
        FAILED = "failed", _("failed")

    key = models.CharField(_("key"), max_length=250, unique=True)
    kind = models.CharField(_("kind"), max_length=40)
    payload = models.JSONField(_("what it is about"), default=dict)
    due_at = models.DateTimeField(_("due at"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt at"))
    claimed_until = models.DateTimeField(_("in a worker's hands until"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=LONGEST_ERROR, blank=True)
    created_at = models.DateTimeField(_("created at"))
    done_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        permissions = [("retry_delivery", "Can let failed deliveries be tried again")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", done_at__isnull=True)
                | Q(
                    state__in=["done", "dropped", "failed"], done_at__isnull=False, claimed_until__isnull=True
                ),
                name="deliveries_delivery_waits_or_is_settled",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(kind=""), name="deliveries_delivery_has_key_and_kind"
            ),
        ]
        # Whole ones: SQLite does not see that a bound "waiting" is the condition of a partial one.
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="deliveries_delivery_due"),
            models.Index(fields=["state", "kind", "next_try_at"], name="deliveries_delivery_kind_due"),
            models.Index(fields=["state", "done_at"], name="deliveries_delivery_settled"),
        ]

    def __str__(self) -> str:
        return self.key
