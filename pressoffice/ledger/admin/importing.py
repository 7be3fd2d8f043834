"""The admin's page for projects that come as a file: choose it, read what would be made, let it be made."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from pressoffice.ledger.importing import (
    LARGEST_FILE,
    SUFFIXES,
    ImportRefused,
    Record,
    Report,
    bring_in,
    read,
    sentences,
)
from pressoffice.media.storage import library, random_name
from projects.models import Project

SALT = "pressoffice.ledger.admin.importing"
KEPT_FOR = 12 * 60 * 60  # seconds; sweep_media deletes what is older than a day


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=format_lazy(
            _("JSON or CSV as this site gives them out, or IATI activities (XML), at most {megabytes} MB."),
            megabytes=LARGEST_FILE // 1024 // 1024,
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    without_facts = forms.BooleanField(
        label=_("Without facts"),
        required=False,
        help_text=_(
            "Only the projects themselves. A fact can come along only if its statement is here and speaks of "
            "the project."
        ),
    )
    sector = forms.ChoiceField(
        label=_("Sector of projects that name none"),
        choices=[("", "—"), *Project.Sector.choices],
        required=False,
    )

    record: Record

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            self.record = read(file, file.name)
        except ImportRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from None
        return file


def import_projects(request: HttpRequest, site: AdminSite) -> HttpResponse:
    user: Any = request.user
    if not user.has_perm("projects.add_project"):
        raise PermissionDenied
    if request.method == "POST" and "kept" in request.POST:
        return _carried_out(request, site)
    posted = request.method == "POST"
    form = ImportForm(request.POST if posted else None, request.FILES if posted else None)
    if not posted or not form.is_valid():
        return _page(request, site, form)
    file = form.cleaned_data["file"]
    asked = {"without_facts": form.cleaned_data["without_facts"], "sector": form.cleaned_data["sector"]}
    report = bring_in(form.record, by=user, name=file.name, dry_run=True, **asked)
    kept = ""
    if report.made and not report.problems:
        file.seek(0)
        stored = library.save(random_name("imports", PurePath(file.name).suffix.lower()[1:]), file)
        kept = signing.dumps([user.pk, stored, file.name, asked], salt=SALT)
    return _page(request, site, form, report, kept)


def _carried_out(request: HttpRequest, site: AdminSite) -> HttpResponse:
    again = HttpResponseRedirect(reverse("admin:ledger_import"))
    user: Any = request.user
    try:
        pk, stored, name, asked = signing.loads(request.POST["kept"], salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        pk, stored, name, asked = None, "", "", {}
    if pk != user.pk or not library.exists(stored):
        messages.error(request, _("Choose the file again: what was read of it is no longer there."))
        return again
    with library.open(stored) as file:
        record = read(file, name)
    report = bring_in(record, by=user, name=name, **asked)
    library.delete(stored)
    if report.problems:
        # Somebody has changed something since the report.
        return _page(request, site, ImportForm(), report)
    for sentence in sentences(report):
        messages.success(request, sentence)
    return HttpResponseRedirect(reverse("admin:projects_project_changelist"))


def _page(
    request: HttpRequest, site: AdminSite, form: ImportForm, report: Report | None = None, kept: str = ""
) -> HttpResponse:
    request.current_app = site.name  # type: ignore[attr-defined]
    refused = bool(form.errors or (report and report.problems))
    context = {
        **site.each_context(request),
        "opts": Project._meta,
        "title": _("Import projects"),
        "form": form,
        "report": report,
        "sentences": sentences(report) if report else [],
        "kept": kept,
        "file_name": form.cleaned_data["file"].name if kept else "",
    }
    status = 422 if refused else 200
    return TemplateResponse(request, "admin/ledger/import.html", context, status=status)
