"""The two ceremonies of passkeys. django-otp-webauthn checks the signatures; its views and scripts are not
not used: they know neither our sessions and journal nor our words."""

import json
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django_otp_webauthn.exceptions import OTPWebAuthnApiError
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential
from webauthn.helpers.exceptions import WebAuthnException

from pressoffice.publishing.plain_text import clean_line

from . import second_factor
from .models import LONGEST_NAME, Factor
from .second_factor import Refused

STATE = "passkey_state"
LONGEST_ANSWER = 50_000  # bytes; an attestation is a few thousand


def office_name(request: HttpRequest) -> str:
    return _("Press office")


def begin_making(request: HttpRequest, user: Any, name: str) -> dict[str, Any]:
    """What the browser needs to make a passkey, which will be called `name`."""
    options, state = WebAuthnHelper(request).register_begin(user)
    request.session[STATE] = {**state, "for": "making", "name": clean_line(name)[:LONGEST_NAME]}
    return options


def make(request: HttpRequest, user: Any, *, is_first: bool) -> None:
    state, answer = _state(request, "making"), _answer(request)
    name = second_factor.named(state["name"], Factor.PASSKEY)
    try:
        with transaction.atomic():
            second_factor.may_add(user, is_first=is_first)
            credential = WebAuthnHelper(request).register_complete(user=user, state=state, data=answer)
            credential.name = name
            credential.save(update_fields=["name"])
            second_factor.added(user, Factor.PASSKEY, name, request)
    except IntegrityError as error:
        raise Refused(_("This passkey is here already.")) from error
    except (OTPWebAuthnApiError, WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise Refused(_("The passkey could not be made. Try it again.")) from error


def begin_asking(request: HttpRequest, user: Any = None) -> dict[str, Any]:
    """What the browser needs to ask for a passkey: any, or one of `user`'s. It stands in for the password,
    so the device has to make sure who holds it."""
    helper = WebAuthnHelper(request)
    options, state = helper.authenticate_begin(user=user, require_user_verification=True)
    request.session[STATE] = {**state, "for": "asking"}
    return options


def asked(request: HttpRequest, user: Any = None) -> WebAuthnCredential:
    """The passkey that answered, with its person."""
    state, answer = _state(request, "asking"), _answer(request)
    try:
        with transaction.atomic():
            credential = WebAuthnHelper(request).authenticate_complete(user=user, state=state, data=answer)
    except (OTPWebAuthnApiError, WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise Refused(_("This passkey is not known here. Log in with name and password.")) from error
    person = credential.user
    if not (credential.confirmed and person.is_active and person.is_staff):
        raise Refused(_("This passkey is not known here. Log in with name and password."))
    return credential


def _state(request: HttpRequest, purpose: str) -> dict[str, Any]:
    """Each challenge is good for one answer."""
    state = request.session.pop(STATE, None)
    request.session.save()
    if not state or state["for"] != purpose:
        raise Refused(_("This took too long. Try it again."))
    return state


def _answer(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > LONGEST_ANSWER:
        raise Refused(_("The passkey could not be read. Try it again."))
    try:
        answer = json.loads(request.body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Refused(_("The passkey could not be read. Try it again."))
    return answer
