"""When what is known of promises became known: by publication and withdrawal, whenever it was said."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min, Q

from articles.models import Edition, Passage, Statement
from pressoffice.publishing import moment
from pressoffice.publishing.models import Takedown, subject_type

from .promises import Promise


def attach_moments(promises: Iterable[Promise]) -> None:
    """Gives each promise and each word on it `public_at` and `changed_at`. Two queries.

    `public_at`: when a text with its words, and its project, were first public. `changed_at`: the same, or
    when its source was withdrawn or holds again. Needs the promises' projects loaded.
    """
    words = [word for promise in promises for word in [promise.commitment, *promise.told]]
    if not words:
        return
    sources = {word.source_id for word in words}
    first_told = _first_told(sources)
    taken, lifted = _takedowns(sources)
    for word in words:
        told_at = first_told[(word.source_id, word.project_id, word.words)]
        word.public_at = max(filter(None, [told_at, word.project.live_from]))
        turned = (taken if word.is_withdrawn else lifted).get(word.source_id)
        word.changed_at = max(filter(None, [word.public_at, turned]))


def _first_told(sources: set[int]) -> dict[tuple[int, int, str], datetime]:
    """By statement, project and words; without words, of anything the statement says of the project."""
    rows = (
        Passage.objects.filter(edition__in=Edition.objects.ever_live(), edition__statement__in=sources)
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
