"""Pages of a feed, its links, its look in a browser, and the price of asking whether anything is new."""

import json
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest
from django.core.cache import cache
from django.test import Client

from events.models import Event
from pressoffice.accounts import roles
from pressoffice.directory.models import Organisation
from pressoffice.publishing import moment
from pressoffice.publishing.in_place import write_down
from projects.models import Participation, Project
from tests.channels import under
from tests.makers import (
    in_three,
    make_commitment,
    make_edition,
    make_event,
    make_project,
    make_topic,
    somebody,
)

from .conftest import T

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
POLLED = {
    "everything": lambda: under("ru", "feed"),
    "statements": lambda: under("ru", "articles:feed"),
    "statements of a topic, as JSON": lambda: under("ru", "articles:feed-in", "json", query="topic=water"),
    "projects": lambda: under("ru", "projects:feed"),
    "promises": lambda: under("ru", "promises:feed"),
    "events": lambda: under("ru", "events:feed-in", "atom"),
    "project": lambda: under("ru", "project-feed", "road"),
    "country": lambda: under("ru", "country-feed", "kz"),
    "hashes": lambda: under("ru", "hash-feed"),
    "calendar of events": lambda: under("ru", "events:calendar"),
    "calendar of promises": lambda: under("ru", "promises:calendar"),
    "calendar of a project": lambda: under("ru", "projects:project-calendar", "road"),
}


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def ask(address: str, at: Any, **headers: str) -> Any:
    with moment.fixed(at):
        return Client().get(address, headers=headers)


def links(address: str, at: Any = T + HOUR) -> dict[str, str]:
    parsed = feedparser.parse(ask(address, at).content)
    assert not parsed.bozo
    return {link.rel: link.href for link in parsed.feed.links if link.get("type") != "text/html"}


@pytest.mark.parametrize("name", POLLED)
def test_an_unchanged_poll_costs_one_query(name: str, news: Any, django_assert_num_queries: Any) -> None:
    address = POLLED[name]()
    first = ask(address, T + HOUR)
    assert first.status_code == 200

    for header, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-None-Match", f"W/{first.headers['ETag']}"),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        with django_assert_num_queries(1):
            again = ask(address, T + 2 * HOUR, **{header: value})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "no-cache" in again.headers["Cache-Control"]
    with moment.fixed(T + 2 * HOUR):
        head = Client().head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == first.headers["ETag"]


def test_what_is_new_is_told_at_once_however_often_somebody_has_asked(news: Any) -> None:
    """A step, a moment that comes by itself, a change of a project's name in the admin."""
    address = under("ru", "articles:feed")
    known = {"If-None-Match": ask(address, T + HOUR).headers["ETag"]}
    assert ask(address, T + 2 * HOUR, **known).status_code == 304

    with moment.fixed(T + 2 * HOUR):
        make_edition(state="scheduled", language="ru", at=T + 5 * HOUR)
    for at in (T + 3 * HOUR, T + 4 * HOUR, T + 5 * HOUR - timedelta(microseconds=1)):
        assert ask(address, at, **known).status_code == 304
    changed = ask(address, T + 5 * HOUR, **known)
    assert changed.status_code == 200

    known = {"If-None-Match": changed.headers["ETag"]}
    assert ask(address, T + 7 * HOUR, **known).status_code == 304
    with moment.fixed(T + 8 * HOUR):
        project = Project.objects.get()
        Project.objects.update(**in_three("name", "Renamed"))
        project.write_down("change", by=somebody(roles.EDITOR), columns=["name_ru"])
    assert ask(address, T + 8 * HOUR, **known).status_code == 200


@pytest.mark.parametrize("name", ["promises:feed", "projects:feed", "promises:calendar"])
def test_a_fact_entered_later_is_told_to_who_compares_dates_only(name: str) -> None:
    project = make_project("road", at=T)
    source = make_edition(about=[project], at=T).statement
    address = under("ru", name)
    with moment.fixed(T + timedelta(days=1)):
        had = Client().get(address).headers["Last-Modified"]
    with moment.fixed(T + timedelta(days=1, hours=3)):
        write_down(make_commitment(project, source, due_on=T.date()), "start", by=somebody(roles.EDITOR))
        answer = Client().get(address, headers={"If-Modified-Since": had})

    assert answer.status_code == 200


def test_a_promise_is_dated_by_when_it_was_entered_where_that_came_after_the_text() -> None:
    project = make_project("road", at=T)
    source = make_edition(about=[project], at=T).statement
    before, after = make_commitment(project, source), make_commitment(project, source)
    entered = T + timedelta(days=1, hours=3)
    for promise, at in ((before, T - timedelta(days=1)), (after, entered)):
        with moment.fixed(at):
            write_down(promise, "start", by=somebody(roles.EDITOR))
    with moment.fixed(T + timedelta(days=2)):
        items = Client().get(under("ru", "promises:feed-in", "json")).json()["items"]

    published = [datetime.fromisoformat(item["date_published"]) for item in items]
    assert published == [entered, T]


def test_an_answer_of_the_past_is_kept_by_nobody(news: Any) -> None:
    address = under("ru", "articles:feed", query="as_of=2026-09-01")
    first = ask(address, T + timedelta(days=5))

    assert first.headers["Cache-Control"] == "private, no-store"
    assert ask(address, T + timedelta(days=6)).status_code == 200


def test_a_feed_has_pages_that_lead_to_one_another() -> None:
    topic = make_topic("Water")
    editions = [make_edition(language="ru", at=T - HOUR * number) for number in range(45)]
    for edition in editions:
        edition.statement.topics.add(topic)
    own = f"https://press.example{under('ru', 'articles:feed-in', 'atom')}?topic=water"

    first, second, last = (
        links(under("ru", "articles:feed-in", "atom", query=f"topic=water&page={page}")) for page in (1, 2, 3)
    )

    assert (first["self"], first["next"], first["last"]) == (own, f"{own}&page=2", f"{own}&page=3")
    assert "previous" not in first
    assert (second["self"], second["first"], second["previous"]) == (f"{own}&page=2", own, own)
    assert (last["previous"], "next" in last) == (f"{own}&page=2", False)
    ids = []
    address = under("ru", "articles:feed-in", "json", query="topic=water")
    while address:
        page = json.loads(ask(address, T + HOUR).content)
        ids += [item["id"] for item in page["items"]]
        address = page.get("next_url", "").removeprefix("https://press.example")
    assert ids == [edition.series_id.urn for edition in editions]
    for page in ("4", "0", "x", "٢"):
        assert ask(under("ru", "articles:feed", query=f"page={page}"), T + HOUR).status_code == 404


def test_a_feed_names_its_other_formats_and_its_hubs(news: Any, settings: Any) -> None:
    settings.WEBSUB_HUBS = ["https://hub.example/"]
    query = "kind=interview"
    parsed = feedparser.parse(ask(under("ru", "articles:feed", query=query), T + HOUR).content)

    assert {(link.rel, link.get("type"), link.href.rpartition("/")[2]) for link in parsed.feed.links} >= {
        ("self", "application/rss+xml", "feed.rss?kind=interview"),
        ("alternate", "application/atom+xml", "feed.atom?kind=interview"),
        ("alternate", "application/feed+json", "feed.json?kind=interview"),
    }
    assert "https://hub.example/" in {link.href for link in parsed.feed.links if link.rel == "hub"}
    as_json = json.loads(ask(under("ru", "articles:feed-in", "json"), T + HOUR).content)
    assert as_json["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


def test_a_value_that_is_not_known_leaves_every_feed_and_calendar_empty_and_says_so(news: Any) -> None:
    for name, query in {
        "articles:feed": "topic=unheard-of",
        "projects:feed": "sector=unheard-of",
        "promises:feed": "project=unheard-of",
        "events:feed": "country=unheard-of",
    }.items():
        parsed = feedparser.parse(ask(under("en", name, query=query), T + HOUR).content)
        assert parsed.entries == [], name
        assert parsed.feed.title.endswith(": –"), name
        assert "Nothing that is public fits this address now" in parsed.feed.subtitle
    for name in ("events:calendar", "promises:calendar"):
        told = ask(under("en", name, query="country=unheard-of"), T + HOUR).content
        assert b"VEVENT" not in told
        assert b"Nothing that is public fits" in told


def test_what_is_no_filter_is_named_by_feeds_calendars_and_lists(news: Any) -> None:
    for name, query in {
        "articles:feed": "knd=speech",
        "promises:feed": "knd=speech",
        "feed": "knd=speech",
        "events:feed": "knd=speech&utm_source=post&fbclid=x&page=1",
    }.items():
        parsed = feedparser.parse(ask(under("en", name, query=query), T + HOUR).content)
        assert parsed.feed.subtitle.startswith("“knd” is no filter here"), name
        assert parsed.feed.subtitle.count("no filter") == 1, name
    calendar = ask(under("en", "events:calendar", query="knd=visit"), T + HOUR).content
    assert "“knd” is no filter".encode() in calendar.replace(b"\r\n ", b"")
    page = ask(under("en", "articles:statement-list", query="knd=speech"), T + HOUR).content.decode()
    assert "“knd” is no filter here" in page


@pytest.mark.parametrize(
    "query", ["", "utm_source=x&fbclid=y&yclid=z&page=1", "kind=interview", "kind=&topic="]
)
def test_nothing_is_said_of_what_only_tells_where_a_link_was_found(news: Any, query: str) -> None:
    parsed = feedparser.parse(ask(under("en", "articles:feed", query=query), T + HOUR).content)

    assert "no filter" not in parsed.feed.subtitle


def test_what_is_no_plain_word_is_not_repeated(news: Any) -> None:
    odd = ask(under("en", "articles:feed", query="%3Cb%3Ebuy%3C/b%3E=1"), T + HOUR).content.decode()

    assert "Something in this address is no filter here" in odd
    assert "buy" not in odd


def test_of_two_values_the_last_is_taken_and_that_is_said(news: Any) -> None:
    query = "kind=speech&kind=interview"
    parsed = feedparser.parse(ask(under("en", "articles:feed", query=query), T + HOUR).content)

    assert "“Kind” is given more than once" in parsed.feed.subtitle
    assert len(parsed.entries) == 1


def test_each_language_has_items_of_its_own(news: Any) -> None:
    ids = {
        language: {each.id for each in feedparser.parse(ask(under(language, name), T + HOUR).content).entries}
        for name in ("promises:feed",)
        for language in ("ky", "ru", "en")
    }

    assert all(ids.values())
    assert len(set.union(*ids.values())) == sum(map(len, ids.values()))


def test_there_is_no_feed_of_whom_nothing_public_names(news: Any) -> None:
    unknown = Organisation.objects.create(**in_three("name", "Unknown"))
    assert ask(under("ru", "organisation-feed", unknown.pk), T + HOUR).status_code == 404
    Participation.objects.create(project=Project.objects.get(), organisation=unknown, role="funding")

    entries = feedparser.parse(ask(under("ru", "organisation-feed", unknown.pk), T + HOUR).content).entries

    assert news.series_id.urn in {entry.id for entry in entries}
    assert len(entries) == 4
    for address in ("/ru/countries/kg/feed.rss", "/ru/countries/KZ/feed.rss", "/ru/feed.xml"):
        assert ask(address, T + HOUR).status_code == 404


def test_an_event_that_is_moved_or_cancelled_is_news_under_the_same_id(news: Any) -> None:
    make_event("other", at=T - timedelta(days=1))

    def entries(at: Any) -> Any:
        return feedparser.parse(ask(under("en", "events:feed"), at).content).entries

    before = {entry.link: entry for entry in entries(T)}
    event = Event.objects.get(code="council")
    with moment.fixed(T + HOUR):
        event.starts_at, event.ends_at = event.starts_at + HOUR, event.ends_at + HOUR
        event.save()
    moved = entries(T + HOUR)[0]
    assert moved.title == f"Moved: {event.title_en}"
    assert moved.updated != moved.published
    with moment.fixed(T + 2 * HOUR):
        event.cancel(by=somebody(roles.EDITOR), reason="The guests cannot come.")
    cancelled = entries(T + 2 * HOUR)[0]
    assert cancelled.title == f"Cancelled: {event.title_en}"
    assert "The guests cannot come." in cancelled.content[0].value
    assert moved.id == cancelled.id == before[moved.link].id


def test_a_browser_is_given_the_same_bytes_as_a_page_in_its_language(news: Any) -> None:
    address = under("ky", "articles:feed")

    program, browser = ask(address, T), ask(address, T, **{"Sec-Fetch-Dest": "document"})

    assert program.content == browser.content
    assert program.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert browser.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert "Sec-Fetch-Dest" in program.headers["Vary"]
    shown = browser.content.decode()
    assert '<?xml-stylesheet type="text/css" href="/static/css/feed' in shown
    assert "Бул — тасма." in shown


def test_pages_offer_each_of_their_feeds_in_three_formats(news: Any) -> None:
    for page in (
        under("en", "home"),
        under("en", "events:event-list"),
        under("en", "events:event", "council"),
        under("en", "people:person", "speaker"),
        under("en", "topics:topic", "water"),
        under("en", "countries:country", "kz"),
        under("en", "promises:promise-list"),
    ):
        shown = ask(page, T + HOUR).content.decode()
        for ending, content_type in (
            ("rss", "rss+xml"),
            ("atom", "atom+xml"),
            ("json", "feed+json"),
        ):
            assert f'<link rel="alternate" type="application/{content_type}"' in shown, page
            assert f"/feed.{ending}" in shown, page


def test_the_page_of_what_can_be_followed_gives_one_format_at_a_time(news: Any) -> None:
    for query, ending in (("", "rss"), ("format=atom", "atom"), ("format=json", "json"), ("format=x", "rss")):
        shown = ask(under("en", "subscribe", query=query), T + HOUR).content.decode()

        assert f'value="https://press.example/en/statements/feed.{ending}?kind=interview"' in shown
        assert f'value="https://press.example/en/feed.{ending}"' in shown
        assert shown.count('class="channel__address"') < 15
        assert 'href="webcal://press.example/en/events/calendar.ics"' in shown


@pytest.mark.parametrize(
    "name", ["search:search", "agreements:agreement-list", "people:person-list", "contacts"]
)
def test_a_page_without_feeds_of_its_own_leads_programs_to_the_feed_of_everything(
    name: str, db: None
) -> None:
    page = Client().get(under("ru", name)).content.decode()

    for ending in ("rss", "atom", "json"):
        assert f'href="/ru/feed.{ending}"' in page.partition("</head>")[0]


def test_the_code_of_a_country_in_capital_letters_leads_to_its_page(news: Any) -> None:
    answer = Client().get("/en/countries/KZ/?as_of=2026-09-02")

    assert (answer.status_code, answer.headers["Location"]) == (301, "/en/countries/kz/?as_of=2026-09-02")
