"""Guessing passwords takes time. Counts stand in the cache; several processes need a shared one."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

ATTEMPTS = 5
WAIT = 15 * 60  # seconds, from the first failure on


def address_of(request: HttpRequest) -> str:
    """Who is asking. Behind our proxy its last word counts, not what the client wrote before it."""
    if settings.SECURE_PROXY_SSL_HEADER:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")


def may_try(username: str, address: str) -> bool:
    """Count one attempt for this name from this address, before the password is looked at: a hundred at once
    are a hundred attempts."""
    key = _key(username, address)
    cache.add(key, 0, WAIT)
    try:
        return cache.incr(key) <= ATTEMPTS
    except ValueError:  # It ran out between the two lines.
        return True


def forget(username: str, address: str) -> None:
    cache.delete(_key(username, address))


def _key(username: str, address: str) -> str:
    words = f"{username.strip().casefold()}\n{address}"
    return f"login:{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()}"
