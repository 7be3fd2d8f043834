from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.admin import DeskAdmin, DeskStackedInline, in_every_language, side_by_side
from pressoffice.publishing.languages import active
from pressoffice.publishing.slugs import slug_of

from .models import Country, MediaContact, Office, Organisation, Person, Topic, is_named


class DirectoryAdmin(DeskAdmin):
    list_display = ["name"]
    search_fields = in_every_language("name")

    def get_ordering(self, request: HttpRequest) -> Any:
        return [f"name_{active()}", "pk"]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not is_named(obj))


class SluggedAdmin(DirectoryAdmin):
    """The short name is made from the name, and stays once it is there: it stands in addresses."""

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj is not None else [])]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        form = super().get_form(request, obj, change, **kwargs)
        if "slug" in form.base_fields:
            form.base_fields["slug"].required = False
            form.base_fields["slug"].help_text = _("Left empty, it is made from the name.")
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not obj.slug:
            obj.slug = self._free_slug(slug_of(obj.name_en, otherwise=str(self.opts.model_name))[:44])
        super().save_model(request, obj, form, change)

    def _free_slug(self, slug: str) -> str:
        taken = set(self.model.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
        candidates = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
        return next(candidate for candidate in candidates if candidate not in taken)


class OfficeInline(DeskStackedInline):
    model = Office
    autocomplete_fields = ["country", "organisation"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *side_by_side("title"),
                    ("country", "organisation"),
                    ("from_on", "until_on"),
                    "loaded",
                ]
            },
        )
    ]


@admin.register(Person)
class PersonAdmin(SluggedAdmin):
    list_display = ["name", "offices_held"]
    search_fields = [
        *in_every_language("name"),
        *(f"offices__{column}" for column in in_every_language("title")),
    ]
    inlines = [OfficeInline]
    fieldsets = [(None, {"fields": [*side_by_side("name"), "slug"]})]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("offices")

    @admin.display(description=_("offices held"))
    def offices_held(self, person: Person) -> str:
        return "; ".join(office.title for office in person.offices.all())


@admin.register(Organisation)
class OrganisationAdmin(DirectoryAdmin):
    list_display = ["name", "abbreviation", "country"]
    list_select_related = ["country"]
    search_fields = in_every_language("name", "abbreviation")
    formfield_overrides = {models.URLField: {"assume_scheme": "https", "widget": AdminURLFieldWidget}}
    autocomplete_fields = ["country"]
    fieldsets = [(None, {"fields": [*side_by_side("name", "abbreviation"), "country", "url"]})]


@admin.register(Country)
class CountryAdmin(DirectoryAdmin):
    """The list is ISO's; how the office spells the names is the office's."""

    list_display = ["name", "code"]
    search_fields = ["code", *in_every_language("name")]
    fieldsets = [(None, {"fields": ["code", *side_by_side("name")]})]
    readonly_fields = ["code"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Topic)
class TopicAdmin(SluggedAdmin):
    fieldsets = [(None, {"fields": [*side_by_side("name"), "slug"]})]


@admin.register(MediaContact)
class MediaContactAdmin(DirectoryAdmin):
    list_display = ["name", "role", "phone", "email", "is_listed"]
    search_fields = [*in_every_language("name", "role"), "phone", "email"]
    fieldsets = [
        (None, {"fields": [*side_by_side("name", "role"), ("phone", "email"), ("is_listed", "position")]})
    ]

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["position", *super().get_ordering(request)]
