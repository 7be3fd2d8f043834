from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from translated_fields.admin import TranslatedFieldAdmin

from pressoffice.accounts.models import User
from pressoffice.publishing import audit_trail, languages
from pressoffice.publishing.admin import NamedPages
from pressoffice.publishing.models import AuditEntry

from . import converters, intake, serving, uses  # noqa: F401 — the converters register themselves
from .filters import Newest, WhatIsMissing, WhetherUsed
from .forms import DocumentForm, ImageForm, UploadForm
from .many_admin import ManyAtOnce
from .models import Document, Image
from .places import list_of_places
from .querysets import ImageQuerySet, Searchable
from .replace_admin import Replacing
from .rewording import WORDS, reword

PICKER_PAGE = 20
FIXED = _(
    "An approved text shows it, so these words are part of what was approved: "
    "only who approves texts changes them."
)
THUMB_WIDTH = 480


class LibraryAdmin(NamedPages, TranslatedFieldAdmin, admin.ModelAdmin):
    """What pictures and documents have in common."""

    form: type[UploadForm]
    list_per_page = 40
    # A document's address works for readers only once something shows it; the form links to it itself.
    view_on_site = False

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return "-uploaded_at", "-pk"

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            # What is said of the places that show it depends on who looks.
            found.looked_at_by = request.user
            rule = uses.may_be_reworded(found, by=request.user)
            found.may_be_reworded = type(found).objects.filter(rule, pk=found.pk).exists()
            found.may_be_replaced = self.has_add_permission(request)
        return found

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        return cast("Searchable", queryset).matching(search_term), False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is not None and "upload" in form.base_fields:
            # Published texts show this very file: another picture is another item of the library.
            del form.base_fields["upload"]
        return form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        upload = request.FILES.get("upload")
        if object_id is None and upload is not None and self.has_add_permission(request):
            # Decoding takes a second or two. The form view holds a transaction from its first line, and on
            # SQLite everybody else who writes would wait for it.
            self.form.look_into(upload)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def fixed_words(self, item: Any) -> list[str]:
        """The fields that whoever looks at `item` may read only: an approved text says or shows them."""
        if getattr(item, "may_be_reworded", True):
            return []
        return [*WORDS[self.model], *(("focal_x", "focal_y") if self.model is Image else ())]

    def save_changes(self, request: HttpRequest, item: Any, form: UploadForm, columns: list[str]) -> None:
        """Only what this person changed: two people may have the item open."""
        words = [name for name in columns if name in WORDS[self.model]]
        others = [name for name in columns if name not in words]
        # First: a picture that waits has to be described before it waits no longer.
        if words and not reword(item, words, before=form.initial, by=cast("User", request.user)):
            self.message_user(request, FIXED, messages.ERROR)
        if others:
            item.save(update_fields=others)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if context.get("original") is not None:
            context["trail"] = audit_trail.trail(context["original"])
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("used by"))
    def where_used(self, item: Any) -> Any:
        return list_of_places(uses.where(item, to=item.looked_at_by), none=_("Nothing shows it yet."))

    @admin.display(description=_("size"))
    def size(self, item: Image | Document) -> str:
        return filesizeformat(item.byte_size)


@admin.register(Image)
class ImageAdmin(ManyAtOnce, Replacing, LibraryAdmin):
    form = ImageForm
    list_display = ["title"]
    list_select_related = ["uploaded_by", "successor"]
    facts = (
        "where_used",
        "dimensions",
        "size",
        "source_format",
        "uploaded_name",
        "uploaded_by",
        "uploaded_at",
    )
    list_filter = [WhetherUsed, WhatIsMissing, Newest, "source_format", "is_decorative", "uploaded_at"]
    search_fields = [
        "title",
        "uploaded_name",
        "alt_ky",
        "alt_ru",
        "alt_en",
        "credit_ky",
        "credit_ru",
        "credit_en",
    ]

    class Media:
        css = {"all": ["admin-media/focal.css", "admin-media/library.css"]}
        js = [forms.Script(f"admin-media/{name}.js", type="module") for name in ("focal", "many")]

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> list[Any]:
        description = (
            _("Description"),
            {
                "fields": ["is_decorative", *(f"alt_{code}" for code in languages.CODES)],
                "description": FIXED
                if self.fixed_words(obj)
                else _("Read out to people who cannot see the picture, and shown where it does not load."),
            },
        )
        credit = (_("Credit"), {"fields": [*(f"credit_{code}" for code in languages.CODES), "terms"]})
        if obj is None:
            focal = (
                _("Focal point"),
                {
                    "fields": [("focal_x", "focal_y")],
                    "description": _("Once the picture is saved you can also click on it."),
                    "classes": ["collapse"],
                },
            )
            return [
                (None, {"fields": ["upload", "title"], **self.about_the_old_one(request)}),
                description,
                credit,
                focal,
            ]
        focal = (_("Focal point"), {"fields": ["focal_picture", ("focal_x", "focal_y")]})
        facts = (_("Facts"), {"fields": [*self.facts_of_the_chain(obj), *self.facts]})
        return [(None, {"fields": ["title"]}), focal, description, credit, facts]

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> list[str]:
        if obj is None:
            return []
        return ["focal_picture", *self.fixed_words(obj), *self.facts_of_the_chain(obj), *self.facts]

    def get_urls(self) -> list[URLPattern]:
        return [
            path("picker/", self.admin_site.admin_view(self.picker), name="media_image_picker"),
            path(
                "thumb/<media_token:token>/",
                self.admin_site.admin_view(self.thumb_file),
                name="media_image_thumb",
            ),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Image, form: ImageForm, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user  # type: ignore[assignment]
            obj.uploaded_name = intake.name_of(form.cleaned_data["upload"])
            intake.keep_image(obj, form.taken)
            if obj.replaces is not None:
                AuditEntry.objects.record(obj.replaces, "replace", by=obj.uploaded_by, reason=obj.title)
            return
        focal = {"focal_x", "focal_y"} & set(form.changed_data)
        others = [name for name in form.changed_data if name not in focal]
        if others:
            self.save_changes(request, obj, form, [*others, "is_waiting"])
        if focal:
            intake.move_focal_point(obj, obj.focal_x, obj.focal_y)

    @admin.display(description=_("picture"))
    def focal_picture(self, image: Image) -> SafeString:
        """The picture, and what a crop keeps of it. focal.js makes them answer to mouse and keys."""
        return format_html(
            '<div class="focal" data-focal-picture="{label}" data-focal-ratio="{ratio}"'
            ' data-focal-told="{told}">'
            '<span class="focal__frame">'
            '<img src="{src}" alt="{alt}" width="{width}" height="{height}">'
            "</span>"
            '<figure class="focal__crop" hidden>'
            '<img src="{src}" alt=""><figcaption>{crop}</figcaption>'
            "</figure>"
            '<p class="focal__hint" hidden>{hint}</p><p class="focal__told" role="status"></p></div>',
            # The script puts the figures in, as the point moves.
            told=_("From the left: {left} %; from the top: {top} %").format(left="#x", top="#y"),
            label=_("Focal point: use the arrow keys"),
            ratio=image.width / image.height,
            src=thumb_address(image, width=960),
            alt=image.alt_in(),
            width=image.width,
            height=image.height,
            crop=_("What a card shows of it"),
            hint=_("Click on what must stay in sight, or move the point with the arrow keys."),
        )

    @admin.display(description=_("pixels"))
    def dimensions(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    def picker(self, request: HttpRequest) -> JsonResponse:
        """The pictures that the writing page offers: `?q=` words, `?page=` from 1, twenty a page.

        {"results": [{"token", "title", "alt", "thumb", "width", "height", "credit", "is_decorative"}],
         "page": 1, "pages": 3, "count": 57}
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = (
            cast("ImageQuerySet", self.get_queryset(request))
            .offered()
            .matching(request.GET.get("q", ""))
            .newest_first()
        )
        page = Paginator(found, PICKER_PAGE).get_page(request.GET.get("page"))
        results = [
            {
                "token": image.token,
                "title": image.title,
                "alt": image.alt_in(),
                "credit": image.credit,
                "is_decorative": image.is_decorative,
                "thumb": thumb_address(image),
                "width": image.width,
                "height": image.height,
            }
            for image in page
        ]
        answer = {
            "results": results,
            "page": page.number,
            "pages": page.paginator.num_pages,
            "count": page.paginator.count,
        }
        return JsonResponse(answer, headers={"Cache-Control": serving.FOR_THIS_PERSON})

    def thumb_file(self, request: HttpRequest, token: str) -> HttpResponseBase:
        """The whole picture, small (`?width=960`: larger), whether anything shows it or not."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        image = (
            cast("ImageQuerySet", self.get_queryset(request)).with_renditions().filter(token=token).first()
        )
        if image is None:
            raise Http404
        width = 960 if request.GET.get("width") == "960" else THUMB_WIDTH
        whole = [made for made in image.renditions.all() if made.ratio == "full" and made.format == "webp"]
        made = min(whole, key=lambda rendition: abs(rendition.width - width), default=None)
        if made is None:
            raise Http404
        return serving.answer(
            request,
            name=made.file.name,
            content_type=made.content_type,
            byte_size=made.byte_size,
            checksum=made.checksum,
            cache_control=serving.FOR_THIS_PERSON,
        )


def thumb_address(image: Image, *, width: int = 0) -> str:
    address = reverse("admin:media_image_thumb", args=[image.token])
    return f"{address}?width={width}" if width else address


@admin.register(Document)
class DocumentAdmin(LibraryAdmin):
    form = DocumentForm
    list_display = ["title", "format", "size", "uploaded_by", "uploaded_at"]
    list_select_related = ["uploaded_by"]
    list_filter = [WhetherUsed, "format", "uploaded_at"]
    search_fields = ["title_ky", "title_ru", "title_en", "uploaded_name"]
    facts = ["download", "where_used", "format", "size", "uploaded_name", "uploaded_by", "uploaded_at"]

    def get_fieldsets(self, request: HttpRequest, obj: Document | None = None) -> list[Any]:
        titles = [f"title_{code}" for code in languages.CODES]
        if obj is None:
            return [(None, {"fields": ["upload", *titles]})]
        told = {"description": FIXED} if self.fixed_words(obj) else {}
        return [(None, {"fields": titles, **told}), (_("Facts"), {"fields": self.facts})]

    def get_readonly_fields(self, request: HttpRequest, obj: Document | None = None) -> list[str]:
        if obj is None:
            return []
        return [*self.fixed_words(obj), *self.facts]

    def save_model(self, request: HttpRequest, obj: Document, form: DocumentForm, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user  # type: ignore[assignment]
            obj.uploaded_name = intake.name_of(form.cleaned_data["upload"])
            intake.keep_document(obj, form.taken)
        elif form.changed_data:
            self.save_changes(request, obj, form, form.changed_data)

    @admin.display(description=_("file"))
    def download(self, document: Document) -> SafeString:
        return format_html('<a href="{}">{}</a>', document.get_absolute_url(), document.filename)
