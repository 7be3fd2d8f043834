"""Who outside reads a text before it is public: the links of one edition."""

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pressoffice.publishing import moment
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.pages import never_cached
from pressoffice.publishing.plain_text import clean_line, no_control_characters
from pressoffice.publishing.steps import StepRefused

from .models import Edition, EmbargoLink
from .models.embargo import hour_of


class EmbargoLinkForm(forms.Form):
    recipient = forms.CharField(
        label=_("Recipient"),
        max_length=150,
        validators=[no_control_characters],
        help_text=_("A person's name: it stands on the page that they open."),
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    organisation = forms.CharField(
        label=_("Newsroom or organisation"),
        max_length=150,
        required=False,
        validators=[no_control_characters],
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"class": "vTextField"})
    )
    expires_at = forms.DateTimeField(
        label=_("The link ends at"),
        required=False,
        help_text=_("Bishkek time. Empty: when the text goes public."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    form = forms.UUIDField(widget=forms.HiddenInput)

    def clean_recipient(self) -> str:
        return clean_line(self.cleaned_data["recipient"])

    def clean_organisation(self) -> str:
        return clean_line(self.cleaned_data["organisation"])

    def clean_expires_at(self) -> datetime | None:
        at = self.cleaned_data["expires_at"]
        if at is not None and not 1991 <= at.year <= 2100:
            raise forms.ValidationError(_("Choose a moment between 1991 and 2100."))
        return at


class EmbargoLinks:
    """For the admin of editions."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/embargo/", view(self.embargo_view), name="articles_edition_embargo"),
            path(
                "<int:pk>/embargo/<int:link>/revoke/",
                view(require_POST(self.revoke_view)),
                name="articles_edition_revoke",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def may_share(self, request: HttpRequest) -> bool:
        return request.user.has_perm(Edition.permission("share"))

    def embargo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self._shared(request, pk)
        form = EmbargoLinkForm(
            request.POST if request.method == "POST" else None, initial={"form": uuid.uuid4()}
        )
        told = ""
        if request.method == "POST":
            if not self.may_share(request):
                raise PermissionDenied
            if form.is_valid():
                try:
                    link, token = EmbargoLink.objects.give(edition, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
                except StepRefused as refusal:
                    form.add_error(None, str(refusal))
                else:
                    # Here and now: after this answer nobody can tell it any more.
                    told = absolute(link.address(token))
                    form = EmbargoLinkForm(initial={"form": uuid.uuid4()})
        hour = hour_of(edition)
        may_be_given = self.may_share(request) and self._may_still_be_given(edition)
        # Before anybody is asked to fill it in; what was sent all the same is answered where it was typed.
        is_offered = may_be_given and (form.is_bound or (hour is not None and hour > moment.now()))
        links = edition.embargo_links.select_related("created_by", "revoked_by", "edition")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Embargo links"),
            "subtitle": str(edition),
            "opts": self.opts,
            "edition": edition,
            "statement": edition.statement,
            "form": form if is_offered else None,
            "told": told,
            "until": None if may_be_given and not is_offered else hour,
            "links": [
                {"row": link, "is_open": link.is_open()}
                for link in links.annotate(
                    opened=Count("openings"), last_opened=Max("openings__at")
                ).order_by("-pk")
            ],
            "may_share": self.may_share(request),
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return never_cached(TemplateResponse(request, "admin/articles/edition/embargo.html", context))

    def revoke_view(self, request: HttpRequest, pk: int, link: int) -> HttpResponse:
        edition = self._shared(request, pk)
        if not self.may_share(request):
            raise PermissionDenied
        found = edition.embargo_links.filter(pk=link).first()
        if found is None:
            raise Http404
        try:
            found.revoke(by=request.user)
        except StepRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The link is revoked: it leads nowhere any more."))
        return HttpResponseRedirect(reverse("admin:articles_edition_embargo", args=[edition.pk]))

    def _shared(self, request: HttpRequest, pk: int) -> Any:
        edition = Edition.objects.select_related("statement").filter(pk=pk).first()
        if edition is None:
            raise Http404
        if not self.has_view_permission(request, edition):  # type: ignore[attr-defined]
            raise PermissionDenied
        return edition

    @staticmethod
    def _may_still_be_given(edition: Edition) -> bool:
        begun = edition.live_from is not None and edition.live_from <= moment.now()
        return not begun and edition.state != Edition.State.DISCARDED
