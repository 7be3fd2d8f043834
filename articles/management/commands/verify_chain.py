from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.chain_check import check_all


class Command(BaseCommand):
    help = (
        "Compute the hash of every edition that was ever public anew and compare it with the one kept at its "
        "publication. Ends with an error that names the first one that differs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for checked in check_all():
            edition = checked.edition
            which = {
                "reference": edition.statement.reference,
                "language": edition.language,
                "number": edition.number,
            }
            if not checked.computed:
                sentence = _("%(reference)s (%(language)s): an edition before number %(number)s is missing.")
                raise CommandError(sentence % which)
            if not checked.holds:
                sentence = _(
                    "%(reference)s (%(language)s), edition %(number)s is not what was published: its hash is "
                    "%(computed)s, kept is %(kept)s."
                )
                hashes = {"computed": checked.computed, "kept": edition.public_hash}
                raise CommandError(sentence % {**which, **hashes})
            count += 1
        sentence = ngettext(
            "%(count)d edition is as it was published.",
            "%(count)d editions are as they were published.",
            count,
        )
        self.stdout.write(sentence % {"count": count})
