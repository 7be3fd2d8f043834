"""What script adds to a statement: quotes that carry their source, photographs in the whole window."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pixels

from tests import makers
from tests.browser.waiting import wait_until

Open = Callable[..., Any]
Watched = Callable[[Any], list[str]]

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
SELECT = """([node, begin, end]) => {
  const words = document.querySelector(node).firstChild;
  document.getSelection().setBaseAndExtent(words, begin, words, end);
}"""


def a_photograph(name: str) -> Any:
    image = makers.make_image(name)
    drawn = BytesIO()
    Pixels.new("RGB", (960, 640), "#0b5870").save(drawn, "JPEG")
    for rendition in image.renditions.filter(format="jpeg"):
        rendition.file.save("rendition", ContentFile(drawn.getvalue()), save=False)
        rendition.byte_size = len(drawn.getvalue())
        rendition.save()
    return image


def a_statement(**content: Any) -> Any:
    speaker = makers.make_person("Speaker", office="Minister")
    statement = makers.make_statement(speakers=[speaker], delivered_on=date(2026, 8, 22))
    return makers.make_edition(language="en", statement=statement, **content)


def test_selected_words_are_copied_whole_with_speaker_day_and_an_address_that_finds_them(
    open_browser: Open, watched: Watched, live_server: Any
) -> None:
    edition = a_statement(body="<p>Of the roads we build, this one is first.</p>")
    page = open_browser(**CLIPBOARD).new_page()
    heard = watched(page)
    page.goto(edition.get_absolute_url())

    # From within "roads" to within "build".
    page.evaluate(SELECT, [".prose p", 9, 20])
    page.get_by_role("button", name="Copy quote with source").click()
    page.get_by_role("button", name="Copied").wait_for()

    quote, address = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert quote == "“roads we build” — Speaker (en), Minister (en), 22 August 2026"
    assert address.endswith(f"{edition.get_absolute_url()}#:~:text=roads%20we%20build")
    assert heard == []


def test_a_long_quote_is_found_by_its_first_and_last_words(open_browser: Open, live_server: Any) -> None:
    words = "one two three four five six seven eight nine ten eleven twelve"
    edition = a_statement(body=f"<p>{words}</p>")
    page = open_browser(**CLIPBOARD).new_page()
    page.goto(edition.get_absolute_url())

    page.evaluate(SELECT, [".prose p", 0, len(words)])
    page.get_by_role("button", name="Copy quote with source").click()
    page.get_by_role("button", name="Copied").wait_for()

    address = page.evaluate("navigator.clipboard.readText()").split("\n")[1]
    assert unquote(address).endswith("#:~:text=one two three four,nine ten eleven twelve")


def test_a_quotation_in_the_text_is_copied_without_selecting_it(open_browser: Open, live_server: Any) -> None:
    edition = a_statement(body="<p>He said:</p><blockquote><p>We build it together.</p></blockquote>")
    page = open_browser(**CLIPBOARD).new_page()
    page.goto(edition.get_absolute_url())

    page.locator("blockquote").get_by_role("button", name="Copy quote with source").click()
    page.get_by_role("button", name="Copied").wait_for()

    assert page.evaluate("navigator.clipboard.readText()").startswith("“We build it together.” — Speaker")


BY_SPEAKER = " — {citation}"
BY_OFFICE = " ({source})"


@pytest.mark.parametrize(
    ("language", "quotes"),
    [
        (
            "ru",
            {
                # Only what was said, the speaker once, its own marks.
                "«Коридор „Ак-Тилек“ открыт», — сказала начальник Асель Жуманова.": (
                    f"«Коридор „Ак-Тилек“ открыт»{BY_SPEAKER}"
                ),
                "„Коридор открыт“, — сказала она.": f"„Коридор открыт“{BY_SPEAKER}",
                "«Это потерянные деньги».": f"«Это потерянные деньги»{BY_SPEAKER}",
                # Without marks of its own, and with those of a name inside.
                "Коридор «Ак-Тилек» открыт.": f"«Коридор „Ак-Тилек“ открыт.»{BY_SPEAKER}",
                "«Ак-Тилек» открыт": f"«„Ак-Тилек“ открыт»{BY_SPEAKER}",
                # Where the narrator interrupts, or names somebody else, the sentence tells who speaks.
                "«Открыт, — сказала Асель Жуманова. — Бумаг меньше».": (
                    f"«Открыт, — сказала Асель Жуманова. — Бумаг меньше».{BY_OFFICE}"
                ),
                "«Открыт», — сказал Эрмек Токторбаев.": f"«Открыт», — сказал Эрмек Токторбаев.{BY_OFFICE}",
                "Она сказала: «Коридор открыт».": f"Она сказала: «Коридор открыт».{BY_OFFICE}",
            },
        ),
        (
            "en",
            {
                "“One lane is not enough,” said Асель Жуманова.": f"“One lane is not enough”{BY_SPEAKER}",
                "“One,” she said, “is not enough.”": f"“One,” she said, “is not enough.”{BY_OFFICE}",
            },
        ),
        (
            "ky",
            {"«Бир коридор аз», — деди Асель Жуманова.": f"«Бир коридор аз»{BY_SPEAKER}"},
        ),
    ],
)
def test_a_quotation_keeps_its_own_marks_and_names_its_speaker_once(
    open_browser: Open, live_server: Any, language: str, quotes: dict[str, str]
) -> None:
    name = "Асель Жуманова"
    speaker = makers.make_person(name, name_ky=name, name_ru=name, name_en=name)
    statement = makers.make_statement(
        speakers=[speaker], delivered_on=date(2026, 8, 22), original_language=language
    )
    body = "".join(f"<blockquote><p>{words}</p></blockquote>" for words in quotes)
    edition = makers.make_edition(language=language, statement=statement, body=body)
    page = open_browser(language=language, **CLIPBOARD).new_page()
    page.goto(edition.get_absolute_url())

    copied = []
    for button in page.locator("blockquote [data-quote]").all():
        button.click()
        page.locator("[data-quoting-status]", has_text=re.compile(".")).wait_for()
        copied.append(page.evaluate("navigator.clipboard.readText()").split("\n")[0])

    article = page.locator("[data-citation]")
    citation, source = article.get_attribute("data-citation"), article.get_attribute("data-source")
    expected = [words.format(citation=citation, source=source) for words in quotes.values()]
    assert copied == [words.replace("\u2011", "-") for words in expected]
    assert (citation.count(name), name in source) == (1, False)


def test_nothing_is_offered_for_words_outside_the_text(open_browser: Open, live_server: Any) -> None:
    page = open_browser().new_page()
    page.goto(a_statement().get_absolute_url())

    page.evaluate(SELECT, ["h1", 0, 4])

    assert page.get_by_role("button", name="Copy quote with source").count() == 0


def test_photographs_are_looked_at_one_after_the_other_with_the_keyboard(
    open_browser: Open, watched: Watched, live_server: Any
) -> None:
    edition = a_statement(gallery=[a_photograph("First"), a_photograph("Second")])
    page = open_browser().new_page()
    heard = watched(page)
    page.goto(edition.get_absolute_url())

    page.locator(".gallery__open").first.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert dialog.get_by_role("img", name="What First shows (en)").is_visible()
    page.keyboard.press("ArrowRight")
    assert dialog.get_by_role("img", name="What Second shows (en)").is_visible()
    assert dialog.get_by_role("status").inner_text() == "2 / 2"
    page.keyboard.press("Escape")

    assert dialog.count() == 0
    # Where the reader was looking last. The browser itself goes back to the first for a moment.
    page.locator(".gallery__open:focus").get_by_role("img", name="What Second shows (en)").wait_for()
    assert heard == []


def test_a_single_photograph_is_shown_with_its_words_and_without_a_count(
    open_browser: Open, live_server: Any
) -> None:
    image = a_photograph("First")
    type(image).objects.filter(pk=image.pk).update(credit_en="Photo: A. Osmonov", terms="press")
    caption = f'<figure data-image="{image.token}"><figcaption>The <em>new</em> road.</figcaption></figure>'
    edition = a_statement(body=f"<p>Of a road.</p>{caption}")
    page = open_browser().new_page()
    page.goto(edition.get_absolute_url())

    page.locator(".gallery__open").click()

    words = page.get_by_role("dialog").locator("figcaption").inner_text()
    assert words.split("\n") == [
        "The new road.",
        "Photo: A. Osmonov. Free for news reporting, with the credit",
    ]
    assert page.get_by_role("dialog").get_by_role("status").count() == 0


def test_without_script_a_photograph_opens_as_a_file(open_browser: Open, live_server: Any) -> None:
    edition = a_statement(gallery=[a_photograph("First")])
    page = open_browser(java_script_enabled=False).new_page()
    page.goto(edition.get_absolute_url())

    assert page.get_by_role("button", name="Copy quote with source").count() == 0
    page.locator(".gallery__open").click()
    assert page.url.endswith("/full-960.jpg")


# --- line ends, and the page as a whole --------------------------------------------------------------

LONG = "Кызматташтыктарыбыздын жыйынтыгы"


@pytest.mark.parametrize("words", ["дороги — 280 км, её цена", "3 млрд сомов"])
def test_an_address_finds_words_across_non_breaking_spaces(
    open_browser: Open, live_server: Any, words: str
) -> None:
    body = (
        "<p>Начало.</p>" * 80 + "<p>Длина дороги — 280 км, её цена — 3 млрд сомов.</p>" + "<p>Конец.</p>" * 80
    )
    edition = makers.make_edition(language="ru", body=body)
    page = open_browser(language="ru").new_page()

    page.goto(f"{edition.get_absolute_url()}#:~:text={quote(words, safe='')}")

    assert "\u00a0км" in page.locator(".prose").text_content()
    wait_until(page, "scrollY > 500")


def test_what_is_copied_by_hand_has_plain_spaces_and_no_hidden_hyphens(
    open_browser: Open, live_server: Any
) -> None:
    edition = makers.make_edition(language="ky", title=LONG, body="<p>Жол — 280 км.</p>")
    page = open_browser(language="ky", **CLIPBOARD).new_page()
    page.goto(edition.get_absolute_url())

    for node, expected in [("h1", LONG), (".prose p", "Жол — 280 км.")]:
        page.evaluate("node => getSelection().selectAllChildren(document.querySelector(node))", node)
        page.keyboard.press("Control+c")
        assert page.evaluate("navigator.clipboard.readText()").strip() == expected


def test_the_address_of_a_statement_is_copied(open_browser: Open, watched: Watched, live_server: Any) -> None:
    edition = a_statement()
    page = open_browser(**CLIPBOARD).new_page()
    heard = watched(page)
    page.goto(edition.get_absolute_url())

    page.get_by_role("button", name="Copy the link").press("Enter")
    page.get_by_role("button", name="Copied").wait_for()

    assert page.evaluate("navigator.clipboard.readText()").endswith(edition.get_absolute_url())
    assert heard == []


def test_a_statement_is_handed_to_the_systems_own_sheet_and_to_nobody_else(
    open_browser: Open, live_server: Any
) -> None:
    edition = a_statement()
    context = open_browser()
    context.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    page = context.new_page()
    page.goto(edition.get_absolute_url())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.locator(".share").get_by_role("button", name="Share").click()

    shared = page.evaluate("window.shared")
    assert shared["title"] == edition.title
    assert shared["url"].endswith(edition.get_absolute_url())
    assert [url for url in asked if not url.startswith(live_server.url)] == []


def test_without_script_nothing_is_offered_that_could_not_work(open_browser: Open, live_server: Any) -> None:
    edition = a_statement(body="<blockquote><p>We build it together.</p></blockquote>")
    page = open_browser(java_script_enabled=False).new_page()
    page.goto(edition.get_absolute_url())

    assert page.locator("main button:visible").count() == 0
