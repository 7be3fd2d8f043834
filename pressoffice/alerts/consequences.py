"""Who is written to when a text is published or taken down: told to whoever is about to do it."""

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Edition
from pressoffice.ledger.models import FACTS
from pressoffice.publishing.records import Record

from . import subjects
from .following import followers_of
from .models import Subscription, Told

# Every subject is asked whether it shows the text; a page of the desk need not do so each time it is opened.
KEPT_FOR = 300  # seconds


def told_by_email(edition: Edition, step: str) -> str:
    """`step`: "publish", "withdraw" or "remove". Empty where nobody is told."""
    is_silent = step == "publish" and edition.base_id and edition.is_minor
    if not settings.PRESSOFFICE_ALERTS or is_silent:
        return ""
    return " ".join(filter(None, [_of_the_text(edition, step), _of_what_it_states(edition)]))


def told_of_record(record: Record) -> str:
    """Of a project or event that goes public. Empty where nobody is told, as of an agreement: there
    is no list of them to follow."""
    of = record._meta.model_name
    if not settings.PRESSOFFICE_ALERTS or of not in {Told.Of.PROJECT, Told.Of.EVENT}:
        return ""
    rows = type(record)._default_manager.filter(pk=record.pk)
    return _in_words(_subscribers(followers_of(of, "", rows).get(record.pk, [])))


def _of_the_text(edition: Edition, step: str) -> str:
    return _in_words(_had_it(edition) if step != "publish" or edition.base_id else _would_get_it(edition))


def _in_words(number: int) -> str:
    if number == 0:
        return ""
    return ngettext(
        "%(count)s subscriber is told by e-mail.", "%(count)s subscribers are told by e-mail.", number
    ) % {"count": number}


def _of_what_it_states(edition: Edition) -> str:
    """How many is known afterwards only: by then a project may stand elsewhere, a promise have been kept."""
    whats = [what for what, of in subjects.OF.items() if of in {Told.Of.PROJECT, Told.Of.PROMISE}]
    states = any(model.objects.filter(source=edition.statement_id).exists() for model in FACTS)  # type: ignore[attr-defined]
    if not states or not Subscription.objects.reached().filter(subject__what__in=whats).exists():
        return ""
    return _("Whoever follows projects and promises by e-mail is told what it means for them.")


def _had_it(edition: Edition) -> int:
    rows = Told.objects.reached().filter(of=Told.Of.STATEMENT, item=edition.statement_id)
    return rows.filter(language=edition.language, begun_at__isnull=False).count()


def _would_get_it(edition: Edition) -> int:
    key = f"alerts:told:{edition.pk}:{edition.content_hash}"
    number = cache.get(key)
    if number is None:
        # The very filters of the lists, over the text as if it were public.
        rows = Edition.objects.filter(pk=edition.pk)
        followers = followers_of(Told.Of.STATEMENT, edition.language, rows)
        number = _subscribers(followers.get(edition.statement_id, []))
        cache.set(key, number, KEPT_FOR)
    return int(number)


def _subscribers(subjects_followed: list[int]) -> int:
    rows = Subscription.objects.reached().filter(subject__in=subjects_followed)
    return rows.values("subscriber").distinct().count()
