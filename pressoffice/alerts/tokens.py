"""The links in our letters, which are all that a subscriber has to show.

Signed, not kept: whoever gets hold of the database still cannot make one, and a letter of last year still
lets its reader leave. Each is for one purpose, and for one `Subscriber.key`, which is made anew when somebody
leaves; but those to leave are for `Subscriber.leave_key`, which stays: whoever has come back leaves by any of
the letters they ever had.
"""

from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

# As long as what was never confirmed is kept.
CONFIRMED_WITHIN = timedelta(days=7)
SALT = "pressoffice.alerts."
SEPARATOR = "."


def managing(key: str) -> str:
    """Lets its holder see and change everything that is sent to this subscriber."""
    return signing.Signer(salt=f"{SALT}manage", sep=SEPARATOR).sign(key)


def leaving(key: str) -> str:
    """Ends everything, and shows nothing: it stands in a header that mail programs and relays read."""
    return signing.Signer(salt=f"{SALT}leave", sep=SEPARATOR).sign(key)


def confirming(key: str, subscription: int) -> str:
    return signing.TimestampSigner(salt=f"{SALT}confirm", sep=SEPARATOR).sign(f"{key}-{subscription}")


def manager(token: str) -> str | None:
    return _read(signing.Signer(salt=f"{SALT}manage", sep=SEPARATOR), token)


def leaver(token: str) -> str | None:
    return _read(signing.Signer(salt=f"{SALT}leave", sep=SEPARATOR), token)


def confirmed(token: str) -> tuple[str, int] | None:
    """The subscriber's key and the subscription; None for what has run out, too."""
    signer = signing.TimestampSigner(salt=f"{SALT}confirm", sep=SEPARATOR)
    try:
        key, _hyphen, subscription = signer.unsign(token, max_age=CONFIRMED_WITHIN).partition("-")
    except signing.BadSignature:
        return None
    return key, int(subscription)


def _read(signer: signing.Signer, token: str) -> str | None:
    try:
        return signer.unsign(token)
    except signing.BadSignature:
        return None


def returning(subscriber: int) -> str:
    """Names the subscriber in the address that bounces come back to. In digits and small letters: not every
    mail server keeps capitals."""
    digest = salted_hmac(f"{SALT}bounce", str(subscriber), algorithm="sha256").hexdigest()
    return f"{subscriber}-{digest[:20]}"


def returned(token: str) -> int | None:
    number, _hyphen, _digest = token.lower().partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    subscriber = int(number)
    return subscriber if constant_time_compare(returning(subscriber), token.lower()) else None
