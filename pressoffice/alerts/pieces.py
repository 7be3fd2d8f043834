"""What a letter is put together from."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .models import Told

NEW, STATED, CORRECTED, WITHDRAWN, RESTORED = "new", "stated", "corrected", "withdrawn", "restored"
REMOVED, MOVED, CANCELLED = "removed", "moved", "cancelled"
LEFT = "left"  # stated, and it is in none of the reader's lists since
COME = "come"  # into a list, by a day that has begun
TAKEN_DOWN = {WITHDRAWN, REMOVED, CANCELLED}


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One text, event, project or promise in a letter. Texts are plain."""

    change: str
    mark: str  # what became of it, in a word; empty for what is new
    subject: str  # a line for the head of a letter
    title: str
    kicker: str = ""
    who: Sequence[str] = ()
    summary: str = ""
    facts: Sequence[str] = ()
    note_title: str = ""
    note: str = ""
    note_language: str = ""
    link: str = ""
    stood: str = ""  # of what is said again and again: how it stands, to be compared with the next time


class News(ABC):
    """What there is to say of the things that some rows of one kind and language are about."""

    # What is looked at where something was taken down and put back before anybody was told.
    MEANWHILE = ""

    @abstractmethod
    def __init__(self, rows: Sequence[Told]) -> None: ...

    @abstractmethod
    def is_public(self, row: Told) -> bool: ...

    @abstractmethod
    def taken_down_as(self, row: Told) -> str:
        """Of what is public: WITHDRAWN, CANCELLED, or empty where it holds."""

    def first(self, row: Told) -> str:
        """What a reader is told who has not had anything of it. A text is new to them, whatever it says by
        now."""
        return NEW

    @abstractmethod
    def removed(self, row: Told) -> Piece:
        """Nothing of what it said: neither its title nor an address made of it."""

    @abstractmethod
    def piece(self, row: Told, change: str) -> Piece | None:
        """None where it says nothing that its reader does not know."""


class RepeatedNews(News):
    """Of what is spoken of again and again, and compared with what its reader was told."""

    MEANWHILE = STATED

    @abstractmethod
    def began_at(self, row: Told) -> datetime | None:
        """When readers could first know of it."""

    def first(self, row: Told) -> str:
        if row.news == COME:
            return COME
        return NEW if is_newer(self.began_at(row), row) else STATED

    @staticmethod
    def said(change: str, row: Told, *, stood: str, has_news: bool) -> str:
        """What `change` comes to, by what was said since and how it stands; empty where nothing is new."""
        if change in {STATED, LEFT, CORRECTED}:
            change = CORRECTED if not has_news else LEFT if change == LEFT else STATED
        return "" if change == CORRECTED and row.stood in {"", stood} else change

    @staticmethod
    def head(change: str, title: str, come: str) -> str:
        """`come`: why it came into a list."""
        return {
            NEW: title,
            STATED: _("News: %(title)s") % {"title": title},
            LEFT: _("News: %(title)s") % {"title": title},
            COME: f"{come}: {title}",
            CORRECTED: _("Changed: %(title)s") % {"title": title},
            WITHDRAWN: _("Withdrawn: %(title)s") % {"title": title},
            RESTORED: _("In force again: %(title)s") % {"title": title},
        }[change]

    @staticmethod
    def mark(change: str, come: str) -> str:
        return {
            NEW: "",
            STATED: _("There is something new about it"),
            LEFT: _("There is something new about it"),
            COME: come,
            CORRECTED: _("What is known of it has changed"),
            WITHDRAWN: _("Withdrawn: it no longer holds"),
            RESTORED: _("In force again"),
        }[change]


def removed(title: str, told_at: datetime | None, *, link: str = "") -> Piece:
    return Piece(
        change=REMOVED,
        mark=_("Removed"),
        subject=title,
        title=title,
        summary=_("We told you of it on %(moment)s. Please do not use it any more.")
        % {"moment": in_words(told_at)},
        link=link,
    )


def before(stood: str) -> str:
    return _("As told before: %(state)s") % {"state": stood}


def farewell(change: str) -> list[str]:
    return [_("It is in your list no longer: this is the last e-mail about it.")] if change == LEFT else []


def is_newer(at: datetime | None, row: Told) -> bool:
    """Whether it became public since the row's reader was told what is public."""
    return at is not None and at > row.known_until


def named(speakers: Sequence[Any]) -> list[str]:
    return [", ".join([each.person.name, *([each.office.title] if each.office else [])]) for each in speakers]


def in_words(at: datetime | None) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT") if at else ""
