"""What every page tells its frame: its address, its languages, its feeds, what may be kept of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import override

from .addresses import absolute
from .languages import active
from .structured_data import as_script, breadcrumbs


class LanguageLink(NamedTuple):
    code: str
    name: str  # in that language
    url: str  # of the same thing in that language; empty where there is none
    is_current: bool
    is_available: bool


class FeedFormat(NamedTuple):
    name: str
    content_type: str
    url: str


class FeedLink(NamedTuple):
    title: str
    url: str  # "/en/…/feed.rss?…"

    @property
    def query(self) -> str:
        """What narrows it down, as it stands in an address: "?kind=speech", or nothing."""
        _path, mark, query = self.url.partition("?")
        return mark + query

    @property
    def formats(self) -> list[FeedFormat]:
        """The same feed under the same address with another ending."""
        return [
            FeedFormat(name, content_type, in_format(self.url, ending))
            for ending, (name, content_type) in FEED_FORMATS.items()
        ]


FEED_FORMATS = {
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
    "json": ("JSON Feed", "application/feed+json"),
}


def content_type_of(ending: str) -> str:
    return FEED_FORMATS[ending][1]


def in_format(address: str, ending: str) -> str:
    """The address of a feed as RSS, in another format."""
    path, mark, query = address.partition("?")
    return f"{path.removesuffix('rss')}{ending}{mark}{query}"


OWN_NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}


def with_query(address: str, query: Mapping[str, str], **more: str) -> str:
    encoded = urlencode({**query, **more})
    return f"{address}?{encoded}" if encoded else address


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
    narrowed: Mapping[str, str] | None = None,
    trail: Sequence[tuple[Any, str]] = (),
    structured: Iterable[Mapping[str, Any]] = (),
) -> HttpResponse:
    """A public page, the same for everybody. `urls`: see `language_links`; `narrowed`: what a list is
    narrowed down by, as it belongs in its address; `trail`: names and addresses from the section to the page;
    `structured`: what it says of itself in schema.org's words."""
    query = dict(narrowed or {})
    own = with_query(urls.get(active(), request.path) if status == 200 else request.path, query)
    as_of = getattr(request, "as_of", None)
    frame: dict[str, Any] = {
        "as_of": as_of,
        "is_ahead": getattr(request, "is_ahead", False),
        "today": with_query(request.path, query),
        "section": section,
        "languages": language_links(
            urls, query=with_query("", {**query, **({"as_of": request.GET["as_of"]} if as_of else {})})
        ),
        # What a list is narrowed down by may not exist in another language: nothing is promised of it there.
        "told_in_other_languages": not query,
        "feeds": feeds or [],
        "trail": trail[:-1],
        "canonical": absolute(own),
        "noindex": not indexed or status != 200 or as_of is not None,
    }
    if not frame["noindex"]:
        told = [*structured, *([breadcrumbs(trail)] if trail else [])]
        frame["structured"] = [as_script(dict(each)) for each in told]
    response = render(request, template, {**frame, **context}, status=status)
    # Caches may keep it but must ask each time: what is withdrawn is gone for everybody at that second.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def never_cached(response: HttpResponse) -> HttpResponse:
    """For answers that not everybody may see."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
