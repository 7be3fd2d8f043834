from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pressoffice.media.models import Document, Image
from pressoffice.publishing.admin import KnownKeysSelect, KnownKeysSelectMultiple
from projects.models import Project

from . import corrections
from .bodies import body_text, clean_body, marked_passages
from .editor import body_field
from .models import Attachment, Edition, GalleryImage, Passage

LONGEST_BODY = 500_000  # characters of HTML; a speech of two hours has about 100,000
# The sanitiser's time grows with the square of nested lists: 100,000 of them take it minutes.
MOST_TAGS = 20_000
ROWS = {"rows": 3, "class": "vLargeTextField"}


def _column(name: str) -> Any:
    return Edition._meta.get_field(name)


class Differing(NamedTuple):
    """A field that two people have written in."""

    name: str
    label: Any
    saved: str  # as it is read
    mine: str
    value: str  # what is saved, as the field takes it


class EditionForm(forms.Form):
    """The text of one edition. It saves by Edition.write(), never by itself."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    title = forms.CharField(
        label=_("Title"),
        max_length=250,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField writing__title"}),
    )
    summary = forms.CharField(
        label=_("Summary"),
        max_length=600,
        required=False,
        help_text=_("Two sentences at most: lists, feeds and search results show it."),
        widget=forms.Textarea(attrs=ROWS),
    )
    about = forms.ModelMultipleChoiceField(
        label=_("About as a whole"),
        queryset=Project.objects.all(),
        required=False,
        help_text=_("Joint projects that the whole text is about. Single words are marked in the text."),
    )
    lead_image = forms.ModelChoiceField(
        label=_("Lead picture"), queryset=Image.objects.may_be_shown(), required=False
    )
    gallery = forms.ModelMultipleChoiceField(
        label=_("Photographs for the press"),
        queryset=Image.objects.may_be_shown(),
        required=False,
        help_text=_("Under the text, to download in full size, in the order chosen here."),
    )
    attachments = forms.ModelMultipleChoiceField(
        label=_("Attachments"), queryset=Document.objects.all(), required=False
    )
    notes_to_editors = forms.CharField(
        label=_("Notes to editors"), required=False, max_length=20_000, widget=forms.Textarea(attrs=ROWS)
    )
    media_contact = forms.CharField(
        label=_("Media contact"),
        required=False,
        max_length=2_000,
        help_text=_("A named person, telephone, e-mail."),
        widget=forms.Textarea(attrs=ROWS),
    )
    embargo_until = forms.DateTimeField(
        label=_("Embargo until"),
        required=False,
        help_text=_("Bishkek time. It cannot go public before."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    change_note = forms.CharField(
        label=_("Change note"),
        required=False,
        max_length=2_000,
        help_text=_("What changed and why, for readers. It stands on the page for good."),
        widget=forms.Textarea(attrs=ROWS),
    )
    corrected = forms.CharField(
        label=_("Corrected words"),
        required=False,
        max_length=20_000,
        help_text=_(
            "One correction a line: the wrong words, an arrow (->), the right words. "
            "Readers see both beside the change note; they must stand in the two texts as you write them."
        ),
        widget=forms.Textarea(attrs={**ROWS, "rows": 2}),
    )
    is_minor = forms.BooleanField(
        label=_("Minor change"),
        required=False,
        help_text=_("A misprint, say: needs no change note and moves no public date."),
    )
    settled = forms.MultipleChoiceField(
        label=_("Project passages that changed"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick each one that you have looked at; all of them before it goes public."),
    )

    def __init__(self, data: Any = None, *, edition: Edition, site: admin.AdminSite) -> None:
        super().__init__(data, initial=self._initial(edition) if data is None else None)
        self.edition = edition
        language = edition.language
        fields = list(self.fields.items())
        fields.insert(3, ("body", body_field(language)))
        self.fields = dict(fields)
        self.fields["body"].label = _("Text")
        self.fields["body"].initial = edition.body
        for name in ("title", "summary", "notes_to_editors", "media_contact", "change_note", "corrected"):
            attrs = self.fields[name].widget.attrs
            attrs["lang"] = language
            # Browsers would cut what is pasted without a word; the form says by how much it is too long.
            attrs.pop("maxlength", None)
        self._complete("about", KnownKeysSelectMultiple(Passage._meta.get_field("project"), site))
        self._complete("lead_image", KnownKeysSelect(_column("lead_image"), site))
        self._complete("gallery", KnownKeysSelectMultiple(GalleryImage._meta.get_field("image"), site))
        self._complete("attachments", KnownKeysSelectMultiple(Attachment._meta.get_field("document"), site))
        open_ones = edition.passages_to_settle()
        if edition.base_id is None:
            del self.fields["change_note"], self.fields["is_minor"], self.fields["corrected"]
        if open_ones:
            choices: Any = self.fields["settled"]
            choices.choices = [(item.key, self._question(item)) for item in open_ones]
        else:
            del self.fields["settled"]

    @staticmethod
    def _initial(edition: Edition) -> dict[str, Any]:
        columns = ("revision", "title", "summary", "body", "lead_image", "notes_to_editors", "media_contact")
        more = ("embargo_until", "change_note", "is_minor", "settled")
        return {name: getattr(edition, name) for name in (*columns, *more)} | {
            "about": edition.about_as_a_whole(),
            "corrected": corrections.written(edition.corrected),
            "gallery": [row.image for row in edition.gallery_rows.select_related("image")],
            "attachments": list(edition.attachments.all()),
        }

    def _complete(self, name: str, widget: Any) -> None:
        field: Any = self.fields[name]
        widget.attrs["data-width"] = "100%"
        field.widget = widget
        field.widget.choices = field.choices

    @staticmethod
    def _question(item: Any) -> Any:
        if item.now_reads:
            return format_html(
                "<q>{}</q> → <q>{}</q> ({})", item.passage.exact, item.now_reads, item.passage.project
            )
        return format_html(
            "<q>{}</q>: {} ({})",
            item.passage.exact,
            _("no longer in the text; let it go"),
            item.passage.project,
        )

    def clean_body(self) -> str:
        body = self.cleaned_data["body"] or ""
        if len(body) > LONGEST_BODY or body.count("<") > MOST_TAGS:
            raise ValidationError(
                _("This text is too long for one statement: attach it as a document, or part it."),
                code="too_long",
            )
        codes = {mark.project_code for mark in marked_passages(clean_body(body))}
        unknown = codes - set(Project.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown:
            raise ValidationError(
                _("The text marks passages of projects that we do not have: %(codes)s. Mark them anew."),
                code="unknown_project",
                params={"codes": ", ".join(sorted(unknown))},
            )
        return body

    def clean_corrected(self) -> list[list[str]]:
        return corrections.read(self.cleaned_data["corrected"])

    def clean_gallery(self) -> list[Image]:
        sent: Any = self.data
        order = {value: place for place, value in enumerate(sent.getlist("gallery"))}
        return sorted(self.cleaned_data["gallery"], key=lambda image: order[str(image.pk)])

    def clean_embargo_until(self) -> datetime | None:
        until = self.cleaned_data["embargo_until"]
        if until is not None and not 1991 <= until.year <= 2100:
            raise ValidationError(_("Choose a moment between 1991 and 2100."), code="out_of_range")
        return until

    def content(self) -> dict[str, Any]:
        """What Edition.write() takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def is_saved_in(self, current: Edition) -> bool:
        """Whether `current` says all that this form says: a second click, not a second text."""
        sent = self.content()
        about, attachments, picture = sent.pop("about"), sent.pop("attachments"), sent.pop("lead_image")
        gallery = sent.pop("gallery")
        sent["body"] = clean_body(sent["body"])
        return (
            all(_column(name).to_python(value) == getattr(current, name) for name, value in sent.items())
            and picture == current.lead_image
            and set(about) == set(current.about_as_a_whole())
            and set(attachments) == set(current.attachments.all())
            and gallery == [row.image for row in current.gallery_rows.select_related("image")]
        )

    def differing(self, current: Edition) -> list[Differing]:
        """The fields in which what is saved now and this form differ."""
        found = []
        for name in ("title", "summary", "body", "notes_to_editors", "media_contact", "change_note"):
            if name in self.cleaned_data:
                value = getattr(current, name)
                saved, mine = value, self.cleaned_data[name]
                if name == "body":
                    saved, mine = body_text(saved), body_text(mine)
                if saved != mine:
                    found.append(Differing(name, self.fields[name].label, saved, mine, value))
        return found
