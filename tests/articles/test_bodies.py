"""Bodies: what may be stored, what is shown of it, and that marks and rows agree."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.bodies import (
    RELATIONS,
    ShownProject,
    body_text,
    clean_body,
    image_tokens,
    marked_passages,
    render_body,
    without_figures,
    without_passages,
)
from articles.models import Passage
from pressoffice.publishing.plain_text import clean_text
from tests.makers import body_about, make_edition, make_image, make_project, make_statement

TOKEN = "0123456789abcdef0123456789abcdef"
ALLOWED = {
    "p": set(),
    "h2": set(),
    "h3": set(),
    "ul": set(),
    "ol": {"start"},
    "li": set(),
    "blockquote": set(),
    "aside": {"class"},
    "a": {"href"},
    "strong": set(),
    "em": set(),
    "sub": set(),
    "sup": set(),
    "br": set(),
    "hr": set(),
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"},
    "figure": {"data-image"},
    "figcaption": set(),
    "span": {"data-project", "data-relation"},
}


class Tags(HTMLParser):
    """Every tag that a browser would see, with its attributes, and what is open around it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.odd: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs), tuple(self.open)))
        if tag not in {"br", "hr", "img", "link", "meta", "input"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.odd.append(tag)

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.odd.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- arbitrary input ---------------------------------------------------------------------------------

_words = st.text(
    st.one_of(
        st.sampled_from("абв ңөүҢ x<>&\"'=/ \u00a0\t\n\u0338\u0301\u200b"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)
_names = st.sampled_from(
    [*ALLOWED, "div", "h1", "h6", "b", "i", "font", "section", "img", "svg", "math", "iframe", "form"]
    + ["details", "template", "noscript", "center", "caption", "col", "dl", "dt", "button", "o:p", "p"]
)
_attributes = st.sampled_from(
    [
        "",
        ' class="pull-quote"',
        ' class="x" onclick="alert(1)"',
        ' style="color:red"',
        ' href="javascript:alert(1)"',
        ' href="/en/statements/"',
        ' href="https://example.org/?a=1&amp;b=<table>"',
        ' data-project="casa-1000" data-relation="announces"',
        ' data-relation="figure" data-project="hidden-road"',
        ' data-project="hidden-road" data-relation="unheard-of"',
        ' data-project="../x" data-relation="figure"',
        f' data-image="{TOKEN}"',
        ' data-image="x"',
        ' start="3"',
        ' colspan="2" rowspan="0"',
        ' scope="row"',
        ' id="main"',
    ]
)


@st.composite
def _pieces(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["words", "open", "close", "whole", "reference", "comment"]))
    name = draw(_names)
    if kind == "words":
        return draw(_words)
    if kind == "open":
        return f"<{name}{draw(_attributes)}>"
    if kind == "close":
        return f"</{name}>"
    if kind == "whole":
        return f"<{name}{draw(_attributes)}>{draw(_words)}</{name}>"
    if kind == "reference":
        return draw(st.sampled_from(["&#11;", "&#0;", "&#xFFFF;", "&#x202e;", "&lt;", "&amp;lt;", "&nbsp;"]))
    return draw(
        st.sampled_from(["<!-- x -->", "<![CDATA[x]]>", "<?php x ?>", "<!doctype html>", "<", "</", "&"])
    )


any_html = st.lists(_pieces(), max_size=14).map("".join)
often = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(any_html)
def test_cleaning_twice_changes_nothing(html):
    once = clean_body(html)

    assert clean_body(once) == once


@often
@given(any_html)
def test_only_the_vocabulary_is_stored(html):
    tags = Tags(clean_body(html))

    assert not tags.odd
    assert not tags.open
    for tag, attributes, around in tags.seen:
        assert tag in ALLOWED
        assert set(attributes) <= ALLOWED[tag]
        if tag == "span":
            assert set(attributes) == {"data-project", "data-relation"}
            assert attributes["data-relation"] in RELATIONS
            assert not {"span", "a"} & set(around)
        if tag == "a":
            assert attributes["href"]
            assert not re.match(r"(?i)\s*(javascript|data|vbscript):", attributes["href"] or "")
            assert not {"span", "a"} & set(around)
        if tag in {"h2", "h3", "p"}:
            assert not {"p", "h2", "h3"} & set(around)


@often
@given(any_html)
def test_nothing_is_stored_that_xml_forbids_or_that_turns_writing_around(html):
    stored = clean_body(html)

    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", stored)


@often
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["p", "h2", "li", "div", "strong", "blockquote", "span", "td", "section", "font", "aside"]
            ),
            st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Cf"]), max_size=15),
        ),
        max_size=8,
    )
)
def test_words_are_never_lost(pieces):
    """Whatever markup stands around them."""
    html = "".join(
        f"<{tag}>{words.replace('&', '&amp;').replace('<', '&lt;')}</{tag}>" for tag, words in pieces
    )

    kept = "".join(Tags(clean_body(html)).words)

    assert squeezed(kept) == squeezed("".join(clean_text(words) for _tag, words in pieces))


@often
@given(any_html)
def test_no_code_of_a_hidden_project_is_ever_shown(html):
    """`casa-1000` is public here and `hidden-road` is not. (Words that look like markup are words.)"""
    shown = {"casa-1000": ShownProject("CASA-1000", "/en/projects/casa-1000/")}

    page = render_body(
        clean_body(html), projects=shown, figure=lambda token, caption: "", table_label="Table"
    )

    for _tag, attributes, _around in Tags(page).seen:
        assert "data-project" not in attributes
        assert "hidden-road" not in " ".join(value or "" for value in attributes.values())


@often
@given(any_html)
def test_what_is_shown_nests_well_and_runs_nothing(html):
    shown = {"casa-1000": ShownProject('A "quoted" <b>', "/en/projects/casa-1000/")}

    tags = Tags(
        render_body(
            clean_body(html),
            projects=shown,
            figure=lambda token, caption: f"<figure><figcaption>{caption}</figcaption></figure>",
            table_label='A "table" <b>',
            origin="https://press.example",
            address="https://press.example/en/statements/2025-k7mf/x/",
        )
    )

    assert not tags.odd
    assert not tags.open
    for tag, attributes, _around in tags.seen:
        assert tag in {*ALLOWED, "div"}
        assert set(attributes) <= {
            *("href", "class", "id", "title", "data-relation", "start", "colspan", "rowspan", "scope"),
            *("role", "tabindex", "aria-label"),
        }


@often
@given(any_html)
def test_passages_are_read_as_they_stand(html):
    body = clean_body(html)

    marked = marked_passages(body)

    text = "".join(Tags(body).words)
    assert len(marked) == body.count("<span ")
    assert [mark.position for mark in marked] == list(range(1, len(marked) + 1))
    for mark in marked:
        assert mark.exact.strip()
        assert squeezed(mark.exact) in squeezed(text)
        assert squeezed(mark.exact) in squeezed(body_text(body))


@often
@given(any_html)
def test_a_mark_that_is_let_go_leaves_its_words(html):
    body = clean_body(html)

    plain = without_passages(body, {"hidden-road"})

    assert {mark.project_code for mark in marked_passages(plain)} <= {"casa-1000"}
    assert "".join(Tags(plain).words) == "".join(Tags(body).words)
    assert clean_body(without_passages(body, {"hidden-road", "casa-1000"})).count("<span") == 0
    assert image_tokens(without_figures(body, {TOKEN})) == []


# --- hostile and ordinary cases ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=x&gt;'>",
        "<p onclick=alert(1)>words</p>",
        "<p style='background:url(javascript:alert(1))'>words</p>",
        "<a href='javascript:alert(1)'>words</a>",
        "<a href='JaVaScRiPt&colon;alert(1)'>words</a>",
        "<a href='&#1;javascript:alert(1)'>words</a>",
        "<a href='java\tscript:alert(1)'>words</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>words</a>",
        "<a href='vbscript:x'>words</a>",
        "<iframe src='//evil.example'></iframe>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action='//evil.example'><input name=password></form>",
        "<base href='//evil.example'>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<link rel=stylesheet href='//evil.example/x.css'>",
        "<object data=x></object><embed src=x>",
        "<template><script>alert(1)</script></template>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<p><a href='https://x.example/<table><img src=x onerror=alert(1)>'>words</a></p>",
        "<p><a href='https://x.example/&lt;/span&gt;&lt;table&gt;'>words</a></p>",
        "<figure data-image='x\" onerror=\"alert(1)'><figcaption>words</figcaption></figure>",
        f"<figure data-image='{TOKEN}'><figcaption><img src=x onerror=alert(1)></figcaption></figure>",
        "<span data-project='x\" onclick=\"alert(1)' data-relation='figure'>words</span>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
        "<xmp><img src=x onerror=alert(1)></xmp>",
        "<style>@import '//evil.example'</style>",
        "<style><img src=x onerror=alert(1)></style>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<plaintext><script>alert(1)</script>",
        "<title><img src=x onerror=alert(1)></title>",
        "<textarea><img src=x onerror=alert(1)></textarea>",
    ],
)
def test_a_hostile_body_runs_nothing(payload):
    for html in (payload, f"<p>words{payload}words</p>", f"<table><tr><td>{payload}</td></tr></table>"):
        page = render_body(clean_body(html), projects={}, figure=lambda token, caption: str(caption))

        tags = Tags(page)
        assert {tag for tag, _attributes, _around in tags.seen} <= {*ALLOWED, "div"} - {
            "figure",
            "figcaption",
        }
        for _tag, attributes, _around in tags.seen:
            assert not [name for name in attributes if name.startswith("on") or name in {"style", "src"}]
            assert "script:" not in (attributes.get("href") or "").lower()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", ""),
        ("words", "<p>words</p>"),
        ("<p>words</p>", "<p>words</p>"),
        ("<div>one<div>two</div></div>", "<p>one</p><p>two</p>"),
        ("<h1>Title</h1><h5>Part</h5>", "<h2>Title</h2><h3>Part</h3>"),
        ("<p><b>a</b><i>b</i></p>", "<p><strong>a</strong><em>b</em></p>"),
        ("<p>  </p><p>&nbsp;</p><p>x</p>", "<p>x</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<aside>a</aside>", '<aside class="pull-quote"><p>a</p></aside>'),
        ("<blockquote><blockquote>a</blockquote></blockquote>", "<blockquote><p>a</p></blockquote>"),
        (
            "<span data-project=x data-relation=date>a<span data-project=y data-relation=date>b</span>",
            '<p><span data-project="x" data-relation="date">ab</span></p>',
        ),
        (
            "<p><a href=/x><span data-project=x data-relation=figure>a</span></a></p>",
            '<p><a href="/x">a</a></p>',
        ),
        (
            "<p><span data-project=x data-relation=figure><a href=/x>a</a></span></p>",
            '<p><span data-project="x" data-relation="figure">a</span></p>',
        ),
        (
            "<span data-project=x data-relation=date>a</span><span data-relation=date data-project=x>b",
            '<p><span data-project="x" data-relation="date">ab</span></p>',
        ),
        ("<p><span data-project=x data-relation=nothing>a</span></p>", "<p>a</p>"),
        ("<p><span data-project=x data-relation=figure> </span>b</p>", "<p> b</p>"),
        ("<p>1 < 2 && 3 > 2</p>", "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>"),
        ("<p>«Ысык-Көл»&nbsp;— №&nbsp;5</p>", "<p>«Ысык-Көл»&nbsp;— №&nbsp;5</p>"),
        ("<p>a&#11;b&#xFFFE;c&#x202E;d</p>", "<p>a\nbcd</p>"),
        ("<p>&#x338;a</p>", "<p>\u0338a</p>"),
        ("<p>и\u0306</p>", "<p>й</p>"),
    ],
)
def test_a_body_becomes(typed, stored):
    assert clean_body(typed) == stored
    assert clean_body(stored) == stored


def test_deep_nesting_keeps_the_words():
    html = "<blockquote><div><b>" * 5000 + "words" + "</b></div></blockquote>" * 5000

    assert body_text(clean_body(html)) == "words"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ысык-Көлдүн жээгинде жаңы жол курулат.</p>" * 6_000,
        "<p>" + "Жаңы жол. " * 60_000 + "</p>",
        "<b>" * 60_000,
        "<p><a href='/x'>" * 20_000,
        "<table><tr><td>" * 15_000,
        "<" * 100_000,
        "&" * 50_000,
        '<span data-project="x" data-relation="figure">a</span> b. ' * 4_000,
        "<ul><li>" * 2_000,
    ],
    ids=[
        "paragraphs",
        "one paragraph",
        "bold",
        "links",
        "tables",
        "angles",
        "ampersands",
        "passages",
        "lists",
    ],
)
def test_a_long_body_is_cleaned(html):
    body = clean_body(html)

    assert clean_body(body) == body
    marked_passages(body)
    render_body(body, projects={}, figure=lambda token, caption: "")


def test_links_leave_the_site_with_the_whole_address():
    body = clean_body(
        '<p><a href="/en/events/">a</a> <a href="#passage-1">b</a> <a href="https://x.example/">c</a></p>'
    )

    feed = render_body(
        body,
        projects={},
        figure=lambda token, caption: "",
        origin="https://press.example",
        address="https://press.example/en/statements/2025-k7mf/x/",
    )

    assert 'href="https://press.example/en/events/"' in feed
    assert 'href="https://press.example/en/statements/2025-k7mf/x/#passage-1"' in feed
    assert 'href="https://x.example/"' in feed


# --- marks and rows ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_marks_and_rows_agree():
    road, line, bridge = make_project("road"), make_project("line"), make_project("bridge")
    image = make_image()
    body = (
        '<p>First <span data-project="line" data-relation="announces">500 towers</span>, then '
        '<span data-project="road" data-relation="figure">280 <em>km</em></span>; '
        '<span data-project="unknown" data-relation="date">in May</span>.</p>'
        f'<figure data-image="{image.token}"></figure>'
        f'<figure data-image="{TOKEN}"><figcaption>gone</figcaption></figure>'
    )

    edition = make_edition(state="draft", body=body, about=[bridge, road])

    rows = edition.passages.exclude(exact="").order_by("position")
    assert [(row.project.code, row.relation, row.exact, row.position) for row in rows] == [
        ("line", "announces", "500 towers", 1),
        ("road", "figure", "280 km", 2),
    ]
    assert [(m.project_code, m.relation, m.exact, m.position) for m in marked_passages(edition.body)] == [
        (row.project.code, row.relation, row.exact, row.position) for row in rows
    ]
    assert "unknown" not in edition.body
    assert "in May" in edition.body
    assert [row.image for row in edition.in_images.all()] == [image]
    assert image_tokens(edition.body) == [image.token]
    assert "<p>gone</p>" in edition.body
    assert [passage.project for passage in edition.passages.filter(exact="")] == [bridge]
    assert line.passages.get().anchor == "passage-1"


@pytest.mark.django_db
def test_writing_again_replaces_the_rows(author):
    road, line = make_project("road"), make_project("line")
    edition = make_edition(state="draft", body=body_about(road), by=author)

    edition.write(by=author, body=body_about(line, "500 towers", "announces"))

    assert [(p.project.code, p.exact) for p in Passage.objects.filter(edition=edition)] == [
        ("line", "500 towers")
    ]


@pytest.mark.django_db
def test_a_draft_of_an_unknown_body_is_cleaned_whatever_the_way(author):
    edition = make_statement().start_edition(language="ru", by=author)

    edition.write(by=author, title="A\x0btitle\u202e", body="<script>alert(1)</script><p onclick=x>words</p>")

    assert edition.body == "<p>words</p>"
    assert edition.title == "A title"
