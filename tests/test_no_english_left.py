"""Nobody who reads Kyrgyz or Russian meets an English word: not on the site, not in the admin.

Everything people have written is in Cyrillic here, so any Latin word on a page is one of ours.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from articles.models import Edition
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.directory.models import Country
from pressoffice.ledger.models import Commitment, Indicator, Milestone
from pressoffice.publishing import moment
from pressoffice.publishing.models import AuditEntry, Takedown
from projects.models import Participation, Project, ProjectAlias
from tests.channels import under
from tests.makers import (
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
from tests.unguarded import lift_guards

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LANGUAGES = ["ky", "ru"]
CONTENT = "Мазмун"
# Names of formats, keys and products, which have no other spelling.
NAMES = {
    *(
        "RSS",
        "Atom",
        "Feed",  # of "JSON Feed"
        "iCalendar",
        "USD",
        # An English name that the standards' dates are read from, quoted to those who write it.
        "Construction",
        "begun",
        "CSV",
        "JSON",
        "XML",
        "IATI",
        "OC4IDS",
        "GeoJSON",
        "Point",
        "LineString",
        "Natural",
        "Earth",
        "PDF",
        "JPEG",
        "PNG",
        "WebP",
        "AVIF",
        "GIF",
        "HEIC",
        "SVG",
        "HTML",
        "Word",
        "docx",
        "html",
        "ZIP",
        "JavaScript",
        "WCAG",
        "axe",
    ),
    *("API", "OpenAPI", "IPTC", "ninjs", "ETag", "UTC", "RFC"),
    *("Windows", "Mac", "UTF", "ISO", "UUID", "LDAP", "Ctrl", "Alt", "Tab", "Enter", "Command", "cookie"),
}
# An address, a name of a file, a code with digits: as it was given, in whatever language.
AS_GIVEN = re.compile(r"\S*[/@_\d=]\S*|\S+\.[a-z]{2,5}\b|almaty-issyk-kul-highway")
LATIN = re.compile(r"[A-Za-z]{3,}")
SPOKEN = {"aria-label", "title", "placeholder", "alt", "summary", "aria-description", "data-filter-title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Reading(HTMLParser):
    """What a person sees or hears of a page, outside passages that are marked as another language's."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.texts: list[str] = []
        self.links: list[str] = []
        self.silent: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        lang = given.get("lang", self.language)
        silent = (
            self.silent[-1]
            or tag in {"script", "style", "textarea"}
            or given.get("translate") == "no"
            or not lang.startswith(self.language)
        )
        if tag not in VOID:
            self.silent.append(silent)
        if tag == "a" and not silent:
            self.links.append(given.get("href", ""))
        if tag == "textarea":
            self.texts += [str(text) for text in self._editors_texts(given)]
        elif not silent:
            self.texts += [given[name] for name in SPOKEN if name in given]
            if given.get("type") in {"submit", "button", "reset"}:
                self.texts.append(given.get("value", ""))
            if tag == "meta" and given.get("name") == "description":
                self.texts.append(given.get("content", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self.silent) > 1:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent[-1]:
            self.texts.append(data)

    @staticmethod
    def _editors_texts(given: dict[str, str]) -> Iterator[str]:
        settings = json.loads(given.get("data-statement-editor", "{}"))
        yield from settings.get("texts", {}).values()
        yield from (label for _code, label in settings.get("relations", []))


def read(response: Any, language: str) -> Reading:
    reading = Reading(language)
    reading.feed(response.content.decode())
    return reading


def english_in(reading: Reading) -> set[str]:
    return {
        word for text in reading.texts for word in LATIN.findall(AS_GIVEN.sub(" ", text)) if word not in NAMES
    }


def test_an_english_word_is_seen() -> None:
    reading = Reading("ru")
    reading.feed('<p title="Close">Файл PDF <b lang="en">English</b><br>See it</p><script>let</script>')

    assert english_in(reading) == {"Close", "See"}


def content(*names: str) -> dict[str, str]:
    return {f"{name}_{code}": CONTENT for name in names for code in ("ky", "ru", "en")}


@pytest.fixture
def house() -> None:
    """Everything there is, in every state, with nothing but Cyrillic in it."""
    image = make_image(CONTENT, **content("alt", "credit"))
    document = make_document(CONTENT, **content("title"))
    topic = make_topic("tema-1")
    topic.name_ky = topic.name_ru = topic.name_en = CONTENT
    topic.save()
    country = make_country("KG")
    person = make_person("adam-1", office="")
    person.name_ky = person.name_ru = person.name_en = CONTENT
    person.save()
    person.offices.create(**content("title"), country=country)
    texts = content("name", "summary", "description")
    project = make_project("k-1", lead_image=image, **texts)
    ProjectAlias.objects.create(project=project, language="ky", text=CONTENT)
    Participation.objects.create(project=project, country=country, role="funding")
    for state in ("draft", "scheduled", "removed"):
        make_project(f"k-{state[0]}", state=state, **texts)
    amended = make_agreement("m-1", **content("title"), in_force_on="2004-01-01", projects=[project])
    make_agreement("m-2", **content("title"), amends=amended, document=document, projects=[project])
    make_agreement("m-3", state="draft", **content("title"))
    told = content("title", "summary", "description", "venue", "accreditation")
    event = make_event("i-1", **told, lead_image=image)
    event.participants.set([person])
    event.projects.set([project])
    for state, days in (("draft", 4), ("scheduled", 6), ("cancelled", 3), ("removed", 9), ("live", -9)):
        make_event(f"i-{state[0]}{days % 10}", state=state, days=days, **told)

    def statement(**facts: Any) -> Any:
        return make_statement(
            event=event, topics=[topic], countries=[country], speakers=[person], **content("place"), **facts
        )

    words = {
        "title": CONTENT,
        "summary": CONTENT,
        "notes_to_editors": CONTENT,
        "media_contact": CONTENT,
        "body": f'<p>{CONTENT} <span data-project="k-1" data-relation="figure">{CONTENT}</span>.</p>'
        f'<table><tr><td>{CONTENT}</td></tr></table><figure data-image="{image.token}"></figure>',
    }
    for language, other in (("ky", "ru"), ("ru", "ky")):
        full = statement(kind="speech", form="transcript", original_language=language)
        original = {"lead_image": image, "attachments": [document], "about": [project], **words}
        long_ago = moment.now() - timedelta(days=28)
        make_edition(language=language, statement=full, state="superseded", at=long_ago, **original)
        make_edition(language=other, statement=full, at=long_ago + timedelta(days=6), **words)
        make_edition(language=language, statement=full, change_note=CONTENT, **words)
        make_status(project, full)
        make_facts(project, full, date(2025, 3, 1), date(2030, 12, 31))
        for state in ("draft", "submitted", "approved", "scheduled", "withdrawn", "removed", "discarded"):
            make_edition(language=language, statement=statement(kind="news"), state=state, **words)
    # What others wrote. Past the words of the office, which would not let a public text change, and past the
    # database, which would not either; the guards are back when the test is taken back.
    lift_guards()
    Commitment.objects.update(text_ky=CONTENT, text_ru=CONTENT, text_en=CONTENT)
    for number, named in enumerate([*Milestone.objects.all(), *Indicator.objects.all()]):
        name = CONTENT + "а" * number
        type(named).objects.filter(pk=named.pk).update(name_ky=name, name_ru=name, name_en=name)
    Country.objects.update(name_ky=CONTENT, name_ru=CONTENT, name_en=CONTENT)
    QuerySet(AuditEntry).exclude(reason="").update(reason=CONTENT)
    editions = QuerySet(Edition)
    editions.filter(change_note__startswith="Change").update(change_note=CONTENT)
    editions.filter(title__startswith="Title").update(title=CONTENT, summary=CONTENT)
    Takedown.objects.update(reason=CONTENT)
    User.objects.update(first_name=CONTENT, last_name="")
    for number, user in enumerate(User.objects.all()):
        User.objects.filter(pk=user.pk).update(username=f"колдонуучу-{number}")


FEEDS = {
    name + tail
    for name in ("feed", "project-feed", "country-feed", "organisation-feed", "hash-feed")
    for tail in ("", "-in")
}
ASIDE = FEEDS | {"logout", "set-language", "jsi18n", "admin-texts", "version", "press-kit"}


def walk(client: Client, start: list[str], language: str, *, each: int) -> Iterator[tuple[str, set[str]]]:
    """Follow the links from `start` to at most `each` pages of every kind; tell the English of each page."""
    waiting, seen, of_kind = list(start), set(start), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        response = client.get(address, follow=True)
        if response.streaming or "text/html" not in response.headers["Content-Type"]:
            continue
        assert response.status_code < 500, address
        reading = read(response, language)
        yield address, english_in(reading)
        for link in reading.links:
            found = urlsplit(urljoin(response.request["PATH_INFO"], link))
            try:
                kind = resolve(found.path).url_name or ""
            except Resolver404:
                continue
            outside = found.netloc or not found.path.startswith(("/admin/", f"/{language}/"))
            if outside or kind in ASIDE or found.path in seen or of_kind[kind] >= each:
                continue
            seen.add(found.path)
            of_kind[kind] += 1
            waiting.append(found.path)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_speaks_the_readers_language(reader: Client, language: str) -> None:
    start = [under(language, name) for name in ("home", "about")]
    start += [
        under(language, "articles:statement-list", query=query)
        for query in ("", "kind=speech&year=2026", "sort=oldest", "kind=nothing&year=0&topic=x", "page=99")
    ]
    start += [
        under(language, "projects:project-list", query="sector=transport&status=nothing"),
        under(language, "events:event-list", query="page=99"),
        under(language, "events:event", "i-c3"),
        under(language, "events:event", "i-r9"),
        under(language, "projects:project", "k-r"),
        f"/{language}/nothing/",
        under(language, "projects:project", "nothing"),
        under(language, "articles:statement-by-reference", "2026-zzzz"),
        *(
            under(language, "articles:version", edition.statement.reference, edition.number)
            for edition in Edition.objects.filter(number__isnull=False, language=language)
        ),
        *(
            under(language, "articles:statement-by-reference", edition.statement.reference)
            for edition in Edition.objects.filter(number__isnull=False)
        ),
    ]

    pages = dict(walk(reader, start, language, each=12))

    assert len(pages) > 25
    assert {address: words for address, words in pages.items() if words} == {}


# How many pages of each kind everybody opens, and how many pages that makes at least.
PEOPLE = {
    roles.CHIEF_EDITOR: (4, 60),
    roles.EDITOR: (1, 25),
    roles.AUTHOR: (1, 25),
    roles.TRANSLATOR: (1, 25),
    "": (1, 2),
    "administrator": (1, 40),
}


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_admin_speaks_the_editors_language(logged_in: Callable[[User], Client], language: str) -> None:
    found = {}
    for number, (role, (each, at_least)) in enumerate(PEOPLE.items()):
        someone = User.objects.create(
            username=f"жылдыз-{number}", is_staff=True, is_superuser=role == "administrator"
        )
        someone.groups.set(Group.objects.filter(name=role))
        client = logged_in(someone)
        client.cookies["django_language"] = language
        pages = dict(walk(client, [reverse("admin:index"), *every_text()], language, each=each))
        assert len(pages) >= at_least, role
        found |= {(role, address): words for address, words in pages.items() if words}

    assert found == {}


def every_text() -> list[str]:
    """The writing page in each state, and the page before the first."""
    editions = {(edition.state, edition.standing): edition.pk for edition in Edition.objects.order_by("pk")}
    return [reverse("admin:articles_edition_change", args=[pk]) for pk in editions.values()]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_said_in_the_editors_language(
    logged_in: Callable[[User], Client], language: str
) -> None:
    client = logged_in(User.objects.create(username="жылдыз", is_staff=True, is_superuser=True))
    client.cookies["django_language"] = language
    project = Project.objects.get(code="k-1")
    lists = ("aliases", "participations", "places", "offices", "dates", "measurements", "targets")
    empty = {f"{name}-{count}_FORMS": 0 for name in lists for count in ("TOTAL", "INITIAL")}
    addresses = [
        *(
            reverse(f"admin:{name}_add")
            for name in (
                "projects_project",
                "projects_agreement",
                "events_event",
                "directory_person",
                "directory_organisation",
                "directory_topic",
                "directory_country",
                "media_image",
                "media_document",
                "ledger_statuschange",
                "ledger_commitment",
                "ledger_milestone",
                "ledger_indicator",
                "ledger_budgetline",
                "articles_statement",
                "accounts_user",
            )
        ),
        reverse("admin:projects_project_change", args=[project.pk]),
        reverse("admin:articles_import"),
        reverse("admin:ledger_import"),
        reverse("admin:password_change"),
    ]

    said = {
        address: english_in(read(client.post(address, {**empty, "code": "?", "email": "x"}), language))
        for address in addresses
    }

    assert {address: words for address, words in said.items() if words} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_in_and_the_errors_speak_the_editors_language(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["django_language"] = language
    login = reverse("admin:login")

    answers = [
        client.get(login),
        client.post(login, {"username": "жок", "password": "туура эмес"}),
        strict.post(login, {"username": "жок"}),
        client.get("/admin/nothing/", follow=True),
    ]

    assert [english_in(read(answer, language)) for answer in answers] == [set()] * len(answers)
