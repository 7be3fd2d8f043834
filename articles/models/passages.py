"""What hangs on an edition: its passages, pictures, attachments and the people who wrote in it."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.querysets import PassageQuerySet
from pressoffice.media.models import Document, Image
from pressoffice.publishing.fields import ProseField
from pressoffice.publishing.languages import name_in_sentence
from projects.models import Project


class PassageToSettle:
    """A passage of the base edition whose words are changed or gone in the new one."""

    def __init__(self, passage: "Passage", now_reads: str) -> None:
        self.passage = passage
        self.now_reads = now_reads
        words = hashlib.sha256(now_reads.encode()).hexdigest()[:12]
        # With the new words in it: if they change again, the confirmation no longer holds.
        self.key = f"{passage.pk}:{words}"


class Passage(models.Model):
    """Words of an edition that speak of a project; without words: the edition as a whole does.

    `exact`, `prefix`, `suffix` are the text-quote selector of the W3C Web Annotation model.
    """

    class Relation(models.TextChoices):
        MENTIONS = "mentions", _("mentions")
        ANNOUNCES = "announces", _("announces")
        PROGRESS = "progress", _("reports progress")
        FIGURE = "figure", _("gives a figure")
        DATE = "date", _("sets a date")
        CHANGES = "changes", _("changes an earlier statement")
        COMPLETES = "completes", _("completes")

    edition = models.ForeignKey(
        "articles.Edition", on_delete=models.CASCADE, related_name="passages", verbose_name=_("edition")
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="passages", verbose_name=_("joint project")
    )
    relation = models.CharField(_("relation"), max_length=10, choices=Relation)
    exact = models.TextField(_("words"), blank=True)
    prefix = models.TextField(_("words before"), blank=True)
    suffix = models.TextField(_("words after"), blank=True)
    lead_in = models.TextField(_("rest of the sentence before"), blank=True)
    lead_out = models.TextField(_("rest of the sentence after"), blank=True)
    position = models.PositiveIntegerField(
        _("position"), help_text=_("1 for the first in the text, 0 for the whole.")
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.CheckConstraint(
                condition=Q(exact="", position=0) | (~Q(exact="") & Q(position__gt=0)),
                name="articles_passage_position_when_words",
            ),
            models.UniqueConstraint(
                fields=["edition", "project"],
                condition=Q(position=0),
                name="articles_passage_about_whole_once",
            ),
            models.UniqueConstraint(
                fields=["edition", "position"],
                condition=Q(position__gt=0),
                name="articles_passage_position_once",
            ),
        ]
        indexes = [models.Index(fields=["project", "edition"], name="articles_passage_project")]

    def __str__(self) -> str:
        return self.exact or str(self.project)

    @property
    def anchor(self) -> str:
        """The fragment of the edition's page where the words stand; empty for the whole."""
        return f"passage-{self.position}" if self.position else ""


class ChangeNoteAddition(models.Model):
    """Words added to a public change note: the note itself stays as it was read. Written by a step only."""

    edition = models.ForeignKey(
        "articles.Edition", on_delete=models.PROTECT, related_name="note_additions", verbose_name=_("edition")
    )
    text = ProseField(_("added words"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("addition to a change note")
        verbose_name_plural = _("additions to change notes")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="articles_addition_says_something")]

    def __str__(self) -> str:
        return self.text


class Contribution(models.Model):
    """Somebody wrote in an edition, and so is not its second pair of eyes."""

    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contributions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="articles_contribution_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.edition_id}"


def names_of(what: Image | Document, edition: Any) -> str:
    """As a page says it that lists what stands in the way of a deletion."""
    sentence = _("%(what)s, in the text “%(title)s” (%(reference)s, %(language)s)")
    return sentence % {
        "what": what,
        "title": edition,
        "reference": edition.statement.reference,
        "language": name_in_sentence(edition.language),
    }


class EditionImage(models.Model):
    """A picture of the library in an edition's body. Derived from the body's figures."""

    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="in_images")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="in_editions")
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("picture in a text")
        verbose_name_plural = _("pictures in texts")
        constraints = [
            models.UniqueConstraint(fields=["edition", "image"], name="articles_edition_image_once")
        ]

    def __str__(self) -> str:
        return names_of(self.image, self.edition)


class Attachment(models.Model):
    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="attachment_rows")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachment_rows")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.UniqueConstraint(fields=["edition", "document"], name="articles_attachment_once")
        ]

    def __str__(self) -> str:
        return names_of(self.document, self.edition)


class GalleryImage(models.Model):
    """A photograph that goes with an edition besides those in its body, for the press to use."""

    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="gallery_rows")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="in_galleries")
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("photograph for the press")
        verbose_name_plural = _("photographs for the press")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "image"], name="articles_gallery_image_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="articles_gallery_position_once"),
        ]

    def __str__(self) -> str:
        return names_of(self.image, self.edition)
