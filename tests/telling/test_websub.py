"""Hubs are told of exactly the feeds that name them, once for what changes together."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pressoffice.accounts import roles
from pressoffice.deliveries import effects, worker
from pressoffice.deliveries.models import Delivery
from pressoffice.directory.models import Organisation
from pressoffice.publishing import moment
from pressoffice.publishing.pages import FEED_FORMATS, in_format
from pressoffice.telling import websub
from pressoffice.telling.occasions import Occasion
from projects.models import Participation, Project
from tests.channels import under
from tests.makers import (
    body_about,
    in_three,
    make_country,
    make_edition,
    make_event,
    make_person,
    make_project,
    make_statement,
    make_topic,
    somebody,
)

from .hubs import Hub

pytestmark = pytest.mark.django_db

T = timezone.now().replace(microsecond=0)
NEXT_DAY = T + timedelta(days=1)


@pytest.fixture
def hub(settings: Any) -> Iterator[Hub]:
    hub = Hub()
    settings.WEBSUB_HUBS = [hub.address]
    settings.PRESSOFFICE_ADDRESS = "https://press.example"
    yield hub
    hub.stop()


def work(at: Any) -> None:
    with moment.fixed(at):
        while worker.turn():
            pass


def road() -> Project:
    """A public project with a country and an organisation in it."""
    project = make_project("road")
    organisation = Organisation.objects.create(**in_three("name", "Ministry"), country=make_country("KZ"))
    Participation.objects.create(project=project, organisation=organisation, role="funding")
    Participation.objects.create(project=project, country=make_country("UZ"), role="implementing")
    return project


def text_of(project: Project, **how: Any) -> Any:
    statement = make_statement(
        kind="interview",
        topics=[make_topic("Water")],
        countries=[make_country("KG")],
        speakers=[make_person("Aida")],
        original_language="ru",
    )
    return make_edition(statement=statement, body=body_about(project), **how)


def occasion_of(edition: Any) -> Occasion:
    return Occasion("new", "statement", edition.statement_id, edition.live_from, "ru", edition.pk)


def test_a_text_pings_its_feeds_in_every_format_once_it_is_public(hub: Hub) -> None:
    text_of(road(), state="scheduled", at=NEXT_DAY)
    work(NEXT_DAY - timedelta(seconds=1))
    assert hub.asked == []
    assert not Delivery.objects.filter(kind="websub").exists()

    work(NEXT_DAY)
    work(NEXT_DAY + timedelta(seconds=websub.TOGETHER))

    feeds = hub.feeds()
    assert len(feeds) == len(set(feeds))
    in_each_format = {in_format(feed, form) for feed in feeds if ".rss" in feed for form in FEED_FORMATS}
    assert set(feeds) == in_each_format
    own = "/ru/statements/feed.rss"
    assert {feed for feed in feeds if feed.startswith(own)} == {
        own,
        f"{own}?kind=interview",
        f"{own}?topic=water",
        f"{own}?country=KG",
        f"{own}?speaker=aida",
    }
    organisation = Organisation.objects.get()
    assert {
        "/ru/feed.rss",
        "/ru/feed.atom",
        "/ru/feed.json",
        "/ru/projects/road/feed.rss",
        "/ru/countries/kg/feed.rss",
        "/ky/countries/kz/feed.rss",
        "/en/countries/uz/feed.rss",
        f"/en/organisations/{organisation.pk}/feed.rss",
        "/ky/promises/feed.rss",
        "/en/projects/feed.rss",
    } <= set(feeds)
    assert not {feed for feed in feeds if feed.startswith(("/ky/statements", "/en/statements", "/ky/events"))}


def test_every_feed_that_is_pinged_is_there_and_names_itself_and_the_hub(hub: Hub) -> None:
    edition = text_of(road())
    event = make_event("visit")
    event.countries.add(make_country("UZ"))
    feeds = websub.feeds_of(occasion_of(edition)) | websub.feeds_of(
        Occasion("new", "event", event.pk, event.live_from)
    )

    for feed in feeds:
        parsed = feedparser.parse(Client().get(feed).content)
        links = {link.rel: link.href for link in parsed.feed.links}
        assert links["self"] == f"https://press.example{feed}"
        assert links["hub"] == hub.address


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("articles:feed", "topic=water&kind=interview"),
        ("articles:feed", "year=2026"),
        ("articles:feed", "topic=unknown"),
        ("events:feed", "kind=visit"),
        ("projects:feed", "sector=transport"),
    ],
)
def test_a_feed_that_nobody_pings_names_no_hub(hub: Hub, name: str, query: str) -> None:
    text_of(road())
    make_event("visit")

    answer = Client().get(under("ru", name, query=query))

    assert answer.status_code == 200
    assert hub.address not in answer.content.decode()
    whole = Client().get(under("ru", name))
    assert hub.address in whole.content.decode()


def test_older_pages_of_a_feed_name_no_hub(hub: Hub) -> None:
    for _each in range(21):
        make_edition(language="ru")

    first, second = (
        json.loads(Client().get(under("ru", "articles:feed-in", "json", query=f"page={page}")).content)
        for page in (1, 2)
    )

    assert first["hubs"]
    assert not second.get("hubs")


def test_what_goes_out_together_pings_a_feed_once(hub: Hub) -> None:
    make_edition(state="scheduled", language="ru", at=NEXT_DAY)
    make_edition(state="scheduled", language="ru", at=NEXT_DAY)

    work(NEXT_DAY)
    work(NEXT_DAY + timedelta(seconds=websub.TOGETHER))
    assert hub.feeds().count("/ru/feed.rss") == 1

    make_edition(state="scheduled", language="ru", at=NEXT_DAY + timedelta(minutes=1))
    work(NEXT_DAY + timedelta(minutes=1))
    work(NEXT_DAY + timedelta(minutes=1, seconds=websub.TOGETHER))
    assert hub.feeds().count("/ru/feed.rss") == 2


@pytest.mark.parametrize("step", ["withdraw", "remove"])
def test_what_is_taken_down_pings_the_feeds_it_was_in(hub: Hub, step: str) -> None:
    edition = text_of(road(), at=T - timedelta(days=20))
    getattr(edition, step)(by=somebody(roles.CHIEF_EDITOR), reason="The figures were wrong.")

    work(NEXT_DAY)
    work(NEXT_DAY + timedelta(minutes=1))

    assert {"/ru/statements/feed.rss?topic=water", "/ru/projects/road/feed.rss"} <= set(hub.feeds())


def test_a_project_that_only_the_next_edition_names_is_not_pinged(hub: Hub) -> None:
    edition = make_edition(language="ru", at=T - timedelta(days=20))
    coming = make_project("coming")
    make_edition(statement=edition.statement, body=body_about(coming), state="scheduled", at=NEXT_DAY)

    assert not {feed for feed in websub.feeds_of(occasion_of(edition)) if "coming" in feed}
    with moment.fixed(NEXT_DAY):
        assert "/ru/projects/coming/feed.rss" in websub.feeds_of(occasion_of(edition))


def test_without_a_hub_nothing_is_asked_for(settings: Any) -> None:
    settings.WEBSUB_HUBS = []
    make_edition(state="scheduled", at=NEXT_DAY)

    work(NEXT_DAY)

    assert not Delivery.objects.filter(kind="websub").exists()


def a_ping(hub: Hub, feed: str = "/ru/feed.rss", *, attempts: int = 0) -> Delivery:
    return Delivery.objects.create(
        key=f"websub:{feed}",
        kind="websub",
        payload={"hub": hub.address, "feed": feed},
        due_at=T,
        next_try_at=T,
        created_at=T,
        attempts=attempts,
    )


@pytest.mark.parametrize("answer", [500, 503, 429])
def test_a_hub_that_is_not_well_is_asked_again_and_its_other_feeds_wait(hub: Hub, answer: int) -> None:
    hub.answer = answer
    first, second = a_ping(hub), a_ping(hub, "/ky/feed.rss")

    work(T)

    assert len(hub.asked) == 1
    for ping in (first, second):
        ping.refresh_from_db()
        assert (ping.state, ping.next_try_at) == ("waiting", T + timedelta(minutes=1))
        assert ping.last_error == f"The hub answers {answer}."

    hub.answer = 202
    work(T + timedelta(minutes=1))
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.parametrize("answer", [302, 404])
def test_a_hub_that_does_not_want_a_feed_is_asked_for_a_day_and_then_left_alone(
    hub: Hub, answer: int
) -> None:
    hub.answer = answer
    first, second = a_ping(hub), a_ping(hub, "/ky/feed.rss", attempts=effects.ATTEMPTS - 1)

    work(T)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.next_try_at) == ("waiting", T + timedelta(minutes=1))
    assert (second.state, second.last_error) == ("dropped", f"The hub answers {answer}.")


def test_a_hub_that_is_gone_is_asked_again_for_a_day(hub: Hub) -> None:
    ping = a_ping(hub)
    hub.stop()

    work(T)

    ping.refresh_from_db()
    assert ping.state == "waiting"
    assert ping.last_error == "The hub does not answer: URLError."
    work(T + timedelta(days=1, seconds=1))
    ping.refresh_from_db()
    assert ping.state == "dropped"


def test_a_hub_that_the_settings_no_longer_name_is_not_asked(hub: Hub, settings: Any) -> None:
    ping = a_ping(hub)
    settings.WEBSUB_HUBS = []

    work(T)

    ping.refresh_from_db()
    assert (ping.state, hub.asked) == ("dropped", [])


def test_finding_the_feeds_of_a_text_costs_few_queries(
    hub: Hub, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    occasion = occasion_of(text_of(road()))

    with django_assert_max_num_queries(6):
        websub.feeds_of(occasion)
