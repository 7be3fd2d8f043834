"""Every fault of a file is a sentence that says where it is and what to do; and then nothing is kept."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.ledger.importing import LARGEST_FILE, ImportRefused, Report, bring_in, read
from pressoffice.ledger.importing.record import MOST_PROBLEMS
from pressoffice.ledger.models import BudgetLine, Commitment, Measurement
from pressoffice.ledger.open_data.as_csv import FACT_COLUMNS
from projects.models import Agreement, Participation, Project
from tests.ledger.open_data.sets import source_about
from tests.makers import in_three, make_commitment, make_country, make_indicator, make_project, somebody

pytestmark = pytest.mark.django_db


def brought(content: bytes | str, name: str, by: User, **asked: Any) -> Report:
    data = content.encode() if isinstance(content, str) else content
    with override("en"):
        return bring_in(read(io.BytesIO(data), name), by=by, name=name, **asked)


def project_record(code: str = "road", **changes: Any) -> dict[str, Any]:
    names = {language: f"{code} {language}" for language in ("ky", "ru", "en")}
    return {"code": code, "name": names, "summary": names, "sector": "transport", **changes}


def json_file(*projects: dict[str, Any]) -> str:
    return json.dumps({"format": "pressoffice-projects", "version": 1, "projects": projects})


def table(*rows: dict[str, Any], columns: Any = FACT_COLUMNS, delimiter: str = ",") -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def told(report: Report) -> list[str]:
    return [str(problem) for problem in report.problems]


# --- files that are none ---------------------------------------------------------------------------


BOMB = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx">]><iati-activities version="2.03">&x;</iati-activities>'
OUTSIDE = b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><iati-activities version="2.03"/>'


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"PK", "Only .json and .csv"),
        ("a.json", b"   ", "The file is empty"),
        ("a.json", b"{", "This is no JSON: in line 1"),
        ("a.json", b'{"a": NaN}', "a figure or a nesting"),
        ("a.json", b"[" * 100_000, "a figure or a nesting"),
        ("a.json", b"9" * 5_000, "a figure or a nesting"),
        ("a.json", b'{"format": "geojson"}', "not the format of this site"),
        ("a.json", b'{"format": "pressoffice-projects", "version": 2}', "version 2"),
        ("a.json", "{}".encode("utf-16"), "not in UTF-8"),
        ("a.csv", "имя".encode("cp1251"), "CSV UTF-8"),
        ("a.csv", b"name,age\nx,1\n", "must name the columns"),
        ("a.csv", b"code,sector,code\n", "the same name: code"),
        ("a.csv", b'code,sector\nroad,transport\n"road,', "Row 3 cannot be read"),
        ("a.csv", b"code,sector\nro\0ad,trade\n", "no table of text"),
        ("a.xml", BOMB, "declares a document type"),
        ("a.xml", OUTSIDE, "declares a document type"),
        ("a.xml", b"<a>", "This is no XML"),
        ("a.xml", b"<rss version='2.0'/>", "its first element is “rss”"),
        ("a.xml", b"<iati-activities version='1.05'/>", "IATI version 1.05"),
        ("a.xml", b"<iati-activities version='2.03'>" + b"<a>" * 30 + b"</a>" * 30, "more elements"),
        ("a.json", b" " * (LARGEST_FILE + 1), "larger than 64 MB"),
    ],
)
def test_what_is_none_of_the_formats_is_refused_with_a_sentence(
    name: str, content: bytes, words: str
) -> None:
    with override("en"), pytest.raises(ImportRefused) as refusal:
        read(io.BytesIO(content), name)

    assert words in str(refusal.value)


# --- faults within a file --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"code": "ro\0ad"}, "$.projects[0].code: The text holds what is no character"),
        ({"summary": {"ky": "\ud800"}}, "$.projects[0].summary.ky: The text holds what is no character"),
        ({"sector": "magic"}, "$.projects[0].sector: "),
        ({"sector": None}, "$.projects[0].sector: The file names no sector"),
        ({"code": "Not A Code"}, "$.projects[0].code: Small Latin letters"),
        ({"name": {}}, "$.projects[0].name.en: The project has no name"),
        ({"name": "Road"}, "$.projects[0].name: An object in braces"),
        ({"summary": {"ky": "x" * 601}}, "$.projects[0].summary.ky: "),
        ({"participations": [{"role": "boss", "country": "KG"}]}, "$.projects[0].participations[0].role: "),
        ({"participations": [{"role": "funding", "country": "XX"}]}, "There is no country “XX”"),
        ({"participations": [{"role": "funding"}]}, "$.projects[0].participations[0]: Who takes part"),
        ({"participations": {}}, "$.projects[0].participations: A list stands here"),
        (
            {"participations": [{"role": "funding", "organisation": {"name": {"en": "Bank"}}}]},
            "The directory has no organisation “Bank”",
        ),
        (
            {"places": [{"geometry": {"type": "Point", "coordinates": [500, 1]}}]},
            "$.projects[0].places[0].geometry: ",
        ),
        (
            {"places": [{"kind": "line", "geometry": {"type": "Point", "coordinates": [74, 42]}}]},
            "$.projects[0].places[0].kind: The kind and the geometry",
        ),
        (
            {"participations": [{"role": "funding", "country": "KG", "organisation": {"name": {"en": "B"}}}]},
            "$.projects[0].participations[0].country: A country or an organisation",
        ),
        ({"places": [{"geometry": None}]}, "$.projects[0].places[0].geometry: "),
        (
            {"agreements": [{"code": "treaty", "kind": "oath", "title": {"en": "Treaty"}}]},
            "$.projects[0].agreements[0].kind: ",
        ),
        (
            {
                "agreements": [
                    {
                        "code": "treaty",
                        "kind": "treaty",
                        "title": {"ky": "a", "ru": "b", "en": "c"},
                        "signed_on": "2024-02-01",
                        "in_force_on": "2023-02-01",
                    }
                ]
            },
            "$.projects[0].agreements[0].in_force_on: ",
        ),
        ({"aliases": [{"language": "de", "text": "Straße"}]}, "$.projects[0].aliases[0].language: "),
    ],
)
def test_a_fault_of_a_project_is_named_at_its_place(
    editor: User, changes: dict[str, Any], place: str
) -> None:
    make_country("KG")

    report = brought(json_file(project_record("good"), project_record(**changes) | changes), "a.json", editor)
    swapped = [sentence.replace("projects[1]", "projects[0]") for sentence in told(report)]

    assert [sentence for sentence in swapped if place in sentence], swapped
    assert not report.made
    assert not Project.objects.exists()
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"stated_on": "yesterday"}, "row 2, column stated_on: "),
        ({"stated_on": ""}, "row 2, column stated_on: "),
        ({"stated_on": "0007-01-01"}, "row 2, column stated_on: Choose a year"),
        ({"source": "1999-none"}, "row 2, column source: There is no statement “1999-none”"),
        ({"source": ""}, "row 2, column source: There is no statement"),
        ({"words": "never said"}, "row 2, column words: These words are not marked"),
        ({"kind": "wish"}, "row 2, column kind: “wish” is none of"),
        ({"project": "nowhere"}, "row 2, column project: There is no project with the code “nowhere”"),
        ({"unit": "XXX"}, "row 2, column unit: "),
        ({"value": "much"}, "row 2, column value: "),
        ({"value": "1_000"}, "row 2, column value: "),
        ({"stated_on": "2036-01-01"}, "row 2, column stated_on: Nothing in this statement was stated after"),
        (
            {"kind": "target", "unit": "km", "name_en": "Length", "date": "2030-01-01", "precision": ""},
            "row 2, column precision: Say how precise",
        ),
        ({"value": "-5"}, "row 2, column value: A sum of money is more than zero"),
        ({"value": "9" * 30}, "row 2, column value: "),
        ({"who": "ZZ"}, "row 2: There is no country “ZZ”"),
        ({"who": "Nobody's Bank"}, "row 2: The directory has no organisation “Nobody's Bank”"),
        ({"kind": "target", "unit": ""}, "row 2, column unit: "),
        ({"kind": "target", "unit": "miles"}, "row 2, column unit: "),
        ({"kind": "target", "unit": "m", "name_en": "Length"}, "row 2, column unit: “Length” is counted in"),
        ({"kind": "measurement", "unit": "km", "name_en": ""}, "row 2, column name_en: "),
        (
            {"kind": "target", "unit": "km", "name_en": "Length", "date": "2019-01-01", "precision": "day"},
            "row 2, column date: ",
        ),
        (
            {"kind": "measurement", "unit": "km", "name_en": "Length", "value": "5", "value_to": "4"},
            "row 2, column value_to: ",
        ),
        ({"kind": "commitment", "text_en": "", "text_ky": "", "text_ru": ""}, "row 2, column text_en: "),
        ({"kind": "commitment", "id": "7"}, "row 2, column id: "),
        (
            {"kind": "commitment", "answers": "6f0c2c5e-3a37-4c5a-9f6c-0d6d3b9c2f11", "relation": "drops"},
            "row 2, column answers: There is no earlier promise",
        ),
        ({"kind": "milestone", "state": "hoped", "date": "2030-01-01", "precision": "day"}, "column state: "),
    ],
)
def test_a_fault_of_a_fact_is_named_at_its_row_and_column(
    editor: User, changes: dict[str, Any], place: str
) -> None:
    road = make_project("road")
    make_indicator(road, name_en="Length", unit="km")
    row = {
        "project": "road",
        "kind": "budget_line",
        "state": "estimate",
        **{f"name_{code}": f"Name {code}" for code in ("ky", "ru", "en")},
        **{f"text_{code}": f"Text {code}" for code in ("ky", "ru", "en")},
        "value": "100",
        "unit": "USD",
        "stated_on": "2024-07-01",
        "source": source_about(road).reference,
        "id": "0b0e7c1c-3a37-4c5a-9f6c-0d6d3b9c2f11",
    }

    report = brought(
        table(row | changes, columns=list(row | dict.fromkeys(FACT_COLUMNS))), "facts.csv", editor
    )

    assert [sentence for sentence in told(report) if place in sentence], told(report)
    assert not BudgetLine.objects.exists()
    assert not Measurement.objects.exists()
    assert not Commitment.objects.exists()


def promise(source: str, day: str, key: int, answers: int | None = None) -> dict[str, Any]:
    def uuid(number: int | None) -> str:
        return f"00000000-0000-4000-8000-{number:012d}" if number is not None else ""

    return {
        "project": "road",
        "kind": "commitment",
        "text_en": f"Promise {key}",
        "stated_on": day,
        "source": source,
        "id": uuid(key),
        "answers": uuid(answers),
        "relation": "replaces" if answers is not None else "",
    }


def test_promises_that_replace_one_another_in_a_circle_are_refused(editor: User) -> None:
    source = source_about(make_project("road")).reference
    circle = [promise(source, "2024-07-01", 1, 2), promise(source, "2024-07-02", 2, 1)]

    report = brought(table(*circle), "facts.csv", editor)

    assert told(report) == [
        "row 2, column answers: The earlier promise must have been stated on an earlier day.",
        "row 3, column answers: The earlier promise must have been stated on an earlier day.",
    ]


def test_a_promise_answers_a_later_row_or_one_that_is_there(editor: User) -> None:
    road = make_project("road")
    statement = source_about(road)
    there = make_commitment(road, statement, stated_on=date(2020, 1, 1))
    rows = [
        promise(statement.reference, "2024-07-03", 3, 2),
        promise(statement.reference, "2024-07-02", 2),
        promise(statement.reference, "2024-07-01", 1) | {"answers": str(there.uuid), "relation": "restates"},
    ]

    report = brought(table(*rows), "facts.csv", editor)

    assert told(report) == []
    newest = Commitment.objects.get(stated_on="2024-07-03")
    assert newest.answers.stated_on == date(2024, 7, 2)
    assert Commitment.objects.get(stated_on="2024-07-01").answers == there


def test_a_promise_stated_before_the_one_it_answers_is_refused_by_the_database(editor: User) -> None:
    source = source_about(make_project("road")).reference
    rows = [promise(source, "2024-07-05", 1), promise(source, "2024-07-01", 2, 1)]

    report = brought(table(*rows), "facts.csv", editor)

    assert told(report) == [
        "row 3, column answers: The earlier promise must have been stated on an earlier day."
    ]


def test_a_later_word_whose_promise_the_file_does_not_name_is_left_out_and_said(editor: User) -> None:
    source = source_about(make_project("road")).reference
    lonely = promise(source, "2024-07-05", 1) | {"relation": "fulfils"}

    report = brought(table(lonely, promise(source, "2024-07-05", 2)), "facts.csv", editor)

    assert told(report) == []
    assert report.left_out == ["row 2: it is about an earlier promise that the file does not name."]
    assert Commitment.objects.count() == 1


def test_the_same_place_with_another_figure_is_a_contradiction(editor: User) -> None:
    road = make_project("road")
    row = {
        "project": "road",
        "kind": "measurement",
        **{f"name_{code}": "Length" for code in ("ky", "ru", "en")},
        "value": "280",
        "unit": "km",
        "stated_on": "2024-07-01",
        "source": source_about(road).reference,
    }

    report = brought(table(row, row | {"value": "250"}), "facts.csv", editor)

    assert told(report) == [
        "row 3, column stated_on: This statement gives such a figure for that day already."
    ]


@pytest.mark.parametrize("change", ["project", "text_en", "date"])
def test_a_promise_on_record_that_says_something_else_is_a_contradiction(editor: User, change: str) -> None:
    road, dam = make_project("road"), make_project("dam")
    source = source_about(road)
    row = promise(source.reference, "2024-07-01", 1)
    assert told(brought(table(row), "facts.csv", editor)) == []
    others = {
        "project": {"project": dam.code, "source": source_about(dam).reference},
        "text_en": {"text_en": "Another"},
        "date": {"date": "2030-12-31", "precision": "year"},
    }

    report = brought(table(row | others[change]), "facts.csv", editor)

    assert told(report) == ["row 2, column id: A promise with this id is on record, and says something else."]
    assert brought(table(row), "facts.csv", editor).known == {Commitment: 1}


def test_facts_of_a_new_project_have_no_source_yet(editor: User) -> None:
    facts = {"statuses": [{"status": "closed", "stated_on": "2024-07-01"}] * 3}

    refused = brought(json_file(project_record(facts=facts)), "a.json", editor)
    taken = brought(json_file(project_record(facts=facts)), "a.json", editor, without_facts=True)

    assert told(refused) == [
        "$.projects[0].facts.statuses[0].project: The project “road” is new: no statement here speaks of it "
        "yet, and its 3 facts have no source. Import the file without facts."
    ]
    assert told(taken) == []
    assert taken.left_out == ["3 facts"]
    assert Project.objects.get().state == "draft"


def test_a_code_that_stands_twice_is_named_with_both_places(editor: User) -> None:
    report = brought(json_file(project_record(), project_record()), "a.json", editor)

    assert told(report) == [
        "$.projects[1].code: This code stands in the file twice, first here: $.projects[0]."
    ]


def test_who_may_not_add_facts_brings_none(editor: User) -> None:
    road = make_project("road")
    author = somebody(roles.AUTHOR)
    row = promise(source_about(road).reference, "2024-07-01", 1)

    report = brought(table(row), "facts.csv", author)

    assert told(report) == ["Your role does not include adding these: promises."]
    assert not Commitment.objects.exists()


def test_a_project_with_one_name_is_a_draft_that_cannot_be_published(editor: User) -> None:
    brought(json_file(project_record(name={"ru": "Дорога"})), "a.json", editor)

    project = Project.objects.get()
    assert str(project) == "Дорога"
    with override("en"):
        assert [str(sentence) for sentence in project.why_not_public()] == [
            "The name is missing in Kyrgyz.",
            "The name is missing in English.",
        ]


def test_excels_table_with_semicolons_is_read_and_strange_columns_are_said(editor: User) -> None:
    columns = ["code", "sector", "name_ru", "colour"]
    rows = table(
        {"code": "road", "sector": "transport", "name_ru": "'=Дорога", "colour": "red"},
        columns=columns,
        delimiter=";",
    )

    report = brought("\ufeff" + rows, "projects.csv", editor)

    assert told(report) == []
    assert report.left_out == ["A column that is not known: colour."]
    assert Project.objects.get().name_ru == "=Дорога"


# --- IATI of others --------------------------------------------------------------------------------


FOREIGN = """<iati-activities version="2.02"><iati-activity xml:lang="en">
<iati-identifier>XM-DAC-7-PPR 2024/1</iati-identifier>
<title><narrative>Rural water</narrative><narrative xml:lang="fr">Eau</narrative></title>
<description><narrative>{summary}</narrative></description>
<participating-org role="4" type="10"><narrative>Kyrgyz Republic</narrative></participating-org>
<participating-org role="1" type="40"><narrative>A Bank</narrative></participating-org>
<participating-org role="1"/>
<activity-status code="2"/><activity-date type="1" iso-date="2024-01-01"/>
<sector code="14030"/><location><point><pos>42.87 74.59</pos></point></location>
<transaction/><transaction/></iati-activity></iati-activities>"""


def test_an_activity_of_others_is_a_draft_and_what_has_no_statement_is_left_out(editor: User) -> None:
    kyrgyzstan = make_country("KG")
    kyrgyzstan.name_en = "Kyrgyz Republic"
    kyrgyzstan.save()

    report = brought(FOREIGN.format(summary="x" * 601), "a.xml", editor)

    assert told(report) == []
    project = Project.objects.get()
    assert (project.code, project.sector, project.name_en) == (
        "xm-dac-7-ppr-2024-1",
        "water",
        "Rural water",
    )
    assert (project.summary_en, project.description_en) == ("", "x" * 601)
    assert [place.geometry for place in project.places.all()] == [[74.59, 42.87]]
    assert [row.country for row in Participation.objects.all()] == [kyrgyzstan]
    assert sorted(report.left_out) == [
        "IATI names no statement that these come from, so they are no facts here: activity-status (1), "
        "activity-date (1), transaction (2).",
        "activity 1 (XM-DAC-7-PPR 2024/1): The directory has no organisation “A Bank”: add it there first.",
        "activity 1 (XM-DAC-7-PPR 2024/1): who takes part without a name.",
    ]


def test_a_sector_that_no_list_knows_is_asked_for(editor: User) -> None:
    content = FOREIGN.format(summary="x").replace("14030", "99810")

    refused = brought(content, "a.xml", editor)
    taken = brought(content, "a.xml", editor, sector="trade")

    assert [sentence for sentence in told(refused) if "sector: The file names no sector" in sentence]
    assert told(taken) == []
    assert Project.objects.get().sector == "trade"


# --- size ------------------------------------------------------------------------------------------


def test_a_fault_in_row_39_999_is_found_and_nothing_is_kept(editor: User) -> None:
    road = make_project("road")
    source = source_about(road).reference
    rows = [
        {
            "project": "road",
            "kind": "budget_line",
            "state": "estimate",
            "value": str(number),
            "unit": "USD",
            "stated_on": "2024-07-01",
            "source": source,
        }
        for number in range(2, 40_002)
    ]
    rows[39_997]["value"] = "-1"

    report = brought(table(*rows), "facts.csv", editor)

    assert told(report) == ["row 39,999, column value: A sum of money is more than zero."]
    assert not BudgetLine.objects.exists()


def test_a_file_of_nothing_but_faults_is_not_read_to_its_end(editor: User) -> None:
    report = brought(json_file(*(project_record(sector="x") for _each in range(5_000))), "a.json", editor)

    assert len(report.problems) == MOST_PROBLEMS
    assert report.problems.is_full


def test_the_queries_do_not_grow_with_the_rows(editor: User) -> None:
    road = make_project("road")
    source = source_about(road).reference

    def queries(first: int, count: int) -> int:
        rows = [promise(source, "2024-07-01", number) for number in range(first, first + count)]
        with CaptureQueriesContext(connection) as captured:
            report = brought(table(*rows), "facts.csv", editor)
        assert told(report) == []
        return len(captured)

    few, many = queries(0, 2), queries(1000, 200)

    # SQLite takes no more than a thousand values at once.
    assert many - few < 10


# --- whatever comes --------------------------------------------------------------------------------


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = ["code", "name", "summary", "sector", "aliases", "participations", "places", "agreements", "facts"]


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, ANYTHING)) | ANYTHING, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_json_holds_it_is_taken_or_named_and_never_a_crash(
    editor: User, projects: list[Any]
) -> None:
    content = json.dumps({"format": "pressoffice-projects", "version": 1, "projects": projects})

    report = brought(content, "a.json", editor, dry_run=True)

    assert report.problems or not projects or report.made or report.known
    assert not Project.objects.exists()


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=25), max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_table_holds_it_is_taken_or_named_and_never_a_crash(
    editor: User, rows: list[list[str]]
) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([FACT_COLUMNS, *rows])
    try:
        report = brought(written.getvalue().encode("utf-8", "replace"), "facts.csv", editor, dry_run=True)
    except ImportRefused:
        return
    assert not report.made


def test_names_that_a_page_would_take_for_markup_are_words(editor: User) -> None:
    names = {**in_three("name", "<script>alert(1)</script>")}
    record = project_record(name={code: names[f"name_{code}"] for code in ("ky", "ru", "en")})

    brought(json_file(record), "a.json", editor)

    assert Project.objects.get().name_en.startswith("<script>")
