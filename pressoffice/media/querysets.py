from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

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


class ImageQuerySet(Searchable):
    plain = ["title"]
    translated = ["alt", "credit"]

    def with_renditions(self) -> Self:
        """So that drawing the pictures costs one query in all."""
        return self.prefetch_related("renditions")


class DocumentQuerySet(Searchable):
    translated = ["title"]
