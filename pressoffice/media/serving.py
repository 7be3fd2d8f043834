"""Hand out a stored file: headers, conditional requests."""

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from .storage import library

logger = logging.getLogger(__name__)

# Always the same: a lifetime cut at the next change would tell everyone when that is. Short: caches between
# us and the readers still give out for so long what was removed.
FOR_EVERYBODY = "public, max-age=600"
FOR_THIS_PERSON = "private, no-store"
# Every picture is smaller; a document that is not is sent piece by piece.
WHOLE = 2 * 1024 * 1024


def answer(
    request: HttpRequest,
    *,
    name: str | None,
    content_type: str,
    byte_size: int,
    checksum: str,
    cache_control: str,
    download_as: str = "",
) -> HttpResponseBase:
    """The file `name` of the storage. `download_as` makes it an attachment of that name.

    Raises Http404 when the storage has lost the file.
    """
    headers = {
        "Cache-Control": cache_control,
        "ETag": f'"{checksum[:32]}"',
        "X-Content-Type-Options": "nosniff",
        # Opened by itself a file may do nothing at all, whatever it turns out to be.
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    # The bytes are compressed already: doing it once more would only cost time and the ETag.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    if cache_control == FOR_EVERYBODY:
        not_modified = get_conditional_response(
            request, etag=headers["ETag"], response=HttpResponse(headers=headers)
        )
        if not_modified is not None and not_modified.status_code != 200:
            return not_modified
    if download_as:
        headers["Content-Disposition"] = (
            content_disposition_header(as_attachment=True, filename=download_as) or ""
        )
    headers["Content-Length"] = str(byte_size)
    try:
        file = library.open(name or "")
    except FileNotFoundError:
        logger.error("The storage has lost %s.", name)
        raise Http404 from None
    if byte_size <= WHOLE:
        with file:
            return HttpResponse(file.read(), content_type=content_type, headers=headers)
    # Without a name of its own, the answer would tell the name in the storage.
    file.name = ""
    return FileResponse(file, content_type=content_type, headers=headers)
