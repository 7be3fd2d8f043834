"""What the ledger knows of projects and promises changes when something else does: a statement comes, goes or
comes back, a project becomes public, somebody enters what a statement says."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from articles.models import Edition, Passage
from pressoffice.ledger.models import FACTS, Commitment, Fact
from pressoffice.ledger.moments import attach_to_facts
from pressoffice.publishing.periods import Standing

from .occasions import Change, Occasion

# A change of nothing else: nobody is told of a misprint.
WORDING = {"text_ky", "text_ru", "text_en", "words", "source"}


def by_occasion(occasion: Occasion) -> list[Occasion]:
    """What else it changed, for those who follow promises and projects. Ten queries at most."""
    if occasion.of == "statement":
        # Nothing else can be the source of facts.
        if not Passage.objects.filter(edition__statement=occasion.pk).exists():
            return []
        facts = _facts(source=occasion.pk)
    elif occasion.of == "project":
        facts = _facts_of_project(occasion.pk)
    else:
        return []
    if occasion.change in {"new", "corrected"}:
        attach_to_facts(facts)
        found = _occasions([f for f in facts if f.public_at == occasion.at], "stated", occasion.at)
    elif occasion.of == "statement" and _another_language_holds(occasion):
        found = []
    else:
        attach_to_facts(facts, removed_too=True)
        found = _occasions([f for f in facts if f.public_at is not None], occasion.change, occasion.at)
    return [each for each in found if (each.of, each.pk) != (occasion.of, occasion.pk)]


def by_hand(fact: Fact, *, is_new: bool, at: datetime, news_since: datetime) -> list[Occasion]:
    """What is known since it was entered or changed, and of which everybody could not know by a text public
    before `news_since`. Three queries."""
    if not type(fact).objects.live().filter(pk=fact.pk).exists():
        return []
    attach_to_facts([fact])
    if is_new:
        return _occasions([fact], "stated", at) if fact.told_at > news_since else []
    return _occasions([fact], "corrected", at)


def facts_of(model: Any, **which: Any) -> list[Any]:
    """With all that leads to their project. One query."""
    return list(model.objects.filter(**which).select_related(model.PROJECT).order_by("pk"))


def _facts(**which: Any) -> list[Any]:
    return [fact for model in FACTS for fact in facts_of(model, **which)]


def _facts_of_project(pk: int) -> list[Any]:
    return [fact for model in FACTS for fact in facts_of(model, **{model.PROJECT: pk})]


def _another_language_holds(occasion: Occasion) -> bool:
    """Then what the statement says held before, and holds on."""
    texts = Edition.objects.live().filter(statement=occasion.pk, standing=Standing.IN_FORCE)
    return texts.exclude(language=occasion.language).exists()


def _occasions(facts: Iterable[Any], change: Change, at: datetime) -> list[Occasion]:
    """`change`: of the facts themselves. Each project and promise once."""
    found: dict[tuple[str, int], Occasion] = {}

    def add(change: Change, of: Any, pk: int) -> None:
        found.setdefault((of, pk), Occasion(change, of, pk, at))

    facts = list(facts)
    of_others: Change = "stated" if change == "stated" else "corrected"
    promises = [fact for fact in facts if isinstance(fact, Commitment)]
    for promise in promises:
        if not promise.is_later_word or promise.answers_id is None:
            add(change, "promise", promise.pk)
    for promise in promises:
        if promise.answers_id is not None:
            add(of_others, "promise", _root_of(promise).pk)
    for fact in facts:
        add(of_others, "project", fact.about.pk)
    return list(found.values())


def _root_of(word: Commitment) -> Commitment:
    """The promise it is a word on. One query for each step of the way."""
    earlier: Any = word.answers
    while earlier.relation == Commitment.Relation.RESTATES and earlier.answers_id is not None:
        earlier = earlier.answers
    return earlier
