"""A hash for each public edition, with its predecessor's in it, and one for each day: anybody can check."""

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from articles.chain import canonical, hash_of, record_of
from articles.hash_days import KEY, closed_days
from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.publishing import moment, triggers
from tests.channels import under
from tests.makers import body_about, make_edition, make_image, make_project, make_statement, somebody

pytestmark = pytest.mark.django_db

# Two in the night in Bishkek, of the first of January there.
T = datetime(2024, 12, 31, 20, 0, tzinfo=UTC)
DOCS = Path(__file__).resolve().parent.parent.parent / "docs" / "subscribers" / "api.md"


def told(address: str, at: Any = None) -> Any:
    with moment.fixed(at or moment.now()):
        response = Client().get(address)
    assert response.status_code == 200, response.content
    return response.json()


def versions(edition: Edition, at: Any = None) -> Any:
    return told(f"/api/statements/{edition.statement.reference}/", at)["texts"][edition.language]["versions"]


def past_all_guards(sql: str, *values: Any) -> None:
    guards = [guard for guards in triggers.KEPT.values() for guard in guards]
    triggers.remove(guards, connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    triggers.install(guards, connection)


def test_each_version_holds_the_hash_of_the_one_before_it():
    edition = make_edition(state="superseded", at=T)

    second, first = versions(edition)

    assert (first["hashed"]["previous"], second["hashed"]["previous"]) == ("", first["hash"])
    for version in (first, second):
        written = json.dumps(version["hashed"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert version["hash"] == hashlib.sha256(written.encode()).hexdigest()
    assert first["hash"] != second["hash"]
    assert first["hashed"]["text"] == edition.body.removeprefix("<p>").removesuffix("</p>")


def test_the_rule_never_changes():
    """Hashes are kept outside the house: this one holds, whatever is mended in how bodies are read."""
    body = (
        '<h2>Жол</h2><p>280 <span data-project="road" data-relation="figure">км <strong>жол</strong></span>'
        ",<br>"
        'a&nbsp;<a href="https://example.com/">link</a> &amp; «ү».</p>'
        "<ul><li><p>бир</p></li><li><p>эки</p></li></ul>"
        '<figure data-image="abcdefghijklmnop"><figcaption>Көпүрө</figcaption></figure>'
        "<table><tbody><tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table><hr>"
        "<blockquote><p>Сөз.</p></blockquote>"
    )
    statement = make_statement()
    statement.reference, statement.uuid = "2026-k7mf", UUID(int=7)
    edition = Edition(
        statement=statement,
        language="ky",
        number=2,
        live_from=datetime(2026, 11, 21, 3, 30, tzinfo=UTC),
        title="Жол\u2028",
        summary='Кыска "сөз"\n',
        body=body,
        change_note="Жылы",
        corrected=[["2026", "2027"]],
    )

    record = record_of(edition, previous="ab" * 32)

    assert record["text"] == ("Жол\n280 км жол,\na\u00a0link & «ү».\nбир\nэки\nКөпүрө\n1\n2\nСөз.")
    assert canonical({"b": "\u0001\u2028ү", "a": [1, True]}) == '{"a":[1,true],"b":"\\u0001\u2028ү"}'.encode()
    assert hash_of(record) == "e6a975e910447869ccf8dbf518f547bd25f64bdfa8b53b1bf9862d91b2fa4276"


def test_what_may_change_later_changes_no_hash():
    project, image = make_project("road"), make_image()
    edition = make_edition(body=body_about(project) + f'<figure data-image="{image.token}"></figure>')
    (before,) = versions(edition)

    project.remove(by=somebody(roles.CHIEF_EDITOR), reason="Never was.")
    type(image).objects.filter(pk=image.pk).update(alt_ru="Другое описание")
    edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Wrong.")

    (after,) = versions(edition)
    assert (before["hash"], before["hashed"]) == (after["hash"], after["hashed"])
    assert "280 km of road" in after["hashed"]["text"]


def test_a_scheduled_text_has_a_hash_that_nobody_is_told():
    now = moment.now()
    begin = now + timedelta(days=3)
    statement = make_statement(original_language="ru")
    make_edition(statement=statement, language="ru")
    scheduled = make_edition(state="scheduled", statement=statement, language="ru", at=begin)
    kept = scheduled.public_hash

    for at in (now, begin - timedelta(microseconds=1)):
        with moment.fixed(at):
            for address in (f"/api/statements/{statement.reference}/", under("ru", "hash-feed-in", "json")):
                assert kept not in Client().get(address).content.decode()
    assert kept == versions(scheduled, begin)[0]["hash"]

    scheduled.cancel_publication(by=somebody(roles.CHIEF_EDITOR))
    assert scheduled.public_hash == ""
    scheduled.publish(by=somebody(roles.CHIEF_EDITOR), at=begin + timedelta(days=1))
    assert scheduled.public_hash not in ("", kept)


def test_the_database_keeps_it():
    edition = make_edition()

    with pytest.raises(DatabaseError), transaction.atomic():
        Edition._base_manager.filter(pk=edition.pk).update(public_hash="0" * 64)


def verify() -> str:
    out = StringIO()
    call_command("verify_chain", stdout=out)
    return out.getvalue()


def test_verify_chain_finds_what_was_changed_past_the_database():
    edition = make_edition(state="superseded")
    make_edition(state="removed")
    make_edition(state="scheduled")
    assert verify() == "4 editions are as they were published.\n"

    past_all_guards(
        "UPDATE articles_edition SET body = %s WHERE id = %s", "<p>Nobody said it.</p>", edition.pk
    )

    with pytest.raises(CommandError) as refusal:
        verify()
    assert f"{edition.statement.reference} (ru), edition 1 is not what was published" in str(refusal.value)


def test_verify_chain_finds_a_hash_that_was_made_to_fit():
    """Whoever rewrites a text and its hash breaks the chain at the next one."""
    edition = make_edition(state="superseded")
    past_all_guards("UPDATE articles_edition SET title = %s WHERE id = %s", "Another", edition.pk)
    edition.refresh_from_db()
    made_to_fit = hash_of(record_of(edition, previous=""))
    past_all_guards("UPDATE articles_edition SET public_hash = %s WHERE id = %s", made_to_fit, edition.pk)

    with pytest.raises(CommandError, match="edition 2 is not what was published"):
        verify()


def script() -> str:
    found = re.search(r"\n((?:    .*\n|\n)*    import hashlib(?:.*\n)(?:    .*\n|\n)*)", DOCS.read_text())
    assert found
    return "\n".join(line.removeprefix("    ") for line in found[1].splitlines())


@pytest.mark.parametrize("tampered", ["", "title", "missing", "words"])
def test_the_script_in_the_documentation_computes_the_same(tampered, monkeypatch, capsys):
    edition = make_edition(state="superseded")
    address = f"/api/statements/{edition.statement.reference}/"
    answer = told(address)
    text = answer["texts"]["ru"]
    if tampered == "title":
        text["title"] = "Another"
    elif tampered == "missing":
        del text["versions"][1]
    elif tampered == "words":
        text["versions"][1]["hashed"]["text"] += "!"
    monkeypatch.setattr("urllib.request.urlopen", lambda asked: BytesIO(json.dumps(answer).encode()))
    monkeypatch.setattr("sys.argv", ["check.py", address])

    if tampered:
        with pytest.raises(AssertionError):
            exec(script(), {})
    else:
        exec(script(), {})
        assert capsys.readouterr().out == f"ru 2 {text['versions'][0]['hash']}\n"
    assert len(script().strip().splitlines()) < 20


# --- days --------------------------------------------------------------------------------------------


@pytest.fixture
def three_days() -> list[Edition]:
    """Two texts on the first of January 2025 in Bishkek, one on the third, one today."""
    statement = make_statement(original_language="ru")
    return [
        make_edition(statement=statement, language="ru", at=T),
        make_edition(language="en", at=T + timedelta(hours=1)),
        make_edition(statement=statement, language="ru", at=T + timedelta(days=2)),
        make_edition(language="ky", at=moment.now() - timedelta(seconds=1)),
    ]


def test_a_day_has_the_hashes_of_its_texts_and_the_hash_of_the_day_before_it(three_days):
    first, english, second, _today = three_days

    third, new_year = told("/api/hashes/")["items"]
    whole, later = told("/api/hashes/2025-01-01/"), told("/api/hashes/2025-01-03/")

    assert [each["day"] for each in (third, new_year)] == ["2025-01-03", "2025-01-01"]
    assert (new_year["texts"], new_year["previous"], third["previous"]) == (2, None, new_year["hash"])
    assert whole["hashed"]["editions"] == sorted(
        [each.statement.reference, each.language, 1, each.public_hash] for each in (first, english)
    )
    assert later["hashed"]["editions"] == [[second.statement.reference, "ru", 2, second.public_hash]]
    for day in (whole, later):
        written = json.dumps(day["hashed"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(written.encode()).hexdigest() == day["hash"]
    assert later["hashed"]["previous"] == whole["hash"]
    for nothing in ("2025-01-02", "2999-01-01"):
        assert Client().get(f"/api/hashes/{nothing}/").status_code == 404
    assert Client().get("/api/hashes/2025-13-41/").status_code == 404


def test_a_removed_text_keeps_its_place_in_the_chain_of_days(three_days):
    before = told("/api/hashes/")["items"]

    three_days[1].remove(by=somebody(roles.CHIEF_EDITOR), reason="It named a private person.")

    cache.clear()
    assert told("/api/hashes/")["items"] == before


def test_days_are_told_when_they_are_over_and_page_by_page(three_days):
    begin_of_the_second = datetime(2025, 1, 1, 18, 0, tzinfo=UTC)
    assert told("/api/hashes/", begin_of_the_second + timedelta(minutes=9))["items"] == []
    cache.clear()
    assert len(told("/api/hashes/", begin_of_the_second + timedelta(minutes=11))["items"]) == 1

    page = told("/api/hashes/?limit=1")
    assert [each["day"] for each in page["items"]] == ["2025-01-03"]
    assert [each["day"] for each in told("?".join(urlsplit(page["next"])[2:4]))["items"]] == ["2025-01-01"]
    assert told("/api/hashes/?as_of=2025-01-02")["items"] == told("/api/hashes/")["items"][1:]


def test_what_is_kept_of_days_is_what_is_computed(three_days, django_assert_num_queries):
    with moment.fixed(T + timedelta(days=1, hours=1)):
        assert [each.day.isoformat() for each in closed_days()] == ["2025-01-01"]
    went_on = closed_days()
    with django_assert_num_queries(0):
        assert closed_days() == went_on
    cache.delete(KEY)
    with django_assert_num_queries(1):
        assert closed_days() == went_on


def test_a_moment_ahead_is_not_kept():
    make_edition(state="scheduled", at=moment.now() + timedelta(days=2))
    with moment.fixed(moment.now() + timedelta(days=9)):
        assert len(closed_days()) == 1

    assert cache.get(KEY) is None
    assert closed_days() == []


def test_an_archive_counts_for_the_day_on_which_it_came(tmp_path, person_with):
    chief = person_with(roles.CHIEF_EDITOR)
    make_edition(at=T)
    before = closed_days()
    line = {"id": 1, "group": 1, "lang": "ru", "title": "Old", "summary": "Old", "body": ["Words."]}
    line["published_at"] = "2019-05-05T10:00:00Z"
    (tmp_path / "statements.jsonl").write_text(json.dumps(line) + "\n")
    refused = tmp_path / "refused.csv"
    call_command("import_archive", str(tmp_path), "--by", chief.username, "--refused", str(refused))

    brought = Edition.objects.get(title="Old")
    cache.clear()
    assert closed_days() == before
    with moment.fixed(moment.now() + timedelta(days=2)):
        assert closed_days()[-1].texts == 1
    assert brought.public_hash == hash_of(record_of(brought, previous=""))
    assert "2 editions" in verify()


def test_the_days_are_a_feed(three_days):
    for language in ("ky", "ru", "en"):
        feed = told(under(language, "hash-feed-in", "json"))
        third, new_year = feed["items"]
        assert third["date_published"] == "2025-01-03T18:10:00Z"
        assert three_days[0].public_hash in new_year["content_html"]
        assert three_days[1].public_hash in new_year["content_html"]
        assert told("/api/hashes/2025-01-01/")["hash"] in third["content_html"]
        assert new_year["url"].endswith("/api/hashes/2025-01-01/")
    assert (
        len({told(under(code, "hash-feed-in", "json"))["items"][0]["id"] for code in ("ky", "ru", "en")}) == 3
    )


def test_a_day_of_an_archive_is_listed_in_part(three_days, monkeypatch):
    monkeypatch.setattr("articles.hash_feed.MOST_LISTED", 1)

    new_year = told(under("en", "hash-feed-in", "json"))["items"][1]

    assert new_year["content_html"].count("<li>") == 1
    assert "1 more, and all of them as JSON" in new_year["content_html"]


def test_a_version_shows_its_fingerprint(three_days):
    page = Client().get(three_days[0].get_version_url()).content.decode()

    assert f'<code class="fingerprint__hash">{three_days[0].public_hash}</code>' in page
