"""The people and projects that texts of a language may name, as recognisers read them."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from pressoffice.directory.models import Person
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.periods import Standing
from projects.models import Project
from projects.recognition import KnownProject, Recogniser, known_names

from .language_truth import PERSON, PROJECT

if TYPE_CHECKING:
    from projects.querysets import ProjectQuerySet

SHORTEST_SURNAME = 4
_SURNAME = re.compile(
    r"(?:[оеё]ва?|[ыи]на?|ск(?:ий|ая)|ко|yeva?|[oe]va?|[iy]na?|sk(?:y|iy|aya)|уулу|кызы|uulu|kyzy)$",
    re.IGNORECASE,
)


class Names(NamedTuple):
    people: Recogniser
    projects: Recogniser
    known: frozenset[str]  # "person:slug" and "project:code" of those that have a name in the language


def names_in(languages: Iterable[str]) -> dict[str, Names]:
    """One query for the people, two a language for the projects."""
    people = list(Person.objects.order_by("slug").values("slug", *(f"name_{code}" for code in CODES)))
    projects = Project.objects.exclude(standing=Standing.REMOVED)
    return {language: _names(language, people, projects) for language in languages}


def _names(language: str, people: list[dict[str, str]], projects: "ProjectQuerySet") -> Names:
    named = [(row["slug"], row[f"name_{language}"]) for row in people if row[f"name_{language}"]]
    surnames = Counter(surname_of(name) for _slug, name in named)
    known_people = [
        KnownProject(
            slug, (name, surname) if (surname := surname_of(name)) and surnames[surname] == 1 else (name,)
        )
        for slug, name in named
    ]
    known_projects = known_names(projects, language)
    return Names(
        Recogniser(known_people, language),
        Recogniser(known_projects, language),
        frozenset(
            [f"{PERSON}:{person.code}" for person in known_people]
            + [f"{PROJECT}:{project.code}" for project in known_projects if project.names]
        ),
    )


def surname_of(name: str) -> str:
    """The word of a name by which texts call somebody: what has a surname's ending, else the last word.
    Words that begin small or with a bracket ("уулу", "(acting)") are none."""
    words = [word for word in name.split() if word[0].isupper()]
    if len(words) < 2:
        return ""
    surname = next((word for word in words if _SURNAME.search(word)), words[-1])
    return surname if len(surname) >= SHORTEST_SURNAME else ""
