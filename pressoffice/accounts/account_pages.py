"""What a person sees and changes of their own log-in."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from . import browsers, log, second_factor, sign_ins
from .log_in_pages import confirm_first
from .models import LONGEST_NAME, LogInEntry
from .second_factor import Device, Refused

ENTRIES = 20
FEW_CODES = 3


def account(request: HttpRequest, site: AdminSite) -> HttpResponse:
    user: Any = request.user
    here = sign_ins.of_person(request)
    devices = second_factor.devices_of(user)
    entries = LogInEntry.objects.filter(user=user).newest_first()[:ENTRIES]
    codes_left = second_factor.backup_codes_left(user)
    context = {
        **site.each_context(request),
        "title": _("My account"),
        "person": user,
        "devices": devices,
        "may_remove": len(devices) > 1 or not settings.SECOND_FACTOR_REQUIRED,
        "is_required": settings.SECOND_FACTOR_REQUIRED,
        "codes_left": codes_left,
        "has_few_codes": codes_left < FEW_CODES,
        "sessions": [
            (each, browsers.in_words(each.browser), each.pk == here.pk) for each in sign_ins.open_of(user)
        ],
        "entries": [(entry, browsers.in_words(entry.browser)) for entry in entries],
    }
    return TemplateResponse(request, "admin/sign_in/account.html", context)


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name of the device"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


def rename(request: HttpRequest, site: AdminSite, kind: str, pk: int) -> HttpResponse:
    device = _own(request, kind, pk)
    if not sign_ins.is_fresh(sign_ins.of_person(request)):
        return confirm_first(request)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": device.name})
    if request.method == "POST" and form.is_valid():
        second_factor.rename(request.user, device, form.cleaned_data["name"], request)
        return HttpResponseRedirect(reverse("admin:account"))
    return _small_page(request, site, device, form=form, title=_("Rename"), button=_("Save"))


def remove(request: HttpRequest, site: AdminSite, kind: str, pk: int) -> HttpResponse:
    device = _own(request, kind, pk)
    if not sign_ins.is_fresh(sign_ins.of_person(request)):
        return confirm_first(request)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            second_factor.remove(request.user, device, request)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The second factor is removed."))
            return HttpResponseRedirect(reverse("admin:account"))
    words = _("It no longer lets anybody in. If the device was lost, also log out everywhere else.")
    return _small_page(
        request, site, device, form=form, title=_("Remove"), button=_("Remove"), words=words, is_grave=True
    )


def _own(request: HttpRequest, kind: str, pk: int) -> Device:
    device = second_factor.device_of(request.user, kind, pk)
    if device is None:
        raise Http404
    return device


def _small_page(request: HttpRequest, site: AdminSite, device: Device, **context: Any) -> HttpResponse:
    return TemplateResponse(
        request, "admin/sign_in/device.html", {**site.each_context(request), "device": device, **context}
    )


@require_POST
def end_session(request: HttpRequest, site: AdminSite, public_id: UUID) -> HttpResponse:
    if public_id == sign_ins.of_person(request).public_id:
        logout(request)
        return HttpResponseRedirect(reverse("admin:login"))
    if sign_ins.end(public_id, of=request.user):
        log.write_down(LogInEntry.What.SESSION_ENDED, request.user, request)
        messages.success(request, _("That device is logged out."))
    return HttpResponseRedirect(reverse("admin:account"))


@require_POST
def end_other_sessions(request: HttpRequest, site: AdminSite) -> HttpResponse:
    ended = sign_ins.end_all(of=request.user, but=sign_ins.of_person(request))
    log.write_down(LogInEntry.What.SESSIONS_ENDED, request.user, request)
    words = ngettext("%(number)d session is ended.", "%(number)d sessions are ended.", ended)
    messages.success(request, words % {"number": ended})
    return HttpResponseRedirect(reverse("admin:account"))
