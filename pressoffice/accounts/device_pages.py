"""Adding a second factor, on the way in or later; backup codes."""

from base64 import b32encode
from binascii import unhexlify
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp.util import random_hex

from . import browsers, door, log, passkeys, second_factor, sign_ins
from .log_in_pages import confirm_address, confirm_first, refusal
from .models import LONGEST_NAME, Factor, SignIn
from .qr import qr_of
from .second_factor import Refused

KEY_SHOWN = "app_key"


class AppForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the device"),
        help_text=gettext_lazy("For yourself, such as: office phone."),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code that the app shows"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "vTextField code-field",
            }
        ),
    )


def _may_add(request: HttpRequest) -> tuple[SignIn | None, bool]:
    """The sign-in, if a factor may be added in it, and whether it is the first one."""
    sign_in = sign_ins.current(request)
    if sign_in is None:
        return None, False
    if not sign_in.factor and not second_factor.has_devices(sign_in.user):
        return sign_in, True
    return (sign_in if request.user.is_authenticated else None), False


def _elsewhere(request: HttpRequest) -> HttpResponse:
    sign_in = sign_ins.current(request)
    return HttpResponseRedirect(reverse(door.next_step(sign_in) if sign_in else "admin:login"))


@sensitive_post_parameters("code")
def add(request: HttpRequest, site: AdminSite) -> HttpResponse:
    sign_in, is_first = _may_add(request)
    if sign_in is None:
        return _elsewhere(request)
    if not is_first and not sign_ins.is_fresh(sign_in):
        return confirm_first(request)
    key = request.session.setdefault(KEY_SHOWN, random_hex(20))
    words = browsers.in_words(log.browser_of(request))
    form = AppForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.add_app(sign_in.user, key=key, request=request, is_first=is_first, **_said(form))
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            del request.session[KEY_SHOWN]
            return _added(request, sign_in, Factor.APP)
    uri = _uri(sign_in.user, key)
    context = {
        **site.each_context(request),
        "title": _("Set up a second factor") if is_first else _("Add a second factor"),
        "form": form,
        "is_first": is_first,
        "name": str(sign_in.user),
        "qr": qr_of(uri),
        "uri": uri,
        "key": _readable(key),
        "suggested_name": words[:LONGEST_NAME],
        "longest_name": LONGEST_NAME,
    }
    return TemplateResponse(request, "admin/sign_in/add.html", context)


def _said(form: forms.Form) -> dict[str, str]:
    return {"name": form.cleaned_data["name"], "typed": form.cleaned_data["code"]}


def _added(request: HttpRequest, sign_in: SignIn, factor: Factor) -> HttpResponse:
    return door.remembering(HttpResponseRedirect(_after_adding(request, sign_in, factor)), request, sign_in)


def _after_adding(request: HttpRequest, sign_in: SignIn, factor: Factor) -> str:
    if not sign_in.factor:
        return door.after_factor(request, sign_in, factor)
    messages.success(request, _("The second factor is added."))
    return reverse("admin:account")


@require_POST
def passkey_begin(request: HttpRequest, site: AdminSite) -> HttpResponse:
    sign_in, is_first = _may_add(request)
    if sign_in is None:
        return refusal(_("Log in first."))
    if not is_first and not sign_ins.is_fresh(sign_in):
        return JsonResponse({"url": confirm_address(reverse("admin:second_factor_add"))}, status=400)
    return JsonResponse(passkeys.begin_making(request, sign_in.user, request.POST.get("name", "")))


@require_POST
def passkey_made(request: HttpRequest, site: AdminSite) -> HttpResponse:
    sign_in, is_first = _may_add(request)
    if sign_in is None or not (is_first or sign_ins.is_fresh(sign_in)):
        return refusal(_("Log in first."))
    try:
        passkeys.make(request, sign_in.user, is_first=is_first)
    except Refused as refused:
        return refusal(str(refused))
    address = _after_adding(request, sign_in, Factor.PASSKEY)
    return door.remembering(JsonResponse({"url": address}), request, sign_in)


def backup_codes(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Ten codes, shown in the answer to the click that makes them; nowhere kept so that they can be read."""
    sign_in = sign_ins.current(request)
    is_first = False
    if sign_in is not None:
        is_first = bool(sign_in.factor) and not second_factor.has_backup_codes(sign_in.user)
    may = is_first or (request.user.is_authenticated and second_factor.has_devices(request.user))
    if sign_in is None or not may:
        return _elsewhere(request)
    if not is_first and not sign_ins.is_fresh(sign_in):
        return confirm_first(request)
    codes: list[str] = []
    if request.method == "POST":
        codes = second_factor.make_backup_codes(sign_in.user, request)
        if sign_in.factor and sign_in.verified_at is None:
            sign_ins.let_in(request, sign_in)
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("Backup codes"),
        "codes": codes,
        "is_first": is_first,
        "name": str(sign_in.user),
        "username": sign_in.user.get_username(),
        "go_on": reverse("admin:log_in_done" if is_first else "admin:account"),
        "left": 0 if codes or is_first else second_factor.backup_codes_left(sign_in.user),
    }
    answer = TemplateResponse(request, "admin/sign_in/backup_codes.html", context)
    return door.remembering(answer, request, sign_in)


def _uri(user: Any, key: str) -> str:
    """What apps read (https://github.com/google/google-authenticator/wiki/Key-Uri-Format)."""
    office = _("Press office")
    label = quote(f"{office}:{user.get_username()}", safe=":")
    facts = {"secret": _base32(key), "issuer": office}
    return f"otpauth://totp/{label}?{urlencode(facts, quote_via=quote)}"


def _base32(key: str) -> str:
    return b32encode(unhexlify(key)).decode()


def _readable(key: str) -> list[str]:
    letters = _base32(key)
    return [letters[start : start + 4] for start in range(0, len(letters), 4)]
