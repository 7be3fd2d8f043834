"""The public pages of projects and of what was promised. They stand here because they show the ledger."""

from django.urls import path

from pressoffice.publishing import converters  # noqa: F401 — they register themselves

from . import agreements as signed
from . import calendars, feeds, overviews, views

projects = (
    [
        path("", views.project_list, name="project-list"),
        path("feed.rss", feeds.ProjectListFeed(), name="feed"),
        path("feed.<feed_format:form>", feeds.ProjectListFeed(), name="feed-in"),
        path("<slug:code>/", views.project, name="project"),
        path("<slug:code>/promises.ics", calendars.ProjectCalendar(), name="project-calendar"),
    ],
    "projects",
)
promises = (
    [
        path("", overviews.promise_list, name="promise-list"),
        path("feed.rss", feeds.PromiseFeed(), name="feed"),
        path("feed.<feed_format:form>", feeds.PromiseFeed(), name="feed-in"),
        path("calendar.ics", calendars.PromiseCalendar(), name="calendar"),
    ],
    "promises",
)
agreements = (
    [
        path("", signed.agreement_list, name="agreement-list"),
        path("<slug:code>/", signed.agreement, name="agreement"),
    ],
    "agreements",
)
countries = (
    [
        path("", overviews.country_list, name="country-list"),
        path("<slug:code>/", overviews.country, name="country"),
    ],
    "countries",
)
organisations = (
    [path("<int:pk>/<slug:slug>/", overviews.organisation, name="organisation")],
    "organisations",
)
