"""Odd requests: never an error of ours, never the raw words back."""

from string import printable
from urllib.parse import quote

import pytest
from django.test import Client, RequestFactory
from django.urls import Resolver404, resolve
from django.utils.translation import override

from articles.models import Edition
from tests.channels import feed_of_its_week, image_address, under
from tests.makers import (
    body_about,
    make_document,
    make_edition,
    make_event,
    make_image,
    make_project,
    make_statement,
    make_topic,
)

pytestmark = pytest.mark.django_db

ODD_VALUES = {
    "nothing": "",
    "zero": "0",
    "minus one": "-1",
    "plus": "+1",
    "huge": "9999999999",
    "beyond 64 bits": "9" * 40,
    "thousands of digits": "9" * 6000,
    "fullwidth": "２",
    "arabic": "٢",
    "superscript": "²",
    "fraction": "1.5",
    "exponent": "1e3",
    "underscore": "1_0",
    "blank": " 1 ",
    "NUL": "%00",
    "NUL after a number": "1%00",
    "half a surrogate pair": "%ED%A0%80",
    "broken UTF-8": "%FF%FE",
    "right to left": "%E2%80%AE",
    "script": "<script>alert(1)</script>",
    "quotes": "\"'><img src=x onerror=alert(1)>",
    "SQL": "1' OR '1'='1",
    "LIKE": "%25_%25",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "year 10000": "10000",
    "first year": "1",
    "60 kB": "ж" * 10_000,
    "list": "[1]",
    "none": "None",
    "true": "True",
    "newline": "%0D%0ASet-Cookie:%20a=b",
}
PARAMETERS = [
    *("page", "kind", "topic", "project", "country", "year", "sector", "status", "promises"),
    *("form", "speaker", "sort", "state"),
    "format",
    "unheard-of",
]


@pytest.fixture
def site():
    project = make_project("road")
    statement = make_statement(topics=[make_topic("Water")], event=make_event("visit"))
    make_event("forum", days=-9)
    edition = make_edition(statement=statement, language="ru", body=body_about(project))
    make_edition(statement=make_statement(), language="en")
    return edition


LISTS = [
    *("articles:statement-list", "projects:project-list", "events:event-list"),
    *("agreements:agreement-list", "promises:promise-list"),
]


def quoted(value: str) -> str:
    """As a browser sends it: what is not ASCII as UTF-8, the rest as it is."""
    return quote(value, safe=printable)


LISTS_BY_EMAIL = ("statements", "events", "projects", "promises")


@pytest.mark.parametrize("value", ODD_VALUES)
def test_an_odd_value_of_a_parameter(value, site):
    addresses = [under("ru", name) for name in LISTS]
    addresses += [under("ru", "projects:project", "road"), under("ru", "articles:feed"), under("ru", "home")]
    addresses += [under("ru", "projects:feed"), under("ru", "promises:feed"), under("ru", "feed")]
    addresses += [under("ru", "events:feed-in", "atom"), under("ru", "articles:feed-in", "json")]
    addresses += [under("ru", "events:calendar"), under("ru", "subscribe"), feed_of_its_week(site)]
    addresses += [under("ru", "alerts:sign-up", what) for what in LISTS_BY_EMAIL]
    addresses += [site.get_absolute_url()]
    written = quoted(ODD_VALUES[value])

    for address in addresses:
        for parameters in (["page"], PARAMETERS[1:]):
            response = Client().get(
                address, QUERY_STRING="&".join(f"{parameter}={written}" for parameter in parameters)
            )

            assert response.status_code in ({200, 404} if parameters == ["page"] else {200}), address
            assert "Set-Cookie" not in response.headers
            shown = response.content.decode()
            assert "<script>alert" not in shown
            assert "<img src=x" not in shown


@pytest.mark.parametrize("value", ODD_VALUES)
def test_an_odd_value_given_to_the_interface_for_programs(value, site):
    """An answer or a problem, both of them JSON."""
    asked = {
        "statements": ("topic", "year", "limit", "cursor", "language", "as_of", "sort", "unheard-of"),
        "projects": ("country", "status"),
        "events": ("kind",),
        "search": ("q", "what", "year"),
        "quote": ("text",),
        "changes": ("since",),
    }
    for name, parameters in asked.items():
        needed = "language=ru&" if name in {"search", "quote"} else ""
        for parameter in parameters:
            query = f"{needed}{parameter}={quoted(ODD_VALUES[value])}"
            response = Client().get(f"/api/{name}/", QUERY_STRING=query)

            assert response.status_code in {200, 400}, (name, parameter)
            assert "json" in response.headers["Content-Type"]
            assert "detail" in response.json() or response.status_code == 200


def test_all_of_it_at_once_and_repeated(site):
    everything = "&".join(
        f"{parameter}={quoted(value)}" for parameter in PARAMETERS[1:] for value in ODD_VALUES.values()
    )

    for name in LISTS:
        assert Client().get(under("ru", name), QUERY_STRING=everything).status_code in {200, 400}


def test_a_value_that_is_not_known_is_named_and_left_out(site):
    response = Client().get(under("en", "articles:statement-list"), {"kind": "novel", "year": "1066"})

    assert response.status_code == 200
    assert response.context["total"] == 1
    assert len(response.context["problems"]) == 2
    for sentence in response.context["problems"]:
        assert sentence in response.content.decode().replace("&quot;", '"')
    assert "novel" not in response.content.decode()


def test_a_filter_is_given_back_with_a_way_out_of_it(site):
    response = Client().get(
        under("ru", "articles:statement-list"), {"kind": "statement", "topic": "water", "page": "1"}
    )

    assert [each.remove_url for each in response.context["chosen"]] == ["?topic=water", "?kind=statement"]
    assert response.context["total"] == 1


@pytest.mark.parametrize("page", ["0", "-1", "2", "９", "9999999999", "1.0", "x"])
def test_a_page_that_is_not_there_says_how_many_there_are(page, site):
    response = Client().get(under("en", "articles:statement-list"), {"page": page})

    assert response.status_code == 404
    assert "This list has 1 page" in response.content.decode()


ODD_PATHS = [
    "/en/statements/2025-k7m/",
    "/en/statements/2025-k7mf2/",
    "/en/statements/2025-K7MF/",
    "/en/statements/٢٠٢٥-k7mf/",
    "/en/statements/2025-k7mf/v0/",
    "/en/statements/2025-k7mf/v-1/",
    "/en/statements/2025-k7mf/v99999999999999999999999/",
    "/en/statements/2025-k7mf/preview/99999999999999999999999/",
    "/en/statements/2025-k7mf/%00/",
    "/en/statements/2025-k7mf/%ED%A0%80/",
    "/en/statements/2025-k7mf/" + "x" * 5000 + "/",
    "/en/statements/2025-k7mf/жол/",
    "/en/statements/2025-k7mf/<script>/",
    "/en/projects/%00/",
    "/en/projects/none/",
    "/en/projects/none/feed.rss",
    "/en/feed.xml",
    "/en/statements/feed.JSON",
    "/en/statements/feed-2026-W54.atom",
    "/en/statements/feed-2025-W53.rss",
    "/en/statements/feed-2026-W00.rss",
    "/en/statements/feed-2026-W1.rss",
    "/en/statements/feed-2026-W٠١.rss",
    "/en/statements/feed-2026-w01.rss",
    "/en/statements/feed-2026-W01-1.rss",
    "/en/statements/feed-2026-W01-999.rss",
    "/en/statements/feed-2026-W01.json",
    "/en/statements/feed-1900-W01.rss",
    "/en/statements/feed-2099-W53.atom",
    "/en/statements/feed-9999-W52.atom",
    "/en/countries/<script>/feed.rss",
    "/en/organisations/99999999999999999999999/feed.atom",
    "/en/events/" + "x" * 300 + "/",
    "/en/events/-/",
    "/de/statements/",
    "/en//statements/",
    "/EN/statements/",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/en/../../etc/passwd",
    "/static/../pressoffice/settings.py",
    "/media/images/x/full-1.webp",
    "/media/images/" + "0" * 32 + "/full-960.webp",
    "/media/images/" + "0" * 32 + "/full-9999999999.webp",
    "/media/documents/" + "0" * 32 + "/x.pdf",
    "/media/../pressoffice.sqlite3",
    "/.env",
    "/sitemap-statements-2025-1.xml",
    "/.well-known/nothing",
    "/en/statements/2025-k7mf/share-0.png",
]


@pytest.mark.parametrize("path", ODD_PATHS, ids=lambda path: path[:50])
def test_an_odd_address(path, site):
    response = Client().get(path)

    assert response.status_code in {301, 302, 404}
    if response.status_code in {301, 302}:
        assert response.headers["Location"].startswith(("/en/", "/admin/login/"))
    else:
        shown = response.content.decode()
        assert "<script>/" not in shown
        assert 'name="robots" content="noindex"' in shown


@pytest.mark.parametrize(
    "path", ["archive/20٢٤/", "archive/20٢٤/03/", "events/20٢٤/03/", "statements/feed-20٢٤-W03.rss"]
)
def test_digits_of_other_scripts_are_no_year(path):
    with override("en"):
        assert resolve(f"/en/{path.replace('٢٤', '24')}")
        with pytest.raises(Resolver404):
            resolve(f"/en/{path}")


def test_a_missing_slash_is_added(site):
    address = site.get_absolute_url()

    response = Client().get(address.rstrip("/"))

    assert (response.status_code, response.headers["Location"]) == (301, address)


@pytest.mark.parametrize("tail", ["x", "title-of-another-language", "V1", "preview", "feed", "2025"])
def test_a_wrong_tail_leads_to_the_right_one(tail, site):
    response = Client().get(under("ru", "articles:statement", site.statement.reference, tail))

    assert (response.status_code, response.headers["Location"]) == (301, site.get_absolute_url())


def test_a_reference_typed_by_hand_is_enough(site):
    reference = site.statement.reference

    response = Client().get(f"/ru/statements/{reference}/")
    without_language = Client().get(f"/statements/{reference}/", HTTP_ACCEPT_LANGUAGE="ru")

    assert response.headers["Location"] == site.get_absolute_url()
    assert without_language.headers["Location"] == f"/ru/statements/{reference}/"


def test_a_slug_of_another_language_offers_the_language_that_is_there(site):
    """The Russian slug under English: not silently Russian, not an error page without a way on."""
    response = Client().get(under("en", "articles:statement", site.statement.reference, site.slug))

    assert response.status_code == 404
    assert f'href="{site.get_absolute_url()}"' in response.content.decode()


def every_page(edition: Edition) -> list[str]:
    return [
        under("ru", "home"),
        under("ru", "about"),
        *(under("ru", name) for name in LISTS),
        under("ru", "projects:project", "road"),
        under("ru", "events:event", "visit"),
        edition.get_absolute_url(),
        edition.get_version_url(),
    ]


FEEDS = [
    ("articles:feed", ()),
    ("project-feed", ("road",)),
    ("feed-in", ("atom",)),
    ("events:feed-in", ("json",)),
    ("events:calendar", ()),
]


def test_head_answers_as_get_without_a_body(site):
    files = [image_address(make_image()), make_document().get_absolute_url()]
    addresses = [
        *every_page(site),
        *(under("ru", name, *args) for name, args in FEEDS),
        feed_of_its_week(site),
        *files,
        "/robots.txt",
    ]

    for address in addresses:
        get, head = Client().get(address), Client().head(address)

        assert head.status_code == get.status_code
        assert head.content == b""
        for name in ("Last-Modified", "ETag", "Content-Length"):
            assert head.headers.get(name) == get.headers.get(name), address
        assert head.headers["Content-Type"] == get.headers["Content-Type"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_pages_are_only_read(method, site):
    feeds = [under("ru", name, *args) for name, args in FEEDS]

    for address in [*every_page(site), *feeds, feed_of_its_week(site), "/robots.txt"]:
        reader = Client(enforce_csrf_checks=True)
        response = reader.generic(method, address, b"x=1", content_type="application/x-www-form-urlencoded")

        assert response.status_code == 405, address
        assert set(response.headers["Allow"].replace(" ", "").split(",")) == {"GET", "HEAD"}


@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_ACCEPT_LANGUAGE": "ж" * 5000},
        {"HTTP_ACCEPT_LANGUAGE": "en;q=nan, ru;q=-1,,;;==, *"},
        {"HTTP_ACCEPT_LANGUAGE": "x-" * 3000},
        {"HTTP_ACCEPT_LANGUAGE": "../../etc"},
        {"HTTP_ACCEPT_LANGUAGE": "\x00"},
        {"HTTP_ACCEPT": "application/nothing"},
        {"HTTP_ACCEPT_ENCODING": "gzip;q=x, br, *;q=0"},
        {"HTTP_IF_MODIFIED_SINCE": "yesterday"},
        {"HTTP_IF_MODIFIED_SINCE": "Sat, 31 Dec 99999 99:99:99 GMT"},
        {"HTTP_IF_NONE_MATCH": "no quotes"},
        {"HTTP_IF_NONE_MATCH": '"' * 5000},
        {"HTTP_IF_MATCH": '"x"'},
        {"HTTP_IF_UNMODIFIED_SINCE": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"HTTP_RANGE": "bytes=0-0,-1,5-2"},
        {"HTTP_COOKIE": "sessionid=x; csrftoken=<script>; django_language=../x; messages=x"},
        {"HTTP_COOKIE": "sessionid=" + "x" * 6000},
        {"HTTP_COOKIE": "=;;; ;=; \xff"},
        {"HTTP_COOKIE": 'messages="[[\\"__json_message\\",0,25,\\"forged\\"]]"'},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_REFERER": "javascript:alert(1)"},
        {"HTTP_USER_AGENT": ""},
    ],
    ids=lambda header: ascii(header)[2:50],
)
def test_an_odd_header(header, site):
    for address in [*every_page(site), under("ru", "articles:feed")]:
        response = Client().get(address, **header)

        assert response.status_code in {200, 412}
        shown = response.content.decode("utf-8", "replace")
        assert "evil.example" not in shown
        assert "<script>;" not in shown
        assert "forged" not in shown


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1:99999x", "", "<script>"])
def test_a_foreign_host_is_refused_in_the_sites_own_clothes(host, site):
    response = Client().get(under("ru", "home"), HTTP_HOST=host)

    assert response.status_code == 400
    shown = response.content.decode()
    assert "evil.example" not in shown
    assert "<script>" not in shown
    assert 'lang="ru"' in shown


def test_the_first_page_leads_to_the_readers_language():
    for accepted, language in [
        ("ru", "ru"),
        ("en-GB,en;q=0.9", "en"),
        ("ky,ru;q=0.5", "ky"),
        ("de", "ky"),
        ("", "ky"),
        ("ж;;q=", "ky"),
    ]:
        response = Client().get("/", HTTP_ACCEPT_LANGUAGE=accepted)

        assert response.status_code == 302
        assert response.headers["Location"] == f"/{language}/"
        assert "Accept-Language" in response.headers["Vary"]


def test_pages_answer_304_while_nothing_has_changed(site):
    feeds = [under("ru", "articles:feed"), feed_of_its_week(site), under("ru", "project-feed", "road")]
    for address in [*every_page(site), *feeds]:
        first = Client().get(address)
        tag = first.headers["ETag"]

        again = Client().get(address, HTTP_IF_NONE_MATCH=tag)
        zipped = Client().get(address, HTTP_ACCEPT_ENCODING="gzip")
        zipped_again = Client().get(
            address, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=zipped.headers["ETag"]
        )

        assert (again.status_code, again.content) == (304, b"")
        assert zipped_again.status_code == 304
        assert "no-cache" in first.headers["Cache-Control"]


def test_public_answers_set_no_cookie_and_depend_on_none(site):
    for address in [*every_page(site), under("ru", "articles:feed"), "/en/nothing/"]:
        response = Client().get(address)

        assert "Set-Cookie" not in response.headers
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")


def test_every_page_says_what_browsers_may_not_do(site):
    for address in [*every_page(site), "/en/nothing/", under("ru", "articles:feed")]:
        headers = Client().get(address).headers

        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "camera=()" in headers["Permissions-Policy"]


def test_the_page_of_a_failure_needs_nothing(site):
    """No database, no context, three languages."""
    from pressoffice.views import server_error

    response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    for language in ("ky", "ru", "en"):
        assert f'lang="{language}"' in response.content.decode()
