"""One item, three ways of writing it down: they say the same, and the judges of each format accept it."""

import json
import re
import uuid
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from django.test import Client
from lxml import etree

from events.models import Event
from pressoffice.accounts import roles
from pressoffice.ledger.models import Commitment
from pressoffice.publishing import moment
from pressoffice.publishing.feed_items import Channel, Item
from pressoffice.publishing.feed_writers import WRITERS
from projects.models import Project
from tests.channels import under
from tests.makers import make_edition, somebody

from .conftest import T

pytestmark = pytest.mark.django_db

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
FEEDS = {
    "everything": ("feed", ()),
    "statements": ("articles:feed", ()),
    "projects": ("projects:feed", ()),
    "promises": ("promises:feed", ()),
    "events": ("events:feed", ()),
    "project": ("project-feed", ("road",)),
    "country": ("country-feed", ("kz",)),
    "hashes": ("hash-feed", ()),
}
UUID_URN = re.compile("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
SHORTLY = T + timedelta(hours=1)
# A day is told when it is over.
AT = {"hashes": T + timedelta(days=2)}


@cache
def atom_schema() -> Any:
    return etree.RelaxNG(etree.parse(SCHEMAS / "atom-1.0" / "atom.rng"))


@cache
def json_schema() -> Any:
    schema = json.loads((SCHEMAS / "json-feed-1.1" / "feed.json").read_text())
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def get(address: str, at: Any = SHORTLY, **headers: str) -> Any:
    with moment.fixed(at):
        response = Client().get(address, **headers)
    assert response.status_code == 200, address
    return response


def address_of(feed: str, form: str, language: str = "ru", query: str = "") -> str:
    name, args = FEEDS[feed]
    if form == "rss":
        return under(language, name, *args, query=query)
    return under(language, f"{name}-in", *args, form, query=query)


def told(feed: str, form: str, **asked: Any) -> list[dict[str, Any]]:
    """What a reader of this format makes of it, in the same words for all of them."""
    content = get(address_of(feed, form, **asked), AT.get(feed, SHORTLY)).content
    if form == "json":
        return [
            {
                "id": each["id"],
                "title": each["title"],
                "link": each["url"],
                "html": each["content_html"].strip(),
            }
            for each in json.loads(content)["items"]
        ]
    parsed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.bozo_exception
    return [
        {"id": each.id, "title": each.title, "link": each.link, "html": each.content[0].value.strip()}
        for each in parsed.entries
    ]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_each_format_is_accepted_by_its_judges(news: Any, language: str) -> None:
    with moment.fixed(T + timedelta(minutes=1)):
        make_edition(state="withdrawn", language=language, at=T)
    for feed in FEEDS:
        rss = get(address_of(feed, "rss", language), AT.get(feed, SHORTLY)).content
        parsed = feedparser.parse(rss)
        assert not parsed.bozo, (feed, parsed.bozo_exception)
        assert parsed.entries, feed

        atom = etree.fromstring(get(address_of(feed, "atom", language), AT.get(feed, SHORTLY)).content)
        assert atom_schema().validate(atom), (feed, atom_schema().error_log)
        assert not feedparser.parse(etree.tostring(atom)).bozo

        written = json.loads(get(address_of(feed, "json", language), AT.get(feed, SHORTLY)).content)
        assert [each.message for each in json_schema().iter_errors(written)] == [], feed
        assert written["language"] == language


def test_all_formats_tell_the_same_items_in_the_same_order(news: Any) -> None:
    for feed in FEEDS:
        as_rss = told(feed, "rss")
        assert as_rss == told(feed, "atom") == told(feed, "json"), feed
        ids = [each["id"] for each in as_rss]
        assert len(set(ids)) == len(ids)


def ids(feed: str, form: str) -> list[str]:
    return [each["id"] for each in told(feed, form)]


@pytest.mark.parametrize("feed", FEEDS)
def test_an_id_survives_another_title_and_another_host(news: Any, settings: Any, feed: str) -> None:
    before = {form: ids(feed, form) for form in WRITERS}
    own = etree.fromstring(get(address_of(feed, "atom"), AT.get(feed, SHORTLY)).content).findtext("{*}id")

    settings.PRESSOFFICE_ADDRESS = "https://elsewhere.example"
    Project.objects.update(name_ru="Магистраль")
    Event.objects.update(title_ru="Заседание")
    Commitment.objects.update(text_ru="Будет готово")

    assert {form: ids(feed, form) for form in WRITERS} == before
    assert before["rss"]
    assert all(UUID_URN.fullmatch(each) for each in before["rss"])
    atom = etree.fromstring(get(address_of(feed, "atom"), AT.get(feed, SHORTLY)).content)
    assert atom.findtext("{*}id") == own
    assert UUID_URN.fullmatch(own)


@pytest.mark.parametrize("feed", FEEDS)
def test_one_thing_in_two_languages_is_two_items(news: Any, feed: str) -> None:
    russian, english = ({each["id"] for each in told(feed, "json", language=code)} for code in ("ru", "en"))

    assert len(russian) == len(english)
    assert not russian & english


def test_every_feed_in_every_format_has_an_id_of_its_own(news: Any) -> None:
    addresses = [address_of(feed, "atom", language) for feed in FEEDS for language in ("ky", "ru", "en")]
    asked = [*addresses, address_of("statements", "atom", query="kind=interview")]

    found = {etree.fromstring(get(each, T + timedelta(days=2)).content).findtext("{*}id") for each in asked}

    assert len(found) == len(asked)


def test_what_browsers_show_has_no_prefix_that_readers_may_not_know(news: Any) -> None:
    """W3C's feed validator warns of XHTML under a prefix (AvoidNamespacePrefix)."""
    for form in ("rss", "atom"):
        feed = etree.fromstring(get(address_of("statements", form)).content)
        shown = feed.xpath("//x:*", namespaces={"x": "http://www.w3.org/1999/xhtml"})
        assert {each.prefix for each in shown} == {None}
        assert {etree.QName(each).localname for each in shown} == {"div", "p", "a"}


def test_a_table_in_a_feed_is_no_stop_of_the_keyboard(news: Any) -> None:
    table = "<table><tbody><tr><td><p>280</p></td></tr></tbody></table>"
    with moment.fixed(T):
        edition = make_edition(language="ru", title="Таблица", body=table)

    (html,) = (each["html"] for each in told("statements", "atom") if each["id"] == edition.series_id.urn)

    assert table in html
    assert "tabindex" not in html
    assert 'tabindex="0"' in get(edition.get_absolute_url()).text


def test_a_guid_is_not_told_to_be_an_address(news: Any) -> None:
    for feed in FEEDS:
        rss = etree.fromstring(get(address_of(feed, "rss"), AT.get(feed, SHORTLY)).content)
        assert set(rss.xpath("//guid/@isPermaLink")) == {"false"}, feed


def test_an_item_brings_speakers_subjects_picture_and_files(news: Any) -> None:
    image, document = news.lead_image.largest(), news.attachments.get()
    (item,) = json.loads(get(address_of("statements", "json")).content)["items"]

    assert item["authors"] == [
        {"name": "Speaker (ru), Minister (ru)", "url": "https://press.example/ru/people/speaker/"}
    ]
    assert set(item["tags"]) >= {"Интервью", "Water (ru)", "Казахстан", "Road (ru)"}
    assert item["image"] == f"https://press.example{image.get_absolute_url()}"
    assert [(file["mime_type"], file["size_in_bytes"]) for file in item["attachments"]] == [
        ("image/jpeg", image.byte_size),
        (document.content_type, document.byte_size),
    ]
    assert len(get(image.get_absolute_url()).getvalue()) == image.byte_size

    (entry,) = feedparser.parse(get(address_of("statements", "atom")).content).entries
    assert {"interview", "water", "KZ", "road"} <= {tag.term for tag in entry.tags}
    assert [author.name for author in entry.authors] == ["Speaker (ru), Minister (ru)"]
    assert [(each.type, each.length) for each in entry.enclosures] == [
        ("image/jpeg", str(image.byte_size)),
        (document.content_type, str(document.byte_size)),
    ]
    (entry,) = feedparser.parse(get(address_of("statements", "rss")).content).entries
    assert [(each.type, each.length) for each in entry.enclosures] == [("image/jpeg", str(image.byte_size))]


def test_everything_is_one_feed_of_all_kinds_of_news(news: Any) -> None:
    links = {each["link"].rsplit("#")[0] for each in told("everything", "atom")}

    own = f"https://press.example{news.get_absolute_url()}"
    assert links == {
        own,
        "https://press.example/ru/projects/road/",
        "https://press.example/ru/events/council/",
    }
    assert len(told("everything", "atom")) == 4  # the promise stands in the statement
    assert {each["id"] for each in told("everything", "json")} == {
        each["id"] for feed in ("statements", "projects", "promises", "events") for each in told(feed, "json")
    }


def test_no_item_has_an_address_that_is_not_whole(news: Any) -> None:
    for feed in FEEDS:
        for item in told(feed, "json"):
            assert 'href="/' not in item["html"], feed
            assert 'src="/' not in item["html"], feed


def test_a_withdrawn_text_says_so_and_why_and_counts_as_news(news: Any) -> None:
    at = T + timedelta(days=1)
    with moment.fixed(at):
        news.withdraw(by=somebody(roles.EDITOR), reason="Все цифры неверны.")

    (item,) = json.loads(get(address_of("statements", "json"), at).content)["items"]
    assert item["title"] == f"Отозвано: {news.title}"
    assert "Все цифры неверны." in item["content_html"]
    assert item["date_modified"] == "2026-09-02T06:00:00Z"
    assert item["date_published"] == "2026-09-01T06:00:00Z"


def test_a_correction_of_an_old_text_reaches_those_who_had_it(news: Any) -> None:
    """Also when it has long left the first page."""
    at = T + timedelta(days=60)
    newer = [make_edition(language="ru", at=at - timedelta(days=7, hours=hour)) for hour in range(2, 24)]
    assert news.series_id.urn not in {each.id for each in feed_at(at)}

    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
    with moment.fixed(at):
        following = news.statement.start_edition(language="ru", by=author)
        following.write(by=author, change_note="Цифра исправлена.")
        following.submit(by=author)
        following.approve(by=editor)
        following.publish(by=editor)

    everything = feedparser.parse(get(under("ru", "feed"), at).content).entries
    assert everything[0].id == news.series_id.urn
    found = feed_at(at)
    assert found[0].id == news.series_id.urn
    assert found[0].title.startswith("Исправлено: ")
    assert len(found) == 21
    assert found[1].id == newer[0].series_id.urn
    assert news.series_id.urn not in {each.id for each in feed_at(at + timedelta(days=40))}


def feed_at(at: Any) -> Any:
    return feedparser.parse(get(under("ru", "articles:feed"), at).content).entries


def test_signs_that_xml_cannot_say_do_not_break_a_feed(news: Any) -> None:
    item = Item(
        thing=uuid.UUID(int=7),
        title="A\x00B\x0b\ud800\ufffe",
        link="https://press.example/",
        summary="",
        html="<p>\x08]]></p>",
        language="en",
        published=T,
        updated=T,
    )
    words = dict.fromkeys(
        ("id", "title", "description", "page", "subscribe", "address", "office", "language", "icon", "style"),
        "https://press.example/x",
    )
    channel = Channel(**words, items=[item], alternates=[], pages=[], hubs=[])

    for form in ("rss", "atom"):
        parsed = feedparser.parse(WRITERS[form](channel))
        assert not parsed.bozo
        assert parsed.entries[0].title == "AB"
        assert parsed.entries[0].summary == "]]>"
