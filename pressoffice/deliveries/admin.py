from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pressoffice.publishing.admin import BoundedSearch, NamedPages, ReadOnlyAdmin
from pressoffice.publishing.admin_steps import moment_in_words

from .effects import EFFECTS, name_of
from .models import Delivery


class Kind(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(kind, name_of(kind)) for kind in EFFECTS]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(kind=self.value()) if self.value() in EFFECTS else queryset


@admin.register(Delivery)
class DeliveryAdmin(NamedPages, BoundedSearch, ReadOnlyAdmin):
    """Written by the steps and the worker; people let what failed be tried again."""

    list_display = ["key", "called", "state", "due_at", "attempts", "last_error"]
    list_display_links = None
    list_filter = ["state", Kind, "due_at"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["key"]
    ordering = ["-pk"]
    actions = ["try_again"]
    fields = [
        "key",
        "called",
        "payload",
        "state",
        "due_at",
        "attempts",
        "next_try_at",
        "claimed_until",
        "last_error",
        "created_at",
        "done_at",
    ]

    @admin.display(description=_("kind"), ordering="kind")
    def called(self, delivery: Delivery) -> str:
        return name_of(delivery.kind)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("deliveries.retry_delivery")

    @admin.action(description=_("Try again what failed"), permissions=["retry"])
    def try_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        found: Any = queryset
        number = found.try_again(by=request.user)
        if number:
            words = ngettext("%(number)s is tried again.", "%(number)s are tried again.", number)
            self.message_user(request, words % {"number": number}, messages.SUCCESS)
        else:
            self.message_user(request, _("None of these has failed."), messages.WARNING)

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        health = Delivery.objects.health()
        if health.is_stuck and health.due_since and self.has_view_permission(request):
            sentence = _("What was due on %(moment)s still waits: no worker is running.")
            self.message_user(
                request, sentence % {"moment": moment_in_words(health.due_since)}, messages.ERROR
            )
        return super().changelist_view(request, extra_context)
