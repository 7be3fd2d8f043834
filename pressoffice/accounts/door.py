"""The way in, step by step: password or passkey, second factor, backup codes, the page that was asked for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from . import log, second_factor, sign_ins, throttle
from .models import Factor, LogInEntry, SignIn


def next_step(sign_in: SignIn) -> str:
    """The name of the next page's address."""
    user = sign_in.user
    if not sign_in.factor:
        if second_factor.has_devices(user):
            return "admin:log_in_code"
        return "admin:second_factor_add" if settings.SECOND_FACTOR_REQUIRED else "admin:log_in_done"
    return "admin:log_in_done" if second_factor.has_backup_codes(user) else "admin:backup_codes"


def after_password(request: HttpRequest, sign_in: SignIn) -> HttpResponse:
    step = next_step(sign_in)
    is_in = step == "admin:log_in_done"
    log.write_down(LogInEntry.What.LOGGED_IN if is_in else LogInEntry.What.PASSWORD, sign_in.user, request)
    return HttpResponseRedirect(reverse(step))


def after_factor(request: HttpRequest, sign_in: SignIn, factor: Factor | str) -> str:
    """The address to go to. The way in ends here unless there are no backup codes yet."""
    sign_ins.prove(request, sign_in, factor)
    step = next_step(sign_in)
    if step == "admin:log_in_done":
        sign_ins.let_in(request, sign_in)
    return reverse(step)


def remembering(response: HttpResponse, request: HttpRequest, sign_in: SignIn) -> HttpResponse:
    """In a browser that has been used with both factors others cannot use up a person's attempts."""
    if sign_in.verified_at is not None:
        throttle.remember_browser(response, request, sign_in.user)
    return response
