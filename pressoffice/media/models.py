import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from translated_fields import to_attribute

from pressoffice.publishing import languages, moment
from pressoffice.publishing.fields import LineField

from . import markup
from .querysets import DocumentQuerySet, ImageQuerySet
from .storage import private_library, random_name


def new_token() -> str:
    """32 hexadecimal digits that nobody guesses. What keeps a file private is the view, not this."""
    return secrets.token_hex(16)


def original_name(image: "Image", filename: str) -> str:
    return random_name("images", "jpg")


def rendition_name(rendition: "Rendition", filename: str) -> str:
    return random_name("renditions", markup.EXTENSIONS[rendition.format])


def document_name(document: "Document", filename: str) -> str:
    return random_name("documents", document.format)


def name_on_their_machine() -> LineField:
    """For people who look for a file by the name it has on their machine; no address carries it."""
    return LineField(_("name of the file"), max_length=255, blank=True, db_default="", editable=False)


class Image(models.Model):
    """A picture of the library. It comes in by `intake.take_image`, which makes its files."""

    class SourceFormat(models.TextChoices):
        JPEG = "jpeg", "JPEG"
        PNG = "png", "PNG"
        WEBP = "webp", "WebP"
        AVIF = "avif", "AVIF"

    class Terms(models.TextChoices):
        PRESS = "press", _("free for news reporting, with the credit")
        ANY_USE = "any", _("free for any use, with the credit")
        ASK = "ask", _("only after asking the press office")

    token = models.CharField(_("token"), max_length=32, unique=True, default=new_token, editable=False)
    title = LineField(
        _("name in the library"), max_length=200, help_text=_("For editors only; readers never see it.")
    )
    uploaded_name = name_on_their_machine()
    alt = languages.translated(
        LineField(
            _("description for people who cannot see it"),
            max_length=500,
            help_text=_("What the picture shows, in one sentence."),
        )
    )
    is_decorative = models.BooleanField(
        _("decoration only"),
        default=False,
        help_text=_("Says nothing that the text does not say; screen readers pass over it."),
    )
    credit = languages.translated(
        LineField(_("credit"), max_length=200, help_text=_("Who took it, as it shall be printed."))
    )
    # From `intake.take_waiting` until somebody has described it: see ImageQuerySet.may_be_shown().
    is_waiting = models.BooleanField(
        _("waits for its description"), default=False, db_default=False, editable=False
    )
    # Editions that show the older picture keep it. A row goes: see receivers.chain_closes.
    replaces = models.OneToOneField(
        "self",
        on_delete=models.DO_NOTHING,
        related_name="successor",
        verbose_name=_("in place of"),
        null=True,
        blank=True,
        editable=False,
    )
    terms = models.CharField(
        _("terms of use"),
        max_length=5,
        choices=Terms,
        default=Terms.PRESS,
        help_text=_("Readers see them beside the download."),
    )
    focal_x = models.FloatField(
        _("focal point, from the left"),
        default=0.5,
        help_text=_("0 is the left edge, 1 the right one. Crops keep this point in sight."),
    )
    focal_y = models.FloatField(
        _("focal point, from the top"), default=0.5, help_text=_("0 is the upper edge, 1 the lower one.")
    )
    original = models.FileField(
        _("kept copy"), storage=private_library, upload_to=original_name, max_length=100, editable=False
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    byte_size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    source_format = models.CharField(_("uploaded as"), max_length=10, choices=SourceFormat, editable=False)
    # Of the uploaded bytes. Not unique: it lets us tell an editor that the picture is here already,
    # and two people who upload it at the same second do no harm.
    checksum = models.CharField(_("checksum"), max_length=64, db_index=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="images",
        verbose_name=_("uploaded by"),
        editable=False,
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=moment.now, editable=False)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="media_image_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_waiting=True)
                | Q(is_decorative=True)
                | (~Q(alt_ky="") & ~Q(alt_ru="") & ~Q(alt_en="")),
                name="media_image_described_or_decorative",
                violation_error_message=_(
                    "Describe the picture in all three languages, or mark it as decoration."
                ),
            ),
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="media_image_focal_point_inside",
                violation_error_message=_(
                    "The focal point lies inside the picture: two numbers from 0 to 1."
                ),
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="media_image_not_its_own_successor",
            ),
            models.CheckConstraint(
                condition=Q(terms__in=["press", "any", "ask"]), name="media_image_known_terms"
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, byte_size__gt=0), name="media_image_has_pixels"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        errors = {}
        if not self.is_decorative and not self.is_waiting:
            for code in languages.CODES:
                column = to_attribute("alt", code)
                if not getattr(self, column).strip():
                    errors[column] = _("Say what the picture shows, or mark it as decoration.")
        for column in ("focal_x", "focal_y"):
            value = getattr(self, column)
            if value is not None and not 0 <= value <= 1:
                errors[column] = _("Enter a number from 0 to 1.")
        if errors:
            raise ValidationError(errors)

    @property
    def says_enough(self) -> bool:
        """Whether what is typed would do as its description."""
        return self.is_decorative or all(
            getattr(self, to_attribute("alt", code)).strip() for code in languages.CODES
        )

    @property
    def newest(self) -> "Image":
        """The last of what was put in its place; itself where nothing was. A query for each."""
        found, seen = self, {self.pk}
        while (after := Image.objects.filter(replaces=found.pk).first()) and after.pk not in seen:
            found = after
            seen.add(after.pk)
        return found

    @property
    def focal_point(self) -> tuple[float, float]:
        return self.focal_x, self.focal_y

    def alt_in(self, language: str = "") -> str:
        return "" if self.is_decorative else languages.text_in(self, "alt", language).text

    def picture(self, ratio: str = "full", language: str = "") -> markup.Picture | None:
        """What a template needs. One query, none with prefetched renditions; opens no file."""
        made = [rendition for rendition in self.renditions.all() if rendition.ratio == ratio]
        return markup.picture(self.token, made, self.alt_in(language))

    def largest(self) -> "Rendition | None":
        """What pages, feeds and networks show at most: the whole picture as JPEG. No query with prefetched
        renditions."""
        whole = [each for each in self.renditions.all() if (each.ratio, each.format) == ("full", "jpeg")]
        return max(whole, key=lambda each: each.width, default=None)

    def whole(self) -> "Rendition | None":
        """What the press takes home: the kept copy where no page shows the picture as large. It has no row
        and stands at the address that a rendition of its width would have. No query with prefetched
        renditions."""
        largest = self.largest()
        if largest is None or largest.width >= self.width:
            return largest
        return Rendition(
            image=self,
            ratio=Rendition.Ratio.FULL,
            width=self.width,
            height=self.height,
            format=Rendition.Format.JPEG,
            file=self.original.name,
            byte_size=self.byte_size,
            checksum=self.checksum,
        )


class Rendition(models.Model):
    """One file of a picture, as it is served."""

    class Ratio(models.TextChoices):
        FULL = "full", _("whole picture")
        THREE_BY_TWO = "3x2", "3:2"

    class Format(models.TextChoices):
        AVIF = "avif", "AVIF"
        WEBP = "webp", "WebP"
        JPEG = "jpeg", "JPEG"

    image = models.ForeignKey(
        Image, on_delete=models.CASCADE, related_name="renditions", verbose_name=_("picture")
    )
    ratio = models.CharField(_("crop"), max_length=8, choices=Ratio)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    format = models.CharField(_("format"), max_length=8, choices=Format)
    file = models.FileField(_("file"), storage=private_library, upload_to=rendition_name, max_length=100)
    byte_size = models.PositiveIntegerField(_("size in bytes"))
    checksum = models.CharField(_("checksum"), max_length=64)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "ratio", "width", "format"], name="media_rendition_once"
            ),
            models.CheckConstraint(
                condition=Q(ratio__in=["full", "3x2"], format__in=["avif", "webp", "jpeg"]),
                name="media_rendition_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, byte_size__gt=0), name="media_rendition_has_pixels"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ratio} {self.width}×{self.height} {self.format}"

    def get_absolute_url(self) -> str:
        return markup.address(self.image.token, self)

    @property
    def content_type(self) -> str:
        return f"image/{self.format}"


class Document(models.Model):
    """A PDF or Word file to download. It comes in by `intake.take_document`."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word (.docx)"

    CONTENT_TYPES = {
        Format.PDF: "application/pdf",
        Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }

    token = models.CharField(_("token"), max_length=32, unique=True, default=new_token, editable=False)
    title = languages.translated(LineField(_("title"), max_length=200), required=True)
    uploaded_name = name_on_their_machine()
    file = models.FileField(
        _("file"), storage=private_library, upload_to=document_name, max_length=100, editable=False
    )
    format = models.CharField(_("format"), max_length=8, choices=Format, editable=False)
    byte_size = models.PositiveIntegerField(_("size in bytes"), editable=False)
    checksum = models.CharField(_("checksum"), max_length=64, db_index=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="documents",
        verbose_name=_("uploaded by"),
        editable=False,
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=moment.now, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="media_document_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title_ky="") & ~Q(title_ru="") & ~Q(title_en=""),
                name="media_document_titled",
                violation_error_message=_("Give the document a title in all three languages."),
            ),
            models.CheckConstraint(
                condition=Q(format__in=["pdf", "docx"], byte_size__gt=0), name="media_document_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        slug = slugify(languages.text_in(self, "title", "en").text)[:60].strip("-") or "document"
        return reverse("media:document", args=[self.token, slug, self.format])

    @property
    def content_type(self) -> str:
        return self.CONTENT_TYPES[self.Format(self.format)]

    @property
    def filename(self) -> str:
        """What the reader's machine calls the download, in the active language."""
        return f"{self.title.replace('/', '-')[:120]}.{self.format}"
