import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from articles.querysets import EditionQuerySet
from pressoffice.directory.models import InOffice, in_office_on
from pressoffice.media.models import Document, Image
from pressoffice.publishing import moment
from pressoffice.publishing.lasting_ids import id_in
from pressoffice.publishing.periods import FAR_FUTURE, Period

from .passages import ChangeNoteAddition
from .steps import EditionSteps


class Edition(EditionSteps):
    """A statement's text in one language, from one moment on. It never changes once approved."""

    attachments = models.ManyToManyField(
        Document,
        through="Attachment",
        related_name="editions",
        verbose_name=_("attachments"),
        blank=True,
    )
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Contribution", related_name="editions_written"
    )
    images = models.ManyToManyField(Image, through="EditionImage", related_name="shown_in")

    objects = EditionQuerySet.as_manager()

    class Meta(Period.Meta):
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        permissions = [
            ("submit_edition", "Can submit editions to a second pair of eyes"),
            ("approve_edition", "Can approve editions and send them back"),
            ("publish_edition", "Can publish and schedule editions"),
            ("publish_urgently_edition", "Can publish editions without a second pair of eyes"),
            ("withdraw_edition", "Can withdraw public texts"),
            ("remove_edition", "Can remove public texts from the site"),
            ("share_edition", "Can give texts under embargo to people outside"),
            ("discard_edition", "Can discard other people's drafts"),
        ]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    state="published",
                    live_from__isnull=False,
                    number__isnull=False,
                    public_since__isnull=False,
                )
                | (~Q(state="published") & Q(live_from__isnull=True, number__isnull=True)),
                name="articles_edition_public_from_when_published",
            ),
            models.CheckConstraint(
                condition=(Q(state="published") & ~Q(public_hash=""))
                | (~Q(state="published") & Q(public_hash="")),
                name="articles_edition_hashed_when_published",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "published"])
                | Q(is_urgent=True)
                | Q(approved_hash=F("content_hash")),
                name="articles_edition_approved_as_it_stands",
            ),
            models.CheckConstraint(
                condition=Q(live_from__isnull=True)
                | Q(embargo_until__isnull=True)
                | Q(live_from__gte=F("embargo_until")),
                name="articles_edition_not_before_embargo",
                violation_error_message=_("It cannot go public before the end of its embargo."),
            ),
            models.UniqueConstraint(
                fields=["statement", "language", "number"], name="articles_edition_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["statement", "language"],
                condition=Q(state__in=["draft", "submitted", "approved"]),
                name="articles_edition_one_in_work",
                violation_error_message=_(
                    "Somebody is working on the next edition in this language already."
                ),
            ),
            models.UniqueConstraint(
                fields=["base"], condition=Q(state="published"), name="articles_edition_one_successor"
            ),
            # NULL defeats UNIQUE, so the first of a series needs its own.
            models.UniqueConstraint(
                fields=["statement", "language"],
                condition=Q(state="published", base__isnull=True),
                name="articles_edition_one_first",
            ),
            models.UniqueConstraint(
                fields=["statement", "language"],
                condition=Q(state="published", live_until=FAR_FUTURE),
                name="articles_edition_one_open_end",
            ),
        ]
        indexes = [
            # Serves predicate, order and count of every public list without a look at the rows.
            models.Index(
                fields=["language", "-public_since", "-id", "live_from", "live_until", "standing"],
                name="articles_edition_lists",
            ),
            models.Index(fields=["live_from"], name="articles_edition_live_from"),
            # Holds all that the days of hashes are made of (articles/hash_days.py).
            models.Index(
                fields=["live_from", "created_at", "statement", "language", "number", "public_hash"],
                name="articles_edition_hashes",
            ),
            # What is public and of which statement and day, for the counts beside the filters' choices:
            # without the rows themselves, which hold whole texts.
            models.Index(
                fields=["language", "live_until", "live_from", "standing", "statement", "public_since"],
                name="articles_edition_counts",
            ),
        ]

    @classmethod
    def permission(cls, action: str) -> str:
        """The name of the permission for `action` ("submit", "publish", …)."""
        return f"articles.{action}_edition"

    def __str__(self) -> str:
        return self.title or str(_("Untitled"))

    @property
    def additions(self) -> list[ChangeNoteAddition]:
        """What was added to the change note by now. No query when `note_additions` are prefetched."""
        return [each for each in self.note_additions.all() if each.at <= moment.now()]

    @property
    def told_apart_by(self) -> str:
        """What a choice of texts shows besides the title."""
        return f"{self.language} · {self.statement.reference}"

    @property
    def series_id(self) -> uuid.UUID:
        """Names the statement in this language for good, in feeds and elsewhere."""
        return id_in(self.statement.uuid, self.language)

    def get_absolute_url(self) -> str:
        with override(self.language):
            return reverse("articles:statement", args=[self.statement.reference, self.slug or self.language])

    def speakers_in_office(self) -> list[InOffice]:
        """Who spoke, each in the office held then. No query when speakers and offices are prefetched."""
        day = self.statement.delivered_on or timezone.localdate(self.public_since or self.created_at)
        return in_office_on(self.statement.speakers.all(), day)

    def get_version_url(self) -> str:
        with override(self.language):
            return reverse("articles:version", args=[self.statement.reference, self.number])

    def get_changes_url(self) -> str:
        """Of what it says otherwise than the edition before it."""
        with override(self.language):
            return reverse("articles:changes", args=[self.statement.reference, self.number])

    def get_press_kit_url(self) -> str:
        with override(self.language):
            return reverse("articles:press-kit", args=[self.statement.reference])

    def get_preview_url(self) -> str:
        with override(self.language):
            return reverse("articles:preview", args=[self.statement.reference, self.pk])
