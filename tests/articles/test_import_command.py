"""`manage.py import_statement`: what it makes, what it says, what it refuses."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.models import Edition, Statement
from pressoffice.publishing.models import AuditEntry
from projects.models import Project, ProjectAlias
from tests.makers import make_project

SAMPLES = Path(__file__).parent.parent / "samples"
OFFICE_SAMPLE = (
    Path(__file__).parents[3] / "shared/samples/japarov-kazakhstan-joint-projects-2025-08-22.en.txt"
)
ENGLISH = SAMPLES / "border-bridge.en.txt"

pytestmark = pytest.mark.django_db


@pytest.fixture
def bridge():
    return make_project(
        "dostuk-bridge", name_en="Dostuk bridge", name_ky="Достук көпүрөсү", name_ru="Мост Достук"
    )


def run(file, *options, by="author", language="en") -> str:
    printed = io.StringIO()
    call_command("import_statement", str(file), *options, language=language, by=by, stdout=printed)
    return printed.getvalue()


def refusal(file, *options, **more) -> str:
    with pytest.raises(CommandError) as refused:
        run(file, *options, **more)
    assert not Statement.objects.exists()
    return str(refused.value)


def test_a_file_becomes_a_draft_with_passages_and_nothing_is_public(author, bridge):
    printed = run(ENGLISH, "--kind", "news", "--delivered-on", "2025-08-22")

    edition = Edition.objects.get()
    assert edition.state == Edition.State.DRAFT
    assert edition.title == "Two ministers look at the works on the Dostuk bridge"
    assert (edition.statement.kind, edition.statement.delivered_on) == ("news", date(2025, 8, 22))
    assert (edition.statement.original_language, edition.created_by) == ("en", author)
    assert [(passage.project, passage.relation, passage.exact) for passage in edition.passages.all()] == [
        (bridge, "mentions", "Dostuk bridge"),
        (bridge, "mentions", "Dostuk bridge"),
    ]
    assert not Edition.objects.live().exists()
    assert "Title: Two ministers look" in printed
    assert "1 list, items: 3" in printed
    assert "1 quotation\n" in printed
    assert "Passage about dostuk-bridge: “Dostuk bridge”" in printed
    assert f"/admin/articles/edition/{edition.pk}/change/" in printed


def test_words_given_with_a_project_are_found_in_this_file_only(author, bridge):
    printed = run(ENGLISH, "--project", "dostuk-bridge=customs services")

    assert "Passage about dostuk-bridge: “customs services”" in printed
    assert not ProjectAlias.objects.exists()


def test_a_code_alone_looks_for_the_named_projects_only(author, bridge):
    make_project("lane", name_en="Lane for lorries")
    make_project("tunnel", name_en="Tunnel")

    printed = run(ENGLISH, "--project", "lane", "--project", "tunnel")

    assert set(Edition.objects.get().passages.values_list("project__code", flat=True)) == {"lane"}
    assert "No passage about tunnel was found." in printed


def test_aliases_names_and_other_languages_aliases_in_latin_letters_are_known(author):
    project = make_project("forum", name_ky="Достук жыйыны", name_en="Youth Forum", state="draft")
    ProjectAlias.objects.create(project=project, language="ky", text="Жаштар форуму")
    make_project("gone", name_ky="көргөзмө", state="removed")

    printed = run(SAMPLES / "youth-forum.ky.txt", language="ky")

    assert "forum" not in printed  # only the title has the words, and a title holds no passages
    edition = Edition.objects.get()
    assert edition.title == "Жаштар форуму Бишкекте ачылды"
    assert not edition.passages.exists()


def test_a_dry_run_stores_nothing(author, bridge):
    printed = run(ENGLISH, "--dry-run")

    assert "dry run" in printed
    assert "Passage about dostuk-bridge" in printed
    assert not Statement.objects.exists()
    assert not AuditEntry.objects.filter(subject_type="articles.edition").exists()


def test_what_was_left_out_is_named(author):
    printed = run(SAMPLES / "weekly-briefing.ru.html", language="ru")

    assert "1 picture was left out" in printed
    assert "Summary: Коротко о мостах и дорогах." in printed


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("missing.txt", None, "There is no file"),
        ("directory.txt", "", "is a directory"),
        ("empty.txt", b"", "empty"),
        ("garbage.txt", b"\x00\x01\x02" * 99, "not a text file"),
        ("large.txt", b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
        ("statement.pdf", b"%PDF", "Only .txt"),
        ("bullets.txt", "• a\n• b".encode(), "no title"),
        ("title.txt", b"Title", "no text below"),
        ("broken.docx", b"PK\x03\x04", "damaged"),
    ],
)
def test_files_that_cannot_be_imported_are_refused_in_a_sentence(author, tmp_path, name, content, words):
    file = tmp_path / name
    if content == "":
        file.mkdir()
    elif content is not None:
        file.write_bytes(content)

    sentence = refusal(file)

    assert words in sentence
    assert sentence.endswith(".")


def test_an_unknown_code_is_refused_with_the_codes_near_to_it(author, bridge):
    make_project("kambar-ata-1")

    sentence = refusal(ENGLISH, "--project", "dostuk-bridg=bridge")

    assert sentence == "There is no project with the code “dostuk-bridg”. Near to it: dostuk-bridge."
    assert "dostuk-bridge" in refusal(ENGLISH, "--project", "bridge")
    assert refusal(ENGLISH, "--project", "???") == "There is no project with the code “???”."


@pytest.mark.parametrize(
    "options",
    [["--project", "=words"], ["--delivered-on", "22.08.2025"], ["--kind", "poem"]],
)
def test_options_that_make_no_sense_are_refused(author, options):
    refusal(ENGLISH, *options)


def test_an_unknown_language_or_user_is_refused(author):
    assert "de" in refusal(ENGLISH, language="de")
    assert refusal(ENGLISH, by="nobody") == "There is no active user with the name “nobody”."


def test_somebody_without_the_permission_is_refused_and_nothing_is_left(person_with, translator):
    person_with("", "guest")

    assert "role" in refusal(ENGLISH, by="guest")
    assert "role" in refusal(ENGLISH, by=translator.username)
    assert "role" in refusal(ENGLISH, "--dry-run", by="guest")


def test_a_failure_while_writing_leaves_no_statement(author, bridge, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Edition, "write", fail)

    with pytest.raises(RuntimeError):
        run(ENGLISH)

    assert not Statement.objects.exists()


def test_the_queries_do_not_grow_with_the_projects(author, django_assert_max_num_queries):
    for number in range(30):
        make_project(f"p{number}", name_en=f"Bridge number {number}")

    with django_assert_max_num_queries(45):
        run(ENGLISH)


@pytest.mark.skipif(not OFFICE_SAMPLE.is_file(), reason="samples of the office are not here")
def test_the_three_projects_of_a_real_statement_are_found(author):
    for code in ("trade-complex", "distribution-centre", "almaty-issyk-kul-highway"):
        make_project(code)

    run(
        OFFICE_SAMPLE,
        "--project=trade-complex=industrial trade and logistics complex",
        "--project=distribution-centre=wholesale distribution centre",
        "--project=almaty-issyk-kul-highway=Almaty – Issyk-Kul highway",
    )

    found = Edition.objects.get().passages.values_list("project__code", "exact")
    assert dict(found) == {
        "trade-complex": "industrial trade and logistics complex",
        "distribution-centre": "wholesale distribution center",
        "almaty-issyk-kul-highway": "Almaty-Issyk-Kul highway",
    }
    assert Project.objects.count() == 3
