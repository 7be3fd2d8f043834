from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from pressoffice.accounts.models import User

PASSWORD = "a long pass phrase"


@pytest.fixture(autouse=True)
def _fast_passwords(settings: object) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def editor(editor: User) -> User:
    editor.set_password(PASSWORD)
    editor.save(update_fields=["password"])
    return editor


@pytest.fixture
def root(db: None) -> User:
    """An administrator."""
    root = User(username="root", is_staff=True, is_superuser=True)
    root.set_password(PASSWORD)
    root.save()
    return root


@pytest.fixture
def browser() -> Callable[[], Client]:
    """Another browser that reads English."""

    def opened() -> Client:
        client = Client()
        client.cookies["django_language"] = "en"
        return client

    return opened


def give_password(client: Client, user: User, password: str = PASSWORD, **more: str) -> str:
    """The address that the log-in leads to; empty if it does not let on."""
    answer = client.post(reverse("admin:login"), {"username": user.username, "password": password, **more})
    return answer.headers.get("Location", "")


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200
