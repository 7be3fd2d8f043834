from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pressoffice.directory.models import Country, Person
from pressoffice.media.models import Image
from pressoffice.publishing import moment
from pressoffice.publishing.fields import LineField, ProseField
from pressoffice.publishing.languages import translated
from pressoffice.publishing.models import Takedown
from pressoffice.publishing.records import Record, RecordQuerySet
from pressoffice.publishing.steps import require_permission
from projects.models import Project, code_is_readable

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


class EventQuerySet(RecordQuerySet):
    def upcoming(self, at: datetime | None = None) -> Self:
        """Not over yet at `at`, the next one first."""
        return self.filter(ends_at__gte=at or moment.now()).order_by("starts_at", "pk")

    def past(self, at: datetime | None = None) -> Self:
        return self.filter(ends_at__lt=at or moment.now()).order_by("-starts_at", "-pk")


class Event(Record):
    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit")
        COUNCIL = "council", _("Council meeting")
        SIGNING = "signing", _("Signing")
        FORUM = "forum", _("Forum")
        FESTIVAL = "festival", _("Festival")
        EXHIBITION = "exhibition", _("Exhibition")
        BRIEFING = "briefing", _("Briefing")

    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[code_is_readable],
        help_text=_("Stands in the event's address in every language. It never changes once public."),
    )
    title = translated(LineField(_("title"), max_length=250), required=True)
    summary = translated(ProseField(_("summary"), max_length=600))
    description = translated(ProseField(_("description")))
    venue = translated(LineField(_("venue"), max_length=250))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    starts_at = models.DateTimeField(_("starts at"), help_text=_("Bishkek time."))
    ends_at = models.DateTimeField(_("ends at"), help_text=_("Bishkek time."))
    countries = models.ManyToManyField(
        Country, related_name="events", verbose_name=_("countries"), blank=True
    )
    participants = models.ManyToManyField(
        Person, related_name="events", verbose_name=_("participants"), blank=True
    )
    projects = models.ManyToManyField(
        Project, related_name="events", verbose_name=_("joint projects"), blank=True
    )
    accreditation = translated(ProseField(_("note for the press")))
    lead_image = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("picture"),
        null=True,
        blank=True,
    )

    objects = EventQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        permissions = [
            ("publish_event", "Can publish events"),
            ("cancel_event", "Can cancel events"),
            ("remove_event", "Can remove events from the site"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts_at__lte=F("ends_at")),
                name="events_event_ends_after_it_starts",
                violation_error_message=_("An event ends after it starts."),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="events_event_starts_at")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.code])

    def statement_editions(self) -> Any:
        """Public texts of the statements made at it, as a QuerySet of the app above."""
        editions: Any = self.statements.model.editions.field.model
        return editions.objects.live().filter(statement__event=self).for_lists()

    def cancel(self, *, by: "User", reason: str) -> None:
        """The event will not take place: its page stays, with a notice that gives the reason."""
        require_permission(by, self.permission("cancel"))
        self._take_down(Takedown.Kind.CANCELLED, "cancel", by=by, reason=reason)

    def is_past(self, at: datetime | None = None) -> bool:
        return self.ends_at < (at or moment.now())

    def _refusal(self, step: str, *, by: "User") -> Any:
        if step == "cancel" and self.is_cancelled:
            return _("This event has been cancelled already.")
        return super()._refusal(step, by=by)
