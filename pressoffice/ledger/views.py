"""The list of projects and a project's own page."""

from itertools import groupby
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pressoffice.publishing.calendars import subscription
from pressoffice.publishing.gone import gone_or_missing, one_visible
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import (
    OWN_NAMES,
    FeedLink,
    in_every_language,
    never_cached,
    page,
    with_query,
)
from pressoffice.publishing.pagination import page_of
from projects.maps import map_of, map_of_projects
from projects.models import Agreement, Participation, Place, Project

from .charts import chart_of
from .filters import ProjectFilter, today
from .gallery import documents_of, pictures_of
from .models import StatusChange
from .project_ledger import Stage, ledger_of
from .structured_data import project_data
from .timeline import Milestone, MilestoneWord, timeline

SHAPES = ("list", "table", "map")
MOST_EVENTS = 6  # ahead, and as many that are over


class Said(NamedTuple):
    edition: Any
    speakers: list[Any]
    passages: list[Any]


class Elsewhere(NamedTuple):
    language: str
    name: str
    url: str
    statements: int


class RoleGroup(NamedTuple):
    role: str
    role_label: Any
    members: list[Any]


class Shape(NamedTuple):
    """One way of showing the list, and its address with the same filters."""

    name: str
    label: str
    address: str
    is_current: bool


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """The public projects as a list, a table or a map (`?as=`)."""
    shape = request.GET.get("as", "")
    shape = shape if shape in SHAPES else SHAPES[0]
    projects = Project.objects.live().by_name().select_related("lead_image").with_status()
    if shape == "table":
        projects = projects.prefetch_related("participations__country", "participations__organisation")
    else:
        projects = projects.prefetch_related("lead_image__renditions")
    filters = ProjectFilter(request.GET, projects)
    page_obj = page_of(request, filters.qs)
    filters.count_choices()
    given, narrowed = filters.given(), filters.narrowed()
    feed = FeedLink(filters.named(_("Joint projects")), with_query(reverse("projects:feed"), given))
    return page(
        request,
        "projects/project_list.html",
        {
            "filter": filters,
            "page_obj": page_obj,
            "total": page_obj.paginator.count,
            "chosen": filters.chosen(),
            "problems": filters.problems(),
            "narrowed": narrowed,
            "totals": _totals(filters),
            "feed": feed,
            "standards": {
                "iati": settings.PRESSOFFICE_IATI_ORGANISATION,
                "oc4ids": settings.PRESSOFFICE_OC4IDS_PREFIX,
            },
            "shape": shape,
            "shapes": _shapes(filters, shape),
            "map": _map_of_all(filters) if shape == "map" else None,
        },
        section="projects",
        urls=in_every_language(lambda: reverse("projects:project-list")),
        feeds=[feed],
        indexed=filters.is_indexed(has_rows=bool(page_obj.object_list)),
        narrowed=given,
    )


def _shapes(filters: ProjectFilter, current: str) -> list[Shape]:
    labels = {"list": _("List"), "table": _("Table"), "map": _("Map")}
    found = []
    for name in SHAPES:
        shape = {} if name == "list" else {"as": name}
        address = with_query(reverse("projects:project-list"), filters.given(), **shape)
        found.append(Shape(name, labels[name], address, name == current))
    return found


def _totals(filters: ProjectFilter) -> list[tuple[Any, int]]:
    """How many of the projects that the filters leave stand where. One query."""
    counted = filters.qs.counted_by_status()
    labels = [*StatusChange.Status.choices, (None, _("No statement about its progress yet"))]
    return [(label, counted[status]) for status, label in labels if counted.get(status)]


def _map_of_all(filters: ProjectFilter) -> Any:
    """Of every project that the filters leave, not only of the page's. Two queries."""
    return map_of_projects(filters.qs.select_related(None).prefetch_related(None).prefetch_related("places"))


@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    """Where a project stands, what was promised and what came of it, and every passage that speaks of it."""
    found = (
        one_visible(request, Project.objects.filter(code=code))
        .select_related("lead_image")
        .prefetch_related(
            "lead_image__renditions",
            Prefetch("agreements", Agreement.objects.live().newest_first().select_related("amends")),
            Prefetch("places", Place.objects.order_by("pk")),
            Prefetch("participations", Participation.objects.select_related("country", "organisation")),
        )
        .first()
    )
    if found is None:
        return gone_or_missing(request, Project.objects.filter(code=code).first())
    return _shown(request, found)


def _shown(request: HttpRequest, found: Project) -> HttpResponse:
    events = found.events.live().with_moves()
    editions = found.speaking_editions().in_language(active())
    page_obj = page_of(request, editions.newest_first().prefetch_related("statement__speakers__offices"))
    passages = found.passages.live().filter(edition__in=[edition.pk for edition in page_obj])
    by_edition: dict[int, list[Any]] = {}
    for passage in passages.order_by("position"):
        by_edition.setdefault(passage.edition_id, []).append(passage)
    urls = in_every_language(found.get_absolute_url)
    feed = FeedLink(
        _("What is said about: %(project)s") % {"project": found.name},
        reverse("project-feed", args=[found.code]),
    )
    response = page(
        request,
        "projects/project.html",
        {
            "project": found,
            "preview": not found.is_live(),
            "ledger": (ledger := ledger_of(found)),
            "stages": (stages := ledger.stages()),
            "timeline": timeline(
                [_on_the_line(stage) for stage in stages],
                today(),
                day_name=date_format(today()) if getattr(request, "as_of", None) else "",
            ),
            "counted": [(counted, chart_of(counted)) for counted in ledger.counted()],
            "map": map_of(found.places.all()),
            "pictures": pictures_of(found),
            "documents": documents_of(found),
            "participations": _by_role(found),
            "agreements": found.agreements.all(),
            "page_obj": page_obj,
            "said": [
                Said(edition, edition.speakers_in_office(), by_edition.get(edition.pk, []))
                for edition in page_obj
            ],
            "elsewhere": _elsewhere(found, urls),
            "feed": feed,
            "subscription": subscription(reverse("projects:project-calendar", args=[found.code])),
            "upcoming": events.upcoming()[:MOST_EVENTS],
            "past": events.past()[:MOST_EVENTS],
        },
        section="projects",
        urls=urls,
        feeds=[feed],
        indexed=found.is_live() and not request.GET,
        trail=[
            (_("Joint projects"), reverse("projects:project-list")),
            (found.name, found.get_absolute_url()),
        ],
        structured=[project_data(found)],
    )
    return response if found.is_live() else never_cached(response)


def _on_the_line(stage: Stage) -> Milestone:
    words = [
        MilestoneWord(word.kind, word.on, word.precision, word.stated_on, word.address, word.is_withdrawn)
        for word in stage.words
    ]
    return Milestone(stage.milestone.name, words)


def _by_role(found: Project) -> list[RoleGroup]:
    order = {role: place for place, role in enumerate(Participation.Role.values)}
    rows = sorted(found.participations.all(), key=lambda row: (order[row.role], str(row)))
    return [
        RoleGroup(role, Participation.Role(role).label, [row.organisation or row.country for row in group])
        for role, group in groupby(rows, key=lambda row: row.role)
    ]


def _elsewhere(found: Project, urls: dict[str, str]) -> list[Elsewhere]:
    """Statements about it that are public in other languages but not in this one, counted by language."""
    here = found.speaking_editions().in_language(active()).values("statement")
    counted = (
        found.speaking_editions()
        .exclude(language=active())
        .exclude(statement__in=here)
        .values("language")
        .annotate(count=Count("pk"))
        .order_by("language")
    )
    return [
        Elsewhere(row["language"], OWN_NAMES[row["language"]], urls[row["language"]], row["count"])
        for row in counted
    ]
