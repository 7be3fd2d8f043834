from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
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
