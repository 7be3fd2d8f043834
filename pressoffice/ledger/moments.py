"""When what is known of promises and other facts became known: by publication, entry and withdrawal, whenever
it was said."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, Q

from articles.models import Edition, Passage, Statement
from pressoffice.publishing import moment
from pressoffice.publishing.models import AuditEntry, Takedown, subject_type

from .filters import today
from .models import FACTS, Commitment, Fact
from .promises import Promise, came_of


def attach_moments(promises: Iterable[Promise]) -> None:
    """Gives each promise and each word on it `public_at` and `changed_at`. Three queries.

    `public_at`: as `attach_to_facts()` has it. `changed_at`: the same, or when its source was withdrawn or
    holds again. Needs the promises' projects loaded.
    """
    words = [word for promise in promises for word in [promise.commitment, *promise.told]]
    if not words:
        return
    attach_to_facts(words)
    taken, lifted = _takedowns({word.source_id for word in words})
    for word in words:
        turned = (taken if word.is_withdrawn else lifted).get(word.source_id)
        word.changed_at = max(filter(None, [word.public_at, turned]))


def promises_by_key(keys: Iterable[int]) -> dict[int, Promise]:
    """The public promises among those with `keys`, with what came of them by today, and with their moments.
    Four queries."""
    wanted = set(keys)
    projects = Commitment.objects.filter(pk__in=wanted).values("project")
    words = Commitment.objects.live().filter(project__in=projects).select_related("project")
    found = [promise for promise in came_of(words, today()) if promise.commitment.pk in wanted]
    attach_moments(found)
    return {promise.commitment.pk: promise for promise in found}


def attach_to_facts(facts: Iterable[Fact], *, removed_too: bool = False) -> None:
    """Gives each `told_at`, when a text with its words, and its project, were first public, and `public_at`,
    when it was entered, too; both None where readers could never know of it. Two queries. Needs the facts'
    projects loaded, and all that leads to them.

    `removed_too`: texts that were taken off the site count, for what is told of just that.
    """
    rows = list(facts)
    if not rows:
        return
    texts: Any = Edition.objects.ever_live()
    if removed_too:
        texts = Edition.objects.filter(live_from__lte=moment.now())
    first_told = _first_told(texts.filter(statement__in={fact.source_id for fact in rows}))
    entered = _entered(rows)
    for fact in rows:
        project = fact.about
        fact.told_at = fact.public_at = None
        text_at = first_told.get((fact.source_id, project.pk, fact.words))
        if text_at is not None and project.live_from is not None:
            fact.told_at = max(text_at, project.live_from)
            fact.public_at = max(filter(None, [fact.told_at, entered.get((type(fact), fact.pk))]))


def entries() -> Any:
    """The lines of the audit that say when facts were entered or changed."""
    kinds = [subject_type(model) for model in FACTS]
    return AuditEntry.objects.filter(subject_type__in=kinds, step__in=["start", "change"])


def last_entered() -> list[datetime]:
    """One query."""
    at = entries().aggregate(at=Max("at"))["at"]
    return [at] if at else []


def _entered(facts: list[Fact]) -> dict[tuple[type[Fact], int], datetime]:
    """When somebody entered each by hand."""
    kinds = {subject_type(model): model for model in {type(fact) for fact in facts}}
    rows = AuditEntry.objects.filter(
        step="start", subject_type__in=list(kinds), subject_id__in={fact.pk for fact in facts}
    )
    found = rows.order_by().values_list("subject_type", "subject_id", "at")
    return {(kinds[kind], pk): at for kind, pk, at in found}


def _first_told(texts: Any) -> dict[tuple[int, int, str], datetime]:
    """By statement, project and words; without words, of anything the statement says of the project."""
    rows = (
        Passage.objects.filter(edition__in=texts)
        .order_by()
        .values_list("edition__statement", "project", "exact")
        .annotate(Min("edition__live_from"))
    )
    found: dict[tuple[int, int, str], datetime] = {}
    for source, project, exact, at in rows:
        for words in (exact, ""):
            key = (source, project, words)
            found[key] = min(at, found.get(key, at))
    return found


def _takedowns(sources: set[int]) -> tuple[dict[int, datetime], dict[int, datetime]]:
    """When texts of each statement last were taken down, and last were put back."""
    now = moment.now()
    rows = Takedown.objects.filter(
        Q(at__lte=now), subject_type=subject_type(Statement), subject_id__in=sources
    ).values_list("subject_id", "at", "lifted_at")
    taken: dict[int, datetime] = {}
    lifted: dict[int, datetime] = {}
    for source, at, lifted_at in rows:
        taken[source] = max(at, taken.get(source, at))
        if lifted_at is not None and lifted_at <= now:
            lifted[source] = max(lifted_at, lifted.get(source, lifted_at))
    return taken, lifted
