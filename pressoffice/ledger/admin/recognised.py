"""What the words of a passage say as figures and dates, offered for confirmation."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.models import Edition, Passage, Statement
from pressoffice.ledger.dates import in_words
from pressoffice.ledger.filters import today
from pressoffice.ledger.units import MONEY, figure_in_words, number_in_words
from pressoffice.stated import StatedDate, StatedFigure, dates_in, figures_in
from pressoffice.stated.precision import last_day
from pressoffice.stated.units import CURRENCIES
from projects.models import Project


@dataclass(frozen=True)
class Said:
    """A marked passage, and what is recognised in its words."""

    passage: Passage
    project: Project
    figures: list[StatedFigure] = field(default_factory=list)
    dates: list[StatedDate] = field(default_factory=list)

    @property
    def edition(self) -> Edition:
        return self.passage.edition

    @property
    def statement(self) -> Statement:
        return self.passage.edition.statement

    @property
    def stated_on(self) -> date:
        return self.statement.delivered_on or today()

    @property
    def seen(self) -> str:
        """Changes with the words and their project: a form that was opened on others is not saved."""
        return hashlib.sha256(f"{self.project.code}\n{self.passage.exact}".encode()).hexdigest()[:16]

    @property
    def sums(self) -> list[tuple[Decimal, str, str]]:
        """Amount, currency and words; of a range both ends, one of which is to be chosen."""
        return [
            (value, figure.unit, figure.words)
            for figure in self.figures
            if figure.unit in MONEY or figure.unit in CURRENCIES
            for value in (figure.value, figure.value_to)
            if value is not None
        ]

    def dates_from(self, day: date) -> list[StatedDate]:
        """Those that had not passed on `day`."""
        return [each for each in self.dates if last_day(each.on, each.precision) >= day]


def said_in(passage: Passage) -> Said:
    """Needs `passage.edition.statement` and `passage.project`; no query where they are selected."""
    language = passage.edition.language
    stated_on = passage.edition.statement.delivered_on or today()
    return Said(
        passage,
        passage.project,
        figures_in(passage.exact, language),
        dates_in(passage.exact, language, stated_on=stated_on),
    )


def figure_choice(figure: StatedFigure) -> Any:
    if figure.unit:
        told = figure_in_words(figure.value, figure.value_to, figure.unit)
    else:
        told = "–".join(number_in_words(each) for each in (figure.value, figure.value_to) if each is not None)
    return _chosen(told, figure.words)


def sum_choice(amount: Decimal, currency: str, words: str) -> Any:
    return _chosen(figure_in_words(amount, None, currency), words)


def date_choice(stated: StatedDate) -> Any:
    return _chosen(in_words(stated.on, stated.precision), stated.words)


def _chosen(told: str, words: str) -> Any:
    return _("%(told)s – in the words “%(words)s”") % {"told": told, "words": words}
