"""The first page of the admin: what waits for this person. Counts and rows only of what they may see."""

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Edition
from events.models import Event
from projects.models import Agreement, Project

SHOWN = 6


class Row(NamedTuple):
    title: str
    url: str
    language: str
    at: Any


class Pile(NamedTuple):
    key: str
    title: Any
    nothing: Any
    rows: list[Row]
    more: int
    has_moment: bool


def for_person(user: Any) -> dict[str, Any]:
    return {"piles": [*_of_editions(user), *_of_records(user)]}


def _of_editions(user: Any) -> list[Pile]:
    if not user.has_perm("articles.view_edition"):
        return []
    editions = Edition.objects.for_lists().order_by("-updated_at", "-pk")
    mine = editions.filter(contributions__user=user, state=Edition.State.DRAFT) | editions.filter(
        created_by=user, state=Edition.State.DRAFT
    )
    piles = [_pile("mine", _("Your drafts"), _("You have no draft in work."), mine.distinct(), _edition)]
    if user.has_perm("articles.approve_edition"):
        waiting = editions.filter(state=Edition.State.SUBMITTED).exclude(contributions__user=user)
        piles.append(
            _pile("waiting", _("Waiting for your eyes"), _("Nothing waits for you."), waiting, _edition)
        )
        urgent = editions.filter(is_urgent=True, second_look_by__isnull=True, state=Edition.State.PUBLISHED)
        urgent = urgent.exclude(contributions__user=user).exclude(published_by=user)
        piles.append(
            _pile("second-look", _("Needs a second look"), _("Nothing went out urgently."), urgent, _edition)
        )
    if user.has_perm("articles.publish_edition"):
        approved = editions.filter(state=Edition.State.APPROVED)
        piles.append(
            _pile(
                "approved",
                _("Approved, not yet published"),
                _("Nothing waits for its publication."),
                approved,
                _edition,
            )
        )
    scheduled = Edition.objects.for_lists().scheduled().order_by("live_from", "pk")
    piles.append(
        _pile(
            "scheduled",
            _("Scheduled texts"),
            _("No text is scheduled."),
            scheduled,
            _edition,
            has_moment=True,
        )
    )
    return piles


def _of_records(user: Any) -> list[Pile]:
    rows = []
    for model in (Project, Agreement, Event):
        if user.has_perm(model.permission("view")):
            rows += [
                _record(record) for record in model.objects.scheduled().order_by("live_from", "pk")[:SHOWN]
            ]
    if not rows:
        return []
    rows.sort(key=lambda row: row.at)
    return [
        Pile("scheduled-records", _("Scheduled projects and events"), "", rows[:SHOWN], 0, has_moment=True)
    ]


def _pile(
    key: str, title: Any, nothing: Any, rows: QuerySet, shown_as: Any, *, has_moment: bool = False
) -> Pile:
    found = list(rows[: SHOWN + 1])
    more = rows.count() - SHOWN if len(found) > SHOWN else 0
    return Pile(key, title, nothing, [shown_as(row) for row in found[:SHOWN]], more, has_moment)


def _edition(edition: Edition) -> Row:
    return Row(str(edition), _address(edition), edition.language, edition.live_from or edition.updated_at)


def _record(record: Any) -> Row:
    return Row(str(record), _address(record), "", record.live_from)


def _address(row: Any) -> str:
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return ""
