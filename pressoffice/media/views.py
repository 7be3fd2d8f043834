"""A file is handed out while something public shows it. Otherwise to staff who may see the library, and to
nobody else: they get the answer of an address that never was."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from . import serving, uses
from .markup import EXTENSIONS
from .models import Document, Image, Rendition

FORMATS = {extension: file_format for file_format, extension in EXTENSIONS.items()}


def rendition_at(token: str, ratio: str, width: int, extension: str) -> Rendition | None:
    """What stands at this address, the kept copy too where it is larger than every rendition. Who may have it
    is not asked here."""
    file_format = FORMATS[extension]
    found = Rendition.objects.select_related("image").filter(image__token=token, ratio=ratio, width=width)
    if rendition := found.filter(format=file_format).first():
        return rendition
    if (ratio, file_format) != (Rendition.Ratio.FULL, Rendition.Format.JPEG):
        return None
    image = Image.objects.filter(token=token, width=width).first()
    return image.whole() if image else None


@require_safe
def image(request: HttpRequest, token: str, ratio: str, width: int, extension: str) -> HttpResponseBase:
    rendition = rendition_at(token, ratio, width, extension)
    cache_control = _cache_control(request, rendition.image if rendition else None, "media.view_image")
    if rendition is None or not cache_control:
        raise Http404
    return serving.answer(
        request,
        name=rendition.file.name,
        content_type=rendition.content_type,
        byte_size=rendition.byte_size,
        checksum=rendition.checksum,
        cache_control=cache_control,
    )


@require_safe
def document(request: HttpRequest, token: str, slug: str, extension: str) -> HttpResponseBase:
    """`slug` is a readable tail: the token finds the document."""
    found = Document.objects.filter(token=token, format=extension).first()
    cache_control = _cache_control(request, found, "media.view_document")
    if found is None or not cache_control:
        raise Http404
    return serving.answer(
        request,
        name=found.file.name,
        content_type=found.content_type,
        byte_size=found.byte_size,
        checksum=found.checksum,
        cache_control=cache_control,
        download_as=found.filename,
    )


def _cache_control(request: HttpRequest, item: Image | Document | None, permission: str) -> str:
    """How the answer may be kept; empty if this person gets none."""
    if item is not None and uses.is_public(item):
        return serving.FOR_EVERYBODY
    # Asked also where there is nothing to see, so that "unknown" and "not yet" answer with the same headers.
    user = request.user
    may_see = user.is_active and user.is_staff and user.has_perm(permission)
    return serving.FOR_THIS_PERSON if may_see else ""
