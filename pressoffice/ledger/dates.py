"""Dates as statements give them: "by 2025", "in the 2017 season", "on 11 December 2024"."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pressoffice.stated.precision import Precision


def first_day(on: date, precision: str) -> date:
    """The first day of the period that `on` lies in; of a season, of its year."""
    match precision:
        case Precision.MONTH:
            return on.replace(day=1)
        case Precision.QUARTER:
            return date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
        case Precision.SEASON | Precision.YEAR:
            return date(on.year, 1, 1)
        case _:
            return on


def in_words(on: date, precision: str) -> str:
    """As a reader of the active language says it."""
    match precision:
        case Precision.MONTH:
            return date_format(on, "YEAR_MONTH_FORMAT")
        case Precision.QUARTER:
            words = {
                1: _("first quarter of %(year)s"),
                2: _("second quarter of %(year)s"),
                3: _("third quarter of %(year)s"),
                4: _("fourth quarter of %(year)s"),
            }
            return words[(on.month + 2) // 3] % {"year": on.year}
        case Precision.SEASON:
            return _("season of %(year)s") % {"year": on.year}
        case Precision.YEAR:
            return str(on.year)
        case _:
            return date_format(on, "DATE_FORMAT")


def slip_in_words(first: date, newest: date) -> str:
    """How much later or earlier `newest` is, in whole months, from two years on in whole years."""
    months = (newest.year - first.year) * 12 + newest.month - first.month
    if months == 0:
        return ""
    number, is_years = (abs(months) // 12, True) if abs(months) >= 24 else (abs(months), False)
    if is_years and months > 0:
        words = ngettext(
            "%(count)d year later than first said", "%(count)d years later than first said", number
        )
    elif is_years:
        words = ngettext(
            "%(count)d year earlier than first said", "%(count)d years earlier than first said", number
        )
    elif months > 0:
        words = ngettext(
            "%(count)d month later than first said", "%(count)d months later than first said", number
        )
    else:
        words = ngettext(
            "%(count)d month earlier than first said", "%(count)d months earlier than first said", number
        )
    return words % {"count": number}
