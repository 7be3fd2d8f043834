from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles.models import Edition, Statement

from .conftest import EVERYBODY, make_project

Desk = Callable[[str], Client]
SAMPLE = Path(__file__).parent.parent / "samples" / "border-bridge.en.txt"


def upload(client: Client, content: bytes, name: str = "bridge.txt", **values: str):
    data = {"language": "en", "kind": "speech", "delivered_on": "2025-08-22", **values}
    return client.post(reverse("admin:articles_import"), data | {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_page_opens_for_those_who_may_write(who: str, desk_of: Desk) -> None:
    status = desk_of(who).get(reverse("admin:articles_import")).status_code

    expected = 302 if who == "reader" else 200 if who in {"author", "editor", "chief", "root"} else 403
    assert status == expected


def test_a_file_is_shown_first_and_becomes_a_draft_then(desk_of: Desk) -> None:
    make_project("dostuk-bridge", name_en="Dostuk bridge")
    make_project("other-road", name_en="works on the")
    client = desk_of("author")

    seen = upload(client, SAMPLE.read_bytes())
    page = seen.content.decode()
    assert "Two ministers look at the works on the Dostuk bridge" in page
    assert 'data-project="' not in page
    assert not Statement.objects.exists()

    form = seen.context["form"]
    assert "dostuk-bridge" in form["projects"].value()
    made = client.post(
        reverse("admin:articles_import"),
        {"kept": form["kept"].value(), "title": "A better title", "projects": ["dostuk-bridge"]},
    )

    edition = Edition.objects.get()
    assert made.status_code == 302
    assert made.url.endswith(f"/{edition.pk}/change/")
    assert (edition.title, edition.state, edition.live_from) == ("A better title", "draft", None)
    assert {passage.project.code for passage in edition.passages.all()} == {"dostuk-bridge"}
    assert (edition.statement.kind, str(edition.statement.delivered_on)) == ("speech", "2025-08-22")


def test_a_draft_without_a_title_keeps_everything_else(desk_of: Desk) -> None:
    client = desk_of("author")
    kept = upload(client, SAMPLE.read_bytes()).context["form"]["kept"].value()

    answer = client.post(
        reverse("admin:articles_import"), {"kept": kept, "title": " ", "summary": "Typed with care"}
    )

    assert answer.context["form"].errors["title"]
    assert "Typed with care" in answer.content.decode()
    assert "unfinished Dostuk bridge" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.txt", b"%PDF-1.7"),
        ("a.doc", b"\xd0\xcf\x11\xe0"),
        ("a.docx", b"not a zip"),
        ("a.txt", b"   "),
        ("a.exe", b"MZ"),
        ("noname", b"words"),
    ],
)
def test_what_cannot_be_read_is_refused_at_the_field(name: str, content: bytes, desk_of: Desk) -> None:
    answer = upload(desk_of("author"), content, name)

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize(
    "values",
    [
        {"language": "de"},
        {"kind": "sermon"},
        {"delivered_on": "0001-01-01"},
        {"delivered_on": "9999-12-31"},
        {"delivered_on": "yesterday"},
    ],
)
def test_a_wrong_fact_is_refused_at_its_field(values: dict[str, str], desk_of: Desk) -> None:
    answer = upload(desk_of("author"), SAMPLE.read_bytes(), **values)

    assert list(answer.context["form"].errors) == list(values)


@pytest.mark.parametrize("kept", ["", "forged", "a:b:c", "\x00"])
def test_what_was_not_read_by_us_is_not_stored(kept: str, desk_of: Desk) -> None:
    answer = desk_of("author").post(reverse("admin:articles_import"), {"kept": kept, "title": "Forged"})

    assert answer.url == reverse("admin:articles_import")
    assert not Statement.objects.exists()


def test_script_in_a_file_is_not_shown(desk_of: Desk) -> None:
    html = b"<h1>Title</h1><p onclick='x()'>Words<script>alert(1)</script></p><img src=x onerror=y>"

    page = upload(desk_of("author"), html, "page.html").content.decode()

    assert "alert(1)" not in page
    assert "onclick" not in page
    assert "onerror" not in page
