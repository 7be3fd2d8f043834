from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import admin_steps
from pressoffice.publishing.admin import RecordAdmin, in_every_language, side_by_side
from pressoffice.publishing.admin_steps import Step

from .models import Event

CANCEL = Step(
    "cancel",
    "cancel",
    "cancel",
    _("Cancel the event"),
    _("The event will not take place: its page stays, with a notice that gives your reason."),
    _("The event is cancelled."),
    lambda record: record.is_live() and not record.is_cancelled,
    admin_steps.ReasonForm,
    is_grave=True,
)


@admin.register(Event)
class EventAdmin(RecordAdmin):
    steps = (*admin_steps.OF_EVERY_RECORD[:3], CANCEL, *admin_steps.OF_EVERY_RECORD[3:])
    list_display = ["title", "kind", "starts_at", "standing_chip"]
    list_filter = [*RecordAdmin.list_filter, "kind"]
    date_hierarchy = "starts_at"
    search_fields = ["code", *in_every_language("title", "venue")]
    autocomplete_fields = ["countries", "participants", "projects", "lead_image"]
    fieldsets = [
        (
            None,
            {"fields": [*side_by_side("title"), ("code", "kind"), ("starts_at", "ends_at"), "lead_image"]},
        ),
        (_("Where"), {"fields": side_by_side("venue")}),
        (_("Who and what for"), {"fields": ["countries", "participants", "projects"]}),
        (_("Summary"), {"fields": side_by_side("summary")}),
        (_("Description"), {"fields": side_by_side("description")}),
        (_("Note for the press"), {"fields": [*side_by_side("accreditation"), "accreditation_until"]}),
    ]

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-starts_at", "-pk"]
