# ruff: noqa: E501 — what Word writes is kept as it writes it
"""What comes in from Word: headings, lists, tables, emphasis and links, and nothing else."""

from collections.abc import Callable
from typing import Any

import pytest

from articles.models import Edition
from pressoffice.accounts.models import User
from tests import makers
from tests.browser.test_writing import save, writing_page

Open = Callable[..., Any]

# As Word 365 puts it on the clipboard, shortened: styles, smart tags, tracked changes, comments, footnotes,
# a picture, a bookmark, fields, lists of two levels.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns:st1="urn:schemas-microsoft-com:office:smarttags" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta name=ProgId content=Word.Document><style>p.MsoNormal {mso-style-parent:""; margin:0cm}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=RU style='tab-interval:35.4pt'><!--StartFragment-->
<p class=MsoTitle><span lang=RU>Сообщение<o:p></o:p></span></p>
<h1 style='mso-fareast-font-family:Arial'><a name="_Toc1"></a><b><span style='color:#2F5496;font-size:20.0pt'>Итоги
визита</span></b><o:p></o:p></h1>
<p class=MsoNormal style='text-align:justify'><b style='mso-bidi-font-weight:normal'><span
style='color:red;font-family:"Comic Sans MS"'>Важно</span></b>: <i>стороны</i> <u>договорились</u>, см. <a
href="https://press.example/doc">документ</a><a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span
class=MsoFootnoteReference>[1]</span></a>. <st1:place w:st="on"><st1:City w:st="on">Бишкек</st1:City></st1:place><span
style='mso-spacerun:yes'>  </span>принял <span class=msoIns><ins cite="mailto:A" datetime="2026-05-04T10:00">280</ins></span><span
class=msoDel><del cite="mailto:A" datetime="2026-05-04T10:00">250</del></span> гостей<span
class=MsoCommentReference><span style='font-size:8.0pt'><a class=msocomanchor href="#_msocom_1">[A1]</a></span></span>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>дорога</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>первый участок</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span><![endif]>мост</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse;mso-yfti-tbllook:1184'><tr style='height:10pt'><td
width=100 style='background:yellow'><p class=MsoNormal><b>Год</b></p></td><td><p class=MsoNormal>км</p></td></tr></table>
<p class=MsoNormal><img width=10 height=10 src="file:///C:/temp/clip_image001.png" alt="x"></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Проверить!</p></div></div>
<div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> По данным штаба.</p></div></div>
<!--EndFragment--></body></html>"""


@pytest.fixture
def draft(author: User) -> Edition:
    return makers.make_edition(state="draft", by=author, body="<p>Begin.</p>")


def paste(page: Any, html: str) -> None:
    page.locator(".ProseMirror").click()
    page.keyboard.press("Control+a")
    page.locator(".ProseMirror").evaluate(
        """(box, html) => {
            const clipboardData = new DataTransfer()
            clipboardData.setData("text/html", html)
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
        }""",
        html,
    )


@pytest.mark.parametrize("mark", ["", "<!--StartFragment-->"])
def test_levels_of_headings_come_in_as_two(
    mark: str, open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    paste(page, f"{mark}<h1>One</h1><p>a</p><h2>Two</h2><p>b</p><h3>Three</h3><p>c</p>")

    save(page)

    draft.refresh_from_db()
    assert draft.body == "<h2>One</h2><p>a</p><h3>Two</h3><p>b</p><h3>Three</h3><p>c</p>"


def test_a_whole_page_from_word_comes_in_as_what_it_says(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    paste(page, WORD)

    save(page)

    draft.refresh_from_db()
    assert draft.body == (
        "<h2>Сообщение</h2><h2>Итоги визита</h2>"
        '<p><strong>Важно</strong>: <em>стороны</em> договорились, см. <a href="https://press.example/doc">документ</a>'
        "[1]. Бишкек принял 280 гостей.</p>"
        "<ol><li><p>дорога</p><ul><li><p>первый участок</p></li></ul></li><li><p>мост</p></li></ol>"
        "<table><tbody><tr><td><p><strong>Год</strong></p></td><td><p>км</p></td></tr></tbody></table>"
        "<p>[1] По данным штаба.</p>"
    )


def test_a_paste_from_a_page_of_the_web_is_not_taken_for_words(
    open_browser: Open, author: User, draft: Edition
) -> None:
    page = writing_page(open_browser(author), draft)
    paste(page, "<p>– Да, – сказал министр.</p><p><del>Нет</del></p>")

    save(page)

    draft.refresh_from_db()
    assert draft.body == "<p>– Да, – сказал министр.</p><p>Нет</p>"
