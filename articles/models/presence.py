"""Who has a text open. It locks nothing: two who know of one another settle it by talking."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models

from pressoffice.publishing import moment

if TYPE_CHECKING:
    from pressoffice.accounts.models import User

    from .edition import Edition

# Pages report every 20 seconds (static/js/editor/presence.js), those behind others once a minute; one that is
# silent for longer is closed, or its machine sleeps.
LIFE = timedelta(seconds=90)


class PresenceQuerySet(models.QuerySet):
    def now_at(self, edition: "Edition", *, but: "User") -> Self:
        """Others who have it open, longest first."""
        fresh = self.filter(edition=edition, seen_at__gt=moment.now() - LIFE).exclude(user=but)
        return fresh.select_related("user").order_by("since", "pk")


class Presence(models.Model):
    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="articles_presence_once")]
        indexes = [models.Index(fields=["seen_at"], name="articles_presence_seen_at")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.edition_id}"


def come(edition: "Edition", user: "User") -> None:
    """`user` has it open now. Whoever was away for longer than LIFE begins anew."""
    now: datetime = moment.now()
    rows: Any = Presence.objects.filter(edition=edition, user=user)
    if rows.filter(seen_at__gt=now - LIFE).update(seen_at=now):
        return
    Presence.objects.filter(seen_at__lte=now - LIFE).delete()
    Presence.objects.update_or_create(
        edition=edition, user=user, defaults={"seen_at": now}, create_defaults={"seen_at": now, "since": now}
    )


def leave(edition: "Edition", user: "User") -> None:
    Presence.objects.filter(edition=edition, user=user).delete()
