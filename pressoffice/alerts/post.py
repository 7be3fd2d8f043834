"""Handing a letter to the mail server, and what the server says to it."""

import hashlib
import smtplib
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.translation import gettext as _
from django.utils.translation import override

from . import tokens
from .letters import Letter
from .models import Subscriber

PERMANENT = 500


class NotTaken(Exception):
    """The server has not taken the letter, and said so: nothing of it is on its way."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code

    @property
    def is_final(self) -> bool:
        return self.code >= PERMANENT


def send(letter: Letter, to: Subscriber, *, key: str) -> None:
    """`key`: the same for the same letter, so that a second copy of it can be told from another one.

    Raises NotTaken, or another error where nobody knows whether the server has it.
    """
    with override(letter.language):
        sender = formataddr((_("Press office"), settings.PRESSOFFICE_MAIL_FROM))
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=envelope_sender(to),
        to=[to.email],
        headers={"From": sender, "Message-ID": message_id(key), **_headers(letter)},
    )
    message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        raise NotTaken(max((code for code, _said in refused.recipients.values()), default=0)) from refused
    except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as refused:
        # It is the letter or its sender that is refused, not this reader: that may be mended here.
        raise NotTaken(min(refused.smtp_code, PERMANENT - 1)) from refused
    except (smtplib.SMTPConnectError, smtplib.SMTPAuthenticationError, ConnectionRefusedError) as refused:
        raise NotTaken(0) from refused


def envelope_sender(to: Subscriber) -> str:
    """Where it comes back to if it cannot be delivered: an address that names whom it was sent to."""
    if not settings.PRESSOFFICE_BOUNCES_TO:
        return settings.PRESSOFFICE_MAIL_FROM
    local, _at, domain = settings.PRESSOFFICE_BOUNCES_TO.rpartition("@")
    return f"{local}+{tokens.returning(to.pk)}@{domain}"


def message_id(key: str) -> str:
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{_host()}>"


def _host() -> str:
    return urlsplit(settings.PRESSOFFICE_ADDRESS).hostname or "localhost"


def _headers(letter: Letter) -> dict[str, str]:
    headers = {
        "Content-Language": letter.language,
        # RFC 3834: no program answers it.
        "Auto-Submitted": "auto-generated",
    }
    if letter.leave:
        headers["List-Id"] = f"<alerts.{_host()}>"
        headers["List-Unsubscribe"] = f"<{letter.leave}>"
        if letter.leave.startswith("https:"):  # RFC 8058, 3.1
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
