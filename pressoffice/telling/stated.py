"""What the ledger knows of projects and promises changes when something else does: a statement comes, goes or
comes back, a project becomes public, somebody enters what a statement says."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from articles.models import Edition, Passage
from pressoffice.ledger.models import FACTS, Commitment
from pressoffice.ledger.moments import attach_to_facts, entries
from pressoffice.publishing.models import AuditEntry, subject_type
from pressoffice.publishing.periods import Standing

from .occasions import Change, Occasion

# A change of nothing else: nobody is told of a misprint.
WORDING = {"text_ky", "text_ru", "text_en", "words", "source"}
POINTING = {"answers", "relation"}


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
    if occasion.change in {"new", "corrected", "minor"}:
        attach_to_facts(facts)
        found = _occasions([f for f in facts if f.public_at == occasion.at], "stated", occasion.at)
        is_another_language = occasion.of == "statement" and occasion.change == "new"
        if is_another_language and not _another_language_holds(occasion):
            # What held no longer, as its other languages were withdrawn, holds again.
            known = [f for f in facts if f.public_at is not None and f.public_at < occasion.at]
            found += _occasions(known, "restored", occasion.at)
    elif occasion.of == "statement" and _another_language_holds(occasion):
        found = []
    else:
        attach_to_facts(facts, removed_too=True)
        found = _occasions([f for f in facts if f.public_at is not None], occasion.change, occasion.at)
    return [each for each in found if (each.of, each.pk) != (occasion.of, occasion.pk)]


def by_hand(project: int, since: datetime, until: datetime, *, news_since: datetime) -> list[Occasion]:
    """What is known of a project and its promises since somebody entered or changed facts between two
    moments. Nothing where a text told of it after that, nor of what is new on record and everybody could read
    before `news_since`. Sixteen queries at most."""
    written: dict[tuple[str, int], list[AuditEntry]] = defaultdict(list)
    for line in entries().filter(at__gte=since, at__lt=until):
        written[line.subject_type, line.subject_id].append(line)
    facts: list[Any] = []
    for model in FACTS:
        keys = [pk for kind, pk in written if kind == subject_type(model)]
        if keys:
            known: Any = model.objects.live()  # type: ignore[attr-defined]
            facts += facts_of(known.filter(pk__in=keys), **{model.PROJECT: project})
    attach_to_facts(facts)
    stated: list[Any] = []
    changed: list[Any] = []
    was_pointed = False
    for fact in facts:
        lines = [line for line in written[subject_type(fact), fact.pk] if line.at >= fact.told_at]
        columns = {column for line in lines if line.step == "change" for column in line.reason.split(", ")}
        if any(line.step == "start" for line in lines):
            stated += [fact] if fact.told_at > news_since else []
        elif columns - WORDING:
            changed.append(fact)
            was_pointed |= bool(columns & POINTING)
    others: list[int] = []
    if was_pointed:
        # Which promise it was a word on before is not known: each is looked at.
        others = list(Commitment.objects.filter(project=project).values_list("pk", flat=True))
    found: dict[tuple[str, int], Occasion] = {}
    for each in [
        *_occasions(stated, "stated", until),
        *_occasions(changed, "corrected", until),
        *(Occasion("corrected", "promise", pk, until) for pk in others),
    ]:
        found.setdefault((each.of, each.pk), each)
    return list(found.values())


def facts_of(rows: Any, **which: Any) -> list[Any]:
    """With all that leads to their project. One query."""
    return list(rows.filter(**which).select_related(rows.model.PROJECT).order_by("pk"))


def _facts(**which: Any) -> list[Any]:
    return [fact for model in FACTS for fact in facts_of(model._default_manager.all(), **which)]


def _facts_of_project(pk: int) -> list[Any]:
    return [fact for model in FACTS for fact in facts_of(model._default_manager.all(), **{model.PROJECT: pk})]


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
