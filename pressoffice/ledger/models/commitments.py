import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from pressoffice.directory.models import Country, Organisation
from pressoffice.publishing.fields import LineField
from pressoffice.publishing.languages import Text, text_in, translated
from projects.models import Project

from .fact import DueFact


class Commitment(DueFact):
    """What was promised, by whom, until when; or a later word on an earlier promise."""

    class Relation(models.TextChoices):
        RESTATES = "restates", _("restates")
        REPLACES = "replaces", _("replaces")
        NARROWS = "narrows", _("narrows")
        FULFILS = "fulfils", _("reports as done")
        DROPS = "drops", _("gives up")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("joint project")
    )
    text = translated(LineField(_("what was promised"), max_length=300))
    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("given by the country"),
        null=True,
        blank=True,
        help_text=_("Empty: given by whoever spoke."),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="commitments",
        verbose_name=_("given by the organisation"),
        null=True,
        blank=True,
    )
    answers = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="later_words",
        verbose_name=_("earlier promise"),
        null=True,
        blank=True,
    )
    relation = models.CharField(
        _("what it does to the earlier promise"), max_length=8, choices=Relation, blank=True
    )

    if TYPE_CHECKING:
        changed_at: datetime  # where moments.attach_moments() puts it

    class Meta(DueFact.Meta):
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        default_related_name = "commitments"
        constraints = [
            *DueFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answers__isnull=True, relation="")
                | Q(
                    answers__isnull=False,
                    relation__in=["restates", "replaces", "narrows", "fulfils", "drops"],
                ),
                name="ledger_commitment_relation_with_earlier",
                violation_error_message=_(
                    "Name the earlier promise and say what this one does to it, or leave both empty."
                ),
            ),
            models.CheckConstraint(
                condition=Q(country__isnull=True) | Q(organisation__isnull=True),
                name="ledger_commitment_given_by_one",
                violation_error_message=_("It was given by a country or by an organisation: choose one."),
            ),
            models.CheckConstraint(
                condition=~Q(text_ky="", text_ru="", text_en=""),
                name="ledger_commitment_has_text",
                violation_error_message=_("Say in at least one language what was promised."),
            ),
        ]
        indexes = [models.Index(fields=["due_on"], name="ledger_commitment_due")]

    def __str__(self) -> str:
        return self.text

    @property
    def in_a_line(self) -> str:
        if self.is_later_word:
            return f"{capfirst(self.get_relation_display())}: {self}"
        return super().in_a_line

    @property
    def said(self) -> Text:
        """What was promised, in the reader's language or marked as another."""
        return text_in(self, "text")

    @property
    def is_later_word(self) -> bool:
        """Whether it makes no promise of its own."""
        relation = self.Relation
        return self.relation in {relation.RESTATES, relation.FULFILS, relation.DROPS}

    def clean(self) -> None:
        super().clean()
        earlier = self.answers
        if earlier is None:
            return
        problems: dict[str, Any] = {}
        if earlier.project_id != self.project_id:
            problems["answers"] = _("The earlier promise is about another project.")
        elif self.stated_on and earlier.stated_on >= self.stated_on:
            # So no promise can answer itself by way of others.
            problems["answers"] = _("The earlier promise must have been stated on an earlier day.")
        if problems:
            raise ValidationError(problems)
