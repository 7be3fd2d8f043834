from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Edition
from articles.views import statements_feed
from events.models import Event
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import in_every_language, never_cached, page
from pressoffice.publishing.pagination import NoSuchPage
from projects.models import Project


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    live = Edition.objects.live().in_language(active()).newest_first().for_lists()
    newest = list(live.prefetch_related("lead_image__renditions")[:7])
    projects = Project.objects.live().select_related("lead_image").prefetch_related("lead_image__renditions")
    return page(
        request,
        "home.html",
        {
            "lead": newest[0] if newest else None,
            "latest": newest[1:],
            "upcoming": Event.objects.live().upcoming()[:4],
            "projects": projects.with_status().most_spoken_of()[:6],
        },
        section="home",
        urls=in_every_language(lambda: reverse("home")),
        feeds=[statements_feed()],
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        "about.html",
        {},
        section="about",
        urls=in_every_language(lambda: reverse("about")),
        feeds=[statements_feed()],
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _error(request, "413.html", 413)
    return _error(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return never_cached(_error(request, "403.html", 403))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return never_cached(_error(request, "403_csrf.html", 403))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = str(exception) if isinstance(exception, NoSuchPage) else ""
    return _error(request, "404.html", 404, sentence=sentence)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors or a query: whatever failed may fail again."""
    return render(None, "500.html", status=500)


def _error(request: HttpRequest, template: str, status: int, **context: str) -> HttpResponse:
    if status in {403, 404} and may_open_the_desk(request):
        return _error_at_the_desk(request, status)
    return page(
        request, template, context, section="", urls=in_every_language(lambda: reverse("home")), status=status
    )


def may_open_the_desk(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index")) and admin.site.has_permission(request)


def _error_at_the_desk(request: HttpRequest, status: int) -> HttpResponse:
    titles = {403: _("You may not open this page"), 404: _("There is no page at this address")}
    context = {**admin.site.each_context(request), "title": titles[status], "status": status}
    return never_cached(render(request, "admin/trouble.html", context, status=status))
