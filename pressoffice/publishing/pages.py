"""What every page tells its frame: its address, its languages, its feeds, what may be kept of it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import override

from .languages import active


class LanguageLink(NamedTuple):
    code: str
    name: str  # in that language
    url: str  # of the same thing in that language; empty where there is none
    is_current: bool
    is_available: bool


class FeedLink(NamedTuple):
    title: str
    url: str


OWN_NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}


def absolute(path: str) -> str:
    """`path` ("/en/…") under the site's configured address, never under a request's Host."""
    return f"{settings.PRESSOFFICE_ADDRESS}{path}"


def language_links(urls: Mapping[str, str], *, query: str = "") -> list[LanguageLink]:
    """`urls`: the address of this very page by language code; a language that is missing is not available."""
    return [
        LanguageLink(code, OWN_NAMES[code], own and own + query, code == active(), code in urls)
        for code, own in ((code, urls.get(code, "")) for code, _name in settings.LANGUAGES)
    ]


def in_every_language(address: Callable[[], str]) -> dict[str, str]:
    """What `address()` gives under each language."""
    urls = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            urls[code] = address()
    return urls


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    section: str,
    urls: Mapping[str, str],
    feeds: list[FeedLink] | None = None,
    indexed: bool = True,
    status: int = 200,
) -> HttpResponse:
    """A public page, the same for everybody. `urls`: see `language_links`."""
    own = urls.get(active(), request.path) if status == 200 else request.path
    as_of = getattr(request, "as_of", None)
    frame = {
        "as_of": as_of,
        "today": request.path,
        "section": section,
        "languages": language_links(urls, query=f"?as_of={request.GET['as_of']}" if as_of else ""),
        "feeds": feeds or [],
        "canonical": absolute(own),
        "noindex": not indexed or status != 200 or as_of is not None,
    }
    response = render(request, template, {**frame, **context}, status=status)
    # Caches may keep it but must ask each time: what is withdrawn is gone for everybody at that second.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def never_cached(response: HttpResponse) -> HttpResponse:
    """For answers that not everybody may see."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
