"""The index follows the steps, in their transactions: what was published is found, or was not published."""

from typing import Any

from django.db.models.signals import post_save

from articles.models import Edition, Statement
from events.models import Event
from pressoffice.directory.models import Person, Topic
from pressoffice.publishing import events
from projects.models import Agreement, Project

from .indexing import index, index_new
from .models import Entry


def connect() -> None:
    events.step_taken.connect(follow, dispatch_uid="search.follow")
    # The directory has no steps: names change in place.
    for model in (Person, Topic):
        post_save.connect(renamed, sender=model, dispatch_uid=f"search.renamed.{model.__name__}")


def follow(instance: Any, step: str, **kwargs: Any) -> None:
    if isinstance(instance, Edition) and step in {"publish", "publish_urgently", "cancel_publication"}:
        index([instance])
        index_new([*instance.statement.speakers.all(), *instance.statement.topics.all()])
    elif isinstance(instance, Statement):
        index(instance.editions.published())
        index_new([*instance.speakers.all(), *instance.topics.all()])
    elif isinstance(instance, Project | Event | Agreement) and instance.live_from is not None:
        index([instance])
        if isinstance(instance, Event):
            index_new(instance.participants.all())


def renamed(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:  # noqa: FBT001, FBT002
    """Only of those that have entries: somebody whom nothing public names stays easy to delete."""
    name = "topic" if sender is Topic else "person"
    if not raw and Entry.objects.filter(**{name: instance.pk}).exists():
        index([instance])
