from django.urls import path, register_converter

from pressoffice.media import converters as media_converters  # noqa: F401
from pressoffice.publishing import converters  # noqa: F401 — they register themselves

from . import archive, embargo, subjects, views
from .feed_weeks import FeedPart
from .feeds import ArchivedStatements, StatementFeed


class Reference:
    """A statement's reference, such as 2025-k7mf."""

    regex = r"\d{4}-[0-9a-z]{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Reference, "reference")
register_converter(FeedPart, "feed_part")

people = (
    [
        path("", subjects.person_list, name="person-list"),
        path("<slug:slug>/", subjects.person, name="person"),
    ],
    "people",
)
topics = (
    [
        path("", subjects.topic_list, name="topic-list"),
        path("<slug:slug>/", subjects.topic, name="topic"),
    ],
    "topics",
)

of_the_archive = (
    [
        path("", archive.archive, name="archive"),
        path("<year:year>/", archive.archive_of, name="year"),
        path("<year:year>/<month:month>/", archive.archive_of, name="month"),
    ],
    "archive",
)

of_embargo = (
    [
        path("<str:token>/", embargo.door, name="door"),
        path(
            "<str:token>/media/images/"
            "<media_token:image>/<media_ratio:ratio>-<media_width:width>.<media_image_extension:extension>",
            embargo.image,
            name="image",
        ),
        path(
            "<str:token>/media/documents/"
            "<media_token:document>/<slug:slug>.<media_document_extension:extension>",
            embargo.document,
            name="document",
        ),
    ],
    "embargo",
)

app_name = "articles"
urlpatterns = [
    path("", views.statement_list, name="statement-list"),
    path("feed.rss", StatementFeed(), name="feed"),
    path("feed.<feed_format:form>", StatementFeed(), name="feed-in"),
    path("feed-<feed_part:part>.rss", ArchivedStatements(), name="feed-part"),
    path("feed-<feed_part:part>.atom", ArchivedStatements(), {"form": "atom"}, name="feed-part-atom"),
    path("<reference:reference>/", views.statement, {"slug": ""}, name="statement-by-reference"),
    path("<reference:reference>/v<int:number>/", views.version, name="version"),
    path("<reference:reference>/v<int:number>/changes/", views.changes, name="changes"),
    path("<reference:reference>/share-<slug:stamp>.png", views.share_card, name="share-card"),
    path("<reference:reference>/press-kit.zip", views.press_kit, name="press-kit"),
    path("<reference:reference>/preview/<int:pk>/", views.preview, name="preview"),
    path("<reference:reference>/<slug:slug>/", views.statement, name="statement"),
]
