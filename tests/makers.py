"""Small makers of things, by the real verbs: a test names only what it is about."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.models import Edition, Passage, Statement
from events.models import Event
from pressoffice.accounts import roles, second_factor, sign_ins
from pressoffice.accounts.models import BackupCode, Factor, SignIn, User
from pressoffice.directory.models import Country, MediaContact, Office, Person, Topic
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
from pressoffice.media.models import Document, Image
from pressoffice.publishing import moment
from pressoffice.publishing.slugs import slug_of
from projects.models import Agreement, Place, Project

_numbers = count(1)


def somebody(role: str) -> User:
    """The one person of that role whom makers let act."""
    user, is_new = User.objects.get_or_create(
        username=f"maker-{role.lower().replace(' ', '-')}", defaults={"is_staff": True}
    )
    if is_new:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_app(user: User, name: str = "Телефон") -> TOTPDevice:
    """An app that shows codes, set up as somebody would; `code_of` reads it."""
    BackupCode.objects.get_or_create(user=user, digest="printed", defaults={"made_at": timezone.now()})
    return TOTPDevice.objects.create(user=user, name=name)


def code_of(app: TOTPDevice, *, steps: int = 0) -> str:
    """What the app shows now, or `steps` of half a minute later."""
    totp = TOTP(app.bin_key, app.step, app.t0, app.digits, app.drift + steps)
    totp.time = time()
    return f"{totp.token():06d}"


def sign_in(client: Client, user: User) -> SignIn:
    """Log `user` in with both factors, without the pages of the log-in: `force_login` gives the first one,
    and the session is let in by the functions that the pages call."""
    if not second_factor.has_devices(user):
        make_app(user)
    client.force_login(user)
    request = HttpRequest()
    request.session = client.session
    found = user.sign_ins.get(public_id=request.session[sign_ins.KEY])
    sign_ins.prove(request, found, Factor.APP)
    sign_ins.let_in(request, found)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return found


def in_three(name: str, text: str) -> dict[str, str]:
    return {f"{name}_ky": f"{text} (ky)", f"{name}_ru": f"{text} (ru)", f"{name}_en": f"{text} (en)"}


def make_topic(name: str = "") -> Topic:
    name = name or f"Topic {next(_numbers)}"
    return Topic.objects.create(slug=name.lower().replace(" ", "-"), **in_three("name", name))


def _bring(record: Any, state: str, at: Any) -> Any:
    """`state`: draft, live, scheduled, removed or (events) cancelled."""
    chief = somebody(roles.CHIEF_EDITOR)
    if state == "draft":
        return record
    if state == "scheduled":
        record.publish(by=chief, at=at or moment.now() + timedelta(days=2))
        return record
    begin = at or moment.now() - timedelta(days=30)
    with moment.fixed(begin):
        record.publish(by=chief)
    with moment.fixed(min(begin + timedelta(minutes=1), moment.now())):
        if state == "removed":
            record.remove(by=chief, reason="Published by mistake.")
        elif state == "cancelled":
            record.cancel(by=chief, reason="The guests cannot come.")
    return record


def make_project(code: str = "", *, state: str = "live", at: Any = None, **facts: Any) -> Project:
    code = code or f"project-{next(_numbers)}"
    defaults = {
        "sector": "transport",
        **in_three("name", code.replace("-", " ").capitalize()),
        **in_three("summary", f"Summary of {code}"),
    }
    return _bring(Project.objects.create(code=code, **{**defaults, **facts}), state, at)


def make_agreement(
    code: str = "", *, state: str = "live", at: Any = None, projects: Any = (), **facts: Any
) -> Agreement:
    code = code or f"agreement-{next(_numbers)}"
    defaults = {"kind": "agreement", "signed_on": "2003-12-25", **in_three("title", code.capitalize())}
    agreement = Agreement.objects.create(code=code, **{**defaults, **facts})
    agreement.projects.set(projects)
    return _bring(agreement, state, at)


def make_event(code: str = "", *, state: str = "live", at: Any = None, days: int = 5, **facts: Any) -> Event:
    """`days` from now until it starts; negative for the past."""
    code = code or f"event-{next(_numbers)}"
    starts_at = moment.now() + timedelta(days=days)
    defaults = {
        "kind": "visit",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        **in_three("title", code.replace("-", " ").capitalize()),
        **in_three("venue", "Bishkek"),
    }
    return _bring(Event.objects.create(code=code, **{**defaults, **facts}), state, at)


def make_statement(**facts: Any) -> Statement:
    topics = facts.pop("topics", [])
    countries = facts.pop("countries", [])
    speakers = facts.pop("speakers", [])
    statement = Statement.objects.create(
        **{"original_language": "ru", "delivered_on": date(2026, 8, 22), **facts}
    )
    statement.topics.set(topics)
    statement.countries.set(countries)
    statement.speakers.set(speakers)
    return statement


def body_about(project: Project, words: str = "280 km of road", relation: str = "figure") -> str:
    return (
        "<p>Of the joint work the minister said this: "
        f'<span data-project="{project.code}" data-relation="{relation}">{words}</span> are under way.</p>'
    )


def make_edition(
    *,
    state: str = "live",
    language: str = "ru",
    statement: Statement | None = None,
    at: Any = None,
    by: User | None = None,
    about: Any = None,
    **content: Any,
) -> Edition:
    """`state`: draft, submitted, approved, scheduled, live, superseded, withdrawn, removed or discarded.

    `at`: when it went, or shall go, public. A superseded edition's successor is `edition.successors.get()`.
    """
    statement = statement or make_statement(original_language=language)
    author, editor, chief = (
        by or somebody(roles.AUTHOR),
        somebody(roles.EDITOR),
        somebody(roles.CHIEF_EDITOR),
    )
    now = moment.now()
    past = at or now - timedelta(days=20)
    with moment.fixed(min(past, now) - timedelta(days=1)):
        edition = statement.start_edition(language=language, by=author)
        # In letters: numbers that differ from language to language would hold up the publication.
        name = "".join(chr(ord("a") + int(digit)) for digit in str(next(_numbers)))
        defaults: dict[str, Any] = {
            "title": f"Title {name} ({language})",
            "summary": f"Summary {name}",
            "body": f"<p>Body {name}.</p>",
        }
        if edition.base_id:
            defaults["change_note"] = f"Change {name}"
        edition.write(by=author, about=about, **{**defaults, **content})
        if state == "draft":
            return edition
        if state == "discarded":
            edition.discard(by=editor)
            return edition
        edition.submit(by=author)
        if state == "submitted":
            return edition
        edition.approve(by=editor)
        if state == "approved":
            return edition
        if state == "scheduled":
            edition.publish(by=chief, at=at or now + timedelta(days=2))
            return edition
    with moment.fixed(past):
        edition.publish(by=chief)
    if state == "superseded":
        make_edition(language=language, statement=statement, at=past + timedelta(days=5), body=edition.body)
    elif state == "withdrawn":
        edition.withdraw(by=chief, reason="The figures were wrong.")
    elif state == "removed":
        edition.remove(by=chief, reason="It named a private person.")
    edition.refresh_from_db()
    return edition


def speaks_of(source: Statement, project: Project) -> None:
    """Let the statement's texts speak of the project: without that nothing it says of it is a fact."""
    if not Passage.objects.filter(edition__statement=source, project=project).exists():
        for edition in source.editions.all() or [
            source.start_edition(language="ky", by=somebody(roles.AUTHOR))
        ]:
            Passage.objects.create(
                edition=edition, project=project, relation=Passage.Relation.MENTIONS, position=0
            )


def make_status(
    project: Project, source: Statement, status: str = "implementation", stated_on: Any = "2026-08-22"
) -> StatusChange:
    speaks_of(source, project)
    return StatusChange.objects.create(project=project, source=source, status=status, stated_on=stated_on)


def make_commitment(project: Project, source: Statement, **facts: Any) -> Commitment:
    speaks_of(source, project)
    defaults = {"stated_on": date(2024, 12, 11), **in_three("text", "The road is opened")}
    return Commitment.objects.create(project=project, source=source, **{**defaults, **facts})


def make_place(project: Project, **facts: Any) -> Place:
    defaults = {**in_three("name", "Road"), "geometry": [[76.9, 43.2], [77.1, 42.7]]}
    return Place.objects.create(project=project, **{**defaults, **facts})


def make_milestone(project: Project, **facts: Any) -> Milestone:
    return Milestone.objects.create(
        project=project, **{**in_three("name", f"Milestone {next(_numbers)}"), **facts}
    )


def make_milestone_date(milestone: Milestone, source: Statement, **facts: Any) -> MilestoneDate:
    speaks_of(source, milestone.project)
    defaults = {
        "kind": "planned",
        "on": date(2017, 6, 1),
        "precision": "season",
        "stated_on": date(2015, 5, 1),
    }
    return MilestoneDate.objects.create(milestone=milestone, source=source, **{**defaults, **facts})


def make_indicator(project: Project, **facts: Any) -> Indicator:
    defaults = {**in_three("name", f"Indicator {next(_numbers)}"), "unit": "km"}
    return Indicator.objects.create(project=project, **{**defaults, **facts})


def make_measurement(indicator: Indicator, source: Statement, **facts: Any) -> Measurement:
    speaks_of(source, indicator.project)
    defaults = {"value": Decimal(280), "stated_on": date(2024, 12, 11)}
    return Measurement.objects.create(indicator=indicator, source=source, **{**defaults, **facts})


def make_target(indicator: Indicator, source: Statement, **facts: Any) -> Target:
    speaks_of(source, indicator.project)
    defaults = {"value": Decimal(280), "stated_on": date(2024, 12, 11)}
    return Target.objects.create(indicator=indicator, source=source, **{**defaults, **facts})


def make_budget_line(project: Project, source: Statement, **facts: Any) -> BudgetLine:
    speaks_of(source, project)
    defaults = {
        "kind": "estimate",
        "amount": Decimal(3_000_000),
        "currency": "USD",
        "stated_on": date(2024, 12, 11),
    }
    return BudgetLine.objects.create(project=project, source=source, **{**defaults, **facts})


def make_person(name: str = "", *, office: str = "Minister", **facts: Any) -> Person:
    name = name or f"Person {next(_numbers)}"
    slug = slug_of(name, otherwise="person")
    person = Person.objects.create(**{"slug": slug, **in_three("name", name), **facts})
    if office:
        Office.objects.create(person=person, **in_three("title", office))
    return person


def make_contact(name: str = "", **facts: Any) -> MediaContact:
    name = name or f"Contact {next(_numbers)}"
    return MediaContact.objects.create(
        **{**in_three("name", name), "email": "press@ministry.example", **facts}
    )


def make_country(code: str) -> Country:
    """One of the directory's, which come with its migrations; made where a test has emptied it."""
    return Country.objects.get_or_create(code=code, defaults=in_three("name", code))[0]


def make_image(title: str = "", **facts: Any) -> Image:
    """Rows and files such as intake makes, without the decoding that makes intake slow."""
    title = title or f"Picture {next(_numbers)}"
    defaults = {
        "title": title,
        **in_three("alt", f"What {title} shows"),
        "original": ContentFile(b"kept copy", name="original.jpg"),
        "width": 960,
        "height": 640,
        "byte_size": 9,
        "source_format": "jpeg",
        "checksum": f"{next(_numbers):064x}",
        "uploaded_by": somebody(roles.AUTHOR),
    }
    image = Image.objects.create(**{**defaults, **facts})
    for ratio in ("full", "3x2"):
        for file_format in ("webp", "jpeg"):
            content = f"{title} {ratio} {file_format}".encode()
            image.renditions.create(
                ratio=ratio,
                width=960,
                height=640,
                format=file_format,
                file=ContentFile(content, name="rendition"),
                byte_size=len(content),
                checksum=f"{next(_numbers):064x}",
            )
    return image


def make_document(title: str = "", **facts: Any) -> Document:
    title = title or f"Document {next(_numbers)}"
    content = f"%PDF-1.7 {title}".encode()
    defaults = {
        **in_three("title", title),
        "file": ContentFile(content, name="document.pdf"),
        "format": "pdf",
        "byte_size": len(content),
        "checksum": f"{next(_numbers):064x}",
        "uploaded_by": somebody(roles.AUTHOR),
    }
    return Document.objects.create(**{**defaults, **facts})


def make_facts(
    project: Project, source: Statement, stated_on: date, due_on: date | None = None, **promise: Any
) -> None:
    """One of each kind but a status, all from one statement."""
    said = {"stated_on": stated_on}
    make_commitment(project, source, due_on=due_on, due_precision="year", **said, **promise)
    make_budget_line(project, source, country=make_country("KG"), **said)
    make_milestone_date(make_milestone(project), source, **said)
    indicator = make_indicator(project)
    make_measurement(indicator, source, **said)
    make_target(indicator, source, **said)
