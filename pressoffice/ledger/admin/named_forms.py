"""Small forms for figures, targets and dates: each under an indicator or a milestone, there or new."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Passage
from pressoffice.ledger.models import Indicator, Measurement, Milestone, MilestoneDate, Target
from pressoffice.publishing.languages import CODES
from pressoffice.stated.units import Unit

from .forms import UNIT_MISSING, FigureField, other_unit, plainly
from .passage_forms import DueDate, PassageForm, RecognisedField, day_field, precision_field
from .recognised import date_choice, figure_choice

Relation = Passage.Relation
LONGEST_NAME = 200
NAMES = {
    "ky": _("name of a new one [ky]"),
    "ru": _("name of a new one [ru]"),
    "en": _("name of a new one [en]"),
}


def name_field(code: str) -> forms.CharField:
    return forms.CharField(
        label=NAMES[code],
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"lang": code, "class": "vTextField"}),
    )


class Named(PassageForm):
    """Under a thing of the project that is there, or under a new one that is named here."""

    of: ClassVar[str]  # the column that leads to the thing
    thing: ClassVar[type[models.Model]]
    nothing_chosen: ClassVar[Any]
    both_chosen: ClassVar[Any]

    new: models.Model | None = None

    def begin(self) -> None:
        super().begin()
        of: Any = self.fields[self.of]
        of.required = False
        of.queryset = self._things()
        of.empty_label = _("A new one, named below")
        for code in CODES:
            self.fields[f"name_{code}"].widget.attrs.pop("maxlength", None)
        if not of.queryset:
            of.widget = forms.HiddenInput()

    def prefer(self, asked: Mapping[str, str]) -> None:
        of: Any = self.fields[self.of]
        value = asked.get(self.of, "")
        if value.isascii() and value.isdecimal() and len(value) < 10:
            preferred = of.queryset.filter(pk=value).first()
            if preferred is not None:
                self.initial[self.of] = preferred.pk

    def _things(self) -> Any:
        things: Any = self.thing
        return things.objects.filter(project=self.said.project).order_by("pk")

    @classmethod
    def permissions(cls) -> list[str]:
        return [*super().permissions(), f"ledger.add_{cls.thing._meta.model_name}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        names = {f"name_{code}": cleaned.get(f"name_{code}") for code in CODES}
        if cleaned.get(self.of):
            if any(names.values()):
                self.add_error(self.of, self.both_chosen)
        elif self.of not in self.errors and not set(names) & set(self.errors):
            missing = [name for name, text in names.items() if not text]
            for name in missing:
                self.add_error(name, self.nothing_chosen)
            if not missing:
                self._name_new(cleaned, names)
        return cleaned

    def _name_new(self, cleaned: dict[str, Any], names: dict[str, Any]) -> None:
        new = self.thing(project=self.said.project, **names, **self.of_the_thing(cleaned))
        try:
            new.full_clean()
        except ValidationError as refused:
            for name, sentences in refused.error_dict.items():
                # Of the whole there is one rule: no project has two of one name.
                field = "name_en" if name == NON_FIELD_ERRORS else name
                if field not in self.errors:
                    self.add_error(field if field in self.fields else None, sentences)
        else:
            self.new = new

    def of_the_thing(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """More columns of a new thing."""
        return {}

    def save_fact(self) -> models.Model:
        if self.new is not None:
            self.new.save()
            setattr(self.instance, self.of, self.new)
        return super().save_fact()


class FigureForm(Named):
    of = "indicator"
    thing = Indicator
    nothing_chosen = _("Name a new indicator in every language, or choose one of the project's.")
    both_chosen = _("Choose one of the project's indicators or name a new one, not both.")

    def beginning(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if len(self.said.figures) == 1:
            figure = self.said.figures[0]
            found = {"value": plainly(figure.value), "unit": figure.unit}
            if figure.value_to is not None:
                found["value_to"] = plainly(figure.value_to)
        units = {figure.unit for figure in self.said.figures}
        fitting = [indicator for indicator in self._things() if indicator.unit in units]
        if len(fitting) == 1:
            found["indicator"] = fitting[0].pk
        return {**super().beginning(), **found}

    def begin(self) -> None:
        super().begin()
        self.offer("recognised", [figure_choice(each) for each in self.said.figures])

    def clean(self) -> dict[str, Any]:
        self._take_chosen()
        cleaned = super().clean()
        indicator, unit = cleaned.get("indicator"), cleaned.get("unit")
        if not unit and not {"unit", "value"} & set(self.errors):
            self.add_error("unit", UNIT_MISSING)
        elif indicator and unit and indicator.unit != unit:
            self.add_error("unit", other_unit(indicator.unit, unit))
        return cleaned

    def _take_chosen(self) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("value") is not None or "value" in self.errors:
            return
        index = RecognisedField.chosen(cleaned.get("recognised", ""))
        if index is None:
            self.add_error("value", _("Write the figure."))
            return
        figure = self.said.figures[index]
        cleaned |= {
            "value": figure.value,
            "value_to": cleaned.get("value_to") or figure.value_to,
            "unit": cleaned.get("unit") or figure.unit,
        }

    def of_the_thing(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        return {"unit": cleaned.get("unit") or ""}

    def _name_new(self, cleaned: dict[str, Any], names: dict[str, Any]) -> None:
        if cleaned.get("unit"):
            super()._name_new(cleaned, names)


def unit_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("unit"), choices=[("", "—"), *Unit.choices], required=False)


class MeasurementForm(FigureForm):
    name = "figure"
    title = _("A figure")
    best_for = (Relation.FIGURE, Relation.PROGRESS)

    recognised = RecognisedField(label=_("Figure recognised in the words"))
    value = FigureField(label=_("figure"), required=False)
    value_to = FigureField(label=_("up to"), required=False)
    unit = unit_field()
    name_ky, name_ru, name_en = (name_field(code) for code in ("ky", "ru", "en"))

    class Meta:
        model = Measurement
        fields = ["indicator", "value", "value_to", "stated_on"]

    field_order = ["recognised", "value", "value_to", "unit", "indicator", "name_ky", "name_ru", "name_en"]


class TargetForm(FigureForm, DueDate):
    name = "target"
    title = _("A target")
    help = _("What a figure is to be.")
    best_for = (Relation.FIGURE, Relation.ANNOUNCES)

    recognised = RecognisedField(label=_("Figure recognised in the words"))
    value = FigureField(label=_("figure"), required=False)
    value_to = FigureField(label=_("up to"), required=False)
    unit = unit_field()
    name_ky, name_ru, name_en = (name_field(code) for code in ("ky", "ru", "en"))

    class Meta:
        model = Target
        fields = ["indicator", "value", "value_to", "due_on", "due_precision", "stated_on"]

    field_order = [*MeasurementForm.field_order, "recognised_date", "due_on", "due_precision"]


class MilestoneDateForm(Named):
    name = "milestone-date"
    title = _("A date of a milestone")
    best_for = (Relation.DATE, Relation.ANNOUNCES, Relation.COMPLETES)
    of = "milestone"
    thing = Milestone
    nothing_chosen = _("Name a new milestone in every language, or choose one of the project's.")
    both_chosen = _("Choose one of the project's milestones or name a new one, not both.")

    name_ky, name_ru, name_en = (name_field(code) for code in ("ky", "ru", "en"))
    recognised_date = RecognisedField(label=_("Date recognised in the words"))
    on = day_field(label=_("date"), help_text=_("Any day of the month, quarter, season or year meant."))
    precision = precision_field()

    class Meta:
        model = MilestoneDate
        fields = ["milestone", "kind", "on", "precision", "stated_on"]

    field_order = [
        "recognised_date",
        "on",
        "precision",
        "kind",
        "milestone",
        "name_ky",
        "name_ru",
        "name_en",
    ]

    def beginning(self) -> dict[str, Any]:
        happened = self.said.passage.relation in {Relation.COMPLETES, Relation.PROGRESS}
        kind = MilestoneDate.Kind.ACTUAL if happened else MilestoneDate.Kind.PLANNED
        found: dict[str, Any] = {"kind": kind}
        if len(self.said.dates) == 1:
            found |= {"on": self.said.dates[0].on, "precision": self.said.dates[0].precision}
        return {**super().beginning(), **found}

    def begin(self) -> None:
        super().begin()
        self.offer("recognised_date", [date_choice(each) for each in self.said.dates])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("on") is None and "on" not in self.errors:
            index = RecognisedField.chosen(cleaned.get("recognised_date", ""))
            if index is None:
                self.add_error("on", _("Write the date."))
            else:
                stated = self.said.dates[index]
                cleaned |= {"on": stated.on, "precision": stated.precision}
        return cleaned
