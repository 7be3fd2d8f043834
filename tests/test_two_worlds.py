"""Two worlds, one with something hidden and one without it: no address tells them apart.

Every public address is asked at the same moment in both: status, body, headers and number of queries
are equal. What is hidden is extreme in every column that a list could be sorted by.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import hash_days
from articles.feed_weeks import Part
from articles.models import Edition, NamedInText, Passage, Statement
from events.models import Event
from pressoffice.accounts import roles
from pressoffice.directory.models import Organisation
from pressoffice.publishing import moment
from pressoffice.sitemaps import SECTIONS
from projects.models import Agreement, Participation, Project, ProjectAlias
from tests.channels import image_address, told_by, under
from tests.makers import (
    body_about,
    in_three,
    make_agreement,
    make_commitment,
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
    somebody,
)

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LANGUAGES = ["ky", "ru", "en"]
DATA = ["data-json", "data-projects-csv", "data-facts-csv", "data-iati", "data-oc4ids"]
# Before anything that is public: what is removed later must not be the newest.
UNHIDDEN = NOW - timedelta(days=60)


def named(name: str) -> dict[str, str]:
    """Sorts before everything else in every language."""
    return {f"{name}_{code}": "!!! 000" for code in LANGUAGES}


@dataclass
class World:
    project: Project
    other_project: Project
    event: Event
    agreement: Agreement
    bilingual: Edition  # original in Russian, translated into English
    english: Edition
    kyrgyz: Edition
    corrected: Edition


def build() -> World:
    """What is public in both worlds. Everything hidden may be tied to it."""
    before = {"at": NOW - timedelta(days=50)}
    project, other = make_project("road", **before), make_project("line", sector="energy", **before)
    Participation.objects.create(project=project, country=make_country("KZ"), role="funding")
    event, past = make_event("visit", **before), make_event("forum", days=-30, **before)
    agreement = make_agreement("treaty", projects=[project], document=make_document(), **before)
    facts = {
        "original_language": "ru",
        "topics": [make_topic("Water")],
        "countries": [make_country("KZ")],
        "speakers": [make_person("Speaker")],
    }
    statement = make_statement(event=event, **facts)
    image, document = make_image(), make_document()
    bilingual = make_edition(
        statement=statement,
        language="ru",
        # Links to what is hidden in one world and missing in the other.
        body=body_about(project)
        + '<p><a href="/ru/events/aaa/">Here</a>, <a href="/ru/people/aaa/">somebody</a>.</p>',
        lead_image=image,
        attachments=[document],
        at=NOW - timedelta(days=20),
    )
    english = make_edition(
        statement=statement, language="en", body=body_about(project), at=NOW - timedelta(days=19)
    )
    make_status(project, statement)
    make_facts(project, statement, date(2026, 8, 22), due_on=date(2026, 9, 1))
    kyrgyz = make_edition(
        statement=make_statement(original_language="ky", event=past),
        language="ky",
        about=[other],
        at=NOW - timedelta(days=10),
    )
    corrected = make_edition(state="superseded", language="ru", at=NOW - timedelta(days=15))
    return World(project, other, event, agreement, bilingual, english, kyrgyz, corrected)


def public_addresses(world: World) -> list[str]:
    """Pages and feeds in every language."""
    start = ["/robots.txt", "/sitemap.xml", "/sitemap-news.xml"]
    start += [reverse("sitemap-section", args=[name]) for name in SECTIONS]
    days = [NOW + timedelta(days=days) for days in (-50, -25, -15, 0, 30)]
    start += sorted({reverse("sitemap-statements", args=[day.year, day.month]) for day in days})
    start += sorted({reverse("sitemap-events", args=[day.year]) for day in days})
    for language in LANGUAGES:
        start += [
            under(language, "home"),
            under(language, "about"),
            under(language, "contacts"),
            under(language, "accessibility"),
            under(language, "articles:statement-list"),
            under(language, "articles:feed"),
            under(language, "articles:feed-in", "json"),
            *(under(language, "articles:feed-part", Part.of(day)) for day in days),
            *(under(language, "articles:feed-part-atom", Part.of(day)) for day in days),
            under(language, "feed-in", "atom"),
            under(language, "events:feed"),
            *(under(language, "country-feed", code) for code in ("kz", "aa")),
            under(language, "organisation-feed", 1),
            *(under(language, "hash-feed-in", form) for form in ("atom", "json")),
            under(language, "subscribe"),
            under(language, "embargo:door", "x" * 43),
            under(language, "archive:archive"),
            *(under(language, "archive:year", year) for year in (2026, 1999)),
            *(under(language, "archive:month", 2026, month) for month in (8, 10, 11, 12)),
            *(f"/{language}/statements/{words}/" for words in ("title", "minister-aaa", "000", "nothing")),
            under(language, "projects:project-list"),
            under(language, "events:event-list"),
            under(language, "events:calendar"),
            under(language, "events:event-calendar", "visit"),
            *(under(language, "events:month", day.year, day.month) for day in days),
            under(language, "people:person-list"),
            under(language, "topics:topic-list"),
            under(language, "people:person", "speaker"),
            under(language, "topics:topic", "water"),
            under(language, "projects:feed"),
            under(language, "agreements:agreement-list"),
            *(under(language, "agreements:agreement", code) for code in ("treaty", "protocol")),
            under(language, "promises:promise-list"),
            under(language, "promises:feed"),
            under(language, "promises:calendar"),
            *(under(language, name) for name in DATA),
            *(under(language, "data-project-json", code) for code in ("road", "line")),
            *(under(language, "data-project-facts-csv", code) for code in ("road", "line")),
            under(language, "countries:country-list"),
            under(language, "countries:country", "kz"),
            *(under(language, "projects:project-calendar", code) for code in ("road", "line")),
            *(under(language, "projects:project", code) for code in ("road", "line")),
            *(under(language, "project-feed", code) for code in ("road", "line")),
            *(under(language, "events:event", code) for code in ("visit", "forum")),
        ]
        for edition in (world.bilingual, world.kyrgyz, world.corrected):
            reference = edition.statement.reference
            start += [
                under(language, "articles:statement-by-reference", reference),
                under(language, "articles:statement", reference, edition.slug),
                *(under(language, "articles:version", reference, number) for number in (1, 2)),
                *(under(language, "articles:changes", reference, number) for number in (1, 2, 3)),
                under(language, "articles:press-kit", reference),
            ]
    # Queries in one language: what they filter by is asked in every language by the pages above.
    start += [
        under("ru", "articles:statement-list", query=query)
        for query in ("kind=statement", "topic=water", "country=KZ", "project=road", "project=line")
        + ("form=notes", "speaker=speaker", "speaker=aaa", "sort=oldest", "sort=delivered", "sort=a")
        + ("kind=news&country=KZ", "kind=statement&topic=water&year=2026")
        + ("year=2026", "year=1800", "year=9999", "country=AA", "topic=aaa", "project=aaa", "page=2")
    ]
    start += [
        under("ru", "articles:feed", query=query)
        for query in ("kind=statement", "kind=news", "topic=water", "topic=aaa", "country=AA", "speaker=aaa")
        + ("project=road", "project=a", "year=2026", "year=9999")
    ]
    # The future is for colleagues: a reader who asks for it is told the same, whatever is scheduled.
    ahead = f"as_of={(NOW + timedelta(days=2)).date()}"
    start += [
        under("ru", name, *args, query=ahead)
        for name, args in {
            "home": (),
            "articles:statement-list": (),
            "articles:feed": (),
            "projects:project": ("a",),
            "events:event": ("a",),
        }.items()
    ]
    start += [
        under("ru", "projects:project-list", query=query)
        for query in ("sector=energy", "sector=tourism", "country=KZ", "country=AA", "status=cancelled")
        + ("status=implementation", "page=2", "promises=soon", "promises=overdue", "promises=stale")
        + ("as=table",)
    ]
    start += [
        under("ru", "projects:feed", query=query)
        for query in ("sector=energy", "country=KZ", "status=implementation", "promises=stale")
    ]
    start += [
        under("ru", "agreements:agreement-list", query=query)
        for query in ("kind=treaty", "kind=protocol", "country=KZ", "country=AA", "page=2")
    ]
    start += [
        under("ru", name, query=query)
        for name in ("promises:promise-list", "promises:feed", "promises:calendar")
        for query in ("state=overdue", "state=open", "state=quarter", "project=road", "project=line")
        + ("project=a", "country=KZ", "country=AA")
    ]
    start += [
        under("ru", name, query=query)
        for name in ("events:event-list", "events:calendar", "events:feed")
        for query in ("page=2", "kind=visit", "kind=festival", "country=KZ", "country=AA", "project=road")
        + ("project=a",)
    ]
    start += api_addresses(world)
    for language in LANGUAGES:
        start += [under(language, "search:search"), under(language, "search:suggest")]
        start += [under(language, "search:quote", query="text=said+of+the+road")]
        start += [under(language, "search:search", query=query) for query in ("q=road", "q=title", "q=aaa")]
        start += [under(language, "search:suggest", query="q=aaa")]
    start += [
        *(
            under("ru", "search:search", query=query)
            for query in ("q=minister", "q=000", "q=aab", "q=speaker", "q=titel", "q=km")
            + ("q=water", "q=visit+treaty", "q=road&year=9999", "q=minister&what=statement", "q=rood")
            + ("q=280+km", "q=250+km", "q=summary&page=2", "q=1+2+3+road")
        ),
        *(under("ru", "search:suggest", query=f"q={words}") for words in ("a", "0", "ti", "roa")),
    ]
    return start


def api_addresses(world: World) -> list[str]:
    """Changes are asked since after the removals: that something was removed, they tell by design."""
    statements = [
        address
        for edition in (world.bilingual, world.kyrgyz, world.corrected)
        for address in (
            told_by("statement", edition.statement.reference),
            *(told_by("ninjs", edition.statement.reference, language) for language in LANGUAGES),
        )
    ]
    return [
        *statements,
        *(told_by(name) for name in ("statements", "projects", "agreements", "events", "people", "topics")),
        told_by("countries"),
        *(told_by("statements", query=query) for query in ("language=ru&limit=1", "sort=oldest&limit=1")),
        *(
            told_by("statements", query=query)
            for query in ("topic=aaa", "country=AA", "project=a", "year=9999")
        ),
        *(told_by("statements", query=query) for query in ("project=line", "speaker=speaker&sort=delivered")),
        *(told_by("project", code) for code in ("road", "line")),
        told_by("agreement", "treaty"),
        *(told_by("event", code) for code in ("visit", "forum")),
        *(told_by(name, "aaa") for name in ("person", "topic")),
        told_by("person", "speaker"),
        told_by("country", "AA"),
        *(told_by("events", query=query) for query in ("kind=festival", "project=a", "limit=1")),
        told_by("projects", query="status=cancelled"),
        *(told_by("search", query=f"language=ru&q={words}") for words in ("000", "minister", "aab")),
        told_by("quote", query="language=ru&text=said+of+the+road"),
        told_by("changes", query=f"since={(NOW - timedelta(days=35)).date()}"),
        told_by("changes", query=f"since={(NOW - timedelta(days=35)).date()}&limit=1"),
    ]


Answer = tuple[int, bytes, tuple[tuple[str, str], ...], int]


def ask(address: str) -> Answer:
    reset_queries()  # the log of a connection has an end
    cache.delete(hash_days.KEY)  # what is kept of public days costs a query less
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(address)
    headers = tuple(sorted(response.headers.items()))
    return response.status_code, response.getvalue(), headers, len(queries)


# --- what is hidden ----------------------------------------------------------------------------------


def hidden_text(state: str) -> Callable[[World], list[str]]:
    """A statement of its own, tied to everything that is public."""

    def hide(world: World) -> list[str]:
        topic, person = make_topic(f"Aaa {state}"), make_person(f"Aaa {state}")
        country = make_country("AA")
        statement = make_statement(
            original_language="ru",
            kind="news",
            delivered_on=date(9999, 12, 31),
            topics=[topic, *world.bilingual.statement.topics.all()],
            speakers=[person, *world.bilingual.statement.speakers.all()],
            countries=[country, make_country("KZ")],
            event=world.event,
        )
        image, document = make_image("Aaa"), make_document("Aaa")
        photograph = make_image("Aab")
        with moment.fixed(UNHIDDEN + timedelta(days=20) if state == "removed" else moment.now()):
            editions = [
                make_edition(
                    state=state,
                    statement=statement,
                    language=language,
                    at=NOW + timedelta(days=1) if state == "scheduled" else UNHIDDEN + timedelta(days=11),
                    title="!!! 000",
                    body=body_about(world.project) + f'<figure data-image="{image.token}"></figure>',
                    about=[world.other_project],
                    lead_image=image,
                    attachments=[document],
                    gallery=[photograph],
                )
                for language in LANGUAGES
            ]
        make_status(world.project, statement, "cancelled", date(9999, 12, 31))
        make_status(world.other_project, statement, "cancelled", date(1, 1, 1))
        make_facts(world.project, statement, date(9999, 1, 1))
        make_facts(world.other_project, statement, date(1, 1, 1), due_on=NOW.date())
        if state == "removed":  # that it was there once, its own address may tell
            return []
        own = [image_address(image), image_address(photograph), document.get_absolute_url()]
        for edition in editions:
            language, reference = edition.language, statement.reference
            own += [
                under(language, "articles:statement-by-reference", reference),
                under(language, "articles:statement", reference, edition.slug),
                under(language, "articles:version", reference, 1),
                under(language, "articles:press-kit", reference),
                under(language, "articles:preview", reference, edition.pk),
                told_by("statement", reference),
            ]
        return own

    return hide


def hidden_translation(state: str, *, of: str = "bilingual") -> Callable[[World], list[str]]:
    """Another language of a public statement."""

    def hide(world: World) -> list[str]:
        statement = getattr(world, of).statement
        language = "ky" if of == "bilingual" else "en"
        edition = make_edition(
            state=state,
            statement=statement,
            language=language,
            at=NOW + timedelta(days=1) if state == "scheduled" else None,
            title="!!! aaa",  # no figure that the other languages lack
            body=body_about(world.project),
            about=[world.other_project],
        )
        return [
            under(language, "articles:statement", statement.reference, edition.slug),
            under(language, "articles:version", statement.reference, 1),
        ]

    return hide


def hidden_correction(state: str, *of: str) -> Callable[[World], list[str]]:
    """The next edition of public texts, such as an original and its translation."""

    def hide(world: World) -> list[str]:
        for edition in (getattr(world, name) for name in of):
            author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
            following = edition.statement.start_edition(language=edition.language, by=author)
            following.write(
                by=author,
                title="!!! aaa",
                body=edition.body.replace("280", "250"),
                change_note="All figures were wrong.",
            )
            following.write(by=author, settled=[item.key for item in following.passages_to_settle()])
            if differing := [each.key for each in following.open_differences()]:
                following.accept_differences(differing, by=author, reason="The other language follows.")
            if words := following.passages.exclude(exact="").values_list("exact", flat=True).first():
                make_commitment(world.project, edition.statement, words=words, due_on=date(2026, 12, 1))
            if state == "discarded":
                following.discard(by=author)
            if state in {"submitted", "approved", "scheduled"}:
                following.submit(by=author)
            if state in {"approved", "scheduled"}:
                following.approve(by=editor)
            if state == "scheduled":
                following.publish(by=editor, at=NOW + timedelta(seconds=1))
        reference = world.bilingual.statement.reference
        return [under("ru", name, reference, 2) for name in ("articles:version", "articles:changes")]

    return hide


def hidden_project(state: str) -> Callable[[World], list[str]]:
    def hide(world: World) -> list[str]:
        image = make_image("Aaa")
        project = make_project(
            "a",
            state=state,
            at=NOW + timedelta(days=1) if state == "scheduled" else UNHIDDEN,
            sector="tourism",
            lead_image=image,
            **named("name"),
        )
        ProjectAlias.objects.create(project=project, language="ru", text="!!!")
        organisation = Organisation.objects.create(**named("name"), country=make_country("AA"))
        Participation.objects.create(project=project, organisation=organisation, role="funding")
        Participation.objects.create(project=project, country=make_country("BB"), role="funding")
        project.agreements.add(world.agreement)
        project.events.add(world.event)
        for edition in Edition.objects.all():
            Passage.objects.create(edition=edition, project=project, relation="mentions", position=0)
        for statement in Statement.objects.all():
            make_status(project, statement, "cancelled", date(9999, 12, 31))
            make_facts(project, statement, date(9999, 1, 1))
        own = [
            under(language, name, "a")
            for language in LANGUAGES
            for name in ("projects:project", "project-feed")
        ]
        return [] if state == "removed" else [*own, image_address(image)]

    return hide


def hidden_event(state: str) -> Callable[[World], list[str]]:
    def hide(world: World) -> list[str]:
        image = make_image("Aaa")
        at = NOW + timedelta(days=1) if state == "scheduled" else UNHIDDEN
        for code, days in [("a", 0), ("aa", 4000), ("aaa", -9000)]:
            event = make_event(code, state=state, at=at, days=days, lead_image=image, **named("title"))
            event.projects.add(world.project, world.other_project)
            event.participants.set(world.bilingual.statement.speakers.all())
        NamedInText.objects.create(edition=world.bilingual, event=event)
        Statement.objects.filter(event=None).update(event=event)
        own = [under(language, "events:event", "a") for language in LANGUAGES]
        return [] if state == "removed" else [*own, image_address(image)]

    return hide


def hidden_agreement(state: str) -> Callable[[World], list[str]]:
    def hide(world: World) -> list[str]:
        at = NOW + timedelta(days=1) if state == "scheduled" else UNHIDDEN
        document = make_document("Aaa")
        agreement = make_agreement(
            "a",
            state=state,
            at=at,
            projects=[world.project, world.other_project],
            document=document,
            signed_on=date(9999, 12, 31),
            **named("title"),
        )
        agreement.parties.add(make_country("AA"))
        world.agreement.amends = agreement
        world.agreement.save()
        pages = [under(language, "agreements:agreement", "a") for language in LANGUAGES]
        return [document.get_absolute_url(), *([] if state == "removed" else pages)]

    return hide


def in_the_directory(world: World) -> list[str]:
    """People, topics, countries, pictures and documents that nothing public names."""
    make_topic("Aaa")
    NamedInText.objects.create(edition=world.bilingual, person=make_person("Aaa"))
    make_country("AA")
    Organisation.objects.create(**in_three("name", "!!! 000"), country=make_country("AA"))
    return [image_address(make_image("Aaa")), make_document("Aaa").get_absolute_url()]


BOTH = ("bilingual", "english")
WAS = "what was, or was never to be"
HIDDEN = {
    "what is in work": [
        *(hidden_text(state) for state in ("draft", "submitted", "approved")),
        hidden_translation("draft"),
        hidden_translation("approved", of="corrected"),
        hidden_correction("submitted", *BOTH),
        hidden_correction("approved", "kyrgyz"),
        hidden_project("draft"),
        hidden_event("draft"),
        hidden_agreement("draft"),
        in_the_directory,
    ],
    "what will be": [
        hidden_text("scheduled"),
        hidden_translation("scheduled"),
        hidden_correction("scheduled", *BOTH),
        hidden_project("scheduled"),
        hidden_event("scheduled"),
        hidden_agreement("scheduled"),
    ],
    WAS: [
        hidden_text("removed"),
        hidden_text("discarded"),
        hidden_translation("discarded"),
        hidden_correction("discarded", *BOTH),
        hidden_project("removed"),
        hidden_event("removed"),
        hidden_agreement("removed"),
    ],
}


def ask_all(addresses: list[str]) -> dict[str, Answer]:
    """Those, and everything that their answers link to."""
    answers = {address: ask(address) for address in addresses}
    for _status, body, _headers, _queries in list(answers.values()):
        for found in re.findall(rb'(?:href|src|action)="(/(?!static/|admin/)[^"#]*)', body):
            address = found.decode().replace("&amp;", "&")
            if address not in answers:
                answers[address] = ask(address)
    return answers


# What finds by the database's own means is asked on each of them.
@pytest.mark.parametrize(
    "found_by", ["search", pytest.param("every other page", marks=pytest.mark.one_database)]
)
def test_nothing_tells_the_two_worlds_apart(found_by: str) -> None:
    told = []
    with moment.fixed(NOW):
        world = build()
        addresses = [
            address
            for address in public_addresses(world)
            if ("/search/" in address) == (found_by == "search")
        ]
        without_it = ask_all(addresses) if found_by != "search" else {each: ask(each) for each in addresses}
        assert len(without_it) > 30
        for hidden, hides in HIDDEN.items():
            with transaction.atomic():
                with moment.fixed(NOW - timedelta(days=1)):
                    own = [address for hide in hides for address in hide(world)]
                with_it = {address: ask(address) for address in [*without_it, *own]}
                transaction.set_rollback(True)
            known = {**without_it, **{address: ask(address) for address in own}}
            for address, answer in with_it.items():
                if hidden == WAS and "/hashes/" in address:
                    continue  # what was public keeps its line, or the chain of days would break
                for part, one, other in zip(
                    ("status", "body", "headers", "number of queries"), answer, known[address], strict=True
                ):
                    # Who does not know the 128 random bits of a file's address cannot ask for it.
                    if one != other and not (part == "number of queries" and address.startswith("/media/")):
                        told.append(f"{hidden} is told by the {part} of {address}")

    assert not told, "\n".join(told)
