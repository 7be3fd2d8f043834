"""What each public page costs in queries: a known number, with one thing or with forty."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.share_card import card_address, card_of
from pressoffice.publishing import moment
from projects.models import Participation
from tests.channels import feed_of_its_week, image_address, told_by, under
from tests.makers import (
    body_about,
    make_agreement,
    make_country,
    make_document,
    make_edition,
    make_event,
    make_facts,
    make_image,
    make_person,
    make_project,
    make_statement,
    make_status,
    make_topic,
)

pytestmark = pytest.mark.django_db

FEW, MANY = 1, 40


def fill(number: int) -> dict[str, Any]:
    """Everything `number` times, and tied to one another as far as it goes."""
    long_ago = {"at": moment.now() - timedelta(days=90)}
    projects = [make_project(lead_image=make_image(), **long_ago) for _each in range(number)]
    main = projects[0]
    first_event = make_event("visit", lead_image=make_image(), **long_ago)
    topics = [make_topic() for _each in range(number)]
    people = [make_person() for _each in range(number)]
    countries = [make_country(code) for code in ("KG", "KZ", "UZ", "TJ", "TM", "CN", "AZ", "TR")[:number]]
    first_event.participants.set(people)
    first_event.countries.set(countries)
    first_event.projects.set(projects)
    for project in projects:
        Participation.objects.create(project=project, country=countries[0], role="funding")
    for country in countries:
        Participation.objects.get_or_create(project=main, country=country, role="implementing")
    documents = [make_document() for _each in range(min(number, 5))]
    agreements = [
        make_agreement(projects=[main], document=documents[0], **long_ago) for _each in range(number)
    ]
    agreements[0].projects.set(projects)
    for agreement in agreements:
        agreement.parties.set(countries)
    for agreement in agreements[1:]:
        agreement.amends = agreements[0]
        agreement.save()
    image = make_image()
    body = body_about(main) + f'<figure data-image="{image.token}"></figure>'
    for each in range(number):
        make_event(days=each, **long_ago)
        make_event(days=-each - 10, **long_ago)
        statement = make_statement(
            event=first_event, topics=topics[:8], speakers=people[:8], countries=countries
        )
        edition = make_edition(
            statement=statement,
            language="ru",
            body=body,
            about=projects[:8],
            lead_image=image,
            attachments=documents,
        )
        make_status(projects[each], statement)
        if each:
            make_status(main, statement)
        # Five facts and a status of each statement: beyond 200 for one project.
        make_facts(main, statement, date(2024, 8, 22), due_on=date(2025, 9, 1))
    for day in range(min(number, 6)):
        make_edition(
            statement=statement,
            language="ru",
            body=body,
            lead_image=image,
            at=moment.now() - timedelta(days=10 - day),
        )
    make_edition(statement=statement, language="en", body=body)
    make_edition(language="ru", about=[main])
    edition = statement.editions.live().in_language("ru").get()
    return {
        "project": main,
        "person": people[0],
        "topic": topics[0],
        "agreement": agreements[0],
        "edition": edition,
        "card": card_address(edition, card_of(edition)),
        "event": first_event,
        "image": image,
        "document": documents[0],
    }


API_BUDGETS = {
    "told: statements": (lambda made: told_by("statements"), 7),
    "told: statements, filtered": (
        lambda made: told_by("statements", query=f"country=KG&project={made['project'].code}"),
        13,
    ),
    "told: statement": (lambda made: told_by("statement", made["edition"].statement.reference), 17),
    "told: ninjs": (lambda made: told_by("ninjs", made["edition"].statement.reference, "ru"), 14),
    "told: projects": (lambda made: told_by("projects"), 18),
    "told: project": (lambda made: told_by("project", made["project"].code), 17),
    "told: agreements": (lambda made: told_by("agreements", query="country=KG"), 5),
    "told: events": (lambda made: told_by("events", query="limit=100"), 8),
    "told: people": (lambda made: told_by("people"), 4),
    "told: topics": (lambda made: told_by("topics"), 1),
    "told: countries": (lambda made: told_by("countries"), 1),
    "told: search": (lambda made: told_by("search", query="language=ru&q=minister"), 2),
    "told: changes": (lambda made: told_by("changes", query="since=2000-01-01"), 9),
    "told: nothing": (lambda made: told_by("project", "none"), 2),
}

BUDGETS = {
    **API_BUDGETS,
    "home": (lambda made: under("ru", "home"), 13),
    "sitemaps": (lambda made: "/sitemap.xml", 2),
    "sitemap of projects": (lambda made: "/sitemap-projects.xml", 1),
    "sitemap of people": (lambda made: "/sitemap-people.xml", 1),
    "sitemap of countries": (lambda made: "/sitemap-countries.xml", 4),
    "sitemap of a month": (
        lambda made: f"/sitemap-statements-{made['edition'].public_since:%Y-%m}.xml",
        2,
    ),
    "sitemap of news": (lambda made: "/sitemap-news.xml", 1),
    "share card": (lambda made: made["card"], 3),
    "contacts": (lambda made: under("ru", "contacts"), 1),
    "accessibility": (lambda made: under("ru", "accessibility"), 0),
    "about": (lambda made: under("ru", "about"), 0),
    "statements": (lambda made: under("ru", "articles:statement-list"), 15),
    "statements, filtered": (
        lambda made: under(
            "ru",
            "articles:statement-list",
            query=f"kind=statement&country=KG&year=2026&project={made['project'].code}",
        ),
        15,
    ),
    "statements, by day of delivery": (
        lambda made: under("ru", "articles:statement-list", query="sort=delivered"),
        15,
    ),
    "archive": (lambda made: under("ru", "archive:archive"), 1),
    "archive of a year": (lambda made: under("ru", "archive:year", moment.now().year), 3),
    "archive, none": (lambda made: under("ru", "archive:year", 1999), 2),
    "letters": (lambda made: under("ru", "alerts:by-email"), 0),
    "letters of a list": (
        lambda made: under(
            "ru",
            "alerts:sign-up",
            "statements",
            query=f"kind=statement&topic={made['topic'].slug}&speaker={made['person'].slug}",
        ),
        6,  # two for each language
    ),
    "letters of projects": (
        lambda made: under("ru", "alerts:sign-up", "projects", query="country=KG&status=implementation"),
        3,  # one for each language
    ),
    "letters of promises": (
        lambda made: under(
            "ru", "alerts:sign-up", "promises", query=f"project={made['project'].code}&country=KG"
        ),
        6,  # two for each language
    ),
    "letters about a project": (
        lambda made: under("ru", "alerts:sign-up", "project", made["project"].code),
        1,
    ),
    "letters about a person": (
        lambda made: under("ru", "alerts:sign-up", "person", made["person"].slug),
        1,
    ),
    "letters about a statement": (
        lambda made: under("ru", "alerts:sign-up", "statement", made["edition"].statement.reference),
        3,  # one for each language
    ),
    "subscribe": (lambda made: under("ru", "subscribe"), 4),
    "nothing, but words": (lambda made: under("ru", "home") + "title/", 3),
    "feed, filtered": (lambda made: under("ru", "articles:feed", query="kind=statement&country=KG"), 22),
    "statement": (lambda made: made["edition"].get_absolute_url(), 21),
    "press kit": (lambda made: made["edition"].get_press_kit_url(), 13),
    "what changed": (
        lambda made: under("ru", "articles:changes", made["edition"].statement.reference, 2),
        10,
    ),
    "statement, old tail": (
        lambda made: under("ru", "articles:statement", made["edition"].statement.reference, "x"),
        1,
    ),
    "statement, another language": (
        lambda made: under("ky", "articles:statement", made["edition"].statement.reference, "x"),
        2,
    ),
    "statement, none": (lambda made: under("ru", "articles:statement", "2025-zzzz", "x"), 3),
    "version": (lambda made: made["edition"].get_version_url(), 23),
    "projects": (lambda made: under("ru", "projects:project-list"), 13),
    "projects, filtered": (
        lambda made: under(
            "ru", "projects:project-list", query="sector=transport&country=KG&status=implementation"
        ),
        13,
    ),
    "project": (lambda made: under("ru", "projects:project", made["project"].code), 28),
    "project, none": (lambda made: under("ru", "projects:project", "none"), 6),
    "projects, as a table": (lambda made: under("ru", "projects:project-list", query="as=table"), 14),
    "projects, on a map": (lambda made: under("ru", "projects:project-list", query="as=map"), 15),
    "projects, stale": (lambda made: under("ru", "projects:project-list", query="promises=stale"), 9),
    "projects, overdue": (lambda made: under("ru", "projects:project-list", query="promises=overdue"), 13),
    "projects' feed": (lambda made: under("ru", "projects:feed", query="sector=transport"), 14),
    "agreements": (lambda made: under("ru", "agreements:agreement-list", query="country=KG"), 6),
    "agreement": (lambda made: under("ru", "agreements:agreement", made["agreement"].code), 8),
    "people": (lambda made: under("ru", "people:person-list"), 6),
    "person": (lambda made: under("ru", "people:person", made["person"].slug), 10),
    "topics": (lambda made: under("ru", "topics:topic-list"), 1),
    "topic": (lambda made: under("ru", "topics:topic", made["topic"].slug), 7),
    "agreement, none": (lambda made: under("ru", "agreements:agreement", "none"), 6),
    "promises": (lambda made: under("ru", "promises:promise-list"), 12),
    "promises, filtered": (
        lambda made: under("ru", "promises:promise-list", query="state=overdue&country=KG"),
        12,
    ),
    "promises' feed": (lambda made: under("ru", "promises:feed"), 15),
    "promises' calendar": (lambda made: under("ru", "promises:calendar"), 15),
    "project's calendar": (
        lambda made: under("ru", "projects:project-calendar", made["project"].code),
        16,
    ),
    "countries": (lambda made: under("ru", "countries:country-list"), 4),
    "country": (lambda made: under("ru", "countries:country", "kg"), 11),
    "events": (lambda made: under("ru", "events:event-list"), 12),
    "event": (lambda made: under("ru", "events:event", made["event"].code), 8),
    "calendar of events": (lambda made: under("ru", "events:calendar"), 8),
    "calendar of an event": (lambda made: under("ru", "events:event-calendar", made["event"].code), 9),
    "events of a month": (
        lambda made: under("ru", "events:month", made["event"].starts_at.year, made["event"].starts_at.month),
        6,
    ),
    "event, none": (lambda made: under("ru", "events:event", "none"), 6),
    "feed": (lambda made: under("ru", "articles:feed"), 25),
    "feed of a week": (lambda made: feed_of_its_week(made["edition"]), 23),
    "feed as JSON": (lambda made: under("ru", "articles:feed-in", "json"), 22),
    "organisation's feed, none": (lambda made: under("ru", "organisation-feed", 999), 7),
    "events' feed, filtered": (lambda made: under("ru", "events:feed", query="country=KG"), 13),
    "project's feed": (lambda made: under("ru", "project-feed", made["project"].code), 22),
    "search": (lambda made: under("ru", "search:search", query="q=title"), 3),
    "search, nothing": (lambda made: under("ru", "search:search", query="q=nothing"), 4),
    "search, suggestions": (lambda made: under("ru", "search:suggest", query="q=tit"), 1),
    "picture": (lambda made: image_address(made["image"]), 2),
    "document": (lambda made: made["document"].get_absolute_url(), 2),
    "robots": (lambda made: "/robots.txt", 0),
}


@pytest.mark.parametrize("number", [FEW, MANY])
def test_a_page_costs_the_same_whatever_there_is(number):
    made = fill(number)
    costs = {}

    for page, (address, _budget) in BUDGETS.items():
        with CaptureQueriesContext(connection) as queries:
            Client().get(address(made)).getvalue()
        costs[page] = len(queries)

    assert costs == {page: budget for page, (_address, budget) in BUDGETS.items()}


@pytest.mark.parametrize(("name", "args"), [("feed", ()), ("country-feed", ("kg",))])
def test_a_feed_of_everything_costs_no_more_where_there_is_much(name, args):
    """Which kinds of news stand on its first page differs, and each kind has its price."""
    fill(MANY)

    with CaptureQueriesContext(connection) as queries:
        Client().get(under("ru", name, *args)).getvalue()

    assert len(queries) < 50
