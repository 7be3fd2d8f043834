from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest
from django.utils.translation import ngettext

PER_PAGE = 20


class NoSuchPage(Http404):
    """Its words are for the reader. Those of a plain Http404 are English and for developers."""


def page_of(request: HttpRequest, rows: Any, *, per_page: int = PER_PAGE) -> Page:
    """The page that `?page=` asks for. Two queries; NoSuchPage with a sentence past the end."""
    asked = request.GET.get("page") or "1"
    paginator = Paginator(rows, per_page)
    try:
        # isdecimal alone admits digits of other scripts and any length, which int() would take.
        if not (asked.isascii() and asked.isdecimal() and len(asked) <= 6):
            raise InvalidPage
        return paginator.page(int(asked))
    except InvalidPage:
        raise NoSuchPage(
            ngettext(
                "This list has %(count)d page; there is no such page.",
                "This list has %(count)d pages; there is no such page.",
                paginator.num_pages,
            )
            % {"count": paginator.num_pages}
        ) from None
