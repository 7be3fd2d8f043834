"""Files of two standards: valid by their schemas, or not written and the editor told why."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.utils import translation
from lxml import etree

from pressoffice.ledger.models import Indicator
from pressoffice.ledger.open_data.gather import gather
from pressoffice.ledger.open_data.missing import what_is_missing
from pressoffice.ledger.open_data.start_and_end import ENDS, STARTS, says
from projects.models import Project
from tests.channels import under
from tests.ledger.open_data.sets import (
    begun,
    full_project,
    realistic_set,
    small_project,
    source_about,
    takes_part,
)
from tests.makers import (
    make_budget_line,
    make_milestone,
    make_milestone_date,
    make_place,
    make_project,
    make_status,
)

pytestmark = pytest.mark.django_db

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"


@cache
def iati_schema() -> Any:
    return etree.XMLSchema(etree.parse(SCHEMAS / "iati-2.03" / "iati-activities-schema.xsd"))


def valid_iati(content: bytes) -> Any:
    root = etree.fromstring(content)
    iati_schema().assertValid(root)
    return root


def valid_oc4ids(content: bytes) -> Any:
    schema = json.loads((SCHEMAS / "oc4ids-0.9" / "project-package.json").read_text())
    package = json.loads(content)
    jsonschema.Draft4Validator(schema).validate(package)
    return package


def missing(project: Project, standard: str = "IATI") -> list[str]:
    [found] = [each.sentences for each in what_is_missing(project) if standard in each.standard]
    return found


def ready(code: str = "road", *countries: str) -> Project:
    project = make_project(code)
    takes_part(project, *(countries or ["KG"]))
    begun(project, source_about(project))
    return project


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_files_of_a_realistic_set_are_valid(client, language):
    realistic_set()

    activities = valid_iati(client.get(under(language, "data-iati")).content)
    package = valid_oc4ids(client.get(under(language, "data-oc4ids")).content)

    assert [each.text for each in activities.iter("iati-identifier")] == [
        "KG-TEST-1-railway",
        "KG-TEST-1-school",
    ]
    assert [project["id"] for project in package["projects"]] == [
        "oc4ids-test00-idea",
        "oc4ids-test00-railway",
        "oc4ids-test00-school",
    ]


def test_every_sector_and_status_is_valid(client):
    statuses = ["pipeline", "implementation", "finalisation", "closed", "cancelled", "suspended"]
    for number, sector in enumerate(Project.Sector.values):
        project = ready(f"project-{sector}")
        Project.objects.filter(pk=project.pk).update(sector=sector)
        status = statuses[number % len(statuses)]
        make_status(project, source_about(project), status, stated_on=date(2025, 1, 1))

    activities = valid_iati(client.get(under("en", "data-iati")).content)
    package = valid_oc4ids(client.get(under("en", "data-oc4ids")).content)

    assert len(activities) == len(package["projects"]) == len(Project.Sector.values)
    assert set(activities.xpath("//activity-status/@code")) == {"1", "2", "3", "4", "5", "6"}


def test_an_activity_says_what_statements_said(client):
    full_project()

    activity = valid_iati(client.get(under("en", "data-project-iati", "railway")).content)[0]

    assert activity.xpath("activity-status/@code") == ["2"]
    assert activity.xpath("activity-date/@type") == ["2", "3"]
    assert activity.xpath("activity-date/@iso-date") == ["2024-06-06", "2030-12-31"]
    assert activity.xpath("activity-date[@type='3']/narrative/text()") == ["2030", "2030", "2030"]
    assert activity.xpath("recipient-region/@code") == ["798"], "China, Kyrgyzstan, Uzbekistan: Asia"
    assert activity.xpath("location/point/pos/text()") == ["42.87 74.59"], "a point; lines have no place"
    assert activity.xpath("participating-org/@role") == ["1", "4", "4", "4"]
    assert activity.xpath("sector[@vocabulary='2']/@code") == ["210"]


def test_what_statements_never_say_is_not_invented(client):
    full_project()

    activity = valid_iati(client.get(under("en", "data-project-iati", "railway")).content)[0]

    assert Indicator.objects.exists()
    assert activity.xpath("budget | transaction | result | recipient-country/@percentage") == []


def test_statements_are_linked_as_documents_in_each_language_they_are_public_in(client):
    project = small_project()
    source = project.passages.get().edition.statement

    activity = valid_iati(client.get(under("en", "data-project-iati", "school")).content)[0]
    package = valid_oc4ids(client.get(under("en", "data-project-oc4ids", "school")).content)

    addresses = [url for url in activity.xpath("document-link/@url") if source.reference in url]
    assert len(addresses) == 1
    assert "/ky/statements/" in addresses[0]
    assert [document["language"] for document in package["projects"][0]["documents"]] == ["en", "ky"]


def test_one_country_is_the_recipient_and_central_asia_a_region(client):
    ready("one", "KG")
    ready("two", "KG", "KZ")

    one, two = valid_iati(client.get(under("en", "data-iati")).content)

    assert one.xpath("recipient-country/@code") == ["KG"]
    assert two.xpath("recipient-region/@code") == ["619"]


def test_who_only_pays_is_no_recipient(client):
    project = ready("road", "KG")
    takes_part(project, "DE", role="funding")

    activity = valid_iati(client.get(under("en", "data-project-iati", "road")).content)[0]

    assert activity.xpath("recipient-country/@code") == ["KG"]


def test_an_oc4ids_project_says_what_statements_said(client):
    full_project()

    [project] = valid_oc4ids(client.get(under("en", "data-project-oc4ids", "railway")).content)["projects"]

    assert project["status"] == "implementation"
    assert project["period"] == {"startDate": "2024-06-06T00:00:00Z", "endDate": "2030-12-31T00:00:00Z"}
    assert project["budget"] == {"amount": {"amount": 4_700_000_000, "currency": "USD"}}
    assert [place["geometry"]["type"] for place in project["locations"]] == ["LineString", "Point"]
    assert {"id": "country-KG", "name": "Kyrgyzstan", "roles": ["implementing"]}.items() <= {
        **next(party for party in project["parties"] if party["id"] == "country-KG")
    }.items()
    assert "completion" not in project


def test_two_estimates_of_one_day_are_no_budget(client):
    project = make_project("road")
    source = source_about(project)
    make_budget_line(project, source)
    make_budget_line(project, source, currency="KGS")

    [record] = valid_oc4ids(client.get(under("en", "data-project-oc4ids", "road")).content)["projects"]

    assert "budget" not in record


def test_a_suspended_project_has_no_status_in_oc4ids(client):
    project = ready()
    make_status(project, source_about(project), "suspended", stated_on=date(2025, 1, 1))

    [record] = valid_oc4ids(client.get(under("en", "data-project-oc4ids", "road")).content)["projects"]

    assert "status" not in record


def test_hostile_text_is_valid_xml(client):
    words = ']]> <b>& "it\'s" <!-- \U0001f6e4'
    project = ready()
    Project.objects.filter(pk=project.pk).update(name_en=words, summary_en="one\ntwo")
    make_place(project, geometry=[74.0, 42.0], name_en=words)

    activity = valid_iati(client.get(under("en", "data-project-iati", "road")).content)[0]

    assert words in activity.xpath("title/narrative/text()")
    assert words in activity.xpath("location/name/narrative/text()")


def test_characters_that_xml_forbids_are_left_out_wherever_they_came_from(client, settings):
    settings.PRESSOFFICE_PUBLISHER_NAME = "Ministry\x00 of\x08 Examples\ufffe"
    ready()

    activity = valid_iati(client.get(under("en", "data-project-iati", "road")).content)[0]

    assert activity.xpath("reporting-org/narrative/text()") == ["Ministry of Examples"]


def test_a_record_that_has_everything_lacks_nothing():
    project = full_project()

    assert missing(project) == []
    assert missing(project, "OC4IDS") == []


def test_each_thing_that_is_missing_has_its_sentence():
    project = make_project("idea")

    assert missing(project) == [
        "Nobody takes part yet: name a country or an organisation, and its role.",
        "No statement that holds says where the project stands.",
        "No milestone says when the project starts. One counts as the start if its English name says just "
        "that, such as “Construction begun”, and a statement that holds gives it a date.",
        "No country takes part other than by funding: IATI asks which countries the project is for.",
    ]
    assert missing(project, "OC4IDS") == []


def test_a_record_that_lacks_something_is_not_in_the_file(client):
    ready("road")
    make_project("idea")

    activities = valid_iati(client.get(under("en", "data-iati")).content)
    alone = client.get(under("en", "data-project-iati", "idea"))

    assert [each.text for each in activities.iter("iati-identifier")] == ["KG-TEST-1-road"]
    assert alone.status_code == 404
    assert "Nobody takes part yet" in alone.content.decode()


def test_a_draft_is_told_only_that_it_is_not_public():
    assert missing(make_project("draft", state="draft")) == ["The project is not public."]
    assert missing(make_project("other", state="draft"), "OC4IDS") == ["The project is not public."]


def test_countries_without_a_region_of_their_own_ask_for_percentages():
    assert "(DE, KG)" in missing(ready("road", "KG", "DE"))[0]


def test_a_start_without_its_day_is_not_given_one():
    project = make_project("road")
    takes_part(project, "KG")
    begun(project, source_about(project), on=date(2024, 1, 1), precision="year", stated_on=date(2025, 1, 9))

    assert missing(project) == [
        "Statements say that the project has started, but not on which day. IATI asks for the day."
    ]


def test_an_end_before_the_start_is_listed():
    project = ready()
    end = make_milestone(project, name_en="Construction finished")
    make_milestone_date(
        end,
        source_about(project),
        kind="actual",
        on=date(2024, 1, 1),
        precision="day",
        stated_on=date(2025, 1, 9),
    )

    assert missing(project) == ["The project ended before it started: look at the dates."]


def test_two_milestones_that_read_as_the_start_are_listed():
    project = ready()
    second = make_milestone(project, name_en="Start of the project")
    make_milestone_date(second, source_about(project))

    assert missing(project) == [
        "Several milestones read as the start of the project. Give all but one another English name."
    ]


def test_a_start_whose_source_is_withdrawn_is_none():
    project = make_project("road")
    takes_part(project, "KG")
    make_status(project, source_about(project))
    begun(project, source_about(project, state="withdrawn"))

    assert missing(project)[0].startswith("No milestone says when the project starts.")


@pytest.mark.parametrize("setting", ["PRESSOFFICE_IATI_ORGANISATION", "PRESSOFFICE_PUBLISHER_NAME"])
def test_without_its_settings_there_is_no_iati_file(client, settings, setting):
    setattr(settings, setting, "")
    project = ready()

    answer = client.get(under("en", "data-iati"))

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f"The setting {setting} is missing" in answer.content.decode()
    assert missing(project) == [f"The setting {setting} is missing: whoever runs the site can add it."]


def test_without_its_setting_there_is_no_oc4ids_file(client, settings):
    settings.PRESSOFFICE_OC4IDS_PREFIX = ""
    project = ready()

    answer = client.get(under("en", "data-oc4ids"))

    assert answer.status_code == 404
    assert "The setting PRESSOFFICE_OC4IDS_PREFIX is missing" in answer.content.decode()
    assert missing(project, "OC4IDS") == [
        "The setting PRESSOFFICE_OC4IDS_PREFIX is missing: whoever runs the site can add it."
    ]


@pytest.mark.parametrize(
    "name",
    [
        *("Start", "Construction begun", "Construction starts", "Beginning of construction"),
        *("Start of the works", "Project started", "The work begins", "START OF CONSTRUCTION"),
    ],
)
def test_names_that_say_start(name):
    assert says(name, STARTS)
    assert not says(name, ENDS)


@pytest.mark.parametrize(
    "name",
    [
        *("Opening of the road", "Feasibility study begun", "Construction", "Start and end"),
        *("Construction of the bridge begun", "Agreement signed", "Restart of construction", ""),
    ],
)
def test_names_that_say_neither_start_nor_end(name):
    assert not says(name, STARTS)
    assert not says(name, ENDS)


def test_the_list_for_the_editor_is_in_the_language_of_the_admin():
    project = make_project("draft", state="draft")

    with translation.override("ru"):
        standards = [each.standard for each in what_is_missing(project)]

    assert standards == ["IATI 2.03", "OC4IDS 0.9"]
    assert gather(Project.objects.none()) == []
