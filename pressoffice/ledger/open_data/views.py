"""The files. Each view answers for all public projects, or with a code for one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.gone import gone_or_missing
from projects.models import Project

from .as_csv import facts_as_csv, projects_as_csv
from .as_iati import as_iati, missing_for_iati
from .as_json import as_json
from .as_oc4ids import as_oc4ids, missing_for_oc4ids
from .gather import PublicProject, gather

CSV = "text/csv; charset=utf-8; header=present"
XML = "application/xml; charset=utf-8"
JSON = "application/json; charset=utf-8"

Write = Callable[[list[PublicProject]], bytes | None]
Lacks = Callable[[PublicProject], list[str]]


@require_safe
def record(request: HttpRequest, code: str = "") -> HttpResponse:
    return _file(request, code, as_json, JSON)


@require_safe
def projects_table(request: HttpRequest) -> HttpResponse:
    return _file(request, "", projects_as_csv, CSV, name="projects.csv")


@require_safe
def facts_table(request: HttpRequest, code: str = "") -> HttpResponse:
    name = f"{code}-facts.csv" if code else "facts.csv"
    return _file(request, code, facts_as_csv, CSV, name=name)


@require_safe
def iati(request: HttpRequest, code: str = "") -> HttpResponse:
    return _file(request, code, as_iati, XML, lacks=missing_for_iati)


@require_safe
def oc4ids(request: HttpRequest, code: str = "") -> HttpResponse:
    address = absolute(request.path)
    return _file(request, code, lambda found: as_oc4ids(found, address), JSON, lacks=missing_for_oc4ids)


def _file(
    request: HttpRequest,
    code: str,
    write: Write,
    content_type: str,
    *,
    name: str = "",
    lacks: Lacks | None = None,
) -> HttpResponse:
    """`lacks`: what keeps a record out of the file, for formats that not every record fits."""
    projects: Any = Project.objects.live()
    if code:
        projects = projects.filter(code=code)
    found = gather(projects)
    if code and not found:
        return gone_or_missing(request, Project.objects.filter(code=code).first())
    content = write(found)
    response: HttpResponse
    if content is None:
        sentences = _why_empty(found, lacks)
        response = HttpResponseNotFound("\n".join([*sentences, ""]), content_type="text/plain; charset=utf-8")
    else:
        response = HttpResponse(content, content_type=content_type)
        if name:
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Access-Control-Allow-Origin"] = "*"
    # As of every public page: what is withdrawn is marked for everybody at that second.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def _why_empty(found: list[PublicProject], lacks: Lacks | None) -> list[str]:
    """What every record lacks; of a single one, all that it lacks."""
    if lacks is None or not found:
        return [_("There is no public project yet.")]
    lists = [lacks(each) for each in found]
    shared = [sentence for sentence in lists[0] if all(sentence in others for others in lists)]
    if shared:
        return [_("There is no such file:"), *shared]
    return [_("No project has yet all that this standard asks for.")]
