"""Taking a public thing down and putting it back: the same three lines for editions and records."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.db import IntegrityError, models, transaction
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from . import moment
from .models import Takedown, subject_type
from .steps import StepRefused, require_reason

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


def take_down(
    subject: models.Model,
    kind: str,
    *,
    by: "User",
    reason: str,
    redirect_to: str = "",
    language: str = "",
    reason_language: str = "",
) -> Takedown:
    """Write the record. Raises StepRefused without a reason, with an address elsewhere, or a second time."""
    reason = require_reason(reason)
    address = urlsplit(redirect_to)
    if redirect_to and (
        address.scheme or address.netloc or not redirect_to.startswith("/") or "\\" in redirect_to
    ):
        raise StepRefused(_("Readers can only be sent to an address on this site that begins with /."))
    if redirect_to and not _has_a_page(address.path):
        raise StepRefused(_("There is no page at the address that readers are to be sent to."))
    try:
        with transaction.atomic():
            return Takedown.objects.create(
                subject_type=subject_type(subject),
                subject_id=subject.pk,
                language=language,
                kind=kind,
                reason=reason,
                reason_language=reason_language or language or (get_language() or "")[:2],
                redirect_to=redirect_to,
                by=by,
                at=moment.now(),
            )
    except IntegrityError:
        raise StepRefused(_("This has been taken down already. Lift that first.")) from None


def _has_a_page(path: str) -> bool:
    with override(get_language_from_path(path)):
        try:
            resolve(path)
        except Resolver404:
            return False
    return True


def lift(subject: models.Model, *, by: "User", language: str = "") -> None:
    """End the takedown in force. Raises StepRefused where there is none."""
    lifted = (
        Takedown.objects.about(subject)
        .in_force()
        .filter(language=language)
        .update(lifted_at=moment.now(), lifted_by=by)
    )
    if not lifted:
        raise StepRefused(_("This has not been taken down."))


def takedown_in_force(subject: models.Model, *, language: str = "") -> Takedown | None:
    """One query."""
    return Takedown.objects.about(subject).in_force().filter(language=language).first()
