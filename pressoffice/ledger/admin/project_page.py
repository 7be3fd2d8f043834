"""Everything on record of one project, newest first, whatever its source's standing; and what is due."""

from datetime import date
from typing import Any, NamedTuple

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.models import Edition, Passage
from articles.standing import standing_in_short
from pressoffice.ledger.dates import in_words
from pressoffice.ledger.filters import stale_projects, today
from pressoffice.ledger.models import (
    FACTS,
    BudgetLine,
    Commitment,
    Indicator,
    Measurement,
    Milestone,
    MilestoneDate,
    StatusChange,
    Target,
)
from pressoffice.ledger.open_data.missing import what_is_missing
from pressoffice.ledger.promises import SOON, State, came_of
from pressoffice.publishing.admin import standing_of as standing_of_record
from projects.models import Project

from .from_passage import address_of

KEPT = (Commitment, Milestone, Indicator, BudgetLine, StatusChange)
OWNER: dict[Any, str] = {MilestoneDate: "milestone", Measurement: "indicator", Target: "indicator"}
# Of a statement's texts, the one that most readers see says how its facts stand.
RANK = ("public", "withdrawn", "scheduled", "approved", "submitted", "draft", "removed", "discarded")


class Row(NamedTuple):
    fact: Any
    kind: Any
    of: str  # the milestone's or indicator's name
    said: Any
    address: str
    source_address: str
    language: str  # of its words; empty where they stand in no text as it is now
    standing: dict[str, Any]


class Due(NamedTuple):
    project: Project
    kind: Any
    said: Any
    due_on: date
    due_in_words: str
    address: str


def project_ledger(request: HttpRequest, site: AdminSite, code: str) -> HttpResponse:
    user: Any = request.user
    if not user.has_perms([Project.permission("view"), "ledger.view_commitment"]):
        raise PermissionDenied
    project = Project.objects.filter(code=code).first()
    if project is None:
        raise Http404
    models = [model for model in FACTS if user.has_perm(f"ledger.view_{model._meta.model_name}")]
    rows = rows_of(site, project, models)
    due = due_of(site, project)
    key, words = standing_of_record(project)
    add = [
        (model._meta.verbose_name, f"{reverse(_adding(model))}?project={project.pk}")
        for model in KEPT
        if user.has_perm(f"ledger.add_{model._meta.model_name}")
    ]
    context = {
        **site.each_context(request),
        "title": _("Ledger of the project"),
        "subtitle": str(project),
        "project": project,
        "standing": {"key": key, "words": words},
        "rows": rows,
        "due": [each for each in due if each.due_on >= today()],
        "overdue": [each for each in due if each.due_on < today()],
        "is_stale": stale_projects(Project.objects.filter(pk=project.pk)).exists(),
        "last": next((row for row in rows if row.standing["key"] == "public"), None),
        "add": add,
        "missing": [each for each in what_is_missing(project) if each.sentences],
    }
    request.current_app = site.name  # type: ignore[attr-defined]
    return TemplateResponse(request, "admin/ledger/project.html", context)


def _adding(model: Any) -> str:
    return f"admin:ledger_{model._meta.model_name}_add"


def rows_of(site: AdminSite, project: Project, models: list[Any]) -> list[Row]:
    """Newest first. A query for each kind and two for the texts, however many facts there are."""
    facts = [
        fact
        for model in models
        for fact in model.objects.about(project).select_related(
            "source", *([OWNER[model]] if model in OWNER else [])
        )
    ]
    facts.sort(key=lambda fact: (fact.stated_on, fact.pk), reverse=True)
    texts = _texts(facts)
    languages = _languages(facts)
    rows = []
    for fact in facts:
        edition = texts.get(fact.source_id)
        key, words = standing_in_short(edition) if edition else ("draft", _("no text yet"))
        if edition is not None:
            source = reverse("admin:articles_edition_change", args=[edition.pk])
        else:
            source = reverse("admin:articles_statement_change", args=[fact.source_id])
        owner = OWNER.get(type(fact), "")
        rows.append(
            Row(
                fact,
                capfirst(fact._meta.verbose_name),
                str(getattr(fact, owner).name) if owner else "",
                _said(fact),
                address_of(site, fact),
                source,
                languages.get((fact.source_id, fact.words), ""),
                {"key": key, "words": words},
            )
        )
    return rows


def _said(fact: Any) -> str:
    if isinstance(fact, BudgetLine):
        return f"{fact.get_kind_display()}: {fact}"
    if getattr(fact, "due_on", None):
        return _("%(fact)s (due: %(date)s)") % {"fact": fact, "date": fact.due_in_words}
    return str(fact)


def _texts(facts: list[Any]) -> dict[int, Edition]:
    """For each statement the text that tells how it stands. One query."""
    found: dict[int, Edition] = {}
    editions = Edition.objects.filter(statement__in={fact.source_id for fact in facts})
    for edition in editions.defer("body", "notes_to_editors", "media_contact", "settled").order_by("pk"):
        known = found.get(edition.statement_id)
        if known is None or _rank(edition) < _rank(known):
            found[edition.statement_id] = edition
    return found


def _languages(facts: list[Any]) -> dict[tuple[int, str], str]:
    """The language that the words of each fact are written in. One query."""
    words = {fact.words for fact in facts if fact.words}
    sources = {fact.source_id for fact in facts if fact.words}
    passages = Passage.objects.filter(edition__statement__in=sources, exact__in=words)
    columns = ("edition__statement_id", "exact", "edition__language")
    return {(source, exact): language for source, exact, language in passages.values_list(*columns)}


def _rank(edition: Edition) -> int:
    key = standing_in_short(edition)[0]
    if edition.state == Edition.State.PUBLISHED and key == "draft":
        key = "removed"  # replaced by a newer text, which stands for it
    return RANK.index(key) if key in RANK else len(RANK)


def due_of(site: AdminSite, projects: Project | QuerySet[Project]) -> list[Due]:
    """What public statements on one project, or on several, set a day for that lies within 90 days or has
    passed; soonest first. Four queries.

    A promise leaves with the word that ends it, a milestone with the word that it happened, a target with
    a figure stated on its day or later.
    """
    now = today()
    found = [
        Due(
            promise.commitment.project,
            promise.commitment._meta.verbose_name,
            promise.commitment,
            promise.due_on,
            promise.due_in_words,
            address_of(site, promise.commitment),
        )
        for promise in came_of(Commitment.objects.live().about(projects).select_related("project"), now)
        if promise.state in {State.SOON, State.OVERDUE}
        and promise.due_on is not None
        and not promise.commitment.is_withdrawn
    ]
    dates: Any = MilestoneDate.objects.in_force().about(projects).select_related("milestone__project")
    last: dict[int, MilestoneDate] = {}
    for each in dates.order_by("stated_on", "pk"):
        last[each.milestone_id] = each
    happened = {each.milestone_id for each in dates if each.kind == MilestoneDate.Kind.ACTUAL}
    found += [
        Due(
            each.milestone.project,
            each._meta.verbose_name,
            each.milestone,
            each.on,
            each.on_in_words,
            address_of(site, each),
        )
        for each in last.values()
        if each.milestone_id not in happened and each.on <= now + SOON
    ]
    return sorted([*found, *_targets_due(site, projects, now)], key=lambda each: each.due_on)


def _targets_due(site: AdminSite, projects: Project | QuerySet[Project], now: date) -> list[Due]:
    targets: Any = Target.objects.in_force().about(projects).select_related("indicator__project")
    last = {each.indicator_id: each for each in targets.order_by("stated_on", "pk")}
    figures: Any = Measurement.objects.in_force().about(projects)
    told = list(figures.values_list("indicator_id", "stated_on"))
    return [
        Due(
            each.indicator.project,
            each._meta.verbose_name,
            f"{each.indicator.name}: {each}",
            each.due_on,
            in_words(each.due_on, each.due_precision),
            address_of(site, each),
        )
        for each in last.values()
        if each.due_on is not None
        and each.due_on <= now + SOON
        and not any(pk == each.indicator_id and on >= each.due_on for pk, on in told)
    ]
