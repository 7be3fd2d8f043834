"""What is in the index, and how it comes there."""

from collections.abc import Callable, Iterable, Iterator
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


_MADE_OF: dict[Any, tuple[str, Callable[[Any], Iterator[Entry]]]] = {
    Edition: ("edition", _of_edition),
    Project: ("project", _of_project),
    Event: ("event", _of_event),
    Agreement: ("agreement", _of_agreement),
    Person: ("person", _of_person),
    Topic: ("topic", _of_topic),
}


WRITTEN = ("title", "text", "day", "title_words", "lead_words", "words")
TOGETHER = 100


def index(things: Iterable[models.Model]) -> int:
    """Make the entries of these things anew; how many they are. Four queries for each kind of thing, and
    those that reading the things takes."""
    by_kind: dict[type, list[models.Model]] = {}
    for thing in things:
        by_kind.setdefault(type(thing), []).append(thing)
    with transaction.atomic():
        return sum(_index(kind, by_kind[kind]) for kind in _MADE_OF if kind in by_kind)


def _index(kind: type, things: list[Any]) -> int:
    name, entries_of = _MADE_OF[kind]
    # In one order: two publications at once that name the same people must not wait for one another.
    things.sort(key=lambda thing: thing.pk)
    made = Entry.objects.bulk_create(
        [entry for thing in things for entry in entries_of(thing) if entry.title],
        update_conflicts=True,
        unique_fields=[name] if kind is Edition else [name, "language"],
        update_fields=WRITTEN,
    )
    Entry.objects.filter(**{f"{name}__in": things}).exclude(pk__in=[entry.pk for entry in made]).delete()
    TitleWord.objects.filter(entry__in=made).delete()
    TitleWord.objects.bulk_create([word for entry in made for word in _vocabulary(entry)], batch_size=500)
    return len(made)


def index_new(things: Iterable[models.Model]) -> None:
    """Of these people or topics, those that have no entries yet."""
    for kind in (Person, Topic):
        name = _MADE_OF[kind][0]
        mine = {thing.pk: thing for thing in things if type(thing) is kind}
        there = Entry.objects.filter(**{f"{name}__in": list(mine)}).values_list(name, flat=True)
        index([mine[pk] for pk in mine.keys() - set(there)])


def _vocabulary(entry: Entry) -> Iterator[TitleWord]:
    seen = set()
    for word in written(entry.title):
        for part in word.parts:
            key = sound(folded(part, ""))
            if len(key) >= SHORTEST_TITLE_WORD and not key.isdigit() and key not in seen:
                seen.add(key)
                yield TitleWord(
                    entry=entry,
                    language=entry.language,
                    word=part[:60].casefold(),
                    key=key,
                    initial=key[0],
                    length=len(key),
                )


def everything() -> Iterator[models.QuerySet]:
    """What may be in the index, each with what its entries are made of."""
    published = Edition.objects.published()
    yield published.select_related("statement").prefetch_related(
        "statement__speakers", "statement__topics", "statement__countries"
    )
    yield Project.objects.filter(live_from__isnull=False).prefetch_related("aliases")
    yield Event.objects.filter(live_from__isnull=False).prefetch_related("participants")
    yield Agreement.objects.filter(live_from__isnull=False)
    # Whom nothing public names is in no answer: `live()` sees to that.
    yield Person.objects.filter(
        Q(pk__in=Person.objects.filter(statements__editions__in=published).values("pk"))
        | Q(pk__in=Person.objects.filter(events__live_from__isnull=False).values("pk"))
    )
    yield Topic.objects.filter(pk__in=Topic.objects.filter(statements__editions__in=published).values("pk"))


def rebuild() -> int:
    """All entries anew, some at a time: readers go on finding, and editors do not wait. How many they are."""
    count = 0
    for things in everything():
        name = _MADE_OF[things.model][0]
        chunk: list[models.Model] = []
        for thing in things.order_by("pk").iterator(chunk_size=TOGETHER):
            chunk.append(thing)
            if len(chunk) == TOGETHER:
                count += index(chunk)
                chunk = []
        count += index(chunk)
        Entry.objects.filter(**{f"{name}__isnull": False}).exclude(
            **{f"{name}__in": things.order_by().prefetch_related(None).select_related(None).values("pk")}
        ).delete()
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
