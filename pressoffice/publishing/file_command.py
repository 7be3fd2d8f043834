"""What commands that bring in a file have in common: who asks, the file, sentences on any terminal."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

Read = TypeVar("Read")


class FileCommand(BaseCommand):
    requires_migrations_checks = True

    def person(self, username: str) -> Any:
        by = get_user_model().objects.filter(username=username, is_active=True).first()
        if by is None:
            raise CommandError(_("There is no active user with the name “%(name)s”.") % {"name": username})
        return by

    def reading(self, name: str, read: Callable[[BinaryIO, str], Read]) -> Read:
        """What `read` makes of the file. Raises CommandError where it cannot be opened."""
        path = Path(name)
        if path.is_dir():
            raise CommandError(_("%(path)s is a directory, not a file.") % {"path": path})
        try:
            file = path.open("rb")
        except FileNotFoundError:
            raise CommandError(_("There is no file %(path)s.") % {"path": path}) from None
        except (OSError, ValueError) as problem:
            reason = getattr(problem, "strerror", None) or problem
            raise CommandError(
                _("The file %(path)s cannot be read: %(reason)s.") % {"path": path, "reason": reason}
            ) from None
        with file:
            return read(file, path.name)

    def say(self, sentence: str) -> None:
        # A terminal that cannot show Kyrgyz letters must not undo what was stored.
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        self.stdout.write(sentence.encode(encoding, "backslashreplace").decode(encoding))
