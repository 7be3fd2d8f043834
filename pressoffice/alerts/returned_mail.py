"""Reports of mail servers about what they could not deliver (RFC 3464)."""

from collections.abc import Iterator
from email import message_from_string
from email.message import Message

from . import tokens
from .models import Subscriber

# Where mail servers leave the address a report was sent to.
SENT_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
OF_THE_ORIGINAL = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")


def is_final(report: Message) -> bool:
    """Whether it says that an address does not take mail. What is only late, or has arrived, is none."""
    for part in report.walk():
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            for block in _messages_in(part):
                action, status = str(block.get("Action", "")), str(block.get("Status", ""))
                if action.strip().lower() == "failed" and status.strip().startswith("5"):
                    return True
    return False


def whose(report: Message) -> int | None:
    """The key of the subscriber whose e-mail came back; None where nothing that we have signed says so.

    The address that a report names is not looked at: anybody can write a report.
    """
    for token in _marks(report):
        subscriber = tokens.returned(token)
        if subscriber is not None:
            return subscriber
    for original in _originals(report):
        address = str(original.get("List-Unsubscribe", "")).strip().strip("<>").rstrip("/")
        key = tokens.leaver(address.rpartition("/")[2])
        if key is not None:
            return Subscriber.objects.filter(leave_key=key).values_list("pk", flat=True).first()
    return None


def _marks(report: Message) -> Iterator[str]:
    for name in SENT_TO:
        for value in report.get_all(name, []):
            local = str(value).strip().strip("<>").rpartition("@")[0]
            yield local.rpartition("+")[2]


def _originals(report: Message) -> Iterator[Message]:
    for part in report.walk():
        if part.get_content_type() not in OF_THE_ORIGINAL:
            continue
        payload = part.get_payload()
        if isinstance(payload, str):
            yield message_from_string(payload)
        else:
            yield from _messages_in(part)


def _messages_in(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []
