from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.importing import (
    Draft,
    ImportRefused,
    create_draft,
    known_projects,
    read,
    with_passages,
)
from articles.importing.draft import Heading, List, Paragraph, Quote, Table
from articles.models import Statement
from pressoffice.publishing.file_command import FileCommand
from pressoffice.publishing.steps import StepRefused


def _project(text: str) -> tuple[str, str]:
    """ "CODE=words" or "CODE"."""
    code, _sign, words = text.partition("=")
    if not code.strip():
        raise ArgumentTypeError(_("Write --project CODE=words, or --project CODE."))
    return code.strip(), words.strip()


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if not 1990 < day.year < 2100:
        raise ArgumentTypeError(_("“%(text)s” is not a day. Write it as 2025-08-22.") % {"text": text})
    return day


class Command(FileCommand):
    help = "Make a draft of a statement from a .txt, .docx or .html file. Nothing is published."

    def add_arguments(self, parser: CommandParser) -> None:
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--language", required=True, choices=languages, help="The language of the text.")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="Whose draft it becomes.")
        parser.add_argument(
            "--project",
            action="append",
            default=[],
            type=_project,
            metavar="CODE[=WORDS]",
            help=(
                "Words by which this file speaks of a project, beside its name and aliases; may be repeated. "
                "A CODE alone: look for the projects named by --project only."
            ),
        )
        parser.add_argument("--kind", default=Statement.Kind.STATEMENT, choices=Statement.Kind.values)
        parser.add_argument("--delivered-on", type=_day, metavar="YYYY-MM-DD")
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would be made, and make nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by = self.person(options["by"])
            draft = self._recognised(options)
            with transaction.atomic():
                edition = create_draft(
                    draft,
                    language=options["language"],
                    by=by,
                    kind=options["kind"],
                    delivered_on=options["delivered_on"],
                )
                address = settings.PRESSOFFICE_ADDRESS + reverse(
                    "admin:articles_edition_change", args=[edition.pk]
                )
                # So that a dry run refuses what a real one would.
                transaction.set_rollback(options["dry_run"])
        except (ImportRefused, StepRefused) as refusal:
            raise CommandError(str(refusal)) from None
        self._report(draft, options["project"])
        if options["dry_run"]:
            self.say(_("Nothing was stored: this was a dry run."))
        else:
            self.say(
                _("The draft %(reference)s is ready to be checked: %(address)s")
                % {"reference": edition.statement.reference, "address": address}
            )

    def _recognised(self, options: dict[str, Any]) -> Draft:
        words: dict[str, list[str]] = {}
        for code, more in options["project"]:
            words.setdefault(code, []).extend([more] if more else [])
        named_alone = any(not more for _code, more in options["project"])
        language = options["language"]
        projects = known_projects(language, words=words, only=words if named_alone else ())
        draft = self.reading(options["file"], read)
        return with_passages(draft, language=language, projects=projects, prefer=words)

    def _report(self, draft: Draft, named: list[tuple[str, str]]) -> None:
        self.say(_("Title: %(title)s") % {"title": draft.title})
        if draft.summary:
            self.say(_("Summary: %(summary)s") % {"summary": draft.summary})
        for sentence in self._counts(draft):
            self.say(sentence)
        for proposed in draft.proposed:
            self.say(
                _("Passage about %(code)s: “%(words)s”") % {"code": proposed.code, "words": proposed.words}
            )
        found = {proposed.code for proposed in draft.proposed}
        for code in dict.fromkeys(code for code, _words in named):
            if code not in found:
                self.say(_("No passage about %(code)s was found.") % {"code": code})
        if not draft.proposed and not named:
            self.say(_("No known project was found in the text."))
        for sentence in (*draft.remarks, *draft.left_out):
            self.say(sentence)

    def _counts(self, draft: Draft) -> list[str]:
        paragraphs, lists, quotes = draft.count(Paragraph), draft.count(List), draft.count(Quote)
        items = sum(len(block.items) for block in draft.blocks if isinstance(block, List))
        sentences = [
            ngettext("%(number)d paragraph", "%(number)d paragraphs", paragraphs) % {"number": paragraphs}
        ]
        if lists:
            sentences.append(
                ngettext("%(number)d list, items: %(items)d", "%(number)d lists, items: %(items)d", lists)
                % {"number": lists, "items": items}
            )
        if quotes:
            sentences.append(
                ngettext("%(number)d quotation", "%(number)d quotations", quotes) % {"number": quotes}
            )
        if headings := draft.count(Heading):
            sentences.append(
                ngettext("%(number)d heading", "%(number)d headings", headings) % {"number": headings}
            )
        if tables := draft.count(Table):
            sentences.append(ngettext("%(number)d table", "%(number)d tables", tables) % {"number": tables})
        return sentences
