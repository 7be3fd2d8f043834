"""Who may take which step: each cell of the table is pressed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin import site
from django.db.models import Model
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.models import Edition
from events.models import Event
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.permission_matrix import KEEPING, Cell, as_markdown, cells, keeping
from pressoffice.publishing.models import AuditEntry
from pressoffice.releases.models import Release
from projects.models import Agreement, Project
from tests import makers
from tests.releases.test_steps import make_release

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

AHEAD = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

# A text in which each step can be taken.
TEXTS: dict[str, Callable[[], Edition]] = {
    "submit": lambda: makers.make_edition(state="draft"),
    "take-back": lambda: makers.make_edition(state="submitted"),
    "approve": lambda: makers.make_edition(state="submitted"),
    "send-back": lambda: makers.make_edition(state="submitted"),
    "reopen": lambda: makers.make_edition(state="approved"),
    "publish": lambda: makers.make_edition(state="approved"),
    "schedule": lambda: makers.make_edition(state="approved"),
    "publish-urgently": lambda: makers.make_edition(state="draft"),
    "cancel-publication": lambda: makers.make_edition(state="scheduled"),
    "second-look": lambda: an_urgent_text(),
    "add-to-note": lambda: makers.make_edition(state="superseded").successors.get(),
    "discard": lambda: makers.make_edition(state="draft"),
    "withdraw": makers.make_edition,
    "remove": makers.make_edition,
    "restore": lambda: makers.make_edition(state="withdrawn"),
    "restore-removed": lambda: makers.make_edition(state="removed"),
}
RECORDS: dict[str, str] = {
    "publish": "draft",
    "schedule": "draft",
    "cancel-publication": "scheduled",
    "cancel": "live",
    "remove": "live",
    "restore": "removed",
}
MAKERS = {Project: makers.make_project, Agreement: makers.make_agreement, Event: makers.make_event}


def an_urgent_text() -> Edition:
    edition = makers.make_edition(state="submitted")
    edition.publish_urgently(by=makers.somebody(roles.CHIEF_EDITOR), reason="The border is closed.")
    return edition


def a_release(step: str) -> Release:
    release = make_release(makers.make_edition(state="approved"))
    if step in {"move", "cancel-publication"}:
        release.publish(by=makers.somebody(roles.CHIEF_EDITOR), at=timezone.now() + timedelta(days=2))
    return release


def thing_for(cell: Cell) -> Any:
    if cell.kind is Edition:
        return TEXTS[cell.step.name]()
    if cell.kind is Release:
        return a_release(cell.step.name)
    return MAKERS[cell.kind](state=RECORDS[cell.step.name])  # type: ignore[index]


def sent_with(thing: Any) -> dict[str, str]:
    return {
        "reason": "A good reason.",
        "text": "More.",
        "at": AHEAD,
        "content_hash": getattr(thing, "content_hash", ""),
    }


@pytest.mark.parametrize(
    "cell", list(cells()), ids=lambda cell: f"{cell.role}-{cell.kind._meta.model_name}-{cell.step.name}"
)
def test_each_cell(cell: Cell, person_with: Callable[..., User], logged_in: Callable[[User], Client]) -> None:
    person = person_with(cell.role, "presser")
    thing = thing_for(cell)
    options = cell.kind._meta
    address = reverse(f"admin:{options.app_label}_{options.model_name}_step", args=[thing.pk, cell.step.name])
    before = AuditEntry.objects.filter(by=person).count()

    answer = logged_in(person).post(address, sent_with(thing))

    taken = AuditEntry.objects.filter(by=person).count() > before
    if not cell.may:
        assert answer.status_code == 403
        assert not taken
    elif cell.step.name == "take-back" or (
        cell.step.name == "discard" and not person.has_perm("articles.discard_edition")
    ):
        # The role includes it, but not for somebody else's text.
        assert answer.status_code == 200
        assert not taken
    else:
        assert answer.status_code == 302
        assert taken


def test_every_role_has_every_cell() -> None:
    found = list(cells())

    assert {cell.role for cell in found} == set(roles.PERMISSIONS)
    assert len(found) == len({(cell.kind, cell.step.name, cell.role) for cell in found})


@pytest.mark.parametrize(
    ("model", "role", "verbs"),
    list(keeping()),
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_each_role_keeps_what_is_printed(
    model: type[Model], role: str, verbs: list[str], person_with: Callable[..., User], rf: RequestFactory
) -> None:
    request = rf.get("/")
    request.user = person_with(role, "presser")
    pages = site._registry[model]

    may = [verb for verb in KEEPING if getattr(pages, f"has_{verb}_permission")(request)]

    # A text is begun on the page of its statement, never on a page of its own.
    assert may == [verb for verb in verbs if (model, verb) != (Edition, "add")]


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_the_table_is_printed_in_every_language(language: str) -> None:
    with override(language):
        assert "Publish" not in as_markdown()
