"""What the office did is told when readers can see it: not before, not twice, not what no longer holds."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from pressoffice.accounts import roles
from pressoffice.deliveries import worker
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment
from pressoffice.telling import occasions
from pressoffice.telling.occasions import Occasion
from tests.makers import make_edition, somebody

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SOON = NOW + timedelta(hours=1)
LATER = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def told() -> Iterator[list[Occasion]]:
    """Every occasion that followers were told of."""
    heard: list[Occasion] = []
    before = list(occasions.followers)
    occasions.followers[:] = [heard.append]
    yield heard
    occasions.followers[:] = before


def work(at: datetime) -> None:
    with moment.fixed(at):
        while worker.turn():
            pass


def words(heard: list[Occasion]) -> list[str]:
    return [f"{each.of} {each.change}" for each in heard]


def test_a_text_is_told_at_its_moment_and_not_before(told: list[Occasion]) -> None:
    edition = make_edition(state="scheduled", at=SOON)

    work(SOON - timedelta(seconds=1))
    assert told == []

    work(SOON)
    work(LATER)
    assert told == [Occasion("new", "statement", edition.statement_id, SOON, "ru", edition.pk)]
    with moment.fixed(LATER):
        assert told[0].load() == edition


def test_what_is_called_off_is_never_told(told: list[Occasion]) -> None:
    edition = make_edition(state="scheduled", at=SOON)
    edition.cancel_publication(by=somebody(roles.CHIEF_EDITOR))

    work(LATER)

    assert told == []
    assert Delivery.objects.get().state == Delivery.State.DROPPED


def test_what_is_put_off_is_told_at_its_new_moment_alone(told: list[Occasion]) -> None:
    chief = somebody(roles.CHIEF_EDITOR)
    edition = make_edition(state="scheduled", at=SOON)
    edition.cancel_publication(by=chief)
    edition.publish(by=chief, at=LATER)

    work(SOON)
    assert told == []

    work(LATER)
    assert [(each.change, each.at) for each in told] == [("new", LATER)]


def test_what_is_called_off_and_decided_again_is_told_once(told: list[Occasion]) -> None:
    chief = somebody(roles.CHIEF_EDITOR)
    edition = make_edition(state="scheduled", at=SOON)
    edition.cancel_publication(by=chief)
    edition.publish(by=chief, at=SOON)

    work(LATER)

    assert words(told) == ["statement new"]
