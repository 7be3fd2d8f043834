"""A form for each kind of fact, and for what facts are about."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pressoffice.ledger.models import (
    BudgetLine,
    Commitment,
    Indicator,
    Measurement,
    Milestone,
    MilestoneDate,
    StatusChange,
    Target,
)
from pressoffice.publishing.admin import in_every_language, side_by_side
from pressoffice.publishing.languages import active

from .facts import FactAdmin, FactInline, KeptAdmin, WhetherPublic
from .forms import CommitmentForm, FigureForm

STATED: Any = (_("Where it was stated"), {"fields": ["source", "stated_on", "words"]})
STATED_ROW = ["source", "stated_on", "words"]
BY_PROJECT = ["project__code", *(f"project__{column}" for column in in_every_language("name"))]


@admin.register(StatusChange)
class StatusChangeAdmin(FactAdmin):
    list_display = ["project", "status", "stated_on", "source"]
    list_filter = [WhetherPublic, "status", "stated_on"]
    search_fields = ["source__reference", *BY_PROJECT]
    fieldsets = [(None, {"fields": ["project", "status"]}), STATED]


@admin.register(Commitment)
class CommitmentAdmin(FactAdmin):
    form = CommitmentForm
    list_display = ["__str__", "project", "due_on", "stated_on", "source"]
    list_filter = [WhetherPublic, "relation", "due_on", "stated_on"]
    search_fields = ["source__reference", *in_every_language("text"), *BY_PROJECT]
    autocomplete_fields = ["project", "source", "answers", "country", "organisation"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "project",
                    *side_by_side("text"),
                    ("due_on", "due_precision"),
                    ("country", "organisation"),
                ]
            },
        ),
        (_("A later word on an earlier promise"), {"fields": ["answers", "relation"]}),
        STATED,
    ]


@admin.register(BudgetLine)
class BudgetLineAdmin(FactAdmin):
    list_display = ["project", "kind", "__str__", "stated_on", "source"]
    list_filter = [WhetherPublic, "kind", "currency", "stated_on"]
    search_fields = ["source__reference", *BY_PROJECT]
    autocomplete_fields = ["project", "source", "country", "organisation"]
    fieldsets = [
        (None, {"fields": ["project", "kind", ("amount", "currency"), ("country", "organisation")]}),
        STATED,
    ]


class MilestoneDateInline(FactInline):
    model = MilestoneDate
    fieldsets = [(None, {"fields": ["kind", ("on", "precision"), *STATED_ROW, "loaded"]})]


class MeasurementInline(FactInline):
    model = Measurement
    form = FigureForm
    fieldsets = [(None, {"fields": [("value", "value_to"), *STATED_ROW, "loaded"]})]


class TargetInline(FactInline):
    model = Target
    form = FigureForm
    fieldsets = [
        (None, {"fields": [("value", "value_to"), ("due_on", "due_precision"), *STATED_ROW, "loaded"]})
    ]


class NamedAdmin(KeptAdmin):
    """What facts are about. Once it has facts it stays with its project, and they with their unit."""

    list_select_related = ["project"]
    search_fields = [*in_every_language("name"), *BY_PROJECT]
    autocomplete_fields = ["project"]
    kept: tuple[str, ...] = ("project",)  # columns that its facts rest on

    def get_ordering(self, request: HttpRequest) -> Any:
        return [f"name_{active()}", "pk"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, *self.kept] if obj is not None and self._has_facts(obj) else fields

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and not (obj is not None and self._has_facts(obj))

    def _has_facts(self, obj: Any) -> bool:
        return any(rows.exists() for rows in self.facts_of(obj))

    def facts_of(self, obj: Any) -> list[QuerySet]:
        raise NotImplementedError


@admin.register(Milestone)
class MilestoneAdmin(NamedAdmin):
    list_display = ["name", "project"]
    fieldsets = [(None, {"fields": ["project", *side_by_side("name")]})]
    inlines = [MilestoneDateInline]

    def facts_of(self, obj: Milestone) -> list[QuerySet]:
        return [obj.dates.all()]


@admin.register(Indicator)
class IndicatorAdmin(NamedAdmin):
    list_display = ["name", "unit", "project"]
    list_filter = ["unit"]
    kept = ("project", "unit")
    fieldsets = [(None, {"fields": ["project", *side_by_side("name"), "unit"]})]
    inlines = [MeasurementInline, TargetInline]

    def facts_of(self, obj: Indicator) -> list[QuerySet]:
        return [obj.measurements.all(), obj.targets.all()]
