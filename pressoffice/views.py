from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.db.models import prefetch_related_objects
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Edition
from articles.reading import PASSAGES, spoken_of
from articles.views import statements_feed
from events.models import Event
from pressoffice.directory.models import MediaContact
from pressoffice.ledger.at_a_glance import newest_figures, promises_at_a_glance
from pressoffice.old_archive.addresses import present_address
from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import CODES, active
from pressoffice.publishing.pages import in_every_language, never_cached, page
from pressoffice.publishing.pagination import NoSuchPage
from pressoffice.publishing.structured_data import publisher, website
from pressoffice.search.nearest import nearest_statements, words_of
from projects.models import Project

from .subscribe import everything_feed

SECURITY_EXPIRES = timedelta(days=180)  # RFC 9116 asks for less than a year
LATEST = 6
COMING = 4
PROJECTS = 6
PROMISES_DUE = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    live = Edition.objects.live().in_language(active())
    newest = list(live.newest_first().for_lists().prefetch_related("lead_image__renditions")[: LATEST + 1])
    prefetch_related_objects(newest[:1], PASSAGES)
    projects = list(Project.objects.live().with_status().most_spoken_of()[:PROJECTS])
    figures = newest_figures(projects)
    return page(
        request,
        "home.html",
        {
            "lead": newest[0] if newest else None,
            "spoken": spoken_of(newest[0]) if newest else [],
            "latest": newest[1:],
            "upcoming": Event.objects.live().upcoming().with_moves()[:COMING],
            "projects": [(project, figures.get(project.pk)) for project in projects],
            "statements_in_all": live.count(),
            "projects_in_all": Project.objects.live().count(),
            "promises": promises_at_a_glance(PROMISES_DUE),
        },
        section="home",
        urls=in_every_language(lambda: reverse("home")),
        feeds=[everything_feed(), statements_feed()],
        structured=[website(), publisher()],
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
def contacts(request: HttpRequest) -> HttpResponse:
    """Whom journalists may call."""
    return page(
        request,
        "contacts.html",
        {"contacts": MediaContact.objects.listed()},
        section="about",
        urls=in_every_language(lambda: reverse("contacts")),
    )


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, after the model of the EU (Implementing Decision 2018/1523)."""
    return page(
        request,
        "accessibility.html",
        {},
        section="about",
        urls=in_every_language(lambda: reverse("accessibility")),
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Searches and the past of the site have no end, and nothing to be found that is not elsewhere."""
    lines = [
        "User-agent: *",
        *(
            f"Disallow: {path}"
            for path in ("/admin/", "/*/embargo/", "/*/search/?", "/*?*as_of=", "/*&as_of=")
        ),
        "",
        *(f"Sitemap: {absolute(reverse(name))}" for name in ("sitemap", "sitemap-news")),
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look that have read no page."""
    return HttpResponseRedirect(static("img/favicon.ico"))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """For a site that is kept on a telephone's first screen (https://www.w3.org/TR/appmanifest/)."""
    told = {
        "name": _("Press office"),
        "short_name": _("Press office"),
        "description": _("Official statements, the joint projects they speak of, and the events ahead."),
        "lang": active(),
        "dir": "ltr",
        "id": reverse("home"),
        "start_url": reverse("home"),
        "scope": "/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#a11d36",
        "icons": [
            {"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static("img/icon-maskable-512.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    response = JsonResponse(
        told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
    patch_cache_control(response, public=True, no_cache=True)
    return response


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole in the site (RFC 9116); 404 while the office has named nobody.

    It never expires by neglect: as long as the site answers, it is as fresh as the day.
    """
    if not settings.PRESSOFFICE_SECURITY_CONTACT:
        raise Http404
    today = timezone.localtime(moment.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.PRESSOFFICE_SECURITY_CONTACT}",
        f"Expires: {(today + SECURITY_EXPIRES).isoformat()}",
        f"Preferred-Languages: {', '.join(CODES)}",
        f"Canonical: {absolute(reverse('security'))}",
        "",
    ]
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
    """To where the old site's page stands now; else with the box to search in, and the public texts that are
    nearest to the words of the address."""
    if isinstance(exception, NoSuchPage):
        return _error(request, "404.html", 404, section="search", sentence=str(exception))
    if may_open_the_desk(request):
        return _error_at_the_desk(request, 404)
    if address := present_address(request.get_full_path()):
        return HttpResponsePermanentRedirect(address)
    words = words_of(request.path)
    # The box to search in stands in the middle of the page, not in its head.
    return _error(request, "404.html", 404, section="search", words=words, nearest=nearest_statements(words))


def server_error(request: HttpRequest) -> HttpResponse:
    """Without context processors or a query: whatever failed may fail again."""
    return render(None, "500.html", status=500)


def _error(
    request: HttpRequest, template: str, status: int, *, section: str = "", **context: Any
) -> HttpResponse:
    if status in {403, 404} and may_open_the_desk(request):
        return _error_at_the_desk(request, status)
    return page(
        request,
        template,
        context,
        section=section,
        urls=in_every_language(lambda: reverse("home")),
        status=status,
    )


def may_open_the_desk(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("admin:index")) and admin.site.has_permission(request)


def _error_at_the_desk(request: HttpRequest, status: int) -> HttpResponse:
    titles = {403: _("You may not open this page"), 404: _("There is no page at this address")}
    context = {**admin.site.each_context(request), "title": titles[status], "status": status}
    return never_cached(render(request, "admin/trouble.html", context, status=status))
