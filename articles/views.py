from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pressoffice.publishing.gone import gone
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.pages import OWN_NAMES, FeedLink, in_every_language, never_cached, page
from pressoffice.publishing.pagination import page_of
from pressoffice.publishing.takedowns import takedown_in_force

from .filters import EditionFilter
from .models import Edition, Statement
from .reading import FOR_READING, body_of, spoken_of


def statements_feed() -> FeedLink:
    return FeedLink(_("All statements"), reverse("articles:feed"))


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    live = Edition.objects.live().in_language(active()).newest_first().for_lists()
    filters = EditionFilter(request.GET, live.prefetch_related("lead_image__renditions"))
    page_obj = page_of(request, filters.qs)
    return page(
        request,
        "articles/statement_list.html",
        {
            "filter": filters,
            "page_obj": page_obj,
            "total": page_obj.paginator.count,
            "chosen": filters.chosen(),
            "problems": filters.problems(),
        },
        section="statements",
        urls=in_every_language(lambda: reverse("articles:statement-list")),
        feeds=[statements_feed()],
        indexed=not request.GET,
    )


@require_safe
def statement(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """The edition live in the page's language. The reference finds it, the slug is a readable tail."""
    public = list(
        Edition.objects.live()
        .filter(statement__reference=reference)
        .select_related("statement")
        .order_by("language")
    )
    here = next((edition for edition in public if edition.language == active()), None)
    if here is None:
        return _not_in_this_language(request, reference, public)
    if slug != here.slug:
        return HttpResponsePermanentRedirect(here.get_absolute_url())
    return _shown(request, here.pk, public)


@require_safe
def version(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A published edition under its own address, which it keeps for life."""
    found = (
        Edition.objects.ever_live()
        .in_language(active())
        .filter(statement__reference=reference, number=number)
        .select_related("statement")
        .first()
    )
    if found is None:
        return _missing(request, reference)
    public = list(
        Edition.objects.live()
        .filter(statement=found.statement_id)
        .select_related("statement")
        .order_by("language")
    )
    return _shown(request, found.pk, public, as_version=True)


@require_safe
@login_required
def preview(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """An edition in the real page before it is public, for those who may see it."""
    found = get_object_or_404(
        Edition.objects.visible_to(request.user).select_related("statement"),
        pk=pk,
        statement__reference=reference,
    )
    if found.language != active():
        return never_cached(HttpResponsePermanentRedirect(found.get_preview_url()))
    public = list(
        Edition.objects.live()
        .filter(statement=found.statement_id)
        .select_related("statement")
        .order_by("language")
    )
    return never_cached(_shown(request, found.pk, public, as_preview=True))


def _shown(
    request: HttpRequest,
    pk: int,
    public: list[Edition],
    *,
    as_version: bool = False,
    as_preview: bool = False,
) -> HttpResponse:
    """`public`: the statement's live editions in all languages."""
    edition = (
        Edition.objects.select_related("statement__event", "lead_image", "base", "translated_from")
        .prefetch_related(*FOR_READING)
        .get(pk=pk)
    )
    current = next((other for other in public if other.language == edition.language), None)
    original = next(
        (
            other
            for other in public
            if other.language == edition.statement.original_language and other.pk != pk
        ),
        None,
    )
    event = edition.statement.event
    urls = {other.language: other.get_absolute_url() for other in public}
    context: dict[str, Any] = {
        "edition": edition,
        "statement": edition.statement,
        "speakers": edition.speakers_in_office(),
        "body": body_of(edition),
        "projects": spoken_of(edition),
        "event": event if event and event.is_live() else None,
        "other_languages": [
            {"language": other.language, "name": OWN_NAMES[other.language], "edition": other}
            for other in public
            if other.language != edition.language
        ],
        "is_translation": edition.language != edition.statement.original_language,
        "original": original if edition.language != edition.statement.original_language else None,
        "translation_is_behind": bool(
            original
            and edition.translated_from
            and (edition.translated_from.number or 0) < (original.number or 0)
        ),
        "takedown": takedown_in_force(edition.statement, language=edition.language)
        if edition.is_withdrawn
        else None,
        "corrections": _corrections(edition),
        "attachments": edition.attachments.all(),
        "preview": as_preview,
        "superseded_by": current if as_version and current and current.pk != edition.pk else None,
    }
    return page(
        request,
        "articles/statement.html",
        context,
        section="statements",
        urls={edition.language: request.path, **urls} if as_preview else urls,
        feeds=[statements_feed()],
        indexed=not (as_version or as_preview),
    )


def _corrections(edition: Edition) -> list[Edition]:
    """What readers were told of changes up to this edition, the newest first."""
    told = Edition.objects.ever_live().in_language(edition.language).filter(statement=edition.statement_id)
    if edition.number is not None:
        told = told.filter(number__lte=edition.number)
    return [
        each
        for each in told.exclude(change_note="")
        .select_related("statement", "base__statement")
        .order_by("-number")
        if not each.is_minor
    ]


def _missing(request: HttpRequest, reference: str) -> HttpResponse:
    """410 where it was public and was removed, else 404. One query, the same for drafts and for nothing."""
    removal = (
        Takedown.objects.in_force()
        .filter(
            kind=Takedown.Kind.REMOVED,
            language=active(),
            subject_type=subject_type(Statement),
            subject_id__in=Statement.objects.filter(reference=reference).values("pk"),
        )
        .first()
    )
    if removal is not None:
        return gone(request, removal)
    raise Http404


def _not_in_this_language(request: HttpRequest, reference: str, public: list[Edition]) -> HttpResponse:
    """The other languages are offered, never silently served."""
    if not public:
        return _missing(request, reference)
    if takedown := takedown_in_force(public[0].statement, language=active()):
        return gone(request, takedown)
    others = [
        {
            "language": other.language,
            "name": OWN_NAMES[other.language],
            "url": other.get_absolute_url(),
            "title": other.title,
        }
        for other in public
    ]
    return page(
        request,
        "articles/not_in_this_language.html",
        {"others": others},
        section="statements",
        urls={other.language: other.get_absolute_url() for other in public},
        status=404,
    )
