"""Letters as they are written: one text, as plain lines and as HTML that mail programs leave alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import active
from pressoffice.publishing.plain_text import clean_line

from .models import Subscriber
from .pieces import Piece
from .subjects import Found, of

# It is read in a list, where mail programs cut longer ones. The title stands whole in the letter.
LONGEST_SUBJECT = 180


@dataclass(frozen=True)
class Letter:
    """`leave`: an address that ends it all by one POST; empty where nobody has subscribed."""

    subject: str
    text: str
    html: str
    language: str
    leave: str = ""


def of_pieces(
    subscriber: Subscriber,
    pieces: Sequence[Piece],
    reasons: Sequence[Found],
    *,
    subject: str,
    title: str = "",
) -> Letter:
    """In the active language."""
    return _written(
        subject,
        {
            "title": title,
            "pieces": pieces,
            "reasons": [(each.title, absolute(each.page)) for each in reasons],
            "manage": absolute(reverse("alerts:manage", args=[subscriber.managing()])),
            "leave": absolute(reverse("alerts:leave", args=[subscriber.leaving()])),
        },
    )


def of_words(
    subject: str,
    paragraphs: Sequence[str],
    *,
    facts: Sequence[tuple[str, str]] = (),
    button: str,
    address: str,
    small: str,
) -> Letter:
    """A letter about the letters, in the active language. `facts`: each with what it is, "How often"."""
    return _written(
        subject,
        {
            "title": subject,
            "paragraphs": paragraphs,
            "facts": facts,
            "button": button,
            "button_address": address,
            "small": small,
        },
    )


def _written(subject: str, context: dict[str, Any]) -> Letter:
    told = {
        "language": active(),
        "office": _("Press office"),
        "home": absolute(reverse("home")),
        "subject": subject,
        **context,
    }
    return Letter(
        subject=_short(clean_line(subject)),
        text=render_to_string("alerts/letters/letter.txt", told).strip() + "\n",
        html=render_to_string("alerts/letters/letter.html", told),
        language=active(),
        leave=str(context.get("leave", "")),
    )


def _short(line: str) -> str:
    if len(line) <= LONGEST_SUBJECT:
        return line
    return line[: LONGEST_SUBJECT - 1].rpartition(" ")[0] + "…"


def reasons_of(subjects: Sequence[Any], language: str) -> list[Found]:
    """What the reader follows by which this comes, in words; what is not public any more is not named."""
    with override(language):
        return [here for each in subjects if (here := of(each)) is not None]
