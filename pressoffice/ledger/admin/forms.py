"""Forms of the ledger: facts, and rows of facts under what they are about."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Edition
from pressoffice.ledger.models import Commitment
from pressoffice.ledger.refusals import ANSWERED, NO_PASSAGE
from pressoffice.publishing.guard import GuardedForm, GuardedFormSet
from pressoffice.publishing.languages import CODES, active
from pressoffice.stated import figures_in
from pressoffice.stated.units import Unit

from .refusals import SentencesAtFields

IN_THOUSANDS = re.compile(r"^\d{1,3}(,\d{3})+$")
UNIT_MISSING = _("Choose the unit that it is counted in.")


class FigureField(forms.DecimalField):
    """A number as people write it: "280 000", "3,5"; in English "280,000" too."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_digits": 24, "decimal_places": 4, **kwargs})
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "class": "ledger__number"})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split())
            if active() == "en" and IN_THOUSANDS.match(value):
                value = value.replace(",", "")
            elif value.count(",") == 1:
                value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return plainly(value) if isinstance(value, Decimal) else value


def plainly(value: Decimal) -> str:
    """280.0000 is "280", 3E+9 is "3000000000"."""
    return format(value.normalize(), "f")


class FactForm(SentencesAtFields, GuardedForm):
    refused_by_database = ""  # what the database said of the first attempt to save

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, FigureField) and isinstance(self.initial.get(name), Decimal):
                self.initial[name] = plainly(self.initial[name])
        if "unit" in self.fields:
            self.fields["unit"].error_messages["required"] = UNIT_MISSING
        if self._is_change:
            self.initial["loaded"] = self._token()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.refused_by_database and not self.errors:
            self.add_error(None, self.refused_by_database)


def promise_label(promise: Commitment) -> str:
    return f"{promise} ({promise.stated_on:%Y-%m-%d})"


class CommitmentForm(FactForm):
    """Where the project is known, its own promises are offered as earlier ones, and no others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("answers")
        project = self._project()
        if field is None or project is None:
            return
        field.label_from_instance = promise_label
        widget = forms.Select(attrs={"class": "vLargeSelect"})
        widget.choices = [("", field.empty_label), *self._offered(field, project)]
        if hasattr(field.widget, "widget"):
            field.widget.widget = widget
            field.widget.choices = widget.choices
        else:
            field.widget = widget

    def _project(self) -> Any:
        """Key of the project that the form opens with, or that was chosen in it."""
        chosen = self.data.get(self.add_prefix("project")) if self.is_bound else self.initial.get("project")
        key = str(getattr(chosen, "pk", chosen) or self.instance.project_id or "")
        return key if key.isascii() and key.isdecimal() and len(key) < 10 else None

    def _offered(self, field: Any, project: Any) -> list[tuple[Any, str]]:
        promises = list(
            field.queryset.filter(project=project).exclude(pk=self.instance.pk).order_by("-stated_on", "-pk")
        )
        # What was chosen is shown even where it is refused: nothing that was typed is lost.
        chosen = self.data.get(self.add_prefix("answers"), "") if self.is_bound else ""
        if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10:
            known = {promise.pk for promise in promises}
            promises += field.queryset.filter(pk=chosen).exclude(pk__in=known)
        return [(promise.pk, promise_label(promise)) for promise in promises]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        stated_on, project = cleaned.get("stated_on"), cleaned.get("project")
        if self._is_change and stated_on and project:
            later = self.instance.later_words
            if later.filter(stated_on__lte=stated_on).exists():
                self.add_error("stated_on", ANSWERED)
            if later.exclude(project=project).exists():
                self.add_error("project", ANSWERED)
        return cleaned


class FigureForm(FactForm):
    """A figure or a target under its indicator."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        words, value = cleaned.get("words"), cleaned.get("value")
        unit = getattr(getattr(self, "indicator", None), "unit", "")
        if words and value is not None and unit:
            said = {each.unit for code in CODES for each in figures_in(words, code) if each.value == value}
            said.discard("")
            if said and unit not in said:
                self.add_error("value", other_unit(unit, said.pop()))
        return cleaned


def other_unit(counted: str, said: str) -> ValidationError:
    names = dict(Unit.choices)
    return ValidationError(
        _("This indicator is counted in %(unit)s; the words say %(said)s. Choose or name another indicator."),
        code="other_unit",
        params={"unit": names.get(counted, counted), "said": names.get(said, said)},
    )


class FactFormSet(GuardedFormSet):
    """Facts under what they are about. A row that readers see stays: a newer statement follows it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._seen: set[int] | None = None
        super().__init__(*args, **kwargs)

    @property
    def public_rows(self) -> set[int]:
        if self._seen is None:
            model: Any = self.model
            rows = model.objects
            live = rows.live().filter(**{self.fk.name: self.instance.pk}) if self.instance.pk else rows.none()
            self._seen = set(live.values_list("pk", flat=True))
        return self._seen

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.indicator = self.instance
        if "DELETE" in form.fields and form.instance.pk in self.public_rows:
            form.fields["DELETE"].disabled = True

    def clean(self) -> None:
        super().clean()
        project = getattr(self.instance, "project_id", None)
        for form in self.forms:
            source = getattr(form, "cleaned_data", {}).get("source")
            if source and project and "source" not in form.errors and not speaks_of(source, project):
                form.add_error("source", NO_PASSAGE)
        asked = [form for form in self.initial_forms if self.data.get(form.add_prefix("DELETE"))]
        for form in asked:
            if form.instance.pk in self.public_rows:
                raise ValidationError(
                    _("Readers see this already, so it stays: “%(fact)s”. Add what a newer statement says."),
                    code="public",
                    params={"fact": form.instance},
                )


def speaks_of(source: models.Model, project: int) -> bool:
    return Edition.objects.filter(statement=source.pk, passages__project=project).exists()
