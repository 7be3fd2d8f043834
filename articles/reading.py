"""An edition as its readers see it, in a page and in a feed."""

from typing import NamedTuple

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from pressoffice.media.models import Image
from pressoffice.publishing.pages import absolute
from projects.models import Project

from .bodies import ShownProject, render_body
from .models import Edition, Passage


class SpokenOf(NamedTuple):
    project: Project
    passages: list[Passage]


# What `spoken_of`, `body_of` and Edition.speakers_in_office read, so that none of them asks again.
FOR_READING = (
    # In one query, so that their number does not tell of passages about projects that are not public.
    Prefetch("passages", Passage.objects.select_related("project")),
    "in_images__image__renditions",
    "attachments",
    "lead_image__renditions",
    "statement__speakers__offices",
    "statement__topics",
    "statement__countries",
)


def spoken_of(edition: Edition) -> list[SpokenOf]:
    """The public projects the edition speaks of, in the order of their first words."""
    by_project: dict[Project, list[Passage]] = {}
    for passage in sorted(edition.passages.all(), key=lambda passage: passage.position or 10**6):
        if passage.project.is_live():
            by_project.setdefault(passage.project, []).append(passage)
    return [
        SpokenOf(project, [passage for passage in passages if passage.exact])
        for project, passages in by_project.items()
    ]


def body_of(edition: Edition, *, for_feed: bool = False) -> SafeString:
    """The body as HTML to print; `for_feed`: with absolute addresses. No query after FOR_READING."""
    pictures = {row.image.token: row.image for row in edition.in_images.all()}
    with override(edition.language):
        shown = {
            passage.project.code: ShownProject(passage.project.name, passage.project.get_absolute_url())
            for passage in edition.passages.all()
            if passage.project.is_live()
        }
        return render_body(
            edition.body,
            projects=shown,
            figure=lambda token, caption: _figure(pictures.get(token), caption, for_feed=for_feed),
            origin=absolute("") if for_feed else "",
            address=absolute(edition.get_absolute_url()) if for_feed else "",
            table_label=_("Table"),
        )


def body_for_colleagues(edition: Edition) -> SafeString:
    """The body for the desk: every passage leads to its project's own page there, public or not."""
    shown = {
        project.code: ShownProject(project.name, reverse("admin:projects_project_change", args=[project.pk]))
        for project in Project.objects.filter(passages__edition=edition)
    }
    return render_body(edition.body, projects=shown, figure=_thumbnail, table_label=_("Table"))


def _thumbnail(token: str, caption: SafeString) -> str:
    return format_html(
        '<figure><img src="{}?width=960" alt="" loading="lazy"><figcaption>{}</figcaption></figure>',
        reverse("admin:media_image_thumb", args=[token]),
        caption,
    )


def _figure(image: Image | None, caption: SafeString, *, for_feed: bool) -> str:
    if image is None:
        return ""
    template = "components/figure_in_feed.html" if for_feed else "components/figure.html"
    return render_to_string(template, {"image": image, "caption": caption, "origin": absolute("")})
