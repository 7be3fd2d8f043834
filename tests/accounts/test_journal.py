from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pressoffice.accounts.models import LogInEntry, User
from pressoffice.publishing.models import AppendOnly
from tests.accounts.conftest import give_password
from tests.makers import sign_in

Browser = Callable[[], Client]
LIST = reverse("admin:accounts_loginentry_changelist")


@pytest.fixture
def entry(editor: User) -> LogInEntry:
    return LogInEntry.objects.create(
        at=timezone.now(), what=LogInEntry.What.CODE_FAILED, user=editor, address="192.0.2.7"
    )


def test_entries_are_only_ever_added(entry: LogInEntry) -> None:
    for change in (
        entry.save,
        entry.delete,
        LogInEntry.objects.all().delete,
        lambda: LogInEntry.objects.update(what=LogInEntry.What.LOGGED_IN),
        lambda: LogInEntry.objects.bulk_update([entry], ["what"]),
    ):
        with pytest.raises(AppendOnly):
            change()


def test_an_administrator_reads_all_and_writes_nothing(
    entry: LogInEntry, root: User, browser: Browser
) -> None:
    client = browser()
    sign_in(client, root)

    page = client.get(LIST, {"what__exact": "code_failed"}).content.decode()

    assert "Wrong code" in page
    assert "192.0.2.7" in page
    address = reverse("admin:accounts_loginentry_change", args=[entry.pk])
    assert client.post(address, {"what": "logged_in"}).status_code == 403
    assert client.get(reverse("admin:accounts_loginentry_add")).status_code == 403
    assert client.post(reverse("admin:accounts_loginentry_delete", args=[entry.pk])).status_code == 403


def test_others_read_their_own_alone(entry: LogInEntry, author: User, editor: User, browser: Browser) -> None:
    theirs, own = browser(), browser()
    sign_in(theirs, author)
    sign_in(own, editor)

    assert theirs.get(LIST).status_code == 403
    assert "192.0.2.7" not in theirs.get(reverse("admin:account")).content.decode()
    assert "192.0.2.7" in own.get(reverse("admin:account")).content.decode()


def test_the_list_costs_the_same_with_many(
    root: User, editor: User, browser: Browser, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client = browser()
    sign_in(client, root)
    for _each in range(30):
        LogInEntry.objects.create(at=timezone.now(), what=LogInEntry.What.LOGGED_IN, user=editor, by=root)

    with django_assert_max_num_queries(8):
        assert client.get(LIST).status_code == 200


def test_failures_name_the_person_but_not_what_was_typed(editor: User, browser: Browser) -> None:
    give_password(browser(), editor, "wrong")

    entry = LogInEntry.objects.get()

    assert (entry.what, entry.user, entry.detail) == (LogInEntry.What.FAILED, editor, "")
    assert entry.address == "127.0.0.1"
