from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp_webauthn.models import WebAuthnCredential

from pressoffice.publishing.admin import BoundedSearch, NamedPages
from pressoffice.publishing.models import AuditEntry

from . import browsers, log, second_factor, sign_ins
from .forms import NewPasswordForm, PersonForm, ResetForm, RolesField
from .log_in_pages import confirm_first
from .models import LogInEntry, User
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
    "share": _("give texts under embargo to people outside"),
    "retry": _("let be tried again"),
}

admin.site.unregister(Group)
# Its own page shows the secrets of others, and knows no reason and no journal.
admin.site.unregister(TOTPDevice)


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
    list_display = [
        "username",
        "name",
        "roles",
        "is_active",
        "is_superuser",
        "has_second_factor",
        "last_login",
    ]
    list_filter = ["is_active", "is_superuser"]
    list_per_page = 50
    ordering = ["username"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Name"), {"fields": [("first_name", "last_name"), "email"]}),
        (_("Role"), {"fields": ["groups", "is_active", "is_staff", "is_superuser"]}),
        (_("Last seen"), {"fields": ["second_factor", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
    ]
    readonly_fields = ["second_factor", "last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        roles = Prefetch("groups", Group.objects.order_by("name"))
        found = super().get_queryset(request).prefetch_related(roles)
        apps = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        passkeys = WebAuthnCredential.objects.filter(user=OuterRef("pk"), confirmed=True)
        return found.annotate(has_a_device=Exists(apps) | Exists(passkeys))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.reset_second_factor)
        return [
            path("<int:pk>/second-factor/reset/", view, name="accounts_user_reset"),
            *super().get_urls(),
        ]

    def reset_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        """For somebody who lost everything: the reason is written down, and they set one up anew."""
        person = self.get_object(request, str(pk))
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        if person is None:
            raise Http404
        if not sign_ins.is_fresh(sign_ins.of_person(request)):
            return confirm_first(request)
        form = ResetForm(request.POST if request.method == "POST" else None)
        back = reverse("admin:accounts_user_change", args=[pk])
        if request.method == "POST" and form.is_valid():
            reason, by = form.cleaned_data["reason"], sign_ins.of_person(request).user
            try:
                with transaction.atomic():
                    second_factor.reset(person, by=by, reason=reason, request=request)
                    AuditEntry.objects.record(person, "reset_second_factor", by=by, reason=reason)
            except second_factor.Refused as refused:
                form.add_error(None, str(refused))
            else:
                self.message_user(request, _("The second factor is reset and every session ended."))
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reset the second factor"),
            "opts": self.opts,
            "original": person,
            "form": form,
            "step": {
                "label": _("Reset the second factor"),
                "consequence": _(
                    "The person’s passkeys, apps and backup codes no longer work and every session of theirs "
                    "ends. "
                    "At the next log-in, with the password alone, a new second factor is set up. "
                    "Make sure that it is really they who ask: call back on a number you know."
                ),
                "is_grave": True,
            },
            "back": back,
        }
        return TemplateResponse(request, "admin/record_step.html", context)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        response = super().user_change_password(request, id, form_url)
        person = self.get_object(request, id)
        if request.method == "POST" and response.status_code == 302 and person is not None:
            is_self = person.pk == request.user.pk
            here = sign_ins.of_person(request)
            sign_ins.end_all(of=person, but=here if is_self else None)
            by = None if is_self else here.user
            log.write_down(LogInEntry.What.PASSWORD_CHANGED, person, request, by=by)
        return response

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

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, person: Any) -> bool:
        return person.has_a_device

    @admin.display(description=_("second factor"))
    def second_factor(self, person: User) -> Any:
        if person.pk is None:
            return ""
        devices = second_factor.devices_of(person)
        if not devices:
            return _("None yet: it is set up at the next log-in.")
        names = ", ".join(f"{device.name} ({device.label})" for device in devices)
        link = reverse("admin:accounts_user_reset", args=[person.pk])
        return format_html('{} <a href="{}">{}</a>', names, link, _("Reset the second factor"))

    @admin.display(description=pgettext_lazy("of a person", "name"))
    def name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description=pgettext_lazy("of an account", "role"))
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

    @admin.display(description=pgettext_lazy("of an account", "role"))
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


@admin.register(LogInEntry)
class LogInEntryAdmin(ForAdministrators):
    """The journal of the door. Nobody writes in it but the door."""

    list_display = ["at", "event", "user", "where"]
    fields = ["at", "what", "user", "by", "factor", "detail", "address", "browser"]
    list_display_links = None
    list_select_related = ["user", "by"]
    list_filter = ["what", "at", ("user", admin.RelatedOnlyFieldListFilter), "factor"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["user__username", "user__last_name", "address"]
    ordering = ["-at", "-pk"]
    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("what"))
    def event(self, entry: LogInEntry) -> str:
        facts = [
            entry.get_what_display(),
            entry.get_factor_display() if entry.factor else "",
            entry.detail,
            _("Administrator: %(person)s") % {"person": entry.by} if entry.by else "",
        ]
        return " · ".join(fact for fact in facts if fact)

    @admin.display(description=_("from where"))
    def where(self, entry: LogInEntry) -> str:
        return " · ".join(fact for fact in (entry.address, browsers.in_words(entry.browser)) if fact)
