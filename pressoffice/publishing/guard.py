"""Two people in one form: nobody's words are lost.

A form carries, signed, what each of its fields was like when it was opened. At saving, under a lock on the
row: a field that only the other person touched keeps their value, a field that only this person touched
takes theirs, and where both wrote, the second is shown both texts and decides.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

YEARS = range(1900, 2200)
SALT = "pressoffice.publishing.guard"


def check_year(value: Any) -> None:
    """Near the ends of what Python counts, a time zone alone makes an error of a date.

    Raises ValidationError for a date or moment that no press office writes about.
    """
    if isinstance(value, date) and value.year not in YEARS:
        raise ValidationError(_("Choose a year that somebody may remember or live to see."))


class LoadedField(forms.CharField):
    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, label="")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def _plain(value: Any) -> Any:
    """`value` as text that is the same for what the database holds and for what a form has cleaned.

    Of moments to the minute: forms show no seconds.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="minutes")
    if isinstance(value, list | tuple | models.QuerySet):
        return "|".join(sorted(_plain(each) for each in value))
    return str(value).replace("\r\n", "\n").strip()


def _digest(value: Any) -> str:
    return hashlib.sha256(_plain(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class GuardedForm(forms.ModelForm):
    loaded = LoadedField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken_over: list[str] = []
        if self._is_change:
            self.initial["loaded"] = self._token()

    @property
    def _is_change(self) -> bool:
        return self.instance.pk is not None and not self.instance._state.adding

    def changed_columns(self) -> list[str]:
        """Names of the columns that saving writes anew. After validation."""
        initial = self._digests()
        return [
            name
            for name in initial
            if name in self.cleaned_data and _digest(self.cleaned_data[name]) != initial[name]
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            try:
                check_year(value)
            except ValidationError as refusal:
                self.add_error(name, refusal)
        if self._is_change:
            self._settle(cleaned)
        return cleaned

    def _settle(self, cleaned: dict[str, Any]) -> None:
        loaded = self._loaded()
        now = self._digests()
        if loaded is None:
            self.add_error(None, _("Nothing is saved yet: look at the form once more, then save again."))
            self._show_as_opened_now([])
            return
        disputed = []
        for name, digest in now.items():
            if name not in cleaned or loaded.get(name) in (None, digest):
                continue
            mine = _digest(cleaned[name])
            if mine == loaded[name]:
                cleaned[name] = self._value_now(name)
                self.taken_over.append(name)
            elif mine != digest:
                disputed.append(name)
        for name in disputed:
            self.add_error(
                name,
                ValidationError(
                    _(
                        "Somebody else changed this while you were writing. Saved now is: “%(text)s” "
                        "Your own text stands in the field: save again to put it in the other's place."
                    ),
                    code="conflict",
                    params={"text": self._shown(name)},
                ),
            )
        if disputed:
            self._show_as_opened_now(self.taken_over)

    def _digests(self) -> dict[str, str]:
        return {
            name: _digest(self.get_initial_for_field(field, name))
            for name, field in self.fields.items()
            if name in self._columns()
        }

    def _columns(self) -> set[str]:
        options = self.instance._meta
        return {field.name for field in [*options.concrete_fields, *options.many_to_many]}

    def _token(self) -> str:
        return signing.dumps([self.instance.pk, self._digests()], salt=SALT)

    def _loaded(self) -> Mapping[str, str] | None:
        try:
            pk, digests = signing.loads(self.data.get(self.add_prefix("loaded"), ""), salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return digests if pk == self.instance.pk else None

    def _value_now(self, name: str) -> Any:
        """What the database holds, as this field would have cleaned it."""
        field = self.fields[name]
        value = self.get_initial_for_field(field, name)
        if isinstance(field, forms.MultiValueField):
            return field.clean(field.widget.decompress(value))
        return field.clean(field.prepare_value(value))

    def _shown(self, name: str) -> str:
        field = self.fields[name]
        value = self._value_now(name)
        if isinstance(value, models.QuerySet):
            return ", ".join(str(each) for each in value)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
        if isinstance(value, datetime):
            from django.utils import timezone

            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        return str(value if value not in (None, "") else "—")

    def _show_as_opened_now(self, names: list[str]) -> None:
        """Let the form go back to the person as if opened now, with what others wrote in `names`."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("loaded")] = self._token()
        self.data = data
        for name in names:
            bound = self[name]
            widget: Any = getattr(bound.field.widget, "widget", bound.field.widget)
            value = bound.field.prepare_value(self.get_initial_for_field(bound.field, name))
            if hasattr(widget, "widgets_names"):
                parts = zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True)
                for suffix, part, each in parts:
                    data[f"{bound.html_name}{suffix}"] = part.format_value(each) or ""
            elif isinstance(value, list | tuple):
                data.setlist(bound.html_name, [str(each) for each in value])
            else:
                data[bound.html_name] = "" if value is None else value


class GuardedFormSet(BaseInlineFormSet):
    """Rows of a list under a record. A row that somebody else removed meanwhile comes back as a new one."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.removed_by_others = 0
        if self.is_bound:
            self._part_rows_that_are_gone()

    def _part_rows_that_are_gone(self) -> None:
        if not self.management_form.is_valid():
            return
        name = self.model._meta.pk.name  # type: ignore[union-attr]
        count = self.initial_form_count()
        there = {str(row.pk) for row in self.get_queryset()}
        ids = [self.data.get(f"{self.add_prefix(index)}-{name}", "") for index in range(count)]
        order = [index for index in range(count) if ids[index] in there]
        gone = [index for index in range(count) if ids[index] not in there]
        if not gone:
            return
        rest = range(count, self.total_form_count())
        sent: Any = self.data
        data = sent.copy()
        for key in [key for key in data if key.startswith(f"{self.prefix}-") and not key.endswith("_FORMS")]:
            del data[key]
        for new, old in enumerate([*order, *gone, *rest]):
            marker = f"{self.add_prefix(old)}-"
            for key in [key for key in sent if key.startswith(marker)]:
                column = key.removeprefix(marker)
                if old not in gone or column not in {name, "loaded"}:
                    data.setlist(f"{self.add_prefix(new)}-{column}", sent.getlist(key))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(order))
        self.data = data
        self.removed_by_others = len(gone)
        self.__dict__.pop("management_form", None)

    def clean(self) -> None:
        super().clean()
        if self.removed_by_others:
            raise ValidationError(
                _(
                    "Somebody else removed a row of this list while you were writing. "
                    "It stands below as a new row: empty it to let it go, or save again to put it back."
                ),
                code="conflict",
            )

    def changed(self) -> bool:
        return bool(self.new_objects or self.changed_objects or self.deleted_objects)
