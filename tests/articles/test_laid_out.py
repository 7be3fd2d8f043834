"""Bodies as plain text for newsrooms and for comparison keep the shape of tables and lists."""

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from articles.differences import _lines_of, differences
from articles.laid_out import laid_out

TABLE = (
    "<table><thead><tr><th><p>Section</p></th><th><p>2025</p></th></tr></thead>"
    "<tbody><tr><td><p>North</p></td><td><p>277</p><p>km</p></td></tr></tbody></table>"
)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (f"<p>Before.</p>{TABLE}<p>After.</p>", "Before.\n\nSection | 2025\nNorth | 277 km\n\nAfter."),
        ("<h2>Roads</h2><ul><li><p>one</p></li><li><p>two &amp; <em>more</em></p></li></ul>",
         "Roads\n\n– one\n– two & more"),
        ('<ol start="3"><li><p>three</p><ul><li><p>in it</p></li></ul></li><li><p>four</p></li></ol>',
         "3. three\n  – in it\n4. four"),
        ("<p>a<br>b</p><blockquote><p>c</p></blockquote>", "a\nb\n\nc"),
        ("", ""),
    ],
)  # fmt: skip
def test_tables_are_rows_and_lists_are_items(html: str, text: str) -> None:
    assert laid_out(html) == text


def test_a_changed_figure_of_a_table_stands_in_its_row_apart_from_the_new_one() -> None:
    before, after = map(_lines_of, [TABLE, TABLE.replace("277", "280")])

    shown = render_to_string("components/pieces.html", {"pieces": differences(before, after)})

    words = strip_tags(shown.replace("[removed: ", "").replace("[added: ", "").replace("]", ""))
    assert [piece.text for piece in differences("5,9 км", "5,6 км")] == ["5,9", "5,6", " км"]
    assert words.strip() == "Section | 2025\nNorth | 2025: 277 280 km"
