from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from . import sign_ins


def only_who_gave_both_factors(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """`request.user` is somebody only once both factors were given: whatever asks who is there (the admin, a
    preview on the public site, a picture of the library) need not know of factors. Costs queries only when it
    is asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.named_user = request.user  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(lambda: sign_ins.person(sign_ins.current(request)))  # type: ignore[assignment]
        return get_response(request)

    return middleware
