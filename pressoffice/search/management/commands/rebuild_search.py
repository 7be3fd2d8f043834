from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils.translation import ngettext

from pressoffice.search import indexing
from pressoffice.search.engines import engine


class Command(BaseCommand):
    help = "Make the search index anew from what is published."

    def handle(self, *args: Any, **options: Any) -> None:
        if not engine().is_installed(connection):
            engine().install(connection)
        count = indexing.rebuild()
        self.stdout.write(
            ngettext("%(count)d entry is in the index.", "%(count)d entries are in the index.", count)
            % {"count": count}
        )
