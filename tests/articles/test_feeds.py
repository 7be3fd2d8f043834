"""Feeds as a reader's program takes them: stable ids, whole texts, 304 only while nothing has changed."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from pressoffice.accounts import roles
from pressoffice.publishing import moment
from tests.channels import under
from tests.makers import (
    body_about,
    make_edition,
    make_image,
    make_project,
    make_statement,
    make_topic,
    somebody,
)

pytestmark = pytest.mark.django_db

T = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)


def parsed(address: str, at: datetime) -> Any:
    with moment.fixed(at):
        response = Client().get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    ElementTree.fromstring(response.content)
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.bozo_exception
    return feed


def status(address: str, at: datetime, **headers: str) -> int:
    with moment.fixed(at):
        return Client().get(address, **headers).status_code


ALL = under("ru", "articles:feed")


@pytest.fixture
def project():
    return make_project("road", at=T - timedelta(days=30))


@pytest.fixture
def edition(project):
    with moment.fixed(T):
        statement = make_statement(topics=[make_topic("Water")], original_language="ru")
        image = make_image(credit_ru="Пресс-служба")
        return make_edition(
            statement=statement,
            language="ru",
            title="Дорога <280> & «мост»",
            summary="Кратко.",
            body=body_about(project)
            + '<p><a href="/ru/events/">События</a></p>'
            + f'<figure data-image="{image.token}"><figcaption>Мост</figcaption></figure>',
            at=T,
        )


def correct(edition: Any, at: datetime, **content: Any) -> Any:
    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
    with moment.fixed(at):
        following = edition.statement.start_edition(language=edition.language, by=author)
        following.write(by=author, **{"change_note": "Цифра исправлена.", **content})
        following.submit(by=author)
        following.approve(by=editor)
        following.publish(by=editor)
    return following


@pytest.mark.parametrize("address", [ALL, under("ru", "project-feed", "road")], ids=["all", "project"])
def test_an_item_says_the_whole_text_with_whole_addresses(address, edition):
    feed = parsed(address, T)

    (item,) = feed.entries
    assert item.title == "Дорога <280> & «мост»"
    assert item.summary == "Кратко."
    assert item.link == f"https://press.example{edition.get_absolute_url()}"
    assert item.id == edition.series_id.urn
    assert not item.guidislink
    assert datetime(*item.published_parsed[:6], tzinfo=UTC) == T
    assert {tag.term for tag in item.tags} >= {"Water (ru)"}
    text = item.content[0].value
    assert "280 km of road" in text
    assert 'href="https://press.example/ru/projects/road/"' in text
    assert 'href="https://press.example/ru/events/"' in text
    assert 'src="https://press.example/media/images/' in text
    assert "Мост" in text
    assert 'href="/' not in text
    assert 'src="/' not in text
    assert "<script" not in text
    assert feed.feed.language == "ru"
    assert feed.feed.link.startswith("https://press.example/ru/")
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [
        f"https://press.example{address}"
    ]


def test_the_id_outlives_a_new_title(edition):
    before = parsed(ALL, T).entries[0]

    correct(edition, T + timedelta(days=1), title="Другое название")

    after = parsed(ALL, T + timedelta(days=1)).entries
    assert len(after) == 1
    assert (after[0].id, after[0].published) == (before.id, before.published)
    assert after[0].title == "Исправлено: Другое название"
    assert after[0].link != before.link


def test_ids_differ_by_language(edition):
    same = {name: getattr(edition, name) for name in ("title", "body")}
    english = make_edition(statement=edition.statement, language="en", at=T, **same)

    assert (
        parsed(under("en", "articles:feed"), T).entries[0].id
        == english.series_id.urn
        != edition.series_id.urn
    )


def test_only_a_major_change_counts_as_an_update(edition):
    later = T + timedelta(days=2)
    minor = correct(edition, T + timedelta(days=1), is_minor=True, change_note="", summary="Короче.")
    assert parsed(ALL, later).entries[0].updated.startswith("2026-09-01")

    correct(minor, later, summary="Ещё короче.")

    assert parsed(ALL, later).entries[0].updated.startswith("2026-09-03")


def test_a_withdrawn_text_says_so_in_its_title(edition):
    with moment.fixed(T + timedelta(days=1)):
        edition.withdraw(by=somebody(roles.EDITOR), reason="Все цифры неверны.")

    assert parsed(ALL, T + timedelta(days=1)).entries[0].title != edition.title
    assert edition.title in parsed(ALL, T + timedelta(days=1)).entries[0].title


def test_at_most_twenty_the_newest_first(project):
    editions = [make_edition(language="ru", at=T + timedelta(hours=hour)) for hour in range(22)]

    # Once their week is over: until then the feed of all statements holds all of it.
    ids = [item.id for item in parsed(ALL, T + timedelta(days=8)).entries]

    assert ids == [each.series_id.urn for each in reversed(editions)][:20]


def test_an_empty_feed_is_a_feed():
    feed = parsed(ALL, T)

    assert feed.entries == []
    assert status(ALL, T, HTTP_IF_NONE_MATCH="*") in {200, 304}


def test_no_feed_of_a_project_that_is_not_public():
    make_project("secret", state="draft")

    assert (
        status(under("ru", "project-feed", "secret"), T)
        == status(under("ru", "project-feed", "none"), T)
        == 404
    )


# --- conditional -------------------------------------------------------------------------------------


def headers_of(address: str, at: datetime) -> Any:
    with moment.fixed(at):
        return Client().get(address).headers


FEEDS = [ALL, under("ru", "project-feed", "road")]


@pytest.mark.parametrize("address", FEEDS, ids=["all", "project"])
def test_a_feed_is_sent_once(address, edition):
    headers = headers_of(address, T + timedelta(hours=1))

    for at in (T + timedelta(hours=1), T + timedelta(hours=9)):
        assert status(address, at, HTTP_IF_NONE_MATCH=headers["ETag"]) == 304
        assert status(address, at, HTTP_IF_MODIFIED_SINCE=headers["Last-Modified"]) == 304
    assert headers["Last-Modified"] == format_datetime(T, usegmt=True)


def changed(at: datetime, *, what: str, edition: Any) -> None:
    editor, chief = somebody(roles.EDITOR), somebody(roles.CHIEF_EDITOR)
    if what == "new":
        make_edition(language="ru", about=[edition.passages.first().project], at=at)
    elif what == "corrected":
        correct(edition, at)
    elif what == "corrected in a minor way":
        correct(edition, at, is_minor=True, change_note="")
    else:
        with moment.fixed(at):
            if what == "withdrawn":
                edition.withdraw(by=editor, reason="Неверно.")
            elif what == "removed":
                edition.remove(by=chief, reason="Неверно.")
            elif what == "restored":
                edition.restore(by=chief, reason="It was right after all.")


@pytest.mark.parametrize("address", FEEDS, ids=["all", "project"])
@pytest.mark.parametrize(
    "what", ["new", "corrected", "corrected in a minor way", "withdrawn", "removed", "restored"]
)
def test_whatever_changes_is_sent_anew(what, address, edition):
    """By either condition alone: many programs send only the date."""
    at = T + timedelta(days=1)
    if what == "restored":
        changed(T + timedelta(hours=1), what="removed", edition=edition)
    before = headers_of(address, at - timedelta(seconds=1))

    changed(at, what=what, edition=edition)

    assert status(address, at, HTTP_IF_MODIFIED_SINCE=before["Last-Modified"]) == 200
    if what != "corrected in a minor way":
        assert status(address, at, HTTP_IF_NONE_MATCH=before["ETag"]) == 200


def test_what_was_removed_disappears(edition):
    changed(T + timedelta(days=1), what="removed", edition=edition)

    assert parsed(ALL, T + timedelta(days=1)).entries == []


def test_a_scheduled_text_moves_no_date_before_its_moment(edition):
    before = headers_of(ALL, T + timedelta(hours=1))
    make_edition(state="scheduled", language="ru", at=T + timedelta(days=1))

    shortly = headers_of(ALL, T + timedelta(days=1) - timedelta(microseconds=1))
    assert (shortly["ETag"], shortly["Last-Modified"]) == (before["ETag"], before["Last-Modified"])

    assert status(ALL, T + timedelta(days=1), HTTP_IF_MODIFIED_SINCE=before["Last-Modified"]) == 200


def test_a_project_taken_down_takes_its_links_out_of_the_feed(edition, project):
    before = headers_of(ALL, T + timedelta(hours=1))
    with moment.fixed(T + timedelta(days=1)):
        project.remove(by=somebody(roles.CHIEF_EDITOR), reason="Неверно.")

    assert status(ALL, T + timedelta(days=1), HTTP_IF_NONE_MATCH=before["ETag"]) == 200
    assert "projects/road" not in parsed(ALL, T + timedelta(days=1)).entries[0].content[0].value
    assert status(ALL, T + timedelta(days=1), HTTP_IF_MODIFIED_SINCE=before["Last-Modified"]) == 200


def test_pages_name_their_feeds(edition):
    for page, feed in [
        (under("ru", "home"), ALL),
        (under("ru", "articles:statement-list"), ALL),
        (edition.get_absolute_url(), ALL),
        (under("ru", "projects:project", "road"), under("ru", "project-feed", "road")),
    ]:
        with moment.fixed(T):
            shown = Client().get(page).content.decode()

        assert '<link rel="alternate" type="application/rss+xml"' in shown
        assert f'href="{feed}">' in shown
