import uuid
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.models import AppendOnly

LONGEST_NAME = 60  # of a device; the column of django-otp takes 64
LONGEST_BROWSER = 300


class User(AbstractUser):
    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Factor(models.TextChoices):
    """With what somebody proved, beside the password or instead of it, who they are."""

    PASSKEY = "passkey", _("passkey")
    APP = "app", _("code from an app")
    BACKUP_CODE = "backup", _("backup code")


class SignIn(models.Model):
    """A session as its person sees it. Django's session names it by `public_id`, and without its row the
    session is over, whatever Django's own store still holds. Its key, which opens it, is not here."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    # The last time something was proved that only the person has: password, code or passkey.
    confirmed_at = models.DateTimeField()
    factor = models.CharField(max_length=10, choices=Factor, blank=True)
    # Both factors were given and there are backup codes: the admin is open.
    verified_at = models.DateTimeField(null=True, blank=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=LONGEST_BROWSER, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | ~Q(factor=""),
                name="accounts_sign_in_verified_by_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.started_at:%Y-%m-%d %H:%M}"


class BackupCode(models.Model):
    """One of ten. Only its digest is kept: django-otp's own keep the codes readable in the database."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="backup_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="accounts_backup_code_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LogInEntryQuerySet(models.QuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def forget_addresses(self) -> int:
        """Where somebody was is nobody's business for ever; that they logged in stays."""
        before = timezone.now() - timedelta(days=settings.PRESSOFFICE_LOG_IN_ADDRESS_DAYS)
        old = self.filter(at__lt=before).exclude(address="", browser="")
        return models.QuerySet.update(old, address="", browser="")

    def update(self, **kwargs: Any) -> int:
        raise AppendOnly("Entries about log-ins are only ever added.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnly("Entries about log-ins are only ever added.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AppendOnly("Entries about log-ins are only ever added.")


class LogInEntry(models.Model):
    """Who came in, who did not, and what was done to the ways in."""

    class What(models.TextChoices):
        LOGGED_IN = "logged_in", _("Logged in")
        PASSWORD = "password", _("Right password, second factor asked for")
        FAILED = "failed", _("Wrong name or password")
        CODE_FAILED = "code_failed", _("Wrong code")
        PASSKEY_FAILED = "passkey_failed", _("Passkey refused")
        THROTTLED = "throttled", _("Has to wait after too many attempts")
        CONFIRMED = "confirmed", _("Proved again who they are")
        LOGGED_OUT = "logged_out", _("Logged out")
        SESSION_ENDED = "session_ended", _("Logged out on another device")
        SESSIONS_ENDED = "sessions_ended", _("Logged out everywhere else")
        DEVICE_ADDED = "device_added", _("Added a second factor")
        DEVICE_RENAMED = "device_renamed", _("Renamed a second factor")
        DEVICE_REMOVED = "device_removed", _("Removed a second factor")
        CODES_MADE = "codes_made", _("Made backup codes")
        PASSWORD_CHANGED = "password_changed", _("Password changed")
        RESET = "reset", _("Second factor reset")

    at = models.DateTimeField(_("at"))
    what = models.CharField(_("what"), max_length=20, choices=What)
    # Nobody for a name that is not there. What was typed is not kept: people type passwords into the wrong
    # field.
    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="log_in_entries",
        verbose_name=_("whose log-in"),
    )
    by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by somebody else"),
    )
    factor = models.CharField(_("second factor"), max_length=10, choices=Factor, blank=True)
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    address = models.CharField(_("address"), max_length=45, blank=True)
    browser = models.CharField(_("browser"), max_length=LONGEST_BROWSER, blank=True)

    objects = LogInEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("log-in entry")
        verbose_name_plural = _("log-ins")
        indexes = [
            models.Index(fields=["user", "at"], name="accounts_log_in_of_person"),
            models.Index(fields=["at"], name="accounts_log_in_at"),
        ]

    def __str__(self) -> str:
        return str(self.get_what_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly("Entries about log-ins are only ever added.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnly("Entries about log-ins are only ever added.")
