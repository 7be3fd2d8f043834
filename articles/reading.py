"""An edition as its readers see it, in a page and in a feed."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from pressoffice.media.models import Image, Rendition
from pressoffice.publishing.addresses import absolute
from projects.models import Project

from .bodies import ShownProject, captions_in, render_body
from .models import Edition, GalleryImage, NamedInText, Passage

MOST_RELATED = 3


class SpokenOf(NamedTuple):
    project: Project
    passages: list[Passage]


# In one query, so that their number does not tell of passages about projects that are not public.
PASSAGES = Prefetch("passages", Passage.objects.select_related("project"))


def for_reading() -> tuple[Any, ...]:
    """What `spoken_of`, `body_of` and Edition.speakers_in_office read, so that none of them asks again.

    Made anew for each answer: what is public depends on the moment.
    """
    return (
        PASSAGES,
        # In one query as well, for the same reason.
        Prefetch("named", NamedInText.objects.with_standing(), to_attr="named_with_standing"),
        "in_images__image__renditions",
        "attachments",
        "lead_image__renditions",
        "statement__speakers__offices",
        "statement__topics",
        "statement__countries",
    )


def for_pages() -> tuple[Any, ...]:
    """The same with what a page and a press kit show besides."""
    return (
        *for_reading(),
        Prefetch("gallery_rows", GalleryImage.objects.select_related("image")),
        "gallery_rows__image__renditions",
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


def with_status(spoken: list[SpokenOf]) -> list[SpokenOf]:
    """The same with projects that know where they stand. Four queries, none where there is no project."""
    if not spoken:
        return []
    projects = Project.objects.live().filter(pk__in=[each.project.pk for each in spoken]).with_status()
    known = {project.pk: project for project in projects}
    return [each._replace(project=known[each.project.pk]) for each in spoken if each.project.pk in known]


class ForThePress(NamedTuple):
    image: Image
    largest: Rendition | None
    caption: str  # as it stands in the text, else what the picture shows


def gallery_of(edition: Edition) -> list[ForThePress]:
    """No query after for_pages()."""
    captions = captions_in(edition.body)
    return [
        ForThePress(image, image.largest(), captions.get(image.token) or image.alt_in())
        for image in pictures_of(edition)
    ]


def pictures_of(edition: Edition) -> list[Image]:
    """Each picture once: the first one, those in the text, those for the press. No query after
    for_pages()."""
    shown = [
        edition.lead_image,
        *(row.image for row in sorted(edition.in_images.all(), key=lambda row: row.position)),
        *(row.image for row in edition.gallery_rows.all()),
    ]
    return list({image.pk: image for image in shown if image is not None}.values())


def citation_of(edition: Edition) -> str:
    """Who said it in which office and when, as it stands behind a quote. No query after for_reading()."""
    speakers = [
        ", ".join([each.person.name, *([each.office.title] if each.office else [])])
        for each in edition.speakers_in_office()
    ]
    return ", ".join(filter(None, ["; ".join(speakers) or _("Press office"), _said_on(edition)]))


def source_of(edition: Edition) -> str:
    """The same behind words that name their speaker themselves."""
    return ", ".join(filter(None, [_("Press office"), _said_on(edition)]))


def only_speaker_of(edition: Edition) -> str:
    """The family name of the one who speaks; empty where several do, or nobody by name."""
    speakers = edition.speakers_in_office()
    return str(speakers[0].person.name).split()[-1] if len(speakers) == 1 else ""


def _said_on(edition: Edition) -> str:
    day = edition.statement.delivered_on or edition.public_since
    return date_format(day, "DATE_FORMAT") if day else ""


def related_to(edition: Edition, projects: Iterable[Project]) -> list[Edition]:
    """Public texts that share the most of these projects, or its topics where it speaks of none.

    At most MOST_RELATED, newest first where equal. Two queries.
    """
    wanted = [project.pk for project in projects]
    others = Edition.objects.live().in_language(edition.language).exclude(statement=edition.statement_id)
    if wanted:
        shared = others.filter(passages__project__in=wanted).values("pk")
        shared = shared.annotate(shared=Count("passages__project", distinct=True))
    else:
        topics = [topic.pk for topic in edition.statement.topics.all()]
        if not topics:
            return []
        shared = others.filter(statement__topics__in=topics).values("pk")
        shared = shared.annotate(shared=Count("statement__topics", distinct=True))
    nearest = [row["pk"] for row in shared.order_by("-shared", "-public_since", "-pk")[:MOST_RELATED]]
    found = {each.pk: each for each in others.filter(pk__in=nearest).for_lists()}
    return [found[pk] for pk in nearest if pk in found]


def attach_corrections(editions: Iterable[Edition]) -> None:
    """To each what was put right in its series up to it, the newest first, in `corrections`. Two queries."""
    told = (
        Edition.objects.ever_live()
        .filter(statement__in={edition.statement_id for edition in editions}, is_minor=False)
        .exclude(change_note="")
        .select_related("statement")
        .defer("body")
        .prefetch_related("note_additions")
        .order_by("-number")
    )
    series: dict[tuple[int, str], list[Edition]] = {}
    for each in told:
        series.setdefault((each.statement_id, each.language), []).append(each)
    for edition in editions:
        mine = series.get((edition.statement_id, edition.language), [])
        edition.corrections = [each for each in mine if (each.number or 0) <= (edition.number or 0)]  # type: ignore[attr-defined]


def body_of(edition: Edition, *, for_feed: bool = False) -> SafeString:
    """The body as HTML to print; `for_feed`: with absolute addresses. No query after for_reading()."""
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
            # Nothing scrolls in a feed: there it would be a stop of the keyboard for no reason.
            table_label="" if for_feed else _("Table"),
            named={
                (row.kind, row.key)
                for row in edition.named_with_standing  # type: ignore[attr-defined]
                if row.is_public
            },
            is_page=not for_feed,
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
