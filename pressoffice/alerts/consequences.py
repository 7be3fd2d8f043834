"""How many are written to when a text is published or taken down: told to whoever is about to do it."""

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import ngettext

from articles.models import Edition

from .following import followers_of
from .models import Subscription, Told

# Every subject is asked whether it shows the text; a page of the desk need not do so each time it is opened.
KEPT_FOR = 300  # seconds


def told_by_email(edition: Edition, step: str) -> str:
    """`step`: "publish", "withdraw" or "remove". Empty where nobody is told."""
    if not settings.PRESSOFFICE_ALERTS:
        return ""
    number = _had_it(edition) if step != "publish" or edition.base_id else _would_get_it(edition)
    if number == 0 or (step == "publish" and edition.base_id and edition.is_minor):
        return ""
    return ngettext(
        "%(count)s subscriber is told by e-mail.", "%(count)s subscribers are told by e-mail.", number
    ) % {"count": number}


def _had_it(edition: Edition) -> int:
    rows = Told.objects.reached().filter(of=Told.Of.STATEMENT, item=edition.statement_id)
    return rows.filter(language=edition.language, begun_at__isnull=False).count()


def _would_get_it(edition: Edition) -> int:
    key = f"alerts:told:{edition.pk}:{edition.content_hash}"
    number = cache.get(key)
    if number is None:
        # The very filters of the lists, over the text as if it were public.
        rows = Edition.objects.filter(pk=edition.pk)
        matching = followers_of(Told.Of.STATEMENT, edition.language, rows)
        subscribers = Subscription.objects.reached().filter(subject__in=matching)
        number = subscribers.values("subscriber").distinct().count()
        cache.set(key, number, KEPT_FOR)
    return int(number)
