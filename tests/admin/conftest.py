from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from events.models import Event
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from projects.models import Project
from tests.makers import sign_in

ROLES = {
    "author": roles.AUTHOR,
    "translator": roles.TRANSLATOR,
    "editor": roles.EDITOR,
    "chief": roles.CHIEF_EDITOR,
}
EVERYBODY = ["reader", "nobody", *ROLES, "root"]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def person(db: None) -> Callable[[str], User]:
    """By name: a role's, "root" (a superuser), "nobody" (a log-in without a role)."""

    def found(name: str) -> User:
        user, is_new = User.objects.get_or_create(
            username=name, defaults={"is_staff": True, "is_superuser": name == "root"}
        )
        if is_new and name in ROLES:
            user.groups.add(Group.objects.get(name=ROLES[name]))
        return user

    return found


@pytest.fixture
def desk_of(person: Callable[[str], User]) -> Callable[[str], Client]:
    """A browser in which that person is logged in and reads English; the "reader" is not logged in."""

    def opened(name: str) -> Client:
        client = Client()
        client.cookies["django_language"] = "en"
        if name != "reader":
            sign_in(client, person(name))
        return client

    return opened


@pytest.fixture
def project(db: None) -> Project:
    return make_project()


@pytest.fixture
def public_project(project: Project, person: Callable[[str], User]) -> Project:
    project.publish(by=person("chief"))
    return project


@pytest.fixture
def event(db: None) -> Event:
    return make_event()


@pytest.fixture
def public_event(event: Event, person: Callable[[str], User]) -> Event:
    event.publish(by=person("chief"))
    return event


def make_project(code: str = "kambar-ata-1", **values: Any) -> Project:
    names = {"name_ky": "Камбар-Ата-1", "name_ru": "Камбаратинская ГЭС-1", "name_en": "Kambar-Ata-1"}
    summaries = {f"summary_{language}": "In short." for language in ("ky", "ru", "en")}
    return Project.objects.create(**{"code": code, "sector": "energy", **names, **summaries, **values})


def make_event(code: str = "council-2026", **values: Any) -> Event:
    titles = {f"title_{language}": "Council" for language in ("ky", "ru", "en")}
    begin = timezone.now() + timedelta(days=9)
    times = {"starts_at": begin, "ends_at": begin + timedelta(hours=3)}
    return Event.objects.create(**{"code": code, "kind": "council", **titles, **times, **values})


def form_data(client: Client, address: str) -> dict[str, Any]:
    """What a browser would send back from the form at `address`, unchanged."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    data: dict[str, Any] = {}
    forms = [answer.context["adminform"].form]
    for inline in answer.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            for sent in _sent(bound):
                data.setdefault(sent[0], []).append(sent[1])
    return data


def _sent(bound: Any) -> Iterator[tuple[str, str]]:
    widget = getattr(bound.field.widget, "widget", bound.field.widget)
    value = bound.value()
    if hasattr(widget, "decompress"):
        for suffix, part, each in zip(
            widget.widgets_names, widget.widgets, widget.decompress(value), strict=True
        ):
            yield f"{bound.html_name}{suffix}", part.format_value(each) or ""
    elif getattr(widget, "allow_multiple_selected", False):
        for each in value or []:
            yield bound.html_name, str(getattr(each, "pk", each))
    elif hasattr(widget, "choices"):
        yield bound.html_name, "" if value is None else str(value)
    elif isinstance(value, bool):
        if value:
            yield bound.html_name, "on"
    else:
        yield bound.html_name, "" if value is None else str(widget.format_value(value) or "")
