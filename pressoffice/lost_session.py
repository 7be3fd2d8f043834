"""A form sent after the session ended: the person logs in on the spot, and what was written is sent."""

from typing import NamedTuple

from django.contrib import admin
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from . import views

SALT = "pressoffice.lost_session"
KEPT_FOR = 60 * 60  # seconds


class Kept(NamedTuple):
    path: str
    fields: list[tuple[str, str]]
    had_files: bool


def is_worth_keeping(request: HttpRequest) -> bool:
    """A form that a person sent; what a script sends is the script's to repeat."""
    return request.method == "POST" and request.headers.get("Sec-Fetch-Dest", "document") == "document"


def sent(request: HttpRequest) -> Kept:
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]
    return Kept(request.get_full_path(), fields, bool(request.FILES))


def seal(request: HttpRequest) -> str:
    """Signed, so that the page after the log-in shows only what was sent to us with a good CSRF token."""
    return signing.dumps(sent(request), salt=SALT, compress=True)


def unseal(sealed: str) -> Kept | None:
    try:
        path, fields, had_files = signing.loads(sealed, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return Kept(path, [(name, value) for name, value in fields], had_files)


def send_again(request: HttpRequest, kept: Kept) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": _("Send what you wrote"), "kept": kept}
    return TemplateResponse(request, "admin/send_again.html", context)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Whoever logged in anew in another window sends with an old token. The browser itself says that the form
    was ours (no page of another site can make it say so): it may be sent once more with a new one."""
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    in_admin = request.path.startswith(reverse("admin:index")) and request.path != reverse("admin:login")
    if is_ours and in_admin and is_worth_keeping(request) and request.user.is_authenticated:
        response = send_again(request, sent(request))
        response.status_code = 403
        return views.never_cached(response.render())  # type: ignore[attr-defined]
    return views.csrf_failure(request, reason)
