from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from pressoffice.accounts import sign_ins
from pressoffice.accounts.models import LogInEntry


class Command(BaseCommand):
    help = (
        "Forgets from where and with what browser somebody logged in, once that is older than "
        "PRESSOFFICE_LOG_IN_ADDRESS_DAYS, and deletes sessions that are over. For every night."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        forgotten = LogInEntry.objects.forget_addresses()
        ended, _kinds = sign_ins.over(timezone.now()).delete()
        call_command("clearsessions")
        self.stdout.write(f"{forgotten} addresses forgotten, {ended} sessions deleted.")
