from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from pressoffice.publishing import moment
from pressoffice.publishing.periods import FAR_FUTURE, PeriodQuerySet, Standing, live

if TYPE_CHECKING:
    from projects.models import Project


class StatementQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Public in at least one language."""
        from .models import Edition

        return self.filter(Exists(Edition.objects.live(at).filter(statement=OuterRef("pk"))))


class EditionQuerySet(PeriodQuerySet):
    def in_language(self, language: str) -> Self:
        return self.filter(language=language)

    def newest_first(self) -> Self:
        return self.order_by("-public_since", "-pk")

    def oldest_first(self) -> Self:
        return self.order_by("public_since", "pk")

    def last_delivered_first(self) -> Self:
        """What names no day comes last."""
        day = F("statement__delivered_on").desc(nulls_last=True)
        return self.order_by(day, "-public_since", "-pk")

    def about(self, project: "Project | models.QuerySet[Project]") -> Self:
        """`project`: one, or a QuerySet of them, which costs no query of its own."""
        from .models import Passage

        projects = [project] if isinstance(project, models.Model) else project
        return self.filter(Exists(Passage.objects.filter(edition=OuterRef("pk"), project__in=projects)))

    def of_year(self, year: int) -> Self:
        """A statement that names no day is of the year in which its text went public."""
        named = Q(statement__delivered_on__year=year)
        return self.filter(named | Q(statement__delivered_on__isnull=True, public_since__year=year))

    def between(self, first: date, last: date) -> Self:
        """Of a day from `first` to `last`, both included, in the sense of `of_year`."""
        named = Q(statement__delivered_on__range=(first, last))
        begin = timezone.make_aware(datetime.combine(first, time.min))
        end = timezone.make_aware(datetime.combine(last, time.max))
        unnamed = Q(statement__delivered_on__isnull=True, public_since__range=(begin, end))
        return self.filter(named | unnamed)

    def for_lists(self) -> Self:
        """With what a teaser shows, and without the texts that it does not."""
        return self.select_related("statement", "lead_image").defer(
            "body", "notes_to_editors", "media_contact", "settled"
        )

    def visible_to(self, user: Any, at: datetime | None = None) -> Self:
        """For one edition's page: what was ever public, and everything for whoever may see drafts."""
        if user.is_active and user.is_staff and user.has_perm("articles.view_edition"):
            return self.exclude(standing=Standing.REMOVED)
        return self.ever_live(at)

    def unpublished(self) -> Self:
        from .models import Edition

        return self.filter(state__in=Edition.UNPUBLISHED)

    def approved(self) -> Self:
        """Those that somebody has approved as they stand, whether they are public by now or not."""
        from .models import Edition

        return self.filter(state__in=(Edition.State.APPROVED, Edition.State.PUBLISHED))

    def ever_told(self, at: datetime | None = None) -> Self:
        """Public at `at` or before it, removed since or not: that there was such a text is no secret."""
        return self.filter(live_from__lte=at or moment.now())

    def published(self) -> Self:
        """Those whose publication is decided: live, scheduled or superseded."""
        from .models import Edition

        return self.filter(state=Edition.State.PUBLISHED)

    def last_of_series(self) -> Self:
        """Of each series, the last whose publication is decided."""
        return self.published().filter(live_until=FAR_FUTURE)

    def update(self, **values: Any) -> int:
        from .models import Edition

        bypassing = set(values) & {*Edition.CONTENT, "state"}
        if bypassing:
            raise TypeError(f"{', '.join(sorted(bypassing))}: written by write() and the steps only.")
        return super().update(**values)


class PassageQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """In texts that are public, about projects that are public."""
        at = at or moment.now()
        return self.filter(live(at, through="edition"), live(at, through="project"))

    def in_language(self, language: str) -> Self:
        return self.filter(edition__language=language)

    def newest_first(self) -> Self:
        return self.order_by("-edition__public_since", "-edition", "position")
