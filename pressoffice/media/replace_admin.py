"""A new file in place of an old one. Texts that show the old one keep it: their approval was for that."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from translated_fields import to_attribute

from pressoffice.publishing import languages

from . import uses
from .models import Image
from .places import linked, list_of_places

TAKEN_OVER = (
    "title",
    "is_decorative",
    "terms",
    *(to_attribute(name, code) for name in ("alt", "credit") for code in languages.CODES),
)


class Replacing:
    """For ImageAdmin."""

    def _old_one(self, request: HttpRequest) -> Image | None:
        key = request.GET.get("replaces", "")
        return Image.objects.filter(pk=int(key[:18])).first() if key.isascii() and key.isdigit() else None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type:
        form: Any = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        if obj is None:
            form.replaced = self._old_one(request)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        old = self._old_one(request)
        if old is None:
            return super().get_changeform_initial_data(request)  # type: ignore[misc]
        return {name: getattr(old, name) for name in TAKEN_OVER}

    def about_the_old_one(self, request: HttpRequest) -> dict[str, Any]:
        """For the first set of fields of the form for a new picture."""
        old = self._old_one(request)
        if old is None:
            return {}
        words = _(
            "Texts that show the older file keep it; from now on the new one is offered. "
            "The words are taken over: change what no longer holds."
        )
        thumb = reverse("admin:media_image_thumb", args=[old.token])
        picture = format_html('<img class="library-thumb" src="{}" alt="" width="96" height="64">', thumb)
        return {
            "description": format_html(
                '<div class="replaced-one">{}<strong>{} {}</strong><span>{}</span></div>',
                picture,
                _("In place of:"),
                linked(old),
                words,
            )
        }

    def facts_of_the_chain(self, image: Image) -> list[str]:
        facts = ["in_place_of"] if image.replaces_id else []
        if Image.objects.filter(replaces=image.pk).exists():
            return ["replaced_by", "still_in_drafts", *facts]
        if not image.is_waiting and image.may_be_replaced:  # type: ignore[attr-defined]
            return ["replacing", *facts]
        return facts

    @admin.display(description=_("a newer file"))
    def replacing(self, image: Image) -> SafeString:
        address = f"{reverse('admin:media_image_add')}?replaces={image.pk}"
        return format_html('<a class="button" href="{}">{}</a>', address, _("Replace by a new file"))

    @admin.display(description=_("replaced by"))
    def replaced_by(self, image: Image) -> Any:
        return linked(image.newest)

    @admin.display(description=_("still to be changed to the newer file"))
    def still_in_drafts(self, image: Image) -> Any:
        places = uses.changeable(image, to=image.looked_at_by)  # type: ignore[attr-defined]
        return list_of_places(places, none=_("No draft shows the older file."))

    @admin.display(description=_("in place of"))
    def in_place_of(self, image: Image) -> Any:
        return linked(image.replaces) if image.replaces else ""
