"""Items as the rows they become, not yet saved."""

import secrets
from typing import TYPE_CHECKING

from articles.bodies import image_tokens, marked_passages, without_figures, without_passages
from articles.models import Edition, Statement
from articles.models.statement import REFERENCE_ALPHABET
from events.models import Event
from pressoffice.publishing import moment
from projects.models import Project

from .items import EventItem, ProjectItem, TextItem

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


def columns(name: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{code}": words for code, words in texts.items()}


def project(item: ProjectItem) -> Project:
    return Project(
        code=item.key,
        sector=item.sector,
        state=Project.State.PUBLISHED,
        live_from=item.public_from,
        **columns("name", item.names),
        **columns("summary", item.summaries),
        **columns("description", item.descriptions),
    )


def event(item: EventItem) -> Event:
    return Event(
        code=item.key,
        kind=item.kind,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
        state=Event.State.PUBLISHED,
        live_from=item.public_from,
        **columns("title", item.titles),
        **columns("summary", item.summaries),
        **columns("venue", item.venues),
    )


def edition(item: TextItem, statement: Statement, by: "User") -> Edition:
    """The text as it was public. Marks and pictures of another house mean nothing here."""
    body = without_passages(item.body, {mark.project_code for mark in marked_passages(item.body)})
    body = without_figures(body, set(image_tokens(body)))
    now = moment.now()
    edition = Edition(
        statement=statement,
        language=item.language,
        number=1,
        title=item.title,
        slug=item.slug,
        summary=item.summary,
        body=body,
        state=Edition.State.PUBLISHED,
        live_from=item.public_from,
        public_since=item.public_from,
        created_by=by,
        created_at=now,
        updated_at=now,
        published_by=by,
    )
    edition.content_hash = edition.approved_hash = edition._hash_of_content([sorted(item.projects), []])
    return edition


def give_references(statements: list[Statement]) -> None:
    waiting = statements
    given: set[str] = set()
    while waiting:
        for statement in waiting:
            year = statement.delivered_on.year if statement.delivered_on else moment.now().year
            letters = "".join(secrets.choice(REFERENCE_ALPHABET) for _each in range(4))
            statement.reference = f"{year}-{letters}"
        asked = [each.reference for each in waiting]
        taken = set(Statement.objects.filter(reference__in=asked).values_list("reference", flat=True))
        again = []
        for statement in waiting:
            if statement.reference in taken or statement.reference in given:
                again.append(statement)
            given.add(statement.reference)
        waiting = again
