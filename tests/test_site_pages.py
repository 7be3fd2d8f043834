"""The pages that belong to no app: the front page, contacts, accessibility."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from pressoffice.publishing import moment
from tests.channels import under
from tests.makers import (
    body_about,
    in_three,
    make_commitment,
    make_contact,
    make_edition,
    make_image,
    make_indicator,
    make_measurement,
    make_project,
    make_target,
)

pytestmark = pytest.mark.django_db


def page(name: str, language: str = "en") -> str:
    response = Client().get(under(language, name))
    assert response.status_code == 200
    return response.content.decode()


# --- home --------------------------------------------------------------------------------------------


def test_the_front_page_counts_what_is_public():
    project = make_project()
    make_project(state="draft")
    edition = make_edition(language="en", about=[project])
    make_edition(language="en", state="scheduled")
    today = timezone.localdate(moment.now())
    make_commitment(project, edition.statement, due_on=today + timedelta(days=9), due_precision="day")
    make_commitment(project, edition.statement, due_on=today - timedelta(days=9), due_precision="day")

    context = Client().get(under("en", "home")).context
    assert (context["statements_in_all"], context["projects_in_all"]) == (1, 1)
    assert (context["promises"].open, context["promises"].overdue) == (1, 1)


def test_the_lead_story_names_the_projects_it_speaks_of():
    make_edition(language="en", body=body_about(make_project("road")), lead_image=make_image())

    shown = page("home")
    lead = shown[shown.index('class="lead"') : shown.index("</article>")]
    assert 'href="/en/projects/road/"' in lead
    assert "<mark" not in lead


def test_a_lead_story_without_a_picture_quotes_what_it_says_of_its_projects():
    edition = make_edition(language="en", body=body_about(make_project("road"), "280 km of road"))

    shown = page("home")
    words = '<mark class="passages__mark">280 km of road</mark>'
    assert words in shown[shown.index('class="lead"') : shown.index("</article>")]
    assert f'href="{edition.get_absolute_url()}#' in shown


def test_the_front_page_says_what_is_promised_next_and_not_what_is_past_or_far():
    project = make_project("road")
    statement = make_edition(language="en", about=[project]).statement
    today = timezone.localdate(moment.now())
    for name, days in [("Later", 40), ("Sooner", 4), ("Past", -4)]:
        due = today + timedelta(days=days)
        make_commitment(project, statement, due_on=due, due_precision="day", **in_three("text", name))

    shown = page("home")
    assert shown.index("Sooner (en)") < shown.index("Later (en)")
    assert "Past (en)" not in shown
    assert 'href="/en/projects/road/#promises"' in shown


def test_a_project_at_a_glance_has_the_figure_stated_last():
    project = make_project()
    statement = make_edition(language="en", about=[project]).statement
    length = make_indicator(project, **in_three("name", "Length"))
    make_measurement(length, statement, value=Decimal(250), stated_on=date(2024, 1, 1))
    make_measurement(length, statement, value=Decimal(277), stated_on=date(2025, 1, 1))

    assert "<strong>277 km</strong> <span>Length (en)</span>" in page("home").replace("\xa0", " ")


def test_a_target_at_a_glance_is_called_one():
    project = make_project()
    statement = make_edition(language="en", about=[project]).statement
    turnover = make_indicator(project, **in_three("name", "Turnover"))
    make_target(turnover, statement, due_on=date(2030, 12, 31), due_precision="year")

    assert "Turnover (en) (target: 2030)" in page("home")


def test_a_figure_of_a_withdrawn_statement_is_not_shown_at_a_glance():
    project = make_project()
    statement = make_edition(language="en", about=[project], state="withdrawn").statement
    make_measurement(make_indicator(project), statement)

    assert "project-card__figure" not in page("home")


# --- contacts ----------------------------------------------------------------------------------------


def test_contacts_stand_in_the_order_the_office_gave_them():
    make_contact("Second", position=2)
    make_contact("First", position=1)
    make_contact("Not for everybody", is_listed=False)

    shown = page("contacts")
    assert shown.index("First (en)") < shown.index("Second (en)")
    assert "Not for everybody" not in shown


def test_without_contacts_the_page_says_where_to_look():
    assert "Each statement names its own contact" in page("contacts")


def test_the_office_itself_can_be_dialled(settings):
    settings.PRESSOFFICE_CONTACT_PHONE = "+996 (312) 62-00-00"

    assert 'href="tel:+996312620000"' in page("contacts")


# --- accessibility -----------------------------------------------------------------------------------


def test_the_accessibility_statement_leads_to_somebody_to_tell():
    assert 'href="/en/contacts/"' in page("accessibility")
