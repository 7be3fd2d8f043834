"""Facts follow the release of their statement: nothing is stated after the day it went public on."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.models import Edition
from pressoffice.publishing import events
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.steps import StepRefused

from .models import FACTS
from .models.fact import last_day_said

PUBLISHING = {"publish", "publish_urgently"}


def connect() -> None:
    events.step_taken.connect(follow_release, sender=Edition, dispatch_uid="ledger.follow_release")


def follow_release(instance: Edition, step: str, by: Any, **kwargs: Any) -> None:
    """Part of the step: a text released earlier than it was planned brings the days of its facts with it.

    Raises StepRefused where the facts contradict one another then.
    """
    if step not in PUBLISHING:
        return
    released = Edition.objects.published().filter(statement=instance.statement_id)
    last = last_day_said(instance.statement.delivered_on, released.values_list("state", "live_from"))
    for model in FACTS:
        for fact in model.objects.filter(source=instance.statement_id, stated_on__gt=last):  # type: ignore[attr-defined]
            fact.stated_on = last
            try:
                with transaction.atomic():
                    fact.save(update_fields=["stated_on"])
            except IntegrityError:
                sentence = _(
                    "Released then, a fact would be stated before one that it answers, or twice: %(fact)s."
                )
                raise StepRefused(sentence % {"fact": fact}) from None
            AuditEntry.objects.record(fact, "change", by=by, reason="stated_on")
