"""What keeps a project's record out of the standards' files, for its editor."""

from typing import NamedTuple

from projects.models import Project

from .as_iati import missing_for_iati
from .as_oc4ids import missing_for_oc4ids
from .gather import gather


class Missing(NamedTuple):
    standard: str  # its name, the same in every language
    sentences: list[str]  # in the active language; empty: the record is in the file


def what_is_missing(project: Project) -> list[Missing]:
    """By standard. The queries of `gather()`."""
    gathered = gather(Project.objects.filter(pk=project.pk))[0]
    return [
        Missing("IATI 2.03", missing_for_iati(gathered)),
        Missing("OC4IDS 0.9", missing_for_oc4ids(gathered)),
    ]
