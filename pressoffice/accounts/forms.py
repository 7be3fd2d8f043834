import logging
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.forms import AdminPasswordChangeForm as OwnPasswordChangeForm
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.plain_text import clean_line

from . import log, throttle
from .models import LogInEntry, User
from .roles import LABELS

logger = logging.getLogger("pressoffice.accounts")


class LogInForm(AdminAuthenticationForm):
    """The same sentence and the same work whether there is such a person or not."""

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username") or ""
        request = self.request
        if request is None or not username or not self.cleaned_data.get("password"):
            return super().clean()
        address = throttle.address_of(request)
        verdict = throttle.attempt("password", username, request)
        if verdict != throttle.Verdict.MAY:
            logger.warning("Log-in as %.60r from %s has to wait.", username, address)
            if verdict == throttle.Verdict.HAS_TO_WAIT_FIRST_TIME:
                log.write_down(LogInEntry.What.THROTTLED, _called(username), request)
            raise ValidationError(
                _("Too many attempts. Wait a quarter of an hour, then try again."), code="throttled"
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            logger.warning("Log-in as %.60r from %s failed.", username, address)
            log.write_down(LogInEntry.What.FAILED, _called(username), request)
            raise
        throttle.succeeded("password", username, request)
        logger.info("Log-in as %.60r from %s.", username, address)
        return cleaned


def _called(username: str) -> User | None:
    try:
        return User.objects.filter(username=username).first()
    except ValueError:  # PostgreSQL has no text with a NUL in it.
        return None


class RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, role: Any) -> str:
        return str(LABELS.get(role.name, role.name))


class NewPasswordForm(AdminPasswordChangeForm):
    """Django's own has a warning that nobody can translate. Its script looks for the id."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "usable_password" in self.fields:
            self.fields["usable_password"].help_text = format_html(
                '<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
                _("Without a password this person cannot log in; the one they have now is lost."),
            )


class OwnPasswordForm(OwnPasswordChangeForm):
    """A new password that is the old one changes nothing for whoever may know the old one."""

    def clean_new_password1(self) -> str:
        new = self.cleaned_data["new_password1"]
        if new == self.cleaned_data.get("old_password"):
            raise ValidationError(
                _("This is the password that you have now. Choose another one."), code="same_password"
            )
        return new


class PersonForm(UserChangeForm):
    """Whoever gives rights cannot shut themselves out by a slip."""

    class Meta(UserChangeForm.Meta):
        model = User

    editing_self = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.editing_self:
            for name in ("is_active", "is_staff", "is_superuser"):
                if name in self.fields and not cleaned.get(name):
                    self.add_error(name, _("You cannot take this from yourself. Ask another administrator."))
        return cleaned


class ResetForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For the journal: who asked, and how you made sure that it was they."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )

    def clean_reason(self) -> str:
        return clean_line(self.cleaned_data["reason"])
