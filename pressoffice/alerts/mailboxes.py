"""E-mail addresses as they may enter the site."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

# RFC 5321, 4.5.3.1.3: a path of 256 octets, less its angle brackets.
LONGEST = 254
LONGEST_LOCAL_PART = 64


def normal(typed: str) -> str:
    """`typed` as it is written to: blanks around it gone, the domain in small letters and in ASCII.

    Raises ValidationError with a sentence for whoever typed it.
    """
    address = typed.strip()
    if any(not sign.isprintable() for sign in address):
        raise ValidationError(_("An e-mail address stands on one line. Type it again."), code="line")
    if len(address) > LONGEST:
        raise ValidationError(
            _("This e-mail address is too long: at most %(most)s characters are possible."),
            code="long",
            params={"most": LONGEST},
        )
    local, _at, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise _no_address() from None
    address = f"{local}@{ascii_domain}"
    if len(local) > LONGEST_LOCAL_PART or len(address) > LONGEST or local.startswith('"'):
        raise _no_address()
    # Hosts of this machine or of no name: nobody else's mail server takes them.
    if "." not in ascii_domain or ascii_domain.startswith("["):
        raise _no_address()
    try:
        validate_email(address)
    except ValidationError:
        raise _no_address() from None
    return address


def mailbox_of(address: str) -> str:
    """What many spellings of one mailbox have in common: "An.na+news@x" and "anna@x".

    For counting only. Whoever writes to one person under a hundred spellings is counted as writing to one;
    where a provider keeps them apart, two people share a count.
    """
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0].replace('.', '').lower()}@{domain}"


def _no_address() -> ValidationError:
    return ValidationError(_("This is no e-mail address. It looks like name@example.org."), code="invalid")
