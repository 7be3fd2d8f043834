from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pressoffice.directory.models import Country, Organisation
from pressoffice.ledger.units import figure_in_words, known_currency
from pressoffice.stated.units import CURRENCIES
from projects.models import Project

from .fact import Fact


class BudgetLine(Fact):
    """A sum of money that a statement names for a project."""

    class Kind(models.TextChoices):
        ESTIMATE = "estimate", _("estimated cost")
        COMMITTED = "committed", _("committed")
        SPENT = "spent", _("spent")

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="budget_lines", verbose_name=_("joint project")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=2)
    currency = models.CharField(
        _("currency"), max_length=3, validators=[known_currency], help_text=_("ISO 4217, such as USD.")
    )
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="budget_lines",
        verbose_name=_("money of the country"),
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="budget_lines",
        verbose_name=_("money of the organisation"),
        null=True,
        blank=True,
    )

    class Meta(Fact.Meta):
        verbose_name = _("sum of money")
        verbose_name_plural = _("sums of money")
        default_related_name = "budget_lines"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["estimate", "committed", "spent"]), name="ledger_budget_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="ledger_budget_amount_positive",
                violation_error_message=_("A sum of money is more than zero."),
            ),
            models.CheckConstraint(condition=Q(currency__in=CURRENCIES), name="ledger_budget_currency_known"),
            models.CheckConstraint(
                condition=Q(country__isnull=True) | Q(organisation__isnull=True),
                name="ledger_budget_one_source_of_money",
                violation_error_message=_("The money is a country's or an organisation's: choose one."),
            ),
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_a_line(self) -> str:
        return f"{capfirst(self.get_kind_display())}: {self}"

    @property
    def in_words(self) -> str:
        return figure_in_words(self.amount, None, self.currency)

    @property
    def whose(self) -> Country | Organisation | None:
        return self.organisation or self.country
