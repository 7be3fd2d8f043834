from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.utils.functional import empty

from pressoffice.accounts.models import User
from pressoffice.directory.models import Topic
from pressoffice.media import pictures, uses
from pressoffice.media.intake import take_document, take_image
from pressoffice.media.models import Document, Image
from pressoffice.media.storage import library

from . import files


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A storage of its own for each test, found by the library anew."""
    folder = tmp_path / "library"
    settings.STORAGES = {
        **settings.STORAGES,
        "media": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder), "base_url": None},
        },
    }
    library._wrapped = empty
    yield folder
    library._wrapped = empty


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Larger AVIF files, made sooner."""
    monkeypatch.setattr(pictures, "AVIF_SPEED", 10)


@pytest.fixture(autouse=True)
def shown_by_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a topic shows the file whose token is its slug; with "draft-" before it, as a draft."""
    monkeypatch.setattr(uses, "_uses", {})
    uses.register(
        "topics",
        lambda item: Topic.objects.filter(slug=item.token),
        lambda item: Topic.objects.filter(slug__in=[item.token, f"draft-{item.token}"]),
    )
    uses.register("nothing", lambda item: Topic.objects.none(), lambda item: Topic.objects.none())


def publish(item: Image | Document) -> Topic:
    return Topic.objects.create(slug=item.token, name_ky="а", name_ru="б", name_en="a topic that is public")


def _person(username: str, *permissions: str) -> User:
    person = User.objects.create(username=username, is_staff=True)
    person.user_permissions.set(
        Permission.objects.filter(
            content_type__app_label__in=["media", "directory"], codename__in=permissions
        )
    )
    return person


@pytest.fixture
def author(db: None) -> User:
    return _person(
        "author",
        *(
            f"{verb}_{thing}"
            for verb in ("view", "add", "change", "delete")
            for thing in ("image", "document")
        ),
        "view_topic",
    )


@pytest.fixture
def onlooker(db: None) -> User:
    """May sign in to the admin, and nothing else."""
    return _person("onlooker")


ALT = {"ky": "Көл", "ru": "Озеро", "en": "A lake"}


@pytest.fixture
def make_image(author: User) -> Callable[..., Image]:
    def make(content: bytes | None = None, **fields: Any) -> Image:
        if content is None:
            # Each call another picture: the library takes none twice.
            content = files.jpeg(600 + Image.objects.count(), 400)
        return take_image(BytesIO(content), **{"by": author, "title": "Lake", "alt": ALT, **fields})

    return make


@pytest.fixture
def make_document(author: User) -> Callable[..., Document]:
    def make(content: bytes | None = None, **fields: Any) -> Document:
        titles = {"ky": "Макулдашуу", "ru": "Соглашение", "en": "Agreement"}
        return take_document(BytesIO(content or files.pdf()), **{"by": author, "title": titles, **fields})

    return make
