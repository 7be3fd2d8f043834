"""From a request to an answer: one way for all addresses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from pressoffice.publishing import moment
from pressoffice.publishing.pages import never_cached

from . import parameters
from .operations import Operation
from .paging import Page
from .problems import Problem
from .words import as_bytes, only_in

JSON = "application/json"
METHODS = "GET, HEAD, OPTIONS"


def answers(operation: Operation) -> Callable[..., HttpResponseBase]:
    def view(request: HttpRequest, **path: Any) -> HttpResponseBase:
        # Sentences and names are chosen by the answer, never by the reader's browser.
        with override("en"):
            try:
                return _refused_or(request, lambda: _answer(request, operation, path))
            except Problem as problem:
                return problem.response()

    return csrf_exempt(view)


@csrf_exempt
def nothing_here(request: HttpRequest, path: str) -> HttpResponseBase:
    with override("en"):
        try:
            return _refused_or(request, _nothing)
        except Problem as problem:
            return problem.response()


def _nothing() -> HttpResponseBase:
    raise Problem("not-found", "There is nothing at this address. /api/ lists what there is.")


def _refused_or(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return _preflight()
    if request.method not in ("GET", "HEAD"):
        response = Problem("method-not-allowed", f"Allowed are {METHODS}.").response()
        response.headers["Allow"] = METHODS
        return response
    if request.headers.get("Accept", "").strip() and not request.accepts(JSON):
        raise Problem("not-acceptable", f"All that is given here is {JSON}: ask for it, or for */*.")
    return answer()


def _preflight() -> HttpResponse:
    """For browsers that ask before a script of another site may (https://fetch.spec.whatwg.org/)."""
    response = HttpResponse(status=204)
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _answer(request: Any, operation: Operation, path: dict[str, Any]) -> HttpResponseBase:
    asked = parameters.read(request, operation.parameters, path)
    if at := asked.values.get("as_of"):
        moment.move(at)
        request.as_of = at
    told = operation.answer(asked)
    response = HttpResponse(content_type=JSON)
    if isinstance(told, Page):
        if told.next:
            response.headers["Link"] = f'<{told.next}>; rel="next"'
        told = {**told.more, "items": told.items, "next": told.next}
    response.content = as_bytes(only_in(asked.languages, told))
    set_response_etag(response)
    if at:
        never_cached(response)
    else:
        patch_cache_control(response, public=True, no_cache=True)
    # What the middleware does for GET, and for HEAD besides.
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response
