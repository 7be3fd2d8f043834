from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pressoffice.publishing import audit_trail, moment
from pressoffice.publishing.admin import (
    LONGEST_SEARCH,
    MOST_WORDS,
    RecordAdmin,
    release_of,
    taken_by_its_release,
)
from pressoffice.publishing.admin_steps import Step
from pressoffice.publishing.pages import OWN_NAMES, with_query
from pressoffice.publishing.periods import FAR_FUTURE, Standing
from pressoffice.publishing.plain_text import clean_line, clean_text
from pressoffice.publishing.steps import StepRefused
from pressoffice.publishing.takedowns import takedown_in_force
from pressoffice.publishing.typography import suggestions
from projects.models import Project
from projects.recognition import find_projects, known_names

from . import beside
from .beside_the_original import beside_the_original
from .blocks import blocks_of
from .bodies import body_text, clean_body, with_anchors
from .checks import findings_of
from .differences import changes_between
from .differences import differences as word_differences
from .edition_beside import WINDOW, WhileWriting, is_too_long
from .edition_steps import (
    APPROVE,
    DISCARD,
    FOR_OTHER_EYES,
    OF_EVERY_EDITION,
    PUBLISH,
    PUBLISH_URGENTLY,
    SCHEDULE,
    SUBMIT,
    TAKE_BACK,
)
from .embargo_admin import EmbargoLinks
from .forms import EditionForm
from .models import Difference, EditConflict, Edition
from .models.presence import come, new_window
from .reading import body_for_colleagues
from .standing import is_behind, sent_back, standing_of, version_in_short, version_of

MOST_PROJECTS = 20
LONGEST_COPY_NAME = 32
LONGEST_KEY = 18
LONGEST_REASON = 2000
MOST_SUGGESTED = 3


def _known_to_be_refused(edition: Edition, differences: list[Difference]) -> set[Step]:
    """Steps to the readers that the text, as it stands, would not be let through."""
    if edition.state not in Edition.UNPUBLISHED:
        return set()
    refused = {PUBLISH, PUBLISH_URGENTLY} if edition.why_not_public(moment.now()) else set()
    if any(each.is_open for each in differences):
        refused |= {PUBLISH, SCHEDULE}
    return refused | ({SCHEDULE} if edition.why_not_public(FAR_FUTURE - timedelta(days=1)) else set())


def _is_looked_at(edition: Edition) -> bool:
    """Whether somebody still has to judge the text: it is in work, or went out urgently."""
    waits = edition.state == Edition.State.PUBLISHED and edition.is_urgent and not edition.second_look_by_id
    return edition.state in Edition.UNPUBLISHED or waits


def _person(request: HttpRequest) -> Any:
    """Who is logged in: admin_view lets nobody else through."""
    return request.user


def _public_from(edition: Edition) -> datetime:
    """When it goes public at the earliest."""
    return max(filter(None, [edition.embargo_until, edition.live_from, moment.now()]))


@admin.register(Edition)
class EditionAdmin(WhileWriting, EmbargoLinks, RecordAdmin):
    """The writing page. Lists and facts are the statement's."""

    steps = OF_EVERY_EDITION
    search_fields = ["title", "statement__reference"]
    list_select_related = ["statement"]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-pk",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("projects/", view(self.projects_view), name="articles_edition_projects"),
            path(
                "<int:pk>/differences/",
                view(require_POST(self.accept_view)),
                name="articles_edition_differences",
            ),
            *self.while_writing_urls(),
            path("<int:pk>/compare/", view(self.compare_view), name="articles_edition_compare"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:articles_statement_changelist"))

    def possible_steps(self, request: HttpRequest, record: Any) -> list[Step]:
        wrote = record.contributions.filter(user=_person(request)).exists()
        steps = super().possible_steps(request, record)
        if wrote:
            steps = [step for step in steps if step.name not in FOR_OTHER_EYES]
        if record.submitted_by_id != request.user.pk:
            steps = [step for step in steps if step != TAKE_BACK]
        if DISCARD in steps and not record.may_be_discarded(by=_person(request)):
            steps.remove(DISCARD)
        return steps

    def way_to(self, record: Any) -> list[tuple[str, Any]]:
        statement = record.statement
        return [
            (reverse("admin:articles_statement_changelist"), _("Statements")),
            (reverse("admin:articles_statement_change", args=[statement.pk]), statement.reference),
            (self._change_address(record), record.get_language_display()),
        ]

    def step_initial(self, record: Any, step: Step) -> dict[str, Any]:
        # Most often a text goes out when its embargo ends.
        return {"at": record.embargo_until} if step == SCHEDULE else {}

    def step_context(self, record: Any, step: Step) -> dict[str, Any]:
        if step not in {SUBMIT, APPROVE, PUBLISH, SCHEDULE, PUBLISH_URGENTLY}:
            return {}
        return {"findings": findings_of(record, record.differences(), at=_public_from(record))}

    # --- writing -------------------------------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        edition = self._edition(request, object_id)
        if request.method == "POST":
            return self._write(request, edition)
        return self._page_for(request, edition, self._form(request, edition))

    def _edition(self, request: HttpRequest, object_id: str) -> Edition:
        if not (object_id.isascii() and object_id.isdecimal()):
            raise Http404
        edition = (
            Edition.objects.select_related(
                "statement", "base", "translated_from", "submitted_by", "approved_by", "updated_by"
            )
            .filter(pk=object_id)
            .first()
        )
        if edition is None:
            raise Http404
        if not self.has_view_permission(request, edition):
            raise PermissionDenied
        return edition

    def _form(self, request: HttpRequest, edition: Edition, data: Any = None) -> EditionForm | None:
        try:
            edition.require_writable(_person(request))
        except StepRefused:
            return None
        return EditionForm(data, edition=edition, site=self.admin_site)

    def _write(self, request: HttpRequest, edition: Edition) -> HttpResponse:
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        form = EditionForm(request.POST, edition=edition, site=self.admin_site)
        if not form.is_valid():
            return self._page_for(request, edition, form, status=422)
        form.cleaned_data["body"] = self.taken(request, edition, form.cleaned_data["body"])
        try:
            edition.write(
                by=_person(request),
                revision=form.cleaned_data["revision"],
                taken_over=self._taken_over(request, edition),
                **form.content(),
            )
        except EditConflict as conflict:
            edition = conflict.current
            if not form.is_saved_in(edition):
                return self._conflict(request, edition, form)
        except StepRefused as refusal:
            edition = self._edition(request, str(edition.pk))
            submitted = edition.state == Edition.State.SUBMITTED and edition.submitted_by == request.user
            if not ("_submit" in request.POST and submitted and form.is_saved_in(edition)):
                form.add_error(None, str(refusal))
                return self._page_for(request, edition, form, status=409)
            return HttpResponseRedirect(self._change_address(edition))
        address = self._change_address(edition)
        if "_submit" in request.POST:
            self._submit(request, edition)
        else:
            self.message_user(request, _("The text is saved."), messages.SUCCESS)
        if {"_take", "_take_all", "_answer", "_event"} & set(request.POST):
            address += "#beside"
            if told := self.take_up(request, edition, beside.seen_in(edition, edition.body)):
                self.message_user(request, told, messages.INFO)
        self._suggest_marks(request, edition)
        response = HttpResponseRedirect(address)
        copy = request.POST.get("kept_as", "")
        if copy.isascii() and copy.isalnum() and len(copy) <= LONGEST_COPY_NAME:
            # Tells static/js/editor/kept-text.js that the browser's copy is no longer needed.
            response.set_cookie("saved-text", copy, max_age=3600, path=reverse("admin:index"), samesite="Lax")
        return response

    @staticmethod
    def _taken_over(request: HttpRequest, edition: Edition) -> Edition | None:
        """The edition of the original whose changes the person says are in the translation now."""
        key = request.POST.get("_taken_over", "")
        if not (key.isascii() and key.isdecimal() and len(key) <= LONGEST_KEY):
            return None
        return edition.statement.editions.filter(pk=key).first()

    def accept_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Wave through what is ticked of the list of differences."""
        edition = self._edition(request, str(pk))
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        keys, reason = request.POST.getlist("difference"), clean_text(request.POST.get("reason", ""))
        try:
            if not keys:
                raise StepRefused(_("Tick what you have looked at."))
            if len(reason) > LONGEST_REASON:
                raise StepRefused(_("Say it in fewer words: 2000 characters at most."))
            edition.accept_differences(keys, by=_person(request), reason=reason)
        except StepRefused as refusal:
            edition = self._edition(request, str(pk))
            typed = {"ticked": keys, "typed_reason": reason, "difference_error": str(refusal)}
            return self._page_for(request, edition, self._form(request, edition), status=422, **typed)
        self.message_user(request, _("It is waved through, with your reason."), messages.SUCCESS)
        return HttpResponseRedirect(f"{self._change_address(edition)}#languages")

    def _suggest_marks(self, request: HttpRequest, edition: Edition) -> None:
        """Quotation marks are letters of the text: nobody but its writer changes them."""
        text = "\n".join([edition.title, edition.summary, body_text(edition.body)])
        found = suggestions(text, edition.language)
        if not found:
            return
        shown = "; ".join(f"{each.found} → {each.better}" for each in found[:MOST_SUGGESTED])
        if len(found) > MOST_SUGGESTED:
            shown += "; " + str(_("and %(count)s more") % {"count": len(found) - MOST_SUGGESTED})
        self.message_user(
            request,
            _("Quotation marks that are not of this language: %(marks)s") % {"marks": shown},
            messages.INFO,
        )

    def _submit(self, request: HttpRequest, edition: Edition) -> None:
        try:
            edition.submit(by=_person(request))
        except StepRefused as refusal:
            self.message_user(request, _("The text is saved, but not submitted."), messages.WARNING)
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, SUBMIT.done, messages.SUCCESS)

    def _conflict(self, request: HttpRequest, current: Edition, form: EditionForm) -> HttpResponse:
        """Both texts, and the person's own in the form, so that saving again is a decision."""
        typed: Any = form.data
        form.data = typed.copy()
        form.data["revision"] = str(current.revision)  # type: ignore[index]
        differing = [
            {**each._asdict(), "pieces": word_differences(each.saved, each.mine)}
            for each in form.differing(current)
        ]
        return self._page_for(request, current, form, status=409, conflict=differing)

    def _page_for(
        self,
        request: HttpRequest,
        edition: Edition,
        form: EditionForm | None,
        *,
        status: int = 200,
        **more: Any,
    ) -> HttpResponse:
        key, words = standing_of(edition)
        steps = self.possible_steps(request, edition)
        wrote = edition.contributions.filter(user=_person(request)).exists()
        waits_for_others = {APPROVE.name, PUBLISH.name} & {
            step.name for step in self.steps if step.possible(edition)
        }
        differences = edition.differences() if _is_looked_at(edition) else []
        refused = _known_to_be_refused(edition, differences)
        release = release_of(edition) if edition.live_from is None or edition.is_scheduled() else None
        taken = taken_by_its_release(release)
        in_work = edition.state in Edition.UNPUBLISHED
        writing = self._while_writing(request, edition, form) if form else {}
        panel = writing.get("panel")
        findings = (
            findings_of(
                edition,
                differences,
                at=_public_from(edition),
                unanswered=panel.unanswered if panel is not None else None,
            )
            if in_work
            else []
        )
        context = {
            **self.admin_site.each_context(request),
            "title": str(edition),
            "opts": self.opts,
            "original": edition,
            "edition": edition,
            "statement": edition.statement,
            "sent_back": sent_back(edition),
            "form": form,
            "media": self.media + form.media if form else self.media,
            "standing": {"key": key, "words": words},
            "steps": [
                step.for_record(edition)
                for step in steps
                if step not in refused and step.name not in taken and (step != SUBMIT or form is None)
            ],
            "waits_for_languages": any(each.is_open for each in differences)
            and any(step in steps and step.name not in taken for step in (PUBLISH, SCHEDULE)),
            "may_submit": form is not None and SUBMIT in steps,
            "would_lose_approval": form is not None and APPROVE in steps and APPROVE.name not in taken,
            "own_text": wrote and bool(waits_for_others),
            "findings": findings,
            "checked": in_work,
            "differences": differences,
            "accepted_hash": edition.accepted_hash(),
            "may_accept": in_work
            and request.user.has_perm(Edition.permission("change"))
            and any(each.accepted is None for each in differences),
            "beside": beside_the_original(edition) if in_work else None,
            "paragraphs": range(len(blocks_of(edition.body))) if form else (),
            "body": None if form else with_anchors(body_for_colleagues(edition)),
            "about": edition.about_as_a_whole(),
            "takedown": takedown_in_force(edition.statement, language=edition.language)
            if edition.standing != Standing.IN_FORCE
            else None,
            "behind": self._newer_original(edition),
            "writers": edition.writers.all(),
            "passages": edition.passages.select_related("project").order_by("position"),
            "trail": audit_trail.trail(edition),
            "may_compare": edition.base_id is not None
            or Edition.objects.in_language(edition.language)
            .filter(statement=edition.statement_id)
            .exclude(pk=edition.pk)
            .exists(),
            "may_start": edition.state == Edition.State.PUBLISHED
            and request.user.has_perm(Edition.permission("add"))
            and edition.successors.filter(state__in=[*Edition.UNPUBLISHED, Edition.State.PUBLISHED]).first()
            is None
            and edition.standing == Standing.IN_FORCE
            and not edition.is_scheduled(),
            "page": edition.get_absolute_url() if edition.is_live() else "",
            **writing,
            "release": release,
            "may_share": edition.state in {Edition.State.APPROVED, Edition.State.PUBLISHED}
            and (
                edition.state == Edition.State.APPROVED
                or edition.is_scheduled()
                or edition.embargo_links.exists()
            )
            and self.may_share(request),
            "as_it_will_be": with_query(edition.get_absolute_url(), {"as_of": edition.live_from.isoformat()})
            if edition.live_from and edition.is_scheduled()
            else "",
            **more,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/articles/edition/change_form.html", context, status=status)

    def _while_writing(self, request: HttpRequest, edition: Edition, form: EditionForm) -> dict[str, Any]:
        named = request.headers.get("X-Window", "")
        window = named if WINDOW.fullmatch(named) else new_window()
        come(edition, _person(request), window)
        body = form["body"].value() or ""
        seen = None if is_too_long(body) else beside.seen_in(edition, clean_body(body))
        may_set_event = self.may_set_event(request, edition)
        return {
            "panel": beside.panel_of(seen, may_set_event=may_set_event) if seen else None,
            "saves_itself": edition.state == Edition.State.DRAFT,
            "window": window,
            **self.present(edition, _person(request)),
        }

    @staticmethod
    def _newer_original(edition: Edition) -> Edition | None:
        statement = edition.statement
        original = statement.editions.in_language(statement.original_language).live().first()
        return original if is_behind(edition, original) else None

    # --- besides -------------------------------------------------------------------------------

    def compare_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The edition beside another of its language: the one it was made from, or `?with=` by its key."""
        edition = self._edition(request, str(pk))
        others = list(
            Edition.objects.in_language(edition.language)
            .filter(statement=edition.statement_id)
            .exclude(pk=edition.pk)
            .order_by("-pk")
        )
        asked = request.GET.get("with", "")
        known = {str(other.pk): other for other in others}
        before: Any = known.get(asked) if asked else edition.base or next(iter(others), None)
        if before is None:
            raise Http404
        before, after = sorted([before, edition], key=lambda each: each.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What changed"),
            "subtitle": str(edition),
            "opts": self.opts,
            "edition": edition,
            "statement": edition.statement,
            "before_words": version_of(before),
            "after_words": version_of(after),
            "changes": changes_between(before, after, for_colleagues=True),
            "choices": [
                (each.pk, version_in_short(each), each.pk == (before if edition == after else after).pk)
                for each in others
            ],
        }
        return TemplateResponse(request, "admin/articles/edition/compare.html", context)

    def projects_view(self, request: HttpRequest) -> HttpResponse:
        """Projects to mark a passage with: those whose names or aliases have the words of `?q=`; first of all
        those that `?words=`, in `?language=`, speak of. At most MOST_PROJECTS."""
        if not request.user.has_perm(Project.permission("view")):
            raise PermissionDenied
        projects = Project.objects.exclude(standing=Standing.REMOVED)
        found = projects.by_name()
        sought = clean_line(request.GET.get("q", ""))[:LONGEST_SEARCH].split()[:MOST_WORDS]
        for word in sought:
            named = Q(code__icontains=word) | Q(aliases__text__icontains=word)
            for code in OWN_NAMES:
                named |= Q(**{f"name_{code}__icontains": word})
            found = found.filter(pk__in=Project.objects.filter(named).values("pk"))
        words, language = clean_line(request.GET.get("words", ""))[:400], request.GET.get("language", "")
        recognised: list[str] = []
        if words and language in OWN_NAMES and not sought:
            occurrences = find_projects(words, language, known_names(projects, language))
            recognised = list(dict.fromkeys(each.project.code for each in occurrences))
        shown = {project.code: project for project in projects.filter(code__in=recognised)}
        listed = list(found[: MOST_PROJECTS + 1])
        count = found.count() if len(listed) > MOST_PROJECTS else len(listed)
        shown = {code: shown[code] for code in recognised} | {
            project.code: project for project in listed[:MOST_PROJECTS]
        }
        results = [
            {"code": code, "name": project.name, "recognised": code in recognised}
            for code, project in shown.items()
        ]
        results = results[:MOST_PROJECTS]
        return JsonResponse({"results": results, "count": max(count, len(results))})
