"""The page about the interface, for the people who write programs that read it."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.pages import in_every_language, page

from .operations import OPERATIONS
from .parameters import AS_OF, CURSOR, LANGUAGE, LIMIT, Parameter
from .problems import KINDS

EVERYWHERE = (LANGUAGE, AS_OF, LIMIT, CURSOR)


class Told(NamedTuple):
    name: str
    says: Any
    values: str
    is_code: bool  # values as a program writes them, not words
    is_required: bool


class Address(NamedTuple):
    name: str
    path: str
    says: Any
    parameters: list[Told]
    also: str  # names of the parameters that are explained once for all


@require_safe
def api_description(request: HttpRequest) -> HttpResponse:
    """No query."""
    addresses = [
        Address(
            each.name,
            each.address,
            each.says,
            [_told(own) for own in each.parameters if own not in EVERYWHERE],
            ", ".join(own.name for own in each.parameters if own in EVERYWHERE),
        )
        for each in OPERATIONS
    ]
    return page(
        request,
        "api/description.html",
        {
            "addresses": addresses,
            "everywhere": [_told(each) for each in EVERYWHERE],
            "problems": [(name, int(kind.status), kind.title) for name, kind in KINDS.items()],
            "start": absolute(reverse("api:start")),
            "openapi": reverse("api:openapi"),
            "examples": {
                "statements": f"curl '{absolute(reverse('api:statements'))}?language=ru&limit=5'",
                "changes": f"curl '{absolute(reverse('api:changes'))}?since=2026-11-01'",
            },
        },
        section="subscribe",
        urls=in_every_language(lambda: reverse("api-description")),
        indexed=not request.GET,
        trail=[(_("Subscribe"), reverse("subscribe")), (_("Interface for programs (API)"), request.path)],
    )


def _told(parameter: Parameter) -> Told:
    schema = parameter.schema
    if "enum" in schema:
        values = ", ".join(schema["enum"])
    elif schema.get("type") == "integer":
        values = f"{schema['minimum']}–{schema['maximum']}"
    elif schema.get("format") == "date-time":
        values = "2025-01-31, 2025-01-31T10:00:00Z"
    elif parameter.is_open:
        values = _("as in the addresses of the site’s lists")
    else:
        longest = schema["maxLength"]
        values = ngettext("%(count)d character at most", "%(count)d characters at most", longest) % {
            "count": longest
        }
    return Told(parameter.name, parameter.says, values, "enum" in schema, parameter.is_required)
