"""The press office at work, as its people's browsers see it."""

import re
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from tests.makers import sign_in


class Person:
    """Somebody with a log-in, who sees pages and presses buttons."""

    def __init__(self, username: str, role: str) -> None:
        self.user = User.objects.create(username=username, is_staff=True)
        self.user.groups.add(Group.objects.get(name=role))
        self.client = Client()
        self.client.cookies["django_language"] = "en"
        sign_in(self.client, self.user)

    def page(self, edition: Edition) -> Any:
        return self.client.get(reverse("admin:articles_edition_change", args=[edition.pk]))

    def buttons(self, edition: Edition) -> set[str]:
        found = re.findall(rf"/edition/{edition.pk}/steps/([a-z-]+)/", self.page(edition).text)
        return set(found)

    def writes(self, edition: Edition, **words: Any) -> Any:
        edition.refresh_from_db()
        sent = {
            "revision": edition.revision,
            "title": edition.title,
            "summary": edition.summary,
            "body": edition.body,
            "change_note": edition.change_note,
            **words,
        }
        answer = self.client.post(reverse("admin:articles_edition_change", args=[edition.pk]), sent)
        edition.refresh_from_db()
        return answer

    def presses(self, step: str, edition: Edition, **sent: Any) -> Any:
        """As the page in front of them has it: with the fingerprint of the text that they see."""
        edition.refresh_from_db()
        answer = self.client.post(
            reverse("admin:articles_edition_step", args=[edition.pk, step]),
            {"content_hash": edition.content_hash, **sent},
        )
        edition.refresh_from_db()
        return answer


def author(username: str = "author") -> Person:
    return Person(username, roles.AUTHOR)


def editor(username: str = "editor") -> Person:
    return Person(username, roles.EDITOR)


def chief(username: str = "chief") -> Person:
    return Person(username, roles.CHIEF_EDITOR)


def typed(at: Any) -> str:
    """A moment as people type it, Bishkek time."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def in_days(days: float) -> Any:
    return (timezone.now() + timedelta(days=days)).replace(second=0, microsecond=0)
