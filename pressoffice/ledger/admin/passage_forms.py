"""Small forms that make a marked passage a fact. What is recognised in the words stands in them already."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import Passage
from pressoffice.directory.models import Country, Organisation
from pressoffice.ledger.models import BudgetLine, Commitment, StatusChange
from pressoffice.publishing.guard import YEARS
from pressoffice.publishing.languages import CODES
from pressoffice.stated.precision import Precision

from .forms import FigureField, plainly, promise_label
from .recognised import Said, date_choice, sum_choice
from .refusals import SentencesAtFields

Relation = Passage.Relation
LONGEST_PROMISE = 300
TYPED_WINS = _("What is typed in the fields below takes the place of what is chosen here.")


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d", "%d.%m.%Y"], **kwargs})


class RecognisedField(forms.ChoiceField):
    """Several were found in the words: one is chosen, by its number."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "help_text": TYPED_WINS, **kwargs})

    @classmethod
    def chosen(cls, value: Any) -> int | None:
        return int(value) if str(value).isdecimal() else None


def day_field(**kwargs: Any) -> DayField:
    return DayField(**{"required": False, **kwargs})


def precision_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("precision"), choices=Precision.choices, initial=Precision.DAY)


def country_field(label: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=Country.objects.all(), required=False)


def organisation_field(label: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=Organisation.objects.all(), required=False)


class PassageForm(SentencesAtFields):
    """A fact of one kind. Project, source and words are the passage's; only the rest is asked."""

    name: ClassVar[str]  # of the section, in the address and in what is posted
    title: ClassVar[Any]
    help: ClassVar[Any] = ""
    best_for: ClassVar[Sequence[str]] = ()  # relations of passages that this form is offered first for
    of_passage: ClassVar[set[str]] = {"project", "source", "words"}

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    stated_on = DayField(label=_("stated on"))

    def __init__(self, said: Said, data: Any = None) -> None:
        self.said = said
        instance = self._meta.model(source=said.statement, words=said.passage.exact)
        if "project" in {column.name for column in instance._meta.concrete_fields}:
            instance.project = said.project
        beginning = {"stated_on": said.stated_on, "seen": said.seen, **self.beginning()}
        super().__init__(data, prefix=self.name, initial=beginning, instance=instance)
        for name in ("country", "organisation"):
            if name in self.fields:
                choices: Any = self.fields[name]
                choices.queryset = choices.queryset.by_name()
        self.begin()

    def beginning(self) -> dict[str, Any]:
        """What the fields open with."""
        return {}

    def begin(self) -> None:
        """Bring the fields in line with what was recognised."""

    def prefer(self, asked: Mapping[str, str]) -> None:
        """What the address of the page asks to open with."""

    @classmethod
    def is_offered(cls, said: Said) -> bool:
        return True

    @classmethod
    def permissions(cls) -> list[str]:
        return [f"ledger.add_{cls._meta.model._meta.model_name}"]

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != self.said.seen:
            raise ValidationError(
                _(
                    "The text was changed after you opened this page: these are other words now. "
                    "Look at them above, then save again."
                ),
                code="changed",
            )
        return self.said.seen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, date) and value.year not in YEARS:
                self.add_error(name, _("Choose a year that somebody may remember or live to see."))
        if "seen" in self.errors and hasattr(self.data, "copy"):
            # Whoever has read the sentence and saves again has seen the words as they are now.
            data: Any = self.data.copy()
            data[self.add_prefix("seen")] = self.said.seen
            self.data = data
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {name for name in self.of_passage if hasattr(self.instance, f"{name}_id")}

    def twin(self) -> models.Model | None:
        """The same fact, entered already: a second click makes no second one."""
        return None

    def columns(self) -> list[str]:
        """What is asked of the fact."""
        return list(self._meta.fields or [])

    def save_fact(self) -> models.Model:
        self.save()
        return self.instance

    def offer(self, name: str, labels: list[Any], *, optional: Any = "") -> None:
        """Radio buttons for several; none where one stands in the fields already or nothing was found."""
        if len(labels) < 2:
            del self.fields[name]
            return
        choices: Any = self.fields[name]
        choices.choices = [(str(index), label) for index, label in enumerate(labels)]
        if optional:
            choices.choices = [*choices.choices, ("", optional)]
        self.initial.setdefault(name, "0")

    @property
    def sentences(self) -> list[Any]:
        """Errors of the whole and of what is not shown."""
        return [*self.non_field_errors(), *self.errors.get("seen", [])]


class DueDate(PassageForm):
    """With the day that something is due on, where the words give one."""

    recognised_date = RecognisedField(label=_("Date recognised in the words"))
    due_on = day_field(label=_("due on"), help_text=_("Any day of the month, quarter, season or year meant."))
    due_precision = precision_field()

    def beginning(self) -> dict[str, Any]:
        dates = self.said.dates_from(self.said.stated_on)
        if len(dates) != 1:
            return {}
        return {"due_on": dates[0].on, "due_precision": dates[0].precision}

    def begin(self) -> None:
        super().begin()
        dates = self.said.dates_from(self.said.stated_on)
        self.offer("recognised_date", [date_choice(each) for each in dates], optional=_("No date"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        index = RecognisedField.chosen(cleaned.get("recognised_date", ""))
        if index is not None and cleaned.get("due_on") is None and "due_on" not in self.errors:
            stated = self.said.dates_from(self.said.stated_on)[index]
            cleaned |= {"due_on": stated.on, "due_precision": stated.precision}
        return cleaned


class PromiseText(DueDate):
    country = country_field(_("given by the country"))
    organisation = organisation_field(_("given by the organisation"))

    class Meta:
        model = Commitment
        fields = [
            *(f"text_{code}" for code in CODES),
            "due_on",
            "due_precision",
            "country",
            "organisation",
            "stated_on",
        ]
        widgets = {f"text_{code}": forms.Textarea(attrs={"rows": 2, "lang": code}) for code in CODES}

    def beginning(self) -> dict[str, Any]:
        words = Truncator(" ".join(self.said.passage.exact.split())).chars(LONGEST_PROMISE)
        return {f"text_{self.said.edition.language}": words, **super().beginning()}

    def begin(self) -> None:
        super().begin()
        for code in CODES:
            # Browsers would cut what is pasted without a word; the form says by how much it is too long.
            self.fields[f"text_{code}"].widget.attrs.pop("maxlength", None)

    def twin(self) -> models.Model | None:
        same = {name: getattr(self.instance, name) for name in {*self.columns(), "answers", "relation"}}
        return Commitment.objects.filter(
            project=self.said.project, source=self.said.statement, words=self.said.passage.exact, **same
        ).first()


class PromiseForm(PromiseText):
    name = "promise"
    title = _("A promise")
    best_for = (Relation.ANNOUNCES, Relation.DATE)


class LaterWordForm(PromiseText):
    name = "later-word"
    title = _("A word on an earlier promise")
    best_for = (Relation.COMPLETES, Relation.CHANGES, Relation.PROGRESS)

    answers = forms.ModelChoiceField(
        label=_("earlier promise"),
        queryset=Commitment.objects.none(),
        error_messages={"required": _("Choose the earlier promise that these words are about.")},
    )
    relation = forms.ChoiceField(
        label=_("what it does to the earlier promise"),
        choices=[("", "—"), *Commitment.Relation.choices],
        error_messages={"required": _("Say what these words do to the earlier promise.")},
    )

    class Meta(PromiseText.Meta):
        fields = ["answers", "relation", *PromiseText.Meta.fields]

    @classmethod
    def is_offered(cls, said: Said) -> bool:
        return Commitment.objects.filter(project=said.project).exists()

    def beginning(self) -> dict[str, Any]:
        does = {
            Relation.COMPLETES: Commitment.Relation.FULFILS,
            Relation.CHANGES: Commitment.Relation.REPLACES,
        }
        relation = does.get(Relation(self.said.passage.relation), "")
        return {"relation": relation, **super().beginning()}

    def begin(self) -> None:
        super().begin()
        answers: Any = self.fields["answers"]
        answers.queryset = Commitment.objects.filter(project=self.said.project).order_by("-stated_on", "-pk")
        answers.label_from_instance = promise_label


class SumForm(PassageForm):
    name = "sum"
    title = _("A sum of money")
    best_for = (Relation.FIGURE, Relation.ANNOUNCES)

    recognised = RecognisedField(label=_("Sum recognised in the words"))
    amount = FigureField(label=_("amount"), required=False, max_digits=20, decimal_places=2)
    country = country_field(_("money of the country"))
    organisation = organisation_field(_("money of the organisation"))

    class Meta:
        model = BudgetLine
        fields = ["kind", "amount", "currency", "country", "organisation", "stated_on"]

    def beginning(self) -> dict[str, Any]:
        found = self.said.sums
        if len(found) != 1:
            return {}
        return {"amount": plainly(found[0][0]), "currency": found[0][1]}

    def begin(self) -> None:
        currency = self.fields["currency"]
        currency.required = False
        currency.widget.attrs |= {"autocapitalize": "characters", "autocomplete": "off", "size": 6}
        currency.widget.attrs.pop("maxlength", None)
        self.offer("recognised", [sum_choice(*each) for each in self.said.sums])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        index = RecognisedField.chosen(cleaned.get("recognised", ""))
        if cleaned.get("amount") is None and "amount" not in self.errors:
            if index is None:
                self.add_error("amount", _("Write the amount."))
            else:
                amount, currency, _words = self.said.sums[index]
                cleaned |= {"amount": amount, "currency": cleaned.get("currency") or currency}
        if not cleaned.get("currency") and not {"amount", "currency"} & set(self.errors):
            self.add_error("currency", _("Write the currency: three capital letters, such as USD."))
        return cleaned

    def twin(self) -> models.Model | None:
        same = {name: getattr(self.instance, name) for name in self.columns()}
        return BudgetLine.objects.filter(
            project=self.said.project, source=self.said.statement, words=self.said.passage.exact, **same
        ).first()


class StatusForm(PassageForm):
    name = "status"
    title = _("A status")
    best_for = (Relation.PROGRESS, Relation.COMPLETES)

    class Meta:
        model = StatusChange
        fields = ["status", "stated_on"]

    def beginning(self) -> dict[str, Any]:
        if self.said.passage.relation == Relation.COMPLETES:
            return {"status": StatusChange.Status.CLOSED}
        if self.said.passage.relation == Relation.PROGRESS:
            return {"status": StatusChange.Status.IMPLEMENTATION}
        return {}
