import mailbox
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pressoffice.alerts import bounces, returned_mail


class Command(BaseCommand):
    help = (
        "Count what mail servers report as undeliverable: reports (RFC 3464) from a Maildir, whose new "
        "messages are then marked as read, from files, or from the standard input (-)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="+", metavar="PLACE", help="a Maildir, a file, or -")

    def handle(self, *args: Any, sources: list[str], **options: Any) -> None:
        read = counted = not_ours = 0
        for source in sources:
            for message in _messages(source):
                read += 1
                if not returned_mail.is_final(message):
                    continue
                subscriber = returned_mail.whose(message)
                if subscriber is None:
                    not_ours += 1
                elif bounces.count(subscriber):
                    counted += 1
        self.stdout.write(f"{read} read, {counted} counted, {not_ours} about nobody we know.")


def _messages(source: str) -> Iterator[Message]:
    if source == "-":
        yield message_from_bytes(sys.stdin.buffer.read())
        return
    place = Path(source)
    if (place / "new").is_dir():
        yield from _new_in(place)
    elif place.is_file():
        yield message_from_bytes(place.read_bytes())
    else:
        raise CommandError(f"{source} is neither a file nor a Maildir.")


def _new_in(place: Path) -> Iterator[Message]:
    """Each is marked as read when it has been dealt with: whoever stops it goes on later."""
    box = mailbox.Maildir(place, create=False)
    for key in box.keys():  # noqa: SIM118 — a Maildir gives its messages when iterated
        message = box[key]
        if message.get_subdir() != "new":
            continue
        yield message
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message
