"""Under /api/ everybody gets the same answer, from wherever a program asks."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from .problems import PROBLEM_JSON, of_status

PREFIX = "/api/"
READ_BY_SCRIPTS = "ETag, Link"


def for_everybody(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Nothing that comes after learns who asks or which language their browser prefers, so no session is
    looked up and caches keep one answer. What the site would tell people on a page is told to programs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        request.COOKIES = {}
        for header in ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE"):
            request.META.pop(header, None)
        response = get_response(request)
        is_told = response.headers.get("Content-Type", "").startswith(PROBLEM_JSON)
        if response.status_code >= HTTPStatus.BAD_REQUEST and not is_told:
            response = of_status(response.status_code).response()
        response.headers.pop("Content-Language", None)
        varies = [each.strip() for each in response.headers.get("Vary", "").split(",")]
        kept = [each for each in varies if each and each not in ("Accept-Language", "Cookie")]
        response.headers["Vary"] = ", ".join(dict.fromkeys(["Accept", *kept]))
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = READ_BY_SCRIPTS
        return response

    return middleware
