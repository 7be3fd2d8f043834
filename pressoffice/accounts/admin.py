from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.admin import BoundedSearch, NamedPages
from pressoffice.publishing.models import AuditEntry

from .forms import NewPasswordForm, PersonForm, RolesField
from .models import User
from .roles import LABELS

# What a permission lets one do to the things of its kind.
MAY = {
    "view": _("see"),
    "add": _("add"),
    "change": _("change"),
    "delete": _("delete"),
    "submit": _("submit to a second pair of eyes"),
    "approve": _("approve and send back"),
    "publish": _("publish and schedule"),
    "publish_urgently": _("publish without a second pair of eyes"),
    "withdraw": _("withdraw"),
    "cancel": _("cancel"),
    "remove": _("remove from the site"),
    "discard": _("discard the drafts of others"),
}

admin.site.unregister(Group)


class ForAdministrators(NamedPages, BoundedSearch, admin.ModelAdmin):
    """Who may do what is for superusers alone, whatever permissions somebody was given."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_administrator(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The audit names people for good: whoever leaves is made inactive."""
        return False

    @staticmethod
    def _is_administrator(request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)


def roles_of(person: User) -> str:
    return ", ".join(str(LABELS.get(role.name, role.name)) for role in person.groups.all())


@admin.register(User)
class PersonWithLogInAdmin(ForAdministrators, UserAdmin):
    form = PersonForm
    change_password_form = NewPasswordForm
    list_display = ["username", "name", "roles", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    list_per_page = 50
    ordering = ["username"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Name"), {"fields": [("first_name", "last_name"), "email"]}),
        (_("Role"), {"fields": ["groups", "is_active", "is_staff", "is_superuser"]}),
        (_("Last seen"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        roles = Prefetch("groups", Group.objects.order_by("name"))
        return super().get_queryset(request).prefetch_related(roles)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"form_class": RolesField, "widget": forms.CheckboxSelectMultiple, "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> type:  # type: ignore[override]
        form = super().get_form(request, obj, **kwargs)
        form.editing_self = obj is not None and obj.pk == request.user.pk  # type: ignore[attr-defined]
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            # Nobody needs a log-in for anything but the admin.
            obj.is_staff = True
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        columns = [
            name for name in form.changed_data if name in {field.name for field in User._meta.get_fields()}
        ]
        step = "change" if change else "start"
        by: Any = request.user
        AuditEntry.objects.record(form.instance, step, by=by, reason=", ".join(columns) if change else "")

    @admin.display(description=_("name"))
    def name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description=_("role"))
    def roles(self, person: User) -> str:
        return roles_of(person)


@admin.register(Group)
class RoleAdmin(ForAdministrators):
    """What each role may do is written in pressoffice.accounts.roles; here it is read."""

    list_display = ["role", "people"]
    list_display_links = ["role"]
    fields = ["role", "people", "rights"]
    readonly_fields = ["role", "people", "rights"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("user_set").order_by("name")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            # Only ever shown: its name in the reader's language.
            found.name = str(LABELS.get(found.name, found.name))
        return found

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        return super().changelist_view(request, {"title": _("Roles"), **(extra_context or {})})

    @admin.display(description=_("role"))
    def role(self, role: Group) -> str:
        return str(LABELS.get(role.name, role.name))

    @admin.display(description=_("people"))
    def people(self, role: Group) -> str:
        return ", ".join(str(person) for person in role.user_set.all())  # type: ignore[attr-defined]

    @admin.display(description=_("rights"))
    def rights(self, role: Group) -> SafeString:
        rows = role.permissions.select_related("content_type").order_by("content_type__app_label", "codename")
        by_kind: dict[str, list[str]] = {}
        for row in rows:
            model = row.content_type.model_class()
            kind = str(model._meta.verbose_name_plural) if model else row.content_type.model
            action = row.codename.removesuffix(f"_{row.content_type.model}")
            by_kind.setdefault(kind, []).append(str(MAY.get(action, row.name)))
        lines = ((capfirst(kind), ", ".join(actions)) for kind, actions in by_kind.items())
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", lines))
