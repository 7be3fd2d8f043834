from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management.commands.flush import Command as Flush
from django.core.signals import setting_changed
from django.db import connections
from django.test import Client
from django.utils import translation

from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.publishing import triggers
from tests.makers import sign_in

# Hashed names need a collection of all files first; pages are the same without.
settings.STORAGES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
setting_changed.send(sender=None, setting="STORAGES", value=settings.STORAGES, enter=True)

if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Without a name Django would take a database in memory, which no other process or live server reaches.
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(settings.VAR_DIR / "tests.sqlite3")
    # No test pulls the plug, so none has to wait for the disk.
    settings.DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )

_flush = Flush.handle


def _flush_all(self: Flush, **options: object) -> object:
    """A test that commits is cleared away by emptying all tables, which is what the guards are against.
    The signal that follows puts them back."""
    for guards in triggers.KEPT.values():
        triggers.remove(guards, connections[str(options["database"])])
    return _flush(self, **options)


Flush.handle = _flush_all  # type: ignore[method-assign]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asks = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(item.fixturenames)  # type: ignore[attr-defined]
        if not asks:
            item.add_marker(pytest.mark.one_database)


@pytest.fixture(autouse=True)
def _nothing_left_over() -> Iterator[None]:
    with translation.override("en"):
        yield
    cache.clear()


@pytest.fixture
def person_with(db: None) -> Callable[..., User]:
    """`person_with("Editor", "aida")`: somebody who may log in and has that role ("" for none)."""

    def made(role: str, username: str = "") -> User:
        user = User.objects.create(username=username or role.lower().replace(" ", "-"), is_staff=True)
        if role:
            user.groups.add(Group.objects.get(name=role))
        return user

    return made


@pytest.fixture
def author(person_with: Callable[..., User]) -> User:
    return person_with(roles.AUTHOR)


@pytest.fixture
def other_author(person_with: Callable[..., User]) -> User:
    return person_with(roles.AUTHOR, "other-author")


@pytest.fixture
def translator(person_with: Callable[..., User]) -> User:
    return person_with(roles.TRANSLATOR)


@pytest.fixture
def editor(person_with: Callable[..., User]) -> User:
    return person_with(roles.EDITOR)


@pytest.fixture
def other_editor(person_with: Callable[..., User]) -> User:
    return person_with(roles.EDITOR, "other-editor")


@pytest.fixture
def chief(person_with: Callable[..., User]) -> User:
    return person_with(roles.CHIEF_EDITOR)


@pytest.fixture
def stranger(person_with: Callable[..., User]) -> User:
    """Somebody with a log-in and no role."""
    return person_with("", "stranger")


@pytest.fixture
def reader() -> Client:
    """Somebody of the public."""
    return Client()


@pytest.fixture
def logged_in() -> Callable[[User], Client]:
    def client_of(user: User) -> Client:
        client = Client()
        sign_in(client, user)
        return client

    return client_of
