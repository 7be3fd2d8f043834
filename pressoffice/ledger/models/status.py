from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.models import Project

from .fact import Fact


class StatusChange(Fact):
    class Status(models.TextChoices):
        """IATI activity status (codelist ActivityStatus 2.03)."""

        PIPELINE = "pipeline", _("In preparation")
        IMPLEMENTATION = "implementation", _("Under way")
        FINALISATION = "finalisation", _("Being finished")
        CLOSED = "closed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")
        SUSPENDED = "suspended", _("Suspended")

    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="status_changes", verbose_name=_("joint project")
    )
    status = models.CharField(_("status"), max_length=15, choices=Status)

    class Meta(Fact.Meta):
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        default_related_name = "status_changes"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "source", "stated_on"],
                name="ledger_status_change_once",
                violation_error_message=_("This statement gives the project a status for that day already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "pipeline",
                        "implementation",
                        "finalisation",
                        "closed",
                        "cancelled",
                        "suspended",
                    ]
                ),
                name="ledger_status_known",
            ),
        ]
        indexes = [models.Index(fields=["project", "-stated_on"], name="ledger_status_newest")]

    def __str__(self) -> str:
        return str(self.get_status_display())
