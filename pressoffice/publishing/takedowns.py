"""Taking a public thing down and putting it back: the same three lines for editions and records."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language, get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from . import moment
from .models import Takedown, subject_type
from .steps import StepRefused, require_reason

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


# Pages whose address is a secret or a login's.
NOT_FOR_READERS = {"articles:preview", "embargo:door"}


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
    if redirect_to:
        _refuse_a_way_to_nowhere(subject, address.path, language)
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


def _refuse_a_way_to_nowhere(subject: models.Model, path: str, language: str) -> None:
    """Readers are sent to a page of theirs, and to none that leads them back."""
    spoken = get_language_from_path(path) or ""
    with override(spoken or None):
        try:
            there = resolve(path)
        except Resolver404:
            raise StepRefused(_("There is no page at the address that readers are to be sent to.")) from None
        if path.startswith(reverse("admin:index")) or there.view_name in NOT_FOR_READERS:
            raise StepRefused(_("This address is for colleagues: send readers to a page of theirs."))
    named = {str(value) for value in there.kwargs.values()}
    if any(named & _names_of(each) and its in ("", spoken) for each, its in _leading_here(subject, language)):
        raise StepRefused(_("Readers of this address are sent in a circle: name another page."))


def _leading_here(subject: models.Model, language: str) -> list[tuple[models.Model, str]]:
    """The subject, and what was removed with an address that leads to it, through however many others, each
    with its language."""
    found = [(subject, language)]
    redirects = list(Takedown.objects.in_force().exclude(redirect_to=""))
    for target, its in found:  # which grows
        for each in list(redirects):
            path = urlsplit(each.redirect_to).path
            if set(path.split("/")) & _names_of(target) and its in ("", get_language_from_path(path)):
                redirects.remove(each)
                row = apps.get_model(each.subject_type)._base_manager.filter(pk=each.subject_id).first()
                if row is not None:
                    found.append((row, each.language))
    return found


def _names_of(subject: models.Model) -> set[str]:
    """By which addresses name it: a statement's reference, a record's code."""
    return {str(value) for name in ("reference", "code") if (value := getattr(subject, name, None))}


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
