"""What readers and subscribers see of the ledger."""

import uuid
from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from pressoffice.accounts import roles
from pressoffice.directory.models import Organisation
from pressoffice.ledger.dates import slip_in_words
from pressoffice.publishing import moment
from projects.models import Participation, Project
from tests.makers import (
    body_about,
    make_budget_line,
    make_commitment,
    make_country,
    make_edition,
    make_indicator,
    make_measurement,
    make_milestone,
    make_milestone_date,
    make_person,
    make_project,
    make_statement,
    make_status,
    make_target,
    somebody,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def road() -> Project:
    project = make_project("road")
    Participation.objects.create(project=project, country=make_country("KZ"), role="funding")
    return project


def promised(project: Project, **facts: Any) -> Any:
    edition = make_edition(language="en", body=body_about(project))
    return make_commitment(project, edition.statement, **facts)


def of_today(days: int) -> dict[str, Any]:
    return {"due_on": timezone.localdate() + timedelta(days=days)}


def texts(response: Any) -> list[str]:
    return [promise.commitment.text_en for promise in response.context["promises"]]


def test_the_list_is_narrowed_down_by_what_came_of_promises(client: Client, road: Project):
    promised(road, text_en="Soon", **of_today(30))
    promised(road, text_en="Late", **of_today(-30))
    promised(road, text_en="Once", **of_today(1000))
    done = promised(road, text_en="Done", **of_today(-60))
    promised(road, text_en="It is done", answers=done, relation="fulfils", stated_on=date(2025, 1, 1))

    def shown(query: str) -> list[str]:
        return texts(client.get(f"/en/promises/?{query}"))

    assert shown("") == ["Done", "Late", "Soon", "Once"]
    assert shown("state=soon") == ["Soon"]
    assert shown("state=overdue") == ["Late"]
    assert shown("state=open") == ["Once"]
    assert shown("state=done") == ["Done"]
    assert shown("state=dropped") == []
    assert len(shown("state=quarter")) <= 2
    assert shown("country=KZ&project=road&state=overdue") == ["Late"]


def test_a_list_that_is_narrowed_down_has_a_title_a_feed_and_a_calendar_of_its_own(
    client: Client, road: Project
):
    promised(road, text_en="Late", **of_today(-30))
    promised(road, text_en="Once", **of_today(1000))

    page = client.get("/en/promises/?state=overdue")

    assert "past its date – Promises – " in page.text
    assert 'href="/en/promises/feed.rss?state=overdue"' in page.text
    assert 'href="/en/promises/calendar.ics?state=overdue"' in page.text
    feed = feedparser.parse(client.get("/en/promises/feed.rss?state=overdue").content)
    assert [entry.title for entry in feed.entries] == [f"{road.name_en}: Late"]
    assert feed.feed.title == "Promises: past its date"


def test_an_unknown_filter_is_named_and_left_out(client: Client, road: Project):
    promised(road)

    page = client.get("/en/promises/?state=kept&project=none&country=ZZ")

    assert len(texts(page)) == 1
    assert page.text.count("is not known and was left out") == 3


def test_an_entry_of_the_feed_is_the_same_when_something_new_is_said(client: Client, road: Project):
    first = promised(road, text_en="The road opens", **of_today(-30))
    before = feedparser.parse(client.get("/en/promises/feed.rss").content).entries

    promised(road, answers=first, relation="fulfils", stated_on=date(2025, 6, 1))
    after = feedparser.parse(client.get("/en/promises/feed.rss").content).entries

    assert (
        [entry.id for entry in before] == [entry.id for entry in after] == [uuid.uuid5(first.uuid, "en").urn]
    )
    assert "no later statement" in before[0].summary
    assert after[0].summary == "Reported done."
    assert after[0].link.startswith("https://press.example/en/statements/")


def test_a_feed_that_has_not_changed_costs_no_second_reading(client: Client, road: Project):
    promised(road)
    first = client.get("/en/promises/feed.rss")

    again = client.get("/en/promises/feed.rss", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304
    assert client.head("/en/promises/feed.rss").status_code == 200
    assert client.post("/en/promises/feed.rss").status_code == 405


def entries(response: Any) -> list[Any]:
    return Calendar.from_ical(response.content).walk("VEVENT")


@pytest.mark.parametrize("address", ["/en/promises/calendar.ics", "/en/projects/road/promises.ics"])
def test_the_calendar_has_an_entry_for_each_promise_with_a_date(client: Client, road: Project, address):
    first = promised(
        road, text_en="The road, in full; opens", due_on=date(2027, 3, 1), due_precision="quarter"
    )
    promised(road, text_en="Some day")

    (entry,) = entries(client.get(address))

    assert entry.decoded("dtstart") == date(2027, 3, 31)
    assert entry.decoded("summary") == f"{road.name_en}: The road, in full; opens"
    assert entry["uid"] == str(uuid.uuid5(first.uuid, "en"))
    assert (entry["sequence"], entry["status"]) == (0, "CONFIRMED")

    promised(road, answers=first, relation="drops", stated_on=date(2025, 6, 1))
    (later,) = entries(client.get(address))
    assert (later["uid"], later["sequence"], later["status"]) == (entry["uid"], 1, "CANCELLED")


@pytest.mark.parametrize("state", ["draft", "scheduled", "removed"])
def test_a_project_that_is_not_public_has_no_calendar(client: Client, state):
    make_project("hidden", state=state)

    assert client.get("/en/projects/hidden/promises.ics").status_code == 404


def test_a_promise_leads_to_its_words_where_they_stand(client: Client, road: Project):
    promised(road, words="280 km of road")

    assert "#passage-1" in client.get("/en/projects/road/").text


def test_a_promise_of_a_withdrawn_statement_stays_and_says_so(client: Client, road: Project):
    edition = make_edition(language="en", body=body_about(road))
    make_commitment(road, edition.statement, text_en="The road opens", **of_today(-30))
    edition.withdraw(by=somebody(roles.EDITOR), reason="It was a mistake.")

    page = client.get("/en/projects/road/").text

    assert "The road opens" in page
    assert "The statement it comes from was withdrawn." in page


def test_who_gave_a_promise_is_named_in_the_office_held_then(client: Client, road: Project):
    person = make_person("Speaker")
    statement = make_statement(speakers=[person], delivered_on=date(2024, 12, 11))
    make_edition(statement=statement, language="en", body=body_about(road))
    make_commitment(road, statement)
    promised(road, country=make_country("KZ"))

    names = client.get("/en/promises/").text

    assert person.name_en in names
    assert make_country("KZ").name_en in names


# --- countries and organisations ---------------------------------------------------------------------


def test_countries_are_compared_by_what_is_public(client: Client, road: Project):
    line, hidden = make_project("line"), make_project("hidden", state="draft")
    for project in (line, hidden):
        Participation.objects.create(project=project, country=make_country("KZ"), role="funding")
    make_status(line, make_edition().statement, "closed")
    promised(road, **of_today(-30))
    make_commitment(hidden, make_edition().statement, **of_today(-30))

    (row,) = client.get("/en/countries/").context["rows"]

    assert (row.country.code, row.projects, row.ended, row.overdue) == ("KZ", 2, 1, 1)


def test_a_country_s_page_tells_what_it_takes_part_in(client: Client, road: Project):
    source = make_edition(body=body_about(road)).statement
    make_budget_line(road, source, country=make_country("KZ"), amount=2_000_000)
    make_budget_line(road, source, country=make_country("KZ"), amount=3_000_000, stated_on=date(2025, 6, 1))

    page = client.get("/en/countries/kz/")

    assert road.name_en in page.text
    # An estimate said again is the same money, not more of it.
    assert [each.amount for each in page.context["sums"]] == [3_000_000]


@pytest.mark.parametrize("address", ["/en/countries/zz/", "/en/countries/kg/"])
def test_a_country_that_takes_part_in_nothing_public_has_no_page(client: Client, address, road: Project):
    hidden = make_project("hidden", state="draft")
    Participation.objects.create(project=hidden, country=make_country("KG"), role="funding")

    assert client.get(address).status_code == 404


def test_an_organisation_has_one_address(client: Client, road: Project):
    bank = Organisation.objects.create(name_ky="Банк", name_ru="Банк", name_en="Development Bank")
    other = Organisation.objects.create(name_ky="Б", name_ru="Б", name_en="Other Bank")
    Participation.objects.create(project=road, organisation=bank, role="funding")

    assert road.name_en in client.get(f"/en/organisations/{bank.pk}/development-bank/").text
    assert (
        client.get(f"/en/organisations/{bank.pk}/x/").url == f"/en/organisations/{bank.pk}/development-bank/"
    )
    assert client.get(f"/en/organisations/{other.pk}/other-bank/").status_code == 404
    assert client.get(f"/en/organisations/{other.pk}/x/").status_code == 404
    assert client.get("/en/organisations/99999999999999999999999/x/").status_code == 404


# --- the list of projects ----------------------------------------------------------------------------


def codes(client: Client, query: str) -> list[str]:
    return [project.code for project in client.get(f"/en/projects/?{query}").context["page_obj"]]


def test_projects_are_found_by_what_is_due_and_by_silence(client: Client, road: Project):
    line, done = make_project("line"), make_project("done")
    silent = make_project("silent", at=timezone.now() - timedelta(days=800))
    long_ago = timezone.localdate() - timedelta(days=400)
    promised(road, stated_on=timezone.localdate() - timedelta(days=200), **of_today(-30))
    promised(line, stated_on=timezone.localdate() - timedelta(days=364), **of_today(30))
    make_status(done, make_edition().statement, "closed", long_ago)
    make_status(silent, make_edition().statement, "implementation", long_ago)

    assert codes(client, "promises=overdue") == ["road"]
    assert codes(client, "promises=soon") == ["line"]
    assert codes(client, "promises=stale") == ["silent"]
    with moment.fixed(timezone.now() - timedelta(days=790)):
        assert codes(client, "promises=stale") == [], "what is new here is news"


def test_the_list_says_how_many_stand_where(client: Client, road: Project):
    line, dam = make_project("line"), make_project("dam")
    for project in (line, dam):
        make_status(project, make_edition().statement, "closed")
    withdrawn = make_edition()
    make_status(road, withdrawn.statement, "closed")
    withdrawn.withdraw(by=somebody(roles.EDITOR), reason="It is not finished.")

    totals = client.get("/en/projects/").context["totals"]

    assert [(str(label), number) for label, number in totals] == [
        ("Completed", 2),
        ("No statement about its progress yet", 1),
    ]


@pytest.mark.parametrize("shape", ["list", "table", "map"])
def test_every_shape_keeps_the_filters(client: Client, road: Project, shape):
    make_project("dam", sector="energy")

    page = client.get(f"/en/projects/?sector=transport&as={shape}")

    assert [project.code for project in page.context["page_obj"]] == ["road"]
    addresses = [each.address for each in page.context["shapes"]]
    assert addresses == [
        "/en/projects/?sector=transport",
        "/en/projects/?sector=transport&as=table",
        "/en/projects/?sector=transport&as=map",
    ]
    assert [each.is_current for each in page.context["shapes"]].count(True) == 1


def test_an_unknown_shape_is_the_list(client: Client, road: Project):
    assert client.get("/en/projects/?as=globe").context["shape"] == "list"


# --- milestones and figures --------------------------------------------------------------------------


def test_a_milestone_shows_every_date_it_was_given_and_how_far_it_slipped(client: Client, road: Project):
    opening = make_milestone(road, name_en="Opening")
    source = make_edition(language="en", body=body_about(road)).statement
    make_milestone_date(opening, source)
    make_milestone_date(opening, source, kind="forecast", on=date(2028, 5, 1), precision="year",
                        stated_on=date(2024, 12, 11))  # fmt: skip

    page = client.get("/en/projects/road/")

    (stage,) = page.context["ledger"].stages()
    assert [word.on_in_words for word in stage.words] == ["season of 2017", "2028"]
    assert stage.slip == "11 years later than first said"
    assert "Opening" in page.text
    assert "11 years later than first said" in page.text


def test_a_withdrawn_date_moves_no_milestone(client: Client, road: Project):
    opening = make_milestone(road)
    make_milestone_date(opening, make_edition(body=body_about(road)).statement)
    later = make_edition(body=body_about(road))
    make_milestone_date(opening, later.statement, on=date(2028, 5, 1), stated_on=date(2024, 12, 11))
    later.withdraw(by=somebody(roles.EDITOR), reason="It was a mistake.")

    (stage,) = client.get("/en/projects/road/").context["ledger"].stages()

    assert (len(stage.words), stage.slip) == (2, "")


@pytest.mark.parametrize(
    ("first", "newest", "words"),
    [
        (date(2025, 1, 31), date(2025, 1, 1), ""),
        (date(2025, 1, 1), date(2025, 2, 28), "1 month later than first said"),
        (date(2025, 1, 1), date(2026, 12, 31), "23 months later than first said"),
        (date(2025, 1, 1), date(2027, 1, 1), "2 years later than first said"),
        (date(2025, 12, 31), date(2025, 10, 31), "2 months earlier than first said"),
        (date(2030, 12, 31), date(2027, 12, 31), "3 years earlier than first said"),
    ],
)
def test_a_slip_is_said_in_months_and_from_two_years_on_in_years(first, newest, words):
    with override("en"):
        assert slip_in_words(first, newest) == words


def test_figures_are_shown_as_stated_with_their_targets(client: Client, road: Project):
    length = make_indicator(road, name_en="Length of the road")
    source = make_edition(language="en", body=body_about(road)).statement
    make_measurement(length, source, value=250, value_to=260, stated_on=date(2015, 7, 20))
    make_measurement(length, source, value=280)
    make_target(length, source, value=277, due_on=date(2030, 1, 1), due_precision="year")

    page = client.get("/en/projects/road/")

    (counted,) = page.context["ledger"].counted()
    assert [figure.in_words for figure in counted.figures] == ["250–260\xa0km", "280\xa0km"]
    for words in ("Length of the road", "250–260\xa0km", "277\xa0km", "target: 2030"):
        assert words in page.text


def test_what_was_said_names_speaker_place_and_day(client: Client, road: Project):
    speaker = make_person("Speaker", office="Minister")
    statement = make_statement(
        speakers=[speaker], delivered_on=date(2024, 12, 11), place_en="Cholpon-Ata", place_ru="Чолпон-Ата"
    )
    make_edition(statement=statement, language="en", body=body_about(road, "280 km of road"))

    said = client.get("/en/projects/road/").content.decode().split("What was said", 1)[1]

    for words in ("280 km of road", "Speaker (en)", "Minister (en)", "Cholpon-Ata", "11 December 2024"):
        assert words in said, words


def test_a_promise_whose_source_is_withdrawn_has_come_to_nothing_and_counts_nowhere(client: Client):
    project = make_project("centre")
    Participation.objects.create(project=project, country=make_country("KG"), role="funding")
    edition = make_edition(about=[project], state="withdrawn")
    make_commitment(project, edition.statement, due_on=date(2025, 1, 1), text_en="It opens")

    listed = client.get("/en/promises/").content.decode()
    overdue = client.get("/en/promises/", {"state": "overdue"})
    calendar = Calendar.from_ical(client.get("/en/promises/calendar.ics").content)
    [row] = client.get("/en/countries/").context["rows"]
    record = client.get("/en/projects/centre/data.json").json()["projects"][0]

    assert "The statement it comes from was withdrawn." in listed
    assert overdue.context["total"] == 0
    assert not client.get("/en/projects/", {"promises": "overdue"}).context["total"]
    assert "withdrawn" in client.get("/en/promises/feed.rss").content.decode()
    assert [entry["STATUS"] for entry in calendar.walk("VEVENT")] == ["CANCELLED"]
    assert (row.open, row.overdue, row.done) == (0, 0, 0)
    assert record["facts"]["commitments"][0]["state"] is None
    said = client.get("/ru/projects/centre/").content.decode().split("Что сказано", 1)[1]
    assert "Отозвано" in said
