import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pressoffice.old_archive.bringing_in import NEEDED, PARTS, bring_in
from pressoffice.publishing.file_command import FileCommand


class Command(FileCommand):
    help = (
        "Bring in an old archive: a folder with topics.jsonl, projects.jsonl, events.jsonl and "
        "statements.jsonl (docs/old-archive.md), or WordPress exports (*.xml). It may be run again: what is "
        "there stays, and a run that was broken off goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="In whose name it is done.")
        parser.add_argument("--name", default="", help="What the archive is called (the folder's name).")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default="", help="Of WordPress posts.")
        parser.add_argument(
            "--refused", default="refused.csv", help="The table of what was refused and why (%(default)s)."
        )
        parser.add_argument("--dry-run", action="store_true", help="Take everything back at the end.")

    def handle(self, *args: Any, **options: Any) -> None:
        by = self.person(options["by"])
        if not by.has_perms(NEEDED):
            raise CommandError(_("This person may not publish statements, projects and events."))
        folder = Path(options["folder"])
        if not folder.is_dir():
            raise CommandError(_("There is no folder %(path)s.") % {"path": folder})
        exports = list(folder.glob("*.xml"))
        if not exports and not any((folder / f"{part}.jsonl").exists() for part in PARTS):
            raise CommandError(_("The folder %(path)s holds no archive.") % {"path": folder})
        if exports and not options["language"]:
            raise CommandError(_("Say by --language in which language the WordPress posts are."))
        report = bring_in(
            folder,
            archive=(options["name"] or folder.resolve().name)[:60],
            by=by,
            refused=Path(options["refused"]),
            language=options["language"],
            dry_run=options["dry_run"],
            tell=self._tell,
        )
        if sys.stderr.isatty():
            self.stderr.write("")
        for part in PARTS:
            counts = {name: getattr(report, name)[part] for name in ("made", "there", "refused")}
            if any(counts.values()):
                sentence = _("%(part)s: %(made)s brought in, %(there)s there already, %(refused)s refused")
                self.say(sentence % {"part": _name(part), **counts})
        for what, count in report.left_out.items():
            self.say(_("Left out: %(what)s (%(count)s)") % {"what": what, "count": count})
        if sum(report.refused.values()):
            self.say(_("What was refused, and why: %(path)s") % {"path": options["refused"]})
        if options["dry_run"]:
            self.say(_("Nothing was stored: this was a dry run."))

    def _tell(self, part: str, count: int) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"\r{_name(part)}: {count:,}", ending="")
            self.stderr.flush()


def _name(part: str) -> str:
    return {
        "topics": pgettext("parts of an archive", "topics"),
        "projects": pgettext("parts of an archive", "projects"),
        "events": pgettext("parts of an archive", "events"),
        "statements": pgettext("parts of an archive", "statements"),
    }[part]
