"""Asking for an effect: once for each key, with the transaction it is asked in, or not at all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pressoffice.deliveries import outbox
from pressoffice.deliveries.models import Delivery
from pressoffice.deliveries.outbox import Asked

pytestmark = pytest.mark.django_db


def test_what_is_asked_for_waits_until_its_moment(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    tomorrow = timezone.now() + timedelta(days=1)

    with django_assert_num_queries(1):
        is_new = outbox.put("mail", "mail:1", due_at=tomorrow, subscription=5)

    assert is_new
    delivery = Delivery.objects.get()
    assert (delivery.kind, delivery.payload, delivery.state) == ("mail", {"subscription": 5}, "waiting")
    assert delivery.due_at == delivery.next_try_at == tomorrow
    assert not Delivery.objects.due().exists()
    assert Delivery.objects.due(tomorrow).exists()


def test_a_key_that_is_there_is_left_as_it_is_and_breaks_no_transaction() -> None:
    outbox.put("mail", "mail:1", subscription=5)

    with transaction.atomic():
        is_new = outbox.put("mail", "mail:1", subscription=6)
        Delivery.objects.count()  # PostgreSQL refuses every query in a broken transaction

    assert not is_new
    assert Delivery.objects.get().payload == {"subscription": 5}


def test_what_is_taken_back_asks_for_nothing() -> None:
    with transaction.atomic():
        outbox.put("mail", "mail:1")
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()


def test_a_thousand_are_asked_for_in_a_few_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    outbox.put("mail", "mail:7", subscription=0)

    # PostgreSQL takes five hundred at a time, SQLite ninety.
    with django_assert_max_num_queries(20):
        outbox.put_many("mail", (Asked(f"mail:{each}", {"subscription": each}) for each in range(1000)))

    assert Delivery.objects.count() == 1000
    assert Delivery.objects.get(key="mail:7").payload == {"subscription": 0}


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"state": "waiting", "done_at": timezone.now()},
        {"state": "failed", "done_at": timezone.now(), "claimed_until": timezone.now()},
        {"kind": ""},
        {"key": ""},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong: dict) -> None:
    now = timezone.now()
    facts = {"key": "mail:1", "kind": "mail", "due_at": now, "next_try_at": now, "created_at": now}

    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(**{**facts, **wrong})
