from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse

Answering = Callable[[HttpRequest], HttpResponse]


def headers(get_response: Answering) -> Answering:
    """Say once what browsers may not do on any page of ours."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        )
        return response

    return middleware


def admin_policy(get_response: Answering) -> Answering:
    """Under /admin/ the site's Content-Security-Policy, and the editor's inline pieces by their hash."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(reverse("admin:index")):
            from articles.editor import csp_hashes

            response._csp_update = csp_hashes()  # type: ignore[attr-defined]
        return response

    return middleware


def head_is_get(get_response: Answering) -> Answering:
    """HEAD tells what GET would, the ETag included, without the body.

    https://www.rfc-editor.org/rfc/rfc9110#name-head
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD":
            return get_response(request)
        request.method = "GET"
        try:
            response = get_response(request)
        finally:
            request.method = "HEAD"
        if not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
            return response
        told = HttpResponse(status=response.status_code, headers=dict(response.headers))
        told.cookies = response.cookies
        # What the answer would have been read from is closed with this one.
        told._resource_closers.extend(response._resource_closers)  # type: ignore[attr-defined]
        return told

    return middleware


# Where readers send something: who holds an embargo link opens it by a button.
SENT_BY_READERS = {"embargo:door"}
WITHOUT_TOKEN = {"GET", "HEAD", "OPTIONS", "TRACE"}  # what CsrfViewMiddleware lets pass


class ReadersOnlyRead:
    """Outside the admin nothing is sent to us: 405, with or without a token, as each page says itself."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.method in WITHOUT_TOKEN or request.path.startswith(reverse("admin:index")):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in SENT_BY_READERS:
            return None
        if getattr(view, "csrf_exempt", False):  # it says itself what may be sent to it
            return None
        return HttpResponseNotAllowed(["GET", "HEAD"])
