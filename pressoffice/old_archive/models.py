from django.db import models
from django.db.models import Q

from articles.models import Edition, Statement
from events.models import Event
from projects.models import Project


class BroughtIn(models.Model):
    """What an old archive calls a thing, and what it is here: so that a second run goes on where the first
    one stopped, translations find their original, and an old address leads to the new one."""

    class What(models.TextChoices):
        PROJECT = "project"
        EVENT = "event"
        GROUP = "group"  # one statement, whatever languages its texts have
        TEXT = "text"

    archive = models.CharField(max_length=60)
    what = models.CharField(max_length=8, choices=What)
    key = models.CharField(max_length=200)
    old_path = models.CharField(max_length=500, blank=True)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+", null=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+", null=True)
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="+", null=True)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["archive", "what", "key"], name="old_archive_brought_in_once"),
            models.UniqueConstraint(
                fields=["old_path"], condition=~Q(old_path=""), name="old_archive_address_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.archive} {self.what} {self.key}"
