"""What the database refuses of projects and facts, as sentences and the columns that they are about."""

from django.db import DatabaseError, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pressoffice.ledger.models import FACTS, Fact, Indicator, Milestone
from pressoffice.publishing.languages import active
from projects.models import Agreement, Participation, Place, Project, ProjectAlias

NO_PASSAGE = Fact.SOURCE_SILENT
NOT_EARLIER = gettext_lazy("The earlier promise must have been stated on an earlier day.")
ANSWERED = gettext_lazy(
    "A later word on this promise would not be later any more: correct the day or the project there first."
)
# By the end of a constraint's name: those of one abstract model begin with the name of each kind.
FIELDS = {
    "_due_after_stated": "due_on",
    "_range_runs_up": "value_to",
    "_happened_before_stated": "on",
    "_measurement_once": "stated_on",
    "_target_once": "stated_on",
    "_milestone_date_once": "stated_on",
    "_status_change_once": "stated_on",
    "_milestone_once": "name_en",
    "_indicator_once": "name_en",
    "_relation_with_earlier": "relation",
    "_given_by_one": "organisation",
    "_one_source_of_money": "organisation",
    "_amount_positive": "amount",
    "_source_speaks_of_project": "source",
    "_answers_earlier": "answers",
    "_signed_before_in_force": "in_force_on",
}
KINDS: tuple[type[models.Model], ...] = (
    *FACTS,
    Indicator,
    Milestone,
    Project,
    ProjectAlias,
    Participation,
    Place,
    Agreement,
)
GUARDED = {
    "_source_speaks_of_project": NO_PASSAGE,
    "_answers_earlier": NOT_EARLIER,
    "_answered_later": ANSWERED,
}


def field_of(constraint: str) -> str:
    """The column that the sentence about the constraint of this name belongs to; empty for none."""
    if constraint.endswith("_has_text"):
        return f"text_{active()}"
    return next((field for end, field in FIELDS.items() if constraint.endswith(end)), "")


def refusal_of(error: DatabaseError) -> tuple[str, str]:
    """The column, empty for none, and what a person is told where the database alone saw what was wrong."""
    told = str(error)
    for name, sentence in GUARDED.items():
        if name in told:
            return field_of(name), str(sentence)
    for model in KINDS:
        for constraint in model._meta.constraints:
            if constraint.name in told:
                return field_of(constraint.name), str(constraint.get_violation_error_message())
    return "", _(
        "Nothing is saved yet: somebody changed something that this rests on at the same moment. "
        "Look at the form once more, then save again."
    )


def sentence_about(error: DatabaseError) -> str:
    return refusal_of(error)[1]
