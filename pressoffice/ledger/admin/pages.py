"""Pages of the ledger's admin that are no form of one model: addresses and who may open them."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from .from_passage import from_passage
from .importing import import_projects
from .project_page import project_ledger


def ledger_pages(site: AdminSite) -> list[URLPattern]:
    """By name: `ledger_from_passage` (edition's key, position), `ledger_project` (project's code) and
    `ledger_import`."""

    def passage(request: HttpRequest, edition: int, position: int) -> HttpResponse:
        return from_passage(request, site, edition, position)

    def project(request: HttpRequest, code: str) -> HttpResponse:
        return project_ledger(request, site, code)

    def importing(request: HttpRequest) -> HttpResponse:
        return import_projects(request, site)

    return [
        path("import/", site.admin_view(importing), name="ledger_import"),
        path(
            "from-passage/<int:edition>/<int:position>/", site.admin_view(passage), name="ledger_from_passage"
        ),
        path("project/<slug:code>/", site.admin_view(project), name="ledger_project"),
    ]
