"""From writing to reading: the spine of the whole, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from articles.bodies import clean_body
from articles.models import Edition
from pressoffice.accounts.models import User
from tests import makers

Open = Callable[..., Any]
Watched = Callable[[Any], list[str]]


def mark_passage(page: Any, project: str, relation: str) -> None:
    """By the keyboard alone: the words are selected already."""
    page.keyboard.press("Control+Alt+p")
    page.get_by_label("Search for a project").fill(project)
    page.get_by_label("What the words do").select_option(relation)
    page.get_by_label("Search for a project").press("Enter")
    page.locator(".editor-dialog").wait_for(state="detached")


def test_a_statement_goes_from_its_writer_by_other_eyes_to_its_readers(
    open_browser: Open, watched: Watched, author: User, editor: User, live_server: Any
) -> None:
    makers.make_project("road", name_en="Almaty – Issyk-Kul highway")
    writer = open_browser(author).new_page()
    heard = watched(writer)
    writer.goto(reverse("admin:articles_statement_add"))
    writer.get_by_label("Original language").select_option("en")
    writer.locator("[name=_save]").click()
    writer.get_by_label("Title").fill("The road will be shorter")
    writer.get_by_label("Summary").fill("The new route is counted.")
    box = writer.locator(".ProseMirror")
    box.click()
    writer.keyboard.type("The new road is 277 km.")
    writer.keyboard.press("Shift+Home")
    mark_passage(writer, "issyk", "figure")
    writer.locator("[name=_submit]").click()
    writer.wait_for_load_state()

    edition = Edition.objects.get()
    assert (edition.state, edition.title) == ("submitted", "The road will be shorter")
    assert edition.body == (
        '<p><span data-project="road" data-relation="figure">The new road is 277 km.</span></p>'
    )
    assert heard == []

    desk = open_browser(editor).new_page()
    desk.goto(reverse("admin:articles_edition_change", args=[edition.pk]))
    desk.get_by_role("button", name="Approve", exact=True).click()
    desk.get_by_role("button", name="Publish now", exact=True).click()
    desk.wait_for_load_state()

    reader = open_browser(java_script_enabled=False).new_page()
    reader.goto("/en/statements/")
    reader.get_by_role("link", name="The road will be shorter").click()
    reader.get_by_role("link", name="The new road is 277 km.", exact=True).first.click()
    reader.goto("/en/projects/road/")
    assert reader.get_by_text("The new road is 277 km.").count() == 1
    reader.get_by_role("link", name="The road will be shorter").click()
    assert reader.locator("h1").inner_text() == "The road will be shorter"
    feed = reader.request.get("/en/projects/road/feed.rss").text()
    assert "The road will be shorter" in feed


EVERYTHING = (
    "<h2>Heading</h2><p>Words <strong>bold</strong>, <em>italic</em>, H<sub>2</sub>O, m<sup>2</sup>,"
    ' <a href="https://example.org/a">link</a>.</p>'
    '<p>About <span data-project="road" data-relation="announces">the <strong>new</strong> road</span>.</p>'
    "<h3>Smaller</h3><ul><li><p>one</p></li><li><p>two</p></li></ul><ol><li><p>first</p></li></ol>"
    "<blockquote><p>«Quoted», said the minister.</p></blockquote>"
    '<aside class="pull-quote"><p>Pulled out</p></aside><hr>'
    "<table><tbody><tr><th><p>Year</p></th><td><p>2030</p></td></tr></tbody></table><p>End</p>"
)


def test_opening_and_saving_a_text_changes_none_of_it(
    open_browser: Open, watched: Watched, author: User, live_server: Any
) -> None:
    makers.make_project("road")
    edition = makers.make_edition(state="draft", body=EVERYTHING, by=author)
    page = open_browser(author).new_page()
    heard = watched(page)
    page.goto(reverse("admin:articles_edition_change", args=[edition.pk]))
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")

    page.locator("[name=_save]").click()
    page.wait_for_load_state()

    edition.refresh_from_db()
    assert edition.body == clean_body(EVERYTHING) == EVERYTHING
    assert heard == []


def test_without_script_the_text_is_written_as_html(
    open_browser: Open, author: User, live_server: Any
) -> None:
    edition = makers.make_edition(state="draft", by=author)
    page = open_browser(author, java_script_enabled=False).new_page()
    page.goto(reverse("admin:articles_edition_change", args=[edition.pk]))

    page.locator("[name=body]").fill("<p>By hand</p><script>x()</script>")
    page.locator("[name=_save]").click()

    edition.refresh_from_db()
    assert edition.body == "<p>By hand</p>"


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_page_type_fits_a_narrow_phone(
    open_browser: Open, watched: Watched, language: str, live_server: Any
) -> None:
    project, event = makers.make_project("road"), makers.make_event("council")
    edition = makers.make_edition(language=language, body=makers.body_about(project))
    page = open_browser(language=language, width=320).new_page()
    heard = watched(page)

    for address in [
        f"/{language}/",
        f"/{language}/statements/",
        edition.get_absolute_url(),
        f"/{language}/projects/",
        f"/{language}/projects/{project.code}/",
        f"/{language}/events/",
        f"/{language}/events/{event.code}/",
        f"/{language}/about/",
    ]:
        assert page.goto(address).ok
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    assert heard == []
