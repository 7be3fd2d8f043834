"""Keeping the ledger in the admin: every refusal is a sentence at its field, and nothing typed is lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pressoffice.accounts.models import User
from pressoffice.directory.models import Organisation
from pressoffice.ledger.filters import today
from pressoffice.ledger.models import (
    BudgetLine,
    Commitment,
    Indicator,
    Measurement,
    Milestone,
    MilestoneDate,
    Target,
)
from pressoffice.publishing.models import AuditEntry
from tests import makers
from tests.admin.conftest import form_data
from tests.unguarded import lift_guards

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
KINDS = ["commitment", "milestone", "indicator", "budgetline", "statuschange"]
ROLES = ["author", "translator", "editor", "chief", "stranger"]
READS = {"author", "translator", "editor", "chief"}
KEEPS = {"editor", "chief"}


@pytest.fixture
def desk(logged_in: Desk) -> Desk:
    def opened(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


@pytest.fixture
def road(db: None) -> Any:
    return makers.make_project("road")


@pytest.fixture
def speech(road: Any) -> Any:
    """A public statement that speaks of the road."""
    return makers.make_edition(body=makers.body_about(road)).statement


def adding(kind: str) -> str:
    return reverse(f"admin:ledger_{kind}_add")


def changing(row: Any) -> str:
    return reverse(f"admin:ledger_{row._meta.model_name}_change", args=[row.pk])


def promise(project: Any, source: Any, **changes: Any) -> dict[str, Any]:
    """What the form of a promise posts."""
    return {
        "project": project.pk,
        "source": source.pk,
        "stated_on": "2024-12-11",
        "words": "280 km of road",
        "text_ky": "",
        "text_ru": "",
        "text_en": "The road is opened",
        "due_on": "2027-06-01",
        "due_precision": "year",
        "country": "",
        "organisation": "",
        "answers": "",
        "relation": "",
        **changes,
    }


def sum_of(project: Any, source: Any, **changes: Any) -> dict[str, Any]:
    facts = {
        "project": project.pk,
        "source": source.pk,
        "stated_on": "2024-12-11",
        "words": "280 km of road",
    }
    return {**facts, "kind": "estimate", "amount": "3 000 000", "currency": "USD", **changes}


def named(project: Any, rows: dict[str, list[dict[str, Any]]], **changes: Any) -> dict[str, Any]:
    """What the form of an indicator or a milestone posts with new rows under it."""
    data: dict[str, Any] = {"project": project.pk, "name_ky": "Жол", "name_ru": "Дорога", "name_en": "Road"}
    for prefix, new in rows.items():
        data |= {f"{prefix}-TOTAL_FORMS": len(new), f"{prefix}-INITIAL_FORMS": 0}
        for index, row in enumerate(new):
            data |= {f"{prefix}-{index}-{name}": value for name, value in row.items()}
    return {**data, **changes}


def row_of(source: Any, **facts: Any) -> dict[str, Any]:
    return {"source": source.pk, "stated_on": "2024-12-11", "words": "280 km of road", **facts}


def sentences(answer: Any, field: str) -> str:
    return " ".join(answer.context["adminform"].form.errors.get(field, []))


def inline_sentences(answer: Any, field: str) -> str:
    return " ".join(
        sentence
        for inline in answer.context["inline_admin_formsets"]
        for form in inline.formset.forms
        for sentence in form.errors.get(field, [])
    )


# --- entering --------------------------------------------------------------------------------------


def test_a_promise_is_entered_and_its_date_is_the_last_day_meant(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    answer = desk(editor).post(adding("commitment"), promise(road, speech))

    entered = Commitment.objects.get()
    assert answer.status_code == 302
    assert (entered.text_en, entered.due_on) == ("The road is opened", date(2027, 12, 31))
    assert [entry.step for entry in AuditEntry.objects.about(entered)] == ["start"]


def test_a_sum_is_typed_as_people_write_it(desk: Desk, editor: User, road: Any, speech: Any) -> None:
    desk(editor).post(adding("budgetline"), sum_of(road, speech, amount="3 000 000,50"))

    assert str(BudgetLine.objects.get().amount) == "3000000.50"


def test_an_indicator_is_entered_with_its_figures_and_targets(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    rows = {
        "measurements": [row_of(speech, value="250", value_to="260")],
        "targets": [row_of(speech, value="280", due_on="2027-12-31", due_precision="year")],
    }

    answer = desk(editor).post(adding("indicator"), named(road, rows, unit="km"))

    assert answer.status_code == 302
    assert Measurement.objects.get().indicator == Target.objects.get().indicator == Indicator.objects.get()
    for fact in (Measurement.objects.get(), Target.objects.get(), Indicator.objects.get()):
        assert [entry.step for entry in AuditEntry.objects.about(fact)] == ["start"]


def test_a_milestone_is_entered_with_its_dates(desk: Desk, editor: User, road: Any, speech: Any) -> None:
    rows = {"dates": [row_of(speech, kind="planned", on="2027-01-15", precision="season")]}

    desk(editor).post(adding("milestone"), named(road, rows))

    assert MilestoneDate.objects.get().on == date(2027, 10, 31)


def test_a_change_of_a_row_leaves_an_entry_about_the_row(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    figure = makers.make_measurement(makers.make_indicator(road), speech)
    address = changing(figure.indicator)
    client = desk(editor)
    data = form_data(client, address)

    client.post(address, data | {"measurements-0-value": "281"})

    figure.refresh_from_db()
    assert figure.value == 281
    assert [(entry.step, entry.reason) for entry in AuditEntry.objects.about(figure)] == [("change", "value")]


# --- refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "changes", "sentence"),
    [
        ("due_on", {"due_on": "2023-06-01"}, "lies before the day it was stated"),
        ("due_on", {"due_on": "soon"}, "Enter a valid date"),
        ("due_on", {"due_on": "0001-01-01"}, "somebody may remember"),
        ("organisation", {"country": "KG", "organisation": "any"}, "choose one"),
        ("text_en", {"text_en": ""}, "in at least one language"),
        ("relation", {"relation": "fulfils"}, "Name the earlier promise"),
        ("relation", {"answers": "earlier"}, "Name the earlier promise"),
        ("answers", {"answers": "later", "relation": "replaces"}, "stated on an earlier day"),
        ("answers", {"answers": "foreign", "relation": "replaces"}, "about another project"),
        ("answers", {"answers": "999999", "relation": "replaces"}, "valid choice"),
        ("answers", {"answers": "x\x00", "relation": "replaces"}, "Null characters"),
        ("source", {"source": "silent"}, "mark a passage first"),
        ("project", {"project": ""}, "required"),
    ],
)
def test_a_bad_promise_gets_a_sentence_at_its_field_and_keeps_what_was_typed(
    desk: Desk, editor: User, road: Any, speech: Any, field: str, changes: dict[str, Any], sentence: str
) -> None:
    def key(name: str) -> Any:
        match name:
            case "any":
                return Organisation.objects.create(**makers.in_three("name", "Agency")).pk
            case "earlier":
                return makers.make_commitment(road, speech, stated_on=date(2020, 1, 1)).pk
            case "later":
                return makers.make_commitment(road, speech, stated_on=date(2025, 1, 1)).pk
            case "foreign":
                dam = makers.make_project("dam")
                return makers.make_commitment(dam, makers.make_statement(), stated_on=date(2020, 1, 1)).pk
            case "silent":
                return makers.make_edition().statement.pk
        return name

    makers.make_country("KG")
    sent = {name: key(value) for name, value in changes.items()}

    answer = desk(editor).post(adding("commitment"), promise(road, speech) | sent)

    assert answer.status_code == 200
    assert sentence in sentences(answer, field), answer.context["adminform"].form.errors
    assert "280 km of road" in answer.text
    assert not Commitment.objects.filter(words="280 km of road").exists()


def test_promises_cannot_answer_each_other_in_a_circle(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    first = makers.make_commitment(road, speech, stated_on=date(2020, 1, 1))
    second = makers.make_commitment(
        road, speech, stated_on=date(2021, 1, 1), answers=first, relation="replaces"
    )
    client = desk(editor)
    data = form_data(client, changing(first))

    circle = client.post(changing(first), data | {"answers": second.pk, "relation": "replaces"})
    itself = client.post(changing(first), data | {"answers": first.pk, "relation": "replaces"})
    moved = client.post(changing(first), data | {"stated_on": "2022-01-01"})

    assert "stated on an earlier day" in sentences(circle, "answers")
    assert "stated on an earlier day" in sentences(itself, "answers")
    assert "would not be later any more" in sentences(moved, "stated_on")
    first.refresh_from_db()
    assert (first.answers, first.stated_on) == (None, date(2020, 1, 1))


@pytest.mark.parametrize(
    ("field", "changes", "sentence"),
    [
        ("currency", {"currency": "XYZ"}, "is no currency of ISO 4217"),
        ("currency", {"currency": "dollars"}, "at most 3"),
        ("amount", {"amount": "0"}, "more than zero"),
        ("amount", {"amount": "three"}, "Enter a number"),
        ("amount", {"amount": "9" * 30}, "no more than"),
        ("kind", {"kind": ""}, "required"),
    ],
)
def test_a_bad_sum_gets_a_sentence_at_its_field(
    desk: Desk, editor: User, road: Any, speech: Any, field: str, changes: dict[str, Any], sentence: str
) -> None:
    answer = desk(editor).post(adding("budgetline"), sum_of(road, speech, **changes))

    assert sentence in sentences(answer, field), answer.context["adminform"].form.errors
    assert "280 km of road" in answer.text
    assert not BudgetLine.objects.exists()


@pytest.mark.parametrize("prefix", ["measurements", "targets"])
@pytest.mark.parametrize(
    ("field", "changes", "sentence"),
    [
        ("value", {"value": ""}, "required"),
        (
            "value",
            {"value": "280", "words": "280 hectares of forest"},
            "counted in kilometres; the words say",
        ),
        ("value_to", {"value_to": "200"}, "larger than the first"),
        ("source", {"source": "silent"}, "mark a passage first"),
        ("stated_on", {"stated_on": "31.02.2024"}, "valid date"),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_a_bad_figure_gets_a_sentence_at_its_field(
    desk: Desk,
    editor: User,
    road: Any,
    speech: Any,
    prefix: str,
    field: str,
    changes: dict[str, Any],
    sentence: str,
    is_new: bool,
) -> None:
    silent = makers.make_edition().statement
    sent = {name: silent.pk if value == "silent" else value for name, value in changes.items()}
    row = {**row_of(speech, value="280", due_precision="day"), **sent}
    rows = {"measurements": [], "targets": [], prefix: [row]}
    client, address, data = desk(editor), adding("indicator"), named(road, rows, unit="km")
    if not is_new:
        address = changing(makers.make_indicator(road))
        data = form_data(client, address) | data

    answer = client.post(address, data)

    assert answer.status_code == 200
    assert sentence in inline_sentences(answer, field)
    assert row["words"] in answer.text
    assert not Measurement.objects.exists()
    assert not Target.objects.exists()


def test_a_target_without_a_unit_is_told_to_choose_one(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    rows = {"measurements": [], "targets": [row_of(speech, value="280", due_precision="day")]}

    answer = desk(editor).post(adding("indicator"), named(road, rows, unit=""))

    assert sentences(answer, "unit") == "Choose the unit that it is counted in."
    assert "280 km of road" in answer.text


def test_a_second_figure_of_one_statement_for_one_day_is_refused_at_the_day(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    figure = makers.make_measurement(makers.make_indicator(road), speech)
    client, address = desk(editor), changing(figure.indicator)
    data = form_data(client, address) | {"measurements-TOTAL_FORMS": 2}
    data |= {f"measurements-1-{name}": value for name, value in row_of(speech, value="281").items()}

    answer = client.post(address, data)

    assert answer.status_code == 200
    assert Measurement.objects.get() == figure


def test_what_happened_did_not_happen_after_it_was_told(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    rows = {"dates": [row_of(speech, kind="actual", on="2025-01-15", precision="day")]}

    answer = desk(editor).post(adding("milestone"), named(road, rows))

    assert "lies before the day it was stated on" in inline_sentences(answer, "on")
    assert not Milestone.objects.exists()


@pytest.mark.parametrize("kind", ["indicator", "milestone"])
def test_a_name_is_given_once_in_a_project(desk: Desk, editor: User, road: Any, kind: str) -> None:
    rows: dict[str, list] = {"dates": []} if kind == "milestone" else {"measurements": [], "targets": []}
    data = named(road, rows, unit="km")
    desk(editor).post(adding(kind), data)

    answer = desk(editor).post(adding(kind), data)

    assert "The project has" in sentences(answer, "name_en")


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("ledger_commitment_source_speaks_of_project: no", "mark a passage first"),
        ("violates ledger_commitment_due_after_stated", "lies before the day it was stated"),
        ("UNIQUE constraint failed", "at the same moment"),
    ],
)
def test_what_only_the_database_sees_is_a_sentence_too(
    desk: Desk, editor: User, road: Any, speech: Any, told: str, sentence: str
) -> None:
    with patch.object(Commitment, "save", side_effect=IntegrityError(told)):
        answer = desk(editor).post(adding("commitment"), promise(road, speech))

    assert answer.status_code == 200
    assert sentence in sentences(answer, "__all__")
    assert "280 km of road" in answer.text


def test_a_passage_that_is_gone_by_the_time_of_saving_is_named_at_the_source(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    real = Commitment.save
    lift_guards()

    def after_the_passage_is_gone(fact: Commitment, *args: Any, **kwargs: Any) -> None:
        real(fact, *args, **kwargs)
        speech.editions.get().passages.all().delete()
        raise IntegrityError("ledger_commitment_source_speaks_of_project")

    with patch.object(Commitment, "save", after_the_passage_is_gone):
        answer = desk(editor).post(adding("commitment"), promise(road, speech))

    # The first attempt is undone whole, the deletion by the other with it.
    assert answer.status_code == 200
    assert "mark a passage first" in answer.text
    assert not Commitment.objects.exists()


# --- earlier promises ------------------------------------------------------------------------------


def test_only_the_projects_own_promises_are_offered_as_earlier_ones(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    own = makers.make_commitment(road, speech, **makers.in_three("text", "Own promise"))
    makers.make_commitment(makers.make_project("dam"), speech, **makers.in_three("text", "Foreign promise"))

    chosen = desk(editor).get(f"{adding('commitment')}?project={road.pk}")
    open_still = desk(editor).get(adding("commitment"))

    assert f"Own promise (en) ({own.stated_on})" in chosen.text
    assert "Foreign promise" not in chosen.text
    assert "Own promise" not in open_still.text


# --- deleting --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ROLES)
def test_what_readers_see_stays_and_what_they_do_not_may_go(
    request: Any, desk: Desk, road: Any, speech: Any, who: str
) -> None:
    draft = makers.make_edition(body=makers.body_about(road), state="draft").statement
    public = [makers.make_commitment(road, speech), makers.make_budget_line(road, speech)]
    hidden = [makers.make_commitment(road, draft), makers.make_budget_line(road, draft)]
    client = desk(request.getfixturevalue(who))

    for fact in (*public, *hidden):
        client.post(reverse(f"admin:ledger_{fact._meta.model_name}_delete", args=[fact.pk]), {"post": "yes"})

    there = {*Commitment.objects.all(), *BudgetLine.objects.all()}
    assert there == ({*public} if who in KEEPS else {*public, *hidden})


def test_a_row_that_readers_see_stays_and_another_goes(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    draft = makers.make_edition(body=makers.body_about(road), state="draft").statement
    indicator = makers.make_indicator(road)
    public = makers.make_measurement(indicator, speech)
    hidden = makers.make_measurement(indicator, draft, stated_on=date(2020, 1, 1))
    client, address = desk(editor), changing(indicator)
    data = form_data(client, address)

    refused = client.post(address, data | {"measurements-0-DELETE": "on"})
    taken = client.post(address, data | {"measurements-1-DELETE": "on"})

    assert "Readers see this already, so it stays" in refused.text
    assert taken.status_code == 302
    assert list(Measurement.objects.all()) == [public]
    assert AuditEntry.objects.filter(step="delete", subject_id=hidden.pk).exists()


def test_a_promise_that_others_answer_is_not_deleted(desk: Desk, editor: User, road: Any) -> None:
    draft = makers.make_edition(body=makers.body_about(road), state="draft").statement
    first = makers.make_commitment(road, draft, stated_on=date(2020, 1, 1))
    makers.make_commitment(road, draft, answers=first, relation="restates")

    answer = desk(editor).post(
        reverse("admin:ledger_commitment_delete", args=[first.pk]), {"post": "yes"}, follow=True
    )

    assert answer.status_code == 200
    assert Commitment.objects.filter(pk=first.pk).exists()


def test_an_indicator_with_figures_stays_and_keeps_its_project_and_unit(
    desk: Desk, editor: User, road: Any, speech: Any
) -> None:
    figure = makers.make_measurement(makers.make_indicator(road), speech)
    dam = makers.make_project("dam")
    client, address = desk(editor), changing(figure.indicator)

    client.post(address, form_data(client, address) | {"project": dam.pk, "unit": "ha", "name_en": "Length"})

    indicator = Indicator.objects.get()
    assert (indicator.project, indicator.unit, indicator.name_en) == (road, "km", "Length")
    address = reverse("admin:ledger_indicator_delete", args=[indicator.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403


# --- who may ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("kind", KINDS)
def test_who_looks_and_who_enters(request: Any, desk: Desk, kind: str, who: str) -> None:
    client = desk(request.getfixturevalue(who))

    listed = client.get(reverse(f"admin:ledger_{kind}_changelist")).status_code
    added = client.get(adding(kind)).status_code

    assert listed == (200 if who in READS else 403)
    assert added == (200 if who in KEEPS else 403)


@pytest.mark.parametrize("who", ROLES)
def test_whoever_only_looks_changes_nothing(
    request: Any, desk: Desk, road: Any, speech: Any, who: str
) -> None:
    entered = makers.make_commitment(road, speech)
    indicator = makers.make_measurement(makers.make_indicator(road), speech).indicator
    milestone = makers.make_milestone_date(makers.make_milestone(road), speech).milestone
    client = desk(request.getfixturevalue(who))

    for row in (entered, indicator, milestone):
        assert client.get(changing(row)).status_code == (200 if who in READS else 403)
        if who not in KEEPS:
            assert client.post(changing(row), {"text_en": "x", "name_en": "x"}).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "query", ["q=%00", "q=word", "p=x", "standing=public", "standing=withdrawn", "standing=not"]
)
def test_a_list_answers_any_query(desk: Desk, editor: User, kind: str, query: str) -> None:
    answer = desk(editor).get(f"{reverse(f'admin:ledger_{kind}_changelist')}?{query}")

    assert answer.status_code in {200, 302, 400}


@pytest.mark.parametrize("kind", ["commitment", "budgetline", "statuschange"])
def test_lists_find_what_readers_see(desk: Desk, editor: User, road: Any, speech: Any, kind: str) -> None:
    draft = makers.make_edition(body=makers.body_about(road), state="draft").statement
    make: Any = {
        "commitment": makers.make_commitment,
        "budgetline": makers.make_budget_line,
        "statuschange": makers.make_status,
    }[kind]
    public, hidden = make(road, speech), make(road, draft)
    address = reverse(f"admin:ledger_{kind}_changelist")

    def shown(standing: str) -> list[Any]:
        return list(desk(editor).get(f"{address}?standing={standing}").context["cl"].result_list)

    assert (shown("public"), shown("not"), shown("withdrawn")) == ([public], [hidden], [])


# --- a project's page ------------------------------------------------------------------------------


def ledger_page(project: Any) -> str:
    return reverse("admin:ledger_project", args=[project.code])


@pytest.mark.parametrize("who", ROLES)
def test_who_opens_a_projects_ledger(request: Any, desk: Desk, road: Any, who: str) -> None:
    answer = desk(request.getfixturevalue(who)).get(ledger_page(road))

    assert answer.status_code == (200 if who in READS else 403)
    if who in READS:
        assert bool(answer.context["add"]) == (who in KEEPS)


def test_a_projects_ledger_has_every_fact_newest_first_with_its_sources_standing(
    desk: Desk, author: User, road: Any, speech: Any
) -> None:
    draft = makers.make_edition(body=makers.body_about(road), state="draft").statement
    scheduled = makers.make_edition(body=makers.body_about(road), state="scheduled").statement
    makers.make_facts(road, speech, date(2024, 1, 1), date(2024, 12, 31))
    makers.make_status(road, draft, stated_on=date(2025, 1, 1))
    makers.make_budget_line(road, scheduled, stated_on=date(2025, 2, 1))
    makers.make_status(makers.make_project("dam"), speech, stated_on=date(2025, 3, 1))

    rows = desk(author).get(ledger_page(road)).context["rows"]

    assert [row.standing["key"] for row in rows] == ["scheduled", "draft", *["public"] * 5]
    assert rows == sorted(rows, key=lambda row: row.fact.stated_on, reverse=True)
    assert len({type(row.fact) for row in rows}) == 6


def test_a_projects_ledger_says_what_is_due_and_what_is_past_its_date(
    desk: Desk, author: User, road: Any, speech: Any
) -> None:
    draft = makers.make_edition(body=makers.body_about(road), state="draft").statement
    long_ago, soon, far = (today() + timedelta(days=days) for days in (-30, 30, 300))
    told = {"stated_on": date(2024, 1, 1)}
    late = makers.make_commitment(road, speech, due_on=long_ago, **told)
    near = makers.make_commitment(road, speech, due_on=soon, **told)
    makers.make_commitment(road, speech, due_on=far, **told)
    makers.make_commitment(road, draft, due_on=soon, **told)
    done = makers.make_commitment(road, speech, due_on=long_ago, **told)
    makers.make_commitment(road, speech, stated_on=date(2024, 2, 1), answers=done, relation="fulfils")
    step = makers.make_milestone(road)
    makers.make_milestone_date(step, speech, on=long_ago, precision="day", **told)
    reached = makers.make_milestone(road)
    makers.make_milestone_date(reached, speech, on=long_ago, precision="day", **told)
    makers.make_milestone_date(
        reached, speech, kind="actual", on=date(2024, 1, 1), precision="day", stated_on=date(2024, 2, 1)
    )
    target = makers.make_target(makers.make_indicator(road), speech, due_on=soon, **told)

    page = desk(author).get(ledger_page(road))

    assert {each.said for each in page.context["overdue"]} == {late, step}
    assert {str(each.said) for each in page.context["due"]} == {
        str(near),
        f"{target.indicator.name}: {target}",
    }
    assert "Past its date" in page.text
    assert "Due within 90 days" in page.text


def test_a_project_of_which_nothing_new_was_said_for_a_year_is_stale(
    desk: Desk, author: User, speech: Any
) -> None:
    road = makers.make_project("quiet", at=timezone.now() - timedelta(days=800))
    makers.make_budget_line(road, speech, stated_on=today() - timedelta(days=400))
    stale = desk(author).get(ledger_page(road))
    makers.make_budget_line(road, speech, stated_on=today() - timedelta(days=30))
    fresh = desk(author).get(ledger_page(road))

    assert (stale.context["is_stale"], fresh.context["is_stale"]) == (True, False)
    assert "for 12 months" in stale.text


def test_the_number_of_queries_does_not_grow_with_the_facts(
    desk: Desk, author: User, road: Any, speech: Any, django_assert_max_num_queries: Any
) -> None:
    for year in range(2014, 2024):
        makers.make_facts(road, speech, date(year, 1, 1), date(year, 12, 31))
    client = desk(author)
    client.get(ledger_page(road))

    with django_assert_max_num_queries(52):
        answer = client.get(ledger_page(road))

    assert len(answer.context["rows"]) == 50


def test_a_projects_form_leads_to_its_ledger_and_the_ledger_to_forms_about_it(
    desk: Desk, editor: User, road: Any
) -> None:
    client = desk(editor)

    form = client.get(reverse("admin:projects_project_change", args=[road.pk])).text
    links = client.get(ledger_page(road)).context["add"]

    assert ledger_page(road) in form
    for _kind, address in links:
        assert str(client.get(address).context["adminform"].form["project"].value()) == str(road.pk)


def test_an_unknown_project_has_no_ledger(desk: Desk, editor: User) -> None:
    assert desk(editor).get(reverse("admin:ledger_project", args=["nowhere"])).status_code == 404
