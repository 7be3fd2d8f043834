"""What the interface takes and refuses: filters, languages, moments, cursors, methods."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pressoffice.accounts import roles
from pressoffice.publishing import moment
from tests.makers import (
    make_agreement,
    make_edition,
    make_event,
    make_project,
    make_statement,
    make_topic,
    somebody,
)

pytestmark = pytest.mark.django_db


def ask(address: str, **parameters: Any) -> Any:
    return Client().get(address, parameters)


def references(address: str, **parameters: Any) -> list[str]:
    response = ask(address, **parameters)
    assert response.status_code == 200, response.content
    return [each["reference"] for each in response.json()["items"]]


def problem(response: Any, status: int, kind: str) -> str:
    """Its sentence."""
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    told = response.json()
    assert told["status"] == status
    assert told["type"].endswith(f"/en/api/#problem-{kind}")
    assert told["detail"].endswith((".", "*/*."))
    return told["detail"]


def test_the_filters_are_those_of_the_site():
    water = make_edition(
        statement=make_statement(topics=[make_topic("Water")], kind="speech"), language="ky"
    ).statement
    make_edition(language="ru")

    assert references("/api/statements/", topic="water") == [water.reference]
    assert references("/api/statements/", kind="speech", year="2026") == [water.reference]
    assert references("/api/statements/", topic="water", language="ky") == [water.reference]
    # The Russian list offers no topic that no Russian text has.
    problem(ask("/api/statements/", topic="water", language="ru"), 400, "bad-value")


def test_one_language_leaves_the_others_out():
    statement = make_statement()
    make_edition(statement=statement, language="ru")
    make_edition(statement=statement, language="en")
    make_edition(language="ky")

    (one,) = ask("/api/statements/", language="en").json()["items"]
    whole = ask(f"/api/statements/{statement.reference}/", language="en").json()
    every = ask(f"/api/statements/{statement.reference}/").json()

    assert list(one["texts"]) == list(whole["texts"]) == ["en"]
    assert list(every["texts"]) == ["en", "ru"]
    missing = ask(f"/api/statements/{statement.reference}/", language="ky")
    assert "It has one in: en, ru" in problem(missing, 404, "not-found")


@pytest.mark.parametrize(
    ("parameters", "kind", "says"),
    [
        ({"colour": "red"}, "unknown-parameter", "“colour” is no parameter"),
        ({"<script>": "1"}, "unknown-parameter", "One of the parameters"),
        ({"kind": "novel"}, "bad-value", "“kind” takes one of"),
        ({"kind": ""}, "bad-value", "“kind” takes one of"),
        ({"topic": "unheard-of"}, "bad-value", "“topic” has a value"),
        ({"topic": "\x00"}, "bad-value", "“topic” has a value"),
        ({"year": "1066"}, "bad-value", "“year” has a value"),
        ({"language": "de"}, "bad-value", "“language” takes one of: ky, ru, en"),
        ({"language": ["ky", "ru"]}, "bad-value", "more than once"),
        ({"as_of": "yesterday"}, "bad-value", "“as_of” takes a day"),
        ({"as_of": "2025-02-31"}, "bad-value", "“as_of” takes a day"),
        ({"as_of": "0001-01-01"}, "bad-value", "“as_of” takes a day"),
        ({"as_of": "2999-01-01"}, "bad-value", "what will be public is not told"),
        ({"limit": "0"}, "bad-value", "“limit” takes a whole number"),
        ({"limit": "101"}, "bad-value", "“limit” takes a whole number"),
        ({"limit": "٢"}, "bad-value", "“limit” takes a whole number"),
        ({"cursor": "x"}, "bad-cursor", "not given out"),
        ({"cursor": "x" * 501}, "bad-value", "500 characters"),
        ({"cursor": "WzFd:ж\x00"}, "bad-cursor", "not given out"),
    ],
    ids=str,
)
def test_what_is_not_known_is_refused_with_a_sentence(parameters, kind, says):
    assert says in problem(ask("/api/statements/", **parameters), 400, kind)


def test_what_is_needed_is_asked_for():
    for address in ("/api/changes/", "/api/search/?q=road", "/api/quote/?language=en"):
        assert "is needed here" in problem(ask(address), 400, "missing-parameter")
    assert "not told" in problem(ask("/api/changes/", since="2999-01-01"), 400, "bad-value")


@pytest.mark.parametrize("sort", ["", "oldest", "delivered"])
@pytest.mark.parametrize("language", ["", "ru"])
def test_pages_hold_everything_once_whatever_is_published_meanwhile(sort, language):
    now = moment.now()
    at = [now - timedelta(days=days) for days in (9, 9, 5, 3, 3)]  # some of one moment
    days = [date(2026, 1, 5), None, date(2026, 1, 7), None, date(2026, 1, 5)]
    made = [
        make_edition(statement=make_statement(delivered_on=day), language="ru", at=begin).statement.reference
        for begin, day in zip(at, days, strict=True)
    ]
    parameters = {"sort": sort, "language": language, "limit": "2"}
    response = ask("/api/statements/", **{name: value for name, value in parameters.items() if value})
    found = [each["reference"] for each in response.json()["items"]]
    make_edition(language="ru", at=now - timedelta(minutes=1))  # the newest, in front of them

    while (following := response.json()["next"]) and len(found) < 20:
        assert response.headers["Link"] == f'<{following}>; rel="next"'
        response = Client().get(following)
        found += [each["reference"] for each in response.json()["items"]]

    assert len(found) == len(set(found))
    assert set(made) <= set(found)


def test_a_cursor_holds_for_its_question_only():
    for _each in range(3):
        make_edition(language="ru")
        make_project()
    given = ask("/api/statements/", limit="1").json()["next"].split("cursor=")[1].replace("%3A", ":")

    assert len(references("/api/statements/", cursor=given, limit="50")) == 2  # a page may be of another size
    for address, more in [
        ("/api/statements/", {"kind": "statement"}),
        ("/api/statements/", {"language": "ru"}),
        ("/api/projects/", {}),
    ]:
        problem(ask(address, cursor=given, **more), 400, "bad-cursor")
    problem(
        ask("/api/statements/", cursor=given[:-1] + ("a" if given[-1] != "a" else "b")), 400, "bad-cursor"
    )
    problem(ask("/api/statements/", cursor="X" + given[1:]), 400, "bad-cursor")


def test_the_past_is_answered_and_kept_by_nobody():
    now = moment.now()
    old = make_edition(language="ru", at=now - timedelta(days=9)).statement.reference
    make_edition(language="ru", at=now - timedelta(days=1))

    response = ask("/api/statements/", as_of=timezone.localdate(now - timedelta(days=5)).isoformat())

    assert [each["reference"] for each in response.json()["items"]] == [old]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]


def test_what_was_removed_is_gone_with_its_reason():
    chief = somebody(roles.CHIEF_EDITOR)
    removed = make_edition(state="removed", language="ru").statement
    project = make_project("road", state="removed")
    away = make_project("old")
    away.remove(by=chief, reason="Merged.", redirect_to="/ru/projects/")

    sentence = problem(ask(f"/api/statements/{removed.reference}/"), 410, "removed")
    moved = ask("/api/projects/old/")

    assert "It named a private person." in sentence
    problem(ask(f"/api/statements/{removed.reference}/ninjs/ru/"), 410, "removed")
    assert "Published by mistake." in problem(ask(f"/api/projects/{project.code}/"), 410, "removed")
    problem(moved, 410, "removed")
    assert moved.json()["see"].endswith("/ru/projects/")


@pytest.mark.parametrize(
    "path",
    [
        "/api/nothing/",
        "/api/statements/2025-zzzz/",
        "/api/statements/2025-zzzz/ninjs/de/",
        "/api/statements/x/",
        "/api/projects/none/",
        "/api/countries/kg/",
        "/api/people/%00/",
        "/api/" + "x" * 5000 + "/",
        "/api/<script>/",
        "/api/%ED%A0%80/",
    ],
    ids=lambda path: path[:40],
)
def test_an_address_without_a_thing_says_so_as_json(path):
    problem(ask(path), 404, "not-found")


def test_an_address_that_lacks_its_slash_leads_on():
    response = ask("/api/statements", language="ru")

    assert (response.status_code, response.headers["Location"]) == (301, "/api/statements/?language=ru")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_it_is_only_read(method):
    for address in ("/api/", "/api/statements/", "/api/nothing/", "/api/openapi.json"):
        response = Client(enforce_csrf_checks=True).generic(method, address, b"{}")

        problem(response, 405, "method-not-allowed")
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_script_of_another_site_may_ask():
    response = Client().options(
        "/api/statements/", HTTP_ORIGIN="https://news.example", HTTP_ACCESS_CONTROL_REQUEST_METHOD="GET"
    )

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("", 200),
        ("*/*", 200),
        ("application/*;q=0.1", 200),
        ("text/html, application/json;q=0.5", 200),
        ("text/html", 406),
        ("application/nothing", 406),
        ("nonsense", 406),
    ],
)
def test_only_json_is_given(accept, status):
    response = Client().get("/api/topics/", HTTP_ACCEPT=accept)

    assert response.status_code == status
    if status == 406:
        problem(response, 406, "not-acceptable")


def test_everybody_gets_the_same_bytes_and_no_session_is_looked_up(editor, logged_in):
    make_edition(language="ru")
    make_edition(state="scheduled", language="ru")
    asked = {"HTTP_ACCEPT_LANGUAGE": "ru", "HTTP_ORIGIN": "https://news.example"}
    client = logged_in(editor)
    client.cookies["django_language"] = "ky"

    for address in ("/api/", "/api/statements/", "/api/nothing/", "/api/topics/?language=x"):
        plain = Client().get(address)
        with CaptureQueriesContext(connection) as queries:
            personal = client.get(address, **asked)

        assert (plain.status_code, plain.content) == (personal.status_code, personal.content)
        assert dict(plain.headers) == dict(personal.headers)
        assert "Set-Cookie" not in personal.headers
        assert not {"Cookie", "Accept-Language"} & set(personal.headers["Vary"].split(", "))
        assert not [each for each in queries.captured_queries if "session" in each["sql"]]


def test_an_answer_that_has_not_changed_is_not_sent_again():
    make_edition(language="ru")
    first = Client().get("/api/statements/")
    tag = first.headers["ETag"]

    again = Client().get("/api/statements/", HTTP_IF_NONE_MATCH=tag)
    head = Client().head("/api/statements/")
    zipped = Client().get("/api/statements/", HTTP_ACCEPT_ENCODING="gzip")

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert "no-cache" in first.headers["Cache-Control"]
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", tag)
    assert Client().head("/api/statements/", HTTP_IF_NONE_MATCH=tag).status_code == 304
    assert (
        Client()
        .get("/api/statements/", HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=zipped.headers["ETag"])
        .status_code
        == 304
    )
    make_edition(language="ru")
    assert Client().get("/api/statements/", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_failure_of_ours_is_told_as_json(monkeypatch):
    monkeypatch.setattr("pressoffice.api.records.public_topics", lambda: 1 / 0)
    client = Client(raise_request_exception=False)

    problem(client.get("/api/topics/"), 500, "server-error")
    problem(client.get("/api/", HTTP_HOST="evil.example"), 400, "bad-request")


def test_every_list_is_paged():
    for each in range(3):
        make_project(f"road-{each}")
        make_agreement(f"treaty-{each}", signed_on=f"2026-01-0{each // 2 + 1}")
        make_event(f"visit-{each}", days=each // 2)

    for name in ("projects", "agreements", "events"):
        found, address = [], f"/api/{name}/?limit=1"
        while address and len(found) < 9:
            page = Client().get(address).json()
            found += [each["code"] for each in page["items"]]
            address = page["next"]
        assert len(found) == len(set(found)) == 3
