from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from pressoffice.permission_matrix import as_markdown
from pressoffice.publishing.languages import CODES


class Command(BaseCommand):
    help = "Print who may take which step, as Markdown for the editors' manual (docs/permissions.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=CODES, default="en")

    def handle(self, *args: Any, language: str, **options: Any) -> None:
        with override(language):
            self.stdout.write(as_markdown(), ending="")
