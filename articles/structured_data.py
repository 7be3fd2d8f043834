"""Statements and the people who make them, as schema.org names such things."""

from collections.abc import Iterable
from typing import Any

from pressoffice.directory.models import InOffice, Office, Person
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.structured_data import Data, named, publisher, without_empty
from projects.models import Project

from .models import Edition


def news_article(
    edition: Edition,
    *,
    speakers: Iterable[InOffice],
    projects: Iterable[Project],
    corrections: Iterable[Edition],
    texts: Iterable[Edition],
    images: Iterable[str],
) -> Data:
    """Of a public text. `texts`: those public in other languages; `images`: addresses here. No query."""
    statement = edition.statement
    address = absolute(edition.get_absolute_url())
    others = [
        {"@type": "NewsArticle", "@id": absolute(other.get_absolute_url()), "inLanguage": other.language}
        for other in texts
    ]
    original = [other for other in others if other["inLanguage"] == statement.original_language]
    return {
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": edition.title,
        "description": edition.summary,
        "inLanguage": edition.language,
        "identifier": statement.reference,
        "version": edition.number,
        "datePublished": _moment(edition.public_since),
        "dateModified": _moment(edition.revised_at or edition.public_since),
        "creativeWorkStatus": "Withdrawn" if edition.is_withdrawn else "Published",
        "genre": str(statement.get_kind_display()),
        "isAccessibleForFree": True,
        "author": publisher(),
        "publisher": publisher(),
        "contributor": [_in_office(each) for each in speakers],
        "contentLocation": named("Place", statement.place) if statement.place else None,
        "about": [named("Project", each.name, each.get_absolute_url()) for each in projects],
        "keywords": [topic.name for topic in statement.topics.all()],
        "mentions": [named("Country", country.name) for country in statement.countries.all()],
        "image": [absolute(each) for each in images],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": each.change_note,
                "datePublished": _moment(each.live_from),
            }
            for each in corrections
        ],
        "translationOfWork": original,
        "workTranslation": others if edition.language == statement.original_language else [],
    }


def profile(person: Person, offices: Iterable[Office]) -> Data:
    """`offices`: those that readers know of, the newest first."""
    titles = [office.title for office in offices]
    return {
        "@type": "ProfilePage",
        "url": absolute(person.get_absolute_url()),
        "mainEntity": {**named("Person", person.name, person.get_absolute_url()), "jobTitle": titles},
    }


def _in_office(speaker: InOffice) -> Data:
    person = named("Person", speaker.person.name, speaker.person.get_absolute_url())
    return without_empty({**person, "jobTitle": speaker.office.title if speaker.office else ""})


def _moment(at: Any) -> str:
    return at.isoformat(timespec="seconds") if at else ""
