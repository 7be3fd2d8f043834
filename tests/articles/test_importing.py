import io
import os
import tracemalloc
import unicodedata
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.bodies import body_text, clean_body, marked_passages
from articles.importing import (
    LARGEST_FILE,
    Draft,
    ImportRefused,
    propose_passages,
    read,
    with_passages,
)
from articles.importing.draft import Heading, List, Paragraph, Quote, Rule, Run, Runs, Table
from projects.recognition import KnownProject

SAMPLES = Path(__file__).parent.parent / "samples"
ANY_SAMPLE = Path(__file__).parents[3] / "shared" / "samples"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def from_bytes(content: bytes, name: str = "statement.txt") -> Draft:
    return read(io.BytesIO(content), name)


def from_text(text: str) -> Draft:
    return from_bytes(text.encode())


def from_html(html: str) -> Draft:
    return from_bytes(html.encode(), "statement.html")


def refusal(content: bytes, name: str = "statement.txt") -> str:
    with pytest.raises(ImportRefused) as refused:
        from_bytes(content, name)
    return str(refused.value)


def shape(draft: Draft) -> list[str]:
    return [type(block).__name__ for block in draft.blocks]


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


# Word documents, written as Word writes them

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="a5"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="Our chapter"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="bullets"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""
LINKS = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
  Target="https://example.org/a?b=1&amp;c=2" TargetMode="External"/>
<Relationship Id="rId8" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
  Target="javascript:alert(1)" TargetMode="External"/></Relationships>"""
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def p(text: str = "", *, style: str = "", about: str = "", inner: str = "") -> str:
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    words = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{style}{about}</w:pPr>{words}{inner}</w:p>"


def item(text: str, *, number: int = 1, level: int = 0) -> str:
    return p(text, about=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def r(text: str, about: str = "") -> str:
    return f'<w:r><w:rPr>{about}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def word_file(body: str = "", **parts: str | bytes) -> bytes:
    document = (
        f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": document,
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": LINKS,
    }
    members |= {name.replace("__", "/").replace("_xml", ".xml"): content for name, content in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if content:
                archive.writestr(name, content)
    return file.getvalue()


def from_word(body: str, **parts: str | bytes) -> Draft:
    return from_bytes(word_file(body, **parts), "statement.docx")


# Whole statements


def test_a_plain_text_keeps_every_word_in_order():
    text = (SAMPLES / "border-bridge.en.txt").read_text()

    draft = from_text(text)

    assert draft.title == "Two ministers look at the works on the Dostuk bridge"
    assert shape(draft) == ["Paragraph", "Paragraph", "List", "Quote", "Paragraph"]
    assert letters(draft.title + body_text(draft.body)) == letters(text)
    assert "engineers who build it." in draft.body
    assert (
        "<li><p>one queue for both customs services, on the Kyrgyz-Kazakh side of the river;</p></li>"
        in draft.body
    )
    assert "<blockquote><p>«We do not count" in draft.body
    assert "waits,» the minister said.</p></blockquote>" in draft.body


def test_a_kyrgyz_text_keeps_numbers_quotation_and_speech():
    draft = from_text((SAMPLES / "youth-forum.ky.txt").read_text())

    assert shape(draft) == ["Paragraph", "Paragraph", "List", "Quote", "Paragraph", "Paragraph"]
    assert "<ol><li><p>илимий долбоорлордун көргөзмөсү;</p></li>" in draft.body
    assert draft.body.endswith("<p>— Алматыда, — деп жооп берди уюштуруучулар.</p>")


def test_a_page_gives_its_article_and_nothing_around_it():
    draft = from_bytes((SAMPLES / "weekly-briefing.ru.html").read_bytes(), "page.HTML")

    assert (draft.title, draft.summary) == ("Недельный обзор министерства", "Коротко о мостах и дорогах.")
    assert draft.body == (
        "<p>Строители сдали <strong>третий пролёт</strong> моста&nbsp;«Достук».<br>Сроки не изменились.</p>"
        "<h2>Дороги</h2>"
        "<ul><li><p>ремонт трассы <em>Балыкчи</em>;</p></li>"
        "<li><p>разметка</p><ol><li><p>осевая</p></li><li><p>боковая</p></li></ol></li></ul>"
        "<blockquote><p>«Мы показываем людям не планы, а готовую работу», — сказал министр.</p></blockquote>"
        "<table><thead><tr><th><p>Участок</p></th><th><p>Длина, км</p></th></tr></thead>"
        "<tbody><tr><td><p>Север</p></td><td><p>12</p></td></tr></tbody></table>"
        '<p>Подробнее: <a href="https://press.example.kg/ru/projects/">о проектах</a>, тут.</p>'
    )
    assert len(draft.left_out) == 2


@pytest.mark.skipif(not ANY_SAMPLE.is_dir(), reason="samples of the office are not here")
@pytest.mark.parametrize("path", sorted(ANY_SAMPLE.glob("*.txt")), ids=lambda path: path.stem[:30])
def test_a_real_statement_is_recognised(path):
    text = path.read_text()
    projects = [
        KnownProject("complex", ("trade and logistics complex",)),
        KnownProject("center", ("Wholesale distribution centre",)),
        KnownProject("highway", ("Almaty – Issyk-Kul highway",)),
    ]

    draft = with_passages(from_text(text), language="en", projects=projects)

    assert letters(draft.title + body_text(draft.body)) == letters(text)
    [bullets] = [block for block in draft.blocks if isinstance(block, List)]
    assert len(bullets.items) == 3
    assert draft.count(Quote) == 2
    assert {proposed.code for proposed in draft.proposed} == {"complex", "center", "highway"}


# Plain text


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8-sig", b""), ("utf-16", b""), ("utf-16-be", b"\xfe\xff"), ("cp1251", b"")],
)
def test_encodings_that_can_be_told(encoding, mark):
    text = "Заголовок новости\r\n\r\nМинистр сказал: «Работа окончена» — и подписал акт №5."

    draft = from_bytes(mark + text.encode(encoding))

    assert draft.title == "Заголовок новости"
    assert draft.body == "<p>Министр сказал: «Работа окончена» — и подписал акт №5.</p>"
    assert bool(draft.remarks) == (encoding == "cp1251")


@pytest.mark.parametrize(
    "content",
    [
        "Заголовок новости\n\nТекст новости министерства".encode("koi8-r"),
        "Заголовок новости\n\nТекст новости министерства".encode("cp866"),
        "Déclaration du président\n\nÉté, forêt, château".encode("latin-1"),
        "Cım 日本\n\nметин".encode("utf-16")[2:],
        b"\xff\xfe\x00",
        "Кыргызстан\n\nметин".encode() + b"\xff",
    ],
)
def test_encodings_that_cannot_be_told_are_refused(content):
    assert "UTF-8" in refusal(content)


def test_an_english_text_with_western_quotes_is_read():
    assert (
        from_bytes("Title\n\n“It’s done” – he said".encode("cp1252")).body == "<p>“It’s done” – he said</p>"
    )


def test_without_empty_lines_every_line_is_a_paragraph():
    assert shape(from_text("Title\nFirst one.\nSecond one.\n• a\n• b")) == ["Paragraph", "Paragraph", "List"]


def test_long_lines_are_paragraphs_though_an_empty_line_stands_below_the_title():
    long = "A sentence that goes on. " * 12

    assert shape(from_text(f"Title\n\n{long}\n{long}\nShort.")) == ["Paragraph"] * 3


def test_wrapped_lines_are_joined_and_a_short_sentence_ends_a_paragraph():
    draft = from_text(
        "Title of it\nThe first words of the text are broken to a width of\n"
        "seventy, on the Kyrgyz-\nKazakh border.\nAnother paragraph begins here.\n\nAnd a third."
    )

    assert draft.title == "Title of it"
    assert draft.body == (
        "<p>The first words of the text are broken to a width of seventy, on the Kyrgyz-Kazakh border.</p>"
        "<p>Another paragraph begins here.</p><p>And a third.</p>"
    )


def test_what_xml_forbids_is_stripped_and_the_rest_normalised():
    draft = from_text(
        "\ufeffТема\x0b нов\uffffости\n\nи\u0306од\x00\x07 10\u00a0км <b> & \u202eкм".replace("\x00", "")
    )

    assert draft.title == "Тема новости"
    assert draft.body == "<p>йод 10&nbsp;км &lt;b&gt; &amp; км</p>"
    assert unicodedata.is_normalized("NFC", draft.body)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Points:\n\n• one\n\n• two", ["Paragraph", "List"]),
        ("· one\n· two", ["List"]),
        ("Points:\n- one\n- two", ["Paragraph", "List"]),
        ("Points:\n* one\n* two", ["Paragraph", "List"]),
        ("Points:\n– One.\n– Two.", ["Paragraph", "List"]),
        ("– one;\n– two;\n– three.", ["List"]),
        ("— Когда?\n— Завтра.", ["Paragraph", "Paragraph"]),
        ("— Мы поедем завтра.\n— Хорошо.", ["Paragraph", "Paragraph"]),
        ("Он спросил:\n\n— Когда?", ["Paragraph", "Paragraph"]),
        ("— Мы поедем завтра, — сказал он.", ["Paragraph"]),
        ("Бишкек — столица.", ["Paragraph"]),
        ("-5 градусов\n\n-7 градусов", ["Paragraph", "Paragraph"]),
        ("1. one\n2. two\n3. three", ["List"]),
        ("1) one\n2) two", ["List"]),
        ("1. One\n\nText\n\n2. Two", ["Paragraph", "Paragraph", "Paragraph"]),
        ("22. August\n1. September", ["Paragraph", "Paragraph"]),
        ("2025. A year", ["Paragraph"]),
        ("one\n\n* * *\n\ntwo", ["Paragraph", "Rule", "Paragraph"]),
        ("one\n\n-----\n\ntwo", ["Paragraph", "Rule", "Paragraph"]),
    ],
)
def test_lists_are_told_from_speech_and_lines(lines, expected):
    assert shape(from_text(f"Title\n\nBegin.\n\n{lines}"))[1:] == expected


def test_a_list_that_begins_at_five_keeps_its_numbers():
    assert '<ol start="5"><li><p>five</p></li>' in from_text("Title\n\nGo on:\n\n5. five\n6. six").body


@pytest.mark.parametrize(
    ("text", "is_quote"),
    [
        ("«We discussed the issues of trade,» the president said.", True),
        ("“We discussed the issues of trade,” the president said.", True),
        ("„Wir haben das lange besprochen“, said the minister.", True),
        ('"We discussed the issues of trade," the president said.', True),
        ("«Мы обсудили вопросы торговли», — сказал президент.", True),
        ("«Мы обсудили проект «Достук» и дороги», — отметил министр.", True),
        ("«Мы обсудили торговлю, — сказал президент. — Работа идёт».", True),
        ("«Мы обсудили. Работа идёт», — подчеркнул он.", True),
        ("«Биз соода маселелерин талкууладык», — деди Президент.", True),
        ("«Биз соода маселелерин талкууладык» деп белгиледи Президент.", True),
        ("«Мы обсудили вопросы торговли и дороги». — А. Асанов", True),
        ("«Meikin Asia» was held in Almaty, the president said.", False),
        ("«Достук» — это новый мост через реку.", False),
        ("«Достук» көпүрөсү быйыл ачылат, — деди министр.", False),
        ("«Единство наших народов» деген ураан астында форум өттү.", False),
        ("The president said: «We discussed the issues of trade.»", False),
        ("«Мы обсудили вопросы торговли, — сказал президент.", False),
    ],
)
def test_quotations_are_told_from_names_in_quotation_marks(text, is_quote):
    draft = from_text(f"Title\n\nBegin.\n\n{text}\n\n1")

    assert isinstance(draft.blocks[1], Quote) == is_quote
    assert text.replace('"', "") in body_text(draft.body).replace('"', "")


def test_a_quotation_of_several_paragraphs_is_one():
    draft = from_text(
        "Title\n\n«We discussed the issues of trade.\n\n«Then we spoke about water.\n\n"
        "All was agreed,» he said.\n\nEnd."
    )

    assert shape(draft) == ["Quote", "Paragraph"]
    assert draft.body.count("<p>") == 4


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t\r\n", "a.txt", "empty"),
        ("\ufeff\u200b".encode(), "a.txt", "no text"),
        (b"Only a title", "a.txt", "no text below"),
        (b"\x00\x01\x02\x03" * 50, "a.txt", "not a text file"),
        (os.urandom(4000), "a.txt", "UTF-8"),
        (b"x" * (LARGEST_FILE + 1), "a.txt", "larger than 5 MB"),
        (b"%PDF-1.7 x", "a.txt", "PDF"),
        (b"{\\rtf1 x}", "a.html", "RTF"),
        (b"PK\x03\x04 x", "a.txt", ".docx"),
        (b"text", "a.exe", "Only .txt"),
        (b"text", "noname", "Only .txt"),
        (b"text", "a.doc", "old version of Word"),
        (b"text", "a.docx", "not a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 x", "a.docx", "old version of Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (("long " * 80 + "\n\ntext").encode(), "a.txt", "too long"),
        (b"- one\n- two\n", "a.txt", "no title"),
        ("• one\n• two\n".encode(), "a.txt", "no title"),
    ],
)
def test_what_cannot_become_a_draft_is_refused_in_a_sentence(content, name, words):
    sentence = refusal(content, name)

    assert words in sentence
    assert sentence.endswith(".")


# Word


def test_a_word_document_gives_title_lead_headings_lists_tables_and_marks():
    draft = from_word(
        p("Мост открыт", style="a3")
        + p("Коротко о главном.", style="a5")
        + p(inner=r("Обычный ") + r("жирный", "<w:b/>") + r(" и ") + r("курсив", "<w:i/>") + r(" x") + r(
            "2", '<w:vertAlign w:val="superscript"/>'
        ))
        + p("Глава", style="1")
        + p("Раздел", style="own")
        + item("первый") + item("вложенный", level=1) + item("второй")
        + p("Дальше:", inner="") + item("раз", number=2) + item("два", number=2)
        + p("Слова.") + item("три", number=2)
        + p(inner=f'<w:hyperlink r:id="rId7">{r("ссылка")}</w:hyperlink>')
        + "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + f"<w:tc>{p('Год')}</w:tc><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p('Сумма')}</w:tc></w:tr>"
        + f"<w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>{p('2025')}</w:tc>"
        + f"<w:tc>{p('1')}</w:tc><w:tc>{p('2')}</w:tc></w:tr>"
        + f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p()}</w:tc>"
        + f"<w:tc>{p('3')}</w:tc><w:tc>{p('4')}</w:tc></w:tr></w:tbl>"
    )  # fmt: skip

    assert (draft.title, draft.summary) == ("Мост открыт", "Коротко о главном.")
    assert draft.body == (
        "<p>Обычный <strong>жирный</strong> и <em>курсив</em> x<sup>2</sup></p>"
        "<h2>Глава</h2><h3>Раздел</h3>"
        "<ul><li><p>первый</p><ol><li><p>вложенный</p></li></ol></li><li><p>второй</p></li></ul>"
        "<p>Дальше:</p><ol><li><p>раз</p></li><li><p>два</p></li></ol>"
        '<p>Слова.</p><ol start="3"><li><p>три</p></li></ol>'
        '<p><a href="https://example.org/a?b=1&amp;c=2">ссылка</a></p>'
        '<table><thead><tr><th><p>Год</p></th><th colspan="2"><p>Сумма</p></th></tr></thead><tbody>'
        '<tr><td rowspan="2"><p>2025</p></td><td><p>1</p></td><td><p>2</p></td></tr>'
        "<tr><td><p>3</p></td><td><p>4</p></td></tr></tbody></table>"
    )
    assert draft.left_out == ()


def test_a_heading_of_the_first_level_below_a_date_is_the_title():
    draft = from_word(p("22 August 2025") + p("The bridge is open", style="1") + p("Text."))

    assert draft.title == "The bridge is open"
    assert draft.body == "<p>22 August 2025</p><p>Text.</p>"


def test_bullets_typed_by_hand_in_word_are_a_list():
    draft = from_word(
        p("T")
        + p("·\tone")
        + p("·\u00a0\u00a0two")
        + p(inner="<w:r><w:t>So:</w:t><w:br/><w:t>• a</w:t></w:r>")
    )

    assert draft.body == "<ul><li><p>one</p></li><li><p>two</p></li></ul><p>So:</p><ul><li><p>a</p></li></ul>"


def test_a_list_by_style_and_a_strong_character_style():
    draft = from_word(p("T") + p("one", style="bullets") + p(inner=r("x", '<w:rStyle w:val="strong"/>')))

    assert draft.body == "<ul><li><p>one</p></li></ul><p><strong>x</strong></p>"


def test_what_a_word_document_keeps_apart_is_named_as_left_out():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText> HYPERLINK "mailto:a@example.org" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>mail</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    draft = from_word(
        p("T")
        + p(
            "kept", inner=f"<w:ins>{r(' added')}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        )
        + p(
            "seen",
            inner=r("unseen words", "<w:vanish/>") + "<w:r><w:footnoteReference w:id='2'/><w:drawing/></w:r>",
        )
        + p(inner=field + f'<w:hyperlink r:id="rId8">{r(" bad")}</w:hyperlink>')
        + f"<w:sdt><w:sdtContent>{p('in a control')}</w:sdtContent></w:sdt>"
    )

    assert draft.body == (
        '<p>kept added</p><p>seen</p><p><a href="mailto:a@example.org">mail</a> bad</p><p>in a control</p>'
    )
    assert len(draft.left_out) == 5
    assert any("unseen words" in sentence for sentence in draft.left_out)


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><document>&b;</document>',
        '<!DOCTYPE x SYSTEM "file:///etc/hostname"><document/>',
    ],
)
def test_entities_are_refused(document):
    assert "entities" in refusal(word_file(word__document_xml=document), "a.docx")


def test_a_zip_bomb_is_refused_without_being_unpacked():
    bomb = word_file(word__document_xml=b"<a>" + b" " * 300_000_000)
    assert len(bomb) < LARGEST_FILE
    tracemalloc.start()
    try:
        assert "unpacks" in refusal(bomb, "a.docx")
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most_bytes < 50_000_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (word_file(word__document_xml=""), "no text part"),
        (word_file(word__document_xml="<a/>"), "no text part"),
        (word_file(word__document_xml="<a><b></a>"), "damaged"),
        (word_file(word__document_xml=b"\xff\xfe\x00"), "damaged"),
        (word_file(word__document_xml="<a>" * 100_000), "unpacks"),
        (word_file(word__document_xml="<a>" + "<b/>" * 500_000 + "</a>"), "unpacks"),
        (word_file(p("T") + p("x"))[:400], "damaged"),
        (word_file(), "no text"),
    ],
)
def test_broken_word_documents_are_refused(content, words):
    assert words in refusal(content, "a.docx")


# HTML


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>News of the day | Office</title><p>text</p>", "News of the day"),
        ("<title>News - Office</title><meta property='og:site_name' content='Office'><p>text</p>", "News"),
        ("<title>Home</title><h1>News</h1><p>text</p>", "News"),
        ("<header><h1>Office</h1></header><article><h1>News</h1><p>text</p></article>", "News"),
        (
            "<meta property='og:title' content='News'><h1>Office</h1><main><h2>News</h2><p>text</p></main>",
            "News",
        ),
        ("<p>News</p><p>text</p>", "News"),
    ],
)
def test_the_title_of_a_page(html, title):
    draft = from_html(html)

    assert draft.title == title
    assert draft.body.endswith("<p>text</p>")
    assert "<h2>News" not in draft.body


def test_a_page_says_its_own_encoding():
    html = '<meta charset="windows-1251"><h1>Новость</h1><p>Текст</p>'

    assert from_bytes(html.encode("cp1251"), "a.htm").body == "<p>Текст</p>"
    assert "WINDOWS-1251" in refusal(html.replace("windows-1251", "utf-8").encode("cp1251"), "a.htm").replace(
        "UTF-8", "WINDOWS-1251"
    )


def test_headings_layout_tables_and_breaks_of_pages():
    draft = from_html(
        "<h1>T</h1><table><tr><td><p>one<h4>Far</h4>two<br><br>three<h6>Deep</h6></table>"
        "<blockquote>said<p>so</blockquote><hr><pre>a\n  b</pre><div>loose <span>words</span></div>"
        "<dl><dt>term<dd>meaning</dl><p>&nbsp;</p>"
    )

    assert draft.body == (
        "<p>one</p><h2>Far</h2><p>two</p><p>three</p><h3>Deep</h3><blockquote><p>said</p><p>so</p></blockquote><hr>"
        "<p>a</p><p>b</p><p>loose words</p><p>term</p><p>meaning</p>"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<b>" * 300_000,
        "<p><b><i>" * 60_000,
        "<ul><li>" * 50_000,
        "<!--" * 500_000,
        "<" * 1_000_000,
        "<a href='" * 300_000,
        "<h1>T</h1><p>" + "<b>x</b><br>• " * 8_000,
        "&" * 150_000,
        "<div>" * 190 + "<p>x" * 20_000,
    ],
    ids=range(10),
)
def test_hostile_pages_are_read_or_refused_and_never_hang(html):
    with suppress(ImportRefused):
        assert from_html(html)


# Passages

HIGHWAY = KnownProject("highway", ("Almaty-Issyk-Kul highway",))
BRIDGE = KnownProject("dostuk-bridge", ("Dostuk bridge",))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>The Dostuk bridge.</p>", "<p>The [Dostuk bridge].</p>"),
        ("<p>A Dostuk bridge, the Dostuk bridge</p>", "<p>A [Dostuk bridge], the Dostuk bridge</p>"),
        ("<p>Dostuk bridge</p><p>Dostuk bridges</p>", "<p>[Dostuk bridge]</p><p>[Dostuk bridges]</p>"),
        ("<h2>Dostuk bridge</h2>", "<h2>[Dostuk bridge]</h2>"),
        ("<ul><li><p>Dostuk bridge</p></li></ul>", "<ul><li><p>[Dostuk bridge]</p></li></ul>"),
        ("<p><strong>Dostuk bridge</strong></p>", "<p><strong>[Dostuk bridge]</strong></p>"),
        ("<p><strong>Dostuk</strong> bridge</p>", "<p>[<strong>Dostuk</strong> bridge]</p>"),
        (
            "<p>Dostuk <em><strong>bridge</strong></em></p>",
            "<p>[Dostuk <em><strong>bridge</strong></em>]</p>",
        ),
        ("<p><strong>The Dostuk</strong> bridge</p>", "<p><strong>The Dostuk</strong> bridge</p>"),
        ("<p>D<em>o</em>stuk bridge</p>", "<p>[D<em>o</em>stuk bridge]</p>"),
        ("<p>Dostuk<br>bridge</p>", "<p>Dostuk<br>bridge</p>"),
        ('<p><a href="/x">Dostuk bridge</a></p>', '<p><a href="/x">Dostuk bridge</a></p>'),
        (
            '<p><a href="/x">Dostuk</a> bridge, Dostuk bridge</p>',
            '<p><a href="/x">Dostuk</a> bridge, [Dostuk bridge]</p>',
        ),
        ("<p>Dostuk&nbsp;bridge &amp; more</p>", "<p>[Dostuk&nbsp;bridge] &amp; more</p>"),
        ("<p>Dostuk</p><p>bridge</p>", "<p>Dostuk</p><p>bridge</p>"),
        ("<p>nothing</p>", "<p>nothing</p>"),
        ("", ""),
    ],
)
def test_passages_are_proposed_where_they_are_well_formed(html, expected):
    body = propose_passages(html, "en", [BRIDGE])

    opening = '<span data-project="dostuk-bridge" data-relation="mentions">'
    assert body == expected.replace("[", opening).replace("]", "</span>")
    assert clean_body(body) == body


def test_a_passage_that_is_there_stays_the_only_one_of_its_block():
    html = '<p><span data-project="dostuk-bridge" data-relation="figure">It</span> is the Dostuk bridge.</p>'

    assert propose_passages(html, "en", [BRIDGE]) == html


def test_proposing_twice_changes_nothing():
    once = propose_passages("<p>Dostuk bridge and Almaty-Issyk-Kul highway</p>", "en", [BRIDGE, HIGHWAY])

    assert propose_passages(once, "en", [BRIDGE, HIGHWAY]) == once
    assert [passage.exact for passage in marked_passages(once)] == [
        "Dostuk bridge",
        "Almaty-Issyk-Kul highway",
    ]


def test_words_that_two_projects_share_are_left_to_a_person():
    other = KnownProject("another", ("Dostuk bridge",))
    draft = from_text("Title\n\nThe Dostuk bridge.")

    asked = with_passages(draft, language="en", projects=[BRIDGE, other])
    told = with_passages(draft, language="en", projects=[BRIDGE, other], prefer=["another"])

    assert (asked.body, asked.proposed) == (draft.body, ())
    assert "dostuk-bridge, another" in asked.left_out[0]
    assert told.proposed == (("another", "Dostuk bridge"),)


# Whatever comes in


def check(draft: Draft) -> None:
    assert draft.title
    assert "\n" not in draft.title
    assert body_text(draft.body).strip()
    assert clean_body(draft.body) == draft.body
    proposed = with_passages(draft, language="ru", projects=[KnownProject("x", ("а б", "a b"))])
    assert clean_body(proposed.body) == proposed.body
    assert body_text(proposed.body) == body_text(draft.body)


def read_or_refuse(content: bytes, name: str) -> Draft | None:
    draft = None
    with suppress(ImportRefused):
        draft = from_bytes(content, name)
    if draft is not None:
        check(draft)
    return draft


WORDS = st.text(
    st.sampled_from('аб ab\n\n\t•–—-*1.2)«»"“”„,:;!? \u00a0\u00ad\x0b\u2028<&>ң\uffff\u202e'), max_size=120
)


@given(st.one_of(WORDS, st.text(max_size=120)))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_losing_a_word_or_refused(text):
    draft = read_or_refuse(text.encode("utf-8", "ignore"), "a.txt")

    if draft is not None and not any(character.isdigit() for character in text):
        expected = letters(unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode()))
        assert letters(draft.title + body_text(draft.body)) == expected


@given(content=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.docx", "a.html"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(content, name):
    read_or_refuse(content, name)


NAMES = """
p h1 h2 h5 ul ol li table tr td th b i a br img div article main nav aside blockquote pre title sup dl dt
hr figure figcaption script svg template form span caption thead
"""
TAGS = st.sampled_from(NAMES.split())
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    st.sampled_from(
        ['<a href="https://e.org/?a&b">', '<a href="javascript:x">', "<td colspan=3>", "<ol start=7>"]
    ),
    WORDS,
)


@given(st.lists(PIECES, max_size=30))
@settings(max_examples=250, deadline=None)
def test_any_markup_is_read_or_refused(pieces):
    read_or_refuse("".join(pieces).encode("utf-8", "ignore"), "a.html")


LEAVES = [
    '<w:pStyle w:val="1"/>',
    '<w:numPr><w:numId w:val="2"/></w:numPr>',
    '<w:numPr><w:ilvl w:val="3"/></w:numPr>',
    "<w:b/>",
    "<w:vMerge/>",
    '<w:gridSpan w:val="200"/>',
    "<w:br/>",
    '<w:fldChar w:fldCharType="end"/>',
]
PARENTS = ["p", "p", "p", "r", "r", "r", "pPr", "rPr", "tbl", "tr", "tc", "tcPr"]
PARENTS += ["hyperlink", "ins", "del", "sdt", "sdtContent", "drawing"]
TEXTS = st.text(st.sampled_from("аб ab•–«»,.1:\u00a0"), max_size=12)
WORD_PIECES = st.recursive(
    st.one_of(TEXTS.map(lambda text: f"<w:t>{text}</w:t>"), st.sampled_from(LEAVES)),
    lambda inner: st.tuples(st.sampled_from(PARENTS), st.lists(inner, max_size=5)).map(
        lambda made: f"<w:{made[0]}>{''.join(made[1])}</w:{made[0]}>"
    ),
    max_leaves=40,
)


@given(st.lists(WORD_PIECES, max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_word_markup_is_read_or_refused(pieces):
    read_or_refuse(word_file(p("Title") + "".join(pieces)), "a.docx")


@given(place=st.integers(0, 2000), byte=st.integers(0, 255))
@settings(max_examples=100, deadline=None)
def test_a_damaged_archive_is_read_or_refused(place, byte):
    content = bytearray(word_file(p("Title") + p("Text of the statement.")))
    content[place % len(content)] = byte

    read_or_refuse(bytes(content), "a.docx")


def test_runs_are_cut_like_their_text():
    runs = Runs([Run("ab"), Run("cde", strong=True), Run("f")])

    assert [part.text for part in runs.cut([(0, 1), (1, 4), (5, 6)])] == ["a", "bcd", "f"]
    assert runs.part(1, 4) == Runs([Run("b"), Run("cd", strong=True)])


def test_the_kinds_of_blocks_are_counted():
    draft = from_html("<h1>T</h1><p>a</p><h2>b</h2><hr><table><tr><td>1<td>2</table>")

    assert [draft.count(kind) for kind in (Paragraph, Heading, Rule, Table, List)] == [1, 1, 1, 1, 0]
