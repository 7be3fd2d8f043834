"""An old archive comes in: whole items, at their own moments, once; the rest is told with its reason."""

import csv
import json
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Edition, Statement
from events.models import Event
from pressoffice.accounts import roles
from pressoffice.directory.models import Topic
from pressoffice.old_archive import lines
from pressoffice.old_archive.models import BroughtIn
from pressoffice.old_archive.writing import Writer
from pressoffice.publishing.models import AuditEntry
from projects.models import Project
from tests.makers import in_three, make_project, somebody

pytestmark = pytest.mark.django_db

NAMES = {code: f"Highway {code}" for code in ("ky", "ru", "en")}
PROJECT = {
    "slug": "highway",
    "title": NAMES,
    "summary": NAMES,
    "sector": "transport",
    "started": "2018-01-26",
}
EVENT = {
    "slug": "meeting",
    "title": NAMES,
    "starts_at": "2019-03-01T05:00:00Z",
    "ends_at": "2019-03-01T07:00:00Z",
    "project": "highway",
    "country": "KZ",
}
TEXT = {
    "id": 7,
    "group": 3,
    "lang": "ru",
    "type": "press-release",
    "title": "Новое шоссе",
    "summary": "Кратко.",
    "body": ["Строится шоссе.", "Длина <b> 280 км & больше."],
    "quote": "Дорога нужна всем.",
    "speaker": "Министр",
    "published_at": "2019-03-02T04:30:00Z",
    "projects": ["highway"],
    "topics": ["roads"],
    "event": "meeting",
    "country": "KZ",
    "url": "https://old.example/news/7?page=2",
}


def write(folder: Path, **parts: list[Any]) -> Path:
    """Each row: fields, or a line as it is."""
    folder.mkdir(exist_ok=True)
    for name, rows in parts.items():
        whole = [row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows]
        (folder / f"{name}.jsonl").write_bytes(b"\n".join(whole) + b"\n")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(
        tmp_path / "old",
        topics=[{"slug": "roads", "name": NAMES}],
        projects=[PROJECT],
        events=[EVENT],
        statements=[TEXT, {**TEXT, "id": 8, "lang": "ky", "title": "Жол жөнүндө", "url": ""}],
    )


def bring_in(folder: Path, **options: Any) -> list[str]:
    """What was refused, sentence by sentence."""
    refused = folder.parent / "refused.csv"
    by = options.pop("by", somebody(roles.CHIEF_EDITOR).username)
    call_command("import_archive", str(folder), by=by, refused=str(refused), **options)
    with refused.open(encoding="utf-8") as file:
        return [" – ".join(row) for row in list(csv.reader(file))[1:]]


def test_what_comes_in_is_public_since_its_own_moment(folder: Path) -> None:
    assert bring_in(folder) == []

    russian, kyrgyz = Edition.objects.live().order_by("pk")
    assert russian.public_since == russian.live_from == datetime(2019, 3, 2, 4, 30, tzinfo=UTC)
    assert kyrgyz.translated_from == russian
    statement = russian.statement
    assert (statement.original_language, statement.kind) == ("ru", "press_release")
    assert statement.event == Event.objects.get(code="meeting")
    assert [each.code for each in statement.countries.all()] == ["KZ"]
    assert russian.body == (
        "<p>Строится шоссе.</p><p>Длина &lt;b&gt; 280 км &amp; больше.</p>"
        "<blockquote><p>Дорога нужна всем.</p><p>— Министр</p></blockquote>"
    )
    reader = Client()
    for address in (
        russian.get_absolute_url(),
        "/ru/statements/?project=highway&topic=roads&year=2019",
        "/ru/projects/highway/",
        "/ru/topics/roads/",
    ):
        assert "Новое шоссе" in reader.get(address).text, address
    assert "<mark>шоссе</mark>" in reader.get("/ru/search/?q=шоссе").text
    assert "Новое шоссе" not in reader.get("/ru/statements/?as_of=2019-03-01").text
    assert AuditEntry.objects.filter(step="bring_in").count() == 4


def test_what_another_run_brings_in_meanwhile_is_refused_by_the_database(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(folder)
    monkeypatch.setattr(Writer, "_new", lambda self, what, kind, asked: asked)

    english = {**TEXT, "id": 10, "lang": "en", "title": "New highway", "url": ""}
    [refusal] = bring_in(write(folder.parent / "again", statements=[TEXT, english]))

    assert "The database refuses it" in refusal
    assert Edition.objects.live().filter(title="New highway").count() == 1


def test_what_came_in_is_corrected_and_kept_as_any_other_text(folder: Path) -> None:
    bring_in(folder)
    edition = Edition.objects.live().get(language="ru")
    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)

    following = edition.statement.start_edition(language="ru", by=author)
    following.write(by=author, title="О новом шоссе", change_note="Название уточнено.")
    following.submit(by=author)
    following.approve(by=editor)
    following.publish(by=somebody(roles.CHIEF_EDITOR))

    assert following.number == 2
    assert following.public_since == edition.public_since
    moved = Client().get("/news/7?page=2")
    assert (moved.status_code, moved.headers["Location"]) == (301, following.get_absolute_url())


def test_an_old_address_leads_to_nothing_that_is_not_public(folder: Path) -> None:
    bring_in(folder)
    assert Client().get("/news/7?page=2").status_code == 301
    assert Client().get("/news/7?page=2&utm_source=x&y=1").status_code == 301
    assert Client().get("/news/7").status_code == 404

    Edition.objects.live().get(language="ru").remove(by=somebody(roles.CHIEF_EDITOR), reason="Private.")

    assert Client().get("/news/7?page=2").status_code == 404


def test_a_second_run_changes_nothing(folder: Path, capsys: Any) -> None:
    bring_in(folder)
    before = list(Edition.objects.values_list("pk", "content_hash"))

    assert bring_in(folder) == []

    assert list(Edition.objects.values_list("pk", "content_hash")) == before
    assert "statements: 0 brought in, 2 there already, 0 refused" in capsys.readouterr().out


def test_a_run_that_was_broken_off_goes_on(folder: Path) -> None:
    whole = (folder / "statements.jsonl").read_bytes()
    (folder / "statements.jsonl").write_bytes(whole.splitlines()[0])
    bring_in(folder)
    (folder / "statements.jsonl").write_bytes(whole)

    bring_in(folder)

    statement = Statement.objects.get()
    assert {edition.language for edition in statement.editions.all()} == {"ru", "ky"}


def test_a_dry_run_says_the_same_and_stores_nothing(folder: Path, capsys: Any) -> None:
    assert bring_in(folder, dry_run=True) == []

    said = capsys.readouterr().out
    assert "statements: 2 brought in" in said
    assert "Nothing was stored" in said
    assert not Statement.objects.exists()
    assert not Project.objects.exists()
    assert not Topic.objects.exists()
    assert not BroughtIn.objects.exists()


FUTURE = (timezone.now() + timedelta(days=2)).isoformat()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b'{"id": 1, "title": "\xff\xfe"}', "not in UTF-8"),
        (b"{'id': 1}", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "no object"),
        ({**TEXT, "lang": "de"}, "no language “de”"),
        ({**TEXT, "type": "poem"}, "no kind “poem”"),
        ({**TEXT, "title": ""}, "“title” is missing"),
        ({**TEXT, "title": 5}, "“title” is no text"),
        ({**TEXT, "title": "x" * 251}, "longer than 250"),
        ({**TEXT, "body": [], "quote": ""}, "no text"),
        ({**TEXT, "body": "", "body_html": "<script>alert(1)</script>", "quote": ""}, "no text"),
        ({**TEXT, "published_at": "yesterday"}, "no moment"),
        ({**TEXT, "published_at": FUTURE}, "in the future"),
        ({**TEXT, "published_at": "0001-01-01"}, "outside the years"),
        ({**TEXT, "projects": ["bridge"]}, "no project with the code “bridge”"),
        ({**TEXT, "projects": "highway"}, "list of texts"),
        ({**TEXT, "topics": ["rivers"]}, "no topic “rivers”"),
        ({**TEXT, "event": "feast"}, "no event with the code “feast”"),
        ({**TEXT, "country": "XX"}, "no country “XX”"),
        ({**TEXT, "id": None}, "neither “id” nor “slug”"),
        ({**TEXT, "id": 8}, "“8” stands in the archive twice"),
        ({**TEXT, "id": 9, "group": 4}, "has a text in this language already"),
        ({**TEXT, "id": 9, "url": "https://old.example/news/8"}, "“/news/8” leads to something else already"),
    ],
)
def test_what_is_wrong_stays_out_by_itself_and_is_told(folder: Path, row: Any, reason: str) -> None:
    good = {**TEXT, "id": 8, "group": 4, "url": "https://old.example/news/8"}
    write(folder, statements=[good, row])

    [sentence] = bring_in(folder)

    assert sentence.startswith("statements.jsonl:2 – ")
    assert reason in sentence
    assert Edition.objects.live().count() == 1


def test_a_text_without_measure_is_passed_over_without_being_held(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LONGEST", 2000)
    monkeypatch.setattr(lines, "CHUNK", 64)
    write(folder, statements=[{**TEXT, "body": "x" * 9000}, {**TEXT, "id": 8}])

    [sentence] = bring_in(folder)

    assert "longer than" in sentence
    assert Edition.objects.live().count() == 1


def test_html_of_the_old_site_is_made_safe(folder: Path) -> None:
    html = (
        '<h2 onclick="x()">Шоссе</h2><p style="color:red">Текст<script>alert(1)</script></p>'
        '<p><span data-project="highway" data-relation="announces">слова</span></p>'
        '<figure data-image="0123"></figure><iframe src="//evil.example"></iframe>'
    )
    write(folder, statements=[{**TEXT, "body_html": html}])

    bring_in(folder)

    edition = Edition.objects.live().get()
    assert edition.body == "<h2>Шоссе</h2><p>Текст</p><p>слова</p>"
    assert [(passage.project.code, passage.exact) for passage in edition.passages.all()] == [("highway", "")]


def test_a_project_that_is_here_already_is_left_as_it_is(folder: Path) -> None:
    make_project("highway", **in_three("name", "Ours"))

    [sentence] = bring_in(folder)

    assert "There is a project with the code “highway” already." in sentence
    assert Project.objects.get().name_en == "Ours (en)"


def post(title: str, kind: str = "post", status: str = "publish", more: str = "", words: str = "") -> str:
    return (
        f"<item><title>{title}</title><link>https://old.example/{title}/</link><wp:post_id>{title}</wp:post_id>"
        f"<wp:post_date_gmt>2015-05-01 04:00:00</wp:post_date_gmt><wp:post_type>{kind}</wp:post_type>"
        f"<wp:status>{status}</wp:status>{more}<content:encoded>"
        f"<![CDATA[{words or 'First.%sSecond <b>x</b>.' % (chr(10) * 2)}]]></content:encoded></item>"
    )


def blog(tmp_path: Path, *items: str) -> Path:
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "export.xml").write_text(
        '<?xml version="1.0"?><rss xmlns:wp="http://wordpress.org/export/1.2/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Blog</title>'
        + "".join(items)
        + "</channel></rss>"
    )
    return folder


def test_a_post_that_a_password_protects_stays_out(tmp_path: Path) -> None:
    locked = post("secret", more="<wp:post_password><![CDATA[pw]]></wp:post_password>")
    opened = post("open", more="<wp:post_password></wp:post_password>")

    [sentence] = bring_in(blog(tmp_path, locked, opened), language="en")

    assert sentence == "export.xml:1 – It is protected by a password there."
    assert Edition.objects.get().title == "open"


def test_shortcodes_of_wordpress_are_taken_out_and_told(tmp_path: Path, capsys: Any) -> None:
    words = (
        '[gallery ids="1,2"]\n\n[caption id="a" width="3"]A bridge[/caption]\n\n[vc_row]'
        '[vc_column_text a="b"]'
        "Built [sic] in [embedded] days.[/vc_column_text][/vc_row] [[gallery]]"
    )

    assert bring_in(blog(tmp_path, post("one", words=words)), language="en") == []

    body = "<p>A bridge</p><p>Built [sic] in [embedded] days. [[gallery]]</p>"
    assert Edition.objects.get().body == body
    said = capsys.readouterr().out
    for name in ("gallery", "caption", "vc_row", "vc_column_text"):
        assert f"Left out: the shortcode [{name}] (1)" in said


def test_posts_of_wordpress_come_in_and_drafts_do_not(tmp_path: Path) -> None:
    folder = blog(tmp_path, post("one"), post("two", status="draft"), post("three", kind="page"))

    assert bring_in(folder, language="en") == []

    edition = Edition.objects.live().get()
    assert (edition.title, edition.language) == ("one", "en")
    assert edition.body == "<p>First.</p><p>Second <strong>x</strong>.</p>"
    assert edition.public_since == datetime(2015, 5, 1, 4, tzinfo=UTC)
    assert Client().get("/one/").headers["Location"] == edition.get_absolute_url()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss>&a;</rss>', "document type"),
        ("<rss><channel><item>", "cannot be read on"),
    ],
)
def test_a_broken_or_dangerous_export_is_told(tmp_path: Path, content: str, reason: str) -> None:
    folder = tmp_path / "blog"
    folder.mkdir()
    (folder / "export.xml").write_text(content)

    [sentence] = bring_in(folder, language="en")

    assert reason in sentence


def test_only_somebody_who_may_publish_brings_an_archive_in(folder: Path) -> None:
    with pytest.raises(CommandError, match="may not publish"):
        bring_in(folder, by=somebody(roles.AUTHOR).username)
    with pytest.raises(CommandError, match="holds no archive"):
        bring_in(write(folder.parent / "empty"))


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("https://old.example/новости/й", "/%d0%BD%D0%BE%d0%b2%D0%BE%D1%81%D1%82%D0%B8/%D0%B9"),
        ("https://old.example/%D0%BD%d0%be%D0%B2/", "/нов"),
        ("https://old.example/и\u0306", "/%D0%B9/"),
        ("https://old.example/?s=%D0%B9+1", "/?s=%d0%b9%201&fbclid=1"),
        ("https://old.example/?p=104", "/?p=104&amp;fbclid=1&UTM_source=x"),
        ("https://old.example/?p=104", "/?utm_source=x&p=104"),
        ("https://old.example/news/1", "/news/1/?p=1&utm_source=x"),
        ("https://old.example/cp/%CF%F0%zz", "/cp/%CF%F0%zz"),
        ("https://old.example/a%3Fb", "/a%3fb"),
        ("//old.example/b", "/b"),
        ("/ev/53", "/ev/53"),
        ("node/56", "/node/56"),
        ("index.php?id=5", "/index.php?id=5"),
    ],
)
def test_an_old_address_is_found_however_it_is_written(folder: Path, kept: str, asked: str) -> None:
    assert bring_in(write(folder, statements=[{**TEXT, "url": kept}])) == []

    moved = Client().get(asked)

    assert moved.headers["Location"] == Edition.objects.get().get_absolute_url()
    assert moved.status_code == 301


@pytest.mark.parametrize(
    "asked", ["/", "/?fbclid=1", "/%zz%00", "/?%zz=%00&%FF", "/x?" + "&".join("a" * 3000)]
)
def test_an_address_that_names_nothing_leads_to_no_old_text(folder: Path, asked: str) -> None:
    bring_in(write(folder, statements=[{**TEXT, "url": "https://old.example/"}]))

    assert Edition.objects.get().get_absolute_url() != Client().get(asked).headers.get("Location")


def test_the_most_exact_old_address_is_taken(folder: Path) -> None:
    other = {**TEXT, "id": 8, "group": 4, "title": "Второе", "url": "/news/7?page=2&part=3"}
    bring_in(write(folder, statements=[TEXT, other]))

    def title(asked: str) -> str:
        return Client().get(asked, follow=True).context["edition"].title

    assert title("/news/7?page=2&part=3&gclid=1") == "Второе"
    assert title("/news/7?page=2&part=4") == "Новое шоссе"


@pytest.mark.parametrize("url", ["mailto:a@example.org", "see the archive", "http://[x", "#top", "ftp://x/y"])
def test_an_address_that_is_no_path_is_refused(folder: Path, url: str) -> None:
    [sentence] = bring_in(write(folder, statements=[{**TEXT, "url": url}]))

    assert f"The old address “{url}” is no path." in sentence


def test_a_topic_that_is_there_needs_no_names(folder: Path) -> None:
    bring_in(folder)
    write(folder, topics=[{"slug": "roads"}, {"slug": "rivers"}])

    assert bring_in(folder) == ["topics.jsonl:2 – “name” is missing in Kyrgyz."]


def test_what_was_kept_before_is_written_in_the_one_way(folder: Path) -> None:
    bring_in(folder)
    text = BroughtIn.objects.get(what="text", key="7")
    BroughtIn.objects.filter(pk=text.pk).update(old_path="/%d0%B9")
    double = BroughtIn.objects.create(archive="b", what="text", key="9", old_path="/й", edition=text.edition)
    migration = import_module("pressoffice.old_archive.migrations.0002_one_way_of_writing")

    migration.rewrite(apps, SimpleNamespace(connection=connection))

    text.refresh_from_db()
    double.refresh_from_db()
    assert (text.old_path, double.old_path) == ("/й", "")


def test_copies_and_feeds_hear_of_what_comes_in_when_it_comes(folder: Path) -> None:
    feed = "/ru/statements/feed.rss"
    before = Client().get(feed).headers["Last-Modified"]
    since = timezone.now()

    bring_in(folder)

    told = Client().get("/api/changes/", {"since": since.isoformat()}).json()["items"]
    assert [(each["change"], each["of"], each["language"], each["version"]) for each in told] == [
        ("published", "project", None, None),
        ("published", "event", None, None),
        ("published", "statement", "ru", 1),
        ("published", "statement", "ky", 1),
    ]
    assert Client().get(feed, headers={"If-Modified-Since": before}).status_code == 200
    Edition.objects.live().get(language="ky").remove(by=somebody(roles.CHIEF_EDITOR), reason="Private.")
    told = Client().get("/api/changes/", {"since": since.isoformat()}).json()["items"]
    assert [each["change"] for each in told if each["language"] == "ky"] == ["removed"]
