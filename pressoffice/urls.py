from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from articles import urls as articles
from articles.feeds import ProjectFeed
from articles.hash_feed import HashFeed
from pressoffice.api.pages import api_description
from pressoffice.ledger import urls as ledger

from . import everything, sitemaps, subscribe, views
from .design.views import design
from .everything import Everything

# Each feed as RSS under a name of its own, and under the same address with another ending.
feeds = [
    path(f"{place}feed.{ending}", feed, name=name + tail)
    for place, feed, name in (
        ("", Everything(everything.office), "feed"),
        ("projects/<slug:code>/", ProjectFeed(), "project-feed"),
        ("countries/<slug:code>/", Everything(everything.of_country), "country-feed"),
        ("hashes/", HashFeed(), "hash-feed"),
        ("organisations/<int:pk>/", Everything(everything.of_organisation), "organisation-feed"),
    )
    for ending, tail in (("rss", ""), ("<feed_format:form>", "-in"))
]

urlpatterns = [
    path("admin/language/", set_language, name="set-language"),
    path("admin/", admin.site.urls),
    path("media/", include("pressoffice.media.urls")),
    path("api/", include("pressoffice.api.urls")),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path(".well-known/security.txt", views.security, name="security"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    path("sitemap-events-<year:year>.xml", sitemaps.events, name="sitemap-events"),
    path("sitemap-statements-<year:year>-<month:month>.xml", sitemaps.statements, name="sitemap-statements"),
    path("sitemap-<slug:name>.xml", sitemaps.section, name="sitemap-section"),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("manifest.webmanifest", views.manifest, name="manifest"),
        path("about/", views.about, name="about"),
        path("contacts/", views.contacts, name="contacts"),
        path("accessibility/", views.accessibility, name="accessibility"),
        path("design/", design, name="design"),
        path("search/", include("pressoffice.search.urls")),
        path("archive/", include(articles.of_the_archive)),
        path("embargo/", include(articles.of_embargo)),
        path("subscribe/", subscribe.subscribe, name="subscribe"),
        path("subscribe/by-email/", include("pressoffice.alerts.urls")),
        path("api/", api_description, name="api-description"),
        path("statements/", include("articles.urls")),
        *feeds,
        path("projects/", include("pressoffice.ledger.open_data.urls")),
        path("projects/", include(ledger.projects)),
        path("promises/", include(ledger.promises)),
        path("agreements/", include(ledger.agreements)),
        path("countries/", include(ledger.countries)),
        path("organisations/", include(ledger.organisations)),
        path("events/", include("events.urls")),
        path("people/", include(articles.people)),
        path("topics/", include(articles.topics)),
    ),
]

handler400 = "pressoffice.views.bad_request"
handler403 = "pressoffice.views.forbidden"
handler404 = "pressoffice.views.not_found"
handler500 = "pressoffice.views.server_error"
