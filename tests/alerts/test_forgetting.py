"""Nothing stays of whoever left, or never came."""

from datetime import timedelta

import pytest

from pressoffice.alerts import signing_up
from pressoffice.alerts.models import Subscriber, Subscription, Told
from pressoffice.publishing import moment

from .test_signing_up import sign_up
from .test_telling import ANNA, BEN, publish

pytestmark = pytest.mark.django_db


def test_the_address_of_whoever_left_is_forgotten_after_28_days(follow, post_office, work):
    anna, _ben = follow(ANNA), follow(BEN)
    publish()
    work()
    signing_up.leave(anna.leave_key)
    left_at = moment.now()

    work(left_at + timedelta(days=27))
    before = Subscriber.objects.filter(pk=anna.pk).exists()
    work(left_at + timedelta(days=29, hours=1))

    assert before
    assert [each.email for each in Subscriber.objects.all()] == [BEN]
    assert [each.subscriber.email for each in Told.objects.all()] == [BEN]


def test_what_nobody_confirms_is_forgotten_after_seven_days(follow, post_office, work):
    follow(BEN)
    sign_up(ANNA)
    now = moment.now()

    work(now + timedelta(days=6))
    before = Subscription.objects.count()
    work(now + timedelta(days=9))

    assert before == 2
    assert [each.email for each in Subscriber.objects.all()] == [BEN]


def test_whoever_stays_stays(follow, work):
    follow(ANNA)

    for days in range(0, 60, 5):
        work(moment.now() + timedelta(days=days))

    assert Subscriber.objects.reached().count() == 1
