"""What the writing page asks while somebody writes: suggestions, saving by itself, who else is there."""

import re
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from events.models import Event
from pressoffice.publishing import moment
from pressoffice.publishing.in_place import write_down
from pressoffice.publishing.periods import Standing
from pressoffice.publishing.steps import StepRefused

from . import beside
from .bodies import clean_body
from .forms import LONGEST_BODY, MOST_TAGS, EditionForm
from .marking import Take, with_taken
from .models import EditConflict, Edition, Statement
from .models.presence import come, leave, who_is_at

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from pressoffice.accounts.models import User

    Admin = ModelAdmin
else:
    Admin = object

EVENT_CODE = re.compile(r"[a-z0-9-]{1,60}")
WINDOW = re.compile(r"[0-9a-f]{16}")


def saved_at(edition: Edition) -> str:
    return time_format(timezone.localtime(edition.updated_at), "H:i")


def is_too_long(body: str) -> bool:
    return len(body) > LONGEST_BODY or body.count("<") > MOST_TAGS


class WhileWriting(Admin):
    """Of EditionAdmin: everything that is asked from an open writing page."""

    if TYPE_CHECKING:

        def _edition(self, request: HttpRequest, object_id: str) -> Edition: ...

    def while_writing_urls(self) -> list[URLPattern]:
        def asked(view: Any) -> Any:
            return self.admin_site.admin_view(require_POST(view))

        return [
            path("<int:pk>/beside/", asked(self.beside_view), name="articles_edition_beside"),
            path("<int:pk>/autosave/", asked(self.autosave_view), name="articles_edition_autosave"),
            path("<int:pk>/here/", asked(self.here_view), name="articles_edition_here"),
        ]

    def _open(self, request: HttpRequest, pk: int) -> Edition:
        """An edition that this person may write in now; raises PermissionDenied otherwise."""
        edition = self._edition(request, str(pk))
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        return edition

    # --- suggestions ---------------------------------------------------------------------------

    def beside_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The panel for the body as it stands in the editor, saved or not."""
        edition = self._open(request, pk)
        body = request.POST.get("body", "")
        panel = None
        if not is_too_long(body):
            seen = beside.seen_in(edition, clean_body(body))
            told = self.take_up(request, edition, seen)
            panel = beside.panel_of(seen, may_set_event=self.may_set_event(request, edition))
        else:
            told = ""
        return TemplateResponse(
            request, "admin/articles/edition/beside.html", {"panel": panel, "edition": edition, "told": told}
        )

    def take_up(self, request: HttpRequest, edition: Edition, seen: beside.Seen) -> str:
        """What is asked besides looking: an answer to a difference, the statement's event.

        Returns what came of it, for the person."""
        if answered := request.POST.get("_answer", ""):
            answer, _colon, key = answered.partition(":")
            memory = beside.memory()
            if memory is None or not memory.answer(seen, key, answer, by=request.user):
                return _("The text no longer says so: there is nothing to answer.")
            return _("Remembered.")
        if code := request.POST.get("_event", ""):
            return self.set_event(request, edition, code)
        return ""

    def may_set_event(self, request: HttpRequest, edition: Edition) -> bool:
        """As the statement's own form says: the facts of a public statement are for those who may publish."""
        statements = self.admin_site._registry[Statement]
        return statements.has_change_permission(request, edition.statement)

    def set_event(self, request: HttpRequest, edition: Edition, code: str) -> str:
        statement = edition.statement
        if not self.may_set_event(request, edition):
            raise PermissionDenied
        known = Event.objects.exclude(standing=Standing.REMOVED)
        event = known.filter(code=code).first() if EVENT_CODE.fullmatch(code) else None
        if event is None:
            return _("There is no such event.")
        user: Any = request.user
        if Statement.objects.filter(pk=statement.pk, event=None).update(event=event):
            statement.event = event
            write_down(statement, "change", by=user, reason="event")
        else:
            statement.refresh_from_db(fields=["event"])
            if statement.event_id != event.pk:
                return _("The statement has an event already: %(event)s.") % {"event": statement.event}
        return _("The statement's event: %(event)s.") % {"event": event}

    def taken(self, request: HttpRequest, edition: Edition, body: str) -> str:
        """The body of a form that was sent by a button of the panel: without script, or where it failed."""
        if "_take_all" in request.POST:
            return self._with_carried(request, edition, body)
        value = request.POST.get("_take", "")
        if not value:
            return body
        take = Take.read(value)
        with_mark = with_taken(body, take, edition.language) if take else None
        if with_mark is None:
            self.message_user(
                request,
                _("These words no longer stand free in the text: nothing was marked."),
                messages.WARNING,
            )
            return body
        return with_mark

    def _with_carried(self, request: HttpRequest, edition: Edition, body: str) -> str:
        """With every passage of the original marked whose words are found."""
        found = beside.carried_from_the_original(beside.seen_in(edition, clean_body(body)))
        # Of the same words the last place first: the places before it keep their numbers.
        takes = sorted((each.take for each in found if each.take), key=lambda take: -take.nth)
        count = 0
        for take in takes:
            with_mark = with_taken(body, take, edition.language)
            body, count = (with_mark, count + 1) if with_mark else (body, count)
        sentence = ngettext("%(count)s passage was marked.", "%(count)s passages were marked.", count)
        self.message_user(request, sentence % {"count": count})
        return body

    # --- saving by itself ----------------------------------------------------------------------

    def autosave_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Saves a draft while it is written. `said`: a sentence for the one who writes."""
        edition = self._open(request, pk)
        if edition.state != Edition.State.DRAFT:
            return _said(_("This text is no longer a draft: it is saved by the button only."), status=409)
        form = EditionForm(request.POST, edition=edition, site=self.admin_site)
        if not form.is_valid():
            first = next(iter(form.errors.values()))[0]
            return _said(_("Not saved yet: %(why)s") % {"why": first}, status=422)
        user: Any = request.user
        try:
            edition.write(by=user, revision=form.cleaned_data["revision"], **form.content())
        except EditConflict as conflict:
            edition = conflict.current
            if not form.is_saved_in(edition):
                if edition.updated_by_id == user.pk:
                    sentence = _(
                        "You have saved this text in another window meanwhile: %(time)s. "
                        "What is written here is kept in this browser. Press “Save” to see both texts."
                    )
                else:
                    sentence = _(
                        "Somebody else has saved this text meanwhile: %(who)s, %(time)s. "
                        "Yours is kept in this browser. Press “Save” to see both texts."
                    )
                told = {"who": edition.updated_by or "—", "time": saved_at(edition)}
                return _said(sentence % told, status=409)
        except StepRefused as refusal:
            return _said(str(refusal), status=409)
        return JsonResponse(
            {
                "revision": edition.revision,
                "body": edition.body,
                "said": _("Saved at %(time)s")
                % {"time": time_format(timezone.localtime(moment.now()), "H:i")},
            }
        )

    # --- who else is there ---------------------------------------------------------------------

    def here_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self._open(request, pk)
        user: Any = request.user
        named = request.POST.get("window", "")
        window = named if WINDOW.fullmatch(named) else ""
        if request.POST.get("left"):
            leave(edition, user, window)
            return HttpResponse(status=204)
        come(edition, user, window)
        revision = request.POST.get("revision", "")
        return TemplateResponse(
            request,
            "admin/articles/edition/present.html",
            self.present(
                edition,
                user,
                window=window,
                has_newer=revision.isascii() and revision.isdecimal() and int(revision) < edition.revision,
            ),
        )

    def present(
        self, edition: Edition, user: "User", *, window: str | None = None, has_newer: bool = False
    ) -> dict[str, Any]:
        """`window`: which of the person's windows asks; None where the page is only being opened, and the
        one it was opened from has not said yet that it is gone."""
        others, has_another = who_is_at(edition, user, window)
        return {
            "edition": edition,
            "present": others,
            "has_another": has_another,
            "has_newer": has_newer,
            "is_own_newer": has_newer and edition.updated_by_id == user.pk,
        }


def _said(sentence: str, *, status: int) -> JsonResponse:
    return JsonResponse({"said": sentence}, status=status)
