"""Where somebody was going when they were asked to log in, kept over the pages of the log-in."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

KEY = "after_log_in"


def remember(request: HttpRequest) -> None:
    """From the form of the log-in: `next` is an address, `kept` was written before a session was lost."""
    there = request.POST.get("next", "")
    kept = request.POST.get("kept", "")
    if there or kept:
        request.session[KEY] = {"next": there if _is_ours(request, there) else "", "kept": kept}


def address(request: HttpRequest) -> str:
    return request.session.get(KEY, {}).get("next") or reverse("admin:index")


def kept(request: HttpRequest) -> str:
    return request.session.get(KEY, {}).get("kept", "")


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def _is_ours(request: HttpRequest, there: str) -> bool:
    return url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
