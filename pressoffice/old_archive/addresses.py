"""Where the addresses of the old site lead now."""

from articles.models import Edition
from events.models import Event
from projects.models import Project

from .models import BroughtIn
from .paths import candidates


def present_address(asked: str) -> str:
    """Of what stood at `asked` on the old site, as long as it is public; else empty. At most two queries."""
    paths = candidates(asked)
    kept = BroughtIn.objects.filter(old_path__in=paths).select_related("edition") if paths else []
    found = min(kept, key=lambda each: paths.index(each.old_path), default=None)
    if found is None:
        return ""
    there: Edition | Project | Event | None
    if found.edition is not None:
        # The text that is public today in the place of the one that was brought in.
        texts = Edition.objects.live().filter(statement=found.statement_id, language=found.edition.language)
        there = texts.select_related("statement").first()
    elif found.project_id is not None:
        there = Project.objects.live().filter(pk=found.project_id).first()
    else:
        there = Event.objects.live().filter(pk=found.event_id or 0).first()
    return there.get_absolute_url() if there is not None else ""
