"""Tables that open in a spreadsheet as what they are."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from pressoffice.directory.models import Organisation
from pressoffice.ledger.open_data.as_csv import FACT_COLUMNS, PROJECT_COLUMNS, cell
from tests.channels import under
from tests.ledger.open_data.sets import full_project, source_about
from tests.makers import (
    in_three,
    make_budget_line,
    make_commitment,
    make_indicator,
    make_measurement,
    make_project,
    make_status,
)


def rows_of(client: Client, address: str) -> list[dict[str, Any]]:
    content = client.get(address).content.decode()
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+996 312", "'+996 312"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("\n=1+1", "'\n=1+1"),
        ("\t=1+1", "'\t=1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("280", "280"),
        ("a=b", "a=b"),
        ("Жол — 280 км", "Жол — 280 км"),
        ("null\x00 and bell\x07", "null and bell"),
        (None, ""),
        (True, "true"),
        (date(2026, 1, 31), "2026-01-31"),
        (Decimal("-1.5"), "-1.5"),
    ],
)
def test_what_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(value, written):
    assert cell(value) == written


@pytest.mark.django_db
def test_excel_is_told_that_the_text_is_utf_8(client):
    full_project()

    response = client.get(under("ru", "data-facts-csv"))

    assert response.content.startswith(b"\xef\xbb\xbfproject,kind,")
    assert response.content.endswith(b"\r\n")
    assert response.headers["Content-Type"].startswith("text/csv; charset=utf-8")
    assert response.headers["Content-Disposition"] == 'attachment; filename="facts.csv"'


@pytest.mark.django_db
def test_every_fact_has_one_row_with_its_source(client):
    full_project()

    rows = rows_of(client, under("en", "data-facts-csv"))

    assert tuple(rows[0]) == FACT_COLUMNS
    assert [row["kind"] for row in rows] == [
        *("status", "milestone", "milestone", "measurement", "target"),
        *("commitment", "commitment", "budget_line", "budget_line"),
    ]
    assert all(row["source"] and row["source_url"].startswith("https://press.example/") for row in rows)
    assert {row["withdrawn"] for row in rows} == {"false"}


@pytest.mark.django_db
def test_a_row_says_what_was_stated(client):
    full_project()

    by_kind = {row["kind"]: row for row in rows_of(client, under("en", "data-facts-csv"))}

    assert by_kind["status"]["state"] == "implementation"
    assert (by_kind["milestone"]["name_en"], by_kind["milestone"]["state"]) == (
        "Construction begun",
        "actual",
    )
    assert (by_kind["measurement"]["value"], by_kind["measurement"]["value_to"]) == ("250.5", "260")
    assert (by_kind["target"]["date"], by_kind["target"]["precision"]) == ("2030-12-31", "year")
    assert by_kind["commitment"]["relation"] == "restates"
    assert by_kind["budget_line"]["who"] == "Bank of railway (en)"


@pytest.mark.django_db
def test_a_sum_and_a_figure_keep_their_minus_out_of_quotation(client):
    project = make_project("balance")
    source = source_about(project)
    make_measurement(make_indicator(project, unit="USD"), source, value=Decimal("-12.5"))
    make_budget_line(project, source, amount=Decimal("0.50"))

    measured, sum_of_money = rows_of(client, under("en", "data-facts-csv"))

    assert measured["value"] == "-12.5"
    assert (sum_of_money["value"], sum_of_money["unit"]) == ("0.5", "USD")


@pytest.mark.django_db
def test_names_and_addresses_are_in_the_language_of_the_table(client):
    project = make_project("road")
    bank = Organisation.objects.create(**in_three("name", "Bank"))
    make_budget_line(project, source_about(project), organisation=bank)

    [kyrgyz] = rows_of(client, under("ky", "data-facts-csv"))
    [english] = rows_of(client, under("en", "data-facts-csv"))

    assert (kyrgyz["who"], english["who"]) == ("Bank (ky)", "Bank (en)")
    assert kyrgyz["source_url"] == english["source_url"], "the source is public in Russian only"


@pytest.mark.django_db
def test_a_project_has_one_row_with_its_newest_status_that_holds(client):
    project = full_project()
    make_status(project, source_about(project), "finalisation", stated_on=date(2025, 1, 1))
    make_status(project, source_about(project, state="withdrawn"), "closed", stated_on=date(2025, 2, 2))
    make_project("idea")

    idea, railway = rows_of(client, under("en", "data-projects-csv"))

    assert tuple(idea) == PROJECT_COLUMNS
    assert (idea["code"], idea["status"], idea["facts"]) == ("idea", "", "0")
    assert (railway["status"], railway["status_stated_on"]) == ("finalisation", "2025-01-01")
    assert (railway["implementing"], railway["funding"]) == ("CN; KG; UZ", "Bank of railway (en)")
    assert railway["agreements"] == "protocol-railway; treaty-railway"


@pytest.mark.django_db
def test_hostile_text_stays_in_its_cell(client):
    project = make_project("road")
    text = '=HYPERLINK("https://evil.example","free"),a\r\n"b"'
    make_commitment(project, source_about(project), **dict.fromkeys(("text_ky", "text_ru", "text_en"), text))

    [row] = rows_of(client, under("en", "data-facts-csv"))

    assert row["text_en"] == '\'=HYPERLINK("https://evil.example","free"),a "b"'
