"""When a thing is public: one predicate, as a query and for the row in hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from articles.models import Edition
from pressoffice.publishing import moment
from pressoffice.publishing.periods import FAR_FUTURE, Standing
from pressoffice.publishing.steps import StepRefused
from pressoffice.publishing.time_travel import OneMomentPerRequest
from tests.makers import make_edition, make_event, make_project

pytestmark = pytest.mark.django_db
T = datetime(2026, 3, 29, 18, 0, tzinfo=UTC)
SHORTLY = timedelta(microseconds=1)


@pytest.mark.parametrize(
    "state", ["draft", "approved", "scheduled", "live", "superseded", "withdrawn", "removed"]
)
@pytest.mark.parametrize("offset", [-timedelta(days=1), -SHORTLY, timedelta(0), SHORTLY, timedelta(days=5)])
def test_the_row_in_hand_and_the_query_agree(state, offset):
    now = T - timedelta(days=2) if state == "scheduled" else T + timedelta(days=9)
    with moment.fixed(now):
        edition = make_edition(state=state, at=T)
    at = T + offset

    assert edition.is_live(at) == Edition.objects.live(at).filter(pk=edition.pk).exists()
    with moment.fixed(at):
        assert edition.is_live() == Edition.objects.live().filter(pk=edition.pk).exists()
        assert edition.is_scheduled() == Edition.objects.scheduled().filter(pk=edition.pk).exists() or (
            edition.standing == Standing.REMOVED
        )


def test_at_every_moment_at_most_one_edition_is_live():
    with moment.fixed(T + timedelta(days=30)):
        first = make_edition(state="superseded", at=T)
    second = first.successors.get()

    for at, expected in [
        (T - SHORTLY, []),
        (T, [first]),
        (second.live_from - SHORTLY, [first]),
        (second.live_from, [second]),
        (FAR_FUTURE - SHORTLY, [second]),
    ]:
        assert list(Edition.objects.live(at)) == expected
    assert list(Edition.objects.ended(second.live_from)) == [first]
    assert list(Edition.objects.ended(second.live_from - SHORTLY)) == []


@pytest.mark.parametrize("zone", ["Asia/Bishkek", "Asia/Almaty", "UTC", "Pacific/Kiritimati"])
def test_a_moment_is_the_same_in_every_zone(zone):
    project = make_project(at=T)

    for offset in (-SHORTLY, timedelta(0)):
        at = (T + offset).astimezone(ZoneInfo(zone))
        assert project.is_live(at) == type(project).objects.live(at).exists() == (offset == timedelta(0))


def test_a_moment_needs_a_zone():
    with pytest.raises(ValueError, match="time zone"), moment.fixed(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_a_request_has_one_moment():
    seen = []

    def view(request):
        seen.extend([moment.now(), moment.now()])
        return HttpResponse()

    OneMomentPerRequest(view)(RequestFactory().get("/"))

    assert seen[0] == seen[1]


def test_what_was_public_is_never_deleted():
    for row in (make_project(), make_event(), make_event(state="cancelled"), make_project(state="removed")):
        with pytest.raises(StepRefused):
            row.delete()
        with pytest.raises(StepRefused):
            type(row).objects.filter(pk=row.pk).delete()
    make_event(state="draft").delete()
