"""When a project starts and ends, as far as its milestones say so: milestones have names, not kinds.

A milestone counts as the start or the end if its English name says just that ("Construction begun",
"Completion of the works"). An opening, a signature or a study is neither.
"""

import re
from typing import NamedTuple

from pressoffice.ledger.filters import today
from pressoffice.ledger.models import MilestoneDate
from pressoffice.publishing.languages import text_in
from pressoffice.stated.precision import Precision

from .gather import PublicProject

STARTS = {"start", "starts", "started", "begin", "begins", "began", "begun", "beginning"}
ENDS = {"end", "ends", "ended", "finish", "finished", "complete", "completed", "completion"}
WHAT = {"project", "construction", "work", "works"}
_LITTLE_WORDS = {"of", "the"}


class Side(NamedTuple):
    """One end of a project."""

    planned: MilestoneDate | None
    actual: MilestoneDate | None  # given to the day
    actual_without_day: MilestoneDate | None
    is_ambiguous: bool  # several milestones read so, and none of them is taken


class StartAndEnd(NamedTuple):
    start: Side
    end: Side


def start_and_end(gathered: PublicProject) -> StartAndEnd:
    """From the newest words that hold; no query."""
    return StartAndEnd(_side(gathered, STARTS), _side(gathered, ENDS))


def says(name: str, verbs: set[str]) -> bool:
    """Whether a milestone's English name is one of `verbs`, alone or with what it is done to."""
    words = [word for word in re.findall(r"[a-z]+", name.lower()) if word not in _LITTLE_WORDS]
    said = [word for word in words if word in verbs]
    return len(said) == 1 and len(words) <= 2 and set(words) - set(said) <= WHAT


def _side(gathered: PublicProject, verbs: set[str]) -> Side:
    stages = [
        holding
        for stage in gathered.milestones
        if says(text_in(stage.milestone, "name", "en").text, verbs)
        and (holding := [fact for fact in stage.words if not fact.is_withdrawn])
    ]
    if len(stages) != 1:
        return Side(None, None, None, is_ambiguous=bool(stages))
    facts = stages[0]
    kinds = MilestoneDate.Kind
    planned = _newest([fact for fact in facts if fact.kind in {kinds.PLANNED, kinds.FORECAST}])
    happened = _newest([fact for fact in facts if fact.kind == kinds.ACTUAL])
    if happened and (happened.precision != Precision.DAY or happened.on > today()):
        return Side(planned, None, happened, is_ambiguous=False)
    return Side(planned, happened, None, is_ambiguous=False)


def _newest(facts: list[MilestoneDate]) -> MilestoneDate | None:
    return max(facts, key=lambda fact: (fact.stated_on, fact.pk), default=None)
