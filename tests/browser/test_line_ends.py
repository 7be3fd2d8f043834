"""Where lines end on the page, as a browser sets them: never within a word, a date or a figure."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from tests import makers
from tests.browser.waiting import wait_until

Open = Callable[..., Any]

# Of the words that match, those that do not stand on one line.
PARTED = """([selector, pattern]) => {
  const parted = [];
  for (const part of document.querySelectorAll(selector)) {
    const nodes = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      for (const found of nodes.currentNode.data.matchAll(new RegExp(pattern, "gu"))) {
        const range = document.createRange();
        range.setStart(nodes.currentNode, found.index);
        range.setEnd(nodes.currentNode, found.index + found[0].length);
        const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
        if (lines.size > 1) parted.push(found[0]);
      }
    }
  }
  return parted;
}"""


def test_no_word_of_the_table_of_promises_parts_where_it_is_narrow(
    open_browser: Open, live_server: Any
) -> None:
    office = "Автомобиль жолдору башкармалыгынын башчысынын орун басары"
    speaker = makers.make_person("Гүлмира Асанбекова", office=office)
    statement = makers.make_statement(speakers=[speaker], original_language="ky")
    makers.make_edition(language="ky", statement=statement)
    project, due = makers.make_project(), {"due_on": date(2030, 9, 1)}
    promise = makers.make_commitment(project, statement, text_ky="Комплекстин курулушу аяктайт", **due)
    later = {"answers": promise, "relation": "restates", "stated_on": date(2025, 1, 1), **due}
    makers.make_commitment(
        project, statement, text_ky="Жаңы мөөнөт инвестор тандалгандан кийин " * 4, **later
    )
    page = open_browser(language="ky", width=1024).new_page()
    page.goto("/ky/promises/")

    assert page.locator(".promises thead").is_visible()
    assert page.evaluate(PARTED, [".promises", r"\p{L}+"]) == []


def test_a_sum_of_money_stays_with_its_currency(open_browser: Open, live_server: Any) -> None:
    project, edition = makers.make_project("road"), makers.make_edition()
    amount = Decimal(1_700_000_000)
    makers.make_budget_line(project, edition.statement, amount=amount, country=makers.make_country("KG"))
    page = open_browser(language="ru", width=320).new_page()
    page.goto("/ru/projects/road/")

    assert page.evaluate(PARTED, [".money", r"[\d,]+\s\p{L}+\sUSD"]) == []
    assert "1,7\u00a0миллиарда\u00a0USD" in page.locator(".money__amount").text_content()


def test_kyrgyz_dates_do_not_part_and_are_still_found_and_copied_as_they_were_written(
    open_browser: Open, live_server: Any
) -> None:
    words = "2025-жылдын 1-сентябрында"
    body = f"<p>{'Башы. ' * 30}</p>" * 30 + "".join(
        f"<p>{'а' * width} {words} ачылат.</p>" for width in range(40)
    )
    edition = makers.make_edition(language="ky", title=f"Жол {words} бүтөт", summary=words, body=body)
    page = open_browser(
        language="ky", width=320, permissions=["clipboard-read", "clipboard-write"]
    ).new_page()
    page.goto(f"{edition.get_absolute_url()}#:~:text={quote(words).replace('-', '%2D')}%20ачылат")

    wait_until(page, "scrollY > 500")
    assert page.evaluate(PARTED, [".statement__title, .statement__summary, .prose", r"\d+-\p{L}+"]) == []
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.statement__summary'))")
    page.keyboard.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()").strip() == words
