"""What a page says of itself to machines, in the words of schema.org, as JSON-LD.

Shapes: https://schema.org/docs/full.html; how search engines read them:
https://developers.google.com/search/docs/appearance/structured-data.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .addresses import absolute
from .languages import active

Data = dict[str, Any]
# So that no text of an editor's can end the element or begin another one.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def as_script(data: Data) -> SafeString:
    """The content of a <script type="application/ld+json">."""
    whole = json.dumps({"@context": "https://schema.org", **without_empty(data)}, ensure_ascii=False)
    return mark_safe(whole.translate(_ESCAPES))  # noqa: S308 — escaped above


def without_empty(data: Data) -> Data:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def publisher() -> Data:
    return {
        "@type": "GovernmentOrganization",
        "@id": absolute("/#office"),
        "name": _("Press office"),
        "url": absolute(reverse("home")),
        "logo": {"@type": "ImageObject", "url": absolute(static("img/icon-512.png"))},
    }


def website() -> Data:
    return {
        "@type": "WebSite",
        "name": _("Press office"),
        "url": absolute(reverse("home")),
        "inLanguage": active(),
        "publisher": publisher(),
        # As schema.org's own example has it: Google's "query-input" is no word of the vocabulary.
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{absolute(reverse('search:search'))}?q={{query}}",
            "query": "required",
        },
    }


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Data:
    """`trail`: names and addresses ("/en/…") from the front page's child to the page itself."""
    steps = [(_("Press office"), reverse("home")), *trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": str(name), "item": absolute(address)}
            for place, (name, address) in enumerate(steps, start=1)
        ],
    }


def named(kind: str, name: str, address: str = "") -> Data:
    """A thing that a page tells of: a Person, a Country, a Project …"""
    return without_empty({"@type": kind, "name": str(name), "url": absolute(address) if address else ""})
