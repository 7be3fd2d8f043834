"""The interface has no language prefix: its answers hold all languages."""

from datetime import date

from django.urls import path, register_converter

from pressoffice.publishing.languages import CODES

from . import description
from .answering import answers, nothing_here
from .operations import OPERATIONS, Operation


class TextLanguage:
    regex = "|".join(CODES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class IsoDay:
    regex = r"(?:19|20)\d{2}-[01]\d-[0-3]\d"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(IsoDay, "iso_day")
register_converter(TextLanguage, "text_language")

app_name = "api"
urlpatterns = [
    path("", answers(Operation("start", "", "", description.start, "Start")), name="start"),
    path(
        "openapi.json",
        answers(Operation("openapi", "openapi.json", "", description.openapi, "")),
        name="openapi",
    ),
    *(path(each.route, answers(each), name=each.name) for each in OPERATIONS),
    path("<path:path>/", nothing_here),
]
