"""Who has a text open. It locks nothing: two who know of one another settle it by talking."""

import secrets
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
    def now_at(self, edition: "Edition") -> Self:
        """Every window that has it open, longest first."""
        fresh = self.filter(edition=edition, seen_at__gt=moment.now() - LIFE)
        return fresh.select_related("user").order_by("since", "pk")


class Presence(models.Model):
    """One open window of one person."""

    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    window = models.CharField(max_length=16, default="")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["edition", "user", "window"], name="articles_presence_once")
        ]
        indexes = [models.Index(fields=["seen_at"], name="articles_presence_seen_at")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.edition_id}"


def new_window() -> str:
    """The name of a window, for as long as its page stays open."""
    return secrets.token_hex(8)


def come(edition: "Edition", user: "User", window: str = "") -> None:
    """`user` has it open now, in `window`. Whoever was away for longer than LIFE begins anew."""
    now: datetime = moment.now()
    rows: Any = Presence.objects.filter(edition=edition, user=user, window=window)
    if rows.filter(seen_at__gt=now - LIFE).update(seen_at=now):
        return
    Presence.objects.filter(seen_at__lte=now - LIFE).delete()
    Presence.objects.update_or_create(
        edition=edition,
        user=user,
        window=window,
        defaults={"seen_at": now},
        create_defaults={"seen_at": now, "since": now},
    )


def leave(edition: "Edition", user: "User", window: str = "") -> None:
    Presence.objects.filter(edition=edition, user=user, window=window).delete()


def who_is_at(edition: "Edition", user: "User", window: str | None) -> tuple[list[Presence], bool]:
    """Others who have it open, each once, and whether `user` has it open in another window than `window`
    (None: not asked). One query."""
    others: dict[int, Presence] = {}
    has_another = False
    for each in Presence.objects.now_at(edition):
        if each.user_id != user.pk:
            others.setdefault(each.user_id, each)
        elif window is not None and each.window != window:
            has_another = True
    return list(others.values()), has_another
