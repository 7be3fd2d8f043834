from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from . import moment


def subject_type(subject: models.Model | type[models.Model]) -> str:
    """How audit entries and takedowns name a kind of row: "articles.edition"."""
    return subject._meta.label_lower


def kind_of(subject_type: str) -> str:
    """What people call it; the code itself for an app that is no longer installed."""
    try:
        return str(apps.get_model(subject_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return subject_type


class AboutSubject(models.QuerySet):
    def about(self, subject: models.Model) -> Self:
        return self.filter(subject_type=subject_type(subject), subject_id=subject.pk)


class AppendOnly(Exception):
    """Somebody tried to change what has been written down."""


# The step by which an old archive's things came in, each public since its own moment there.
BRING_IN = "bring_in"


class AuditEntryQuerySet(AboutSubject):
    def record(
        self,
        subject: models.Model,
        step: str,
        *,
        by: models.Model,
        from_state: str = "",
        to_state: str = "",
        reason: str = "",
        fingerprint: str = "",
    ) -> models.Model:
        """`fingerprint` says which exact content the step was about (an edition's content_hash)."""
        return self.create(
            subject_type=subject_type(subject),
            subject_id=subject.pk,
            step=step,
            by=by,
            at=moment.now(),
            from_state=from_state,
            to_state=to_state,
            reason=reason,
            fingerprint=fingerprint or getattr(subject, "content_hash", ""),
        )

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly("Audit entries are only ever added.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("Audit entries are only ever added.")

    bulk_update = update  # type: ignore[assignment]


class AuditEntry(models.Model):
    """Who did what, when, to what, and why. Rows name their subject by type and key, so they outlive it."""

    subject_type = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.BigIntegerField(_("key"))
    step = models.CharField(_("step"), max_length=40)
    from_state = models.CharField(_("state before"), max_length=20, blank=True)
    to_state = models.CharField(_("state after"), max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    fingerprint = models.CharField(_("fingerprint of the content"), max_length=64, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="audit_entries", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"], name="publishing_audit_subject"),
            models.Index(fields=["at"], condition=Q(step=BRING_IN), name="publishing_brought_in"),
        ]

    def __str__(self) -> str:
        at = date_format(localtime(self.at), "SHORT_DATETIME_FORMAT")
        return f"{at} – {kind_of(self.subject_type)} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly("Audit entries are only ever added.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("Audit entries are only ever added.")


class TakedownQuerySet(AboutSubject):
    def in_force(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def of_each(
        self, model: type[models.Model], keys: Iterable[int], *, language: str = ""
    ) -> "dict[int, Takedown]":
        """What took down each of the things with these keys, by key. One query, none without keys."""
        wanted = list(keys)
        if not wanted:
            return {}
        rows: Any = self.in_force().filter(
            subject_type=subject_type(model),
            subject_id__in=wanted,
            language=language,
            at__lte=moment.now(),
        )
        return {row.subject_id: row for row in rows}

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("A takedown is lifted, never deleted.")


class Takedown(models.Model):
    """A withdrawal, removal or cancellation: a record of its own, so that it can be lifted and remembered.

    `language` is the language of the thing taken down where it has a life of its own (an edition's),
    else empty. `reason_language` is the language the public reason is written in.
    """

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", _("withdrawn")
        CANCELLED = "cancelled", _("cancelled")
        REMOVED = "removed", _("removed")

    subject_type = models.CharField(_("kind of thing"), max_length=60)
    subject_id = models.BigIntegerField(_("key"))
    language = models.CharField(_("language"), max_length=2, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    reason = models.TextField(_("public reason"))
    reason_language = models.CharField(_("language of the reason"), max_length=2)
    redirect_to = models.CharField(_("readers are sent to"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="takedowns", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="takedowns_lifted",
        verbose_name=_("lifted by"),
        null=True,
        blank=True,
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = TakedownQuerySet.as_manager()

    class Meta:
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "language"],
                condition=Q(lifted_at__isnull=True),
                name="publishing_takedown_one_in_force",
                violation_error_message=_("This has been taken down already."),
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__gte=F("at"), lifted_by__isnull=False),
                name="publishing_takedown_lifted_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="publishing_takedown_has_a_reason"),
            models.CheckConstraint(
                condition=Q(redirect_to="") | Q(kind="removed"),
                name="publishing_takedown_only_removal_redirects",
            ),
        ]

    def __str__(self) -> str:
        subject = f"{kind_of(self.subject_type)} {self.subject_id} {self.language}".strip()
        return f"{self.get_kind_display()} – {subject}"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("A takedown is lifted, never deleted.")
