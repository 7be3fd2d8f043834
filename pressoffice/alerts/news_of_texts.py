from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Edition, Statement
from articles.reading import attach_corrections
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.models import Takedown

from .models import Told
from .pieces import CORRECTED, NEW, RESTORED, WITHDRAWN, News, Piece, in_words, named, removed


class Texts(News):
    """The statements of `rows`, in their language, which is active."""

    def __init__(self, rows: Sequence[Told]) -> None:
        """Six queries at most."""
        asked = {row.item for row in rows}
        texts = Edition.objects.live().in_language(rows[0].language).filter(statement__in=asked)
        found: list[Any] = list(
            texts.select_related("statement")
            .defer("body", "notes_to_editors", "media_contact", "settled")
            .prefetch_related("statement__speakers__offices")
        )
        attach_corrections(found)
        self.texts = {text.statement_id: text for text in found}
        down = [text.statement_id for text in found if text.is_withdrawn]
        self.takedowns = Takedown.objects.of_each(Statement, down, language=rows[0].language)
        gone = asked - set(self.texts)
        references = Statement.objects.filter(pk__in=gone).values_list("pk", "reference")
        self.references: dict[int, str] = dict(references) if gone else {}

    def is_public(self, row: Told) -> bool:
        return row.item in self.texts

    def taken_down_as(self, row: Told) -> str:
        return WITHDRAWN if self.texts[row.item].is_withdrawn else ""

    def removed(self, row: Told) -> Piece:
        reference = self.references.get(row.item, "")
        link = absolute(reverse("articles:statement-by-reference", args=[reference])) if reference else ""
        return removed(_("A text has been removed from the site"), row.begun_at, link=link)

    def piece(self, row: Told, change: str) -> Piece:
        text = self.texts[row.item]
        head = {
            NEW: text.title,
            CORRECTED: _("Corrected: %(title)s") % {"title": text.title},
            WITHDRAWN: _("Withdrawn: %(title)s") % {"title": text.title},
            RESTORED: _("In force again: %(title)s") % {"title": text.title},
        }
        marks = {
            CORRECTED: _("Corrected"),
            WITHDRAWN: _("Withdrawn: it no longer holds"),
            RESTORED: _("In force again"),
        }
        note_title, note, note_language = "", "", text.language
        takedown = self.takedowns.get(row.item)
        if change == WITHDRAWN and takedown:
            note_title, note = _("Why"), takedown.reason
            note_language = takedown.reason_language
        elif change == CORRECTED and text.corrections:
            last = text.corrections[0]
            note_title = _("What changed")
            note = "\n\n".join([last.change_note, *(addition.text for addition in last.additions)])
        return Piece(
            change=change,
            mark=marks.get(change, ""),
            subject=head[change],
            title=text.title,
            kicker=f"{text.statement.get_kind_display()} · {in_words(text.public_since)}",
            who=named(text.speakers_in_office()),
            summary="" if change == WITHDRAWN else text.summary,
            note_title=note_title,
            note=note,
            note_language=note_language,
            link=absolute(text.get_absolute_url()),
        )
