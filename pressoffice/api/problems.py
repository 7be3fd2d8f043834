"""What is answered where nothing can be: RFC 9457, problem details."""

import json
from http import HTTPStatus
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pressoffice.publishing.addresses import absolute

PROBLEM_JSON = "application/problem+json"


class Kind(NamedTuple):
    status: HTTPStatus
    title: Any


KINDS = {
    "unknown-parameter": Kind(HTTPStatus.BAD_REQUEST, _("A parameter that this address does not know")),
    "missing-parameter": Kind(HTTPStatus.BAD_REQUEST, _("A parameter that is needed is missing")),
    "bad-value": Kind(HTTPStatus.BAD_REQUEST, _("A value that the parameter does not take")),
    "bad-cursor": Kind(HTTPStatus.BAD_REQUEST, _("A cursor that was not given out for this question")),
    "bad-request": Kind(HTTPStatus.BAD_REQUEST, _("A request that cannot be read")),
    "not-found": Kind(HTTPStatus.NOT_FOUND, _("Nothing public stands at this address")),
    "method-not-allowed": Kind(HTTPStatus.METHOD_NOT_ALLOWED, _("The interface is only read")),
    "not-acceptable": Kind(HTTPStatus.NOT_ACCEPTABLE, _("The answer is JSON, which was not asked for")),
    "removed": Kind(HTTPStatus.GONE, _("It was public and has been removed")),
    "server-error": Kind(HTTPStatus.INTERNAL_SERVER_ERROR, _("A failure of ours")),
}


class Problem(Exception):
    """`kind`: one of KINDS; `detail`: a sentence for whoever wrote the program; `more`: further members."""

    def __init__(self, kind: str, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.more = kind, detail, more

    def response(self) -> HttpResponse:
        kind = KINDS[self.kind]
        with override("en"):
            told = {
                "type": f"{absolute(reverse('api-description'))}#problem-{self.kind}",
                "title": str(kind.title),
                "status": int(kind.status),
                "detail": self.detail,
                **self.more,
            }
        response = HttpResponse(
            json.dumps(told, ensure_ascii=False) + "\n", status=kind.status, content_type=PROBLEM_JSON
        )
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        return response


def of_status(status: int) -> Problem:
    """For what the site's own error pages would have answered."""
    if status == HTTPStatus.NOT_FOUND:
        return Problem("not-found", "There is nothing at this address. /api/ lists what there is.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Problem("server-error", "Something failed here. Try again later.")
    return Problem("bad-request", "This request cannot be read: look at its address and headers.")
