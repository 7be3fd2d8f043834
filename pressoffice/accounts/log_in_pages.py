"""Between the password and the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from . import after_log_in, door, log, passkeys, second_factor, sign_ins, throttle
from .models import Factor, LogInEntry, SignIn
from .second_factor import Refused

TOO_MANY = gettext_lazy("Too many attempts. Wait a quarter of an hour, then try again.")
BACKEND = "django.contrib.auth.backends.ModelBackend"


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
                "aria-describedby": "code-help",
                "class": "vTextField code-field",
            }
        ),
    )


@sensitive_post_parameters("code")
def code(request: HttpRequest, site: AdminSite) -> HttpResponse:
    sign_in = sign_ins.current(request)
    if sign_in is None:
        return HttpResponseRedirect(reverse("admin:login"))
    step = door.next_step(sign_in)
    if step != "admin:log_in_code":
        return HttpResponseRedirect(reverse(step))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        factor = try_code(request, sign_in.user, form)
        if factor is not None:
            address = door.after_factor(request, sign_in, factor)
            return door.remembering(HttpResponseRedirect(address), request, sign_in)
    context = {
        **site.each_context(request),
        "title": _("Second factor"),
        "form": form,
        "name": str(sign_in.user),
        "has_passkeys": second_factor.has_passkeys(sign_in.user),
        "may_skip": not settings.SECOND_FACTOR_REQUIRED,
    }
    return TemplateResponse(request, "admin/sign_in/code.html", context)


def try_code(request: HttpRequest, user: Any, form: forms.Form) -> Factor | None:
    """The kind of code, if it is right; else the form says why not."""
    verdict = throttle.attempt("code", user.get_username(), request)
    if verdict != throttle.Verdict.MAY:
        if verdict == throttle.Verdict.HAS_TO_WAIT_FIRST_TIME:
            log.write_down(LogInEntry.What.THROTTLED, user, request)
        form.add_error(None, TOO_MANY)
        return None
    factor = second_factor.used_code(user, form.cleaned_data["code"])
    if factor is None:
        log.write_down(LogInEntry.What.CODE_FAILED, user, request)
        form.add_error(
            "code",
            _(
                "This code is wrong, too old or used already. Wait for the next one, or take another "
                "backup code."
            ),
        )
        return None
    throttle.succeeded("code", user.get_username(), request)
    return factor


@require_POST
def start_again(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """As somebody else."""
    logout(request)
    return HttpResponseRedirect(reverse("admin:login"))


# --- passkeys: asked for by a script, which follows the address it is given ----------------------


@require_POST
def passkey_begin(request: HttpRequest, site: AdminSite) -> HttpResponse:
    if not throttle.may("passkey", "", request):
        return refusal(str(TOO_MANY))
    after_log_in.remember(request)
    sign_in = sign_ins.current(request)
    return JsonResponse(passkeys.begin_asking(request, sign_in.user if sign_in else None))


@require_POST
def passkey_answer(request: HttpRequest, site: AdminSite) -> HttpResponse:
    sign_in = sign_ins.current(request)
    try:
        credential = passkeys.asked(request, sign_in.user if sign_in else None)
    except Refused as refused:
        log.write_down(LogInEntry.What.PASSKEY_FAILED, sign_in.user if sign_in else None, request)
        return refusal(str(refused))
    if sign_in is not None and sign_in.verified_at is not None:
        sign_ins.confirm(request, sign_in, Factor.PASSKEY)
        return JsonResponse({"url": after_log_in.address(request)})
    if sign_in is None:
        login(request, credential.user, BACKEND)
        sign_in = sign_ins.of_person(request)
    address = door.after_factor(request, sign_in, Factor.PASSKEY)
    return door.remembering(JsonResponse({"url": address}), request, sign_in)


def refusal(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=400)


# --- for whoever has to prove anew who they are ----------------------------------------------------


class ConfirmForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "vTextField"}),
    )
    code = forms.CharField(
        label=gettext_lazy("or a code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", "class": "vTextField code-field"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        if not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Type the password or a code."))
        return self.cleaned_data


@sensitive_post_parameters("password", "code")
def confirm(request: HttpRequest, site: AdminSite) -> HttpResponse:
    sign_in = sign_ins.of_person(request)
    if request.method == "POST":
        after_log_in.remember(request)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _is_confirmed(request, sign_in, form):
        return HttpResponseRedirect(after_log_in.address(request))
    context = {
        **site.each_context(request),
        "title": _("Is it you?"),
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "has_passkeys": second_factor.has_passkeys(sign_in.user),
    }
    return TemplateResponse(request, "admin/sign_in/confirm.html", context)


def _is_confirmed(request: HttpRequest, sign_in: SignIn, form: forms.Form) -> bool:
    user = sign_in.user
    if form.cleaned_data["password"]:
        verdict = throttle.attempt("password", user.get_username(), request)
        if verdict != throttle.Verdict.MAY:
            if verdict == throttle.Verdict.HAS_TO_WAIT_FIRST_TIME:
                log.write_down(LogInEntry.What.THROTTLED, user, request)
            form.add_error(None, TOO_MANY)
            return False
        if not user.check_password(form.cleaned_data["password"]):
            log.write_down(LogInEntry.What.FAILED, user, request)
            form.add_error("password", _("This is not your password."))
            return False
        throttle.succeeded("password", user.get_username(), request)
        sign_ins.confirm(request, sign_in)
        return True
    factor = try_code(request, user, form)
    if factor is None:
        return False
    sign_ins.confirm(request, sign_in, factor)
    return True


def confirm_first(request: HttpRequest) -> HttpResponse:
    """To the page that asks again, and from there back here."""
    return HttpResponseRedirect(confirm_address(request.path))


def confirm_address(there: str) -> str:
    return reverse("admin:confirm", query={"next": there})
