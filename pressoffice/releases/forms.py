from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.admin import KnownKeysSelectMultiple
from pressoffice.publishing.guard import GuardedForm

from .models import KINDS, Member, Release

# The form's field for each column of Member.
FIELDS = {"edition": "texts", "project": "projects", "agreement": "agreements", "event": "events"}


def _several(kind: str, label: Any, help_text: Any) -> forms.ModelMultipleChoiceField:
    model: Any = Member._meta.get_field(kind).related_model
    return forms.ModelMultipleChoiceField(
        label=label, help_text=help_text, queryset=model._default_manager.all(), required=False
    )


class ReleaseForm(GuardedForm):
    """What goes out together is chosen by kind; each thing becomes a row of its own."""

    texts = _several(
        "edition",
        _("Texts"),
        _("Texts in work, in any language. A statement's reference finds all of its languages."),
    )
    projects = _several(
        "project",
        _("Joint projects"),
        _("Only those that are not public yet: what a text says of a public one goes out with the text."),
    )
    agreements = _several("agreement", _("Agreements"), "")
    events = _several("event", _("Events"), "")

    class Meta:
        model = Release
        fields = ["name", "planned_for", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = list(self.instance.members.all()) if self.instance.pk else []
        for kind, name in FIELDS.items():
            if name not in self.fields:
                continue
            column: Any = Member._meta.get_field(kind)
            chosen = [key for member in members if (key := getattr(member, f"{kind}_id"))]
            field: Any = self.fields[name]
            field.queryset = field.queryset.complex_filter(
                Q(**column.get_limit_choices_to()) | Q(pk__in=chosen)
            ).distinct()
            field.widget = KnownKeysSelectMultiple(column, admin.site, attrs={"data-width": "100%"})
            field.widget.choices = field.choices
            self.initial[name] = chosen
        if self._is_change:
            self.initial["loaded"] = self._token()

    def _columns(self) -> set[str]:
        return super()._columns() | set(FIELDS.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for kind, name in FIELDS.items():
            others = Member.objects.exclude(release=self.instance.pk).filter(
                **{f"{kind}__in": cleaned.get(name) or []}
            )
            for member in others.select_related("release", kind):
                sentence = _("“%(thing)s” is in the release “%(release)s” already.")
                words = {"thing": member.thing, "release": member.release}
                self.add_error(name, ValidationError(sentence, params=words))
        return cleaned

    def save_members(self) -> None:
        """Rows for what was chosen, none for what was let go."""
        for kind in KINDS:
            chosen: list[models.Model] = list(self.cleaned_data.get(FIELDS[kind]) or [])
            mine = Member.objects.filter(release=self.instance, **{f"{kind}__isnull": False})
            mine.exclude(**{f"{kind}__in": chosen}).delete()
            there = set(mine.values_list(kind, flat=True))
            Member.objects.bulk_create(
                Member(release=self.instance, **{kind: thing}) for thing in chosen if thing.pk not in there
            )
