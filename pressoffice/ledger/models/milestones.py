from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.fields import LineField
from pressoffice.publishing.languages import translated
from projects.models import Project

from .fact import DatedFact


class MilestoneQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Those that a public statement gives a date."""
        return self.filter(Exists(MilestoneDate.objects.live(at).filter(milestone=OuterRef("pk"))))


class Milestone(models.Model):
    """A step of a project that statements give dates for: the dates, not the name, are facts."""

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="milestones", verbose_name=_("joint project")
    )
    name = translated(LineField(_("name"), max_length=200), required=True)

    if TYPE_CHECKING:
        public_dates: list[Any]

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name_en"],
                name="ledger_milestone_once",
                violation_error_message=_("The project has a milestone of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class MilestoneDate(DatedFact):
    PROJECT = "milestone__project"

    class Kind(models.TextChoices):
        PLANNED = "planned", _("planned")
        FORECAST = "forecast", _("expected")
        ACTUAL = "actual", _("happened")

    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, related_name="dates", verbose_name=_("milestone")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)

    class Meta(DatedFact.Meta):
        verbose_name = _("date of a milestone")
        verbose_name_plural = _("dates of milestones")
        default_related_name = "milestone_dates"
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=["planned", "forecast", "actual"]), name="ledger_milestone_kind_known"
            ),
            models.CheckConstraint(
                # What has happened did not happen after it was reported. A year still runs when it is said.
                condition=~Q(kind="actual", precision="day") | Q(on__lte=models.F("stated_on")),
                name="ledger_milestone_happened_before_stated",
                violation_error_message=_("What has happened lies before the day it was stated on."),
            ),
            models.UniqueConstraint(
                fields=["milestone", "source", "kind", "stated_on"],
                name="ledger_milestone_date_once",
                violation_error_message=_("This statement gives the milestone such a date already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.on_in_words}"

    @property
    def in_a_line(self) -> str:
        return f"{self.milestone.name} – {self}"
