"""Brings the demo content into a site by the steps its people would take, on the days they took them."""

import uuid
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from articles.models import REFERENCE_ALPHABET, Edition, Statement
from events.models import Event
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.directory.models import MediaContact, Office, Organisation, Person, Topic
from pressoffice.ledger.models import StatusChange
from pressoffice.media.intake import take_image
from pressoffice.media.models import Image
from pressoffice.publishing import moment
from pressoffice.publishing.languages import CODES
from projects.models import Agreement, Participation, Project, ProjectAlias

from . import pictures
from .content import Table, body_of, corrected, keys, read, translations
from .ledger import Ledger

# Of all four accounts. It stands in the source because they only ever exist on somebody's own machine.
PASSWORD = "press-office-demo"

ACCOUNTS = {
    "author": (roles.AUTHOR, "Чолпон", "Абдиева"),
    "translator": (roles.TRANSLATOR, "Мээрим", "Соронова"),
    "editor": (roles.EDITOR, "Талант", "Эсенов"),
    "chief": (roles.CHIEF_EDITOR, "Жылдыз", "Карасаева"),
}
# The same key is the same statement on every machine, so that a second load knows it.
NAMESPACE = uuid.UUID("6f1d1c0e-9a51-5d0b-8d4e-3a8f5a2b7c11")

WRITING = timedelta(hours=2, minutes=40)
SUBMITTING = timedelta(minutes=70)
APPROVING = timedelta(minutes=25)
# After the original, one translation after the other.
TRANSLATING = timedelta(minutes=95)
# What is scheduled has been decided the day before.
DECIDED_BEFORE = timedelta(hours=20)

# Three languages are corrected one after the other, and until then they differ.
CORRECTED_NEXT = {
    "ky": "Калган тилдер дароо артынан оңдолот.",
    "ru": "Остальные языки исправляются сразу следом.",
    "en": "The other languages are corrected right after this one.",
}


class NotADemo(Exception):
    """This site is somebody's own: it must not get accounts with a known password."""


def load(*, at: datetime | None = None) -> int:
    """Add what is missing of the demo content and return how many things that were. What is there stays.

    `at` (aware; default: now) is what days ahead and days ago are counted from. Raises NotADemo outside
    demo mode. About a dozen queries when nothing is missing.
    """
    if settings.PRESSOFFICE_MODE != "demo":
        raise NotADemo
    with transaction.atomic():
        return _Load(at or timezone.now()).everything()


def statement_uuid(key: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, key)


def reference(identity: uuid.UUID, year: int) -> str:
    """The same on every machine, so that addresses in the manual hold. Real ones are given by chance."""
    number, letters = identity.int, ""
    for _letter in range(4):
        number, letter = divmod(number, len(REFERENCE_ALPHABET))
        letters += REFERENCE_ALPHABET[letter]
    return f"{year}-{letters}"


@dataclass
class _Load:
    at: datetime
    added: int = 0
    people: dict[str, User] = field(default_factory=dict)

    def everything(self) -> int:
        self.people = self._accounts()
        self._topics()
        self._organisations()
        self._persons()
        self._contacts()
        self._pictures()
        self._projects()
        self._agreements()
        self._events()
        self._statements()
        self.added += self._ledger()
        return self.added

    # --- when ----------------------------------------------------------------------------------

    def when(self, value: datetime | Table) -> datetime:
        """A moment of the content: Bishkek time, or days from today and a time of day."""
        if isinstance(value, datetime):
            return timezone.make_aware(value)
        day = timezone.localdate(self.at) + timedelta(days=value["days"])
        return timezone.make_aware(datetime.combine(day, value["time"]))

    def then(self, value: datetime) -> AbstractContextManager:
        return moment.fixed(value)

    # --- who and what --------------------------------------------------------------------------

    def _accounts(self) -> dict[str, User]:
        people = {user.username: user for user in User.objects.filter(username__in=ACCOUNTS)}
        for login, (role, first_name, last_name) in ACCOUNTS.items():
            if login in people:
                continue
            user = User(
                username=login,
                first_name=first_name,
                last_name=last_name,
                email=f"{login}@press-office.example",
                is_staff=True,
                date_joined=datetime(2015, 1, 5, 3, tzinfo=UTC),
            )
            user.set_password(PASSWORD)
            user.save()
            user.groups.add(Group.objects.get(name=role))
            people[login] = user
            self.added += 1
        return people

    def _missing(self, wanted: Iterable[Any], there: Iterable[Any]) -> list[Any]:
        known = set(there)
        missing = [one for one in wanted if one not in known]
        self.added += len(missing)
        return missing

    def _topics(self) -> None:
        topics = {topic["slug"]: topic for topic in read("topics")["topic"]}
        for slug in self._missing(topics, Topic.objects.values_list("slug", flat=True)):
            Topic.objects.create(slug=slug, **translations("name", topics[slug]["name"]))

    def _organisations(self) -> None:
        organisations = {one["name"]["en"]: one for one in read("organisations")["organisation"]}
        for name in self._missing(organisations, Organisation.objects.values_list("name_en", flat=True)):
            one = organisations[name]
            Organisation.objects.create(
                country_id=one.get("country"),
                **translations("name", one["name"]),
                **translations("abbreviation", one.get("abbreviation", {})),
            )

    def _persons(self) -> None:
        persons = {one["slug"]: one for one in read("people")["person"]}
        for slug in self._missing(persons, Person.objects.values_list("slug", flat=True)):
            person = Person.objects.create(slug=slug, **translations("name", persons[slug]["name"]))
            for office in persons[slug]["office"]:
                Office.objects.create(
                    person=person,
                    country_id=office["country"],
                    organisation_id=self.organisations[office["organisation"]]
                    if "organisation" in office
                    else None,
                    from_on=office["from_on"],
                    until_on=office.get("until_on"),
                    **translations("title", office["title"]),
                )

    def _contacts(self) -> None:
        contacts = {one["name"]["en"]: one for one in read("contacts")["contact"]}
        for name in self._missing(contacts, MediaContact.objects.values_list("name_en", flat=True)):
            one = contacts[name]
            MediaContact.objects.create(
                phone=one["phone"],
                email=one["email"],
                position=one["position"],
                **translations("name", one["name"]),
                **translations("role", one["role"]),
            )

    def _pictures(self) -> None:
        content = read("pictures")
        credit = content.pop("credit")
        names = {picture["title"]: name for name, picture in content.items()}
        for title in self._missing(names, Image.objects.values_list("title", flat=True)):
            picture = content[names[title]]
            take_image(
                pictures.draw(names[title]),
                by=self.people["author"],
                title=title,
                alt=picture["alt"],
                credit=credit,
                focal_point=(picture["focal_point"][0], picture["focal_point"][1]),
            )

    # --- records -------------------------------------------------------------------------------

    def _projects(self) -> None:
        there = Project.objects.values_list("code", flat=True)
        for code in self._missing(keys("projects"), there):
            content = read(f"projects/{code}")
            public_from = self.when(content["public_from"])
            project = Project.objects.create(
                code=code,
                sector=content["sector"],
                lead_image=self.images[content["lead_image"]],
                **translations("name", content["name"]),
                **translations("summary", content["summary"]),
                **translations("description", content["description"]),
            )
            ProjectAlias.objects.bulk_create(
                ProjectAlias(project=project, language=language, text=text)
                for language, texts in content["aliases"].items()
                for text in texts
            )
            Participation.objects.bulk_create(
                Participation(
                    project=project,
                    country_id=one.get("country"),
                    organisation_id=self.organisations[one["organisation"]]
                    if "organisation" in one
                    else None,
                    role=one["role"],
                )
                for one in content["participation"]
            )
            self._publish_record(project, public_from)

    def _agreements(self) -> None:
        agreements = {one["code"]: one for one in read("agreements")["agreement"]}
        there = dict(Agreement.objects.values_list("code", "pk"))
        for code in self._missing(agreements, there):
            content = agreements[code]
            agreement = Agreement.objects.create(
                code=code,
                kind=content["kind"],
                signed_on=content.get("signed_on"),
                in_force_on=content.get("in_force_on"),
                amends_id=there[content["amends"]] if "amends" in content else None,
                **translations("title", content["title"]),
            )
            there[code] = agreement.pk
            agreement.parties.set(content["parties"])
            agreement.projects.set([self.projects[code] for code in content["projects"]])
            if "public_from" in content:
                self._publish_record(agreement, self.when(content["public_from"]))

    def _events(self) -> None:
        events = {one["code"]: one for one in read("events")["event"]}
        for code in self._missing(events, Event.objects.values_list("code", flat=True)):
            content = events[code]
            announced = content.get("announced", content)
            event = Event.objects.create(
                code=code,
                kind=content["kind"],
                starts_at=self.when(announced["starts_at"]),
                ends_at=self.when(announced["ends_at"]),
                accreditation_until=self.when(content["accreditation_until"])
                if "accreditation_until" in content
                else None,
                lead_image=self.images[content["lead_image"]] if "lead_image" in content else None,
                **translations("title", content["title"]),
                **translations("summary", content["summary"]),
                **translations("description", content["description"]),
                **translations("venue", content["venue"]),
                **translations("accreditation", content.get("accreditation", {})),
            )
            event.countries.set(content["countries"])
            event.participants.set([self.persons[slug] for slug in content["participants"]])
            event.projects.set([self.projects[code] for code in content["projects"]])
            self._publish_record(event, self.when(content["public_from"]))
            if "announced" in content:
                with self.then(self.when(announced["moved_at"])):
                    event.starts_at, event.ends_at = (
                        self.when(content[name]) for name in ("starts_at", "ends_at")
                    )
                    event.save()
                    event.write_down("change", by=self.people["editor"], columns=["starts_at", "ends_at"])
            if "cancelled" in content:
                cancelled = content["cancelled"]
                with self.then(self.when(cancelled["at"])), override(cancelled["language"]):
                    event.cancel(by=self.people["editor"], reason=cancelled["reason"])

    def _publish_record(self, record: Project | Agreement | Event, public_from: datetime) -> None:
        with self.then(public_from):
            record.publish(by=self.people["editor"])

    # --- statements ----------------------------------------------------------------------------

    def _statements(self) -> None:
        wanted = {statement_uuid(key): key for key in keys("statements")}
        for identity in self._missing(wanted, Statement.objects.values_list("uuid", flat=True)):
            key = wanted[identity]
            self._statement(identity, read(f"statements/{key}"))

    def _statement(self, identity: uuid.UUID, content: Table) -> None:
        decisive = self.when(content["published_at"] if "published_at" in content else content["written_at"])
        delivered_on: date = content.get("delivered_on") or timezone.localdate(decisive)
        decided = min(decisive, self.at - DECIDED_BEFORE)
        statement = Statement(
            uuid=identity,
            reference=reference(identity, delivered_on.year),
            kind=content["kind"],
            form=content["form"],
            delivered_on=delivered_on,
            event=self.events[content["event"]] if "event" in content else None,
            contact_id=self.contacts[content["contact"]] if "contact" in content else None,
            original_language=content["original_language"],
            created_at=decided - WRITING,
            **translations("place", content["place"]),
        )
        statement.save()
        statement.speakers.set([self.persons[slug] for slug in content["speakers"]])
        statement.topics.set([self.topics[slug] for slug in content["topics"]])
        statement.countries.set(content["countries"])
        originals_first = sorted(
            (language for language in CODES if language in content),
            key=lambda language: language != statement.original_language,
        )
        for turn, language in enumerate(originals_first):
            self._first_edition(statement, language, content, decided + turn * TRANSLATING, decisive)
        for language in originals_first:
            if "correction" in content[language]:
                self._correction(statement, language, content[language])
        for language in originals_first:
            if "withdrawal" in content[language]:
                self._withdrawal(statement, language, content[language]["withdrawal"])
        StatusChange.objects.bulk_create(
            StatusChange(
                project=self.projects[change["project"]],
                status=change["status"],
                source=statement,
                stated_on=delivered_on,
            )
            for change in content.get("status", [])
        )

    def _ledger(self) -> int:
        if Ledger.is_begun():
            return 0
        wanted = {statement_uuid(key): key for key in keys("statements")}
        there = {wanted[one.uuid]: one for one in Statement.objects.filter(uuid__in=wanted)}
        return Ledger(there, self.projects).everything()

    def _first_edition(
        self, statement: Statement, language: str, content: Table, decided: datetime, public_from: datetime
    ) -> None:
        text = content[language]
        state = content.get("state", Edition.State.PUBLISHED)
        lead_image = self.images[content["lead_image"]] if "lead_image" in content else None
        # A translation begins when the original is there.
        writing = WRITING if language == statement.original_language else TRANSLATING - timedelta(minutes=5)
        with self.then(decided - writing):
            edition = statement.start_edition(language=language, by=self._writer(statement, language))
        self._through_the_office(
            edition,
            state,
            decided,
            max(public_from, decided),
            title=text["title"],
            summary=text["summary"],
            body=self._with_pictures(body_of(text)),
            notes_to_editors=text["notes"],
            lead_image=lead_image,
            gallery=[self.images[name] for name in content.get("gallery", [])],
        )

    def _correction(self, statement: Statement, language: str, text: Table) -> None:
        correction = text["correction"]
        state = correction.get("state", Edition.State.PUBLISHED)
        decided = self.when(correction["published_at" if "published_at" in correction else "written_at"])
        with self.then(decided - timedelta(minutes=30)):
            edition = statement.start_edition(language=language, by=self._writer(statement, language))
        changes = corrected(text)
        changes["body"] = self._with_pictures(changes["body"])
        self._through_the_office(edition, state, decided, decided, hurry=0.15, **changes)

    def _through_the_office(
        self,
        edition: Edition,
        state: str,
        decided: datetime,
        public_from: datetime,
        *,
        hurry: float = 1,
        **text: Any,
    ) -> None:
        """Written, submitted, approved and published, each by the one who does that in an office."""
        writer = edition.created_by
        steps: list[tuple[str, timedelta, Callable[[], None]]] = [
            (
                Edition.State.DRAFT,
                SUBMITTING + timedelta(minutes=5),
                lambda: self._write(edition, writer, text),
            ),
            (Edition.State.SUBMITTED, SUBMITTING, lambda: edition.submit(by=writer)),
            (Edition.State.APPROVED, APPROVING, lambda: edition.approve(by=self.people["editor"])),
            (
                Edition.State.PUBLISHED,
                timedelta(),
                lambda: edition.publish(by=self.people["chief"], at=public_from),
            ),
        ]
        for reached, before, step in steps:
            with self.then(decided - before * hurry):
                step()
            if reached == state:
                return

    @staticmethod
    def _write(edition: Edition, writer: User, text: Table) -> None:
        edition.write(by=writer, **text)
        changed = edition.passages_to_settle()
        if changed:
            edition.write(by=writer, settled=[passage.key for passage in changed])
        differing = [each.key for each in edition.open_differences()]
        if differing:
            edition.accept_differences(differing, by=writer, reason=CORRECTED_NEXT[edition.language])

    def _withdrawal(self, statement: Statement, language: str, withdrawal: Table) -> None:
        edition = statement.editions.in_language(language).last_of_series().get()
        with self.then(self.when(withdrawal["at"])):
            edition.withdraw(by=self.people["editor"], reason=withdrawal["reason"])

    def _writer(self, statement: Statement, language: str) -> User:
        return self.people["author" if language == statement.original_language else "translator"]

    def _with_pictures(self, body: str) -> str:
        """The body with the library's tokens in place of the names of the drawn pictures."""
        for name, image in self.images.items():
            body = body.replace(f'data-image="{name}"', f'data-image="{image.token}"')
        return body

    # --- what others name ----------------------------------------------------------------------

    @cached_property
    def topics(self) -> dict[str, Topic]:
        return {topic.slug: topic for topic in Topic.objects.all()}

    @cached_property
    def organisations(self) -> dict[str, int]:
        return dict(Organisation.objects.values_list("name_en", "pk"))

    @cached_property
    def persons(self) -> dict[str, Person]:
        return {person.slug: person for person in Person.objects.all()}

    @cached_property
    def contacts(self) -> dict[str, int]:
        ids = dict(MediaContact.objects.values_list("name_en", "pk"))
        return {one["key"]: ids[one["name"]["en"]] for one in read("contacts")["contact"]}

    @cached_property
    def images(self) -> dict[str, Image]:
        titles = {picture["title"]: name for name, picture in read("pictures").items() if "title" in picture}
        return {titles[image.title]: image for image in Image.objects.filter(title__in=titles)}

    @cached_property
    def projects(self) -> dict[str, Project]:
        return {project.code: project for project in Project.objects.all()}

    @cached_property
    def events(self) -> dict[str, Event]:
        return {event.code: event for event in Event.objects.all()}
