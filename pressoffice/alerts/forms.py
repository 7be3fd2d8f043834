from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import mailboxes
from .models import Frequency


class AddressField(forms.Field):
    """What was typed stays in the form, whatever is wrong with it."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"})
    default_error_messages = {"required": _("Write your e-mail address.")}

    def clean(self, value: Any) -> str:
        typed = str(value or "")
        self.validate(typed.strip())
        return mailboxes.normal(typed)


class AddressForm(forms.Form):
    email = AddressField(label=_("Your e-mail address"))


class SignUpForm(AddressForm):
    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=Frequency.choices,
        initial=Frequency.AT_ONCE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how often."),
            "invalid_choice": _("Choose how often: at once, once a day or once a week."),
        },
    )
