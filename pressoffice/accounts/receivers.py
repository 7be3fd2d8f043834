from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from . import log, sign_ins
from .models import LogInEntry


def begin(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    sign_ins.begin(request, user)


def end(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    if user is None or not hasattr(request, "named_user"):
        return
    sign_in = sign_ins.current(request)
    if sign_in is not None:
        sign_in.delete()
        log.write_down(LogInEntry.What.LOGGED_OUT, sign_in.user, request)
    request.sign_in = None  # type: ignore[attr-defined]


def connect() -> None:
    user_logged_in.connect(begin, dispatch_uid="accounts.sign_ins.begin")
    user_logged_out.connect(end, dispatch_uid="accounts.sign_ins.end")
