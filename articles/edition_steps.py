"""The steps of an edition as the admin offers them: data that the admin, its tests and the manual read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import moment
from pressoffice.publishing.admin_steps import (
    ColleaguesReasonForm,
    MomentForm,
    ReasonForm,
    RemovalForm,
    Step,
)
from pressoffice.publishing.periods import Standing
from pressoffice.publishing.plain_text import clean_text

from . import consequences
from .models import Edition

State = Edition.State


class AdditionForm(forms.Form):
    text = forms.CharField(
        label=_("Words to add"),
        help_text=_("Readers see them under the change note, with the day. They stay for good."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
    )

    def clean_text(self) -> str:
        return clean_text(self.cleaned_data["text"])


class ApprovalForm(forms.Form):
    # Of the text that was on the page: what changed since is not approved.
    content_hash = forms.CharField(
        widget=forms.HiddenInput,
        max_length=64,
        error_messages={"required": _("Open the text, read it, and approve it there.")},
    )
    # Of the differences between languages that were waved through by then.
    accepted = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


SUBMIT = Step(
    "submit",
    "submit",
    "submit",
    _("Submit"),
    _("Somebody else reads it and approves it or sends it back."),
    _("It waits for a second pair of eyes."),
    lambda edition: edition.state == State.DRAFT,
)
TAKE_BACK = Step(
    "take-back",
    "take_back",
    "change",
    _("Take back"),
    _("It becomes a draft again, so that you can write on."),
    _("It is a draft again."),
    lambda edition: edition.state == State.SUBMITTED,
)
APPROVE = Step(
    "approve",
    "approve",
    "approve",
    _("Approve"),
    _("You have read this very text and find it right. It can be published then; nobody sees it yet."),
    _("It is approved."),
    lambda edition: edition.state == State.SUBMITTED,
    ApprovalForm,
)
SEND_BACK = Step(
    "send-back",
    "send_back",
    "approve",
    _("Send back"),
    _("It becomes a draft again, with your reason for its writer."),
    _("It is sent back."),
    lambda edition: edition.state in {State.SUBMITTED, State.APPROVED},
    ColleaguesReasonForm,
)
REOPEN = Step(
    "reopen",
    "reopen",
    "change",
    _("Write on"),
    _("It becomes a draft again; the approval is void."),
    _("It is a draft again, and the approval is void."),
    lambda edition: edition.state == State.APPROVED,
)
PUBLISH = Step(
    "publish",
    "publish",
    "publish",
    _("Publish now"),
    _("Readers see it at once, on the site, on the pages of its projects and in the feeds."),
    _("It is public now."),
    lambda edition: edition.state == State.APPROVED,
    told=consequences.of_publication_now,
)
SCHEDULE = Step(
    "schedule",
    "publish",
    "publish",
    _("Choose a moment"),
    _("It goes public by itself at the moment you choose; the edition before it stays until then."),
    _("Its publication is scheduled."),
    lambda edition: edition.state == State.APPROVED,
    MomentForm,
    told=consequences.of_scheduling,
    confirm=_("Schedule the publication"),
)
PUBLISH_URGENTLY = Step(
    "publish-urgently",
    "publish_urgently",
    "publish_urgently",
    _("Publish urgently"),
    _(
        "Readers see it at once, without a second pair of eyes. "
        "It stays flagged until somebody else has read it."
    ),
    _("It is public now and waits for a second look."),
    lambda edition: edition.state in Edition.UNPUBLISHED,
    ColleaguesReasonForm,
    is_grave=True,
    told=consequences.of_urgent_publication,
)
CANCEL_PUBLICATION = Step(
    "cancel-publication",
    "cancel_publication",
    "publish",
    _("Cancel the publication"),
    _("It is approved as before. Readers have not seen it."),
    _("Its publication is cancelled."),
    lambda edition: edition.is_scheduled(),
    told=consequences.of_calling_off,
)
SECOND_LOOK = Step(
    "second-look",
    "second_look",
    "approve",
    _("I have looked at it"),
    _("You have read this text, which was published urgently, and find it right."),
    _("The second look is noted."),
    lambda edition: edition.state == State.PUBLISHED and edition.is_urgent and not edition.second_look_by_id,
)
ADD_TO_NOTE = Step(
    "add-to-note",
    "add_to_note",
    "publish",
    _("Add to the change note"),
    _("For a slip in the note itself: readers see your words under it, and what it said before stays."),
    _("It is added to the change note."),
    lambda edition: (
        bool(edition.change_note)
        and edition.state == State.PUBLISHED
        and edition.live_from <= moment.now()
        and edition.standing != Standing.REMOVED
    ),
    AdditionForm,
)
DISCARD = Step(
    "discard",
    "discard",
    "change",
    _("Discard"),
    _("Nobody works on this text any more. It stays in the records of the office."),
    _("It is discarded."),
    lambda edition: edition.state in Edition.UNPUBLISHED,
    is_grave=True,
)
WITHDRAW = Step(
    "withdraw",
    "withdraw",
    "withdraw",
    _("Withdraw"),
    _("It stays readable, under a notice that it no longer holds, with your reason."),
    _("It is withdrawn."),
    lambda edition: edition.is_live() and edition.standing == Standing.IN_FORCE,
    ReasonForm,
    is_grave=True,
    told=consequences.of_withdrawal,
)
REMOVE = Step(
    "remove",
    "remove",
    "remove",
    _("Remove from the site"),
    _(
        "Readers no longer see it, nor any older edition in this language. "
        "The address says why, or leads elsewhere."
    ),
    _("It is removed from the site."),
    lambda edition: edition.is_live() and edition.standing == Standing.IN_FORCE,
    RemovalForm,
    is_grave=True,
    told=consequences.of_removal,
)
RESTORE_WITHDRAWN = Step(
    "restore",
    "restore",
    "withdraw",
    _("Restore"),
    _("The notice goes; the text holds again."),
    _("It holds again."),
    lambda edition: edition.standing == Standing.WITHDRAWN and edition.is_live(),
    ColleaguesReasonForm,
)
RESTORE_REMOVED = Step(
    "restore-removed",
    "restore",
    "remove",
    _("Put back on the site"),
    _("Readers see it again as before."),
    _("It is public again."),
    lambda edition: edition.standing == Standing.REMOVED,
    ColleaguesReasonForm,
)
OF_EVERY_EDITION = (
    SUBMIT,
    APPROVE,
    PUBLISH,
    SCHEDULE,
    SECOND_LOOK,
    ADD_TO_NOTE,
    CANCEL_PUBLICATION,
    TAKE_BACK,
    REOPEN,
    SEND_BACK,
    WITHDRAW,
    RESTORE_WITHDRAWN,
    RESTORE_REMOVED,
    PUBLISH_URGENTLY,
    REMOVE,
    DISCARD,
)
# Whoever wrote in the text does not take these.
FOR_OTHER_EYES = {APPROVE.name, PUBLISH.name, SCHEDULE.name, SECOND_LOOK.name}
