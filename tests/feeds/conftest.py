import os
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pressoffice.publishing import moment
from projects.models import Participation
from tests.makers import (
    body_about,
    in_three,
    make_commitment,
    make_country,
    make_document,
    make_edition,
    make_event,
    make_image,
    make_person,
    make_project,
    make_statement,
    make_status,
    make_topic,
)

# The feedparser that `reader` brings along needs a package of which there are no wheels.
os.environ["READER_NO_VENDORED_FEEDPARSER"] = "1"

T = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)


@pytest.fixture
def news() -> Any:
    """One of everything that makes news, in three languages: the Russian text and what belongs to it."""
    before = T - timedelta(days=30)
    with moment.fixed(before):
        image, document = make_image(), make_document()
        project = make_project("road", at=before, lead_image=make_image(), **in_three("summary", "A road"))
        kazakhstan = make_country("KZ")
        Participation.objects.create(project=project, country=kazakhstan, role="funding")
        event = make_event("council", at=before, **in_three("summary", "A meeting"))
        event.countries.add(kazakhstan)
        event.projects.add(project)
    with moment.fixed(T):
        statement = make_statement(
            topics=[make_topic("Water")],
            speakers=[make_person("Speaker")],
            countries=[kazakhstan],
            kind="interview",
            original_language="ru",
        )
        editions = [
            make_edition(
                statement=statement,
                language=language,
                # What XML has other names for, and a sign that it cannot say at all.
                title="Дорога <280> & «мост»",
                summary="Кратко & ясно.",
                body=body_about(project) + '<p><a href="/ru/events/">События</a></p>',
                lead_image=image,
                attachments=[document],
                at=T,
            )
            for language in ("ru", "ky", "en")
        ]
        make_status(project, statement, stated_on=T.date())
        make_commitment(project, statement, stated_on=T.date(), due_on=T.date() + timedelta(days=100))
    return editions[0]
