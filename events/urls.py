from django.urls import path

from pressoffice.publishing import converters  # noqa: F401 — they register themselves

from . import calendars, feeds, months, views

app_name = "events"
urlpatterns = [
    path("", views.event_list, name="event-list"),
    path("feed.rss", feeds.EventFeed(), name="feed"),
    path("feed.<feed_format:form>", feeds.EventFeed(), name="feed-in"),
    path("calendar.ics", calendars.EventCalendar(), name="calendar"),
    path("<year:year>/<month:month>/", months.month, name="month"),
    path("<slug:code>/", views.event, name="event"),
    path("<slug:code>/event.ics", calendars.OneEventCalendar(), name="event-calendar"),
]
