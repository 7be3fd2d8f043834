"""What the library's lists are narrowed down to."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from translated_fields import to_attribute

from pressoffice.publishing import languages


class WhetherUsed(admin.SimpleListFilter):
    title = _("whether used")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Something shows it")), ("no", _("Nothing shows it"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "yes":
                return queryset.used()
            case "no":
                return queryset.unused()
        return queryset


class WhatIsMissing(admin.SimpleListFilter):
    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("description", _("Waits for its description")), ("credit", _("Without credit"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "description":
                return queryset.filter(is_waiting=True)
            case "credit":
                empty = ((to_attribute("credit", code), "") for code in languages.CODES)
                return queryset.filter(Q(*empty, _connector=Q.OR))
        return queryset


class Newest(admin.SimpleListFilter):
    title = _("whether replaced")
    parameter_name = "replaced"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("The newest file")), ("yes", _("Replaced by a newer one"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() in {"yes", "no"}:
            return queryset.filter(successor__isnull=self.value() == "no")
        return queryset
