from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pressoffice.demo import loader

REFUSED = (
    "The demo content brings accounts whose password everybody knows. "
    "It is only loaded where PRESSOFFICE_MODE is demo: use make demo."
)


class Command(BaseCommand):
    help = "Add what is missing of the demo content (make demo)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = loader.load()
        except loader.NotADemo:
            raise CommandError(REFUSED) from None
        if added:
            self.stdout.write("The demo content is loaded.")
