"""A site that shows every type of page (audit/page_types.py) in one language."""

from datetime import date, timedelta

from articles.models import Edition
from pressoffice.directory.models import Organisation
from pressoffice.publishing import moment
from projects.models import Participation, Project
from tests import makers


def make_one_of_each(language: str) -> Edition:
    """Returns the text that the others stand around."""
    project = makers.make_project("road", lead_image=makers.make_image())
    makers.make_place(project)
    organisation = Organisation.objects.create(
        country=makers.make_country("KZ"), **makers.in_three("name", "Road")
    )
    Participation.objects.create(project=project, organisation=organisation, role="implementing")
    Participation.objects.create(project=project, country=makers.make_country("KG"), role="funding")
    makers.make_event("council")
    makers.make_event("forum", state="cancelled")
    edition = make_texts(language, project)
    make_facts(project, edition)
    return edition


def make_texts(language: str, project: Project) -> Edition:
    statement = makers.make_statement(speakers=[makers.make_person()], topics=[makers.make_topic()])
    makers.make_edition(language=language, statement=statement, at=moment.now() - timedelta(days=30))
    words = "<blockquote><p>We build it together.</p></blockquote>"
    edition = makers.make_edition(
        language=language,
        statement=statement,
        body=makers.body_about(project) + words,
        gallery=[makers.make_image()],
        at=moment.now() - timedelta(days=20),
    )
    makers.make_edition(language=language, state="withdrawn")
    makers.make_edition(language=language, state="removed")
    makers.make_edition(language="en" if language == "ru" else "ru")
    return edition


def make_facts(project: Project, edition: Edition) -> None:
    agreement = makers.make_agreement(projects=[project])
    agreement.parties.add("KZ")
    makers.make_agreement(amends=agreement)
    makers.make_status(project, edition.statement)
    makers.make_facts(project, edition.statement, date(2024, 12, 11), due_on=date(2025, 1, 1))
    makers.make_commitment(project, edition.statement, due_on=date(2090, 1, 1))
    makers.make_contact(phone="+996 312 00-00-01")
