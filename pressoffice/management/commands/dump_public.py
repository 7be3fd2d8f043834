from datetime import UTC
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from pressoffice.bulk.contents import contents
from pressoffice.bulk.folder import FolderRefused, write
from pressoffice.bulk.one_state import one_state_of_the_database
from pressoffice.publishing import moment
from pressoffice.publishing.file_command import FileCommand
from pressoffice.publishing.time_travel import moment_of


class Command(FileCommand):
    help = (
        "Write everything that is public into the folder DIR: JSON Lines, CSV, IATI, OC4IDS, with a manifest "
        "and SHA256SUMS. The same state gives the same bytes; a run that breaks off leaves DIR as it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR")
        parser.add_argument(
            "--at",
            default="",
            metavar="MOMENT",
            help="As the site stood at this moment, or at the end of this day (ISO 8601). Default: now.",
        )
        parser.add_argument("--gzip", action="store_true", help="Compress each file.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = moment.now()
        at = moment_of(options["at"], now) if options["at"] else now
        if at is None:
            raise CommandError(_("“%(text)s” is no day and no moment.") % {"text": options["at"]})
        if at > now:
            raise CommandError(_("%(text)s is still to come.") % {"text": options["at"]})
        folder = Path(options["folder"])
        try:
            with moment.fixed(at.astimezone(UTC)) as fixed, one_state_of_the_database():
                manifest = write(folder, contents(), at=fixed, compressed=options["gzip"])
        except FolderRefused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as problem:
            raise CommandError(
                _("The folder %(path)s cannot be written: %(reason)s.")
                % {"path": folder, "reason": problem.strerror or problem}
            ) from None
        for row in manifest["resources"]:
            rows = f"{row['rows']:>9,}" if "rows" in row else " " * 9
            self.say(f"{row['bytes']:>13,} {rows}  {row['path']}")
