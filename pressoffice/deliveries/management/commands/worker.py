import os
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from pressoffice.deliveries import worker
from pressoffice.deliveries.models import Delivery

# In seconds. The first: how late something may be, and how long a stop may take.
BETWEEN_LOOKS = 2
BETWEEN_CLEANINGS = 3600


class Command(BaseCommand):
    help = "Do what became due: alerts, pings. Runs until it is stopped; any number may run."

    def add_arguments(self, parser: CommandParser) -> None:
        ways = parser.add_mutually_exclusive_group()
        ways.add_argument("--once", action="store_true", help="stop when nothing is due (for cron)")
        ways.add_argument("--status", action="store_true", help="say what waits; fails when nobody works")
        ways.add_argument(
            "--as-child", action="store_true", help="stop as soon as whoever started it is gone"
        )

    def handle(self, *args: Any, once: bool, status: bool, as_child: bool, **options: Any) -> None:
        if status:
            self._say_what_waits()
            return
        self.is_stopping = False
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            if once:
                tried = self._until_nothing_is_due()
                worker.forget()
                self.stdout.write(f"{tried} deliveries tried.")
            else:
                self._until_stopped(parent=os.getppid() if as_child else None)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _until_stopped(self, parent: int | None) -> None:
        next_cleaning = 0.0
        while not self.is_stopping and parent in (None, os.getppid()):
            close_old_connections()
            self._until_nothing_is_due()
            if time.monotonic() >= next_cleaning:
                worker.forget()
                next_cleaning = time.monotonic() + BETWEEN_CLEANINGS
            if not self.is_stopping:
                time.sleep(BETWEEN_LOOKS)

    def _until_nothing_is_due(self) -> int:
        tried = 0
        while not self.is_stopping and worker.turn():
            tried += 1
        return tried

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """What is in hand is finished first."""
        self.is_stopping = True

    def _say_what_waits(self) -> None:
        health = Delivery.objects.health()
        since = f", due since {health.due_since.isoformat()}" if health.due_since else ""
        self.stdout.write(f"{health.waiting} waiting{since}; {health.failed} failed.")
        if health.is_stuck:
            raise CommandError("Nobody takes what is due: no worker is running.")
