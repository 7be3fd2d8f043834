"""The writing page in a real browser: marks and their dialogs, and that nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models import Edition
from pressoffice.accounts.models import User
from tests import makers
from tests.browser.test_accessibility import findings
from tests.browser.waiting import wait_until

Open = Callable[..., Any]
Watched = Callable[[Any], list[str]]

pytestmark = pytest.mark.usefixtures("live_server")


def writing_page(window: Any, edition: Edition) -> Any:
    page = window.new_page()
    page.goto(reverse("admin:articles_edition_change", args=[edition.pk]))
    page.locator(".ProseMirror").wait_for()
    return page


def typed(page: Any) -> str:
    return page.locator("[name=body]").input_value()


def let_the_editor_follow(page: Any) -> None:
    """Some 20 milliseconds after it got the focus, the editor puts the cursor where it believes it is."""
    page.evaluate("() => new Promise((done) => setTimeout(done, 60))")


def type_line(page: Any, words: str) -> None:
    page.locator(".ProseMirror").click()
    let_the_editor_follow(page)
    page.keyboard.press("Control+End")
    let_the_editor_follow(page)
    page.keyboard.press("Enter")
    page.keyboard.type(words)


def tool(page: Any, name: str) -> Any:
    return page.get_by_role("toolbar").get_by_role("button", name=name)


def save(page: Any) -> None:
    page.locator("[name=_save]").click()
    page.wait_for_load_state()


def leave(page: Any) -> None:
    """As when the browser is closed: without saving, whatever it asks."""
    page.wait_for_timeout(600)
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(reverse("admin:index"))


@pytest.fixture
def draft(author: User) -> Edition:
    makers.make_project("bridge", name_ru="Мост через Чу")
    makers.make_project("road", name_ru="Автодорога Алматы — Иссык-Куль")
    return makers.make_edition(state="draft", by=author, body="<p>Begin.</p>")


def test_the_project_of_the_selected_words_is_offered_first(
    open_browser: Open, watched: Watched, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    heard = watched(page)
    type_line(page, "По автодороге Алматы — Иссык-Куль")
    page.keyboard.press("Shift+Home")

    page.keyboard.press("Control+Alt+p")
    page.locator(".editor-dialog option:checked[value=road]").wait_for(state="attached")
    page.get_by_label("What the words do").select_option("progress")
    page.get_by_role("button", name="Mark", exact=True).click()
    page.locator(".ProseMirror:focus").wait_for()
    page.keyboard.type(" едут.")

    assert typed(page) == (
        '<p>Begin.</p><p><span data-project="road" data-relation="progress">'
        "По автодороге Алматы — Иссык-Куль</span> едут.</p>"
    )
    assert heard == []


def test_a_mark_is_changed_and_removed_by_the_keyboard(
    open_browser: Open, author: User, draft: Edition
) -> None:
    road = makers.make_project("rail")
    draft.write(by=author, body=makers.body_about(road, words="two tracks", relation="figure"))
    page = writing_page(open_browser(author), draft)
    page.locator(".ProseMirror span[data-project]").click()
    page.get_by_role("status").filter(has_text="Rail (en) · gives a figure").wait_for()
    assert page.locator(".ProseMirror span[data-project]").get_attribute("title") == "Rail (en)"

    page.keyboard.press("Control+Alt+p")
    page.locator(".editor-dialog option:checked[value=rail]").wait_for(state="attached")
    page.get_by_label("What the words do").select_option("date")
    page.get_by_label("Search for a project").press("Enter")
    page.locator(".editor-dialog").wait_for(state="detached")
    assert 'data-project="rail" data-relation="date">two tracks</span>' in typed(page)

    page.locator(".ProseMirror span[data-project]").click()
    page.get_by_role("status").filter(has_text="Rail (en) · sets a date").wait_for()
    page.keyboard.press("Control+Alt+p")
    page.get_by_role("button", name="Remove the mark").click()
    page.locator(".editor-dialog").wait_for(state="detached")
    assert "<span" not in typed(page)
    assert "two tracks are under way" in typed(page)


def test_escape_closes_a_dialog_and_leads_back_to_the_text(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    type_line(page, "Words")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+Alt+p")
    page.locator(".editor-dialog").wait_for()

    page.keyboard.press("Escape")

    page.locator(".editor-dialog").wait_for(state="detached")
    page.locator(".ProseMirror:focus").wait_for()
    assert "<span" not in typed(page)


def test_what_cannot_be_marked_is_answered_with_a_sentence(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    page.locator(".ProseMirror").click()
    tool(page, "Project passage").click()
    page.get_by_text("Select the words that speak of a project first.").wait_for()

    type_line(page, "Another paragraph")
    page.keyboard.press("Control+a")
    tool(page, "Project passage").click()

    page.get_by_text("A passage stays within one paragraph").wait_for()
    assert page.locator(".editor-dialog").count() == 0


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("www.example.org/a", "https://www.example.org/a"),
        ("press@example.org", "mailto:press@example.org"),
        ("/ru/projects/road/", "/ru/projects/road/"),
        ("javascript:alert(1)", None),
        ("two words", None),
    ],
)
def test_a_link_leads_to_an_address_or_is_refused(
    open_browser: Open, author: User, draft: Edition, address: str, stored: str | None
) -> None:
    page = writing_page(open_browser(author), draft)
    type_line(page, "link")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+k")
    page.get_by_label("Address").fill(address)

    page.get_by_label("Address").press("Enter")

    if stored is None:
        assert page.get_by_label("Address").evaluate("(input) => input.validity.customError")
        page.keyboard.press("Escape")
        assert "href" not in typed(page)
    else:
        page.locator(".editor-dialog").wait_for(state="detached")
        assert f'href="{stored}"' in typed(page)


def test_picture_table_and_box_are_stored_as_they_are_written(
    open_browser: Open, watched: Watched, author: User, draft: Edition
) -> None:
    image = makers.make_image("The pass in winter")
    page = writing_page(open_browser(author), draft)
    heard = watched(page)
    type_line(page, "Pulled out")
    tool(page, "Pull quote").click()
    assert tool(page, "Pull quote").get_attribute("aria-pressed") == "true"
    tool(page, "Picture from the library").click()
    page.get_by_label("The pass in winter").check()
    page.get_by_role("button", name="Insert").click()
    page.locator(".ProseMirror figure").wait_for()
    page.locator(".ProseMirror figcaption").click()
    page.keyboard.type("Caption")

    save(page)

    draft.refresh_from_db()
    assert '<aside class="pull-quote"><p>Pulled out</p></aside>' in draft.body
    assert f'<figure data-image="{image.token}"><figcaption>Caption</figcaption></figure>' in draft.body
    assert [complaint for complaint in heard if "404" not in complaint] == []


WORD = """<html><body lang=RU><!--StartFragment-->
<h1 style='mso-fareast-font-family:Arial'>Heading<o:p></o:p></h1>
<p class=MsoNormal><b style='color:red'>Bold</b> and <i>slanted</i>
<span style='mso-spacerun:yes'>&nbsp; </span>words</p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·
<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>first</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>
<![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·
<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>second</p>
<table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal>2030</p></td></tr></table>
<!--EndFragment--></body></html>"""


def test_a_paste_from_word_keeps_headings_lists_and_tables(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+a")
    page.locator(".ProseMirror").evaluate(
        """(box, html) => {
            const clipboardData = new DataTransfer()
            clipboardData.setData("text/html", html)
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        }""",
        WORD,
    )

    save(page)

    draft.refresh_from_db()
    assert draft.body == (
        "<h2>Heading</h2><p><strong>Bold</strong> and <em>slanted</em> &nbsp; words</p>"
        "<ul><li><p>first</p></li><li><p>second</p></li></ul>"
        "<table><tbody><tr><td><p>2030</p></td></tr></tbody></table>"
    )


def test_the_toolbar_is_one_tab_stop_with_arrow_keys(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    tool(page, "Project passage").focus()

    page.keyboard.press("ArrowRight")
    assert tool(page, "Bold").evaluate("(button) => button === document.activeElement")
    page.keyboard.press("End")
    assert tool(page, "Redo").evaluate("(button) => button === document.activeElement")
    page.keyboard.press("ArrowRight")
    assert tool(page, "Project passage").evaluate("(button) => button === document.activeElement")
    assert page.get_by_role("toolbar").locator("[tabindex='0']").count() == 1


def test_text_that_was_not_saved_is_offered_again(open_browser: Open, author: User, draft: Edition) -> None:
    makers.make_project("canal")
    window = open_browser(author, timezone_id="America/New_York")
    page = writing_page(window, draft)
    page.get_by_label("Title").fill("A title of an hour's work")
    type_line(page, "Words before the power failed.")
    leave(page)

    page = writing_page(window, draft)
    page.get_by_role("heading", name="Text that was not saved is kept in this browser").wait_for()
    last = page.locator("[data-kept-offer] time")
    written = timezone.localtime(datetime.fromisoformat(str(last.get_attribute("datetime"))))
    assert last.inner_text() == f"{written:%d.%m.%Y, %H:%M}", "by the clocks of Bishkek"
    assert page.get_by_label("Title").input_value() == draft.title
    page.get_by_role("button", name="Put it back").click()
    assert page.locator(".ProseMirror").inner_text().endswith("Words before the power failed.")
    save(page)

    draft.refresh_from_db()
    assert draft.title == "A title of an hour's work"
    assert draft.body == "<p>Begin.</p><p>Words before the power failed.</p>"
    page = writing_page(window, draft)
    assert not page.locator("[data-kept-offer]").is_visible()


def test_text_that_was_thrown_away_is_not_offered_again(
    open_browser: Open, author: User, draft: Edition
) -> None:
    window = open_browser(author)
    page = writing_page(window, draft)
    page.get_by_label("Title").fill("Not this")
    leave(page)
    page = writing_page(window, draft)

    page.get_by_role("button", name="Throw it away").click()

    assert not page.locator("[data-kept-offer]").is_visible()
    page.reload()
    assert not page.locator("[data-kept-offer]").is_visible()


def test_a_saved_text_leaves_no_copy_behind(open_browser: Open, author: User, draft: Edition) -> None:
    page = writing_page(open_browser(author), draft)
    type_line(page, "Saved as usual.")

    save(page)

    page.locator(".ProseMirror").wait_for()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('press-office'))") == []


def test_a_lost_session_loses_nothing(open_browser: Open, author: User, draft: Edition) -> None:
    author.set_password("a long password for Bishkek")
    author.save()
    window = open_browser(author)
    page = writing_page(window, draft)
    type_line(page, "Typed while the session ended.")
    window.clear_cookies(name="sessionid")

    save(page)
    page.get_by_label("Username").fill(author.username)
    page.get_by_label("Password").fill("a long password for Bishkek")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Code").fill(makers.code_of(TOTPDevice.objects.get(user=author)))
    page.get_by_role("button", name="Log in", exact=True).click()
    page.get_by_role("button", name="Send what I wrote").click()
    page.locator(".ProseMirror").wait_for()

    draft.refresh_from_db()
    assert draft.body.endswith("<p>Typed while the session ended.</p>")
    assert not page.locator("[data-kept-offer]").is_visible()


def test_after_a_conflict_that_was_left_the_text_is_still_there(
    open_browser: Open, author: User, other_author: User, draft: Edition
) -> None:
    window = open_browser(author)
    page = writing_page(window, draft)
    type_line(page, "The road is 280 km long.")
    draft.write(by=other_author, body="<p>The road is 277 km long.</p>")
    save(page)
    page.get_by_role("heading", name="Somebody else saved this text while you were writing").wait_for()
    assert not page.locator("[data-kept-offer]").is_visible()
    leave(page)

    page = writing_page(window, draft)
    page.get_by_role("button", name="Put it back").click()
    save(page)

    page.get_by_role("heading", name="Somebody else saved this text while you were writing").wait_for()
    save(page)
    draft.refresh_from_db()
    assert draft.body == "<p>Begin.</p><p>The road is 280 km long.</p>"


def choice(page: Any, what: str, field: str) -> Any:
    return page.get_by_role("button", name=re.compile(rf"^{what}\s*: {field}$"))


def test_of_two_texts_the_one_for_the_form_is_chosen_field_by_field(
    open_browser: Open, author: User, other_author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    type_line(page, "The road is 280 km long.")
    page.locator("[name=title]").fill("Mine")
    draft.write(by=other_author, title="Theirs", body="<p>The road is 277 km long.</p>")
    save(page)
    choice(page, "Take what is saved into the form", "Text").click()
    choice(page, "Take what is saved into the form", "Title").click()
    choice(page, "Keep what is yours", "Title").click()
    assert findings(page) == []

    save(page)

    draft.refresh_from_db()
    assert (draft.title, draft.body) == ("Mine", "<p>The road is 277 km long.</p>")


def test_a_picture_never_parts_the_paragraph_of_the_cursor(
    open_browser: Open, author: User, draft: Edition
) -> None:
    image = makers.make_image("The pass in winter")
    page = writing_page(open_browser(author), draft)
    type_line(page, "One sentence.")
    for _letter in "sentence.":
        page.keyboard.press("ArrowLeft")
    tool(page, "Picture from the library").click()
    page.get_by_label("The pass in winter").check()
    page.get_by_role("button", name="Insert").click()
    page.locator(".ProseMirror figure").wait_for()

    save(page)

    draft.refresh_from_db()
    assert draft.body.startswith(f'<p>Begin.</p><p>One sentence.</p><figure data-image="{image.token}">')


def test_without_a_line_the_page_stays_and_says_so(open_browser: Open, author: User, draft: Edition) -> None:
    window = open_browser(author)
    page = writing_page(window, draft)
    type_line(page, "Typed in the train.")
    window.set_offline(True)
    page.locator("[name=_save]").click()
    page.get_by_role("alert").filter(has_text="Your text is kept in this browser").wait_for()
    assert page.url.endswith(reverse("admin:articles_edition_change", args=[draft.pk]))
    assert "Typed in the train." in typed(page)
    assert findings(page) == []

    window.set_offline(False)
    page.get_by_role("alert").filter(has_text="kept in this browser").wait_for(state="hidden")
    save(page)
    page.get_by_text("The text is saved.").wait_for()
    draft.refresh_from_db()
    assert draft.body.endswith("<p>Typed in the train.</p>")


def test_a_site_that_does_not_answer_takes_no_text_away(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    page.route("**/admin/**", lambda route: route.fulfill(status=502))
    type_line(page, "Typed while the site was started anew.")
    page.locator("[data-unanswered]").wait_for()

    page.locator("[name=_save]").click()

    page.get_by_role("alert").filter(has_text="Your text is kept in this browser").wait_for()
    assert "Typed while the site was started anew." in typed(page)


def test_a_step_is_not_sent_without_a_line_either(open_browser: Open, author: User, draft: Edition) -> None:
    window = open_browser(author)
    page = writing_page(window, draft)
    window.set_offline(True)

    page.get_by_role("button", name="Discard").click()

    page.get_by_role("alert").filter(has_text="nothing was sent").wait_for()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_on_a_telephone_the_steps_and_the_menu_are_in_reach(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author, width=360, language="ru"), draft)

    page.get_by_role("link", name="Перейти к действиям").last.click()
    assert page.locator("#steps").bounding_box()["y"] < 900
    page.get_by_role("link", name="Меню").click()
    page.wait_for_url("**/admin/#menu")
    assert page.locator("#menu").bounding_box()["y"] < 900


def test_logging_out_leaves_no_text_in_the_browser(open_browser: Open, author: User, draft: Edition) -> None:
    window = open_browser(author)
    page = writing_page(window, draft)
    page.get_by_label("Title").fill("Confidential")
    leave(page)
    assert page.evaluate("localStorage.length") > 0

    page.locator(".person summary").click()
    page.locator("#logout-form button").click()
    page.wait_for_load_state()

    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('press-office'))") == []


def test_the_browser_asks_before_a_step_is_taken_over_unsaved_text(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    type_line(page, "Unsaved")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.get_by_role("button", name="Discard").click()

    assert asked == ["beforeunload"]
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dialogs_conflict_and_kept_text_break_no_rule_of_accessibility(
    open_browser: Open, author: User, other_author: User, draft: Edition, scheme: str
) -> None:
    makers.make_image("The pass in winter")
    window = open_browser(author, color_scheme=scheme, bypass_csp=True)
    page = writing_page(window, draft)
    type_line(page, "Words")
    tool(page, "Table").click()
    assert findings(page) == []
    tool(page, "Picture from the library").click()
    page.get_by_label("The pass in winter").wait_for()
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.locator(".editor-dialog").wait_for(state="detached")
    page.locator(".ProseMirror p").first.select_text()
    wait_until(page, "getSelection().toString() === 'Begin.'")
    tool(page, "Project passage").click()
    page.locator(".editor-dialog option").first.wait_for(state="attached")
    assert findings(page) == []
    page.keyboard.press("Escape")

    draft.refresh_from_db()
    draft.write(by=other_author, body="<p>Theirs.</p>")
    save(page)
    page.locator(".conflict").wait_for()
    assert findings(page) == []
    leave(page)
    page = writing_page(window, draft)
    page.locator("[data-kept-offer] summary").click()
    assert findings(page) == []


def test_a_finding_leads_into_the_paragraph_and_the_original_follows_the_cursor(
    open_browser: Open, author: User
) -> None:
    original = makers.make_edition(language="ru", body="<p>Мост.</p><p>Дорога.</p>")
    edition = makers.make_edition(
        statement=original.statement,
        language="en",
        body="<p>Bridge.</p><p>A rоad.</p>",
        state="draft",
        by=author,
    )
    page = writing_page(open_browser(author), edition)

    page.locator(".checks a[href='#block-1']").click()

    wait_until(page, "getSelection().toString() === 'rоad'")
    here = page.locator("[data-paragraph].is-here")
    here.wait_for()
    assert here.inner_text() == "Дорога."


def test_without_script_a_finding_leads_to_the_field_and_the_original_is_there(
    open_browser: Open, author: User
) -> None:
    original = makers.make_edition(language="ru", body="<p>Мост.</p>")
    edition = makers.make_edition(
        statement=original.statement, language="en", body="<p>A rоad.</p>", state="draft", by=author
    )
    page = open_browser(author, java_script_enabled=False).new_page()
    page.goto(reverse("admin:articles_edition_change", args=[edition.pk]))

    page.locator(".checks a[href='#block-0']").click()

    assert page.url.endswith("#block-0")
    assert page.locator(".field-body #block-0").count() == 1
    assert page.get_by_text("Мост.").is_visible()
