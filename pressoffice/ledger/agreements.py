"""What countries have signed, and the joint projects that rest on it."""

import django_filters
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pressoffice.directory.models import Country
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.gone import gone_or_missing, one_visible
from pressoffice.publishing.languages import active
from pressoffice.publishing.pages import in_every_language, never_cached, page
from pressoffice.publishing.pagination import page_of
from projects.models import Agreement


def party_choices() -> list[tuple[str, str]]:
    parties = Country.objects.filter(agreements__in=Agreement.objects.live()).distinct()
    return list(parties.by_name().values_list("code", f"name_{active()}"))


class AgreementFilter(PublicFilterSet):
    INDEXED = frozenset({"kind"})

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Agreement.Kind.choices, empty_label=_("All kinds")
    )
    country = django_filters.ChoiceFilter(
        label=_("Party"), choices=party_choices, field_name="parties", empty_label=_("All countries")
    )

    class Meta:
        model = Agreement
        fields: list[str] = []


@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    agreements = Agreement.objects.live().newest_first().select_related("amends")
    filters = AgreementFilter(
        request.GET, agreements.prefetch_related(Prefetch("parties", Country.objects.by_name()))
    )
    page_obj = page_of(request, filters.qs)
    filters.count_choices()
    return page(
        request,
        "ledger/agreement_list.html",
        {
            "filter": filters,
            "page_obj": page_obj,
            "chosen": filters.chosen(),
            "problems": filters.problems(),
            "narrowed": filters.narrowed(),
        },
        section="projects",
        urls=in_every_language(lambda: reverse("agreements:agreement-list")),
        indexed=filters.is_indexed(has_rows=bool(page_obj.object_list)),
        narrowed=filters.given(),
    )


@require_safe
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """What it is, what it amends and what amends it, and the projects that rest on it."""
    rows = Agreement.objects.filter(code=code)
    found = one_visible(request, rows).select_related("amends", "document").first()
    if found is None:
        return gone_or_missing(request, rows.first())
    parties = list(found.parties.by_name())
    page_obj = page_of(
        request,
        found.projects.live()
        .by_name()
        .select_related("lead_image")
        .with_status()
        .prefetch_related("lead_image__renditions"),
    )
    response = page(
        request,
        "ledger/agreement.html",
        {
            "agreement": found,
            "preview": not found.is_live(),
            "description": _in_a_line(found, parties),
            "parties": parties,
            "documents": [found.document] if found.document else [],
            "amendments": found.amendments.live().newest_first(),
            "page_obj": page_obj,
        },
        section="projects",
        urls=in_every_language(found.get_absolute_url),
        indexed=found.is_live() and not request.GET,
        trail=[
            (_("Agreements"), reverse("agreements:agreement-list")),
            (found.title, found.get_absolute_url()),
        ],
    )
    return response if found.is_live() else never_cached(response)


def _in_a_line(found: Agreement, parties: list[Country]) -> str:
    """Its kind, its parties and the day of signature, as far as these are known."""
    signed_on = date_format(found.signed_on) if found.signed_on else ""
    said = [str(found.get_kind_display()), ", ".join(map(str, parties)), signed_on]
    return ". ".join(filter(None, said))
