"""The admin's page for a statement that comes as a file: choose it, see what was read, make the draft."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing.languages import active
from pressoffice.publishing.plain_text import clean_line, clean_text
from pressoffice.publishing.steps import StepRefused
from projects.models import Project

from .bodies import as_stored
from .importing import SUFFIXES, Draft, ImportRefused, create_draft, known_projects, read, with_passages
from .importing.draft import LONGEST_SUMMARY, LONGEST_TITLE, Heading, List, Paragraph, Quote, Table
from .models import Statement

SALT = "articles.import_admin"
KEPT_FOR = 24 * 60 * 60  # seconds
EARLIEST = date(1991, 8, 31)


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("Plain text, Word (.docx) or HTML, at most 5 MB. Pictures are left out."),
        widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
    )
    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    kind = forms.ChoiceField(label=_("Kind"), choices=Statement.Kind)
    form = forms.ChoiceField(label=_("Form"), choices=[("", "—"), *Statement.Form.choices], required=False)
    delivered_on = forms.DateField(
        label=_("Delivered on"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    draft: Draft

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            self.draft = read(file, file.name)
        except ImportRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from None
        return file

    def clean_delivered_on(self) -> date | None:
        day = self.cleaned_data["delivered_on"]
        if day and not EARLIEST <= day <= timezone.localdate() + timedelta(days=366):
            raise ValidationError(
                _("Choose a day between %(first)s and next year.") % {"first": date_format(EARLIEST)}
            )
        return day


class DraftForm(forms.Form):
    """What was recognised, to be put right. `kept` carries the text itself, signed."""

    kept = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=LONGEST_SUMMARY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    projects = forms.MultipleChoiceField(
        label=_("Mark the words about these projects"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("You can mark more, and unmark any, on the writing page."),
    )

    def __init__(self, *args: Any, found: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["projects"].choices = found  # type: ignore[attr-defined]
        if not found:
            del self.fields["projects"]

    def clean_title(self) -> str:
        return clean_line(self.cleaned_data["title"])

    def clean_summary(self) -> str:
        return clean_text(self.cleaned_data["summary"])


def import_statement(request: HttpRequest, site: AdminSite) -> HttpResponse:
    if not request.user.has_perm("articles.add_statement") or not request.user.has_perm(
        "articles.add_edition"
    ):
        raise PermissionDenied
    if request.method == "POST" and "kept" in request.POST:
        return _second_page(request, site)
    form = FileForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"language": active(), "kind": Statement.Kind.STATEMENT},
    )
    if request.method == "POST" and form.is_valid():
        facts = {
            "language": form.cleaned_data["language"],
            "kind": form.cleaned_data["kind"],
            "form": form.cleaned_data["form"],
            "delivered_on": form.cleaned_data["delivered_on"]
            and form.cleaned_data["delivered_on"].isoformat(),
            "body": form.draft.body,
            "counts": _counts(form.draft),
            "remarks": [str(sentence) for sentence in (*form.draft.remarks, *form.draft.left_out)],
        }
        drafted = with_passages(
            form.draft, language=facts["language"], projects=known_projects(facts["language"])
        )
        facts["remarks"] += [text for text in drafted.left_out if text not in form.draft.left_out]
        facts["found"] = list(dict.fromkeys(proposed.code for proposed in drafted.proposed))
        facts["words"] = [[proposed.code, proposed.words] for proposed in drafted.proposed]
        initial = {
            "kept": signing.dumps(facts, salt=SALT, compress=True),
            "title": form.draft.title,
            "summary": form.draft.summary,
            "projects": facts["found"],
        }
        return _shown(request, site, DraftForm(initial=initial, found=_choices(facts)), facts)
    return _page(request, site, {"form": form, "title": _("Import a statement")}, "admin/import_file.html")


def _second_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    try:
        facts = signing.loads(request.POST["kept"], salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        messages.error(request, _("Choose the file again: what was read of it is no longer there."))
        return HttpResponseRedirect(reverse("admin:articles_import"))
    form = DraftForm(request.POST, found=_choices(facts))
    if not form.is_valid():
        return _shown(request, site, form, facts)
    chosen = form.cleaned_data.get("projects", [])
    draft = Draft(form.cleaned_data["title"], form.cleaned_data["summary"], (), facts["body"])
    delivered_on = date.fromisoformat(facts["delivered_on"]) if facts["delivered_on"] else None
    try:
        if chosen:
            known = known_projects(facts["language"], only=chosen)
            draft = with_passages(draft, language=facts["language"], projects=known)
        edition = create_draft(
            draft,
            language=facts["language"],
            by=request.user,  # type: ignore[arg-type]
            kind=facts["kind"],
            form=facts["form"],
            delivered_on=delivered_on,
        )
    except (ImportRefused, StepRefused) as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, site, form, facts)
    messages.success(request, _("The draft is made. Nothing is public yet: read it, then submit it."))
    return HttpResponseRedirect(reverse("admin:articles_edition_change", args=[edition.pk]))


def _choices(facts: dict[str, Any]) -> list[tuple[str, str]]:
    projects = {project.code: project for project in Project.objects.filter(code__in=facts["found"])}
    return [
        (
            code,
            f"{projects[code].name}: {'; '.join(words for other, words in facts['words'] if other == code)}",
        )
        for code in facts["found"]
        if code in projects
    ]


def _counts(draft: Draft) -> list[int]:
    items = sum(len(block.items) for block in draft.blocks if isinstance(block, List))
    return [draft.count(Paragraph), draft.count(Heading), items, draft.count(Quote), draft.count(Table)]


def _shown(request: HttpRequest, site: AdminSite, form: DraftForm, facts: dict[str, Any]) -> HttpResponse:
    labels = [_("Paragraphs"), _("Headings"), _("Items of lists"), _("Quotations"), _("Tables")]
    context = {
        "form": form,
        "title": _("Is this what the file says?"),
        "language": facts["language"],
        "body": as_stored(facts["body"]),
        "counts": [(label, count) for label, count in zip(labels, facts["counts"], strict=True) if count],
        "remarks": facts["remarks"],
    }
    return _page(request, site, context, "admin/import_draft.html")


def _page(request: HttpRequest, site: AdminSite, context: dict[str, Any], template: str) -> HttpResponse:
    request.current_app = site.name  # type: ignore[attr-defined]
    common = {**site.each_context(request), "opts": Statement._meta}
    return TemplateResponse(request, template, {**common, **context})
