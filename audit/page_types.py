"""Every type of page that readers meet, and where one stands: the one list for axe, Nu, Lighthouse, weights.

Each type finds an example among what is public in one language. What the database at hand has no example of
is left out; tests/test_page_types.py sees to it that no address of the site is without a type.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from articles.models import Edition, GalleryImage, Passage, Statement
from articles.named import public_people, public_topics
from events.models import Event
from pressoffice.publishing import moment
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.periods import Standing
from projects.models import Agreement, Participation, Project

Find = Callable[[], str | None]


def asked(name: str, **query: Any) -> str:
    return reverse(name) + (f"?{urlencode(query)}" if query else "")


def named(name: str, **query: Any) -> Find:
    return lambda: asked(name, **query)


def of_first(
    rows: Callable[[], Any], address: Callable[[Any], str] = lambda row: row.get_absolute_url()
) -> Find:
    """The address of the first of `rows`, if there is one."""

    def find() -> str | None:
        row = rows().first()
        return address(row) if row is not None else None

    return find


def texts() -> Any:
    return Edition.objects.live().in_language(get_language()).select_related("statement").newest_first()


def most_linked(rows: Any) -> Any:
    """The one with the most passages first: its page shows the most."""
    return rows.annotate(linked=Count("passages")).order_by("-linked", "pk")


def with_photographs() -> Any:
    return texts().filter(Exists(GalleryImage.objects.filter(edition=OuterRef("pk"))))


def corrected() -> Any:
    return texts().filter(base__in=Edition.objects.ever_live())


def in_other_languages_only() -> Any:
    here = Edition.objects.in_language(get_language()).filter(statement=OuterRef("statement"))
    return Edition.objects.live().filter(~Exists(here)).select_related("statement").order_by("pk")


def removed() -> Any:
    taken_down = Takedown.objects.in_force().filter(
        subject_type=subject_type(Statement), language=get_language(), redirect_to=""
    )
    rows = Edition.objects.in_language(get_language()).filter(standing=Standing.REMOVED)
    return (
        rows.filter(statement__in=taken_down.values("subject_id")).select_related("statement").order_by("pk")
    )


def passages() -> Any:
    """Those with a figure in their words."""
    rows = Passage.objects.live().in_language(get_language()).filter(exact__regex=r"[0-9]")
    return rows.newest_first()


def quoted(change: Callable[[str], str]) -> Find:
    return of_first(
        passages, lambda row: reverse("search:quote") + "?" + urlencode({"text": change(row.exact)})
    )


def searched(change: Callable[[str], str]) -> Find:
    return of_first(texts, lambda row: asked("search:search", q=change(row.title)))


def misspelt(words: str) -> str:
    return re.sub(r"\b(\w)(\w{2,})", r"\1\1\2", words)


def another_figure(words: str) -> str:
    return re.sub(r"[0-9]", lambda digit: str((int(digit[0]) + 1) % 10), words, count=1)


def day_of(edition: Edition) -> date:
    return edition.statement.delivered_on or timezone.localdate(edition.public_since)


def month_of(day: date) -> list[int]:
    return [day.year, day.month]


def yesterday(row: Any) -> str:
    return f"{row.get_absolute_url()}?as_of={timezone.localdate(moment.now() - timedelta(days=1))}"


PAGE_TYPES: dict[str, Find] = {
    "home": named("home"),
    "statements": named("articles:statement-list"),
    "statements, filtered": named("articles:statement-list", kind="statement", sort="oldest"),
    "statements, none found": named("articles:statement-list", year=1, kind="speech"),
    "statement": of_first(lambda: most_linked(texts().order_by())),
    "statement with photographs": of_first(with_photographs),
    "statement, withdrawn": of_first(lambda: texts().filter(standing=Standing.WITHDRAWN)),
    "statement, removed": of_first(removed),
    "statement in other languages only": of_first(
        in_other_languages_only,
        lambda row: reverse("articles:statement-by-reference", args=[row.statement.reference]),
    ),
    "version": of_first(corrected, lambda row: row.base.get_version_url()),
    "changes": of_first(corrected, lambda row: row.get_changes_url()),
    "archive": named("archive:archive"),
    "archive of a year": of_first(texts, lambda row: reverse("archive:year", args=[day_of(row).year])),
    "archive of a month": of_first(texts, lambda row: reverse("archive:month", args=month_of(day_of(row)))),
    "what to subscribe to": named("subscribe"),
    "letters": named("alerts:by-email"),
    "letters of a list": lambda: reverse("alerts:sign-up", args=["statements"]),
    "letters of promises": lambda: reverse("alerts:sign-up", args=["promises"]) + "?state=overdue",
    "letters about a project": of_first(
        lambda: most_linked(Project.objects.live()),
        lambda row: reverse("alerts:sign-up", args=["project", row.code]),
    ),
    "interface for programs": named("api-description"),
    "projects": named("projects:project-list"),
    "projects, as a table": named("projects:project-list", **{"as": "table"}),
    "projects, on the map": named("projects:project-list", **{"as": "map"}),
    "project": of_first(lambda: most_linked(Project.objects.live())),
    "project as it stood": of_first(lambda: most_linked(Project.objects.live()), yesterday),
    "promises": named("promises:promise-list"),
    "people": named("people:person-list"),
    "person": of_first(lambda: public_people().by_name()),
    "topics": named("topics:topic-list"),
    "topic": of_first(public_topics),
    "agreements": named("agreements:agreement-list"),
    "agreement": of_first(lambda: Agreement.objects.live().order_by("pk")),
    "countries": named("countries:country-list"),
    "country": of_first(
        lambda: Participation.objects.live().exclude(country=None).order_by("pk"),
        lambda row: row.country.get_absolute_url(),
    ),
    "organisation": of_first(
        lambda: Participation.objects.live().exclude(organisation=None).order_by("pk"),
        lambda row: row.organisation.get_absolute_url(),
    ),
    "events": named("events:event-list"),
    "events of a month": of_first(
        lambda: Event.objects.live().order_by("-starts_at"),
        lambda row: reverse(
            "events:month",
            args=[timezone.localdate(row.starts_at).year, timezone.localdate(row.starts_at).month],
        ),
    ),
    "event": of_first(lambda: Event.objects.live().filter(standing=Standing.IN_FORCE).order_by("pk")),
    "event, cancelled": of_first(lambda: Event.objects.live().filter(standing=Standing.CANCELLED)),
    "about": named("about"),
    "contacts": named("contacts"),
    "accessibility": named("accessibility"),
    "search": named("search:search"),
    "search, found": searched(str),
    "search, misspelt": searched(misspelt),
    "search, nothing found": named("search:search", q="qqqqqq"),
    "quote": named("search:quote"),
    "quote that is there": quoted(str),
    "quote that reads otherwise": quoted(another_figure),
    "nothing there": lambda: reverse("home") + "nothing-here/",
}


def addresses_in(language: str) -> dict[str, str]:
    """The path of one page of each type, as far as there is one in `language`."""
    with override(language):
        found = {name: find() for name, find in PAGE_TYPES.items()}
    return {name: address for name, address in found.items() if address}
