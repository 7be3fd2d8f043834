import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pressoffice.directory.models import Country, Organisation
from pressoffice.media.models import Document, Image
from pressoffice.publishing.fields import LineField, ProseField
from pressoffice.publishing.languages import translated
from pressoffice.publishing.records import Record

from .geometry import Bounds, Geometry, bounds_of, read_geometry
from .querysets import AgreementQuerySet, ParticipationQuerySet, ProjectQuerySet

code_is_readable = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    _("Small Latin letters, digits and single hyphens, such as almaty-issyk-kul-highway."),
)


class Project(Record):
    class Sector(models.TextChoices):
        TRANSPORT = "transport", _("Transport")
        ENERGY = "energy", _("Energy")
        TRADE = "trade", _("Trade and logistics")
        BORDER = "border", _("Borders and customs")
        WATER = "water", _("Water")
        EDUCATION = "education", _("Education and science")
        CULTURE = "culture", _("Culture and sport")
        HEALTH = "health", _("Health")
        DIGITAL = "digital", _("Digital services")
        TOURISM = "tourism", _("Tourism")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(
        _("code"),
        max_length=60,
        unique=True,
        validators=[code_is_readable],
        help_text=_("Stands in the project's address in every language. It never changes once public."),
    )
    name = translated(LineField(_("name"), max_length=250), required=True)
    summary = translated(ProseField(_("summary"), max_length=600))
    description = translated(ProseField(_("description")))
    sector = models.CharField(_("sector"), max_length=12, choices=Sector)
    lead_image = models.ForeignKey(
        Image,
        on_delete=models.PROTECT,
        related_name="projects",
        verbose_name=_("picture"),
        null=True,
        blank=True,
    )

    if TYPE_CHECKING:
        public_status_changes: list[Any]  # where with_status() puts it

    objects = ProjectQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("joint project")
        verbose_name_plural = _("joint projects")
        permissions = [
            ("publish_project", "Can publish joint projects"),
            ("remove_project", "Can remove joint projects from the site"),
        ]
        indexes = [models.Index(fields=["live_from", "live_until"], name="projects_project_live")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("projects:project", args=[self.code])

    def speaking_editions(self) -> Any:
        """Public texts that speak of it, as a QuerySet of the app above."""
        editions: Any = self.passages.model.edition.field.related_model
        return editions.objects.live().about(self).for_lists()

    @classmethod
    def status_choices(cls) -> list[tuple[str, Any]]:
        """The statuses that the ledger, which lies above this app, knows."""
        changes: Any = cls._meta.get_field("status_changes").related_model
        return list(changes._meta.get_field("status").choices)

    @property
    def current_status(self) -> Any:
        """The newest public status change that holds, or None. Needs `with_status()`; no query."""
        return next((change for change in self.public_status_changes if not change.is_withdrawn), None)

    def why_not_public(self) -> list:
        missing = {
            "name": _("The name is missing in %(language)s."),
            "summary": _("The summary is missing in %(language)s."),
        }
        return [
            sentence % {"language": label}
            for column, sentence in missing.items()
            for language, label in settings.LANGUAGES
            if not getattr(self, f"{column}_{language}").strip()
        ]


class ProjectAlias(models.Model):
    """Other words by which texts speak of a project, so that it is found in them."""

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("joint project")
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    text = LineField(_("words"), max_length=250)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "language", "text"],
                name="projects_alias_once",
                violation_error_message=_("This alias is there already."),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Participation(models.Model):
    """A country or an organisation that takes part in a project. Roles are IATI's organisation roles."""

    class Role(models.TextChoices):
        FUNDING = "funding", _("Funding")
        ACCOUNTABLE = "accountable", _("Accountable")
        EXTENDING = "extending", _("Managing the funds")
        IMPLEMENTING = "implementing", _("Implementing")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="participations", verbose_name=_("joint project")
    )
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="participations",
        verbose_name=_("country"),
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="participations",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("who takes part")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=True, organisation__isnull=False)
                | Q(country__isnull=False, organisation__isnull=True),
                name="projects_participation_country_or_organisation",
                violation_error_message=_("Choose a country or an organisation, one of the two."),
            ),
            models.UniqueConstraint(
                fields=["project", "country", "role"],
                condition=Q(country__isnull=False),
                name="projects_participation_country_once",
                violation_error_message=_("This country has this role already."),
            ),
            models.UniqueConstraint(
                fields=["project", "organisation", "role"],
                condition=Q(organisation__isnull=False),
                name="projects_participation_organisation_once",
                violation_error_message=_("This organisation has this role already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.country or self.organisation)


class Place(models.Model):
    """Where a project is: a point, or a line such as a road. What it covers is derived from the geometry."""

    class Kind(models.TextChoices):
        POINT = "point", _("point")
        LINE = "line", _("line")

    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="places", verbose_name=_("joint project")
    )
    name = translated(LineField(_("name of the place"), max_length=250))
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, editable=False, blank=True)
    # Coordinates as in RFC 7946: longitude, then latitude, in degrees.
    geometry = models.JSONField(_("where it is"))
    west = models.FloatField(editable=False, blank=True)
    south = models.FloatField(editable=False, blank=True)
    east = models.FloatField(editable=False, blank=True)
    north = models.FloatField(editable=False, blank=True)

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            models.CheckConstraint(
                condition=Q(west__gte=-180, west__lte=F("east"), east__lte=180),
                name="projects_place_longitudes",
                violation_error_message=_("Longitudes run from -180 to 180."),
            ),
            models.CheckConstraint(
                condition=Q(south__gte=-90, south__lte=F("north"), north__lte=90),
                name="projects_place_latitudes",
                violation_error_message=_("Latitudes run from -90 to 90."),
            ),
            models.CheckConstraint(
                condition=Q(kind="line") | Q(kind="point", west=F("east"), south=F("north")),
                name="projects_place_point_or_line",
                violation_error_message=_("A place is a point or a line."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.project.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError where the geometry is none: nothing could be derived from it."""
        self._take(read_geometry(self.geometry))
        if kwargs.get("update_fields") is not None and "geometry" in kwargs["update_fields"]:
            kwargs["update_fields"] = {*kwargs["update_fields"], "kind", *Bounds._fields}
        super().save(*args, **kwargs)

    @property
    def positions(self) -> list[list[float]]:
        """Longitude and latitude of each: one of a point."""
        return [self.geometry] if self.kind == self.Kind.POINT else self.geometry

    def clean(self) -> None:
        if self.geometry in (None, ""):
            return  # that it is missing is said already
        try:
            self._take(read_geometry(self.geometry))
        except ValidationError as error:
            raise ValidationError({"geometry": error}) from None

    def _take(self, geometry: Geometry) -> None:
        self.kind, self.geometry = geometry
        self.west, self.south, self.east, self.north = bounds_of(geometry)


class Agreement(Record):
    class Kind(models.TextChoices):
        TREATY = "treaty", _("Treaty")
        AGREEMENT = "agreement", _("Agreement")
        PROTOCOL = "protocol", _("Protocol")
        MEMORANDUM = "memorandum", _("Memorandum")
        ROADMAP = "roadmap", _("Roadmap")

    code = models.CharField(_("code"), max_length=60, unique=True, validators=[code_is_readable])
    title = translated(LineField(_("title"), max_length=350), required=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)
    parties = models.ManyToManyField(
        Country, related_name="agreements", verbose_name=_("parties"), blank=True
    )
    amends = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="amendments",
        verbose_name=_("amends"),
        null=True,
        blank=True,
    )
    document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        related_name="agreements",
        verbose_name=_("document"),
        null=True,
        blank=True,
    )
    projects = models.ManyToManyField(
        Project, related_name="agreements", verbose_name=_("joint projects that rest on it"), blank=True
    )

    objects = AgreementQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        permissions = [
            ("publish_agreement", "Can publish agreements"),
            ("remove_agreement", "Can remove agreements from the site"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True)
                | Q(in_force_on__isnull=True)
                | Q(signed_on__lte=F("in_force_on")),
                name="projects_agreement_signed_before_in_force",
                violation_error_message=_("An agreement enters into force on the day it is signed or later."),
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True) | ~Q(amends=F("pk")),
                name="projects_agreement_amends_another",
                violation_error_message=_("An agreement cannot amend itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:agreement", args=[self.code])

    @property
    def amended(self) -> "Agreement | None":
        """The agreement it amends, where readers may see it. No query after select_related("amends")."""
        return self.amends if self.amends and self.amends.is_live() else None

    def why_not_public(self) -> list:
        return [] if self.signed_on else [_("The day of signature is missing.")]
