from collections import Counter
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from pressoffice.publishing.languages import active
from pressoffice.publishing.periods import live
from pressoffice.publishing.records import RecordQuerySet


class ProjectQuerySet(RecordQuerySet):
    def by_name(self) -> Self:
        return self.order_by(f"name_{active()}", "pk")

    def with_partner(self, country_code: str) -> Self:
        """Projects in which the country, or an organisation of it, takes part."""
        from .models import Participation

        taking_part = Participation.objects.filter(
            Q(country=country_code) | Q(organisation__country=country_code)
        )
        return self.filter(pk__in=taking_part.values("project"))

    def with_status(self, at: datetime | None = None) -> Self:
        """With the public status changes and their sources, newest first, in `public_status_changes`.

        Those whose source is withdrawn are among them. Three queries more, however many projects.
        """
        changes = self._status_changes().live(at).newest_first().with_sources(at)
        return self.prefetch_related(
            Prefetch("status_changes", queryset=changes, to_attr="public_status_changes")
        )

    def most_spoken_of(self, at: datetime | None = None) -> Self:
        """Those that public texts in the active language speak of most, first."""
        passage: Any = self.model._meta.get_field("passages").related_model
        passages = passage.objects.live(at).in_language(active())
        spoken = (
            passages.filter(project=OuterRef("pk"))
            .order_by()
            .values("project")
            .annotate(count=Count("edition", distinct=True))
            .values("count")
        )
        return self.annotate(times_spoken_of=Coalesce(Subquery(spoken), 0)).order_by(
            "-times_spoken_of", f"name_{active()}", "pk"
        )

    def in_status(self, status: str, at: datetime | None = None) -> Self:
        return self.alias(_status=self._newest_status(at)).filter(_status=status)

    def not_ended(self, at: datetime | None = None) -> Self:
        """Those that no statement calls completed or cancelled."""
        running = Q(_status__isnull=True) | ~Q(_status__in=["closed", "cancelled"])
        return self.alias(_status=self._newest_status(at)).filter(running)

    def counted_by_status(self, at: datetime | None = None) -> dict[str | None, int]:
        """How many stand where; under None those of which no statement says it. One query."""
        plain = self.order_by().select_related(None).prefetch_related(None)
        statuses = plain.annotate(_status=self._newest_status(at)).values_list("_status", flat=True)
        return Counter(statuses)

    def _newest_status(self, at: datetime | None) -> Subquery:
        changes = self._status_changes().in_force(at).newest_first()
        return Subquery(changes.filter(project=OuterRef("pk")).values("status")[:1])

    def _status_changes(self) -> Any:
        changes: Any = self.model._meta.get_field("status_changes").related_model
        return changes.objects


class AgreementQuerySet(RecordQuerySet):
    def newest_first(self) -> Self:
        return self.order_by(models.F("signed_on").desc(nulls_last=True), "-pk")


class ParticipationQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Of projects that are public."""
        return self.filter(live(at, through="project"))
