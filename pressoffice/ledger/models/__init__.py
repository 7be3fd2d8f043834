from .commitments import Commitment
from .differences import DifferenceAnswer
from .fact import Fact
from .figures import Indicator, Measurement, Target
from .milestones import Milestone, MilestoneDate
from .money import BudgetLine
from .status import StatusChange

FACTS: tuple[type[Fact], ...] = (
    StatusChange,
    MilestoneDate,
    Measurement,
    Target,
    Commitment,
    BudgetLine,
)

__all__ = [
    "FACTS",
    "BudgetLine",
    "Commitment",
    "DifferenceAnswer",
    "Fact",
    "Indicator",
    "Measurement",
    "Milestone",
    "MilestoneDate",
    "StatusChange",
    "Target",
]
