"""The first page of the admin: what waits for this person. Counts and rows only of what they may see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.admin import AdminSite
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat, Trim
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Edition
from articles.standing import MOVES
from events.models import Event
from pressoffice.ledger.admin.project_page import Due, due_of
from pressoffice.ledger.filters import stale_projects
from pressoffice.media.models import Image
from pressoffice.publishing.languages import CODES, name_in_sentence
from pressoffice.publishing.models import AuditEntry, subject_type
from pressoffice.releases.models import Release
from projects.models import Agreement, Project

SHOWN = 6
PER_PAGE = 50
FULL_NAME = Trim(Concat("by__first_name", Value(" "), "by__last_name"))
SCHEDULED: list[Any] = [Release, Project, Agreement, Event]


class Row(NamedTuple):
    title: str
    url: str
    language: str = ""
    at: date | datetime | None = None
    said: Any = ""  # in the place of the moment
    note: str = ""


@dataclass
class Pile:
    """`found`: what lies on it, first things first. `nothing`: what is said where there is none; empty where
    that is not worth a word. A query for the rows, and one for their number if they are many."""

    key: str
    title: Any
    nothing: Any
    found: Any
    shown_as: Callable[[Any], Row]

    @cached_property
    def _top(self) -> list[Any]:
        return list(self.found[: SHOWN + 1])

    @cached_property
    def rows(self) -> list[Row]:
        return self.rows_of(self._top[:SHOWN])

    @cached_property
    def total(self) -> int:
        if len(self._top) <= SHOWN:
            return len(self._top)
        return self.found.count() if isinstance(self.found, QuerySet) else len(self.found)

    @property
    def more(self) -> int:
        return self.total - len(self.rows)

    @property
    def url(self) -> str:
        """Of the page with all of them."""
        return reverse("admin:desk_pile", args=[self.key])

    def rows_of(self, found: Any) -> list[Row]:
        return [self.shown_as(each) for each in found]


def piles_of(user: Any, site: AdminSite) -> list[Pile]:
    """What this person may see of what waits; nothing is looked up before somebody asks for it."""
    return [
        *_of_editions(user),
        *_of_pictures(user),
        *_of_translations(user),
        *_of_records(user),
        *_of_projects(user, site),
    ]


def for_person(user: Any, site: AdminSite) -> dict[str, Any]:
    piles = piles_of(user, site)
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
            moved_by=Subquery(moves.values(name=FULL_NAME)[:1]),
            moved_login=Subquery(moves.values("by__username")[:1]),
        )
    )
    piles = [
        Pile(
            "sent-back",
            _("Sent back to you"),
            "",
            mine.filter(last_move="send_back"),
            lambda edition: _edition(
                edition, note=f"{edition.moved_by or edition.moved_login}: {edition.reason}"
            ),
        ),
        Pile(
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
            Pile("waiting", _("Waiting for your eyes"), _("Nothing waits for you."), waiting, _edition),
            Pile("second-look", _("Needs a second look"), _("Nothing went out urgently."), urgent, _edition),
        ]
    if user.has_perm(Edition.permission("publish_urgently")):
        mine = editions.filter(is_urgent=True, second_look_by__isnull=True, published_by=user)
        piles.append(Pile("own-urgent", _("Sent out urgently by you, not looked at yet"), "", mine, _edition))
    if user.has_perm(Edition.permission("publish")):
        approved = editions.filter(state=Edition.State.APPROVED)
        nothing = _("Nothing waits for its publication.")
        piles.append(Pile("approved", _("Approved, not yet published"), nothing, approved, _edition))
    scheduled = Edition.objects.for_lists().scheduled().order_by("live_from", "pk")
    piles.append(
        Pile(
            "scheduled",
            _("Scheduled texts"),
            _("No text is scheduled."),
            scheduled,
            _edition,
        )
    )
    return piles


def _of_pictures(user: Any) -> list[Pile]:
    if not user.has_perm("media.add_image"):
        return []
    waiting = Image.objects.waiting_for(user).order_by("uploaded_at", "pk")
    return [Pile("pictures", _("Your pictures without a description"), "", waiting, _picture)]


def _of_translations(user: Any) -> list[Pile]:
    """What readers of another language do not have, or have in an older state; the newest first."""
    if not user.has_perm(Edition.permission("add")):
        return []
    return [
        Pile(
            "missing",
            _("Translations that are missing"),
            _("Every public text is there in each language, or in work."),
            untranslated(),
            _missing,
        ),
        Pile(
            "behind",
            _("Translations behind their original"),
            _("No translation is behind without somebody at work on it."),
            behind(),
            _edition,
        ),
    ]


def untranslated() -> QuerySet:
    """Public originals, with `has_ky`, `has_ru` …, that have no text, public or in work, in some language."""
    texts = Edition.objects.exclude(state=Edition.State.DISCARDED).filter(statement=OuterRef("statement"))
    originals = Edition.objects.live().filter(language=F("statement__original_language"))
    there = {f"has_{code}": Exists(texts.filter(language=code)) for code in CODES}
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
    names = [name_in_sentence(code) for code in CODES if not getattr(edition, f"has_{code}")]
    address = reverse("admin:articles_statement_change", args=[edition.statement_id])
    return Row(str(edition), address, edition.language, edition.public_since, note=", ".join(names))


# --- records and their ledger ------------------------------------------------------------------------


def _of_records(user: Any) -> list[Pile]:
    models = [model for model in SCHEDULED if user.has_perm(model.permission("view"))]
    if not models:
        return []
    # Of several kinds, so they are sorted here; of what is scheduled there is never much.
    scheduled = [each for model in models for each in model.objects.scheduled()]
    scheduled.sort(key=lambda record: (record.live_from, record.pk))
    title = _("Scheduled releases, projects and events")
    return [Pile("scheduled-records", title, "", scheduled, _record)]


def _of_projects(user: Any, site: AdminSite) -> list[Pile]:
    if not user.has_perms([Project.permission("view"), "ledger.view_commitment"]):
        return []
    return [
        Pile(
            "due",
            _("Due within 90 days, or past its date"),
            _("Nothing is due within 90 days."),
            due_of(site, Project.objects.live()),
            _due,
        ),
        Pile(
            "stale",
            _("Projects without news for a year"),
            _("There is news of every project."),
            stale_projects(Project.objects.live()).by_name(),
            _stale,
        ),
    ]


def _picture(image: Image) -> Row:
    return Row(str(image), reverse("admin:media_image_waiting"), at=image.uploaded_at)


def _record(record: Any) -> Row:
    return Row(str(record), _address(record), at=record.live_from)


def _due(due: Due) -> Row:
    return Row(str(due.said), due.address, at=due.due_on, said=due.due_in_words, note=str(due.project))


def _stale(project: Project) -> Row:
    return Row(str(project), reverse("admin:ledger_project", args=[project.code]))


def _edition(edition: Edition, note: str = "") -> Row:
    moment = edition.live_from or edition.updated_at
    return Row(str(edition), _address(edition), edition.language, moment, note=note)


def _address(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
