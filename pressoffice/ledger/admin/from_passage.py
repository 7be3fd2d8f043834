"""One step from a marked passage to a fact: the words in their sentence, and a small form for each kind."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from translated_fields.fields import show_language_code

from articles.models import Edition, Passage, Statement
from articles.standing import standing_of
from pressoffice.ledger.models import FACTS, Measurement, MilestoneDate, Target
from pressoffice.ledger.refusals import sentence_about
from pressoffice.publishing.in_place import write_down
from projects.models import Project

from .named_forms import MeasurementForm, MilestoneDateForm, TargetForm
from .passage_forms import LaterWordForm, PassageForm, PromiseForm, StatusForm, SumForm
from .recognised import Said, said_in

KINDS: tuple[type[PassageForm], ...] = (
    PromiseForm,
    MilestoneDateForm,
    MeasurementForm,
    TargetForm,
    SumForm,
    StatusForm,
    LaterWordForm,
)


def from_passage(request: HttpRequest, site: AdminSite, pk: int, position: int) -> HttpResponse:
    """`?project=` names the code where the text as a whole (position 0) speaks of several projects."""
    user: Any = request.user
    allowed = [kind for kind in KINDS if user.has_perms(kind.permissions())]
    if not allowed or not user.has_perm("articles.view_edition"):
        raise PermissionDenied
    passage = _passage(pk, position, request.GET.get("project", ""))
    if passage is None:
        if request.method != "POST" or not Edition.objects.filter(pk=pk).exists():
            raise Http404
        messages.error(request, _("These words are no longer marked in the text: mark them, then go on."))
        return HttpResponseRedirect(_address(pk))
    said = said_in(passage)
    kinds = [kind for kind in _best_first(allowed, passage.relation) if kind.is_offered(said)]
    kinds = _asked_for_first(kinds, request)
    posted = request.POST.get("kind") if request.method == "POST" else None
    if _would_be_known_too_early(passage):
        kinds, posted = [], None
    with show_language_code(True):  # noqa: FBT003 — the library's signature
        forms = [kind(said, request.POST if kind.name == posted else None) for kind in kinds]
        for offered in forms:
            offered.prefer(request.GET)
        if posted is not None:
            form = next((form for form in forms if form.name == posted), None)
            if form is None:
                raise PermissionDenied
            if form.is_valid() and (fact := _saved(form, user)) is not None:
                messages.success(request, format_html(_("In the ledger now: {}."), _linked(site, fact)))
                return HttpResponseRedirect(_address(pk))
        response = _page(request, site, said, forms, posted)
        # Labels of columns name their language only while it is rendered here.
        return response.render()


def _passage(pk: int, position: int, code: str) -> Passage | None:
    passages = Passage.objects.select_related("edition__statement", "project").filter(
        edition=pk, position=position
    )
    if code:
        passages = passages.filter(project__code=code)
    found = list(passages.exclude(edition__state=Edition.State.DISCARDED)[:2])
    return found[0] if len(found) == 1 else None


def _would_be_known_too_early(passage: Passage) -> bool:
    """Only words tell whether a fact is new in a text still to come, or known from one that is public."""
    told = Passage.objects.filter(
        edition__in=Edition.objects.ever_live(),
        edition__statement=passage.edition.statement_id,
        project=passage.project_id,
    )
    is_known = passage.edition.live_from is not None and not passage.edition.is_scheduled()
    return not passage.exact and not is_known and told.exists()


def _best_first(kinds: list[type[PassageForm]], relation: str) -> list[type[PassageForm]]:
    def rank(kind: type[PassageForm]) -> int:
        return list(kind.best_for).index(relation) if relation in kind.best_for else len(KINDS)

    # A stable sort: those that fit equally well stay in their order.
    return sorted(kinds, key=rank)


def _asked_for_first(kinds: list[type[PassageForm]], request: HttpRequest) -> list[type[PassageForm]]:
    """`?indicator=` and `?milestone=` name what the words are about; the writing page knows it."""
    return sorted(kinds, key=lambda kind: getattr(kind, "of", "") not in request.GET)


def _saved(form: PassageForm, user: Any) -> models.Model | None:
    """None where the database refuses; the form says why."""
    try:
        with transaction.atomic():
            # The second of two clicks waits here, and then finds what the first has entered.
            Statement.objects.select_for_update().get(pk=form.said.statement.pk)
            twin = form.twin()
            if twin is not None:
                return twin
            fact = form.save_fact()
            new = getattr(form, "new", None)
            for row in filter(None, (new, fact)):
                write_down(row, "start", by=user)
            return fact
    except IntegrityError as refusal:
        form.add_error(None, sentence_about(refusal))
        return None


def _page(
    request: HttpRequest, site: AdminSite, said: Said, forms: list[PassageForm], posted: str | None
) -> TemplateResponse:
    edition = said.edition
    key, words = standing_of(edition)
    context = {
        **site.each_context(request),
        "title": _("Make it a fact"),
        "subtitle": str(edition),
        "said": said,
        "edition": edition,
        "statement": said.statement,
        "passage": said.passage,
        "project": said.project,
        "standing": {"key": key, "words": words},
        "needs_words": not forms,
        "is_public": edition.is_live() and said.project.is_live(),
        "forms": forms,
        "open": posted or (forms[0].name if forms else ""),
        "errors": any(form.is_bound and form.errors for form in forms),
        "facts": [
            {"kind": fact._meta.verbose_name, "fact": fact, "address": address_of(site, fact)}
            for fact in facts_of(said.statement, said.project, said.passage.exact)
        ],
        "back": _address(edition.pk),
    }
    request.current_app = site.name  # type: ignore[attr-defined]
    status = 422 if context["errors"] else 200
    return TemplateResponse(request, "admin/ledger/from_passage.html", context, status=status)


def facts_of(statement: Statement, project: Project, words: str) -> list[Any]:
    """Facts entered from these very words. One query for each kind."""
    if not words:
        return []
    return [
        fact
        for model in FACTS
        for fact in model.objects.about(project)  # type: ignore[attr-defined]
        .filter(source=statement, words=words)
        .select_related(*(["indicator"] if model in {Measurement, Target} else []))
    ]


def address_of(site: AdminSite, fact: Any) -> str:
    """Where the fact is kept: its own form, or that of its milestone or indicator."""
    if isinstance(fact, MilestoneDate):
        fact = fact.milestone
    elif isinstance(fact, Measurement | Target):
        fact = fact.indicator
    return reverse(f"{site.name}:ledger_{fact._meta.model_name}_change", args=[fact.pk])


def _linked(site: AdminSite, fact: Any) -> Any:
    return format_html('<a href="{}">{}: {}</a>', address_of(site, fact), fact._meta.verbose_name, fact)


def _address(pk: int) -> str:
    return reverse("admin:articles_edition_change", args=[pk])
