"""Two people write one text; a text gets another title after it went out."""

import feedparser
import pytest
from django.test import Client

from tests.makers import body_about, make_edition, make_project
from tests.stories.desk import author, editor

pytestmark = pytest.mark.django_db


def test_two_writers_at_once() -> None:
    first, second, reader = author(), editor(), editor("other-editor")
    text = make_edition(
        state="draft", language="en", title="On the road", body="<p>It is 280 km long.</p>", by=first.user
    )
    opened = text.revision

    first.writes(text, body="<p>It is 277 km long.</p>")
    late = second.writes(text, revision=opened, body="<p>It is 280 km long and new.</p>")

    # Nothing is overwritten: the page shows both texts, the words that differ, and keeps what was typed.
    assert late.status_code == 409
    assert "Somebody else saved this text while you were writing" in late.text
    (differing,) = late.context["conflict"]
    assert [piece.text for piece in differing["pieces"] if piece.kind == "gone"] == ["277"]
    assert [piece.text for piece in differing["pieces"] if piece.kind == "new"] == ["280", " and new"]
    assert "280 km long and new." in late.context["form"]["body"].value()
    assert text.body == "<p>It is 277 km long.</p>"

    # In one's own second window it is oneself who was first.
    again = first.writes(text, revision=opened, body="<p>It is 280 km long.</p>")
    assert again.status_code == 409
    assert "You saved this text in another window" in again.text

    # Sent once more from that page it is a decision; who wrote, and what, is known of both.
    second.writes(text, body="<p>It is 277 km long and new.</p>")
    assert text.body == "<p>It is 277 km long and new.</p>"
    first.presses("submit", text)
    assert "somebody else must approve" in second.presses("approve", text).text
    assert reader.presses("approve", text).status_code == 302


def test_retitling_keeps_the_feeds_id_and_tells_nobody_twice(client: Client) -> None:
    writer, reader = author(), editor()
    project = make_project("road")
    first = make_edition(language="en", title="On the road", body=body_about(project))
    feeds = ["/en/statements/feed.rss", "/en/projects/road/feed.rss"]

    def told() -> list[tuple[str, str, str]]:
        found = [feedparser.parse(client.get(feed).content) for feed in feeds]
        return [(entry.id, entry.published, entry.updated) for feed in found for entry in feed.entries]

    before = told()
    assert len(before) == len(feeds)

    draft = first.statement.start_edition(language="en", by=writer.user)
    writer.writes(draft, title="On the new road", is_minor="on")
    writer.presses("submit", draft)
    reader.presses("approve", draft)
    assert reader.presses("publish", draft).status_code == 302

    # The same items at the same moments, so that a program of feeds shows none of them anew.
    assert told() == before
    assert all("On the new road" in client.get(feed).text for feed in feeds)
    old = client.get(first.get_absolute_url())
    assert (old.status_code, old.headers["Location"]) == (301, draft.get_absolute_url())
    assert "On the new road" in client.get(draft.get_absolute_url()).text
