from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pressoffice.accounts import second_factor
from pressoffice.accounts.models import User


class Command(BaseCommand):
    help = (
        "Takes away the second factor of somebody who lost everything, and ends their sessions: they set one "
        "up anew at the next log-in. For the last administrator; others are reset in the admin, by name."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="Kept in the journal of log-ins.")

    def handle(self, *args: Any, username: str, reason: str, **options: Any) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody has the user name {username!r}.")
        if not reason.strip():
            raise CommandError("The reason is empty.")
        second_factor.reset(person, by=None, reason=reason)
        self.stdout.write(f"{username} sets up a second factor at the next log-in.")
