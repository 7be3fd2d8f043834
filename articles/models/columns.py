"""What an edition consists of."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pressoffice.media.models import Image
from pressoffice.publishing.fields import LineField, ProseField
from pressoffice.publishing.periods import Period
from pressoffice.publishing.slugs import LONGEST

from .statement import Statement


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for a second pair of eyes")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    DISCARDED = "discarded", _("discarded")


UNPUBLISHED = (State.DRAFT, State.SUBMITTED, State.APPROVED)


class EditionColumns(Period):
    State = State
    UNPUBLISHED = UNPUBLISHED
    WRITABLE = (State.DRAFT, State.SUBMITTED)
    # What a new edition takes over from the one before it, and with the change note what approval is about.
    COPIED = ("title", "summary", "body", "lead_image_id", "notes_to_editors", "media_contact")
    CONTENT = (*COPIED, "slug", "embargo_until", "change_note", "is_minor", "settled", "corrected")

    if TYPE_CHECKING:
        passages: Any
        contributions: Any
        in_images: Any
        attachment_rows: Any
        attachments: Any
        gallery_rows: Any
        named: Any
        presences: Any
        base_id: int | None
        translated_from_id: int | None

    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="editions", verbose_name=_("statement")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    # Given at publication, so that the public count has no gap that tells of a discarded draft.
    number = models.PositiveIntegerField(_("number"), null=True, blank=True, editable=False)
    base = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="successors",
        verbose_name=_("made from"),
        null=True,
        blank=True,
        editable=False,
    )
    translated_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="translations",
        verbose_name=_("translated from"),
        null=True,
        blank=True,
        editable=False,
    )

    title = LineField(_("title"), max_length=250)
    slug = models.SlugField(_("slug"), max_length=LONGEST, blank=True, editable=False)
    summary = ProseField(_("summary"), max_length=600, blank=True)
    body = models.TextField(_("text"), blank=True)
    lead_image = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        related_name="leading",
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
    )
    notes_to_editors = ProseField(_("notes to editors"), blank=True)
    media_contact = ProseField(_("media contact"), blank=True)
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("Bishkek time. It cannot go public before.")
    )
    change_note = ProseField(
        _("change note"),
        blank=True,
        help_text=_("What changed and why, for readers. It stands on the page for good."),
    )
    is_minor = models.BooleanField(
        _("minor change"),
        default=False,
        help_text=_("A misprint, say: needs no change note and moves no public date."),
    )
    # Pairs of wrong and right words: what this edition puts right in the one before it.
    corrected = models.JSONField(_("corrected words"), default=list, blank=True)
    # Keys of what somebody has confirmed of passages_to_settle().
    settled = models.JSONField(_("settled passages"), default=list, blank=True, editable=False)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="editions_started", editable=False
    )
    created_at = models.DateTimeField(_("created at"), editable=False)
    updated_at = models.DateTimeField(_("last written at"), editable=False)
    # Whose words the last change was; empty for texts from before this was kept.
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="editions_submitted",
        null=True,
        blank=True,
        editable=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="editions_approved",
        null=True,
        blank=True,
        editable=False,
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)
    approved_hash = models.CharField(max_length=64, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="editions_published",
        null=True,
        blank=True,
        editable=False,
    )
    is_urgent = models.BooleanField(_("published urgently"), default=False, editable=False)
    second_look_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="second_looks",
        verbose_name=_("second look by"),
        null=True,
        blank=True,
        editable=False,
    )
    # The moment this statement first went public in this language, carried from edition to edition.
    public_since = models.DateTimeField(_("first public"), null=True, blank=True, editable=False)
    # Of what readers are given (articles/chain.py), with its predecessor's in it.
    public_hash = models.CharField(max_length=64, blank=True, editable=False)
    # The last change readers are told of; empty while there was none.
    revised_at = models.DateTimeField(_("last changed"), null=True, blank=True, editable=False)

    class Meta(Period.Meta):
        abstract = True
