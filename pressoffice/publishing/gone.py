"""What is answered under an address whose thing is not, or no longer, public."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from .models import Takedown
from .pages import in_every_language, page
from .periods import Standing
from .records import Record
from .takedowns import takedown_in_force


def one_visible(request: HttpRequest, rows: Any) -> Any:
    """`rows` (a QuerySet that names one thing) as far as this reader may see them: what is live, and drafts
    for whoever may see them in the admin.

    Readers without a session cookie cost no look at the session, so their answers do not vary by cookie.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return rows.visible_to(request.user)
    return rows.live()


def gone(request: HttpRequest, takedown: Takedown | None) -> HttpResponse:
    """410 with the public reason, or the redirect that the removal named."""
    if takedown is not None and takedown.redirect_to:
        return HttpResponseRedirect(takedown.redirect_to)
    home = in_every_language(lambda: reverse("home"))
    return page(request, "410.html", {"takedown": takedown}, section="", urls=home, status=410)


def gone_or_missing(request: HttpRequest, record: Record | None) -> HttpResponse:
    """For a record the reader may not see: whether it is a draft or was never there, the answer is one."""
    if record is not None and record.standing == Standing.REMOVED:
        return gone(request, takedown_in_force(record))
    raise Http404
