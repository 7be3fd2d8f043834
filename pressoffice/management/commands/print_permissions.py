from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from pressoffice.permission_matrix import as_manual
from pressoffice.publishing.languages import CODES


class Command(BaseCommand):
    help = "Print who may do what, as the editors' manual has it; --write writes it into docs/editors."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=CODES, default="en")
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, language: str, write: bool, **options: Any) -> None:
        if not write:
            with override(language):
                self.stdout.write(as_manual(), ending="")
            return
        for code in CODES:
            with override(code):
                text = as_manual()
            Path(settings.BASE_DIR, "docs", "editors", code, "permissions.md").write_text(text)
