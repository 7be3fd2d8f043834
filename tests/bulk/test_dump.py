"""Everything public as a folder of files: whole or not at all, the same bytes for the same state."""

import gzip
import json
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from pressoffice.bulk import folder
from pressoffice.bulk.contents import TOGETHER, contents
from pressoffice.bulk.one_state import one_state_of_the_database
from pressoffice.directory.models import Topic
from pressoffice.publishing import moment
from tests.channels import CANARY, keep_agreement, keep_event, keep_project, tell
from tests.makers import (
    make_agreement,
    make_country,
    make_edition,
    make_event,
    make_facts,
    make_person,
    make_project,
    make_statement,
    make_status,
    make_topic,
)
from tests.test_visibility import CASES, NOWHERE, OF_A_RECORD, T

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def settings_of_standards(settings: Any) -> None:
    settings.PRESSOFFICE_IATI_ORGANISATION = "XX-TEST-1"
    settings.PRESSOFFICE_PUBLISHER_NAME = "Press service"
    settings.PRESSOFFICE_OC4IDS_PREFIX = "oc4ids-test"


@pytest.fixture
def site() -> Any:
    project = make_project("road")
    agreement = make_agreement("treaty", projects=[project])
    agreement.parties.add(make_country("KZ"))
    event, person = make_event("visit"), make_person("Speaker")
    statement = make_statement(event=event, speakers=[person], topics=[make_topic("Water")])
    edition = make_edition(state="superseded", statement=statement, language="ru")
    make_edition(statement=statement, language="ky")
    make_edition(state="withdrawn", language="en")
    make_status(project, statement)
    make_facts(project, statement, date(2026, 8, 22), due_on=date(2026, 9, 1))
    return edition


def dump(to: Path, *options: str) -> dict[str, bytes]:
    call_command("dump_public", str(to), *options, verbosity=0)
    return {path.name: path.read_bytes() for path in sorted(to.iterdir())}


def lines(content: bytes) -> list[Any]:
    return [json.loads(line) for line in content.splitlines()]


def told(address: str) -> Any:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response


def test_each_line_is_what_the_interface_for_programs_answers(site, tmp_path):
    now = moment.now()
    with moment.fixed(now):
        files = dump(tmp_path / "all")
        for name, identity in {
            "statements": "reference",
            "projects": "code",
            "agreements": "code",
            "events": "code",
            "people": "slug",
            "topics": "slug",
            "countries": "code",
        }.items():
            rows = lines(files[f"{name}.jsonl"])
            assert rows, name
            for row in rows:
                assert row == told(f"/api/{name}/{row[identity]}/").json(), name


def test_the_other_files_are_those_of_the_open_data(site, tmp_path):
    with moment.fixed(moment.now()):
        files = dump(tmp_path / "all")
        same = {"projects.json": "/en/projects/data.json"}
        for language in ("ky", "ru", "en"):
            same[f"projects-{language}.csv"] = f"/{language}/projects/projects.csv"
            same[f"facts-{language}.csv"] = f"/{language}/projects/facts.csv"
        for name, address in same.items():
            assert files[name] == told(address).content, name


def test_a_standards_file_is_there_only_with_something_in_it(site, tmp_path):
    """IATI knows no empty file; this project lacks what IATI asks for."""
    assert Client().get("/en/projects/iati.xml").status_code == 404

    assert "iati.xml" not in dump(tmp_path / "all")


def test_the_same_state_gives_the_same_bytes(site, tmp_path):
    at = (moment.now() - timedelta(seconds=1)).isoformat()

    for options in ((), ("--gzip",)):
        first = dump(tmp_path / f"first{len(options)}", "--at", at, *options)
        second = dump(tmp_path / f"second{len(options)}", "--at", at, *options)
        assert first == second
        assert len(first) > 10


def test_checksums_are_as_sha256sum_reads_them(site, tmp_path):
    files = dump(tmp_path / "all", "--gzip")

    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=tmp_path / "all",
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stderr
    assert checked.stdout.count(": OK\n") == len(files) - 1
    manifest = json.loads(files["datapackage.json"])
    assert {each["path"] for each in manifest["resources"]} == set(files) - {"SHA256SUMS", "datapackage.json"}
    (statements,) = (each for each in manifest["resources"] if each["name"] == "statements.jsonl")
    assert statements["bytes"] == len(files["statements.jsonl.gz"])
    assert statements["rows"] == len(lines(gzip.decompress(files["statements.jsonl.gz"]))) == 2


def test_a_past_moment_is_that_moment(site, tmp_path):
    before = dump(tmp_path / "before", "--at", "2000-01-01")
    assert before["statements.jsonl"] == b""

    day = (site.live_from + timedelta(days=1)).isoformat()
    (then,) = (
        each
        for each in lines(dump(tmp_path / "then", "--at", day)["statements.jsonl"])
        if "ru" in each["texts"]
    )
    (now,) = (each for each in lines(dump(tmp_path / "now")["statements.jsonl"]) if "ru" in each["texts"])
    assert (then["texts"]["ru"]["version"], now["texts"]["ru"]["version"]) == (1, 2)


@pytest.mark.parametrize("at", ["2999-01-01", "yesterday"])
def test_no_moment_ahead_and_nothing_that_is_none(at, tmp_path):
    with pytest.raises(CommandError, match=at):
        dump(tmp_path / "all", "--at", at)
    assert not (tmp_path / "all").exists()


@pytest.mark.parametrize("case", CASES)
def test_a_text_is_in_it_exactly_while_it_is_public(case, tmp_path):
    state, at, expected = CASES[case]
    with moment.fixed(T - timedelta(days=1) if state == "scheduled" else T + timedelta(days=10)):
        text = tell(state, T)

    with moment.fixed(at):
        files = dump(tmp_path / "all")

    everything = b"".join(files.values()).decode()
    references = [each["reference"] for each in lines(files["statements.jsonl"])]
    assert (text.edition.statement.reference in references) is (expected != NOWHERE)
    assert (text.edition.statement.reference in everything) is (expected != NOWHERE)
    if expected == NOWHERE:
        assert CANARY not in everything


@pytest.mark.parametrize("case", OF_A_RECORD)
@pytest.mark.parametrize("keep", [keep_project, keep_event, keep_agreement])
def test_a_record_is_in_it_exactly_while_it_is_public(keep, case, tmp_path):
    state, at, is_public = OF_A_RECORD[case]
    with moment.fixed(T - timedelta(days=1) if state == "scheduled" else T + timedelta(days=10)):
        kept = keep(state, T)

    with moment.fixed(at):
        files = dump(tmp_path / "all")

    everything = b"".join(files.values()).decode()
    assert (CANARY in everything) is is_public
    if not is_public:
        assert f"/{kept.record.code}/" not in everything


def test_queries_grow_by_portion_and_not_by_statement(django_assert_max_num_queries):
    for _each in range(3):
        make_edition(language="ru")

    with django_assert_max_num_queries(30):
        (file,) = (each for each in contents() if each.name == "statements.jsonl")
        assert len(list(file.parts())) == 3
    assert TOGETHER >= 50


def test_a_run_that_breaks_off_leaves_what_was_there(site, tmp_path, monkeypatch):
    before = dump(tmp_path / "all")

    def breaks(*args: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "_manifest", breaks)
    with pytest.raises(CommandError, match="No space left on device"):
        dump(tmp_path / "all")

    assert {path.name: path.read_bytes() for path in sorted((tmp_path / "all").iterdir())} == before
    assert [path.name for path in tmp_path.iterdir()] == ["all"]


def test_the_next_run_takes_the_place_of_the_one_before(site, tmp_path):
    dump(tmp_path / "all")
    (tmp_path / ".all.new").mkdir()
    (tmp_path / ".all.new" / "half").write_text("of a run that was killed")
    (tmp_path / ".all.old").mkdir()

    files = dump(tmp_path / "all", "--gzip")

    assert "statements.jsonl" not in files
    assert "statements.jsonl.gz" in files
    assert [path.name for path in tmp_path.iterdir()] == ["all"]


def test_what_is_not_ours_is_left_alone(site, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CommandError, match="name another folder"):
        dump(tmp_path)
    dump(tmp_path / "all")
    (tmp_path / "all" / "notes.txt").write_text("of a colleague")
    with pytest.raises(CommandError, match="name another folder"):
        dump(tmp_path / "all")
    with pytest.raises(CommandError, match="is a file"):
        dump(tmp_path / "thesis.txt")
    with pytest.raises(CommandError, match="There is no folder"):
        dump(tmp_path / "nowhere" / "all")

    assert (tmp_path / "all" / "notes.txt").read_text() == "of a colleague"
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_two_runs_do_not_write_into_one_another(site, tmp_path):
    with folder._beside(tmp_path / "all"), pytest.raises(CommandError, match="Another run"):
        dump(tmp_path / "all")


def test_the_licence_is_named_where_there_is_one(tmp_path, settings):
    settings.PRESSOFFICE_DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    manifest = json.loads(dump(tmp_path / "all")["datapackage.json"])
    assert manifest["licenses"] == [{"path": "https://creativecommons.org/licenses/by/4.0/"}]

    settings.PRESSOFFICE_DATA_LICENCE = ""
    assert "licenses" not in json.loads(dump(tmp_path / "all")["datapackage.json"])


@pytest.mark.django_db(transaction=True)
def test_it_leaves_no_transaction_behind():
    with one_state_of_the_database():
        (file,) = (each for each in contents() if each.name == "topics.jsonl")
        assert list(file.parts()) == []
    make_topic("Later")
    connection.close()
    assert Topic.objects.filter(slug="later").exists()
