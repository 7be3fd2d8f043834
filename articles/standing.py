"""How an edition stands, in words for the desk."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.admin_steps import moment_in_words
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.periods import Standing

from .models import Edition

# The steps between a draft and its way on: the last of them says how it came to be a draft.
MOVES = ("start", "submit", "take_back", "send_back", "reopen")


def sent_back(edition: Edition) -> AuditEntry | None:
    """Who sent this draft back and why, until it is submitted again. One query for a draft, else none."""
    if edition.state != Edition.State.DRAFT:
        return None
    moves = AuditEntry.objects.about(edition).filter(step__in=MOVES)
    last = moves.select_related("by").newest_first().first()
    return last if last is not None and last.step == "send_back" else None


def standing_of(edition: Edition) -> tuple[str, Any]:
    """A word for the style sheet, and what people read."""
    if edition.state != Edition.State.PUBLISHED:
        return edition.state, edition.get_state_display()
    if edition.standing != Standing.IN_FORCE:
        return edition.standing, edition.get_standing_display()
    if edition.live_from is not None and edition.is_scheduled():
        words = _("scheduled for %(moment)s, Bishkek time")
        return "scheduled", words % {"moment": moment_in_words(edition.live_from)}
    if edition.is_live():
        if edition.is_urgent and edition.second_look_by_id is None:
            return "public", _("public, published urgently, waits for a second look")
        return "public", _("public")
    return "draft", _("replaced")


def version_of(edition: Edition) -> str:
    """As colleagues tell the editions of a series apart: "v2 · public · 26 November 2026, 14:00"."""
    number = f"v{edition.number}" if edition.number else str(_("no version yet"))
    day = moment_in_words(edition.live_from or edition.updated_at)
    return f"{number} · {standing_of(edition)[1]} · {day}"


def version_in_short(edition: Edition) -> str:
    """The same for a choice on a telephone: "v2 · 26.11.2026 · public"."""
    number = f"v{edition.number}" if edition.number else str(_("no version yet"))
    day = date_format(timezone.localtime(edition.live_from or edition.updated_at), "SHORT_DATE_FORMAT")
    return f"{number} · {day} · {standing_in_short(edition)[1]}"


def standing_in_short(edition: Edition) -> tuple[str, Any]:
    """The same for a list: as few words as tell the states apart."""
    key, words = standing_of(edition)
    if key == "submitted":
        return key, _("submitted")
    if key == "scheduled" and edition.live_from is not None:
        begin = timezone.localtime(edition.live_from)
        day, hour = date_format(begin, "MONTH_DAY_FORMAT"), date_format(begin, "TIME_FORMAT")
        return key, _("scheduled, %(moment)s") % {"moment": f"{day}, {hour}"}
    return key, words


def is_behind(edition: Edition, original: Edition | None) -> bool:
    """Whether the public `original` is newer than the one this translation was made from."""
    return (
        original is not None
        and edition.language != original.language
        and edition.translated_from is not None
        and (edition.translated_from.number or 0) < (original.number or 0)
    )
