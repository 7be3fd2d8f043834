"""What every fact has: the statement it comes from, its words, the day it was stated."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from articles.models import Edition, Passage, Statement
from pressoffice.directory.models import InOffice, in_office_on
from pressoffice.ledger.dates import in_words
from pressoffice.publishing import moment
from pressoffice.publishing.fields import ProseField
from pressoffice.publishing.languages import CODES, active
from pressoffice.publishing.periods import Standing, live
from pressoffice.stated.precision import Precision, last_day
from projects.models import Project


def last_day_said(delivered_on: date | None, editions: Iterable[tuple[str, datetime | None]]) -> date:
    """After which nothing in a statement was stated: the day it was delivered, or the last on which a text
    of it went, or will go, public. One that names no day, or is in work, may say what is new today.

    `editions`: state and moment of each.
    """
    days = [delivered_on] if delivered_on else []
    days += [timezone.localdate(live_from) for _state, live_from in editions if live_from]
    if delivered_on is None or any(state in Edition.UNPUBLISHED for state, _live_from in editions):
        days.append(timezone.localdate(moment.now()))
    return max(days)


class FactQuerySet(models.QuerySet):
    def with_standing(self, at: datetime | None = None) -> Self:
        """With `holds`: whether a text of the source is public and not withdrawn."""
        return self.annotate(holds=Exists(self._sources(at).exclude(standing=Standing.WITHDRAWN)))

    def live(self, at: datetime | None = None) -> Self:
        """Stated in a text that is public in at least one language, about a public project. A text that is
        or was public must hold its words, or speak of its project where it has none: what a correction or
        a translation still to come adds is not known yet.

        Those whose source is withdrawn in each of its languages are among them, marked by `holds`.
        """
        told = self._passages().filter(edition__in=Edition.objects.ever_live(at))
        known = Q(Exists(told), words="") | Exists(told.filter(exact=OuterRef("words")))
        public = self.filter(live(at, through=self._project), Exists(self._sources(at)), known)
        return public.with_standing(at)

    def in_force(self, at: datetime | None = None) -> Self:
        """Those that are public and hold."""
        return self.live(at).filter(holds=True)

    def with_sources(self, at: datetime | None = None) -> Self:
        """With the public texts of the source in `source.public_editions`. Two queries more."""
        return self.select_related("source").prefetch_related(
            Prefetch(
                "source__editions",
                queryset=Edition.objects.live(at).for_lists().order_by("language"),
                to_attr="public_editions",
            )
        )

    def about(self, project: "Project | models.QuerySet[Project]") -> Self:
        """`project`: one, or a QuerySet of them, which costs no query of its own."""
        projects = [project] if isinstance(project, models.Model) else project
        return self.filter(**{f"{self._project}__in": projects})

    def newest_first(self) -> Self:
        return self.order_by("-stated_on", "-pk")

    @property
    def _project(self) -> str:
        model: Any = self.model
        return model.PROJECT

    def _passages(self) -> Any:
        """Those about its project, in any text of its source."""
        return Passage.objects.filter(edition__statement=OuterRef("source"), project=OuterRef(self._project))

    @staticmethod
    def _sources(at: datetime | None) -> Any:
        return Edition.objects.live(at or moment.now()).filter(statement=OuterRef("source"))


class Fact(models.Model):
    """What a statement says of a project, as data. It is public exactly while its source is."""

    PROJECT: ClassVar[str] = "project"  # the relation that leads to the project
    WORDS_NOT_MARKED: ClassVar = _(
        "These words are not marked in the statement: take them from one of its passages."
    )
    STATED_LATER: ClassVar = _("Nothing in this statement was stated after %(day)s.")
    SOURCE_SILENT: ClassVar = _("No text of this statement speaks of the project: mark a passage first.")

    source = models.ForeignKey(Statement, on_delete=models.PROTECT, verbose_name=_("stated in"))
    stated_on = models.DateField(_("stated on"))
    words = ProseField(
        _("words"),
        blank=True,
        help_text=_("The very words of the passage, if the fact stands in one."),
    )

    if TYPE_CHECKING:
        holds: bool  # where with_standing() puts it
        told_at: Any  # a datetime or None, where moments.attach_to_facts() puts them
        public_at: Any

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle()
        super().save(*args, **kwargs)

    @property
    def about(self) -> Any:
        """The project. May query for what hangs on an indicator or a milestone."""
        found: Any = self
        for name in self.PROJECT.split("__"):
            found = getattr(found, name)
        return found

    @property
    def in_a_line(self) -> str:
        """What it says, where no page around it says what of. May query for what it hangs on."""
        return f"{capfirst(self._meta.verbose_name)}: {self}"

    @property
    def source_edition(self) -> Edition | None:
        """The text to lead a reader to: in the active language, else the original, else any that is public.

        Needs `with_sources()`; no query.
        """
        public = {edition.language: edition for edition in self.source.public_editions}
        for language in (active(), self.source.original_language, *CODES):
            if language in public:
                return public[language]
        return None

    @property
    def is_withdrawn(self) -> bool:
        """Whether its source no longer holds in any language. Needs `with_standing()`; no query."""
        return not self.holds

    @property
    def address(self) -> str:
        """Of the text it was stated in, with the place of its words where they still stand there.

        Needs `sources.attach_sources()`; no query.
        """
        edition = self.source_edition
        if edition is None:
            return ""
        places = {passage.exact: passage.anchor for passage in edition.passages_with_words}  # type: ignore[attr-defined]
        anchor = places.get(self.words, "")
        return f"{edition.get_absolute_url()}#{anchor}" if anchor else edition.get_absolute_url()

    def speakers_in_office(self) -> list[InOffice]:
        """Who said so, each in the office held then. Needs `sources.attach_sources()`; no query."""
        return in_office_on(self.source.speakers.all(), self.stated_on)

    def settle(self) -> None:
        """Turn a date into the last day of what was said. `save()` does it; whoever writes in bulk has to."""

    def clean(self) -> None:
        super().clean()
        if self.source_id and not self._source_speaks_of_project():
            raise ValidationError({"source": self.SOURCE_SILENT})
        if self.words and self.source_id and not self._words_are_marked():
            raise ValidationError({"words": self.WORDS_NOT_MARKED})

        if self.source_id and self.stated_on:
            editions = Edition.objects.filter(statement=self.source_id).values_list("state", "live_from")
            last = last_day_said(self.source.delivered_on, editions)
            if _as_date(self.stated_on) > last:
                raise ValidationError({"stated_on": self.STATED_LATER % {"day": date_format(last)}})

    def _words_are_marked(self) -> bool:
        project = self._project_id()
        passages = Passage.objects.filter(edition__statement=self.source_id, exact=self.words)
        return project is None or passages.filter(project=project).exists()

    def _source_speaks_of_project(self) -> bool:
        project = self._project_id()
        return (
            project is None
            or Edition.objects.filter(statement=self.source_id, passages__project=project).exists()
        )

    def _project_id(self) -> int | None:
        first, *rest = self.PROJECT.split("__")
        if getattr(self, f"{first}_id") is None:
            return None
        return getattr(self, first).project_id if rest else getattr(self, f"{first}_id")


class DatedFact(Fact):
    """A fact with a date of its own, as precise as it was given; `on` is the last day of what was said."""

    on = models.DateField(_("date"), help_text=_("Any day of the month, quarter, season or year meant."))
    precision = models.CharField(_("precision"), max_length=8, choices=Precision, default=Precision.DAY)

    class Meta(Fact.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values), name="%(app_label)s_%(class)s_precision_known"
            ),
        ]

    def settle(self) -> None:
        self.on = last_day(_as_date(self.on), self.precision)

    @property
    def on_in_words(self) -> str:
        return in_words(self.on, self.precision)


class DueFact(Fact):
    """A fact that may name the date by which it is to come true."""

    due_on = models.DateField(
        _("due on"),
        null=True,
        blank=True,
        help_text=_("Any day of the month, quarter, season or year meant."),
    )
    due_precision = models.CharField(
        _("precision of the date"), max_length=8, choices=Precision, default=Precision.DAY
    )

    class Meta(Fact.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(due_precision__in=Precision.values),
                name="%(app_label)s_%(class)s_precision_known",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=models.F("stated_on")),
                name="%(app_label)s_%(class)s_due_after_stated",
                violation_error_message=_(
                    "The date it is due lies before the day it was stated: look at both dates."
                ),
            ),
        ]

    def clean(self) -> None:
        # Before the constraints are asked: "2015" said in May 2015 is no date in its past.
        self.settle()
        super().clean()

    def settle(self) -> None:
        if self.due_on is not None:
            self.due_on = last_day(_as_date(self.due_on), self.due_precision)

    @property
    def due_in_words(self) -> str:
        return in_words(self.due_on, self.due_precision) if self.due_on else ""


def _as_date(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
