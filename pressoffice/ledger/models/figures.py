from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pressoffice.ledger.units import figure_in_words
from pressoffice.publishing.fields import LineField
from pressoffice.publishing.languages import translated
from pressoffice.stated.units import Unit
from projects.models import Project

from .fact import DueFact, Fact


class IndicatorQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Those that a public statement gives a figure or a target for."""
        figures = [
            Exists(model.objects.live(at).filter(indicator=OuterRef("pk"))) for model in (Measurement, Target)
        ]
        return self.filter(Q(figures[0]) | Q(figures[1]))


class Indicator(models.Model):
    """What is counted of a project, in one unit. Its figures and targets come from statements."""

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("joint project")
    )
    name = translated(LineField(_("name"), max_length=200), required=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)

    if TYPE_CHECKING:
        public_measurements: list[Any]
        public_targets: list[Any]

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="ledger_indicator_unit_known"),
            models.UniqueConstraint(
                fields=["project", "name_en", "unit"],
                name="ledger_indicator_once",
                violation_error_message=_("The project has this indicator already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_unit_display()})"


class FigureFact(Fact):
    PROJECT = "indicator__project"

    value = models.DecimalField(_("figure"), max_digits=24, decimal_places=4)
    value_to = models.DecimalField(
        _("up to"),
        max_digits=24,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Where a range was stated: 250 to 260."),
    )

    class Meta(Fact.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(value_to__isnull=True) | Q(value_to__gt=F("value")),
                name="%(app_label)s_%(class)s_range_runs_up",
                violation_error_message=_("The second figure of a range is larger than the first."),
            )
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_a_line(self) -> str:
        indicator: Any = self.indicator  # type: ignore[attr-defined]
        return f"{capfirst(self._meta.verbose_name)}: {indicator.name} – {self}"

    @property
    def in_words(self) -> str:
        indicator: Any = self.indicator  # type: ignore[attr-defined]
        return figure_in_words(self.value, self.value_to, indicator.unit)


class Measurement(FigureFact):
    """What a figure was, according to a statement."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="measurements", verbose_name=_("indicator")
    )

    class Meta(FigureFact.Meta):
        verbose_name = _("figure stated")
        verbose_name_plural = _("figures stated")
        default_related_name = "measurements"
        constraints = [
            *FigureFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "source", "stated_on"],
                name="ledger_measurement_once",
                violation_error_message=_("This statement gives such a figure for that day already."),
            ),
        ]


class Target(FigureFact, DueFact):
    """What a figure is to be, according to a statement."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="targets", verbose_name=_("indicator")
    )

    class Meta(FigureFact.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        default_related_name = "targets"
        constraints = [
            *FigureFact.Meta.constraints,
            *DueFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "source", "stated_on"],
                name="ledger_target_once",
                violation_error_message=_("This statement sets such a target on that day already."),
            ),
        ]
