import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pressoffice.publishing.pages import OWN_NAMES, in_every_language, page

from . import tokens
from .samples.typography import SPECIMENS
from .specimens import GROUPS, drawn

# What the made-up things would stand at.
NO_PAGE = re.compile(rb'href="/[^"]*/(?:sample|2025-k7mf|0{32})/[^"]*"')


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """The design on one page, in the demonstration only. Its texts are made up; links to them lead back to
    its beginning. No query."""
    if settings.PRESSOFFICE_MODE != "demo":
        raise Http404
    response = page(
        request,
        "design/page.html",
        {
            "groups": [(group, drawn(group, request)) for group in GROUPS],
            "colours": tokens.colours(),
            "contrasts": tokens.contrasts(),
            "text_sizes": tokens.sizes("text"),
            "spaces": tokens.sizes("space"),
            "narrow": tokens.NARROW,
            "wide": tokens.WIDE,
            "texts": [
                (code, OWN_NAMES[code], headline, words) for code, (headline, words) in SPECIMENS.items()
            ],
        },
        section="",
        urls=in_every_language(lambda: reverse("design")),
        indexed=False,
        trail=[(_("Design"), request.path)],
    )
    response.content = NO_PAGE.sub(b'href="#"', response.content)
    return response
