from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.gone import gone
from pressoffice.publishing.languages import active
from pressoffice.publishing.models import Takedown, subject_type
from pressoffice.publishing.pages import (
    OWN_NAMES,
    FeedLink,
    in_every_language,
    never_cached,
    page,
    with_query,
)
from pressoffice.publishing.pagination import page_of
from pressoffice.publishing.periods import Standing
from pressoffice.publishing.takedowns import takedown_in_force

from .differences import changes_between
from .filters import EditionFilter, year_over
from .models import Edition, Statement
from .press_kit import kit_of
from .querysets import EditionQuerySet
from .reading import (
    body_of,
    citation_of,
    for_pages,
    gallery_of,
    only_speaker_of,
    related_to,
    source_of,
    spoken_of,
    with_status,
)
from .share_card import card_address, card_of
from .structured_data import news_article


def statements_feed() -> FeedLink:
    return FeedLink(_("All statements"), reverse("articles:feed"))


@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    live = Edition.objects.live().in_language(active()).newest_first().for_lists()
    filters = EditionFilter(request.GET, live.prefetch_related("lead_image__renditions"))
    page_obj = page_of(request, filters.qs)
    filters.count_choices()
    given, narrowed = filters.given(), filters.narrowed()
    feed = FeedLink(
        filters.named(_("Statements")) if given else _("All statements"),
        with_query(reverse("articles:feed"), given),
    )
    return page(
        request,
        "articles/statement_list.html",
        {
            "filter": filters,
            "page_obj": page_obj,
            "total": page_obj.paginator.count,
            "chosen": filters.chosen(),
            "problems": filters.problems(),
            "narrowed": narrowed,
            "feed": feed,
            "year_over": year_over(given),
        },
        section="statements",
        urls=in_every_language(lambda: reverse("articles:statement-list")),
        feeds=[feed, statements_feed()] if given else [feed],
        indexed=filters.is_indexed(has_rows=bool(page_obj.object_list)),
        narrowed=given,
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
        return HttpResponsePermanentRedirect(with_query(here.get_absolute_url(), request.GET.dict()))
    return shown(request, here.pk, public)


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
    return shown(request, found.pk, public, as_version=True)


@require_safe
def changes(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What an edition says otherwise than the one before it, for whoever may read both."""
    found = (
        Edition.objects.ever_live()
        .in_language(active())
        .filter(statement__reference=reference, number=number, base__in=Edition.objects.ever_live())
        .select_related("statement", "base__statement", "lead_image", "base__lead_image")
        .prefetch_related("note_additions")
        .first()
    )
    if found is None:
        return _missing(request, reference)
    return page(
        request,
        "articles/changes.html",
        {"edition": found, "changes": changes_between(found.base, found)},
        section="statements",
        urls={found.language: request.path},
        indexed=False,
    )


@require_safe
def press_kit(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Text, photographs and documents of the edition in force as one ZIP file; none of a withdrawn text."""
    found = (
        Edition.objects.live()
        .in_language(active())
        .filter(statement__reference=reference, standing=Standing.IN_FORCE)
        .select_related("statement__contact", "lead_image")
        .prefetch_related(*for_pages())
        .first()
    )
    if found is None:
        return _missing(request, reference)
    kit = kit_of(found)
    headers = {"ETag": f'"{kit.checksum[:32]}"', "X-Robots-Tag": "noindex"}
    # What is in it is compressed already, and compressing it once more would change its ETag.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    answer: HttpResponseBase | None = get_conditional_response(
        request, etag=headers["ETag"], response=HttpResponse(headers=headers)
    )
    if answer is None or answer.status_code == 200:
        name = f"{reference}-{found.language}.zip"
        if request.method == "HEAD":
            answer = HttpResponse(content_type="application/zip", headers=headers)
        else:
            answer = FileResponse(kit.written(), as_attachment=True, filename=name, headers=headers)
            answer.headers["Content-Type"] = "application/zip"
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


@require_safe
def share_card(request: HttpRequest, reference: str, stamp: str) -> HttpResponse:
    """The picture for links to the text in force. Under its address stands one picture; the addresses it had
    with other words, which are in what was shared before, lead to it while the text is public."""
    found = (
        Edition.objects.live()
        .in_language(active())
        .filter(statement__reference=reference)
        .select_related("statement")
        .prefetch_related("statement__speakers__offices")
        .first()
    )
    card = card_of(found) if found is not None else None
    if found is None or card is None:
        return _missing(request, reference)
    if card.stamp != stamp:
        moved = HttpResponseRedirect(card_address(found, card))
        patch_cache_control(moved, public=True, max_age=300)
        return moved
    headers = {"ETag": f'"{stamp}"'}
    answer = get_conditional_response(request, etag=headers["ETag"], response=HttpResponse(headers=headers))
    if answer is None or answer.status_code == 200:
        content = b"" if request.method == "HEAD" else card.drawn()
        answer = HttpResponse(content, content_type="image/png", headers=headers)
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


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
    return never_cached(shown(request, found.pk, public, as_preview=True))


def shown(
    request: HttpRequest,
    pk: int,
    public: list[Edition],
    *,
    as_version: bool = False,
    as_preview: bool = False,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """An edition in its page. `public`: the statement's live editions in all languages; `more`: what the page
    says besides."""
    edition = (
        Edition.objects.select_related(
            "statement__event", "statement__contact", "lead_image", "base", "translated_from"
        )
        .prefetch_related(*for_pages())
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
    projects = with_status(spoken_of(edition))
    told = _told_of(edition)
    pictures = gallery_of(edition)
    urls = {other.language: other.get_absolute_url() for other in public}
    is_current = current is not None and current.pk == pk
    # In the past another one stood under that address, or none.
    card = card_address(edition, card_of(edition)) if is_current and not request.as_of else ""  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "edition": edition,
        "statement": edition.statement,
        "speakers": edition.speakers_in_office(),
        "body": body_of(edition),
        "projects": projects,
        "event": event if event and event.is_live() else None,
        "texts": [
            {
                "language": other.language,
                "name": OWN_NAMES[other.language],
                "edition": other,
                "is_original": other.language == edition.statement.original_language,
                "is_here": other.language == edition.language,
            }
            for other in public
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
        "corrections": [each for each in told if each.change_note and not each.is_minor],
        "versions": told,
        "attachments": edition.attachments.all(),
        "pictures": pictures,
        "citation": citation_of(edition),
        "source": source_of(edition),
        "only_speaker": only_speaker_of(edition),
        "address": absolute(edition.get_absolute_url()),
        "card": card,
        "has_press_kit": is_current and not edition.is_withdrawn,
        "related": related_to(edition, [each.project for each in projects]),
        "preview": as_preview,
        "as_version": as_version,
        "superseded_by": current if as_version and current and current.pk != edition.pk else None,
        "corrected_since": _corrected_since(edition) if as_version else [],
        **(more or {}),
    }
    return page(
        request,
        "articles/statement.html",
        context,
        section="statements",
        urls={edition.language: request.path, **urls} if as_preview else urls,
        feeds=[statements_feed()],
        indexed=not (as_version or as_preview),
        trail=[(_("Statements"), reverse("articles:statement-list")), (edition.title, request.path)],
        structured=[
            news_article(
                edition,
                speakers=context["speakers"],
                projects=[each.project for each in projects],
                corrections=context["corrections"],
                texts=[other for other in public if other.language != edition.language],
                images=[card, *(each.largest.get_absolute_url() for each in pictures if each.largest)],
            )
        ]
        if is_current
        else [],
    )


def _told_of(edition: Edition) -> list[Edition]:
    """The public editions of its series up to this one, the newest first. One query."""
    told = Edition.objects.ever_live().in_language(edition.language).filter(statement=edition.statement_id)
    if edition.number is not None:
        told = told.filter(number__lte=edition.number)
    return list(_for_notes(told).order_by("-number"))


def _for_notes(editions: EditionQuerySet) -> EditionQuerySet:
    """With what a list of corrections shows. One query more."""
    light = editions.select_related("statement", "base__statement").defer("body", "base__body")
    return light.prefetch_related("note_additions")


def _corrected_since(edition: Edition) -> list[Edition]:
    """What later public editions say they put right, the newest first. Two queries."""
    later = Edition.objects.ever_live().in_language(edition.language).filter(statement=edition.statement_id)
    later = later.filter(number__gt=edition.number or 0, is_minor=False).exclude(change_note="")
    return list(_for_notes(later).order_by("-number"))


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
