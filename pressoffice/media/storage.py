"""Where the files lie. No address leads there: only views.py hands a file out."""

import secrets
from typing import cast

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.utils.functional import LazyObject


class Library(LazyObject):
    """The storage named "media" where the settings have one, else the default one."""

    def _setup(self) -> None:
        self._wrapped = storages["media" if "media" in settings.STORAGES else "default"]


library = Library()


def private_library() -> Storage:
    """Named in migrations, so that they do not hold the settings of one machine."""
    return cast("Storage", library)


def random_name(folder: str, extension: str) -> str:
    """Says nothing of what was uploaded, and is not the token that addresses carry."""
    name = secrets.token_hex(16)
    return f"{folder}/{name[:2]}/{name}.{extension}"
