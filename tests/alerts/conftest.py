"""A real mail server on this machine, and somebody who reads what it takes."""

import asyncio
import email
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from pressoffice.alerts.models import Subscriber
from pressoffice.deliveries import worker
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment
from tests.channels import under


@dataclass
class Taken:
    sender: str
    to: list[str]
    message: EmailMessage

    def part(self, kind: str) -> str:
        found = self.message.get_body((kind,))
        return found.get_content() if found is not None else ""

    @property
    def subject(self) -> str:
        return str(self.message["Subject"]).strip()  # a folded line begins with a blank

    def link(self, word: str) -> str:
        """The path of the link with this word in it."""
        found = re.search(rf"https://press\.example(/\S*{word}/\S+)", self.part("plain"))
        assert found, self.part("plain")
        return found[1]


@dataclass
class PostOffice:
    """Takes what comes; `answers` by address: what it says instead."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    answer_to_data: str = "250 taken"
    may_answer: threading.Event = field(default_factory=threading.Event)
    has_one: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_answer.set()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 good"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer_to_data.startswith("2"):
            message = email.message_from_bytes(envelope.content, policy=default)
            self.taken.append(Taken(envelope.mail_from, list(envelope.rcpt_tos), message))  # type: ignore[arg-type]
            self.has_one.set()
            while not self.may_answer.is_set():
                await asyncio.sleep(0.01)
        return self.answer_to_data

    def to(self, address: str) -> list[Taken]:
        return [each for each in self.taken if each.to == [address]]

    @property
    def subjects(self) -> list[str]:
        return [each.subject for each in self.taken]


@pytest.fixture
def post_office(settings: Any) -> Iterator[PostOffice]:
    office = PostOffice()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.PRESSOFFICE_MAIL_FROM = "press@press.example"
    settings.PRESSOFFICE_ALERTS = True
    settings.PRESSOFFICE_ALERTS_PER_MINUTE = 10_000
    yield office
    controller.stop()


Work = Callable[..., int]


@pytest.fixture
def work(db: None) -> Work:
    """`work(at=…)`: as `manage.py worker --once` at that moment (default: now)."""

    def done(at: Any = None) -> int:
        begin, number = at or moment.now(), 0
        # A second time for those that leave in a row, a hair's breadth later each.
        for now in (begin, begin + timedelta(milliseconds=100)):
            with moment.fixed(now):
                while worker.turn():
                    number += 1
        return number

    return done


@pytest.fixture
def follow(post_office: PostOffice, work: Work) -> Callable[..., Subscriber]:
    """`follow("anna@reader.example", "statements", query="kind=speech")`: somebody signs up, gets the letter
    and presses the button. What the server took for it is put aside."""

    def followed(
        address: str,
        what: str = "statements",
        *about: str,
        language: str = "ru",
        query: str = "",
        frequency: str = "at_once",
    ) -> Subscriber:
        before = len(post_office.taken)
        page = under(language, "alerts:sign-up", what, *about, query=query)
        asked = Client().post(page, {"email": address, "frequency": frequency})
        assert asked.status_code == 200, asked.content.decode()
        work()
        (letter,) = post_office.taken[before:]
        assert Client().post(letter.link("confirm")).status_code == 200
        del post_office.taken[before:]
        return Subscriber.objects.at(address).get()

    return followed


@pytest.fixture
def ledger() -> Callable[[str], list[str]]:
    """States of the deliveries of a kind, in their order."""
    return lambda kind: list(
        Delivery.objects.filter(kind=kind).order_by("pk").values_list("state", flat=True)
    )
