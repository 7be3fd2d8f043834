"""Every way by which something that is, or is not, public can reach a reader.

A new page, list, feed or choice is one line here, and stands from then on in the visibility matrix
(test_visibility.py) and between the two worlds (test_two_worlds.py).
"""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.core.management import call_command
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.feed_weeks import Part
from articles.models import Edition, Passage
from articles.share_card import card_address, card_of
from events.models import Event
from pressoffice.directory.models import Person, Topic
from pressoffice.media.models import Document, Image
from pressoffice.old_archive.models import BroughtIn
from pressoffice.publishing import moment
from pressoffice.publishing.slugs import slug_of
from projects.models import Agreement, Participation, Project
from tests.makers import (
    body_about,
    in_three,
    make_agreement,
    make_commitment,
    make_contact,
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

# Words of the thing that is asked about, and of a text of the same state beside a public English one.
# Addresses are Latin, so what a reader typed is not taken for what the site told.
CANARY, PAIRED, PROMISED = "Канарейка", "Соловей", "Ласточка"
# As somebody looks for it: the page gives the words typed back.
TYPED = "канарейку"
YEAR = 1991


@dataclass(frozen=True)
class Channel:
    address: Callable[[Any], str]
    shows: Callable[[Any, Any], bool]


def under(language: str, name: str, *args: Any, query: str = "") -> str:
    with override(language):
        return reverse(name, args=args) + (f"?{query}" if query else "")


def text(response: Any) -> str:
    return response.getvalue().decode("utf-8", "replace")


def says(words: str) -> Callable[[Any, Any], bool]:
    """In its text, or by leading to an address that is made of the words."""
    tail = slug_of(words, otherwise="none")
    return lambda _told, response: words in text(response) or tail in response.headers.get("Location", "")


canary = says(CANARY)


def paired(_told: Any, response: Any) -> bool:
    return f"/{slug_of(PAIRED, otherwise='none')}-" in text(response)


def is_there(_told: Any, response: HttpResponse) -> bool:
    return response.status_code == 200


def holds_a_kit(_told: Any, response: Any) -> bool:
    body = response.getvalue()  # to its end in any case: a stream that nobody reads is never closed
    return response.status_code == 200 and zipfile.is_zipfile(io.BytesIO(body))


def offers(value: Callable[[Any], str]) -> Callable[[Any, Any], bool]:
    """As a choice of a filter."""
    return lambda told, response: f'<option value="{value(told)}"' in text(response)


def searched(language: str, words: str, more: str = "") -> Callable[[Any], str]:
    return lambda told: under(language, "search:search", query=f"q={quote(words)}{more}")


def image_address(image: Image) -> str:
    return reverse("media:image", args=[image.token, "full", 960, "webp"])


# --- a text ------------------------------------------------------------------------------------------


@dataclass
class Told:
    """A text in Russian and what belongs to it; beside it another one with a public English sibling."""

    edition: Edition
    pair: Edition
    english: Edition
    project: Project
    status_project: Project
    event: Event
    topic: Topic
    person: Person
    image: Image
    document: Document
    photograph: Image
    neighbour: Edition  # public, and about a project of which nothing else but the text speaks

    @property
    def reference(self) -> str:
        return self.edition.statement.reference


OLD_PATH = "/news.php?id=1"  # under which an old archive had the text


def tell(state: str, at: datetime | None) -> Told:
    """Public or not as `state` says (see make_edition); all that stands around it is public since long."""
    long_ago = {"at": at - timedelta(days=100)} if at else {}
    project, status_project = make_project("road", **long_ago), make_project("line", **long_ago)
    event = make_event("council", **long_ago)
    topic, person = make_topic("Water"), make_person("Speaker")
    image, document = make_image(), make_document()
    facts = {
        "kind": "interview",
        "form": "notes",
        "delivered_on": date(YEAR, 8, 31),
        "event": event,
        "original_language": "ru",
    }
    country = make_country("KG")
    shared = make_project("shared", **long_ago)
    other_words = {"title": "Beside it", "body": "<p>Other words.</p>"}
    neighbour = make_edition(
        statement=make_statement(delivered_on=date(2020, 1, 1)),
        language="ru",
        about=[shared],
        **other_words,
        **long_ago,
    )
    photograph = make_image()
    facts["contact"] = make_contact("Reachable", is_listed=False)
    statement = make_statement(**facts, topics=[topic], speakers=[person], countries=[country])
    edition = make_edition(
        state=state,
        at=at,
        statement=statement,
        language="ru",
        title=f"{CANARY} в горах",
        body=body_about(project) + f'<figure data-image="{image.token}"></figure>',
        attachments=[document],
        gallery=[photograph],
        about=[shared],
    )
    BroughtIn.objects.create(
        archive="old", what="text", key="1", old_path=OLD_PATH, edition=edition, statement=statement
    )
    make_status(status_project, statement, "suspended", stated_on=date(YEAR, 8, 30))
    Participation.objects.create(project=status_project, country=country, role="funding")
    make_facts(
        status_project,
        statement,
        date(YEAR, 8, 31),
        due_on=date(YEAR + 50, 1, 1),
        text_ru=f"{PROMISED} прилетит",
    )
    beside = make_statement(original_language="ru", delivered_on=date(2020, 1, 1))
    english = make_edition(statement=beside, language="en", title="Nightingale", **long_ago)
    pair = make_edition(state=state, at=at, statement=beside, language="ru", title=f"{PAIRED} в саду")
    things = (project, status_project, event, topic, person, image, document, photograph, neighbour)
    return Told(edition, pair, english, *things)


def promised(_told: Any, response: Any) -> bool:
    """In any of its texts, over the folds of a calendar's lines."""
    return PROMISED in response.getvalue().replace(b"\r\n ", b"").decode("utf-8", "replace")


def sitemap_of(edition: Edition) -> str:
    since = timezone.localtime(edition.public_since or edition.live_from or moment.now())
    return reverse("sitemap-statements", args=[since.year, since.month])


def feed_of_its_week(edition: Edition) -> str:
    since = edition.public_since or edition.live_from or moment.now()
    return under("ru", "articles:feed-part-atom", Part.of(since))


def in_the_sitemap(told: Any, response: Any) -> bool:
    return f"/ru/statements/{told.reference}/" in text(response)


def has_address(section: str) -> Channel:
    return Channel(
        lambda kept: reverse("sitemap-section", args=[section]),
        lambda kept, response: f"/{kept.record.code}/" in text(response),
    )


def in_the_ledger(kind: str) -> Channel:
    return Channel(
        lambda told: under("ru", "projects:project", told.status_project.code),
        lambda told, response: bool(getattr(response.context["ledger"], kind)),
    )


def at_the_country(shows: Callable[[Any], bool]) -> Channel:
    return Channel(
        lambda told: under("ru", "countries:country", "kg"),
        lambda told, response: shows(response.context),
    )


def told_by(name: str, *args: Any, query: str = "") -> str:
    return reverse(f"api:{name}", args=args) + (f"?{query}" if query else "")


def names_it(_told: Any, response: Any) -> bool:
    """By its reference or code, as something that can be had: not as one that is gone."""
    own = _told.reference if isinstance(_told, Told) else _told.record.code
    return any(each["id"] == own and each["change"] != "removed" for each in response.json()["items"])


API_OF_A_TEXT = {
    "told to programs": Channel(lambda told: told_by("statement", told.reference), canary),
    "told to programs, in a list": Channel(lambda told: told_by("statements"), canary),
    "told to programs, of a topic": Channel(
        lambda told: told_by("statements", query=f"language=ru&topic={told.topic.slug}"), canary
    ),
    "told to programs, as ninjs": Channel(lambda told: told_by("ninjs", told.reference, "ru"), canary),
    "told to programs, beside an English text": Channel(
        lambda told: told_by("statement", told.pair.statement.reference),
        lambda told, response: "ru" in response.json()["texts"],
    ),
    "told to programs, as a change": Channel(
        lambda told: told_by("changes", query="since=2000-01-01&limit=100"), names_it
    ),
    "told to programs, as words of a project": Channel(
        lambda told: told_by("project", told.status_project.code), promised
    ),
    "status told to programs": Channel(
        lambda told: told_by("projects", query="status=suspended"),
        lambda told, response: told.status_project.code in text(response),
    ),
    "speaker told to programs": Channel(
        lambda told: told_by("people"), lambda told, response: told.person.slug in text(response)
    ),
    "topic told to programs": Channel(
        lambda told: told_by("topic", told.topic.slug), lambda told, response: response.status_code == 200
    ),
    "told to programs, at its event": Channel(
        lambda told: told_by("event", told.event.code),
        lambda told, response: told.reference in response.json()["statements"],
    ),
    "told to programs, found": Channel(
        lambda told: told_by("search", query=f"language=ru&q={quote(TYPED)}"), canary
    ),
    "told to programs, quoted": Channel(
        lambda told: told_by("quote", query=f"language=ru&text={quote(f'{CANARY} в горах')}"),
        lambda told, response: bool(response.json()["places"]) or response.json()["nearest"] is not None,
    ),
}


def is_offered(_told: Any, response: Any) -> bool:
    return response.status_code == 200 and not response.context["here"].problems


OF_A_TEXT = {
    **API_OF_A_TEXT,
    "to be followed by e-mail": Channel(
        lambda told: under("ru", "alerts:sign-up", "statement", told.reference), canary
    ),
    "list of a topic, by e-mail": Channel(
        lambda told: under("ru", "alerts:sign-up", "statements", query=f"topic={told.topic.slug}"), is_offered
    ),
    "speaker, by e-mail": Channel(
        lambda told: under("ru", "alerts:sign-up", "person", told.person.slug), is_there
    ),
    "address on the old site": Channel(
        lambda told: OLD_PATH,
        lambda told, answer: f"/{told.reference}/" in answer.headers.get("Location", ""),
    ),
    "promise at its project": Channel(
        lambda told: under("ru", "projects:project", told.status_project.code), promised
    ),
    "promise in the list": Channel(lambda told: under("ru", "promises:promise-list"), promised),
    "promise in the feed": Channel(lambda told: under("ru", "promises:feed"), promised),
    "promise in the calendar": Channel(lambda told: under("ru", "promises:calendar"), promised),
    "promise in its project's calendar": Channel(
        lambda told: under("ru", "projects:project-calendar", told.status_project.code), promised
    ),
    "promise in the data": Channel(lambda told: under("ru", "data-json"), promised),
    "promise in its project's data": Channel(
        lambda told: under("ru", "data-project-json", told.status_project.code), promised
    ),
    "promise in the table of facts": Channel(lambda told: under("ru", "data-facts-csv"), promised),
    "source in the table of a project's facts": Channel(
        lambda told: under("en", "data-project-facts-csv", told.status_project.code),
        lambda told, response: told.reference in text(response),
    ),
    "promises counted": Channel(
        lambda told: under("en", "promises:promise-list"),
        lambda told, response: response.context["total"] == 1,
    ),
    "promises counted by country": Channel(
        lambda told: under("en", "countries:country-list"),
        lambda told, response: sum(row.open for row in response.context["rows"]) == 1,
    ),
    "promises of a country": at_the_country(lambda page: any(number for _, number in page["states"])),
    "choice of a promised project": Channel(
        lambda told: under("ru", "promises:promise-list"), offers(lambda told: told.status_project.code)
    ),
    "money of a country": at_the_country(lambda page: bool(page["sums"])),
    "money": in_the_ledger("sums"),
    "milestone": in_the_ledger("milestone_dates"),
    "figure": in_the_ledger("measurements"),
    "target": in_the_ledger("targets"),
    "page": Channel(
        lambda told: under("ru", "articles:statement", told.reference, told.edition.slug), canary
    ),
    "page under another tail": Channel(
        lambda told: under("ru", "articles:statement", told.reference, "x"), canary
    ),
    "by reference": Channel(
        lambda told: under("ru", "articles:statement-by-reference", told.reference), canary
    ),
    "version": Channel(lambda told: under("ru", "articles:version", told.reference, 1), canary),
    "preview": Channel(lambda told: under("ru", "articles:preview", told.reference, told.edition.pk), canary),
    "list": Channel(lambda told: under("ru", "articles:statement-list"), canary),
    "list of a kind": Channel(
        lambda told: under("ru", "articles:statement-list", query="kind=interview"), canary
    ),
    "list of a topic": Channel(
        lambda told: under("ru", "articles:statement-list", query=f"topic={told.topic.slug}"), canary
    ),
    "list about a project": Channel(
        lambda told: under("ru", "articles:statement-list", query=f"project={told.project.code}"), canary
    ),
    "list about a country": Channel(
        lambda told: under("ru", "articles:statement-list", query="country=KG"), canary
    ),
    "list of a year": Channel(
        lambda told: under("ru", "articles:statement-list", query=f"year={YEAR}"), canary
    ),
    "list of a form": Channel(
        lambda told: under("ru", "articles:statement-list", query="form=notes"), canary
    ),
    "list of a speaker": Channel(
        lambda told: under("ru", "articles:statement-list", query=f"speaker={told.person.slug}"), canary
    ),
    "list in another order": Channel(
        lambda told: under("ru", "articles:statement-list", query="sort=delivered"), canary
    ),
    "feed of everything": Channel(lambda told: under("ru", "feed"), canary),
    "feed of everything, as Atom": Channel(lambda told: under("ru", "feed-in", "atom"), canary),
    "feed of its week": Channel(lambda told: feed_of_its_week(told.edition), canary),
    "feed, as JSON": Channel(lambda told: under("ru", "articles:feed-in", "json"), canary),
    "document of the feed's item": Channel(
        lambda told: under("ru", "articles:feed-in", "json"),
        lambda told, response: told.document.token in text(response),
    ),
    "feed of a country": Channel(lambda told: under("ru", "country-feed", "kg"), canary),
    "feed of a kind": Channel(lambda told: under("ru", "articles:feed", query="kind=interview"), canary),
    "promise in the feed of everything": Channel(lambda told: under("ru", "feed-in", "json"), promised),
    "feed of a topic": Channel(
        lambda told: under("ru", "articles:feed", query=f"topic={told.topic.slug}"), canary
    ),
    "feed of a topic, named": Channel(
        lambda told: under("ru", "articles:feed", query=f"topic={told.topic.slug}"),
        lambda told, response: told.topic.name_ru in text(response).partition("</title>")[0],
    ),
    "choice of a speaker": Channel(
        lambda told: under("ru", "articles:statement-list"), offers(lambda told: told.person.slug)
    ),
    "choice of a kind": Channel(
        lambda told: under("ru", "articles:statement-list"), offers(lambda told: "interview")
    ),
    "choice of a form": Channel(
        lambda told: under("ru", "articles:statement-list"), offers(lambda told: "notes")
    ),
    "counted beside the choice of no project": Channel(
        lambda told: under("ru", "articles:statement-list"),
        lambda told, response: "(2)" in text(response),
    ),
    "archive": Channel(
        lambda told: under("ru", "archive:archive"),
        lambda told, response: any(year.year == YEAR for year in response.context["years"]),
    ),
    "archive, counted": Channel(
        lambda told: under("ru", "archive:archive"), lambda told, response: response.context["total"] == 3
    ),
    "archive of a year": Channel(lambda told: under("ru", "archive:year", YEAR), canary),
    "archive of a month": Channel(lambda told: under("ru", "archive:month", YEAR, 8), canary),
    "archive, beside another year": Channel(
        lambda told: under("ru", "archive:year", 2020),
        lambda told, response: response.context["previous"] is not None,
    ),
    "topic to subscribe to": Channel(
        lambda told: under("ru", "subscribe"),
        lambda told, response: f"?topic={told.topic.slug}" in text(response),
    ),
    "project to subscribe to": Channel(
        lambda told: under("ru", "subscribe"),
        lambda told, response: f"/{told.project.code}/feed.rss" in text(response),
    ),
    "country to subscribe to": Channel(
        lambda told: under("ru", "subscribe"), lambda told, response: "?country=KG" in text(response)
    ),
    "meant by an address that leads nowhere": Channel(
        lambda told: under("ru", "home") + "statements/kanareika/", canary
    ),
    "choice of a topic": Channel(
        lambda told: under("ru", "articles:statement-list"), offers(lambda told: told.topic.slug)
    ),
    "choice of a project": Channel(
        lambda told: under("ru", "articles:statement-list"), offers(lambda told: told.project.code)
    ),
    "choice of a country": Channel(
        lambda told: under("ru", "articles:statement-list"), offers(lambda told: "KG")
    ),
    "choice of a year": Channel(
        lambda told: under("ru", "articles:statement-list"), offers(lambda told: str(YEAR))
    ),
    "count": Channel(
        lambda told: under("ru", "articles:statement-list"),
        lambda told, response: response.context["total"] == 3,
    ),
    "share card": Channel(lambda told: card_address(told.edition, card_of(told.edition)), is_there),
    "sitemap": Channel(lambda told: sitemap_of(told.edition), in_the_sitemap),
    "English page in the sitemap with its Russian sibling": Channel(
        lambda told: sitemap_of(told.english),
        lambda told, response: f"/ru/statements/{told.pair.statement.reference}/" in text(response),
    ),
    "speaker in the sitemap": Channel(
        lambda told: reverse("sitemap-section", args=["people"]),
        lambda told, response: f"/people/{told.person.slug}/" in text(response),
    ),
    "topic in the sitemap": Channel(
        lambda told: reverse("sitemap-section", args=["topics"]),
        lambda told, response: f"/topics/{told.topic.slug}/" in text(response),
    ),
    "promise at home": Channel(lambda told: under("ru", "home"), promised),
    "promises counted at home": Channel(
        lambda told: under("ru", "home"), lambda told, response: response.context["promises"].open == 1
    ),
    "figure at home": Channel(
        lambda told: under("en", "home"),
        lambda told, response: any(figure for _project, figure in response.context["projects"]),
    ),
    "count at home": Channel(
        lambda told: under("ru", "home"), lambda told, response: response.context["statements_in_all"] == 3
    ),
    "related text": Channel(lambda told: told.neighbour.get_absolute_url(), canary),
    "press kit": Channel(lambda told: under("ru", "articles:press-kit", told.reference), holds_a_kit),
    "photograph for the press": Channel(lambda told: image_address(told.photograph), is_there),
    "media contact": Channel(
        lambda told: under("ru", "articles:version", told.reference, 1), says("Reachable")
    ),
    "home": Channel(lambda told: under("ru", "home"), canary),
    "feed": Channel(lambda told: under("ru", "articles:feed"), canary),
    "project's feed": Channel(lambda told: under("ru", "project-feed", told.project.code), canary),
    "person's page": Channel(lambda told: under("ru", "people:person", told.person.slug), canary),
    "person in the list": Channel(
        lambda told: under("en", "people:person-list"),
        lambda told, response: f"/people/{told.person.slug}/" in text(response),
    ),
    "topic's page": Channel(lambda told: under("ru", "topics:topic", told.topic.slug), canary),
    "topic in the list": Channel(
        lambda told: under("en", "topics:topic-list"),
        lambda told, response: f"/topics/{told.topic.slug}/" in text(response),
    ),
    "project's page": Channel(lambda told: under("ru", "projects:project", told.project.code), canary),
    "project's page, elsewhere": Channel(
        lambda told: under("en", "projects:project", told.project.code),
        lambda told, response: any(other.language == "ru" for other in response.context["elsewhere"]),
    ),
    "event's page": Channel(lambda told: under("ru", "events:event", told.event.code), canary),
    "status": Channel(
        lambda told: under("ru", "projects:project", told.status_project.code),
        lambda told, response: (status := response.context["ledger"].status) and status.status == "suspended",
    ),
    "status in the list": Channel(
        lambda told: under("en", "projects:project-list"),
        lambda told, response: 'data-status="suspended"' in text(response),
    ),
    "status at home": Channel(
        lambda told: under("ky", "home"),
        lambda told, response: 'data-status="suspended"' in text(response),
    ),
    "status in the feed of projects": Channel(lambda told: under("ru", "projects:feed"), canary),
    "who stated the status, in the feed of projects": Channel(
        lambda told: under("ru", "projects:feed"), says("Speaker")
    ),
    "what is newer than the status, in the feed of projects": Channel(
        lambda told: under("en", "projects:feed"), says(f"31 August {YEAR}")
    ),
    "projects in a status, as a feed": Channel(
        lambda told: under("ru", "projects:feed", query="status=suspended"),
        lambda told, response: f"/{told.status_project.code}/" in text(response),
    ),
    "projects in a status": Channel(
        lambda told: under("ru", "projects:project-list", query="status=suspended"),
        lambda told, response: response.context["total"] == 1,
    ),
    "source of the status": Channel(
        lambda told: under("ru", "projects:project", told.status_project.code), canary
    ),
    "offered where it is missing": Channel(
        lambda told: under("ky", "articles:statement", told.reference, "x"), canary
    ),
    "English page": Channel(lambda told: told.english.get_absolute_url(), paired),
    "English page, language switch": Channel(
        lambda told: told.english.get_absolute_url(),
        lambda told, response: any(
            link.code == "ru" and link.is_available for link in response.context["languages"]
        ),
    ),
    "English page, hreflang": Channel(
        lambda told: told.english.get_absolute_url(),
        lambda told, response: 'rel="alternate" hreflang="ru"' in text(response),
    ),
    "English page, original": Channel(
        lambda told: told.english.get_absolute_url(),
        lambda told, response: response.context["original"] is not None,
    ),
    "English version": Channel(lambda told: told.english.get_version_url(), paired),
    "fingerprint": Channel(
        lambda told: under("ru", "articles:version", told.edition.statement.reference, 1),
        lambda told, response: bool(told.edition.public_hash) and told.edition.public_hash in text(response),
    ),
    "fingerprint told to programs": Channel(
        lambda told: told_by("statement", told.edition.statement.reference),
        lambda told, response: bool(told.edition.public_hash) and told.edition.public_hash in text(response),
    ),
    "picture": Channel(lambda told: image_address(told.image), is_there),
    "document": Channel(lambda told: told.document.get_absolute_url(), is_there),
    "found": Channel(searched("ru", TYPED), canary),
    "found by its beginning": Channel(searched("ru", "канарееч канарейк"), canary),
    "found by its text": Channel(searched("ru", "joint works minister"), canary),
    "found by some of the words": Channel(searched("ru", f"{TYPED} самокат"), canary),
    "found of a year": Channel(searched("ru", TYPED, f"&year={YEAR}&what=statement"), canary),
    "counted where found": Channel(
        searched("ru", "minister"), lambda told, response: response.context["total"]
    ),
    "counted from another language": Channel(
        searched("en", TYPED), lambda told, response: bool(response.context["elsewhere"])
    ),
    "choice of a kind where found": Channel(searched("ru", TYPED), offers(lambda told: "statement")),
    "choice of a year where found": Channel(searched("ru", TYPED), offers(lambda told: str(YEAR))),
    "did you mean": Channel(
        searched("ru", "конарейка"), lambda told, response: response.context["found"].how == "corrected"
    ),
    "suggested": Channel(
        lambda told: under("ru", "search:suggest", query="q=канар"),
        lambda told, response: bool(response.json()["suggestions"]),
    ),
    "quoted": Channel(
        lambda told: under("ru", "search:quote", query=f"text={quote(f'{CANARY} в горах')}"),
        lambda told, response: (
            response.context["checked"].nearest is not None or bool(response.context["checked"].places)
        ),
    ),
    "speaker found": Channel(
        searched("ru", "Speaker"), lambda told, response: "person" in response.context["found"].kinds
    ),
    "topic found": Channel(
        searched("ru", "Water"), lambda told, response: "topic" in response.context["found"].kinds
    ),
}


# --- a project, an event, an agreement ---------------------------------------------------------------


@dataclass
class Kept:
    """A record, and public things that name it."""

    record: Any
    beside: Any  # another public record of the same kind
    edition: Edition
    image: Image | None = None
    document: Document | None = None


def _mentioned(project: Project, edition: Edition, position: int) -> None:
    # Past the checks of publishing: a project may have been taken down, or called back, since.
    Passage.objects.create(edition=edition, project=project, relation="mentions", position=position)


def keep_project(state: str, at: datetime) -> Kept:
    before = at - timedelta(days=100)
    beside = make_project("beside", at=before)
    edition = make_edition(language="ru", about=[beside], at=before)
    image = make_image()
    names = {"name_ru": f"{CANARY} в горах", "name_en": CANARY, "name_ky": CANARY}
    project = make_project("hidden-road", state=state, at=at, sector="tourism", lead_image=image, **names)
    Participation.objects.create(project=project, country=make_country("KG"), role="funding")
    _mentioned(project, edition, 0)
    make_event("council", at=before).projects.add(project)
    make_agreement("treaty", projects=[project], at=before)
    make_status(project, edition.statement)
    make_commitment(project, edition.statement, stated_on=date(YEAR, 8, 31), due_on=date(YEAR, 12, 31))
    return Kept(project, beside, edition, image=image)


def of_a_record(one: str, many: str) -> dict[str, Channel]:
    """In the interface for programs."""
    return {
        "told to programs": Channel(lambda kept: told_by(one, kept.record.code), canary),
        "told to programs, in a list": Channel(lambda kept: told_by(many), canary),
        "told to programs, as a change": Channel(
            lambda kept: told_by("changes", query="since=2000-01-01&limit=100"), names_it
        ),
        "told to programs, found": Channel(
            lambda kept: told_by("search", query=f"language=ru&q={quote(TYPED)}"), canary
        ),
    }


OF_A_PROJECT = {
    **of_a_record("project", "projects"),
    "told to programs, beside a text": Channel(
        lambda kept: told_by("statement", kept.edition.statement.reference),
        lambda kept, response: kept.record.code in text(response),
    ),
    "told to programs, at an event": Channel(
        lambda kept: told_by("event", "council"), lambda kept, response: kept.record.code in text(response)
    ),
    "told to programs, at an agreement": Channel(
        lambda kept: told_by("agreement", "treaty"), lambda kept, response: kept.record.code in text(response)
    ),
    "sitemap": has_address("projects"),
    "to be followed by e-mail": Channel(
        lambda kept: under("ru", "alerts:sign-up", "project", kept.record.code), canary
    ),
    "list of its promises, by e-mail": Channel(
        lambda kept: under("ru", "alerts:sign-up", "promises", query=f"project={kept.record.code}"),
        is_offered,
    ),
    "list of its country, by e-mail": Channel(
        lambda kept: under("ru", "alerts:sign-up", "projects", query="country=KG"), is_offered
    ),
    "page": Channel(lambda kept: under("ru", "projects:project", kept.record.code), canary),
    "feed": Channel(lambda kept: under("ru", "project-feed", kept.record.code), canary),
    "list": Channel(lambda kept: under("ru", "projects:project-list"), canary),
    "list of a sector": Channel(
        lambda kept: under("ru", "projects:project-list", query="sector=tourism"), canary
    ),
    "feed of projects": Channel(lambda kept: under("ru", "projects:feed"), canary),
    "feed of everything": Channel(lambda kept: under("ru", "feed"), canary),
    "feed of everything of a country": Channel(lambda kept: under("ru", "country-feed", "kg"), canary),
    "feed of projects, as JSON": Channel(lambda kept: under("ru", "projects:feed-in", "json"), canary),
    "feed of events that are part of it": Channel(lambda kept: under("ru", "events:feed-in", "json"), canary),
    "feed of a sector": Channel(lambda kept: under("ru", "projects:feed", query="sector=tourism"), canary),
    "feed of a country": Channel(lambda kept: under("ru", "projects:feed", query="country=KG"), canary),
    "feed of a status": Channel(
        lambda kept: under("ru", "projects:feed", query="status=implementation"), canary
    ),
    "feed of what promises came to": Channel(
        lambda kept: under("ru", "projects:feed", query="promises=overdue"), canary
    ),
    "list of what promises came to": Channel(
        lambda kept: under("ru", "projects:project-list", query="promises=overdue"), canary
    ),
    "agreement": Channel(lambda kept: under("ru", "agreements:agreement", "treaty"), canary),
    "list of a country": Channel(
        lambda kept: under("ru", "projects:project-list", query="country=KG"), canary
    ),
    "list of a status": Channel(
        lambda kept: under("ru", "projects:project-list", query="status=implementation"), canary
    ),
    "choice of a country": Channel(
        lambda kept: under("ru", "projects:project-list"), offers(lambda kept: "KG")
    ),
    "count": Channel(
        lambda kept: under("ru", "projects:project-list"),
        lambda kept, response: response.context["total"] == 2,
    ),
    "home": Channel(lambda kept: under("ru", "home"), canary),
    "statement": Channel(lambda kept: kept.edition.get_absolute_url(), canary),
    "version of a statement": Channel(lambda kept: kept.edition.get_version_url(), canary),
    "choice among statements": Channel(
        lambda kept: under("ru", "articles:statement-list"), offers(lambda kept: kept.record.code)
    ),
    "event": Channel(lambda kept: under("ru", "events:event", "council"), canary),
    "picture": Channel(lambda kept: image_address(kept.image), is_there),
    "found": Channel(searched("ru", TYPED), canary),
    "found in another language": Channel(searched("en", TYPED), canary),
    "suggested": Channel(lambda kept: under("ru", "search:suggest", query="q=канар"), canary),
}


def keep_event(state: str, at: datetime) -> Kept:
    before = at - timedelta(days=100)
    beside = make_event("beside", at=before)
    image = make_image()
    project = make_project("road", at=before)
    names = {f"title_{language}": f"{CANARY} {language}" for language in ("ky", "ru", "en")}
    event = make_event("visit", state=state, at=at, lead_image=image, kind="festival", **names)
    event.countries.add(make_country("MN"))
    event.projects.add(project)
    event.participants.add(make_person("Guest"))
    call_command("rebuild_search", verbosity=0)  # who takes part was entered after the publication
    edition = make_edition(statement=make_statement(event=event), language="ru", about=[project], at=before)
    return Kept(event, beside, edition, image=image)


def in_the_month(kept: Any) -> str:
    day = timezone.localdate(kept.record.starts_at)
    return under("ru", "events:month", day.year, day.month)


def in_a_calendar(kept: Any, response: Any) -> bool:
    told = text(response).replace("\r\n ", "")
    return response.status_code == 200 and f"/events/{kept.record.code}/" in told


OF_AN_EVENT = {
    **of_a_record("event", "events"),
    "told to programs, at a text": Channel(
        lambda kept: told_by("statement", kept.edition.statement.reference),
        lambda kept, response: response.json()["event"] == kept.record.code,
    ),
    "guest told to programs": Channel(lambda kept: told_by("person", "guest"), is_there),
    "country told to programs": Channel(lambda kept: told_by("country", "MN"), is_there),
    "month": Channel(in_the_month, canary),
    "list of a kind, by e-mail": Channel(
        lambda kept: under("ru", "alerts:sign-up", "events", query="kind=festival"), is_offered
    ),
    "list of a kind": Channel(lambda kept: under("ru", "events:event-list", query="kind=festival"), canary),
    "choice of a kind": Channel(
        lambda kept: under("ru", "events:event-list"), offers(lambda kept: "festival")
    ),
    "choice of a country": Channel(lambda kept: under("ru", "events:event-list"), offers(lambda kept: "MN")),
    "choice of a project": Channel(
        lambda kept: under("ru", "events:event-list"), offers(lambda kept: "road")
    ),
    "count": Channel(
        lambda kept: under("ru", "events:event-list"),
        lambda kept, response: response.context["total"] == 2,
    ),
    "calendar": Channel(lambda kept: under("ru", "events:calendar"), in_a_calendar),
    "feed": Channel(lambda kept: under("ru", "events:feed"), canary),
    "feed, as Atom": Channel(lambda kept: under("ru", "events:feed-in", "atom"), canary),
    "feed of a country": Channel(lambda kept: under("ru", "events:feed", query="country=MN"), canary),
    "feed of everything": Channel(lambda kept: under("ru", "feed"), canary),
    "feed of everything of a country": Channel(lambda kept: under("ru", "country-feed", "mn"), canary),
    "calendar of a country": Channel(
        lambda kept: under("ru", "events:calendar", query="country=MN"), in_a_calendar
    ),
    "calendar of its own": Channel(
        lambda kept: under("ru", "events:event-calendar", kept.record.code), in_a_calendar
    ),
    "sitemap": Channel(
        lambda kept: reverse("sitemap-events", args=[timezone.localtime(kept.record.starts_at).year]),
        lambda kept, response: f"/events/{kept.record.code}/" in text(response),
    ),
    "guest in the sitemap": Channel(
        lambda kept: reverse("sitemap-section", args=["people"]),
        lambda kept, response: "/people/guest/" in text(response),
    ),
    "page": Channel(lambda kept: under("ru", "events:event", kept.record.code), canary),
    "list": Channel(lambda kept: under("ru", "events:event-list"), canary),
    "home": Channel(lambda kept: under("ru", "home"), canary),
    "project": Channel(lambda kept: under("ru", "projects:project", "road"), canary),
    "statement": Channel(lambda kept: kept.edition.get_absolute_url(), canary),
    "version of a statement": Channel(lambda kept: kept.edition.get_version_url(), canary),
    "picture": Channel(lambda kept: image_address(kept.image), is_there),
    "found": Channel(searched("ru", TYPED), canary),
    "suggested": Channel(lambda kept: under("ru", "search:suggest", query="q=канар"), canary),
    "guest found": Channel(
        searched("ru", "Guest"), lambda kept, response: "person" in response.context["found"].kinds
    ),
}


def keep_agreement(state: str, at: datetime) -> Kept:
    before = at - timedelta(days=100)
    project, line = make_project("road", at=before), make_project("line", at=before)
    document = make_document()
    charter = make_agreement("charter", at=before)
    agreement: Agreement = make_agreement(
        "treaty",
        state=state,
        at=at,
        projects=[project],
        document=document,
        kind="roadmap",
        amends=charter,
        **in_three("title", CANARY),
    )
    agreement.parties.add(make_country("MN"))
    beside = make_agreement("protocol", kind="protocol", projects=[line], amends=agreement, at=before)
    return Kept(agreement, beside, make_edition(language="ru", about=[project], at=before), document=document)


OF_AN_AGREEMENT = {
    **of_a_record("agreement", "agreements"),
    "told to programs, amended": Channel(
        lambda kept: told_by("agreement", "charter"),
        lambda kept, response: kept.record.code in text(response),
    ),
    "told to programs, amending": Channel(
        lambda kept: told_by("agreement", "protocol"),
        lambda kept, response: response.json()["amends"] == kept.record.code,
    ),
    "party told to programs": Channel(lambda kept: told_by("country", "MN"), is_there),
    "sitemap": has_address("agreements"),
    "party in the sitemap": Channel(
        lambda kept: reverse("sitemap-section", args=["countries"]),
        lambda kept, response: "/countries/mn/" in text(response),
    ),
    "project": Channel(lambda kept: under("ru", "projects:project", "road"), canary),
    "agreement that amends it": Channel(lambda kept: under("ru", "projects:project", "line"), canary),
    "page": Channel(lambda kept: under("ru", "agreements:agreement", kept.record.code), canary),
    "page of what amends it": Channel(lambda kept: under("ru", "agreements:agreement", "protocol"), canary),
    "page of what it amends": Channel(lambda kept: under("ru", "agreements:agreement", "charter"), canary),
    "list": Channel(lambda kept: under("ru", "agreements:agreement-list"), canary),
    "list of a kind": Channel(
        lambda kept: under("ru", "agreements:agreement-list", query="kind=roadmap"), canary
    ),
    "list of a party": Channel(
        lambda kept: under("ru", "agreements:agreement-list", query="country=MN"), canary
    ),
    "choice of a party": Channel(
        lambda kept: under("ru", "agreements:agreement-list"), offers(lambda kept: "MN")
    ),
    "count": Channel(
        lambda kept: under("ru", "agreements:agreement-list"),
        lambda kept, response: response.context["page_obj"].paginator.count == 3,
    ),
    "list of what amends it": Channel(
        lambda kept: under("ru", "agreements:agreement-list", query="kind=protocol"), canary
    ),
    "page of a party": Channel(lambda kept: under("ru", "countries:country", "mn"), canary),
    "document": Channel(lambda kept: kept.document.get_absolute_url(), is_there),
    "found": Channel(searched("ru", TYPED), canary),
    "suggested": Channel(lambda kept: under("ru", "search:suggest", query="q=канар"), canary),
}
