"""Guessing takes time. Counts stand in the cache; several processes need a shared one.

Three counts for each attempt, so that neither one machine nor many at once can guess fast: of this name from
this address, of the address, of the name. The last one alone would let anybody shut a person out by failing
on purpose; so a browser in which the person has logged in before has a count of its own and none of the rest.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import suppress
from enum import Enum
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

ATTEMPTS = 5  # of one name, from one address or one known browser
ATTEMPTS_OF_ADDRESS = 50  # a whole office may stand behind one
ATTEMPTS_ON_NAME = 20
CODES_ON_NAME = 10  # six digits are few
WAIT = 15 * 60  # seconds, from the first failure on

KNOWN = "known_browser"
KNOWN_FOR = 180 * 24 * 60 * 60  # seconds
KNOWN_SALT = "pressoffice.accounts.known_browser"
PEOPLE_OF_A_BROWSER = 8


class Verdict(Enum):
    MAY = 1
    HAS_TO_WAIT = 2
    HAS_TO_WAIT_FIRST_TIME = 3  # The one of a series that is written down.


def address_of(request: HttpRequest) -> str:
    """Who is asking. Behind our proxy its last word counts, not what the client wrote before it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        said = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    else:
        said = request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(said))
    except ValueError:
        return ""


def attempt(kind: str, name: str, request: HttpRequest) -> Verdict:
    """Count one attempt at a `kind` ("password", "code"), before anything is looked at: a hundred at once are
    a hundred attempts."""
    for key, most in _counts(kind, name, request):
        count = _one_more(key)
        if count > most:
            # What is refused here does not count further on: one machine uses up its own attempts at a name,
            # not those of all.
            return Verdict.HAS_TO_WAIT_FIRST_TIME if count == most + 1 else Verdict.HAS_TO_WAIT
    return Verdict.MAY


def may(kind: str, name: str, request: HttpRequest) -> bool:
    return attempt(kind, name, request) == Verdict.MAY


def succeeded(kind: str, name: str, request: HttpRequest) -> None:
    """The failures of this person here are forgotten; those of others on the way only lose this attempt, or
    an attacker could wipe them out with a log-in of their own."""
    for position, (key, _most) in enumerate(_counts(kind, name, request)):
        if position == 0:
            cache.delete(key)
        else:
            with suppress(ValueError):  # It has run out: nothing is left to lower.
                cache.decr(key)


def remember_browser(response: HttpResponse, request: HttpRequest, user: Any) -> None:
    known = _known(request) or {"id": secrets.token_urlsafe(12), "people": []}
    people = [user.pk, *(pk for pk in known["people"] if pk != user.pk)][:PEOPLE_OF_A_BROWSER]
    response.set_cookie(
        KNOWN,
        signing.dumps({**known, "people": people}, salt=KNOWN_SALT),
        max_age=KNOWN_FOR,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _counts(kind: str, name: str, request: HttpRequest) -> Iterator[tuple[str, int]]:
    """Keys and how often. The first is this person's, here."""
    from .models import User

    name = name.strip().casefold()
    address = address_of(request)
    known = _known(request)
    if known:
        pks = {str(pk) for pk in known["people"]}
        # Also for a name that nobody has: the answer takes the same work.
        names = {
            each.casefold() for each in User.objects.filter(pk__in=pks).values_list("username", flat=True)
        }
        if name in names:
            yield _key(kind, name, f"browser {known['id']}"), ATTEMPTS
            return
    yield _key(kind, name, address), ATTEMPTS
    yield _key(kind, "", address), ATTEMPTS_OF_ADDRESS
    yield _key(kind, name, ""), CODES_ON_NAME if kind == "code" else ATTEMPTS_ON_NAME


def _known(request: HttpRequest) -> dict[str, Any] | None:
    try:
        return signing.loads(request.COOKIES.get(KNOWN, ""), salt=KNOWN_SALT, max_age=KNOWN_FOR)
    except signing.BadSignature:
        return None


def _one_more(key: str) -> int:
    cache.add(key, 0, WAIT)
    try:
        return cache.incr(key)
    except ValueError:  # It ran out between the two lines.
        return 1


def _key(kind: str, name: str, where: str) -> str:
    words = f"{name}\n{where}"
    return f"log-in:{kind}:{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()}"
