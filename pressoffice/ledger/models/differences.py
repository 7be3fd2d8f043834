"""What somebody said of a figure or a date that differs from what was public last."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import Edition
from projects.models import Project


class DifferenceAnswer(models.Model):
    """Kept with the text, for these very words and that earlier figure: so it is asked once."""

    class Answer(models.TextChoices):
        UPDATE = "update", _("it is an update")
        OTHER = "other", _("it is something else")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="difference_answers")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)
    words = models.CharField(max_length=200)
    answer = models.CharField(max_length=6, choices=Answer)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="ledger_difference_answered_once"),
            models.CheckConstraint(
                condition=Q(answer__in=["update", "other"]), name="ledger_difference_answer_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.get_answer_display()}"
