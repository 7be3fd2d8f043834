import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

PRODUCTION = "This command is for one's own machine; for production see docs/operations.md."


class Command(BaseCommand):
    help = "Bring database and static files up to date, serve the site on this machine, and run the worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if settings.IN_PRODUCTION:
            raise CommandError(PRODUCTION)
        call_command("migrate", verbosity=0)
        self._collect_static()
        if settings.PRESSOFFICE_MODE == "demo":
            call_command("load_demo", stdout=self.stdout)
        self._say_where(port)
        sys.stdout.flush()
        # gunicorn takes this process over and with it the child, which stops with it.
        subprocess.Popen([sys.executable, "manage.py", "worker", "--as-child"], cwd=settings.BASE_DIR)
        os.execv(  # noqa: S606 — our own interpreter, no shell
            sys.executable,
            [
                sys.executable,
                "-m",
                "gunicorn",
                "pressoffice.wsgi",
                "--config",
                "python:pressoffice.gunicorn_settings",
                "--bind",
                f"127.0.0.1:{port}",
                "--log-level",
                "warning",
            ],  # fmt: skip
        )

    def _collect_static(self) -> None:
        """Only when a file is newer than the last collection: it takes seconds."""
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        found = (each for finder in get_finders() for each in finder.list(ignore_patterns=[]))
        files = [Path(storage.path(name)) for name, storage in found]
        newest = max(path.stat().st_mtime for path in files)
        # The number too: a file that goes leaves nothing newer behind.
        state = f"{newest} {len(files)}"
        if not stamp.exists() or stamp.read_text() != state:
            self.stdout.write("Collecting static files …")
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(state)

    def _say_where(self, port: int) -> None:
        address = f"http://127.0.0.1:{port}"
        lines = ["", f"  The site    {address}/", f"  The admin   {address}/admin/"]
        if settings.PRESSOFFICE_MODE == "demo":
            from pressoffice.demo import loader

            lines += ["", "  Log in as author, translator, editor or chief;"]
            lines += [f"  the password is {loader.PASSWORD}"]
            lines += ["", f"  E-mails are files in {settings.EMAIL_FILE_PATH}"]
        elif not get_user_model().objects.exists():
            lines += ["", "  Nobody can log in yet. Make the first person:", "  make person"]
        self.stdout.write("\n".join([*lines, "", "  Ctrl+C stops it.", ""]))
