"""Two people and one release at the same second."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.releases.models import Release
from tests.articles.test_concurrency import _roles_again, at_once  # noqa: F401 — a fixture
from tests.makers import make_edition, somebody
from tests.releases.test_steps import make_release

pytestmark = pytest.mark.django_db(transaction=True)

AHEAD = timezone.now() + timedelta(days=2)


def test_only_one_of_two_moments_is_chosen_and_every_part_has_it() -> None:
    release = make_release(make_edition(state="approved"), make_edition(state="approved"))
    one, other = somebody(roles.EDITOR).pk, somebody(roles.CHIEF_EDITOR).pk

    def schedule(by: int, days: int) -> None:
        moment = AHEAD + timedelta(days=days)
        Release.objects.get(pk=release.pk).publish(by=User.objects.get(pk=by), at=moment)

    at_once(lambda: schedule(one, 1), lambda: schedule(other, 2))

    release.refresh_from_db()
    assert release.live_from in {AHEAD + timedelta(days=1), AHEAD + timedelta(days=2)}
    assert set(Edition.objects.values_list("live_from", flat=True)) == {release.live_from}


def test_a_part_that_somebody_publishes_meanwhile_goes_out_once() -> None:
    edition, other = make_edition(state="approved"), make_edition(state="approved")
    release = make_release(edition, other)
    chief, editor = somebody(roles.CHIEF_EDITOR).pk, somebody(roles.EDITOR).pk

    came_of_it = at_once(
        lambda: Release.objects.get(pk=release.pk).publish(by=User.objects.get(pk=chief), at=AHEAD),
        lambda: Edition.objects.get(pk=edition.pk).publish(by=User.objects.get(pk=editor)),
    )

    assert came_of_it["done"] == 1
    release.refresh_from_db()
    published = Edition.objects.published().count()
    assert published == (2 if release.live_from else 1)
