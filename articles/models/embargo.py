"""Links by which named people outside read an approved text before it is public."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pressoffice.publishing import events, moment
from pressoffice.publishing.fields import LineField
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.steps import StepRefused, require_permission

from .edition import Edition

if TYPE_CHECKING:
    from pressoffice.accounts.models import User

TOKEN_BYTES = 32


def hash_of(token: str) -> str:
    """A token has 256 bits of chance: nothing slower than SHA-256 is needed to keep it from being guessed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class EmbargoLinkQuerySet(models.QuerySet):
    def found_by(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))

    def open(self, at: datetime | None = None) -> Self:
        """Those that lead to a text at `at`: neither run out nor revoked, of a text that is approved and
        whose moment has not come."""
        at = at or moment.now()
        ahead = Q(edition__state=Edition.State.APPROVED) | Q(
            edition__state=Edition.State.PUBLISHED, edition__live_from__gt=at
        )
        return self.filter(ahead, expires_at__gt=at, revoked_at__isnull=True)

    def give(
        self,
        edition: Edition,
        *,
        by: "User",
        recipient: str,
        organisation: str = "",
        email: str = "",
        expires_at: datetime | None = None,
        form: uuid.UUID | None = None,
    ) -> tuple["EmbargoLink", str]:
        """The link and its token, which is told this once and kept nowhere.

        `expires_at`: at the latest, and by default, the hour at which the text goes public; `form`: names the
        form it was asked for with, so that a second click makes no second link. Raises StepRefused.
        """
        require_permission(by, Edition.permission("share"))
        with transaction.atomic():
            edition = Edition._base_manager.select_for_update().get(pk=edition.pk)
            now, hour = moment.now(), hour_of(edition)
            if edition.state not in {Edition.State.APPROVED, Edition.State.PUBLISHED}:
                raise StepRefused(_("Only an approved text is given to people outside."))
            if edition.is_live(now) or (edition.live_from and edition.live_from <= now):
                raise StepRefused(_("This text is public already: its own address is the link."))
            if hour is None or hour <= now:
                raise StepRefused(_("Say first until when it is held: set an embargo, or schedule it."))
            expires_at = expires_at or hour
            if not now < expires_at <= hour:
                raise StepRefused(_("A link ends in the future, and not after the text goes public."))
            form = form or uuid.uuid4()
            if self.filter(form=form).exists():
                raise StepRefused(
                    _("This link was made already and is shown only once. Revoke it and make another.")
                )
            token = secrets.token_urlsafe(TOKEN_BYTES)
            link: EmbargoLink = self.create(  # type: ignore[assignment]
                edition=edition,
                recipient=recipient,
                organisation=organisation,
                email=email,
                token_hash=hash_of(token),
                expires_at=expires_at,
                form=form,
                created_by=by,
                created_at=now,
            )
            link._write_down("share", by=by)
        return link, token


def hour_of(edition: Edition) -> datetime | None:
    """When it goes public, as far as that is known."""
    return edition.live_from or edition.embargo_until


class EmbargoLink(models.Model):
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="embargo_links", verbose_name=_("edition")
    )
    recipient = LineField(_("recipient"), max_length=150)
    organisation = LineField(_("newsroom or organisation"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    form = models.UUIDField(unique=True, editable=False)
    expires_at = models.DateTimeField(_("ends at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="embargo_links_given",
        verbose_name=_("given by"),
    )
    created_at = models.DateTimeField(_("given at"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="embargo_links_revoked",
        verbose_name=_("revoked by"),
        null=True,
        blank=True,
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    if TYPE_CHECKING:
        openings: Any

    objects = EmbargoLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("embargo link")
        verbose_name_plural = _("embargo links")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="articles_embargo_link_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__gte=F("created_at"), revoked_by__isnull=False),
                name="articles_embargo_link_revoked_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(recipient=""), name="articles_embargo_link_has_a_recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} ({self.organisation})" if self.organisation else self.recipient

    def address(self, token: str) -> str:
        with override(self.edition.language):
            return reverse("embargo:door", args=[token])

    def is_open(self, at: datetime | None = None) -> bool:
        """The same as the QuerySet's, with the edition in hand."""
        at = at or moment.now()
        ahead = self.edition.state == Edition.State.APPROVED or (
            self.edition.state == Edition.State.PUBLISHED and self.edition.is_scheduled(at)
        )
        return ahead and self.expires_at > at and self.revoked_at is None

    def revoke(self, *, by: "User") -> None:
        require_permission(by, Edition.permission("share"))
        with transaction.atomic():
            revoked = type(self)._base_manager.filter(pk=self.pk, revoked_at__isnull=True)
            if not revoked.update(revoked_at=moment.now(), revoked_by=by):
                raise StepRefused(_("This link has been revoked already."))
            self.refresh_from_db()
            self._write_down("revoke_link", by=by)

    def write_opening(self) -> None:
        EmbargoOpening.objects.create(link=self, at=moment.now())

    def _write_down(self, step: str, *, by: "User") -> None:
        """On the text's trail, with the name of who reads it."""
        AuditEntry.objects.record(
            self.edition,
            step,
            by=by,
            from_state=self.edition.state,
            to_state=self.edition.state,
            reason=str(self),
        )
        events.step_taken.send(
            sender=type(self), instance=self, step=step, by=by, at=moment.now(), reason=str(self)
        )


class EmbargoOpening(models.Model):
    """Somebody with the link has asked for the text and got it."""

    link = models.ForeignKey(
        EmbargoLink, on_delete=models.PROTECT, related_name="openings", verbose_name=_("embargo link")
    )
    at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("opening of an embargo link")
        verbose_name_plural = _("openings of embargo links")

    def __str__(self) -> str:
        return f"{self.link_id} {self.at}"
