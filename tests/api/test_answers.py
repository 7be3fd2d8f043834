"""What the interface for programs answers, against its own description."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker

from pressoffice.accounts import roles
from pressoffice.api.operations import OPERATIONS
from projects.models import Participation
from tests.makers import (
    body_about,
    make_agreement,
    make_contact,
    make_country,
    make_document,
    make_edition,
    make_event,
    make_facts,
    make_image,
    make_person,
    make_place,
    make_project,
    make_statement,
    make_status,
    make_topic,
    somebody,
)

pytestmark = pytest.mark.django_db


def ask(address: str, **parameters: Any) -> Any:
    return Client().get(address, parameters)


def told(address: str, **parameters: Any) -> Any:
    response = ask(address, **parameters)
    assert response.status_code == 200, response.content
    return response.json()


@pytest.fixture
def site() -> dict[str, Any]:
    """One of everything, tied to one another, corrected and withdrawn in parts."""
    kazakhstan = make_country("KZ")
    project = make_project("road")
    Participation.objects.create(project=project, country=kazakhstan, role="funding")
    make_place(project)
    document = make_document("Treaty")
    agreement = make_agreement("treaty", projects=[project], document=document)
    agreement.parties.add(kazakhstan)
    event, person = make_event("visit", state="cancelled"), make_person("Speaker")
    event.participants.add(person)
    event.projects.add(project)
    statement = make_statement(
        event=event,
        topics=[make_topic("Water")],
        speakers=[person],
        countries=[kazakhstan],
        contact=make_contact(),
    )
    image = make_image()
    russian = make_edition(
        state="superseded",
        statement=statement,
        language="ru",
        body=body_about(project),
        lead_image=image,
        attachments=[document],
    )
    english = make_edition(statement=statement, language="en", body=body_about(project))
    make_status(project, statement)
    make_facts(project, statement, date(2026, 8, 22), due_on=date(2026, 9, 1))
    withdrawn = make_edition(state="withdrawn", language="ky")
    return {
        "project": project,
        "statement": statement,
        "russian": russian,
        "english": english,
        "withdrawn": withdrawn,
        "event": event,
        "person": person,
    }


def addresses(made: dict[str, Any]) -> dict[str, str]:
    """One of each operation, with what it needs."""
    reference = made["statement"].reference
    parts: dict[str, list[Any]] = {
        "statement": [reference],
        "ninjs": [reference, "ru"],
        "project": ["road"],
        "agreement": ["treaty"],
        "event": ["visit"],
        "person": ["speaker"],
        "topic": ["water"],
        "country": ["KZ"],
        "day-of-hashes": [timezone.localdate(made["russian"].live_from)],
    }
    queries = {
        "search": "?q=title&language=ru",
        "quote": "?text=joint+work+the+minister+said&language=ru",
        "changes": "?since=2020-01-01",
    }
    return {
        each.name: reverse(f"api:{each.name}", args=parts.get(each.name, [])) + queries.get(each.name, "")
        for each in OPERATIONS
    }


def validator(description: dict[str, Any], name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{name}", "components": description["components"]}
    return Draft202012Validator(schema, format_checker=FormatChecker())


def test_every_answer_is_as_it_is_described(site):
    description = told("/api/openapi.json")

    for operation in OPERATIONS:
        answer = told(addresses(site)[operation.name])

        errors = list(validator(description, operation.schema).iter_errors(answer))
        assert not errors, (operation.name, errors[0].json_path, errors[0].message)
        assert answer.get("items", answer), f"{operation.name} shows nothing to validate"
    assert not list(validator(description, "Start").iter_errors(told("/api/")))


def test_the_description_names_every_parameter_that_is_read():
    """One declaration: what is described is taken, and nothing else is."""
    paths = told("/api/openapi.json")["paths"]

    assert len(paths) == len(OPERATIONS) + 1
    for operation in OPERATIONS:
        described = paths[operation.address]["get"]["parameters"]
        assert [each["name"] for each in described if each["in"] == "query"] == [
            each.name for each in operation.parameters
        ]
        assert "{" in operation.address or not operation.path


def test_a_statement_shows_what_its_page_shows(site):
    answer = told(f"/api/statements/{site['statement'].reference}/")

    assert answer["event"] == "visit"
    assert [each["slug"] for each in answer["speakers"]] == ["speaker"]
    assert answer["speakers"][0]["office"]["ru"] == "Minister (ru)"
    text = answer["texts"]["ru"]
    (passage,) = text["passages"]
    assert (passage["project"], passage["exact"]) == ("road", "280 km of road")
    assert passage["url"].endswith("#passage-1")
    newest, first = text["versions"]
    assert (newest["version"], newest["is_correction"], newest["public_until"]) == (2, True, None)
    assert first["public_until"] == newest["public_from"]
    assert text["corrected_at"] == newest["public_from"]
    assert 'href="http' in text["body_html"]
    assert answer["texts"]["en"]["is_behind_original"] is False


def test_a_withdrawn_text_is_marked_with_its_reason(site):
    reference = site["withdrawn"].statement.reference

    (listed,) = told("/api/statements/", language="ky")["items"]
    whole = told(f"/api/statements/{reference}/")

    for answer in (listed, whole):
        assert answer["texts"]["ky"]["withdrawn"]["reason"] == "The figures were wrong."
    assert told(f"/api/statements/{reference}/ninjs/ky/")["pubstatus"] == "canceled"


def test_a_project_has_its_ledger_as_the_open_data_have_it(site):
    answer = told("/api/projects/road/")
    (record,) = told("/en/projects/road/data.json")["projects"]

    assert {name: answer[name] for name in record} == record
    assert answer["status"] == "implementation"


def test_a_quote_is_found_where_it_stands(site):
    stands = told("/api/quote/", language="ru", text="joint work the minister said")
    nowhere = told("/api/quote/", language="ru", text="nobody ever said such a thing")
    short = told("/api/quote/", language="ru", text="joint")

    assert stands["stands"] is True
    assert stands["places"][0]["reference"] == site["statement"].reference
    assert (nowhere["stands"], nowhere["places"]) == (False, [])
    assert short["is_too_short"] is True


def test_a_quote_of_a_withdrawn_text_does_not_stand_and_says_why(site):
    edition = make_edition(language="ky", body=body_about(site["project"]))
    edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="The figures were wrong.")

    answer = told("/api/quote/", language="ky", text="joint work the minister said")

    assert answer["stands"] is False
    (place,) = answer["places"]
    assert place["withdrawn"]["reason"] == "The figures were wrong."


def test_a_quote_stands_while_one_text_that_says_it_does(site):
    first, second = (make_edition(language="ky", body=body_about(site["project"])) for _each in range(2))
    first.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="The figures were wrong.")

    answer = told("/api/quote/", language="ky", text="joint work the minister said")

    assert answer["stands"] is True
    assert {place["reference"]: bool(place["withdrawn"]) for place in answer["places"]} == {
        first.statement.reference: True,
        second.statement.reference: False,
    }


def test_each_withdrawal_and_each_return_makes_a_newer_ninjs_object():
    edition = make_edition(language="ru", at=timezone.now() - timedelta(days=9))
    address = f"/api/statements/{edition.statement.reference}/ninjs/ru/"
    chief = somebody(roles.CHIEF_EDITOR)

    before = told(address)
    edition.withdraw(by=chief, reason="The figures were wrong.")
    withdrawn = told(address)
    edition.restore(by=chief, reason="It was right after all.")
    restored = told(address)

    answers = [before, withdrawn, restored]
    assert [each["pubstatus"] for each in answers] == ["usable", "canceled", "usable"]
    assert [each["version"] for each in answers] == ["1", "2", "3"]
    assert before["versioncreated"] < withdrawn["versioncreated"] <= restored["versioncreated"]
    assert withdrawn["ednote"].startswith("The figures were wrong.")
    assert "The figures were wrong." not in restored.get("ednote", "")


def test_a_country_answers_to_its_code_in_any_letters(site):
    assert told("/api/countries/kz/") == told("/api/countries/KZ/")


# What the standard says of the members we write (https://iptc.org/std/ninjs/ninjs-schema_2.1.json): names
# and kinds of value. Objects hold no other members.
NAMED = {"name": str, "rel": str, "uri": str, "literal": str}
NINJS = {
    "uri": str,
    "standard": {"name": str, "version": str, "schema": str},
    **dict.fromkeys(("type", "representationtype", "version", "pubstatus", "language"), str),
    **dict.fromkeys(("firstcreated", "versioncreated", "copyrightholder", "usageterms", "ednote"), str),
    **dict.fromkeys(("title", "by", "slugline", "located"), str),
    "headlines": [{"role": str, "contenttype": str, "value": str}],
    "descriptions": [{"role": str, "contenttype": str, "value": str}],
    "bodies": [{"role": str, "contenttype": str, "charcount": int, "wordcount": int, "value": str}],
    **dict.fromkeys(("people", "places", "subjects", "objects", "events"), [NAMED]),
    "genres": [{"name": str, "uri": str, "literal": str}],
    "altids": [{"role": str, "value": str}],
    "renditions": [
        {
            **dict.fromkeys(("name", "href", "contenttype", "title"), str),
            **dict.fromkeys(("width", "height", "sizeinbytes"), int),
        }
    ],
}
# What is part of another object has a name, too, and must have it.
NINJS["associations"] = [{**NINJS, "name": str}]


def fits(value: Any, form: Any) -> bool:
    if isinstance(form, list):
        return isinstance(value, list) and all(fits(each, form[0]) for each in value)
    if isinstance(form, dict):
        return isinstance(value, dict) and all(
            name in form and fits(each, form[name]) for name, each in value.items()
        )
    return isinstance(value, form)


ONE_OF = {
    "type": ("text", "picture"),
    "pubstatus": ("usable", "canceled"),
    "representationtype": ("full", "partial"),
}


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_every_language_is_ninjs_as_the_standard_has_it(site, language):
    statement = site["withdrawn" if language == "ky" else "statement"]
    reference = getattr(statement, "reference", "") or statement.statement.reference
    answer = told(f"/api/statements/{reference}/ninjs/{language}/")

    assert [name for name in answer if not fits({name: answer[name]}, NINJS)] == []
    for item in (answer, *answer.get("associations", [])):
        assert item["uri"].startswith(("urn:uuid:", "https://"))
        assert all(item[name] in values for name, values in ONE_OF.items() if name in item)
    assert all(each["name"] for each in answer.get("associations", []))
    for name in ("firstcreated", "versioncreated"):
        assert FormatChecker().conforms(answer[name], "date-time")
    for several in ("headlines", "descriptions", "bodies"):
        assert all(each["value"] for each in answer[several])


def test_ninjs_counts_no_captions(site):
    caption = f'<figure data-image="{make_image().token}"><figcaption>Два слова</figcaption></figure>'
    edition = make_edition(language="ru", body=f"<p>Раз два.</p>{caption}")

    answer = told(f"/api/statements/{edition.statement.reference}/ninjs/ru/")

    plain = answer["bodies"][1]
    assert (plain["charcount"], plain["wordcount"]) == (len("Раз два."), 2)
    assert "Два слова" in plain["value"]


def test_a_text_is_ninjs_with_what_belongs_to_it(site):
    answer = told(f"/api/statements/{site['statement'].reference}/ninjs/ru/")

    assert answer["uri"] == site["russian"].series_id.urn
    assert (answer["type"], answer["pubstatus"], answer["version"]) == ("text", "usable", "2")
    assert [each["contenttype"] for each in answer["bodies"]] == ["text/html", "text/plain"]
    (picture,) = answer["associations"]
    assert (picture["type"], picture["renditions"][0]["contenttype"]) == ("picture", "image/jpeg")
    assert [each["literal"] for each in answer["objects"]] == ["road"]


def test_a_bad_description_would_be_seen(site):
    """The test of all answers can fail."""
    description = told("/api/openapi.json")
    answer = told("/api/projects/road/")
    answer["sector"], answer["surprise"] = "none", 1

    messages = [each.message for each in validator(description, "Project").iter_errors(answer)]
    assert len(messages) == 2


def test_the_page_about_it_names_every_address_and_asks_the_database_nothing(django_assert_num_queries):
    for language in ("ky", "ru", "en"):
        with django_assert_num_queries(0):
            shown = Client().get(f"/{language}/api/").content.decode()
        for operation in OPERATIONS:
            assert f'<code lang="en">{operation.address}</code>' in shown
        assert 'id="problem-bad-cursor"' in shown
