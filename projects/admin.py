from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.admin import (
    DeskInline,
    DeskStackedInline,
    RecordAdmin,
    in_every_language,
    link_to,
    side_by_side,
)
from pressoffice.publishing.guard import GuardedForm
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import subject_type

from .geometry import LONGEST_TEXT, as_text, read_geometry
from .models import Agreement, Participation, Place, Project, ProjectAlias


class AliasInline(DeskInline):
    model = ProjectAlias


class ParticipationInline(DeskInline):
    model = Participation
    autocomplete_fields = ["country", "organisation"]


class PlaceForm(GuardedForm):
    """The geometry is typed and compared as text: lists are compared without regard to their order."""

    geometry = forms.CharField(
        label=_("where it is"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "class": "vLargeTextField"}),
        help_text=_(
            "Longitude (east), then latitude (north), in degrees: [74.59, 42.87]. "
            "Of a line every bend: [[74.59, 42.87], [76.19, 42.45]]. "
            "A GeoJSON Point or LineString may be pasted."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self._is_change:
            self.initial["geometry"] = as_text(self.instance.geometry)
            self.initial["loaded"] = self._token()

    def clean_geometry(self) -> str:
        return as_text(read_geometry(self.cleaned_data["geometry"]).coordinates)


class PlaceInline(DeskStackedInline):
    model = Place
    form = PlaceForm
    fieldsets = [(None, {"fields": [*side_by_side("name"), "geometry", "loaded"]})]


@admin.register(Project)
class ProjectAdmin(RecordAdmin):
    list_display = ["name", "code", "sector", "standing_chip"]
    list_filter = [*RecordAdmin.list_filter, "sector"]
    search_fields = ["code", *in_every_language("name"), "aliases__text"]
    autocomplete_fields = ["lead_image"]
    inlines = [AliasInline, ParticipationInline, PlaceInline]

    def get_ordering(self, request: HttpRequest) -> Any:
        return [f"name_{active()}", "pk"]

    def get_fieldsets(self, request: HttpRequest, obj: Project | None = None) -> Any:
        sets: Any = [
            (None, {"fields": [*side_by_side("name"), ("code", "sector"), "lead_image"]}),
            (_("Summary"), {"fields": side_by_side("summary")}),
            (_("Description"), {"fields": side_by_side("description")}),
        ]
        if obj is not None:
            sets.append((_("Where it stands"), {"fields": ["status_changes_said"]}))
        return sets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "status_changes_said"]

    @admin.display(description=_("status changes"))
    def status_changes_said(self, project: Project) -> str | SafeString:
        """What statements said of its status. They are written in the ledger, which lies above this app."""
        changes = project.status_changes.newest_first().select_related("source")[:20]
        rows = [
            (_linked(change, change.get_status_display()), change.stated_on, _linked(change.source))
            for change in changes
        ]
        if not rows:
            return str(_("No statement has said it yet."))
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} ({:%Y-%m-%d}) {}</li>", rows))


def _linked(row: Any, words: str = "") -> str | SafeString:
    return link_to(subject_type(row), row.pk, words or str(row))


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    list_display = ["title", "kind", "signed_on", "standing_chip"]
    list_filter = [*RecordAdmin.list_filter, "kind"]
    search_fields = ["code", *in_every_language("title")]
    autocomplete_fields = ["parties", "amends", "document", "projects"]
    fieldsets = [
        (None, {"fields": [*side_by_side("title"), ("code", "kind"), ("signed_on", "in_force_on")]}),
        (_("What it ties together"), {"fields": ["parties", "projects", "amends", "document"]}),
    ]

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-signed_on", "-pk"]
