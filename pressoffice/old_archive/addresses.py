"""Where the addresses of the old site lead now."""

from articles.models import Edition
from events.models import Event
from projects.models import Project

from .models import BroughtIn


def present_address(path: str) -> str:
    """Of what stood at `path` on the old site, as long as it is public; else empty. At most two queries."""
    found = BroughtIn.objects.filter(old_path=path).select_related("edition").first() if path else None
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
