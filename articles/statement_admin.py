from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pressoffice.publishing.admin import DeskAdmin
from pressoffice.publishing.in_place import write_down
from pressoffice.publishing.pages import OWN_NAMES
from pressoffice.publishing.periods import Standing
from pressoffice.publishing.plain_text import clean_text
from pressoffice.publishing.steps import StepRefused

from .models import Edition, Statement
from .standing import is_behind, standing_in_short, standing_of
from .timeline import timeline_of, write_note


def _person(request: HttpRequest) -> Any:
    """Who is logged in: admin_view lets nobody else through."""
    return request.user


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note for colleagues"),
        max_length=4000,
        help_text=_("It stays on the timeline; readers do not see it."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])


class InState(admin.SimpleListFilter):
    title = _("state of a text")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [
            ("draft", _("Draft")),
            ("submitted", _("Waiting for a second pair of eyes")),
            ("approved", _("Approved")),
            ("scheduled", _("Scheduled")),
            ("public", _("Public")),
            ("second_look", _("Needs a second look")),
            ("withdrawn", _("Withdrawn")),
            ("removed", _("Removed")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        editions = Edition.objects.all()
        match self.value():
            case "draft" | "submitted" | "approved" as state:
                editions = editions.filter(state=state)
            case "scheduled":
                editions = editions.scheduled()
            case "public":
                editions = editions.live().filter(standing=Standing.IN_FORCE)
            case "second_look":
                editions = editions.published().filter(is_urgent=True, second_look_by__isnull=True)
            case "withdrawn" | "removed" as standing:
                editions = editions.last_of_series().filter(standing=standing)
            case _:
                return queryset
        return queryset.filter(Exists(editions.filter(statement=OuterRef("pk"))))


class MissingLanguage(admin.SimpleListFilter):
    title = _("language that is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return list(settings.LANGUAGES)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        language = self.value()
        if language not in OWN_NAMES:
            return queryset
        there = Edition.objects.in_language(str(language)).exclude(state=Edition.State.DISCARDED)
        return queryset.exclude(Exists(there.filter(statement=OuterRef("pk"))))


def _in_words(statement: Statement, column: str) -> str:
    """A fact of it as people read it in the audit."""
    field = Statement._meta.get_field(column)
    if field.many_to_many:
        return ", ".join(str(each) for each in getattr(statement, column).all())
    value = getattr(statement, column)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(getattr(statement, f"get_{column}_display", lambda: value or "")())


@admin.register(Statement)
class StatementAdmin(DeskAdmin):
    change_form_template = "admin/articles/statement/change_form.html"
    change_list_template = "admin/articles/statement/change_list.html"
    list_display = ["heading", "kind", "delivered_on"]
    list_display_links = ["heading"]
    list_filter = ["kind", InState, MissingLanguage, "original_language"]
    search_fields = ["reference", "editions__title"]

    class Media:
        css = {"all": ["css/admin/writing.css"]}

    autocomplete_fields = ["speakers", "event", "topics", "countries", "contact"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "kind",
                    "form",
                    "original_language",
                    "delivered_on",
                    ("place_ky", "place_ru", "place_en"),
                ]
            },
        ),
        (_("What it belongs to"), {"fields": ["speakers", "event", "topics", "countries", "contact"]}),
    ]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return "-created_at", "-pk"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        shown = Edition.objects.exclude(state=Edition.State.DISCARDED).filter(
            Q(state__in=Edition.UNPUBLISHED) | Q(pk__in=Edition.objects.last_of_series().values("pk"))
        )
        light = shown.defer("body", "notes_to_editors", "settled").select_related("translated_from")
        return (
            super()
            .get_queryset(request)
            .prefetch_related(Prefetch("editions", light.order_by("pk"), "in_work"))
        )

    # --- list ----------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        may_start = request.user.has_perm(Edition.permission("add"))
        return super().changelist_view(request, {"may_start": may_start, **(extra_context or {})})

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        may_start = request.user.has_perm(Edition.permission("add"))

        @admin.display(description=_("languages"))
        def languages(statement: Statement) -> SafeString:
            return self._chips(statement, may_start=may_start)

        return [*self.list_display, languages]

    @admin.display(description=_("title"))
    def heading(self, statement: Statement) -> SafeString:
        titled = statement.titled_among(statement.in_work)  # type: ignore[attr-defined]
        return format_html(
            '<span lang="{}">{}</span> <span class="row-reference">{}</span>',
            titled.language if titled else "",
            titled.title if titled else _("Untitled"),
            statement.reference,
        )

    def _chips(self, statement: Statement, *, may_start: bool) -> SafeString:
        in_work: list[Edition] = statement.in_work  # type: ignore[attr-defined]
        original = next(
            (e for e in in_work if e.language == statement.original_language and e.is_live()), None
        )
        chips = []
        for code, name in settings.LANGUAGES:
            editions = [edition for edition in in_work if edition.language == code]
            chips += [self._chip(edition, name, original) for edition in editions]
            if not editions:
                chips.append(self._missing(statement, code, name, may_start=may_start))
        return format_html('<div class="chips">{}</div>', format_html_join(" ", "{}", ((c,) for c in chips)))

    @staticmethod
    def _chip(edition: Edition, name: Any, original: Edition | None) -> SafeString:
        key, words = standing_in_short(edition)
        if is_behind(edition, original):
            key, words = f"{key} chip--behind", _("%(standing)s, behind the original") % {"standing": words}
        address = reverse("admin:articles_edition_change", args=[edition.pk])
        return format_html(
            '<a class="chip chip--{}" href="{}"><abbr title="{}">{}</abbr> {}</a>',
            key, address, name, edition.language, words,
        )  # fmt: skip

    @staticmethod
    def _missing(statement: Statement, code: str, name: Any, *, may_start: bool) -> SafeString:
        if not may_start:
            return format_html(
                '<span class="chip chip--missing"><abbr title="{}">{}</abbr> {}</span>',
                name, code, _("missing"),
            )  # fmt: skip
        address = reverse("admin:articles_statement_start", args=[statement.pk, code])
        # Its form stands beside the list's, which cannot hold another (statement/change_list.html).
        return format_html(
            '<button class="chip chip--missing" form="start-edition" formaction="{}" title="{}">'
            '<abbr title="{}">{}</abbr> {}</button>',
            address, _("Start this text"), name, code, _("missing: start"),
        )  # fmt: skip

    # --- facts ---------------------------------------------------------------------------------

    def has_delete_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Statement | None = None) -> bool:
        """The facts of a public statement are for those who may publish."""
        may = super().has_change_permission(request, obj)
        if may and obj is not None and obj.editions.ever_live().exists():
            return request.user.has_perm(Edition.permission("publish"))
        return may

    def save_model(self, request: HttpRequest, obj: Statement, form: Any, change: bool) -> None:
        if change:
            kept = Statement.objects.get(pk=obj.pk)
            form.before = {column: _in_words(kept, column) for column in form.changed_columns()}
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        columns = form.changed_columns() if change else []
        super().save_related(request, form, formsets, change)
        if not change:
            write_down(form.instance, "start", by=_person(request))
        elif columns:
            reason = "\n".join(
                f"{column}: «{form.before[column]}» → «{_in_words(form.instance, column)}»"
                for column in columns
            )
            write_down(form.instance, "change", by=_person(request), reason=reason)

    def response_add(
        self, request: HttpRequest, obj: Statement, post_url_continue: str | None = None
    ) -> HttpResponse:
        if IS_POPUP_VAR in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._start(request, obj, obj.original_language)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """The audit at the end of the page says more than Django's own list."""
        statement = self.get_object(request, object_id)
        if statement is None:
            raise Http404
        if not self.has_view_permission(request, statement):
            raise PermissionDenied
        address = reverse("admin:articles_statement_change", args=[statement.pk])
        return HttpResponseRedirect(f"{address}#audit")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        statement = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if statement is not None:
            context |= {
                "series": self._series(request, statement),
                "trail": timeline_of(statement),
                "note_form": NoteForm() if request.user.has_perm(Edition.permission("submit")) else None,
                "is_for_publishers": super().has_change_permission(request)
                and not self.has_change_permission(request, statement),
            }
        return super().change_view(request, object_id, form_url, context)

    def _series(self, request: HttpRequest, statement: Statement) -> list[dict[str, Any]]:
        editions = list(
            statement.editions.exclude(state=Edition.State.DISCARDED)
            .defer("body", "notes_to_editors", "settled")
            .select_related("translated_from")
            .order_by("language", "-pk")
        )
        original = next(
            (e for e in editions if e.language == statement.original_language and e.is_live()), None
        )
        may_start = request.user.has_perm(Edition.permission("add"))
        return [
            {
                "code": code,
                "name": name,
                "is_original": code == statement.original_language,
                "editions": [
                    {
                        "edition": edition,
                        "standing": dict(zip(("key", "words"), standing_of(edition), strict=True)),
                        "is_behind": is_behind(edition, original),
                    }
                    for edition in mine
                ],
                "may_start": may_start
                and not any(
                    edition.state in Edition.UNPUBLISHED
                    or edition.is_scheduled()
                    or edition.standing != Standing.IN_FORCE
                    for edition in mine
                ),
                "is_first": not mine,
            }
            for code, name in settings.LANGUAGES
            for mine in [[edition for edition in editions if edition.language == code]]
        ]

    # --- texts ---------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        start = self.admin_site.admin_view(require_POST(self.start_view))
        return [
            path("<int:pk>/start/<slug:language>/", start, name="articles_statement_start"),
            path(
                "<int:pk>/note/",
                self.admin_site.admin_view(require_POST(self.note_view)),
                name="articles_statement_note",
            ),
            *super().get_urls(),
        ]

    def start_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        statement = Statement.objects.filter(pk=pk).first()
        if statement is None or language not in OWN_NAMES:
            raise Http404
        return self._start(request, statement, language)

    def note_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        statement = Statement.objects.filter(pk=pk).first()
        if statement is None:
            raise Http404
        if not self.has_view_permission(request, statement):
            raise PermissionDenied
        form = NoteForm(request.POST)
        try:
            write_note(
                statement, by=_person(request), text=form.cleaned_data["text"] if form.is_valid() else ""
            )
        except StepRefused as refusal:
            problems = [str(each) for sentences in form.errors.values() for each in sentences]
            self.message_user(request, " ".join(problems) or str(refusal), messages.ERROR)
        else:
            self.message_user(request, _("The note stands on the timeline."), messages.SUCCESS)
        address = reverse("admin:articles_statement_change", args=[statement.pk])
        return HttpResponseRedirect(f"{address}#audit")

    def _start(self, request: HttpRequest, statement: Statement, language: str) -> HttpResponse:
        try:
            edition = statement.start_edition(language=language, by=_person(request))
        except StepRefused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:articles_statement_change", args=[statement.pk]))
        return HttpResponseRedirect(reverse("admin:articles_edition_change", args=[edition.pk]))
