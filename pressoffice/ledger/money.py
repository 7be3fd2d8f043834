"""Sums of money as statements named them, added up within one currency and kind only."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from .models import BudgetLine
from .units import currency_name, figure_in_words


class Sum(NamedTuple):
    kind: str
    kind_label: Any
    currency: str
    amount: Decimal
    lines: list[BudgetLine]

    @property
    def in_words(self) -> str:
        return figure_in_words(self.amount, None, self.currency)

    @property
    def currency_name(self) -> str:
        return currency_name(self.currency)


def sums_of(lines: Iterable[BudgetLine]) -> list[Sum]:
    """The newest word of each giver on each project, added up by kind and currency.

    An estimate said again is the same money, not more of it.
    """
    newest: dict[tuple, BudgetLine] = {}
    for line in sorted(lines, key=lambda line: (line.stated_on, line.pk)):
        key = (line.project_id, line.kind, line.currency, line.country_id, line.organisation_id)
        newest[key] = line
    grouped: dict[tuple[str, str], list[BudgetLine]] = {}
    for line in newest.values():
        grouped.setdefault((line.kind, line.currency), []).append(line)
    kinds = list(BudgetLine.Kind.values)
    found = [
        Sum(
            kind, BudgetLine.Kind(kind).label, currency, sum((line.amount for line in rows), Decimal(0)), rows
        )
        for (kind, currency), rows in grouped.items()
    ]
    return sorted(found, key=lambda each: (kinds.index(each.kind), each.currency))
