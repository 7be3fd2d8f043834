"""Where lines end on the page, as a browser sets them: never within a word, a date or a figure."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from tests import makers

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
        if (new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1) parted.push(found[0]);
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
