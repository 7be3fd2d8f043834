"""How exactly a date was given: "by 2025", "in the 2017 season", "on 11 December 2024"."""

import calendar
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy

# The building and tourist seasons of the region end with October.
LAST_MONTH_OF_SEASON = 10


class Precision(models.TextChoices):
    DAY = "day", gettext_lazy("day")
    MONTH = "month", gettext_lazy("month")
    QUARTER = "quarter", gettext_lazy("quarter")
    SEASON = "season", gettext_lazy("season")
    YEAR = "year", gettext_lazy("year")


def last_day(on: date, precision: str) -> date:
    """The last day of the period that `on` lies in: a date given as a year has passed when the year has."""
    match precision:
        case Precision.MONTH:
            month = on.month
        case Precision.QUARTER:
            month = (on.month + 2) // 3 * 3
        case Precision.SEASON:
            month = LAST_MONTH_OF_SEASON
        case Precision.YEAR:
            month = 12
        case _:
            return on
    return date(on.year, month, calendar.monthrange(on.year, month)[1])
