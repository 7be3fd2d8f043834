"""Whom and which events a text leads to by links of its own."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from events.models import Event
from pressoffice.directory.models import Person

if TYPE_CHECKING:
    from .edition import Edition


class NamedQuerySet(models.QuerySet):
    def with_standing(self, at: datetime | None = None) -> Self:
        """With `is_public`: whether a reader finds a page there. In one query, so that the number of queries
        does not tell of what is not public."""
        from articles.named import public_people

        person = Exists(public_people(at).filter(pk=OuterRef("person")))
        event = Exists(Event.objects.live(at).filter(pk=OuterRef("event")))
        return self.select_related("person", "event").annotate(is_public=Q(person) | Q(event))


class NamedInText(models.Model):
    """A person or an event that a body links to. Derived from the body's links when it is written."""

    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="named")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="named_in", null=True, blank=True
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="named_in", null=True, blank=True)

    if TYPE_CHECKING:
        is_public: bool  # where with_standing() puts it

    objects = NamedQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, event__isnull=False)
                | Q(person__isnull=False, event__isnull=True),
                name="articles_named_person_or_event",
            ),
            models.UniqueConstraint(fields=["edition", "person"], name="articles_named_person_once"),
            models.UniqueConstraint(fields=["edition", "event"], name="articles_named_event_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} in {self.edition_id}"

    @property
    def kind(self) -> str:
        """As articles.bodies.leads_to tells it. No query when person and event are selected."""
        return "people" if self.person_id else "events"

    @property
    def key(self) -> str:
        named: Any = self.person or self.event
        return named.slug if self.person_id else named.code


def derive_named(edition: "Edition", links: set[tuple[str, str]]) -> None:
    """Let the rows agree with the links in the body; a link to what we do not have has none."""
    people = Person.objects.filter(slug__in=[key for kind, key in links if kind == "people"])
    events = Event.objects.filter(code__in=[key for kind, key in links if kind == "events"])
    edition.named.all().delete()
    NamedInText.objects.bulk_create(
        [
            *(NamedInText(edition_id=edition.pk, person=person) for person in people),
            *(NamedInText(edition_id=edition.pk, event=event) for event in events),
        ]
    )
