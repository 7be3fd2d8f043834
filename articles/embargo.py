"""A text under embargo, for whoever holds a link to it.

The link leads to a door that says whose it is and until when the text is held; the text is behind its button.
Programs that follow every link in a mail, fetch ahead or ask for headers stop at the door: they see nothing
and open nothing. Whatever is wrong with a link, the answer is one.
"""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from pressoffice.media import serving, uses
from pressoffice.media.models import Document, Image
from pressoffice.media.views import rendition_at
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import in_every_language, never_cached, page

from . import media_uses
from .models import Edition, EmbargoLink
from .models.embargo import hour_of
from .views import shown

FILES = re.compile(rb"/media/(images|documents)/([0-9a-f]{32})/")


def _link(request: HttpRequest, token: str) -> EmbargoLink | None:
    """None for what leads nowhere, at whatever moment the address asks about."""
    if getattr(request, "as_of", None) is not None:
        return None
    links = EmbargoLink.objects.found_by(token).select_related("edition__statement")
    return links.filter(edition__language=active()).first()


def _private(response: HttpResponse) -> HttpResponse:
    never_cached(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    # The address is the key: no site that the text leads to is told of it.
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _closed(request: HttpRequest) -> HttpResponse:
    """The same bytes for a link that never was, has run out or was revoked."""
    home = in_every_language(lambda: reverse("home"))
    context = {"canonical": ""}
    return _private(page(request, "articles/embargo_closed.html", context, section="", urls=home, status=410))


@csrf_exempt  # Nobody's authority is used: whoever holds the link may press the button.
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    link = _link(request, token)
    if link is None:
        return _closed(request)
    if link.revoked_at is None and link.edition.is_live():
        return _private(HttpResponseRedirect(link.edition.get_absolute_url()))
    if not link.is_open():
        return _closed(request)
    told = {"link": link, "until": hour_of(link.edition), "canonical": ""}
    if request.method != "POST":
        return _private(page(request, "articles/embargo_door.html", told, section="", urls={}, indexed=False))
    link.write_opening()
    public = list(
        Edition.objects.live()
        .filter(statement=link.edition.statement_id)
        .select_related("statement")
        .order_by("language")
    )
    response = shown(request, link.edition_id, public, as_preview=True, more={**told, "preview": False})
    return _private(_with_its_files(response, token))


def _with_its_files(response: HttpResponse, token: str) -> HttpResponse:
    """What only this text shows is handed out under its link only; the rest comes along the same way."""
    own = reverse("embargo:door", args=[token]).encode()
    response.content = FILES.sub(rb"%smedia/\1/\2/" % own, response.content)
    return response


@require_safe
def image(
    request: HttpRequest, token: str, image: str, ratio: str, width: int, extension: str
) -> HttpResponseBase:
    rendition = rendition_at(image, ratio, width, extension)
    if rendition is None or not _may_have(request, token, rendition.image):
        return _closed(request)
    return _file(
        serving.answer(
            request,
            name=rendition.file.name,
            content_type=rendition.content_type,
            byte_size=rendition.byte_size,
            checksum=rendition.checksum,
            cache_control=serving.FOR_THIS_PERSON,
        )
    )


@require_safe
def document(request: HttpRequest, token: str, document: str, slug: str, extension: str) -> HttpResponseBase:
    found = Document.objects.filter(token=document, format=extension).first()
    if found is None or not _may_have(request, token, found):
        return _closed(request)
    return _file(
        serving.answer(
            request,
            name=found.file.name,
            content_type=found.content_type,
            byte_size=found.byte_size,
            checksum=found.checksum,
            cache_control=serving.FOR_THIS_PERSON,
            download_as=found.filename,
        )
    )


def _may_have(request: HttpRequest, token: str, item: Image | Document) -> bool:
    """What the text shows, or what a reader may see anyway."""
    link = _link(request, token)
    if link is None or not link.is_open():
        return False
    if media_uses.anywhere(item).filter(pk=link.edition_id).exists():
        return True
    return uses.is_public(item)


def _file(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
