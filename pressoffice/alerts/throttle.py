"""How much of it there may be. Counts stand in the cache; several processes need a shared one."""

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from pressoffice.accounts.throttle import address_of

HOUR = 60 * 60
MINUTE = 60


def may_sign_up(request: HttpRequest) -> bool:
    """Count one sign-up of whoever asks, before anything is looked up. What was mistyped is none."""
    here = hashlib.sha256(address_of(request).encode()).hexdigest()
    return _one_more(f"alerts:sign-up:{here}", HOUR) <= settings.PRESSOFFICE_ALERTS_SIGN_UPS_PER_HOUR


def seconds_until_a_letter_may_go() -> float:
    """Count one letter; 0 if it may go now."""
    minute, passed = divmod(time.time(), MINUTE)
    if _one_more(f"alerts:letters:{int(minute)}", 2 * MINUTE) <= settings.PRESSOFFICE_ALERTS_PER_MINUTE:
        return 0
    return MINUTE - passed


def _one_more(key: str, seconds: int) -> int:
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key)
    except ValueError:  # It ran out between the two lines.
        return 1
