"""The places that show a file, as the desk lists them."""

from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .uses import Places


def linked(row: models.Model) -> str | SafeString:
    try:
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return str(row)
    return format_html('<a href="{}">{}</a>', address, row)


def list_of_places(places: Places, *, none: Any) -> Any:
    lines = [
        format_html("{} · {}", linked(place.row), place.told) if place.told else linked(place.row)
        for place in places.named
    ]
    if places.more:
        lines.append(_("and %(count)s more") % {"count": places.more})
    if places.is_hidden_elsewhere:
        lines.append(_("and where you may not look"))
    if not lines:
        return none
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line,) for line in lines)))
