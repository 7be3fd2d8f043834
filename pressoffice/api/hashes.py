"""The hashes of each day that is over, for those who keep them."""

from articles import hash_days
from articles.hash_days import Day, closed_days, hashes_of

from . import cursors
from .paging import Page, next_address
from .parameters import Asked
from .problems import Problem
from .words import Data, api_address


def day_list(asked: Asked) -> Page:
    """The latest first. One query at most."""
    days = closed_days()[::-1]
    if given := asked.values.get("cursor"):
        (last,) = cursors.read(given, asked.question, "day")
        days = [each for each in days if each.day < last]
    shown = days[: asked.limit]
    page = Page(shown, next_address(asked, [shown[-1].day]) if len(days) > len(shown) else None)
    page.items = [_in_short(each) for each in shown]
    return page


def day(asked: Asked) -> Data:
    found = next((each for each in closed_days() if each.day == asked.path["day"]), None)
    if found is None:
        raise Problem("not-found", "Nothing became public on this day, or it is not over yet.")
    record = hash_days.record_of(found.day, hashes_of(found), found.previous)
    return {**_in_short(found), "hashed": record}


def _in_short(found: Day) -> Data:
    return {
        "day": found.day.isoformat(),
        "address": api_address("day-of-hashes", found.day),
        "texts": found.texts,
        "hash": found.hash,
        "previous": found.previous or None,
    }
