from django.urls import path

from . import converters, views  # noqa: F401 — the converters register themselves

app_name = "media"
urlpatterns = [
    path(
        "images/<media_token:token>/<media_ratio:ratio>-<media_width:width>.<media_image_extension:extension>",
        views.image,
        name="image",
    ),
    path(
        "documents/<media_token:token>/<slug:slug>.<media_document_extension:extension>",
        views.document,
        name="document",
    ),
]
