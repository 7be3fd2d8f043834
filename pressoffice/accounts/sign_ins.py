"""Sessions: what makes a request somebody's, and for how long."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from . import log, throttle
from .models import Factor, LogInEntry, SignIn, User

IDLE = timedelta(hours=2)
LONGEST = timedelta(seconds=settings.SESSION_COOKIE_AGE)
BETWEEN_FACTORS = timedelta(minutes=15)
FRESH = timedelta(minutes=15)
# last_seen_at is written no more often than this: pages come with a dozen requests.
SEEN_EVERY = timedelta(minutes=5)
KEY = "sign_in"


def current(request: HttpRequest) -> SignIn | None:
    """The sign-in of the session, also half-way through a log-in; None once it is over."""
    if not hasattr(request, "sign_in"):
        request.sign_in = _of_session(request, request.named_user)  # type: ignore[attr-defined]
    return request.sign_in  # type: ignore[attr-defined]


def of_person(request: HttpRequest) -> SignIn:
    """The sign-in behind `request.user`, who is somebody."""
    found = current(request)
    if found is None:
        raise PermissionDenied
    return found


def _of_session(request: HttpRequest, user: Any) -> SignIn | None:
    """`user`: whoever Django's session names."""
    if not user.is_authenticated:
        return None
    found = SignIn.objects.filter(public_id=_uuid(request.session.get(KEY)), user_id=user.pk).first()
    now = timezone.now()
    if found is None or is_over(found, now):
        if found is not None:
            found.delete()
        request.session.flush()
        return None
    found.user = user
    if now - found.last_seen_at > SEEN_EVERY:
        _keep(found, last_seen_at=now, address=throttle.address_of(request))
    return found


def person(sign_in: SignIn | None) -> User | AnonymousUser:
    return AnonymousUser() if sign_in is None or is_half_way(sign_in) else sign_in.user


def is_half_way(sign_in: SignIn) -> bool:
    """The one place that says what a session is worth: without the second factor nothing at all."""
    return settings.SECOND_FACTOR_REQUIRED and sign_in.verified_at is None


def is_over(sign_in: SignIn, now: datetime) -> bool:
    return (
        now - sign_in.last_seen_at > IDLE
        or now - sign_in.started_at > LONGEST
        or (is_half_way(sign_in) and now - sign_in.started_at > BETWEEN_FACTORS)
    )


def over(now: datetime) -> QuerySet[SignIn]:
    """`is_over` as a query, for the sweep."""
    gone = Q(last_seen_at__lt=now - IDLE) | Q(started_at__lt=now - LONGEST)
    if settings.SECOND_FACTOR_REQUIRED:
        gone |= Q(verified_at__isnull=True, started_at__lt=now - BETWEEN_FACTORS)
    return SignIn.objects.filter(gone)


def is_fresh(sign_in: SignIn) -> bool:
    return timezone.now() - sign_in.confirmed_at <= FRESH


def open_of(user: Any) -> list[SignIn]:
    """Newest first, those only that are worth something."""
    now = timezone.now()
    rows = SignIn.objects.filter(user=user).order_by("-last_seen_at", "-pk")
    return [row for row in rows if not is_over(row, now) and not is_half_way(row)]


def begin(request: HttpRequest, user: Any) -> SignIn:
    """For every log-in, whatever let the person in. It takes the place of what was open in this browser."""
    now = timezone.now()
    before = SignIn.objects.filter(public_id=_uuid(request.session.get(KEY)))
    if (earlier := getattr(request, "sign_in", None)) is not None:
        before |= SignIn.objects.filter(pk=earlier.pk)
    before.delete()
    sign_in = SignIn.objects.create(
        user=user,
        started_at=now,
        last_seen_at=now,
        confirmed_at=now,
        address=throttle.address_of(request),
        browser=log.browser_of(request),
    )
    request.session[KEY] = str(sign_in.public_id)
    request.sign_in = sign_in  # type: ignore[attr-defined]
    return sign_in


def prove(request: HttpRequest, sign_in: SignIn, factor: Factor | str) -> None:
    """The second factor was given. A session gets a new key whenever it becomes worth more."""
    _keep(sign_in, factor=factor, confirmed_at=timezone.now())
    request.session.cycle_key()


def let_in(request: HttpRequest, sign_in: SignIn) -> None:
    _keep(sign_in, verified_at=timezone.now())
    request.user = sign_in.user
    log.write_down(LogInEntry.What.LOGGED_IN, sign_in.user, request, factor=sign_in.factor)


def confirm(request: HttpRequest, sign_in: SignIn, factor: str = "") -> None:
    _keep(sign_in, confirmed_at=timezone.now())
    log.write_down(LogInEntry.What.CONFIRMED, sign_in.user, request, factor=factor)


def end(public_id: UUID, *, of: Any) -> bool:
    """Whether there was such a session of theirs."""
    return bool(SignIn.objects.filter(user=of, public_id=public_id).delete()[0])


def end_all(*, of: Any, but: SignIn | None = None) -> int:
    rows = SignIn.objects.filter(user=of)
    return rows.exclude(pk=but.pk).delete()[0] if but else rows.delete()[0]


def _keep(sign_in: SignIn, **columns: Any) -> None:
    """Not save(): that fails, or brings the row back, where another window has just ended it."""
    for name, value in columns.items():
        setattr(sign_in, name, value)
    SignIn.objects.filter(pk=sign_in.pk).update(**columns)


def _uuid(value: Any) -> Any:
    try:
        return UUID(str(value))
    except ValueError:
        return None
