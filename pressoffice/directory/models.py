"""What statements, projects and events all name."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pressoffice.publishing.fields import LineField
from pressoffice.publishing.languages import text_in, translated
from pressoffice.publishing.slugs import slug_of
from pressoffice.publishing.steps import StepRefused


class ByName(models.QuerySet):
    def by_name(self) -> Self:
        """In the alphabet of the active language's column."""
        from pressoffice.publishing.languages import active

        return self.order_by(f"name_{active()}", "pk")

    def delete(self) -> tuple[int, dict[str, int]]:
        for row in self:
            refuse_if_named(row)  # type: ignore[arg-type]
        return super().delete()


def is_named(row: models.Model) -> bool:
    """Whether a list of another row names `row`. Foreign keys protect by themselves, such lists do not."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row.pk}).exists()
        for relation in row._meta.related_objects
        if relation.many_to_many
    )


def refuse_if_named(row: models.Model) -> None:
    if is_named(row):
        raise StepRefused(
            _("“%(name)s” is named by statements, events or projects and stays.") % {"name": row}
        )


class Entry(models.Model):
    """A row of the directory: what names it keeps it."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_if_named(self)
        return super().delete(*args, **kwargs)


class Country(Entry):
    code = models.CharField(
        _("code"),
        max_length=2,
        primary_key=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as in ISO 3166-1."))],
        help_text=_("Two letters, as in ISO 3166-1."),
    )
    name = translated(LineField(_("name"), max_length=120), required=True)

    objects = ByName.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of what it takes part in; there only where it takes part in something public."""
        return reverse("countries:country", args=[self.code.lower()])


class Organisation(Entry):
    name = translated(LineField(_("name"), max_length=250), required=True)
    abbreviation = translated(LineField(_("abbreviation"), max_length=30))
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="organisations",
        verbose_name=_("country"),
        null=True,
        blank=True,
        help_text=_("Empty for an international organisation."),
    )
    url = models.URLField(_("website"), blank=True)

    objects = ByName.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["name_en", "country"],
                name="directory_organisation_once",
                violation_error_message=_("This organisation is in the directory already."),
            ),
            models.UniqueConstraint(
                fields=["name_en"],
                condition=Q(country__isnull=True),
                name="directory_international_organisation_once",
                violation_error_message=_("This organisation is in the directory already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of what it takes part in; there only where it takes part in something public."""
        tail = slug_of(text_in(self, "name", "en").text, otherwise="organisation")
        return reverse("organisations:organisation", args=[self.pk, tail])


class Person(Entry):
    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = translated(LineField(pgettext_lazy("of a person", "name"), max_length=150), required=True)

    objects = ByName.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of everything they said; there only while something public names them."""
        return reverse("people:person", args=[self.slug])

    def office_on(self, day: date) -> "Office | None":
        """The office this person held on `day`, the latest begun if several. No query when prefetched."""
        held = [
            office
            for office in self.offices.all()
            if (office.from_on is None or office.from_on <= day)
            and (office.until_on is None or day <= office.until_on)
        ]
        return max(held, key=lambda office: office.from_on or date.min, default=None)


class Office(models.Model):
    """A post a person holds, or held, between two days (both included; empty: not known, or still)."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="offices", verbose_name=_("person")
    )
    title = translated(LineField(_("title"), max_length=250), required=True)
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="offices",
        verbose_name=_("country"),
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="offices",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("office held")
        verbose_name_plural = _("offices held")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(from_on__lte=F("until_on")),
                name="directory_office_runs_forward",
                violation_error_message=_("The last day in office comes after the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class InOffice(NamedTuple):
    person: Person
    office: Office | None


def in_office_on(people: Iterable[Person], day: date) -> list[InOffice]:
    """The people, each in the office held on `day`. No query when their offices are prefetched."""
    return [InOffice(person, person.office_on(day)) for person in people]


class Topic(Entry):
    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = translated(LineField(_("name"), max_length=120), required=True)

    objects = ByName.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Of everything said about it; there only while something public is."""
        return reverse("topics:topic", args=[self.slug])


def to_dial(phone: str) -> str:
    """A telephone number as a "tel:" link takes it (RFC 3966)."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


class MediaContactQuerySet(ByName):
    def listed(self) -> Self:
        """Those on the page of contacts, in its order."""
        return self.filter(is_listed=True).order_by("position", "pk")


class MediaContact(models.Model):
    """Somebody of the press office whom journalists may call."""

    name = translated(LineField(pgettext_lazy("of a person", "name"), max_length=150), required=True)
    role = translated(LineField(pgettext_lazy("of a contact", "role"), max_length=150))
    phone = LineField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_listed = models.BooleanField(
        _("on the page of contacts"),
        default=True,
        help_text=_("Otherwise only beside the statements that name them."),
    )
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=0, help_text=_("The smallest number comes first.")
    )

    objects = MediaContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("media contact")
        verbose_name_plural = _("media contacts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="directory_media_contact_can_be_reached",
                violation_error_message=_("Give a telephone number or an e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_to_dial(self) -> str:
        return to_dial(self.phone)
