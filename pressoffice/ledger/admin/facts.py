"""What every page of the ledger's admin has in common."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pressoffice.ledger.models import Fact
from pressoffice.ledger.refusals import sentence_about
from pressoffice.publishing import audit_trail
from pressoffice.publishing.admin import DeskAdmin, DeskStackedInline
from pressoffice.publishing.in_place import write_down

from .forms import FactForm, FactFormSet, FigureField


class WhetherPublic(admin.SimpleListFilter):
    title = gettext_lazy("whether public")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("public", gettext_lazy("Public")),
            ("withdrawn", gettext_lazy("Withdrawn")),
            ("not", gettext_lazy("Not public")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "public":
                return queryset.in_force()
            case "withdrawn":
                return queryset.live().filter(holds=False)
            case "not":
                return queryset.exclude(pk__in=queryset.live().values("pk"))
        return queryset


class Numbers:
    """Figures are typed as people write them."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.DecimalField):
            return db_field.formfield(
                form_class=FigureField,
                max_digits=db_field.max_digits,
                decimal_places=db_field.decimal_places,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]


class KeptAdmin(DeskAdmin):
    """Facts and what they are about: each change leaves an audit entry, each refusal is a sentence."""

    form = FactForm
    change_form_template = "admin/ledger/fact_form.html"

    class Media:
        css = {"all": ["css/admin/ledger.css"]}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.refused_by_database = getattr(request, "refused_by_database", "")  # type: ignore[attr-defined]
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError as error:
            # Somebody else was faster. Now the form itself may see what it did not see before.
            request.refused_by_database = sentence_about(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        found = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if found is not None and self.has_view_permission(request, found):
            context["trail"] = audit_trail.trail(found)
            context["ledger_of"] = found.project
        return super().change_view(request, object_id, form_url, context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """The audit at the end of the form says more than Django's own list."""
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        if not self.has_view_or_change_permission(request, found):
            raise PermissionDenied
        return HttpResponseRedirect(f"{self._address(found)}#audit")

    def _address(self, row: models.Model) -> str:
        return reverse(f"admin:ledger_{self.opts.model_name}_change", args=[row.pk])

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        columns = form.changed_columns() if change else []
        super().save_related(request, form, formsets, change)
        if columns or not change:
            self._write_down(request, form.instance, "change" if change else "start", columns)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.deleted_forms:
            if row.instance.pk:
                self._write_down(request, row.instance, "delete")
        super().save_formset(request, form, formset, change)
        for fact in formset.new_objects:
            self._write_down(request, fact, "start")
        for fact, columns in formset.changed_objects:
            self._write_down(request, fact, "change", columns)

    @staticmethod
    def _write_down(
        request: HttpRequest, row: models.Model, step: str, columns: list[str] | None = None
    ) -> None:
        user: Any = request.user
        write_down(row, step, by=user, reason=", ".join(columns or []))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        # Django asked for permission before; somebody may have published its source since.
        if not self.has_delete_permission(request, obj):
            raise PermissionDenied
        self._write_down(request, obj, "delete")
        super().delete_model(request, obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ProtectedError, IntegrityError):
            sentence = _("It is not deleted: somebody has just entered a fact that rests on it.")
            self.message_user(request, sentence, messages.ERROR)
            found = self.get_object(request, object_id)
            if found is None:
                raise Http404 from None
            return HttpResponseRedirect(self._address(found))


class FactAdmin(Numbers, KeptAdmin):
    """A fact that stands by itself."""

    list_select_related = ["project", "source"]
    autocomplete_fields = ["project", "source"]
    date_hierarchy = None

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-stated_on", "-pk"]

    def has_delete_permission(self, request: HttpRequest, obj: Fact | None = None) -> bool:
        """What readers see is corrected by a newer statement, never deleted."""
        may = super().has_delete_permission(request, obj)
        return may and not (obj is not None and type(obj).objects.live().filter(pk=obj.pk).exists())


class FactInline(Numbers, DeskStackedInline):
    """Facts under what they are about."""

    form = FactForm
    formset = FactFormSet
    autocomplete_fields = ["source"]

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-stated_on", "-pk"]
