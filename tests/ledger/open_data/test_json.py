"""The full record: what docs/open-data.md promises to whoever reads it."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from pressoffice.publishing import moment
from tests.channels import under
from tests.ledger.open_data.sets import full_project, source_about
from tests.makers import (
    body_about,
    in_three,
    make_agreement,
    make_commitment,
    make_edition,
    make_indicator,
    make_measurement,
    make_project,
    make_status,
)

pytestmark = pytest.mark.django_db

SAID = ["stated_on", "words", "source"]


def record_of(client: Client, code: str, language: str = "en", query: str = "") -> dict[str, Any]:
    response = client.get(under(language, "data-project-json", code, query=query))
    assert response.status_code == 200
    [project] = json.loads(response.content)["projects"]
    return project


def test_the_keys_stand_in_the_order_of_the_description(client):
    full_project()

    file = json.loads(client.get(under("en", "data-json")).content)
    project = file["projects"][0]
    facts = project["facts"]

    assert list(file) == ["format", "version", "publisher", "as_of", "projects"]
    assert (file["format"], file["version"]) == ("pressoffice-projects", 1)
    assert list(project) == [
        *("code", "url", "name", "summary", "description", "sector", "aliases", "participations"),
        *("places", "agreements", "facts"),
    ]
    assert list(facts) == ["statuses", "milestones", "indicators", "commitments", "budget_lines"]
    assert list(facts["statuses"][0]) == ["status", *SAID]
    assert list(facts["milestones"][0]["dates"][0]) == ["kind", "on", "precision", *SAID]
    assert list(facts["indicators"][0]["measurements"][0]) == ["value", "value_to", *SAID]
    assert list(facts["indicators"][0]["targets"][0]) == [
        *("value", "value_to", "due_on", "due_precision"),
        *SAID,
    ]
    assert list(facts["commitments"][0]) == [
        *("id", "text", "given_by", "due_on", "due_precision", "answers", "relation", "state"),
        *SAID,
    ]
    assert list(facts["budget_lines"][0]) == ["kind", "amount", "currency", "country", "organisation", *SAID]
    assert list(facts["statuses"][0]["source"]) == ["reference", "url", "withdrawn", "corrected"]


def test_figures_are_exact_and_dates_have_their_precision(client):
    full_project()

    facts = record_of(client, "railway")["facts"]

    measured = facts["indicators"][0]["measurements"][0]
    assert (measured["value"], measured["value_to"]) == ("250.5", "260")
    assert [line["amount"] for line in facts["budget_lines"]] == ["4700000000", "2300000000.5"]
    target = facts["indicators"][0]["targets"][0]
    assert (target["due_on"], target["due_precision"]) == ("2030-12-31", "year")


def test_a_later_word_names_its_promise_and_has_no_state(client):
    full_project()

    promise, word = record_of(client, "railway")["facts"]["commitments"]

    assert (promise["answers"], promise["relation"], promise["state"]) == (None, None, "open")
    assert (word["answers"], word["relation"], word["state"]) == (promise["id"], "restates", None)
    assert promise["given_by"] == {"country": "KG", "organisation": None}
    assert word["given_by"]["organisation"]["name"]["en"] == "Bank of railway (en)"


def test_a_later_word_does_not_name_a_promise_that_is_not_public(client):
    project = make_project("road")
    hidden = make_commitment(project, source_about(project, state="draft"))
    make_commitment(
        project, source_about(project), answers=hidden, relation="fulfils", stated_on=date(2025, 3, 1)
    )

    response = client.get(under("en", "data-project-json", "road"))

    [word] = json.loads(response.content)["projects"][0]["facts"]["commitments"]
    assert (word["answers"], word["relation"], word["state"]) == (None, "fulfils", None)
    assert str(hidden.uuid) not in response.content.decode()


def test_a_source_has_an_address_in_each_public_language(client):
    project = make_project("road")
    source = source_about(project, language="ru")
    make_edition(language="ky", statement=source)
    make_edition(language="en", statement=source, state="draft")
    make_status(project, source)

    [status] = record_of(client, "road")["facts"]["statuses"]

    assert list(status["source"]["url"]) == ["ky", "ru"]
    assert status["source"]["url"]["ru"].startswith(
        f"https://press.example/ru/statements/{source.reference}/"
    )


def test_words_that_stand_in_the_text_are_led_to(client):
    project = make_project("road")
    source = make_edition(language="ru", body=body_about(project, "280 km")).statement
    fact = make_status(project, source)
    type(fact).objects.filter(pk=fact.pk).update(words="280 km")

    [status] = record_of(client, "road")["facts"]["statuses"]

    assert status["words"] == "280 km"
    assert status["source"]["url"]["ru"].endswith("#passage-1")


def test_places_are_geojson(client):
    full_project()

    line, point = record_of(client, "railway")["places"]

    assert line["geometry"] == {"type": "LineString", "coordinates": [[76.9, 43.2], [77.1, 42.7]]}
    assert point["geometry"] == {"type": "Point", "coordinates": [74.59, 42.87]}


def test_an_agreement_names_what_it_amends_only_where_that_is_public(client):
    project = make_project("road")
    hidden = make_agreement("secret", state="draft", projects=[project])
    make_agreement("protocol", projects=[project], amends=hidden)

    agreements = record_of(client, "road")["agreements"]

    assert [(each["code"], each["amends"]) for each in agreements] == [("protocol", None)]


def test_the_bytes_are_one_under_every_language_and_at_every_request(client):
    full_project()

    answers = {client.get(under(language, "data-json")).content for language in ("ky", "ru", "en", "en")}

    assert len(answers) == 1


def test_a_day_of_the_past_knows_only_what_was_public_then(client):
    now = moment.now()
    project = make_project("road", at=now - timedelta(days=300))
    make_status(project, source_about(project, at=now - timedelta(days=200)))
    make_status(project, source_about(project, at=now - timedelta(days=10)), "closed")
    day = (now - timedelta(days=100)).date().isoformat()

    then = record_of(client, "road", query=f"as_of={day}")["facts"]["statuses"]
    today = record_of(client, "road")["facts"]["statuses"]

    assert [fact["status"] for fact in then] == ["implementation"]
    assert len(today) == 2


def test_a_milestone_or_indicator_without_a_public_fact_is_not_there(client):
    project = make_project("road")
    make_indicator(project, **in_three("name", "Nobody said it"))
    draft = make_indicator(project, **in_three("name", "Only drafted"))
    make_measurement(draft, source_about(project, state="draft"))

    assert record_of(client, "road")["facts"]["indicators"] == []


def test_hostile_text_survives_as_it_is(client):
    words = "<script>\"]]>&amp; '=1+1"
    make_project("road", name_en=words)

    assert record_of(client, "road")["name"]["en"] == words
