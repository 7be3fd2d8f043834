from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from pressoffice.ledger.importing import ImportRefused, bring_in, read, sentences
from pressoffice.publishing.file_command import FileCommand
from projects.models import Project


class Command(FileCommand):
    help = (
        "Bring in projects from a .json or .csv file in the format of docs/open-data.md or a file of IATI "
        "activities (.xml). New projects become drafts; what is there stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="In whose name it is done.")
        parser.add_argument(
            "--sector", choices=Project.Sector.values, default="", help="Of projects that name none."
        )
        parser.add_argument("--without-facts", action="store_true", help="Only the projects themselves.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be made, and make nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = self.person(options["by"])
        try:
            record = self.reading(options["file"], read)
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from None
        report = bring_in(
            record,
            by=by,
            name=Path(options["file"]).name,
            dry_run=options["dry_run"],
            without_facts=options["without_facts"],
            sector=options["sector"],
        )
        for sentence in sentences(report):
            self.say(sentence)
        if report.problems:
            told = "\n".join(str(problem) for problem in report.problems)
            raise CommandError(f"{told}\n{_('Nothing was stored.')}")
        if options["dry_run"]:
            self.say(_("Nothing was stored: this was a dry run."))
