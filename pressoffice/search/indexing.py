"""What is in the index, and how it comes there."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import connections, models, transaction
from django.db.models import Q
from django.utils import timezone

from articles.bodies import body_text
from articles.models import Edition
from events.models import Event
from pressoffice.directory.models import Person, Topic
from pressoffice.publishing.languages import CODES
from projects.inflection import folded
from projects.models import Agreement, Project

from .engines import engine
from .models import Entry, TitleWord
from .words import keys_of_text, sound, written

SHORTEST_TITLE_WORD = 4
# Of the keys of one text: a speech of six hours is not to fill the index.
LONGEST_TEXT = 200_000


def _entry(
    what: str,
    language: str,
    *,
    title: str,
    lead: str = "",
    text: str = "",
    also: Iterable[str] = (),
    day: date | None = None,
    **thing: Any,
) -> Entry:
    """`lead`: a summary; `also`: what finds it without being shown (other names, speakers)."""
    in_title = keys_of_text(title, language)
    in_lead = in_title | keys_of_text(lead, language)
    everywhere = in_lead.union(
        keys_of_text(text[:LONGEST_TEXT], language), *(keys_of_text(each, language) for each in also)
    )
    return Entry(
        what=what,
        language=language,
        title=title,
        text="\n".join(filter(None, [lead, text[:LONGEST_TEXT]])),
        day=day,
        title_words=" ".join(sorted(in_title)),
        lead_words=" ".join(sorted(in_lead)),
        words=" ".join(sorted(everywhere)),
        **thing,
    )


def _in(thing: models.Model, name: str, language: str) -> str:
    return getattr(thing, f"{name}_{language}")


def _of_edition(edition: Edition) -> Iterator[Entry]:
    statement, language = edition.statement, edition.language
    named = [*statement.speakers.all(), *statement.topics.all(), *statement.countries.all()]
    if edition.public_since is not None:
        yield _entry(
            Entry.What.STATEMENT,
            language,
            title=edition.title,
            lead=edition.summary,
            text=body_text(edition.body),
            also=[
                statement.reference,
                _in(statement, "place", language),
                *(_in(each, "name", language) for each in named),
            ],
            day=statement.delivered_on or timezone.localdate(edition.public_since),
            edition=edition,
        )


def _of_project(project: Project) -> Iterator[Entry]:
    aliases = list(project.aliases.all())
    for language in CODES:
        yield _entry(
            Entry.What.PROJECT,
            language,
            title=_in(project, "name", language),
            lead=_in(project, "summary", language),
            text=_in(project, "description", language),
            also=[alias.text for alias in aliases],
            project=project,
        )


def _of_event(event: Event) -> Iterator[Entry]:
    people = list(event.participants.all())
    for language in CODES:
        yield _entry(
            Entry.What.EVENT,
            language,
            title=_in(event, "title", language),
            lead=_in(event, "summary", language),
            text=_in(event, "description", language),
            also=[_in(event, "venue", language), *(_in(person, "name", language) for person in people)],
            day=timezone.localdate(event.starts_at),
            event=event,
        )


def _of_agreement(agreement: Agreement) -> Iterator[Entry]:
    for language in CODES:
        yield _entry(
            Entry.What.AGREEMENT,
            language,
            title=_in(agreement, "title", language),
            day=agreement.signed_on,
            agreement=agreement,
        )


def _of_person(person: Person) -> Iterator[Entry]:
    # Without the offices: one that is entered ahead of its announcement would be told.
    for language in CODES:
        yield _entry(Entry.What.PERSON, language, title=_in(person, "name", language), person=person)


def _of_topic(topic: Topic) -> Iterator[Entry]:
    for language in CODES:
        yield _entry(Entry.What.TOPIC, language, title=_in(topic, "name", language), topic=topic)


_MADE_OF = {
    Edition: ("edition", _of_edition),
    Project: ("project", _of_project),
    Event: ("event", _of_event),
    Agreement: ("agreement", _of_agreement),
    Person: ("person", _of_person),
    Topic: ("topic", _of_topic),
}


def index(things: Iterable[models.Model]) -> None:
    """Make the entries of these things anew. Four queries and those that reading the things takes."""
    for thing in things:
        name, entries_of = _MADE_OF[type(thing)]  # type: ignore[index]
        with transaction.atomic():
            Entry.objects.filter(**{name: thing.pk}).delete()
            _add(entries_of(thing))  # type: ignore[operator]


def _add(entries: Iterable[Entry]) -> int:
    made = Entry.objects.bulk_create(entry for entry in entries if entry.title)
    TitleWord.objects.bulk_create((word for entry in made for word in _vocabulary(entry)), batch_size=500)
    return len(made)


def _vocabulary(entry: Entry) -> Iterator[TitleWord]:
    seen = set()
    for word in written(entry.title):
        for part in word.parts:
            key = sound(folded(part, ""))
            if len(key) >= SHORTEST_TITLE_WORD and not key.isdigit() and key not in seen:
                seen.add(key)
                yield TitleWord(
                    entry=entry, word=part[:60].casefold(), key=key, initial=key[0], length=len(key)
                )


def everything() -> Iterator[models.Model]:
    """What may be in the index, each with what its entries are made of."""
    yield from (
        Edition.objects.published()
        .select_related("statement")
        .prefetch_related("statement__speakers", "statement__topics", "statement__countries")
        .iterator(chunk_size=200)
    )
    yield from Project.objects.filter(live_from__isnull=False).prefetch_related("aliases")
    yield from Event.objects.filter(live_from__isnull=False).prefetch_related("participants")
    yield from Agreement.objects.filter(live_from__isnull=False)
    # Whom nothing public names now is in no answer; `live()` sees to that.
    yield from Person.objects.filter(
        Q(statements__editions__in=Edition.objects.published()) | Q(events__live_from__isnull=False)
    ).distinct()
    yield from Topic.objects.filter(statements__editions__in=Edition.objects.published()).distinct()


def rebuild() -> int:
    """All entries anew, in one transaction: readers find what they found until it is done. How many."""
    count = 0
    with transaction.atomic():
        Entry.objects.all().delete()
        for thing in everything():
            count += _add(_MADE_OF[type(thing)][1](thing))  # type: ignore[index, operator]
    return count


def prepare(using: str, **kwargs: Any) -> None:
    """After every migrate: the database's own index, and at the first time what it is to hold."""
    connection = connections[using]
    if Entry._meta.db_table not in connection.introspection.table_names():
        return
    is_first = not engine(using).is_installed(connection)
    engine(using).install(connection)
    if is_first:
        rebuild()
