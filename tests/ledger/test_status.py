"""A fact is public exactly while the statement it comes from is."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from pressoffice.accounts import roles
from pressoffice.ledger.models import StatusChange
from projects.models import Project
from tests.makers import body_about, make_edition, make_project, make_statement, make_status, somebody

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "is_shown", "is_fact"),
    [
        ("draft", False, False),
        ("submitted", False, False),
        ("approved", False, False),
        ("scheduled", False, False),
        ("live", True, True),
        ("superseded", True, True),
        ("withdrawn", True, False),
        ("removed", False, False),
        ("discarded", False, False),
    ],
)
def test_a_fact_stands_and_falls_with_its_source(state, is_shown, is_fact):
    project = make_project()
    change = make_status(project, make_edition(state=state).statement)

    assert StatusChange.objects.live().filter(pk=change.pk).exists() == is_shown
    assert StatusChange.objects.in_force().filter(pk=change.pk).exists() == is_fact
    with_status = Project.objects.with_status().get()
    assert (with_status.current_status == change) == is_fact
    assert (with_status.current_status is None) != is_fact


def test_one_language_of_the_source_is_enough():
    statement = make_statement()
    make_edition(statement=statement, language="ru", state="withdrawn")
    make_edition(statement=statement, language="ky")
    make_status(make_project(), statement)

    assert StatusChange.objects.live().exists()


@pytest.mark.parametrize("state", ["draft", "scheduled", "removed"])
def test_nothing_is_told_of_a_project_that_is_not_public(state):
    make_status(make_project(state=state), make_edition().statement)

    assert not StatusChange.objects.live().exists()


def test_the_older_fact_returns_when_the_newer_ones_source_is_withdrawn():
    project = make_project()
    older, newer = make_edition(), make_edition()
    make_status(project, older.statement, "pipeline", date(2024, 1, 1))
    make_status(project, newer.statement, "closed", date(2025, 1, 1))
    assert [p.code for p in Project.objects.in_status("closed")] == [project.code]

    newer.withdraw(by=somebody(roles.EDITOR), reason="It is not finished.")

    assert Project.objects.with_status().get().current_status.status == "pipeline"
    assert not Project.objects.in_status("closed").exists()
    assert Project.objects.in_status("pipeline").get() == project


@pytest.mark.parametrize(("language", "led_to"), [("ky", "ky"), ("en", "ru"), ("ru", "ru")])
def test_a_reader_is_led_to_the_source_in_their_language_else_to_the_original(language, led_to):
    statement = make_statement(original_language="ru")
    for each in ("ru", "ky"):
        make_edition(statement=statement, language=each)
    make_status(make_project(), statement)

    with translation.override(language):
        assert StatusChange.objects.with_sources().get().source_edition.language == led_to


def test_a_status_needs_a_statement_that_speaks_of_the_project():
    road, line = make_project("road"), make_project("line")
    statement = make_edition(body=body_about(road)).statement
    facts = {"source": statement, "status": "closed", "stated_on": date(2025, 1, 1)}

    StatusChange(project=road, **facts).full_clean()
    with pytest.raises(ValidationError, match="mark a passage"):
        StatusChange(project=line, **facts).full_clean()
