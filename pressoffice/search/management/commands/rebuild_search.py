from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from pressoffice.search import indexing
from pressoffice.search.engines import engine


class Command(BaseCommand):
    help = "Make the search index anew from what is published. Readers go on searching meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        if not engine().is_installed(connection):
            engine().install(connection)
        self.stdout.write(f"Entries in the search index: {indexing.rebuild()}.")
