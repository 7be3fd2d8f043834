"""The first page of the admin: what waits for this person. Counts and rows only of what they may see."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.admin import AdminSite
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from articles.models import Edition
from events.models import Event
from pressoffice.ledger.admin.project_page import due_of
from pressoffice.ledger.filters import stale_projects
from pressoffice.publishing.models import AuditEntry, subject_type
from pressoffice.releases.models import Release
from projects.models import Agreement, Project

SHOWN = 6
# The steps between a draft and its way on: the last of them says how it came to be a draft.
MOVES = ("start", "submit", "take_back", "send_back", "reopen")


class Row(NamedTuple):
    title: str
    url: str
    language: str = ""
    at: date | datetime | None = None
    said: Any = ""  # in the place of the moment
    note: str = ""


class Pile(NamedTuple):
    """`nothing`: what is said where there is no row; empty where that is not worth a word."""

    key: str
    title: Any
    nothing: Any
    rows: list[Row]
    total: int
    has_moment: bool = False
    everything: str = ""  # the address of a list of all of them

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def for_person(user: Any, site: AdminSite) -> dict[str, Any]:
    piles = [*_of_editions(user), *_of_translations(user), *_of_records(user), *_of_projects(user, site)]
    return {
        "piles": piles,
        "full_piles": [pile for pile in piles if pile.rows],
        "empty_piles": [pile for pile in piles if not pile.rows and pile.nothing],
    }


# --- texts -------------------------------------------------------------------------------------------


def _of_editions(user: Any) -> list[Pile]:
    if not user.has_perm(Edition.permission("view")):
        return []
    editions = Edition.objects.for_lists().order_by("-updated_at", "-pk")
    mine = editions.filter(contributions__user=user) | editions.filter(created_by=user)
    moves = AuditEntry.objects.filter(
        subject_type=subject_type(Edition), subject_id=OuterRef("pk"), step__in=MOVES
    ).newest_first()
    mine = (
        mine.filter(state=Edition.State.DRAFT)
        .distinct()
        .annotate(
            last_move=Subquery(moves.values("step")[:1]),
            reason=Subquery(moves.values("reason")[:1]),
            moved_by=Subquery(moves.values("by__username")[:1]),
        )
    )
    piles = [
        _pile(
            "sent-back",
            _("Sent back to you"),
            "",
            mine.filter(last_move="send_back"),
            lambda edition: _edition(edition, note=f"{edition.moved_by}: {edition.reason}"),
        ),
        _pile(
            "mine",
            _("Your drafts"),
            _("You have no draft in work."),
            mine.exclude(last_move="send_back"),
            _edition,
        ),
    ]
    if user.has_perm(Edition.permission("approve")):
        waiting = editions.filter(state=Edition.State.SUBMITTED).exclude(contributions__user=user)
        urgent = editions.filter(is_urgent=True, second_look_by__isnull=True, state=Edition.State.PUBLISHED)
        urgent = urgent.exclude(contributions__user=user).exclude(published_by=user)
        piles += [
            _pile("waiting", _("Waiting for your eyes"), _("Nothing waits for you."), waiting, _edition),
            _pile("second-look", _("Needs a second look"), _("Nothing went out urgently."), urgent, _edition),
        ]
    if user.has_perm(Edition.permission("publish")):
        approved = editions.filter(state=Edition.State.APPROVED)
        nothing = _("Nothing waits for its publication.")
        piles.append(_pile("approved", _("Approved, not yet published"), nothing, approved, _edition))
    scheduled = Edition.objects.for_lists().scheduled().order_by("live_from", "pk")
    piles.append(
        _pile(
            "scheduled",
            _("Scheduled texts"),
            _("No text is scheduled."),
            scheduled,
            _edition,
            has_moment=True,
            everything=f"{reverse('admin:articles_statement_changelist')}?state=scheduled",
        )
    )
    return piles


def _of_translations(user: Any) -> list[Pile]:
    """What readers of another language do not have, or have in an older state; the newest first."""
    if not user.has_perm(Edition.permission("add")):
        return []
    piles = [
        _pile(
            "missing",
            _("Translations that are missing"),
            _("Every public text is there in each language, or in work."),
            untranslated(),
            _missing,
        )
    ]
    return [
        *piles,
        _pile(
            "behind",
            _("Translations behind their original"),
            _("No translation is behind."),
            behind(),
            _edition,
        ),
    ]


def untranslated() -> QuerySet:
    """Public originals, with `has_ky`, `has_ru` …, that have no text, public or in work, in some language."""
    texts = Edition.objects.exclude(state=Edition.State.DISCARDED).filter(statement=OuterRef("statement"))
    originals = Edition.objects.live().filter(language=F("statement__original_language"))
    there = {f"has_{code}": Exists(texts.filter(language=code)) for code, _name in settings.LANGUAGES}
    everywhere = originals.annotate(**there).filter(**dict.fromkeys(there, True))
    missing = originals.annotate(**there).exclude(pk__in=everywhere.values("pk"))
    return missing.for_lists().newest_first()


def behind() -> QuerySet:
    """Public translations made from an older edition than their public original, with none in work."""
    original = Edition.objects.live().filter(
        statement=OuterRef("statement"), language=OuterRef("statement__original_language")
    )
    in_work = Edition.objects.filter(
        statement=OuterRef("statement"), language=OuterRef("language"), state__in=Edition.UNPUBLISHED
    )
    return (
        Edition.objects.live()
        .exclude(Exists(in_work))
        .annotate(original_number=Subquery(original.values("number")[:1]))
        .filter(original_number__gt=F("translated_from__number"))
        .for_lists()
        .newest_first()
    )


def _missing(edition: Edition) -> Row:
    names = [str(name) for code, name in settings.LANGUAGES if not getattr(edition, f"has_{code}")]
    address = reverse("admin:articles_statement_change", args=[edition.statement_id])
    return Row(str(edition), address, edition.language, edition.public_since, note=", ".join(names))


# --- records and their ledger ------------------------------------------------------------------------


def _of_records(user: Any) -> list[Pile]:
    rows: list[Row] = []
    count = 0
    for model in (Release, Project, Agreement, Event):
        if user.has_perm(model.permission("view")):
            scheduled = model.objects.scheduled().order_by("live_from", "pk")
            count += scheduled.count()
            rows += [Row(str(each), _address(each), at=each.live_from) for each in scheduled[:SHOWN]]
    rows.sort(key=lambda row: row.at)  # type: ignore[arg-type, return-value]
    title = _("Scheduled releases, projects and events")
    return [Pile("scheduled-records", title, "", rows[:SHOWN], count, has_moment=True)] if rows else []


def _of_projects(user: Any, site: AdminSite) -> list[Pile]:
    if not user.has_perms([Project.permission("view"), "ledger.view_commitment"]):
        return []
    due = due_of(site, Project.objects.live())
    rows = [
        Row(str(each.said), each.address, at=each.due_on, said=each.due_in_words, note=str(each.project))
        for each in due[:SHOWN]
    ]
    stale = stale_projects(Project.objects.live()).by_name()
    return [
        Pile(
            "due",
            _("Due within 90 days, or past its date"),
            _("Nothing is due within 90 days."),
            rows,
            len(due),
        ),
        _pile(
            "stale",
            _("Projects without news for a year"),
            _("There is news of every project."),
            stale,
            lambda project: Row(str(project), reverse("admin:ledger_project", args=[project.code])),
            everything=f"{reverse('projects:project-list')}?promises=stale",
        ),
    ]


def _pile(
    key: str,
    title: Any,
    nothing: Any,
    found: QuerySet,
    shown_as: Callable[[Any], Row],
    *,
    has_moment: bool = False,
    everything: str = "",
) -> Pile:
    rows = list(found[: SHOWN + 1])
    count = found.count() if len(rows) > SHOWN else len(rows)
    return Pile(key, title, nothing, [shown_as(row) for row in rows[:SHOWN]], count, has_moment, everything)


def _edition(edition: Edition, note: str = "") -> Row:
    moment = edition.live_from or edition.updated_at
    return Row(str(edition), _address(edition), edition.language, moment, note=note)


def _address(row: Any) -> str:
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
