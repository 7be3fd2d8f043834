"""Differences between the languages of a statement that somebody has waved through."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import moment
from pressoffice.publishing.models import AppendOnly

from .statement import Statement


class AcceptedDifferenceQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Accepted differences are only ever added.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Accepted differences are only ever added.")

    bulk_update = update  # type: ignore[assignment]


class AcceptedDifference(models.Model):
    """Somebody has looked at what two languages say differently, and gave a reason why it stays.

    `key` is made of the values on both sides (see Mismatch.key): as soon as a figure changes, nothing is
    accepted any more. It holds for the statement, so that the next edition does not ask again.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="accepted_differences")
    edition = models.ForeignKey(
        "articles.Edition", on_delete=models.PROTECT, related_name="accepted_differences"
    )
    key = models.CharField(max_length=32)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    words = models.TextField(_("words"), blank=True)
    other_language = models.CharField(_("other language"), max_length=2, choices=settings.LANGUAGES)
    other_words = models.TextField(_("words in the other language"), blank=True)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="differences_accepted"
    )
    at = models.DateTimeField(_("at"), default=moment.now)

    objects = AcceptedDifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("accepted difference")
        verbose_name_plural = _("accepted differences")
        constraints = [
            models.UniqueConstraint(fields=["statement", "key"], name="articles_difference_accepted_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="articles_difference_accepted_for_a_reason"),
        ]

    def __str__(self) -> str:
        return in_words(self.language, self.words, self.other_language, self.other_words)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Accepted differences are only ever added.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Accepted differences are only ever added.")


def in_words(language: str, words: str, other_language: str, other_words: str) -> str:
    """ru «3 млрд», en «3 million»; a dash where a language says nothing."""
    sides = ((language, words), (other_language, other_words))
    return ", ".join(f"{code} «{said}»" if said else f"{code} —" for code, said in sides)
