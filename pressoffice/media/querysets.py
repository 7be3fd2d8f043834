from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from pressoffice.publishing.plain_text import clean_line

MAX_WORDS = 8
MAX_LENGTH = 100


class Searchable(models.QuerySet):
    """`plain` and `translated` name the columns that are searched, the latter without their language."""

    plain: list[str] = []
    translated: list[str] = []

    def matching(self, words: str) -> Self:
        """Rows in which each of the words occurs somewhere, in any language, whatever the case."""
        columns = [
            *self.plain,
            *(f"{name}_{code}" for name in self.translated for code, _ in settings.LANGUAGES),
        ]
        found = self
        for word in clean_line(words)[:MAX_LENGTH].split()[:MAX_WORDS]:
            found = found.filter(Q(*((f"{column}__icontains", word) for column in columns), _connector=Q.OR))
        return found

    def newest_first(self) -> Self:
        return self.order_by("-uploaded_at", "-pk")

    def used(self) -> Self:
        """What anything shows, drafts included."""
        return self.filter(self._is_shown())

    def unused(self) -> Self:
        return self.exclude(self._is_shown())

    def _is_shown(self) -> Q:
        """Whatever keeps a row from being deleted shows it. No app has to be known here."""
        shown = Q(pk__in=[])
        for relation in self.model._meta.related_objects:
            if getattr(relation, "on_delete", None) is models.PROTECT:
                users = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
                shown |= Q(Exists(users))
        return shown

    def may_be_shown(self) -> Self:
        """What a text may show, whether it is offered for new ones or not."""
        return self

    def offered(self) -> Self:
        """What is offered to whoever looks for something to show."""
        return self.may_be_shown()


class ImageQuerySet(Searchable):
    plain = ["title", "uploaded_name"]
    translated = ["alt", "credit"]

    def may_be_shown(self) -> Self:
        return self.filter(is_waiting=False)

    def offered(self) -> Self:
        return self.may_be_shown().filter(successor__isnull=True)

    def waiting_for(self, person: Any) -> Self:
        """What `person` has uploaded among many and nobody has described yet."""
        return self.filter(is_waiting=True, uploaded_by=person)

    def without_renditions_as(self, file_format: str) -> Self:
        return self.exclude(renditions__format=file_format)

    def with_renditions(self) -> Self:
        """So that drawing the pictures costs one query in all."""
        return self.prefetch_related("renditions")


class DocumentQuerySet(Searchable):
    plain = ["uploaded_name"]
    translated = ["title"]
