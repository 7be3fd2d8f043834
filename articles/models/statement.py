import secrets
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.querysets import StatementQuerySet
from events.models import Event
from pressoffice.directory.models import Country, MediaContact, Person, Topic
from pressoffice.publishing import moment
from pressoffice.publishing.fields import LineField
from pressoffice.publishing.languages import active, translated
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.periods import Standing
from pressoffice.publishing.steps import StepRefused, require_permission

if TYPE_CHECKING:
    from pressoffice.accounts.models import User

    from .edition import Edition

# Without letters and digits that are mistaken for one another when read aloud or by hand, and without
# vowels, so that no word is ever spelt.
REFERENCE_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


class Statement(models.Model):
    """What was said once, whatever languages and versions its text has."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("Statement")
        SPEECH = "speech", _("Speech")
        PRESS_RELEASE = "press_release", _("Press release")
        INTERVIEW = "interview", _("Interview")
        NEWS = "news", _("News")

    class Form(models.TextChoices):
        TRANSCRIPT = "transcript", _("Exact transcript")
        PREPARED = "prepared", _("Prepared text")
        NOTES = "notes", _("Speaking notes")
        WRITTEN = "written", _("Written statement")
        ARTICLE = "article", _("Signed article")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.STATEMENT)
    form = models.CharField(_("form"), max_length=10, choices=Form, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    place = translated(LineField(_("place"), max_length=150))
    speakers = models.ManyToManyField(
        Person, related_name="statements", verbose_name=_("speakers"), blank=True
    )
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        related_name="statements",
        verbose_name=_("event"),
        null=True,
        blank=True,
    )
    topics = models.ManyToManyField(Topic, related_name="statements", verbose_name=_("topics"), blank=True)
    countries = models.ManyToManyField(
        Country, related_name="statements", verbose_name=_("countries"), blank=True
    )
    contact = models.ForeignKey(
        MediaContact,
        on_delete=models.PROTECT,
        related_name="statements",
        verbose_name=_("media contact"),
        null=True,
        blank=True,
    )
    original_language = models.CharField(_("original language"), max_length=2, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("created at"), default=moment.now, editable=False)

    if TYPE_CHECKING:
        public_editions: list[Edition]  # where a prefetch of the ledger's put it

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        # The title where a list has brought it along; a name costs no query.
        titled = self.titled_among(getattr(self, "in_work", []))
        return f"{self.reference} {titled.title}" if titled else self.reference

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk or self.reference:
            super().save(*args, **kwargs)
            return
        year = (self.delivered_on or timezone.localtime(self.created_at)).year
        while True:
            self.reference = f"{year}-{''.join(secrets.choice(REFERENCE_ALPHABET) for _each in range(4))}"
            try:
                with transaction.atomic():
                    super().save(*args, **kwargs)
            except IntegrityError:
                if not Statement.objects.filter(reference=self.reference).exists():
                    raise
            else:
                return

    def titled_among(self, editions: Iterable["Edition"]) -> "Edition | None":
        """The one by whose title a colleague knows it: in the language of their pages, else the original."""
        wanted = {active(): 0, self.original_language: 1}
        titled = [edition for edition in editions if edition.title]
        titled.sort(key=lambda edition: (min(wanted.get(edition.language, 2), 2), edition.pk))
        return titled[0] if titled else None

    def start_edition(self, *, language: str, by: "User") -> "Edition":
        """A draft of the next edition in `language`: a copy of the last one, or a first one without words.

        The first one of a translation has the pictures and files of its original and speaks of its projects.

        Raises StepRefused while another one is in work, scheduled or taken down.
        """
        from articles.beside_the_original import original_of

        from .edition import Edition

        require_permission(by, "articles.add_edition")
        with transaction.atomic():
            # Two people may start at once: the statement's row makes the second one wait, then refuses.
            Statement.objects.select_for_update().get(pk=self.pk)
            series = self.editions.in_language(language)
            if series.unpublished().exists():
                raise StepRefused(_("Somebody is working on the next edition in this language already."))
            base = series.last_of_series().first()
            if base and base.is_scheduled():
                raise StepRefused(
                    _("An edition in this language is scheduled. Cancel its publication first, then write.")
                )
            if base and base.standing != Standing.IN_FORCE:
                raise StepRefused(_("This text has been taken down. Restore it first."))
            edition = Edition(
                statement=self,
                language=language,
                base=base,
                created_by=by,
                created_at=moment.now(),
                updated_at=moment.now(),
            )
            if base:
                for name in Edition.COPIED:
                    setattr(edition, name, getattr(base, name))
            if language != self.original_language:
                # The original as it is now: that is how a translation catches up with a correction.
                edition.translated_from = (
                    self.editions.in_language(self.original_language).last_of_series().first()
                )
            original = None if base else original_of(edition)
            if original:
                edition.lead_image = original.lead_image
            edition.content_hash = edition._hash_of_content([])
            edition.save()
            if files := base or original:
                edition.attachments.set(files.attachments.all())
                edition._set_gallery(row.image for row in files.gallery_rows.select_related("image"))
            if base:
                edition._set_about(base.about_as_a_whole())
                edition._derive_from_body()
                edition._store_hash()
            elif original:
                # Its words are not written yet; that it speaks of these projects is known.
                spoken_of = original.passages.select_related("project").order_by("position")
                edition._set_about(dict.fromkeys(passage.project for passage in spoken_of))
                edition._store_hash()
            AuditEntry.objects.record(edition, "start", by=by, to_state=edition.state)
        return edition
