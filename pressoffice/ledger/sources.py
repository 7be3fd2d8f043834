"""The sources of many facts at once, in as many queries as one fact needs."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from articles.models import Edition, Passage

from .models import Fact


def attach_sources(*kinds: Iterable[Fact], at: datetime | None = None) -> None:
    """Gives each fact its `source` with `public_editions` and their words, speakers and offices.

    Six queries however many facts of however many kinds there are.
    """
    facts = [fact for kind in kinds for fact in kind]
    if not facts:
        return
    editions = (
        Edition.objects.live(at)
        .for_lists()
        .order_by("language")
        .prefetch_related(
            Prefetch("passages", Passage.objects.exclude(exact=""), to_attr="passages_with_words"),
        )
    )
    prefetch_related_objects(
        facts,
        "source__speakers__offices",
        Prefetch("source__editions", queryset=editions, to_attr="public_editions"),
    )
