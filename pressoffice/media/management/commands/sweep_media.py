from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from pressoffice.media.models import Document, Image, Rendition
from pressoffice.media.storage import library


class Command(BaseCommand):
    help = (
        "Deletes files of the library that no row names: what an interrupted upload left behind. "
        "Files younger than a day are let be, since their rows may be on their way."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only name the files.")

    def handle(self, **options: Any) -> None:
        before = timezone.now() - timedelta(days=1)
        known = {
            *Image.objects.values_list("original", flat=True),
            *Rendition.objects.values_list("file", flat=True),
            *Document.objects.values_list("file", flat=True),
        }
        left = [
            name
            for folder in ("images", "renditions", "documents", "imports")
            for name in _files_below(folder)
            if name not in known and library.get_modified_time(name) < before
        ]
        for name in left:
            self.stdout.write(name)
            if not options["dry_run"]:
                library.delete(name)
        self.stdout.write(f"{len(left)} files without a row.")


def _files_below(folder: str) -> Iterator[str]:
    if not library.exists(folder):
        return
    folders, files = library.listdir(folder)
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _files_below(f"{folder}/{name}")
