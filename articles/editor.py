"""The rich-text editor of an edition's body, as the admin's pages load it."""

import base64
import hashlib
import json
import re
from functools import cache
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django_prose_editor.widgets import importmap, prose_editor_admin_media
from js_asset import Media, Script

from projects.models import Project

from .models import Passage

# One style element that Tiptap writes at run time (it keeps runs of blanks as they are typed).
# tests/browser/test_admin_csp.py fails when an upgrade changes it.
TIPTAP_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


@cache
def csp_hashes() -> dict[str, list[str]]:
    """What /admin/'s Content-Security-Policy allows beside the site's own files, by directive."""
    inline = str(importmap).partition(">")[2].removesuffix("</script>")
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    return {"script-src": [f"'sha256-{digest}'"], "style-src": [TIPTAP_STYLE]}


def _texts() -> dict[str, str]:
    return {
        "text": _("Text"),
        "toolbar": _("Formatting"),
        "passage": _("Project passage"),
        "passageHint": _("Project passage (Ctrl+Alt+P)"),
        "passageShort": _("Project"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "link": _("Link"),
        "linkHint": _("Link (Ctrl+K)"),
        "heading2": _("Heading"),
        "heading3": _("Smaller heading"),
        "bulletList": _("Bullet list"),
        "orderedList": _("Numbered list"),
        "quote": _("Quotation"),
        "pullQuote": _("Pull quote"),
        "picture": _("Picture from the library"),
        "table": _("Table"),
        "addRow": _("Add a row below"),
        "addColumn": _("Add a column after"),
        "removeRow": _("Remove the row"),
        "removeColumn": _("Remove the column"),
        "removeTable": _("Remove the table"),
        "subscript": _("Subscript"),
        "superscript": _("Superscript"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "selectFirst": _("Select the words that speak of a project first."),
        "oneParagraph": _("A passage stays within one paragraph: select fewer words."),
        "selectLinkFirst": _("Select the words that shall lead somewhere first."),
        "noLinkInPassage": _("These words lead to a project already. Remove that mark to set a link."),
        "noAddress": _("This is no address: begin with https://, / or write an e-mail address."),
        "searchProject": _("Search for a project"),
        "project": _("Joint project"),
        "relation": _("What the words do"),
        "markPassage": _("Mark"),
        "unmarkPassage": _("Remove the mark"),
        "noProject": _("No project has these words in its name."),
        "searchPicture": _("Search for a picture"),
        "insertPicture": _("Insert"),
        "noPicture": _("No picture has these words."),
        # The script puts the figure in.
        "more": _("Not shown here: %(count)s more. Type a part of the name.") % {"count": "#"},
        "address": _("Address"),
        "setLink": _("Set the link"),
        "unsetLink": _("Remove the link"),
        "cancel": _("Cancel"),
        "failed": _("The list could not be loaded. Try again."),
    }


def _names_in(body: str) -> list[tuple[str, str]]:
    """Code and name of the projects that a body, clean or not, has marks of."""
    codes = set(re.findall(r'data-project="([a-z0-9-]{1,100})"', body))
    return [(project.code, project.name) for project in Project.objects.filter(code__in=codes)]


class BodyEditor(forms.Textarea):
    """A textarea for HTML; the script makes an editor of it whose texts come along as JSON."""

    @property
    def media(self) -> Any:
        return prose_editor_admin_media + Media(
            css={"all": ["css/admin/editor.css"]}, js=[Script("js/editor/statement.js", type="module")]
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-statement-editor"] = json.dumps(
            {
                "texts": _texts(),
                "relations": [(relation.value, str(relation.label)) for relation in Passage.Relation],
                "projectNames": _names_in(value or ""),
                "projects": reverse("admin:articles_edition_projects"),
                "pictures": reverse("admin:media_image_picker"),
                "thumbnails": reverse("admin:media_image_thumb", args=["0" * 32]).replace("0" * 32, "TOKEN"),
            }
        )
        return context


def body_field(language: str) -> forms.CharField:
    """The form field of an edition's body."""
    attrs = {"rows": 24, "class": "vLargeTextField", "lang": language}
    return forms.CharField(required=False, widget=BodyEditor(attrs=attrs))
