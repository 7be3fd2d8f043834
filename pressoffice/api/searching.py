"""The site's search, and whether a quote still stands."""

from typing import Any

from django.utils.translation import override

from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.search.asking import cleaned
from pressoffice.search.finding import find
from pressoffice.search.models import Entry
from pressoffice.search.quotes import Place, check
from pressoffice.search.snippets import highlighter
from pressoffice.search.views import Result, results_of

from . import cursors
from .paging import Page, next_address
from .parameters import Asked
from .words import Data, api_address, moment_in_utc, takedown

ADDRESSES = {
    Entry.What.STATEMENT: ("statement", lambda thing: thing.statement.reference),
    Entry.What.PROJECT: ("project", lambda thing: thing.code),
    Entry.What.EVENT: ("event", lambda thing: thing.code),
    Entry.What.PERSON: ("person", lambda thing: thing.slug),
    Entry.What.TOPIC: ("topic", lambda thing: thing.slug),
    Entry.What.AGREEMENT: ("agreement", lambda thing: thing.code),
}


def search(asked: Asked) -> Page:
    """The best first, as on the site. `how`: by all words, their beginnings, corrected ones, some, or all
    but not in the order that quotation marks asked for."""
    language = asked.values["language"]
    begin = 0
    if given := asked.values.get("cursor"):
        (begin,) = cursors.read(given, asked.question, "number")
    with override(language):
        found = find(cleaned(asked.values["q"]), language)
        candidates = found.narrowed(what=asked.values.get("what", ""), year=asked.values.get("year"))
        end = begin + asked.limit
        shown = results_of(candidates[begin:end], highlighter(found.asked), language)
        page = Page([], next_address(asked, [end]) if end < len(candidates) else None)
        page.items = [_result(each) for each in shown]
    page.more = {
        "how": "apart" if found.is_apart else found.how if found.ranked else "none",
        "corrected": found.corrected or None,
        "kinds": found.kinds,
        "years": {str(year): count for year, count in found.years.items()},
    }
    return page


def _result(found: Result) -> Data:
    entry = found.entry
    name, identify = ADDRESSES[Entry.What(entry.what)]
    own = identify(entry.thing)
    return {
        "what": entry.what,
        "id": own,
        "address": api_address(name, own),
        "url": absolute(found.url),
        "title": entry.title,
        "snippet": "".join(piece.text for piece in found.snippet),
        "day": entry.day.isoformat() if entry.day else None,
        "withdrawn": entry.is_withdrawn,
        "cancelled": entry.is_cancelled,
    }


def quote(asked: Asked) -> Data:
    """Now, in an older version only, or nowhere: then the nearest words that do stand somewhere."""
    with override(asked.values["language"]):
        checked = check(asked.values["text"], asked.values["language"])
    nearest = checked.nearest
    return {
        "text": checked.asked,
        "is_too_short": checked.is_too_short,
        "stands": any(place.stands for place in checked.places),
        "places": [_place(place) for place in checked.places],
        "nearest": {"sentence": nearest.sentence, **_text(nearest.edition)} if nearest else None,
    }


def _place(place: Place) -> Data:
    until = place.changed_at if place.changed_at <= moment.now() else None
    return {
        **_text(place.edition),
        "is_current": place.is_current,
        "public_until": moment_in_utc(until),
        "withdrawn": takedown(place.withdrawal),
        "current_url": absolute(place.current.get_absolute_url()) if place.current else None,
    }


def _text(edition: Any) -> Data:
    return {
        "reference": edition.statement.reference,
        "address": api_address("statement", edition.statement.reference),
        "version": edition.number,
        "url": absolute(edition.get_version_url()),
        "title": edition.title,
    }
