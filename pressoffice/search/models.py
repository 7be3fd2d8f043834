from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Edition
from articles.named import public_people, public_topics
from events.models import Event
from pressoffice.directory.models import Person, Topic
from pressoffice.publishing.periods import live
from projects.models import Agreement, Project

from .words import LONGEST_KEY


class EntryQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Of what readers can open. No period is copied: each thing is asked by its own rule."""
        records = [live(at, through=name) for name in ("edition", "project", "event", "agreement")]
        named = Q(person__in=public_people(at)) | Q(topic__in=public_topics(at))
        return self.filter(reduce(or_, records) | named)

    def in_language(self, language: str) -> Self:
        return self.filter(language=language)


class Entry(models.Model):
    """A thing in one language, as the search finds it. Derived: `manage.py rebuild_search` makes all anew.

    Entries of what is not public may be there: `live()` decides, in every question that is asked.
    """

    class What(models.TextChoices):
        STATEMENT = "statement", _("Statements")
        PROJECT = "project", _("Joint projects")
        EVENT = "event", _("Events")
        PERSON = "person", _("Persons")
        TOPIC = "topic", _("Topics")
        AGREEMENT = "agreement", _("Agreements")

    what = models.CharField(max_length=10, choices=What)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    title = models.TextField()
    text = models.TextField(blank=True)  # what snippets are cut from
    day = models.DateField(null=True)  # what it is of, for order and years
    # Keys (see `words`) parted by blanks: of the title, of the title and the summary, of everything.
    title_words = models.TextField(blank=True)
    lead_words = models.TextField(blank=True)
    words = models.TextField(blank=True)

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", null=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", null=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+", null=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", null=True)
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+", null=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="+", null=True)

    THINGS = ("edition", "project", "event", "person", "topic", "agreement")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        default_permissions = ()  # nobody writes it by hand
        constraints = [
            models.CheckConstraint(
                condition=Q(what="statement", edition__isnull=False)
                | Q(what="project", project__isnull=False)
                | Q(what="event", event__isnull=False)
                | Q(what="person", person__isnull=False)
                | Q(what="topic", topic__isnull=False)
                | Q(what="agreement", agreement__isnull=False),
                name="search_entry_names_its_thing",
            ),
            # NULLs are distinct: each of these is about entries of its own kind.
            models.UniqueConstraint(fields=["edition"], name="search_entry_edition_once"),
            models.UniqueConstraint(fields=["project", "language"], name="search_entry_project_once"),
            models.UniqueConstraint(fields=["event", "language"], name="search_entry_event_once"),
            models.UniqueConstraint(fields=["person", "language"], name="search_entry_person_once"),
            models.UniqueConstraint(fields=["topic", "language"], name="search_entry_topic_once"),
            models.UniqueConstraint(fields=["agreement", "language"], name="search_entry_agreement_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def thing(self) -> Any:
        """What it is of. No query after `with_things()`."""
        return getattr(self, "edition" if self.what == self.What.STATEMENT else self.what)

    @property
    def kind_label(self) -> str:
        """What kind of thing, in the reader's language."""
        if self.edition is not None:
            return self.edition.statement.get_kind_display()
        labels = {
            self.What.PROJECT: _("Joint project"),
            self.What.EVENT: _("Event"),
            self.What.PERSON: _("Person"),
            self.What.TOPIC: _("Topic"),
        }
        return str(
            labels[self.What(self.what)] if self.agreement is None else self.agreement.get_kind_display()
        )

    @property
    def is_withdrawn(self) -> bool:
        return self.edition is not None and self.edition.is_withdrawn

    @property
    def is_cancelled(self) -> bool:
        return self.event is not None and self.event.is_cancelled

    @property
    def is_moved(self) -> bool:
        """No query where the event's `moves` are prefetched."""
        return self.event is not None and self.event.last_move is not None

    @property
    def shown_day(self) -> date | None:
        """The one that lists show: of a statement the day it went public, which may be after it was given."""
        if self.edition is not None and self.edition.public_since is not None:
            return timezone.localdate(self.edition.public_since)
        return self.day


class TitleWord(models.Model):
    """A word of a title as it is written there: what a misspelt word may have meant."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="title_vocabulary")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)  # the entry's
    word = models.CharField(max_length=60)
    key = models.CharField(max_length=LONGEST_KEY)
    initial = models.CharField(max_length=1)  # of the key
    length = models.PositiveSmallIntegerField()  # of the key

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["language", "initial", "length"], name="search_titleword_alike")]

    def __str__(self) -> str:
        return self.word
