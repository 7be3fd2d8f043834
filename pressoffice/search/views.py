from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from pressoffice.publishing.filters import Chosen
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import OWN_NAMES, in_every_language, page
from pressoffice.publishing.pagination import page_of

from .asking import cleaned
from .finding import Found, elsewhere, find, suggestions
from .models import Entry
from .quotes import LONGEST_QUOTE, check, fragment
from .snippets import Highlighter, Piece, highlighter, pieces, snippet


@dataclass(frozen=True)
class Result:
    """One line of the answer."""

    entry: Entry
    url: str
    title: list[Piece]
    snippet: list[Piece]


@require_safe
def search(request: Any) -> HttpResponse:
    """Everything public in one box. What is found never depends on who asks."""
    typed = cleaned(request.GET.get("q", ""))
    found = find(typed, active())
    what, year, problems = _narrowing(request, found)
    page_obj = page_of(request, found.narrowed(what=what, year=year))
    context = {
        "typed": typed,
        "found": found,
        "page_obj": page_obj,
        "results": results_of(page_obj.object_list, highlighter(found.asked), active()),
        "total": page_obj.paginator.count,
        "kinds": [(each, Entry.What(each).label, count) for each, count in found.kinds.items()],
        "years": found.years.items(),
        "what": what,
        "year": year,
        "chosen": _chosen(request, what, year),
        "problems": problems,
        "elsewhere": _elsewhere(typed) if typed else [],
    }
    return page(
        request,
        "search/search.html",
        context,
        section="search",
        urls=in_every_language(lambda: _search_for(typed if not request.as_of else "")),
        # The form is a page of the site; answers to readers' own words are not.
        indexed=not request.GET,
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles for the box while somebody types: {"suggestions": ["…"]}."""
    titles = suggestions(cleaned(request.GET.get("q", "")), active())
    response = JsonResponse({"suggestions": titles}, json_dumps_params={"ensure_ascii": False})
    response.headers["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, no_cache=True)
    return response


@require_safe
def quote_check(request: HttpRequest) -> HttpResponse:
    """Is this quote still there? The same answer for everybody."""
    checked = check(request.GET.get("text", ""), active())
    return page(
        request,
        "search/quote.html",
        {
            "checked": checked,
            "fragment": fragment(checked.asked),
            "longest": LONGEST_QUOTE,
            "elsewhere": [_checked_in(code, checked.asked) for code in checked.elsewhere],
        },
        section="search",
        urls=in_every_language(lambda: reverse("search:quote")),
        indexed=not request.GET,
    )


def _narrowing(request: HttpRequest, found: Found) -> tuple[str, int | None, list[str]]:
    """The kind and the year that are asked for, compared with what was found: see filters.PublicFilterSet."""
    what, year, problems = "", None, []
    sentence = _("The value given for “%(filter)s” is not known and was left out.")
    if asked := request.GET.get("what"):
        what = asked if asked in Entry.What.values else ""
        if not what:
            problems.append(sentence % {"filter": _("Kind")})
    if asked := request.GET.get("year"):
        year = next((each for each in found.years if str(each) == asked), None)
        # A year in which nothing was found is a year all the same.
        if year is None and asked.isascii() and asked.isdecimal() and len(asked) == 4:
            year = int(asked)
        if year is None:
            problems.append(sentence % {"filter": _("Year")})
    return what, year, problems


def _chosen(request: HttpRequest, what: str, year: int | None) -> list[Chosen]:
    chosen = []
    for name, label, value in (
        ("what", _("Kind"), str(Entry.What(what).label) if what else ""),
        ("year", _("Year"), str(year or "")),
    ):
        if value:
            query = request.GET.copy()
            query.pop(name, None)
            query.pop("page", None)
            chosen.append(Chosen(label, value, f"?{query.urlencode()}"))
    return chosen


def results_of(candidates: Any, highlight: Highlighter, language: str) -> list[Result]:
    """Two queries for a page of them."""
    pks = [candidate.pk for candidate in candidates]
    entries = (
        Entry.objects.live()
        .filter(pk__in=pks)
        .select_related("edition__statement", "project", "event", "person", "topic", "agreement")
        .prefetch_related("event__moves")
        .defer("title_words", "lead_words", "words", "edition__body", "edition__notes_to_editors")
    )
    by_pk = {entry.pk: entry for entry in entries}
    return [
        Result(
            entry,
            entry.thing.get_absolute_url(),
            pieces(entry.title, highlight.marks(entry.title, language)),
            snippet(entry.text, language, highlight),
        )
        for pk in pks
        if (entry := by_pk.get(pk))
    ]


def _search_for(words: str) -> str:
    return reverse("search:search") + (f"?{urlencode({'q': words})}" if words else "")


def _elsewhere(typed: str) -> list[dict[str, Any]]:
    found = []
    for code, count in sorted(elsewhere(typed, active()).items()):
        with override(code):
            address = _search_for(typed)
        found.append({"language": code, "name": OWN_NAMES[code], "url": address, "count": count})
    return found


def _checked_in(code: str, asked: str) -> dict[str, str]:
    with override(code):
        address = f"{reverse('search:quote')}?{urlencode({'text': asked})}"
    return {"language": code, "name": OWN_NAMES[code], "url": address}
