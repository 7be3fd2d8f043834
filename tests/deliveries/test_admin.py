"""Operators see what waits and what failed, and let what failed be tried again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.steps import StepRefused
from tests.makers import sign_in, somebody

pytestmark = pytest.mark.django_db

LIST = "admin:deliveries_delivery_changelist"


def make_delivery(key: str = "ping:1", state: str = "failed", *, minutes: int = 1) -> Delivery:
    at = timezone.now() - timedelta(minutes=minutes)
    return Delivery.objects.create(
        key=key,
        kind="ping",
        state=state,
        due_at=at,
        next_try_at=at,
        created_at=at,
        attempts=15 if state == "failed" else 0,
        last_error="The hub answers 500." if state == "failed" else "",
        done_at=None if state == "waiting" else at,
    )


@pytest.fixture
def desk() -> Callable[[User], Client]:
    def opened(user: User) -> Client:
        client = Client()
        client.cookies["django_language"] = "en"
        sign_in(client, user)
        return client

    return opened


def ask_again(client: Client, *deliveries: Delivery) -> str:
    chosen = {"action": "try_again", "_selected_action": [str(each.pk) for each in deliveries]}
    return client.post(reverse(LIST), chosen, follow=True).content.decode()


def test_a_chief_editor_lets_what_failed_be_tried_again(desk: Callable[[User], Client]) -> None:
    failed, done = make_delivery(), make_delivery("ping:2", "done")
    chief = somebody(roles.CHIEF_EDITOR)
    client = desk(chief)
    shown = client.get(reverse(LIST)).content.decode()
    assert "The hub answers 500." in shown
    assert "no worker is running" not in shown

    page = ask_again(client, failed, done)

    assert "1 is tried again." in page
    failed.refresh_from_db()
    done.refresh_from_db()
    assert (failed.state, failed.attempts, failed.done_at, done.state) == ("waiting", 0, None, "done")
    assert Delivery.objects.due().get() == failed
    entry = AuditEntry.objects.about(failed).get()
    assert (entry.step, entry.from_state, entry.to_state, entry.by) == (
        "try_again",
        "failed",
        "waiting",
        chief,
    )


def test_where_nothing_failed_the_list_says_so(desk: Callable[[User], Client]) -> None:
    done = make_delivery(state="done")

    page = ask_again(desk(somebody(roles.CHIEF_EDITOR)), done)

    assert "None of these has failed." in page


def test_others_neither_see_the_list_nor_try_again(desk: Callable[[User], Client]) -> None:
    failed = make_delivery()
    editor = somebody(roles.EDITOR)
    client = desk(editor)

    assert client.get(reverse(LIST)).status_code == 403
    ask_again(client, failed)
    with pytest.raises(StepRefused):
        Delivery.objects.all().try_again(by=editor)

    failed.refresh_from_db()
    assert failed.state == "failed"


def test_nobody_writes_or_deletes_deliveries_by_hand(desk: Callable[[User], Client]) -> None:
    failed = make_delivery()
    root = User.objects.create(username="root", is_staff=True, is_superuser=True)
    client = desk(root)

    assert client.get(reverse("admin:deliveries_delivery_add")).status_code == 403
    for page in ("change", "delete"):
        address = reverse(f"admin:deliveries_delivery_{page}", args=[failed.pk])
        assert client.post(address, {"post": "yes", "state": "done"}).status_code == 403


def test_the_list_says_when_no_worker_runs(desk: Callable[[User], Client]) -> None:
    make_delivery(state="waiting", minutes=11)

    page = desk(somebody(roles.CHIEF_EDITOR)).get(reverse(LIST)).content.decode()

    assert "no worker is running" in page
