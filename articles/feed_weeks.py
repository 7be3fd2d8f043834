"""Archive documents of the feed of all statements (RFC 5005, section 4): one for each week in which a text
was first public.

A week of more than `FULL` texts has several documents. One is closed, and the feed itself need not hold its
texts any longer, when its week is over or when it is full.
"""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Self

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pressoffice.publishing import moment

from .querysets import EditionQuerySet

FULL = 100


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class Part(NamedTuple):
    """Of the week that begins on `monday`, in Bishkek: the texts from number (part - 1) * FULL on."""

    monday: date
    number: int = 1

    @classmethod
    def of(cls, at: datetime) -> Self:
        """The first of its week."""
        day = timezone.localdate(at)
        return cls(day - timedelta(days=day.weekday()))

    @property
    def begins(self) -> datetime:
        return _midnight(self.monday)

    @property
    def ends(self) -> datetime:
        return _midnight(self.monday + timedelta(days=7))

    @property
    def title(self) -> str:
        days = {
            "first": date_format(self.monday, "DATE_FORMAT"),
            "last": date_format(self.monday + timedelta(days=6), "DATE_FORMAT"),
        }
        title = _("Press office: all statements, %(first)s – %(last)s") % days
        if self.number > 1:
            return _("%(title)s, part %(number)d") % {"title": title, "number": self.number}
        return title

    def week_of(self, editions: EditionQuerySet) -> EditionQuerySet:
        return editions.filter(public_since__gte=self.begins, public_since__lt=self.ends)

    def cut(self, editions: EditionQuerySet) -> EditionQuerySet:
        return self.week_of(editions).oldest_first()[(self.number - 1) * FULL : self.number * FULL]

    def closed(self, texts: int) -> int:
        """How many documents its week has while it has so many texts."""
        is_over = self.ends <= moment.now()
        return -(-texts // FULL) if is_over else texts // FULL


def still_open(editions: EditionQuerySet) -> set[int]:
    """Keys of the texts that no closed document holds yet. One query."""
    keys = list(Part.of(moment.now()).week_of(editions).oldest_first().values_list("pk", flat=True))
    return set(keys[len(keys) // FULL * FULL :])


def last_closed(editions: EditionQuerySet) -> Part | None:
    """Two or three queries."""
    week = Part.of(moment.now())
    full = week.closed(week.week_of(editions).count())
    return week._replace(number=full) if full else before(week, editions)


def before(part: Part, editions: EditionQuerySet) -> Part | None:
    """The last document before `part`, over weeks in which nothing stands. Two queries at most."""
    if part.number > 1:
        return part._replace(number=part.number - 1)
    earlier = editions.filter(public_since__lt=part.begins).newest_first()
    since = earlier.values_list("public_since", flat=True).first()
    if since is None:
        return None
    week = Part.of(since)
    return week._replace(number=week.closed(week.week_of(editions).count()))


def after(part: Part, texts: int, editions: EditionQuerySet) -> Part | None:
    """The next closed document; `texts`: how many the week of `part` has. Two queries at most."""
    if part.number < part.closed(texts):
        return part._replace(number=part.number + 1)
    later = editions.filter(public_since__gte=part.ends).oldest_first()
    since = later.values_list("public_since", flat=True).first()
    if since is None:
        return None
    week = Part.of(since)
    return week if week.ends <= moment.now() or week.week_of(editions).count() >= FULL else None


class FeedPart:
    """In an address: 2026-W41, or 2026-W41-2 where the week has more than one document."""

    regex = r"(?:19|20)[0-9]{2}-W[0-5][0-9](?:-(?:[2-9]|[1-9][0-9]{1,2}))?"

    def to_python(self, value: str) -> Part:
        """Raises ValueError where a year has no such week: then there is no such address."""
        year, week, number = [*value.replace("W", "").split("-"), "1"][:3]
        return Part(date.fromisocalendar(int(year), int(week), 1), int(number))

    def to_url(self, value: Part) -> str:
        year, week, _day = value.monday.isocalendar()
        return f"{year}-W{week:02}" + (f"-{value.number}" if value.number > 1 else "")
