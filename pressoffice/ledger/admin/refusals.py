"""Forms that say at the field what a constraint refuses."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from pressoffice.ledger.refusals import field_of


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
