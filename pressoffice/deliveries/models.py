from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import moment


class DeliveryQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(state=Delivery.State.WAITING)

    def due(self, at: datetime | None = None) -> Self:
        """Waiting, their moment come, and in no living worker's hands; the longest due first."""
        at = at or moment.now()
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
        return self.waiting().filter(free, next_try_at__lte=at).order_by("next_try_at", "pk")

    def failed(self) -> Self:
        return self.filter(state=Delivery.State.FAILED)


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
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))
    done_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
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
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(state="waiting"), name="deliveries_delivery_due"
            ),
            models.Index(
                fields=["done_at"],
                condition=Q(state__in=["done", "dropped"]),
                name="deliveries_delivery_forgotten",
            ),
            models.Index(fields=["state", "-due_at"], name="deliveries_delivery_state"),
        ]

    def __str__(self) -> str:
        return self.key
