"""Whom and what public texts and events name: nobody else of the directory is told of."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from events.models import Event
from pressoffice.directory.models import Person, Topic

from .models import Edition


def public_people(at: datetime | None = None) -> Any:
    """Whom a public text or event names."""
    spoke = Edition.objects.live(at).filter(statement__speakers=OuterRef("pk"))
    came = Event.objects.live(at).filter(participants=OuterRef("pk"))
    return Person.objects.filter(Exists(spoke) | Exists(came))


def public_topics(at: datetime | None = None) -> Any:
    """What a public text is about."""
    return Topic.objects.filter(Exists(Edition.objects.live(at).filter(statement__topics=OuterRef("pk"))))
