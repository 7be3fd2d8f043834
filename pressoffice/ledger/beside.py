"""What the writing page asks the ledger (articles.beside): days in words, what was said, what differs."""

from datetime import date
from typing import Any

from articles.beside import Card, Recalled, Seen, Unanswered
from articles.models import Edition
from articles.recognition import Spell
from pressoffice.publishing import moment
from pressoffice.stated import dates_in
from pressoffice.stated.precision import last_day
from projects.models import Project

from .dates import first_day
from .differing import differences_in
from .last_said import last_said_of, newest_facts
from .models import DifferenceAnswer

MOST_PROJECTS = 12
MOST_DIFFERENCES = 20


def spells_in(text: str, language: str, stated_on: date) -> list[Spell]:
    """The days and longer times that the words name."""
    return [
        Spell(each.start, each.end, first_day(each.on, each.precision), last_day(each.on, each.precision))
        for each in dates_in(text, language, stated_on=stated_on)
    ]


def _projects(seen: Seen) -> list[Project]:
    """In the order of their first words; no more than a person reads of."""
    codes = seen.codes()[:MOST_PROJECTS]
    found = {project.code: project for project in Project.objects.filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


class OfficeMemory:
    def read_dates(self, text: str, language: str, stated_on: date) -> list[Spell]:
        return spells_in(text, language, stated_on)

    def recall(self, seen: Seen) -> Recalled:
        projects = _projects(seen)
        facts = newest_facts(projects)
        said = last_said_of(projects, facts, seen.language)
        differences = differences_in(seen, projects, facts)[:MOST_DIFFERENCES]
        return Recalled(
            {code: Card("admin/ledger/last_said.html", each) for code, each in said.items()},
            [Card("admin/ledger/difference.html", each) for each in differences],
            [
                Unanswered(each.words, each.project.name, str(each.earlier.told))
                for each in differences
                if not each.answer
            ],
        )

    def answer(self, seen: Seen, key: str, answer: str, *, by: Any) -> bool:
        projects = _projects(seen)
        asked = differences_in(seen, projects, newest_facts(projects))
        found = next((each for each in asked if each.key == key), None)
        if found is None:
            return False
        answers = DifferenceAnswer.objects.filter(edition=seen.edition, key=key)
        if answer == "ask":
            # Also what was said in an earlier edition of the text: it was about these very words.
            DifferenceAnswer.objects.filter(
                edition__in=Edition.objects.filter(statement=seen.edition.statement_id).in_language(
                    seen.language
                ),
                key=key,
            ).delete()
        elif answer in DifferenceAnswer.Answer.values:
            answers.update_or_create(
                edition=seen.edition,
                key=key,
                defaults={
                    "project": found.project,
                    "words": found.words[:200],
                    "answer": answer,
                    "by": by,
                    "at": moment.now(),
                },
            )
        else:
            return False
        return True
