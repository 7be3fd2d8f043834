"""Archive documents: with the feed itself they hold every public text, and nothing that is not public."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
import pytest
from django.core.cache import cache
from django.test import Client
from lxml import etree

from articles import feed_weeks
from articles.feed_weeks import Part
from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.publishing import moment
from tests.channels import under
from tests.makers import make_edition, somebody

from .test_formats import atom_schema

pytestmark = pytest.mark.django_db

BISHKEK = ZoneInfo("Asia/Bishkek")
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
NOW = datetime(2026, 10, 14, 12, tzinfo=BISHKEK)  # a Wednesday, of 2026-W42
ORIGIN = "https://press.example"
FORMATS = ["rss", "atom"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def ask(address: str, at: datetime = NOW, **headers: str) -> Any:
    with moment.fixed(at):
        return Client().get(address, headers=headers)


def feed(form: str, query: str = "") -> str:
    name, args = ("articles:feed", ()) if form == "rss" else ("articles:feed-in", (form,))
    return under("ru", name, *args, query=query)


def of_week(key: str, form: str = "atom") -> str:
    return f"/ru/statements/feed-{key}.{form}"


def parsed(address: str, at: datetime = NOW) -> Any:
    response = ask(address, at)
    assert response.status_code == 200, address
    found = feedparser.parse(response.content)
    assert not found.bozo, found.bozo_exception
    return found


def links(document: Any) -> dict[str, str]:
    return {link.rel: link.href.removeprefix(ORIGIN) for link in document.feed.links}


def ids(document: Any) -> set[str]:
    return {entry.id for entry in document.entries}


def walked(form: str, at: datetime = NOW) -> dict[str, set[str]]:
    """What somebody has who follows prev-archive from the feed to its end: ids by the end of the address."""
    found, address = {}, feed(form)
    while address:
        document = parsed(address, at)
        key = address.rpartition("/")[2].removesuffix(f".{form}")
        assert key not in found
        found[key] = ids(document)
        address = links(document).get("prev-archive", "")
    return found


def texts(*moments: datetime) -> list[str]:
    """The ids of Russian texts that were first public then."""
    return [make_edition(language="ru", at=at).series_id.urn for at in moments]


@pytest.mark.parametrize("form", FORMATS)
def test_the_feed_and_its_archive_hold_every_public_text(form: str, monkeypatch: Any) -> None:
    """Old ones brought in from elsewhere, weeks without any, the turn of a year, a week of many."""
    monkeypatch.setattr(feed_weeks, "FULL", 3)
    with moment.fixed(NOW):
        everything = texts(
            datetime(2009, 3, 4, 9, tzinfo=BISHKEK),
            datetime(2020, 12, 31, 23, 59, tzinfo=BISHKEK),  # of 2020-W53, as the next
            datetime(2021, 1, 3, 23, 59, 59, tzinfo=BISHKEK),
            datetime(2021, 1, 4, tzinfo=BISHKEK),
            *(NOW - WEEK - HOUR * hour for hour in range(7)),
            NOW - HOUR,
            NOW,
        )

    found = walked(form)

    assert list(found) == [
        *("feed", "feed-2026-W41-3", "feed-2026-W41-2", "feed-2026-W41"),
        *("feed-2021-W01", "feed-2020-W53", "feed-2009-W10"),
    ]
    assert set().union(*found.values()) == set(everything)
    assert [len(found[key]) for key in list(found)[1:]] == [1, 3, 3, 1, 2, 1]


def test_a_week_ends_at_midnight_in_bishkek() -> None:
    midnight = datetime(2026, 10, 12, tzinfo=BISHKEK)
    with moment.fixed(NOW):
        before, at_midnight = texts(midnight - timedelta(microseconds=1), midnight)

    assert ids(parsed(of_week("2026-W41"))) == {before}
    assert ask(of_week("2026-W42")).status_code == 404
    assert ids(parsed(of_week("2026-W42"), midnight + WEEK)) == {at_midnight}
    # In UTC it is Sunday still.
    assert ask(of_week("2026-W41"), midnight).status_code == 200
    assert ask(of_week("2026-W41"), midnight - timedelta(microseconds=1)).status_code == 404


@pytest.mark.parametrize("form", [*FORMATS, "json"])
def test_the_feed_holds_the_whole_unfinished_week(form: str) -> None:
    with moment.fixed(NOW):
        of_this_week = texts(*(NOW - HOUR * hour for hour in range(25)))

    (document,) = [ask(feed(form)).content.decode()]
    assert [key for key in of_this_week if key not in document] == []
    assert "prev-archive" not in document
    next_week = ask(feed(form), NOW + WEEK).content.decode()
    assert len([key for key in of_this_week if key in next_week]) == 20


@pytest.mark.parametrize("form", FORMATS)
def test_the_feed_stays_bounded_in_a_week_of_very_many(form: str, monkeypatch: Any) -> None:
    """A document that is full is closed at once; later texts leave it as it is."""
    monkeypatch.setattr(feed_weeks, "FULL", 22)
    with moment.fixed(NOW):
        texts(NOW - WEEK)
        many = texts(*(NOW - HOUR + timedelta(minutes=minute) for minute in range(45)))

    found = walked(form)

    assert list(found) == ["feed", "feed-2026-W42-2", "feed-2026-W42", "feed-2026-W41"]
    assert found["feed"] == set(many[-20:])
    assert found["feed-2026-W42-2"] == set(many[22:44])
    assert ask(of_week("2026-W42-3", form)).status_code == 404
    assert links(parsed(of_week("2026-W41", form)))["next-archive"] == of_week("2026-W42", form)


def test_an_archive_document_says_what_it_is_and_what_stands_beside_it() -> None:
    with moment.fixed(NOW):
        texts(NOW - 5 * WEEK, NOW - 3 * WEEK, NOW - WEEK, NOW)
    for form, other in (("rss", "atom"), ("atom", "rss")):
        document = parsed(of_week("2026-W39", form))
        beside = links(document)

        assert beside["self"] == of_week("2026-W39", form)
        assert beside["current"] == feed(form)
        assert beside["prev-archive"] == of_week("2026-W37", form)
        assert beside["next-archive"] == of_week("2026-W41", form)
        assert {"first", "last", "next", "previous", "hub"}.isdisjoint(beside)
        assert {link.href for link in document.feed.links if "feed-2026-W39." in link.href} == {
            ORIGIN + of_week("2026-W39", each) for each in (form, other)
        }
        assert "next-archive" not in links(parsed(of_week("2026-W41", form)))
        assert "prev-archive" not in links(parsed(of_week("2026-W37", form)))
        root = etree.fromstring(ask(of_week("2026-W39", form)).content)
        assert len(root.findall(".//{http://purl.org/syndication/history/1.0}archive")) == 1
        assert b"fh:archive" not in ask(feed(form)).content
    assert parsed(of_week("2026-W39")).feed.id == parsed(feed("atom")).feed.id
    atom = etree.fromstring(ask(of_week("2026-W39")).content)
    assert atom_schema().validate(atom), atom_schema().error_log
    titles = {
        "ru": "Пресс-служба: все заявления, 21 сентября 2026 – 27 сентября 2026",
        "en": "Press office: all statements, 21 September 2026 – 27 September 2026",
        "ky": "Басма сөз кызматы: бардык билдирүүлөр, 2026-жылдын 21‑сентябры – 2026-жылдын 27‑сентябры",
    }
    for language, title in titles.items():
        with moment.fixed(NOW):
            make_edition(language=language, at=NOW - 3 * WEEK)
        assert parsed(f"/{language}/statements/feed-2026-W39.atom").feed.title == title


def test_who_opens_an_archive_document_is_not_told_to_follow_it() -> None:
    with moment.fixed(NOW):
        make_edition(language="en", at=NOW - WEEK)
    archive, feed_itself = (
        ask(f"/en/statements/{name}.rss").content.decode() for name in ("feed-2026-W41", "feed")
    )

    assert "This is a part of a feed's archive" in archive
    assert f'<a href="{ORIGIN}/en/statements/feed.rss">The feed itself</a>' in archive
    assert "Copy its address into a feed reader" not in archive
    assert "Copy its address into a feed reader" in feed_itself
    assert f'<a href="{ORIGIN}/en/statements/feed-2026-W41.rss">Earlier weeks</a>' in feed_itself


def test_only_the_whole_feed_has_an_archive() -> None:
    with moment.fixed(NOW):
        texts(*(NOW - WEEK - HOUR * hour for hour in range(25)))

    assert "prev-archive" in links(parsed(feed("atom")))
    for query in ("kind=statement", "page=2", "topic=unheard-of"):
        assert "prev-archive" not in links(parsed(feed("atom", query)))
    assert "prev-archive" not in links(parsed(under("ru", "feed-in", "atom")))


def test_what_is_corrected_stands_corrected_in_both_and_what_is_removed_in_none() -> None:
    with moment.fixed(NOW - 9 * WEEK):
        corrected, removed = (make_edition(language="ru", at=moment.now()) for _each in range(2))
    with moment.fixed(NOW - 8 * WEEK):
        withdrawn = make_edition(language="ru", at=moment.now())
    with moment.fixed(NOW):
        texts(*(NOW - WEEK - HOUR * hour for hour in range(25)))
        make_edition(language="ru", statement=corrected.statement, title="Верно", at=NOW)
        removed.remove(by=somebody(roles.CHIEF_EDITOR), reason="It named a private person.")
        withdrawn.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Ошибка.")

    for key, edition, title in (
        ("2026-W33", corrected, "Исправлено: Верно"),
        ("2026-W34", withdrawn, f"Отозвано: {withdrawn.title}"),
    ):
        for address in (feed("atom"), of_week(key)):
            titles = {entry.id: entry.title for entry in parsed(address, NOW + HOUR).entries}
            assert titles[edition.series_id.urn] == title
            assert removed.series_id.urn not in titles
    with moment.fixed(NOW + HOUR):
        last = corrected.statement.editions.live().get()
        last.remove(by=somebody(roles.CHIEF_EDITOR), reason="It named a private person.")
    # A week of which nothing is left has no document, and the chain leads past it.
    assert ask(of_week("2026-W33"), NOW + 2 * HOUR).status_code == 404
    assert list(walked("atom", NOW + 2 * HOUR)) == ["feed", "feed-2026-W41", "feed-2026-W34"]


def test_what_is_not_public_yet_is_in_no_document() -> None:
    with moment.fixed(NOW - WEEK):
        public = make_edition(language="ru", at=moment.now())
        hidden = [
            make_edition(state="scheduled", language="ru", at=at) for at in (NOW - DAY, NOW + DAY, NOW + WEEK)
        ]
        make_edition(state="approved", language="ru", embargo_until=NOW)
    with moment.fixed(NOW - 3 * DAY):
        make_edition(state="scheduled", language="ru", statement=public.statement, title="Потом", at=NOW)
    shortly_before = NOW - DAY - timedelta(microseconds=1)

    for form in FORMATS:
        assert walked(form, shortly_before) == {
            "feed": {public.series_id.urn},
            "feed-2026-W41": {public.series_id.urn},
        }
        assert "Потом" not in ask(of_week("2026-W41", form), shortly_before).content.decode()
        assert walked(form, NOW - DAY)["feed"] == {public.series_id.urn, hidden[0].series_id.urn}
    for key in ("2026-W42", "2026-W43"):
        assert ask(of_week(key), NOW).status_code == 404
        assert ask(of_week(key) + "?as_of=2027-01-01", NOW).status_code == 404


def test_the_archive_as_it_stood() -> None:
    with moment.fixed(NOW):
        first, second = texts(NOW - 5 * WEEK, NOW - WEEK)

    then = feedparser.parse(ask(feed("atom", "as_of=2026-09-20")).content)
    assert ids(then) == {first}
    assert links(then)["prev-archive"] == of_week("2026-W37")
    assert ask(of_week("2026-W41") + "?as_of=2026-10-10").status_code == 404
    answer = ask(of_week("2026-W41") + "?as_of=2026-10-13")
    assert ids(feedparser.parse(answer.content)) == {second}
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("header", ["If-None-Match", "If-Modified-Since"])
def test_a_week_that_ends_is_told_to_who_asks_whether_anything_is_new(header: str) -> None:
    with moment.fixed(NOW):
        texts(NOW - 5 * WEEK, *(NOW - HOUR * hour for hour in range(22)))
    for address in (feed("atom"), of_week("2026-W37")):
        first = ask(address, NOW + HOUR)
        known = {header: first.headers["ETag" if header == "If-None-Match" else "Last-Modified"]}

        assert ask(address, NOW + 2 * HOUR, **known).status_code == 304
        again = ask(address, NOW + WEEK, **known)
        assert again.status_code == 200
        assert b"2026-W42" in again.content


def test_an_unchanged_archive_document_costs_one_query(django_assert_num_queries: Any) -> None:
    with moment.fixed(NOW - WEEK):
        make_edition(language="ru", at=moment.now())
    first = ask(of_week("2026-W41"), NOW + HOUR)

    for header, name in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        with django_assert_num_queries(1):
            again = ask(of_week("2026-W41"), NOW + 2 * HOUR, **{header: first.headers[name]})
        assert (again.status_code, again.content) == (304, b"")
    with moment.fixed(NOW + 2 * HOUR):
        head = Client().head(of_week("2026-W41"))
        Edition.objects.live().get().remove(
            by=somebody(roles.CHIEF_EDITOR), reason="It named a private person."
        )
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    known = {"If-None-Match": first.headers["ETag"]}
    assert ask(of_week("2026-W41"), NOW + 3 * HOUR, **known).status_code == 404


def test_the_address_of_a_week_is_that_of_the_calendar() -> None:
    """Not of the year in which its days are."""
    for day, key in ((date(2026, 12, 28), "2026-W53"), (date(2024, 12, 30), "2025-W01")):
        part = Part(day)
        assert under("en", "articles:feed-part", part) == f"/en/statements/feed-{key}.rss"
        assert under("en", "articles:feed-part-atom", part._replace(number=12)).endswith(f"-{key}-12.atom")
