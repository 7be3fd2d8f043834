"""One step from marked words to a fact, in each language of the texts."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition
from pressoffice.accounts.models import User
from pressoffice.ledger.models import (
    BudgetLine,
    Commitment,
    Indicator,
    Measurement,
    Milestone,
    MilestoneDate,
    StatusChange,
    Target,
)
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.steps import StepRefused
from tests import makers

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]

# What is marked, in each language: a length, a sum, a year that had not come.
LENGTH = {"ky": "280 км жол", "ru": "280 км дороги", "en": "280 km of road"}
SUM = {"ky": "3 млн АКШ доллары", "ru": "3 млн долларов США", "en": "3 million US dollars"}
YEAR = {
    "ky": "жол 2030-жылы ачылат",
    "ru": "дорогу откроют в 2030 году",
    "en": "the road opens in 2030",
}
NEW = {"name_ky": "Жаңы", "name_ru": "Новый", "name_en": "New"}


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


def edition_with(project: Any, words: str, relation: str = "figure", **facts: Any) -> Edition:
    return makers.make_edition(body=makers.body_about(project, words, relation), **facts)


def page_of(edition: Edition, position: int = 1) -> str:
    return reverse("admin:ledger_from_passage", args=[edition.pk, position])


def shown(answer: Any, name: str) -> Any:
    return next(form for form in answer.context["forms"] if form.name == name)


def sent(form: Any, **changes: Any) -> dict[str, Any]:
    """What a browser posts from the small form as it opened, with what the person changed."""
    data: dict[str, Any] = {"kind": form.name}
    for bound in form:
        value = bound.value()
        written = (
            bound.field.widget.format_value(value) if hasattr(bound.field.widget, "format_value") else value
        )
        if isinstance(written, list | tuple):
            written = written[0] if written else ""
        data[bound.html_name] = "" if written is None else written
    return data | {f"{form.prefix}-{name}": value for name, value in changes.items()}


def confirm(client: Client, edition: Edition, name: str, *, follow: bool = False, **changes: Any) -> Any:
    """Open the page, look, press the button."""
    opened = client.get(page_of(edition))
    assert opened.status_code == 200
    return client.post(page_of(edition), sent(shown(opened, name), **changes), follow=follow)


def sentences(answer: Any, name: str, field: str) -> str:
    return " ".join(shown(answer, name).errors.get(field, []))


# --- each kind, in each language -------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_figure_of_a_new_indicator_is_one_step(desk: Desk, editor: User, road: Any, language: str) -> None:
    edition = edition_with(road, LENGTH[language], language=language)

    answer = confirm(desk(editor), edition, "figure", **NEW)

    figure = Measurement.objects.get()
    assert answer.url == reverse("admin:articles_edition_change", args=[edition.pk])
    assert (figure.value, figure.indicator.unit, figure.indicator.project) == (280, "km", road)
    assert (figure.source, figure.words) == (edition.statement, LENGTH[language])
    assert figure.stated_on == edition.statement.delivered_on
    for row in (figure, figure.indicator):
        assert [(entry.step, entry.by) for entry in AuditEntry.objects.about(row)] == [("start", editor)]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_figure_of_an_indicator_that_fits_needs_no_typing(
    desk: Desk, editor: User, road: Any, language: str
) -> None:
    indicator = makers.make_indicator(road)
    makers.make_indicator(road, unit="ha")

    confirm(desk(editor), edition_with(road, LENGTH[language], language=language), "figure")

    assert (Measurement.objects.get().indicator, Measurement.objects.get().value) == (indicator, 280)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_target_is_one_step(desk: Desk, editor: User, road: Any, language: str) -> None:
    words = f"{LENGTH[language]}, {YEAR[language]}"

    confirm(desk(editor), edition_with(road, words, "announces", language=language), "target", **NEW)

    target = Target.objects.get()
    assert (target.value, target.due_on, target.due_precision) == (280, date(2030, 12, 31), "year")


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_sum_of_money_is_one_step(desk: Desk, editor: User, road: Any, language: str) -> None:
    edition = edition_with(road, SUM[language], language=language)

    confirm(desk(editor), edition, "sum", kind="estimate")

    line = BudgetLine.objects.get()
    assert (line.amount, line.currency, line.project) == (3_000_000, "USD", road)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_promise_is_one_step(desk: Desk, editor: User, road: Any, language: str) -> None:
    edition = edition_with(road, YEAR[language], "announces", language=language)

    confirm(desk(editor), edition, "promise")

    promise = Commitment.objects.get()
    assert getattr(promise, f"text_{language}") == YEAR[language]
    assert (promise.due_on, promise.due_precision) == (date(2030, 12, 31), "year")
    assert (promise.project, promise.words) == (road, YEAR[language])


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_date_of_a_milestone_is_one_step(desk: Desk, editor: User, road: Any, language: str) -> None:
    edition = edition_with(road, YEAR[language], "date", language=language)

    confirm(desk(editor), edition, "milestone-date", **NEW)

    said = MilestoneDate.objects.get()
    assert (said.on, said.precision, said.kind) == (date(2030, 12, 31), "year", "planned")
    assert (said.milestone.project, said.milestone.name_en) == (road, "New")


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_status_is_one_step(desk: Desk, editor: User, road: Any, language: str) -> None:
    confirm(desk(editor), edition_with(road, LENGTH[language], "completes", language=language), "status")

    assert (StatusChange.objects.get().status, StatusChange.objects.get().project) == ("closed", road)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_a_word_on_an_earlier_promise_is_one_step(desk: Desk, editor: User, road: Any, language: str) -> None:
    earlier = makers.make_commitment(road, makers.make_statement(), stated_on=date(2020, 1, 1))
    edition = edition_with(road, LENGTH[language], "completes", language=language)

    confirm(desk(editor), edition, "later-word", answers=earlier.pk)

    word = Commitment.objects.get(answers=earlier)
    assert (word.relation, getattr(word, f"text_{language}")) == ("fulfils", LENGTH[language])


def test_after_saving_the_edition_leads_to_the_fact(desk: Desk, editor: User, road: Any) -> None:
    answer = confirm(desk(editor), edition_with(road, LENGTH["ru"]), "promise", follow=True)

    assert "In the ledger now:" in answer.text
    assert reverse("admin:ledger_commitment_change", args=[Commitment.objects.get().pk]) in answer.text


# --- what is offered -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("relation", "first"),
    [
        ("announces", ["promise", "milestone-date"]),
        ("date", ["milestone-date", "promise"]),
        ("figure", ["figure", "target"]),
        ("progress", ["status", "figure"]),
        ("completes", ["status", "later-word"]),
        ("changes", ["later-word"]),
    ],
)
def test_the_kinds_that_fit_what_the_words_do_stand_first(
    desk: Desk, editor: User, road: Any, relation: str, first: list[str]
) -> None:
    makers.make_commitment(road, makers.make_statement())

    answer = desk(editor).get(page_of(edition_with(road, LENGTH["ru"], relation)))

    names = [form.name for form in answer.context["forms"]]
    assert set(names[: len(first)]) == set(first) or names[0] in first
    assert answer.context["open"] == names[0]
    assert len(names) == 7


def test_a_word_on_an_earlier_promise_is_offered_where_there_is_one(
    desk: Desk, editor: User, road: Any
) -> None:
    makers.make_commitment(makers.make_project("dam"), makers.make_statement())

    answer = desk(editor).get(page_of(edition_with(road, LENGTH["ru"])))

    assert "later-word" not in [form.name for form in answer.context["forms"]]


def test_the_words_stand_in_their_sentence(desk: Desk, editor: User, road: Any) -> None:
    page = desk(editor).get(page_of(edition_with(road, "280 км дороги"))).text

    assert re.search(r"Of the joint work the minister said this: <mark>280 км дороги</mark> are under", page)


def test_several_figures_are_offered_to_choose_from(desk: Desk, editor: User, road: Any) -> None:
    edition = edition_with(road, "280 км дороги и 12 гектаров леса")
    client = desk(editor)

    answer = client.get(page_of(edition))
    form = shown(answer, "figure")
    client.post(page_of(edition), sent(form, recognised="1", **NEW))

    assert len(form.fields["recognised"].choices) == 2
    assert "280 км" in answer.text
    assert (Measurement.objects.get().value, Measurement.objects.get().indicator.unit) == (12, "ha")


def test_what_is_typed_takes_the_place_of_what_was_recognised(desk: Desk, editor: User, road: Any) -> None:
    edition = edition_with(road, "280 км дороги и 12 гектаров леса")

    confirm(desk(editor), edition, "figure", recognised="1", value="281,5", unit="m", **NEW)

    assert (Measurement.objects.get().value, Measurement.objects.get().indicator.unit) == (
        Decimal("281.5"),
        "m",
    )


def test_several_dates_are_offered_to_choose_from_and_none_may_be(
    desk: Desk, editor: User, road: Any
) -> None:
    edition = edition_with(road, "часть дороги откроют в 2030 году, всю – в 2035 году", "announces")

    confirm(desk(editor), edition, "promise", recognised_date="1")
    confirm(desk(editor), edition, "promise", recognised_date="")

    assert set(Commitment.objects.values_list("due_on", flat=True)) == {date(2035, 12, 31), None}


def test_a_promise_is_not_due_in_a_year_that_had_passed(desk: Desk, editor: User, road: Any) -> None:
    edition = edition_with(road, "начатую в 2015 году дорогу достроят", "announces")

    form = shown(desk(editor).get(page_of(edition)), "promise")

    assert not form["due_on"].value()


def test_a_text_without_its_day_is_stated_today(desk: Desk, editor: User, road: Any) -> None:
    from pressoffice.ledger.filters import today

    statement = makers.make_statement(delivered_on=None)

    confirm(desk(editor), edition_with(road, LENGTH["ru"], statement=statement), "promise")

    assert Commitment.objects.get().stated_on == today()


# --- refusals --------------------------------------------------------------------------------------


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("name", "field", "changes", "sentence"),
    [
        ("figure", "unit", {"unit": "", **NEW}, "Choose the unit"),
        ("target", "unit", {"unit": "", **NEW}, "Choose the unit"),
        ("figure", "value", {"value": "", **NEW}, "Write the figure"),
        ("figure", "value", {"value": "many", **NEW}, "Enter a number"),
        ("figure", "value_to", {"value_to": "250", **NEW}, "larger than the first"),
        (
            "figure",
            "unit",
            {"unit": "km", "indicator": "in hectares"},
            "is counted in hectares; the words say",
        ),
        (
            "target",
            "unit",
            {"unit": "km", "indicator": "in hectares"},
            "is counted in hectares; the words say",
        ),
        ("figure", "name_en", {"name_ky": "Жаңы", "name_ru": "Новый"}, "in every language"),
        ("figure", "indicator", {"indicator": "in hectares", **NEW}, "not both"),
        ("figure", "name_en", {**NEW, "name_en": "x" * 201}, "at most 200"),
        ("figure", "stated_on", {"stated_on": "", **NEW}, "required"),
        ("figure", "stated_on", {"stated_on": "0001-01-01", **NEW}, "somebody may remember"),
        ("target", "due_on", {"due_on": "2020-01-01", **NEW}, "lies before the day it was stated"),
        ("promise", "due_on", {"due_on": "2020-01-01"}, "lies before the day it was stated"),
        ("promise", "text_en", {"text_ru": ""}, "in at least one language"),
        ("promise", "text_ru", {"text_ru": "x" * 301}, "at most 300"),
        ("promise", "organisation", {"country": "KG", "organisation": "any"}, "choose one"),
        ("sum", "currency", {"amount": "3", "currency": "XYZ", "kind": "spent"}, "is no currency"),
        ("sum", "currency", {"amount": "3", "currency": "", "kind": "spent"}, "Write the currency"),
        ("sum", "amount", {"amount": "0", "currency": "USD", "kind": "spent"}, "more than zero"),
        ("sum", "amount", {"amount": "", "currency": "USD", "kind": "spent"}, "Write the amount"),
        ("sum", "kind", {"amount": "3", "currency": "USD", "kind": ""}, "required"),
        ("milestone-date", "on", {"on": "", **NEW}, "Write the date"),
        ("milestone-date", "on", {"on": "2030-01-01", "kind": "actual", **NEW}, "lies before the day it was"),
        ("milestone-date", "name_ky", {"on": "2030-01-01"}, "in every language"),
        ("status", "status", {"status": ""}, "required"),
        ("later-word", "answers", {"answers": "", "relation": "fulfils"}, "Choose the earlier promise"),
        ("later-word", "relation", {"relation": ""}, "Say what these words do"),
        ("later-word", "answers", {"answers": "later", "relation": "replaces"}, "stated on an earlier day"),
        ("later-word", "answers", {"answers": "foreign", "relation": "replaces"}, "valid choice"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    desk: Desk, editor: User, road: Any, name: str, field: str, changes: dict[str, Any], sentence: str
) -> None:
    from pressoffice.directory.models import Organisation

    makers.make_country("KG")
    speech, dam = makers.make_statement(), makers.make_project("dam")
    keys = {
        "in hectares": makers.make_indicator(road, unit="ha").pk,
        "any": Organisation.objects.create(**makers.in_three("name", "Agency")).pk,
        "later": makers.make_commitment(road, speech, stated_on=date(2029, 1, 1)).pk,
        "foreign": makers.make_commitment(dam, speech, stated_on=date(2020, 1, 1)).pk,
    }
    edition = edition_with(road, LENGTH["ru"])
    said = {key: keys.get(value, value) for key, value in changes.items()}

    answer = confirm(desk(editor), edition, name, **said)

    assert answer.status_code == 422
    assert sentence in sentences(answer, name, field), shown(answer, name).errors
    form = shown(answer, name)
    assert {key: form[key].value() for key in said} == {key: str(value) for key, value in said.items()}
    assert answer.context["open"] == name
    for model in (Measurement, Target, BudgetLine, StatusChange, Milestone, MilestoneDate):
        assert not model.objects.exists()
    assert (Commitment.objects.count(), Indicator.objects.count()) == (2, 1)


def test_an_indicator_is_not_named_twice(desk: Desk, editor: User, road: Any) -> None:
    makers.make_indicator(road, **NEW)

    answer = confirm(desk(editor), edition_with(road, LENGTH["ru"]), "figure", indicator="", **NEW)

    assert "has this indicator already" in sentences(answer, "figure", "name_en")


def test_a_new_indicator_is_undone_with_a_figure_that_the_database_refuses(
    desk: Desk, editor: User, road: Any
) -> None:
    edition = edition_with(road, LENGTH["ru"])

    with patch.object(
        Measurement, "save", side_effect=IntegrityError("measurement_source_speaks_of_project")
    ):
        answer = confirm(desk(editor), edition, "figure", **NEW)

    assert answer.status_code == 422
    assert "mark a passage first" in answer.text
    assert not Indicator.objects.exists()
    assert shown(answer, "figure")["name_ru"].value() == "Новый"


def test_words_that_changed_since_the_page_was_opened_are_shown_before_anything_is_saved(
    desk: Desk, editor: User, road: Any
) -> None:
    edition = edition_with(road, "280 км дороги", "announces", state="draft")
    client = desk(editor)
    data = sent(shown(client.get(page_of(edition)), "promise"), text_ru="Typed with care")
    edition.write(by=editor, revision=edition.revision, body=makers.body_about(road, "277 км дороги"))

    refused = client.post(page_of(edition), data)
    assert refused.status_code == 422
    assert "these are other words now" in refused.text
    assert "277 км дороги" in refused.text
    assert "Typed with care" in refused.text
    assert not Commitment.objects.exists()

    taken = client.post(page_of(edition), sent(shown(refused, "promise")))
    assert taken.status_code == 302
    assert Commitment.objects.get().words == "277 км дороги"


def test_words_that_are_marked_no_more_lead_back_with_a_sentence(desk: Desk, editor: User, road: Any) -> None:
    edition = edition_with(road, "280 км дороги", state="draft")
    client = desk(editor)
    data = sent(shown(client.get(page_of(edition)), "promise"))
    edition.write(by=editor, revision=edition.revision, body="<p>Nothing is marked.</p>")

    answer = client.post(page_of(edition), data, follow=True)

    assert "no longer marked in the text" in answer.text
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("name", ["promise", "sum"])
def test_a_second_click_makes_no_second_fact(desk: Desk, editor: User, road: Any, name: str) -> None:
    edition = edition_with(road, SUM["ru"])
    client = desk(editor)
    more = {"kind": "spent", "amount": "3", "currency": "USD"} if name == "sum" else {}
    data = sent(shown(client.get(page_of(edition)), name), **more)

    answers = [client.post(page_of(edition), data) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Commitment.objects.count() + BudgetLine.objects.count() == 1


def test_a_second_figure_of_the_day_gets_a_sentence(desk: Desk, editor: User, road: Any) -> None:
    makers.make_indicator(road)
    edition = edition_with(road, LENGTH["ru"])
    confirm(desk(editor), edition, "figure")

    answer = confirm(desk(editor), edition, "figure", value="281")

    assert "gives such a figure for that day already" in sentences(answer, "figure", "stated_on")


# --- who may, and who sees -------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["author", "translator", "editor", "chief", "stranger"])
def test_who_makes_facts_of_words(request: Any, desk: Desk, road: Any, who: str) -> None:
    edition = edition_with(road, LENGTH["ru"])
    client = desk(request.getfixturevalue(who))
    keeps = who in {"editor", "chief"}

    looked = client.get(page_of(edition)).status_code
    posted = client.post(page_of(edition), {"kind": "promise"}).status_code

    assert (looked, posted) == ((200, 422) if keeps else (403, 403))
    if who != "stranger":
        text = client.get(reverse("admin:articles_edition_change", args=[edition.pk])).text
        assert (page_of(edition) in text) == keeps


@pytest.mark.parametrize("state", ["draft", "approved", "live", "superseded"])
def test_the_writing_page_and_the_page_to_read_both_lead_there(
    desk: Desk, editor: User, road: Any, state: str
) -> None:
    edition = edition_with(road, LENGTH["ru"], state=state)

    page = desk(editor).get(reverse("admin:articles_edition_change", args=[edition.pk])).text

    assert page_of(edition) in page


def test_a_text_about_two_projects_as_a_whole_leads_to_each(desk: Desk, editor: User, road: Any) -> None:
    dam = makers.make_project("dam")
    edition = makers.make_edition(about=[road, dam])
    client = desk(editor)

    for project in (road, dam):
        address = f"{page_of(edition, 0)}?project={project.code}"
        assert address in client.get(reverse("admin:articles_edition_change", args=[edition.pk])).text
        answer = client.get(address)
        assert answer.context["project"] == project
        client.post(address, sent(shown(answer, "status"), status="closed"))

    assert {change.project for change in StatusChange.objects.all()} == {road, dam}
    assert client.get(page_of(edition, 0)).status_code == 404


@pytest.mark.parametrize("position", [2, 99999999999999999999999])
def test_words_that_are_not_there_have_no_page(desk: Desk, editor: User, road: Any, position: int) -> None:
    edition = edition_with(road, LENGTH["ru"])

    assert desk(editor).get(page_of(edition, position)).status_code in {400, 404}


def test_an_unknown_kind_is_refused(desk: Desk, editor: User, road: Any) -> None:
    edition = edition_with(road, LENGTH["ru"])

    assert desk(editor).post(page_of(edition), {"kind": "rumour"}).status_code == 403


def test_facts_made_from_the_words_are_shown_beside_them(desk: Desk, editor: User, road: Any) -> None:
    edition = edition_with(road, LENGTH["ru"])
    client = desk(editor)
    confirm(client, edition, "promise")
    confirm(client, edition, "figure", **NEW)

    answer = client.get(page_of(edition))

    assert len(answer.context["facts"]) == 2
    assert "Facts made from these words" in answer.text


def test_a_fact_of_a_draft_is_public_no_sooner_than_its_text(
    desk: Desk, editor: User, other_editor: User, chief: User, road: Any
) -> None:
    edition = edition_with(road, YEAR["ru"], "announces", state="draft")
    page = reverse("promises:promise-list")
    confirm(desk(editor), edition, "promise")
    assert "as soon as this text and the project are public" in desk(editor).get(page_of(edition)).text
    assert not Commitment.objects.live().exists()

    edition.submit(by=editor)
    edition.approve(by=other_editor)
    assert YEAR["ru"] not in Client().get(page).text
    edition.publish(by=chief)

    assert Commitment.objects.live().exists()
    assert YEAR["ru"] in Client().get(page).text


# --- a text still to come --------------------------------------------------------------------------


def test_a_correction_about_a_project_as_a_whole_asks_for_the_words_that_are_new(
    desk: Desk, author: User, editor: User, road: Any
) -> None:
    first = makers.make_edition(about=[road])
    correction = first.statement.start_edition(language="ru", by=author)

    opened = desk(editor).get(page_of(correction, 0))
    answer = desk(editor).post(page_of(correction, 0), {"kind": "promise", "promise-text_en": "It opens"})

    assert opened.status_code == answer.status_code == 200
    assert opened.context["forms"] == []
    assert "Mark the words that are new" in opened.text
    assert not Commitment.objects.exists()
    assert desk(editor).get(page_of(first, 0)).context["forms"]


def test_a_fact_without_words_waits_for_a_text_that_speaks_of_its_project(
    author: User, editor: User, road: Any
) -> None:
    statement = makers.make_statement()
    makers.make_edition(statement=statement, language="en")
    translation = makers.make_edition(statement=statement, language="ru", state="approved", about=[road])
    fact = StatusChange.objects.create(
        project=road, source=statement, status="closed", stated_on=date(2026, 1, 1)
    )

    assert not StatusChange.objects.live().exists()
    translation.publish(by=editor)
    assert StatusChange.objects.live().get() == fact


def test_nothing_was_stated_after_the_day_of_its_statement(desk: Desk, editor: User, road: Any) -> None:
    statement = makers.make_statement(delivered_on=date(2026, 1, 14))
    edition = edition_with(road, LENGTH["ru"], statement=statement, language="ru")

    answer = confirm(desk(editor), edition, "status", status="closed", stated_on="2036-11-27")

    assert answer.status_code == 422
    assert "Nothing in this statement was stated after" in sentences(answer, "status", "stated_on")
    assert not StatusChange.objects.exists()


def test_facts_follow_a_release_that_comes_earlier(editor: User, road: Any) -> None:
    statement = makers.make_statement(delivered_on=None)
    edition = makers.make_edition(statement=statement, about=[road], state="scheduled")
    planned = timezone.localdate(edition.live_from)
    fact = makers.make_commitment(road, statement, stated_on=planned, due_on=date(2040, 1, 1))

    edition.cancel_publication(by=editor)
    edition.publish(by=editor)

    fact.refresh_from_db()
    assert fact.stated_on == timezone.localdate(edition.live_from) < planned
    assert AuditEntry.objects.about(fact).get().by == editor


def test_a_release_that_would_turn_two_promises_round_is_refused(editor: User, road: Any) -> None:
    statement = makers.make_statement(delivered_on=None)
    edition = makers.make_edition(statement=statement, about=[road], state="scheduled")
    planned, today = timezone.localdate(edition.live_from), timezone.localdate()
    first = makers.make_commitment(road, makers.make_edition(about=[road]).statement, stated_on=today)
    makers.make_commitment(road, statement, stated_on=planned, answers=first, relation="drops")
    edition.cancel_publication(by=editor)

    with pytest.raises(StepRefused):
        edition.publish(by=editor)

    edition.refresh_from_db()
    assert edition.state == "approved"
