"""The steps of records as the admin offers them: data that the admin, its tests and the manual read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from . import moment
from .periods import Standing
from .plain_text import clean_text, no_control_characters
from .records import Record

FURTHEST_AHEAD = timedelta(days=3660)


class NothingToSay(forms.Form):
    pass


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Readers see it, word for word."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])


class ColleaguesReasonForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Your colleagues see it; readers do not.")


class RemovalForm(ReasonForm):
    redirect_to = forms.CharField(
        label=_("Send readers to"),
        help_text=_("An address on this site that begins with /. Empty: readers see the reason instead."),
        max_length=500,
        required=False,
        validators=[no_control_characters],
        widget=forms.TextInput(attrs={"class": "vTextField", "placeholder": "/ky/projects/…/"}),
    )


class MomentForm(forms.Form):
    at = forms.DateTimeField(
        label=_("Public from"),
        help_text=_("Bishkek time."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_at(self) -> datetime:
        at = self.cleaned_data["at"]
        if at <= moment.now():
            raise ValidationError(_("Choose a moment that is still to come."))
        if at > moment.now() + FURTHEST_AHEAD:
            raise ValidationError(_("Choose a moment within the next ten years."))
        return at


@dataclass(frozen=True)
class Step:
    name: str  # in the address
    verb: str  # the method of the record
    permission: str  # "publish" asks for publish_<model>
    label: Any
    consequence: Any
    done: Any
    possible: Callable[[Any], bool]
    form: type[forms.Form] = NothingToSay
    is_grave: bool = False
    # What it would do to this very record; `consequence` says it of any.
    told: Callable[[Any], Any] | None = None
    # What the button says on a page of the step's own: whoever presses it has read there what it does.
    confirm: Any = None

    def for_record(self, record: Any) -> "Step":
        """The same step with what it would do to `record` written on it."""
        return self if self.told is None else replace(self, consequence=self.told(record))

    @property
    def button(self) -> Any:
        """On the page where it is done, after what it needs was said."""
        return self.confirm or self.label

    @property
    def is_immediate(self) -> bool:
        """Nothing needs to be said or read first, so one click does it."""
        return self.form is NothingToSay and self.confirm is None


# Whom the apps above this one would tell that a record went public: each gives a sentence, or nothing.
_also: list[Callable[[Any], str]] = []


def also(teller: Callable[[Any], str]) -> None:
    if teller not in _also:
        _also.append(teller)


def told_besides(record: Any) -> list[str]:
    """Who hears of it beside the readers of the site when `record` goes public."""
    return [sentence for teller in _also if (sentence := teller(record))]


def _is_public(record: Record) -> bool:
    return record.is_live() and record.standing == Standing.IN_FORCE


def moment_in_words(at: datetime) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT")


def standing_of(record: Record) -> tuple[str, Any]:
    """A word for the style sheet, and what people read."""
    if record.live_from is None:
        return "draft", _("Draft")
    if record.standing == Standing.REMOVED:
        return "removed", _("Removed")
    if record.standing == Standing.CANCELLED:
        return "cancelled", _("Cancelled")
    if record.is_scheduled():
        words = moment_in_words(record.live_from)
        return "scheduled", _("Scheduled for %(moment)s") % {"moment": words}
    return "public", _("Public")


def standing_in_words(record: Record) -> str:
    return str(standing_of(record)[1])


def _publication_called_off(record: Any) -> Any:
    sentence = _(
        "It does not go public on %(moment)s, Bishkek time. It is a draft again; readers have not seen it."
    )
    return sentence % {"moment": moment_in_words(record.live_from)}


PUBLISH = Step(
    "publish",
    "publish",
    "publish",
    _("Publish now"),
    _(
        "Readers see it at once, in all three languages. It cannot become a draft again: "
        "whoever takes it down has to give a reason."
    ),
    _("It is public now."),
    lambda record: record.live_from is None or record.is_scheduled(),
    confirm=_("Publish now"),
)
SCHEDULE = Step(
    "schedule",
    "publish",
    "publish",
    _("Choose a moment"),
    _("It goes public by itself at the moment you choose, in all three languages."),
    _("Its publication is scheduled."),
    lambda record: record.live_from is None or record.is_scheduled(),
    MomentForm,
    confirm=_("Schedule the publication"),
)
CANCEL_PUBLICATION = Step(
    "cancel-publication",
    "cancel_publication",
    "publish",
    _("Cancel the publication"),
    _("It becomes a draft again. Readers have not seen it."),
    _("It is a draft again."),
    lambda record: record.is_scheduled(),
    told=_publication_called_off,
)
REMOVE = Step(
    "remove",
    "remove",
    "remove",
    _("Remove from the site"),
    _("Readers no longer see it anywhere. Its address says that it was removed and why, or leads elsewhere."),
    _("It is removed from the site."),
    _is_public,
    RemovalForm,
    is_grave=True,
)
RESTORE = Step(
    "restore",
    "restore",
    "remove",
    _("Restore"),
    _("Readers see it again as before; the notice goes."),
    _("It is public again."),
    lambda record: record.live_from is not None and record.standing != Standing.IN_FORCE,
    ColleaguesReasonForm,
)
OF_EVERY_RECORD = (PUBLISH, SCHEDULE, CANCEL_PUBLICATION, REMOVE, RESTORE)
