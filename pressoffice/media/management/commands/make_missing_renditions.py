from typing import Any

from django.core.management.base import BaseCommand

from pressoffice.media import pictures
from pressoffice.media.intake import add_missing_renditions
from pressoffice.media.models import Image


class Command(BaseCommand):
    help = (
        "Makes the renditions that pictures uploaded earlier lack, such as AVIF. "
        "May be stopped and started again at any time; readers notice nothing but smaller files."
    )

    def handle(self, **options: Any) -> None:
        lacking = {
            pk
            for file_format in pictures.SERVED
            for pk in Image.objects.without_renditions_as(file_format).values_list("pk", flat=True)
        }
        count = 0
        for pk in sorted(lacking):
            image = Image.objects.with_renditions().filter(pk=pk).first()
            if image is None:
                continue
            try:
                count += add_missing_renditions(image)
            except FileNotFoundError:
                self.stderr.write(f"The storage has lost the kept copy of “{image.title}”.")
        self.stdout.write(f"{count} files made for {len(lacking)} pictures.")
