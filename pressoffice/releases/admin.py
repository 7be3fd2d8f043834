from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Edition
from articles.standing import standing_of as standing_of_edition
from events.models import Event
from pressoffice.ledger.models import FACTS
from pressoffice.publishing import moment
from pressoffice.publishing.admin import RecordAdmin, standing_of
from pressoffice.publishing.admin_steps import FURTHEST_AHEAD, MomentForm, Step, moment_in_words
from pressoffice.publishing.languages import name_in_sentence
from pressoffice.publishing.pages import with_query
from pressoffice.publishing.records import Record
from projects.models import Agreement, Project

from .forms import FIELDS, ReleaseForm
from .models import Problem, Release, ReleaseRefused


def _what(release: Release) -> str:
    """Of how much of what it consists: "3 texts (Russian, Kyrgyz), 1 event"."""
    things = release.things()
    texts = [thing for thing in things if isinstance(thing, Edition)]
    counted = Counter(type(thing) for thing in things)
    parts = []
    if texts:
        languages = ", ".join(dict.fromkeys(name_in_sentence(text.language) for text in texts))
        words = ngettext("%(count)s text (%(languages)s)", "%(count)s texts (%(languages)s)", len(texts))
        parts.append(words % {"count": len(texts), "languages": languages})
    if count := counted[Project]:
        parts.append(ngettext("%(count)s project", "%(count)s projects", count) % {"count": count})
    if count := counted[Agreement]:
        parts.append(ngettext("%(count)s agreement", "%(count)s agreements", count) % {"count": count})
    if count := counted[Event]:
        parts.append(ngettext("%(count)s event", "%(count)s events", count) % {"count": count})
    return ", ".join(parts) or _("nothing yet")


def _now(release: Release) -> str:
    sentence = _(
        "Everything goes public at once and at the same second: %(what)s. If one part may not, none does."
    )
    return sentence % {"what": _what(release)}


def _at_a_moment(release: Release) -> str:
    sentence = _(
        "Everything goes public by itself at the moment you choose, at the same second: %(what)s. "
        "If one part may not, nothing is scheduled."
    )
    return sentence % {"what": _what(release)}


def _another_moment(release: Release) -> str:
    sentence = _("All parts move together. Until now they go public on %(moment)s, Bishkek time.")
    return sentence % {"moment": moment_in_words(release.live_from)} if release.live_from else ""


def _called_off(release: Release) -> str:
    sentence = _(
        "Nothing goes public on %(moment)s, Bishkek time. The texts are approved as before, "
        "the rest are drafts."
    )
    return sentence % {"moment": moment_in_words(release.live_from)} if release.live_from else ""


PUBLISH = Step(
    "publish",
    "publish",
    "publish",
    gettext_lazy("Release now"),
    gettext_lazy("Everything in it goes public at once."),
    gettext_lazy("The release is out."),
    lambda release: release.live_from is None or release.is_scheduled(),
    told=_now,
)
SCHEDULE = Step(
    "schedule",
    "publish",
    "publish",
    gettext_lazy("Choose a moment"),
    gettext_lazy("Everything in it goes public by itself at the moment you choose."),
    gettext_lazy("The release is scheduled."),
    lambda release: release.live_from is None,
    MomentForm,
    confirm=gettext_lazy("Schedule the publication"),
    told=_at_a_moment,
)
MOVE = Step(
    "move",
    "publish",
    "publish",
    gettext_lazy("Move to another moment"),
    gettext_lazy("All parts move together."),
    gettext_lazy("The release is moved."),
    lambda release: release.is_scheduled(),
    MomentForm,
    told=_another_moment,
)
CANCEL = Step(
    "cancel-publication",
    "cancel_publication",
    "publish",
    gettext_lazy("Cancel the release"),
    gettext_lazy("Nothing goes public."),
    gettext_lazy("The release is cancelled."),
    lambda release: release.is_scheduled(),
    told=_called_off,
)


class Part(NamedTuple):
    kind: Any
    name: str
    language: str
    url: str  # in the desk
    preview: str
    standing: dict[str, Any]
    problems: list[Any]


def address_of(thing: Any) -> str:
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


@admin.register(Release)
class ReleaseAdmin(RecordAdmin):
    form: Any = ReleaseForm
    change_form_template = "admin/releases/release.html"
    steps = (PUBLISH, SCHEDULE, MOVE, CANCEL)
    list_display = ["name", "standing_chip", "planned_for", "parts"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", "planned_for", "note"]}),
        (gettext_lazy("What goes out together"), {"fields": list(FIELDS.values())}),
    ]

    class Media:
        css = {"all": ["css/admin/writing.css"]}

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("members")

    @admin.display(description=gettext_lazy("parts"))
    def parts(self, release: Any) -> int:
        return len(release.members.all())

    def has_change_permission(self, request: HttpRequest, obj: Release | None = None) -> bool:
        """What goes out is settled before the moment is."""
        return super().has_change_permission(request, obj) and (obj is None or obj.live_from is None)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        # Without the right to change it the parts stand in the list above only.
        return fieldsets if obj is None or self.has_change_permission(request, obj) else fieldsets[:1]

    def response_post_save_add(self, request: HttpRequest, obj: Release) -> HttpResponseRedirect:
        """What keeps it back, and the steps, stand on its own page."""
        return HttpResponseRedirect(self._change_address(obj))

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.save_members()

    def step_initial(self, record: Any, step: Step) -> dict[str, Any]:
        ahead = record.live_from or record.planned_for
        return {"at": ahead if ahead and ahead > moment.now() else None}

    def _publication(self, request: HttpRequest, record: Record) -> dict[str, Any]:
        release: Any = record
        person: Any = request.user
        at = release.live_from or max(release.planned_for or moment.now(), moment.now())
        # Asked of what is not out yet only: later on nothing stands in its way any more.
        ahead = release.live_from is None
        problems = release.problems(at, by=person) if ahead else []
        things = release.things()
        return {
            **super()._publication(request, release),
            "record_page": "",
            "record_steps": self._steps_that_help(request, release, person),
            "parts": [self._part(thing, problems, release) for thing in things],
            "keeps_back": bool(problems),
            "facts": _facts_that_come_along(things) if ahead or release.is_scheduled() else 0,
            "as_it_will_be": as_it_will_be(release.live_from) if release.is_scheduled() else "",
            "not_yet_ahead": ahead and bool(things),
            "planned": at if ahead and release.planned_for else None,
        }

    def _steps_that_help(self, request: HttpRequest, release: Release, person: Any) -> list[Step]:
        """Without those that one of the parts is known to refuse: the list above says why."""
        steps = self.possible_steps(request, release)
        if release.live_from is None:
            empty = bool(release.why_not_public())
            if empty or release.problems(moment.now(), by=person):
                steps = [step for step in steps if step != PUBLISH]
            if empty or release.problems(moment.now() + FURTHEST_AHEAD, by=person):
                steps = [step for step in steps if step != SCHEDULE]
        return [step.for_record(release) for step in steps]

    @staticmethod
    def _part(thing: Any, problems: list[Problem], release: Release) -> Part:
        is_text = isinstance(thing, Edition)
        key, words = standing_of_edition(thing) if is_text else standing_of(thing)
        if release.is_scheduled() and release.live_from is not None:
            preview = with_query(thing.get_absolute_url(), {"as_of": release.live_from.isoformat()})
        else:
            preview = thing.get_preview_url() if is_text and not thing.is_live() else thing.get_absolute_url()
        return Part(
            f"{_('text')} · {name_in_sentence(thing.language)}" if is_text else thing._meta.verbose_name,
            str(thing),
            thing.language if is_text else "",
            address_of(thing),
            preview,
            {"key": key, "words": words},
            [problem.sentence for problem in problems if problem.thing == thing],
        )

    def add_refusal(self, form: forms.Form, refusal: Any) -> None:
        """Each reason with a link to what it is about."""
        if not isinstance(refusal, ReleaseRefused):
            super().add_refusal(form, refusal)
            return
        for problem in refusal.problems:
            link = format_html('<a href="{}">{}</a>', address_of(problem.thing), problem.thing)
            form.add_error(None, format_html("{}: {}", link, problem.sentence))


def as_it_will_be(at: datetime) -> str:
    """The front page as readers will find it at `at`, as things stand."""
    return with_query(reverse("home"), {"as_of": at.isoformat()})


def _facts_that_come_along(things: list[Any]) -> int:
    """How much the ledger will learn: facts whose sources go out with it. A query for each kind of fact."""
    sources = [thing.statement_id for thing in things if isinstance(thing, Edition)]
    return sum(model.objects.filter(source__in=sources).count() for model in FACTS) if sources else 0  # type: ignore[attr-defined]
