"""What the database refuses of facts, as sentences at the field they are about."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pressoffice.ledger.models import FACTS, Indicator, Milestone
from pressoffice.publishing.languages import active

NO_PASSAGE = gettext_lazy("No text of this statement speaks of the project: mark a passage first.")
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
}
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


def sentence_about(error: IntegrityError) -> str:
    """What a person is told where the database alone saw what was wrong: somebody else was faster."""
    told = str(error)
    for name, sentence in GUARDED.items():
        if name in told:
            return str(sentence)
    kinds: tuple[type[models.Model], ...] = (*FACTS, Indicator, Milestone)
    for model in kinds:
        for constraint in model._meta.constraints:
            if constraint.name in told:
                return str(constraint.get_violation_error_message())
    return _(
        "Nothing is saved yet: somebody changed something that this rests on at the same moment. "
        "Look at the form once more, then save again."
    )


class SentencesAtFields(forms.ModelForm):
    """A form that shows what a constraint refuses beside the field it is about."""

    def _update_errors(self, errors: Any) -> None:
        super()._update_errors(ValidationError(self._placed(errors)))  # type: ignore[misc]

    def _placed(self, errors: ValidationError) -> dict[str, list[ValidationError]]:
        placed: dict[str, list[ValidationError]] = {}
        found = errors.error_dict if hasattr(errors, "error_dict") else {NON_FIELD_ERRORS: errors.error_list}
        fields = self._fields_by_sentence()
        for name, sentences in found.items():
            for each in sentences:
                field = name if name != NON_FIELD_ERRORS else fields.get(" ".join(each.messages), "")
                placed.setdefault(field if field in self.fields else NON_FIELD_ERRORS, []).append(each)
        return placed

    def _fields_by_sentence(self) -> dict[str, str]:
        constraints: list[models.BaseConstraint] = self.instance._meta.constraints
        return {str(each.get_violation_error_message()): field_of(each.name) for each in constraints}
