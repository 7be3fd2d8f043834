"""The admin's page and the command: the same report, and nothing before somebody has read it."""

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from pressoffice.accounts.models import User
from pressoffice.media.storage import library
from projects.models import Project
from tests.makers import make_project

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
NAMES = {"ky": "Жол", "ru": "Дорога", "en": "Road"}


@pytest.fixture
def desk(logged_in: Desk) -> Desk:
    def opened(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


def record(**changes: Any) -> bytes:
    project = {"code": "road", "name": NAMES, "summary": NAMES, "sector": "transport", **changes}
    return json.dumps({"format": "pressoffice-projects", "version": 1, "projects": [project]}).encode()


def page() -> str:
    return reverse("admin:ledger_import")


def send(client: Client, content: bytes, name: str = "all.json", **fields: Any) -> Any:
    return client.post(page(), {"file": SimpleUploadedFile(name, content), **fields})


def kept_in(answer: Any) -> str:
    [token] = re.findall(r'name="kept" value="([^"]+)"', answer.text)
    return token


def stored() -> list[str]:
    if not library.exists("imports"):
        return []
    return [
        name for folder in library.listdir("imports")[0] for name in library.listdir(f"imports/{folder}")[1]
    ]


def test_an_editor_reads_the_report_and_then_lets_it_be_made(desk: Desk, editor: User) -> None:
    client = desk(editor)

    report = send(client, record())
    assert report.status_code == 200
    assert "New: Joint projects — 1." in report.text
    assert "Import all.json" in report.text
    assert not Project.objects.exists()

    done = client.post(page(), {"kept": kept_in(report)}, follow=True)
    assert done.redirect_chain == [(reverse("admin:projects_project_changelist"), 302)]
    assert "New: Joint projects — 1." in done.text
    assert Project.objects.get().state == "draft"
    assert stored() == []


def test_a_file_with_faults_is_not_offered_for_import(desk: Desk, editor: User) -> None:
    report = send(desk(editor), record(sector="magic"))

    assert report.status_code == 422
    assert "$.projects[0].sector" in report.text
    assert 'name="kept"' not in report.text
    assert stored() == []


def test_a_file_of_another_kind_is_refused_at_the_field(desk: Desk, editor: User) -> None:
    report = send(desk(editor), b"%PDF-1.7", "projects.pdf")

    assert report.status_code == 422
    assert "Only .json and .csv files" in report.text


def test_nobody_imports_what_another_has_chosen_nor_twice(desk: Desk, editor: User, chief: User) -> None:
    client = desk(editor)
    kept = kept_in(send(client, record()))

    stranger = desk(chief).post(page(), {"kept": kept}, follow=True)
    assert "Choose the file again" in stranger.text
    forged = client.post(page(), {"kept": f"{kept}x"}, follow=True)
    assert "Choose the file again" in forged.text
    assert not Project.objects.exists()

    client.post(page(), {"kept": kept})
    again = client.post(page(), {"kept": kept}, follow=True)
    assert "Choose the file again" in again.text
    assert Project.objects.count() == 1


def test_what_changed_since_the_report_is_said_instead_of_made(desk: Desk, editor: User) -> None:
    client = desk(editor)
    facts = {"statuses": [{"status": "closed", "stated_on": "2024-07-01", "source": {"reference": "x"}}]}
    kept = kept_in(send(client, record(facts=facts), without_facts="on"))
    make_project("road")

    done = client.post(page(), {"kept": kept}, follow=True)

    assert "There already, left as they are: Joint projects — 1." in done.text
    assert Project.objects.get().name_en == "Road (en)"


def test_a_file_that_brings_nothing_new_has_nothing_to_import(desk: Desk, editor: User) -> None:
    make_project("road")

    report = send(desk(editor), record())

    assert "There already, left as they are: Joint projects — 1." in report.text
    assert 'name="kept"' not in report.text


def test_the_page_is_for_those_who_may_add_projects(desk: Desk, editor: User, author: User) -> None:
    changelist = reverse("admin:projects_project_changelist")

    assert desk(author).get(page()).status_code == 403
    assert page() not in desk(author).get(changelist).text
    assert page() in desk(editor).get(changelist).text


# --- the command -----------------------------------------------------------------------------------


def told(path: Path, by: User, *asked: str) -> str:
    out = io.StringIO()
    call_command("import_projects", str(path), "--by", by.username, *asked, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "all.json"
    path.write_bytes(record())
    return path


@pytest.mark.usefixtures("_in_english")
def test_the_command_tells_makes_or_only_tells(file: Path, editor: User) -> None:
    dry = told(file, editor, "--dry-run")
    assert dry == "New: Joint projects — 1.\nNothing was stored: this was a dry run.\n"
    assert not Project.objects.exists()

    assert told(file, editor) == "New: Joint projects — 1.\n"
    assert Project.objects.exists()


@pytest.mark.usefixtures("_in_english")
def test_the_command_names_faults_and_ends_as_failed(file: Path, editor: User) -> None:
    file.write_bytes(record(code="No Code"))

    with pytest.raises(CommandError, match=r"\$\.projects\[0\]\.code: .*\nNothing was stored\."):
        told(file, editor)


@pytest.mark.usefixtures("_in_english")
@pytest.mark.parametrize(
    ("name", "by", "words"),
    [
        ("all.json", "nobody", "no active user"),
        ("none.json", "", "There is no file"),
        ("", "", "is a directory"),
        ("all.txt", "", "Only .json and .csv"),
    ],
)
def test_the_command_says_what_it_lacks(file: Path, editor: User, name: str, by: str, words: str) -> None:
    (file.parent / "all.txt").write_text("x")

    with pytest.raises(CommandError, match=words):
        call_command("import_projects", str(file.parent / name), "--by", by or editor.username)
