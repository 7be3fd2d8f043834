"""A thing that goes out with others is not moved by itself."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import events
from pressoffice.publishing.steps import StepRefused

from .models import KINDS, Member, is_acting

MOVING = {"publish", "publish_urgently", "cancel_publication"}


def connect() -> None:
    events.step_taken.connect(stay_together, dispatch_uid="releases.stay_together")


def stay_together(sender: Any, instance: Any, step: str, **kwargs: Any) -> None:
    """Part of the step: refuses to let one part of a release that is still to come go, or stay, without the
    others."""
    kind = sender._meta.model_name
    if step not in MOVING or kind not in KINDS:
        return
    to_come = Q(release__live_from__gt=kwargs["at"]) | Q(release__live_from=None)
    member = Member.objects.filter(to_come, **{kind: instance.pk}).select_related("release").first()
    if member is None or is_acting(member.release_id):
        return
    if member.release.live_from is not None:
        sentence = _("It goes out with the release “%(release)s”: move or cancel that one.")
    elif step == "cancel_publication":
        return
    else:
        sentence = _(
            "It goes out with the release “%(release)s”: publish that one, or take this out of it first."
        )
    raise StepRefused(sentence % {"release": member.release})
