import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from pressoffice.deliveries import worker

# How long after its moment something may have to wait for a look, in seconds; also how long a stop may take.
BETWEEN_LOOKS = 2
BETWEEN_CLEANINGS = 3600


class Command(BaseCommand):
    help = "Do what became due: alerts, pings. Runs until it is stopped; with --once until nothing is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is due (for cron)")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        self.stopping = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        if once:
            done = self._until_nothing_is_due()
            worker.forget()
            self.stdout.write(f"{done} done.")
            return
        cleaned = 0.0
        while not self.stopping:
            close_old_connections()
            self._until_nothing_is_due()
            if time.monotonic() - cleaned > BETWEEN_CLEANINGS and not self.stopping:
                worker.forget()
                cleaned = time.monotonic()
            if not self.stopping:
                time.sleep(BETWEEN_LOOKS)

    def _until_nothing_is_due(self) -> int:
        done = 0
        while not self.stopping and worker.turn():
            done += 1
        return done

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """What is in hand is finished first."""
        self.stopping = True
