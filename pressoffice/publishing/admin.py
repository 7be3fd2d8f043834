from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from translated_fields.admin import TranslatedFieldAdmin

from . import admin_steps, audit_trail, languages, moment
from .admin_steps import Step, standing_of
from .guard import GuardedForm, GuardedFormSet
from .models import AuditEntry, Takedown, kind_of
from .pages import with_query
from .periods import Standing
from .plain_text import clean_line
from .records import Record
from .steps import StepRefused
from .takedowns import takedown_in_force

MOST_WORDS = 8
LONGEST_SEARCH = 100


def side_by_side(*names: str) -> list[Any]:
    """For `fieldsets`: each translated column in a line of its own, the languages beside each other."""
    return [tuple(f"{name}_{code}" for code in languages.CODES) for name in names]


def in_every_language(*names: str) -> list[str]:
    return [column for line in side_by_side(*names) for column in line]


class _KnownKeys(AutocompleteMixin):
    """Django's own asks the database for whatever was sent, and fails over what is no key."""

    field: Any

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if self._may_be_a_key(key)], attr)  # type: ignore[misc]

    def _may_be_a_key(self, key: Any) -> bool:
        try:
            self.field.remote_field.model._meta.pk.clean(key, None)
        except ValidationError:
            return key == ""
        return True


class KnownKeysSelect(_KnownKeys, AutocompleteSelect):
    pass


class KnownKeysSelectMultiple(_KnownKeys, AutocompleteSelectMultiple):
    pass


class SeenOnly:
    """Nobody is offered, or may name, a row of a kind that they may not look at."""

    admin_site: admin.AdminSite

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", KnownKeysSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return self._limited(super().formfield_for_foreignkey(db_field, request, **kwargs), request)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault(
                "widget", KnownKeysSelectMultiple(db_field, self.admin_site, using=kwargs.get("using"))
            )
        return self._limited(super().formfield_for_manytomany(db_field, request, **kwargs), request)  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and hasattr(field.widget, "can_delete_related"):
            # A form about one thing is no place to delete another.
            field.widget.can_delete_related = False
        return field

    def _limited(self, field: Any, request: HttpRequest) -> Any:
        if field is not None:
            options = field.queryset.model._meta
            if not request.user.has_perm(f"{options.app_label}.view_{options.model_name}"):
                field.queryset = field.queryset.none()
            elif hasattr(field.queryset, "may_be_shown"):
                field.queryset = field.queryset.may_be_shown()
        return field


class BoundedSearch:
    """A pasted page of text would make a query that no database takes."""

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        words = clean_line(search_term)[:LONGEST_SEARCH].split()[:MOST_WORDS]
        return super().get_search_results(request, queryset, " ".join(words))  # type: ignore[misc]


class NamedPages:
    """Pages are called by what they show: "Change %s" wants a case that no name of a model has in Kyrgyz
    and Russian."""

    opts: Any

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})  # type: ignore[misc]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if context.get("original") is not None:
            context |= {"title": str(context["original"]), "subtitle": None}
        else:
            context["title"] = _("New: %(kind)s") % {"kind": self.opts.verbose_name}
        rows = [row for each in context["inline_admin_formsets"] for row in each.formset.forms]
        for form in [context["adminform"].form, *rows]:
            # Who looks: only what they may open is a link (pressoffice.admin_site).
            form.reader = request.user
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


class DeskAdmin(NamedPages, BoundedSearch, SeenOnly, TranslatedFieldAdmin, admin.ModelAdmin):
    """What every page of records and directory has in common."""

    form: Any = GuardedForm
    change_form_template = "admin/desk_form.html"
    list_per_page = 40
    show_full_result_count = False

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST" or not transaction.get_connection().in_atomic_block:
            return found
        # Whoever saves second waits here, and then sees what the first one saved.
        self.get_queryset(request).model._base_manager.select_for_update().filter(pk=found.pk).first()
        return super().get_object(request, object_id, from_field)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.taken_over:
            labels = ", ".join(str(form.fields[name].label) for name in form.taken_over)
            sentence = _(
                "Somebody else saved while you were writing. Their changes are kept beside yours: %(fields)s."
            )
            self.message_user(request, sentence % {"fields": labels}, messages.WARNING)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        # One button less under a form that is mostly opened to mend one thing.
        context.setdefault("show_save_and_add_another", bool(kwargs.get("add")))
        return super().render_change_form(request, context, *args, **kwargs)


class GuardedRows:
    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if self.has_add_permission(request, obj) or self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return fieldsets
        # Whoever only looks is shown every field as text: this one is for forms.
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field != "loaded"]})
            for name, options in fieldsets
        ]


class DeskInline(GuardedRows, SeenOnly, admin.TabularInline):
    form = GuardedForm
    formset = GuardedFormSet
    extra = 0


class DeskStackedInline(GuardedRows, SeenOnly, admin.StackedInline):
    """For rows with many columns."""

    form = GuardedForm
    formset = GuardedFormSet
    extra = 0


class RecordForm(GuardedForm):
    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.instance.live_from is not None and not self.errors:
            for sentence in self.instance.why_not_public():
                self.add_error(None, sentence)


class WhetherPublic(admin.SimpleListFilter):
    title = _("whether public")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("draft", _("Draft")),
            ("scheduled", _("Scheduled")),
            ("public", _("Public")),
            *([("cancelled", _("Cancelled"))] if hasattr(model_admin.model, "cancel") else []),
            ("removed", _("Removed")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "draft":
                return queryset.filter(live_from__isnull=True)
            case "scheduled":
                return queryset.scheduled()
            case "public":
                return queryset.live().exclude(standing=Standing.CANCELLED)
            case "cancelled" | "removed" as standing:
                return queryset.filter(standing=standing)
        return queryset


def release_of(record: Any) -> Any:
    """What `record` goes out with, of the app above, as long as it is not out; None where it goes by itself.
    At most one query."""
    if not hasattr(record, "release_members"):
        return None
    ahead = models.Q(release__live_from__isnull=True) | models.Q(release__live_from__gt=moment.now())
    member = record.release_members.filter(ahead).select_related("release").first()
    return member.release if member else None


def taken_by_its_release(release: Any) -> set[str]:
    """The names of the steps that are the release's, for whatever goes out with it."""
    if release is None:
        return set()
    moving = {"publish", "publish-urgently", "schedule"}
    return moving | {"cancel-publication"} if release.is_scheduled() else moving


class RecordAdmin(DeskAdmin):
    """Records: a form for what they say, buttons for the steps, the audit at the end."""

    form: Any = RecordForm
    change_form_template = "admin/record_form.html"
    list_filter = [WhetherPublic]
    steps: tuple[Step, ...] = admin_steps.OF_EVERY_RECORD

    # --- what may be done ----------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.live_from is None)

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> Any:
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, "code"] if obj is not None and obj.live_from is not None else fields

    def possible_steps(self, request: HttpRequest, record: Any) -> list[Step]:
        return [
            step
            for step in self.steps
            if step.possible(record) and request.user.has_perm(record.permission(step.permission))
        ]

    # --- list ----------------------------------------------------------------------------------

    @admin.display(description=_("standing"), ordering="live_from")
    def standing_chip(self, record: Record) -> SafeString:
        key, words = standing_of(record)
        return format_html('<span class="chip chip--{}">{}</span>', key, words)

    # --- form ----------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        view = self.admin_site.admin_view(self.step_view)
        return [path("<int:pk>/steps/<slug:name>/", view, name=name), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        record = super().get_object(request, object_id)
        context = extra_context or {}
        if record is not None:
            context = {**context, **self._publication(request, record)}
        return super().change_view(request, object_id, form_url, context)

    def _publication(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        key, words = standing_of(record)
        taken_down = record.live_from is not None and record.standing != Standing.IN_FORCE
        waits = record.live_from is None or record.is_scheduled()
        release = release_of(record) if waits else None
        taken = taken_by_its_release(release)
        return {
            "record_release": release,
            "record_steps": [
                step.for_record(record)
                for step in self.possible_steps(request, record)
                if step.name not in taken
            ],
            "record_standing": {"key": key, "words": words},
            "record_takedown": takedown_in_force(record) if taken_down else None,
            "record_trail": audit_trail.trail(record),
            "record_page": self._page(record),
        }

    def _page(self, record: Record) -> str:
        if not hasattr(record, "get_absolute_url") or record.standing == Standing.REMOVED:
            return ""
        if record.live_from is not None and record.is_scheduled():
            return with_query(record.get_absolute_url(), {"as_of": record.live_from.isoformat()})
        return record.get_absolute_url()

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        record = form.instance
        columns = form.changed_columns() if change else []
        super().save_related(request, form, formsets, change)
        columns += [formset.prefix for formset in formsets if formset.changed()]
        if not change:
            record.write_down("start", by=request.user)
        elif columns:
            record.write_down("change", by=request.user, columns=columns)

    def delete_model(self, request: HttpRequest, obj: Record) -> None:
        # Django asked for permission before; somebody may have published it since.
        current = (
            self.get_queryset(request).select_for_update().filter(pk=obj.pk, live_from__isnull=True).first()
        )
        if current is None:
            raise PermissionDenied
        current.write_down("delete", by=request.user)  # type: ignore[arg-type]
        current.delete()

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """The audit at the end of the form says more than Django's own list."""
        record = super().get_object(request, object_id)
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        return HttpResponseRedirect(f"{self._change_address(record)}#audit")

    # --- steps ---------------------------------------------------------------------------------

    def step_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        step = next((each for each in self.steps if each.name == name), None)
        record = self.get_object(request, str(pk))
        if step is None or record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        if not request.user.has_perm(record.permission(step.permission)):
            raise PermissionDenied
        form = step.form(
            request.POST if request.method == "POST" else None, initial=self.step_initial(record, step)
        )
        asked = form.visible_fields()
        for field in [*(field for field in asked if field.errors), *asked][:1]:
            # By the keyboard the way here leads through the whole list of sections.
            field.field.widget.attrs["autofocus"] = True
        if request.method == "POST" and form.is_valid() and self._taken(request, record, step, form):
            self.message_user(request, self.step_done(record, step), messages.SUCCESS)
            return HttpResponseRedirect(self._change_address(record))
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "subtitle": str(record),
            "opts": self.opts,
            "original": record,
            "way": self.way_to(record),
            "step": step.for_record(record),
            "besides": admin_steps.told_besides(record) if step.verb == "publish" else [],
            "form": form,
            "media": self.media + form.media,
            "back": self._change_address(record),
            **self.step_context(record, step),
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/record_step.html", context)

    def way_to(self, record: Any) -> list[tuple[str, Any]]:
        """The pages above `record` and its own, as breadcrumbs: address and words."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"
        return [
            (reverse(name), capfirst(self.opts.verbose_name_plural)),
            (self._change_address(record), str(record)),
        ]

    def step_initial(self, record: Any, step: Step) -> dict[str, Any]:
        """What the step's form opens with."""
        return {}

    def step_context(self, record: Any, step: Step) -> dict[str, Any]:
        """What else the step's page shows."""
        return {}

    def step_done(self, record: Any, step: Step) -> Any:
        """What is said after `step`."""
        if record.live_from is not None and record.is_scheduled():
            words = admin_steps.moment_in_words(record.live_from)
            return _("It goes public on %(moment)s, Bishkek time.") % {"moment": words}
        return step.done

    def _taken(self, request: HttpRequest, record: Record, step: Step, form: forms.Form) -> bool:
        try:
            getattr(record, step.verb)(by=request.user, **form.cleaned_data)
        except StepRefused as refusal:
            self.add_refusal(form, refusal)
            return False
        except ObjectDoesNotExist:
            raise Http404 from None
        return True

    def add_refusal(self, form: forms.Form, refusal: StepRefused) -> None:
        form.add_error(None, str(refusal))

    def _change_address(self, record: models.Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])


class ReadOnlyAdmin(admin.ModelAdmin):
    actions: Any = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KindOfThing(admin.SimpleListFilter):
    title = _("kind of thing")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        kinds = model_admin.model.objects.order_by().values_list("subject_type", flat=True).distinct()
        return sorted(((kind, kind_of(kind)) for kind in kinds), key=lambda pair: str(pair[1]))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(subject_type=self.value()) if self.value() else queryset


def link_to(subject_type: str, pk: int, words: str) -> str | SafeString:
    try:
        address = reverse(f"admin:{subject_type.replace('.', '_')}_change", args=[pk])
    except NoReverseMatch:
        return words
    return format_html('<a href="{}">{}</a>', address, words)


def _rows(kind: str, keys: set[int], user: Any) -> dict[int, models.Model]:
    """What `user` may look at of them."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return {}
    if not user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
        return {}
    return model._base_manager.in_bulk(keys)


class AboutSomething(NamedPages, ReadOnlyAdmin):
    list_per_page = 50
    show_full_result_count = False
    list_filter = [KindOfThing, "at"]
    list_display_links = None

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-at", "-pk"]

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With what the rows are about: one query for each kind of thing on the page."""
        changes = super().get_changelist_instance(request)
        self._bring_along(list(changes.result_list), request.user)
        return changes

    def _bring_along(self, rows: list[Any], user: Any) -> None:
        keys: dict[str, set[int]] = {}
        for row in rows:
            keys.setdefault(row.subject_type, set()).add(row.subject_id)
        found = {kind: _rows(kind, wanted, user) for kind, wanted in keys.items()}
        for row in rows:
            row.about = found[row.subject_type].get(row.subject_id)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            self._bring_along([found], request.user)
        return found

    @admin.display(description=_("about"))
    def subject(self, row: Any) -> str | SafeString:
        kind = kind_of(row.subject_type)
        if row.about is None:
            # Gone, or not for this person: a link would lead nowhere.
            return format_html("{}: {}", kind, row.subject_id)
        return format_html("{}: {}", kind, link_to(row.subject_type, row.subject_id, str(row.about)))


@admin.register(AuditEntry)
class AuditEntryAdmin(AboutSomething):
    list_display = ["at", "what", "subject", "by", "why"]
    list_select_related = ["by"]
    readonly_fields = ["at", "what", "subject", "by", "why", "before", "after", "fingerprint"]
    fields = tuple(readonly_fields)

    def _bring_along(self, rows: list[Any], user: Any) -> None:
        super()._bring_along(rows, user)
        public_from = {
            audit_trail.subject_of(entry): getattr(entry.about, "live_from", None) for entry in rows
        }
        labels = audit_trail.labels_of(rows, public_from, audit_trail.last_publications(rows))
        for entry in rows:
            entry.label = labels[entry.pk]

    @admin.display(description=_("step"))
    def what(self, entry: Any) -> str:
        return str(entry.label)

    @admin.display(description=_("reason"))
    def why(self, entry: AuditEntry) -> str:
        return audit_trail.explained(entry)

    @admin.display(description=_("state before"))
    def before(self, entry: AuditEntry) -> str:
        return audit_trail.state_of(entry, entry.from_state)

    @admin.display(description=_("state after"))
    def after(self, entry: AuditEntry) -> str:
        return audit_trail.state_of(entry, entry.to_state)


@admin.register(Takedown)
class TakedownAdmin(AboutSomething):
    list_display = ["at", "kind", "subject", "reason", "by", "lifted_at", "lifted_by"]
    list_select_related = ["by", "lifted_by"]
    list_filter = [KindOfThing, "kind", "at"]
    readonly_fields = [
        "at",
        "kind",
        "subject",
        "reason",
        "redirect_to",
        "by",
        "lifted_at",
        "lifted_by",
    ]
    fields = tuple(readonly_fields)
