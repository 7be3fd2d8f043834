import uuid
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pressoffice.directory.models import Country, Person
from pressoffice.media.models import Image
from pressoffice.publishing import moment
from pressoffice.publishing.fields import LineField, ProseField
from pressoffice.publishing.languages import translated
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.records import Record, RecordQuerySet
from pressoffice.publishing.steps import require_permission
from projects.models import Project, code_is_readable

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


VENUES = ("venue_ky", "venue_ru", "venue_en")
ANNOUNCED = ("starts_at", "ends_at", *VENUES)


class EventQuerySet(RecordQuerySet):
    def with_moves(self) -> Self:
        """With what a list says of each. One query more."""
        return self.prefetch_related("moves")

    def last_told_first(self) -> Self:
        """By what readers were last told of each: announced, moved or cancelled."""
        now = moment.now()
        moved = EventMove.objects.filter(event=OuterRef("pk"), moved_at__lte=now).order_by("-moved_at", "-pk")
        cancelled = Takedown.objects.in_force().filter(
            subject_type=subject_type(self.model), subject_id=OuterRef("pk"), at__lte=now
        )
        told_at = Greatest(
            F("live_from"),
            Coalesce(Subquery(moved.values("moved_at")[:1]), F("live_from")),
            Coalesce(Subquery(cancelled.values("at")[:1]), F("live_from")),
        )
        return self.annotate(told_at=told_at).order_by("-told_at", "-pk")

    def on_days(self, first: date, last: date) -> Self:
        """Those that go on on any of these days in Bishkek, in their order."""
        begin = timezone.make_aware(datetime.combine(first, time.min))
        end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
        going_on = Q(ends_at__gt=begin) | Q(starts_at__gte=begin)
        return self.filter(going_on, starts_at__lt=end).order_by("starts_at", "pk")

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

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
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
    accreditation_until = models.DateTimeField(
        _("accreditation until"), null=True, blank=True, help_text=_("Bishkek time.")
    )
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
            models.CheckConstraint(
                condition=Q(accreditation_until__isnull=True) | Q(accreditation_until__lte=F("ends_at")),
                name="events_event_accreditation_before_its_end",
                violation_error_message=_("Accreditation closes before the event is over."),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="events_event_starts_at")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What readers have seen announced is kept when it moves."""
        with transaction.atomic():
            before = type(self).objects.live().filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if before is not None and self._is_moved_from(before):
                EventMove.objects.create(event=self, **{name: getattr(before, name) for name in ANNOUNCED})

    def _is_moved_from(self, before: "Event") -> bool:
        """Another hour, or another place; a place that is spelt otherwise in one language is the same."""
        if (self.starts_at, self.ends_at) != (before.starts_at, before.ends_at):
            return True
        venues = [(getattr(before, name), getattr(self, name)) for name in VENUES if getattr(before, name)]
        return bool(venues) and all(old != new for old, new in venues)

    @property
    def last_move(self) -> "EventMove | None":
        """From what it was announced for to what it is now. No query when `moves` are prefetched."""
        return next((move for move in self.moves.all() if move.moved_at <= moment.now()), None)

    @property
    def last_day(self) -> date:
        """The last day in Bishkek on which it goes on; one that ends at midnight does not reach the next."""
        end = max(self.starts_at, self.ends_at - timedelta(microseconds=1))
        return timezone.localdate(end)

    @property
    def accreditation_is_over(self) -> bool:
        return self.accreditation_until is not None and self.accreditation_until < moment.now()

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


class EventMove(models.Model):
    """What an event was announced for, until it was moved. Written by Event.save() only."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="moves", verbose_name=_("event"))
    moved_at = models.DateTimeField(_("moved at"), default=moment.now)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    venue = translated(LineField(_("venue"), max_length=250))

    class Meta:
        verbose_name = _("move of an event")
        verbose_name_plural = _("moves of events")
        ordering = ["-moved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.event_id} {self.starts_at}"

    @property
    def is_of_place_only(self) -> bool:
        return (self.starts_at, self.ends_at) == (self.event.starts_at, self.event.ends_at)
