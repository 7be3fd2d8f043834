from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import languages

from . import documents, intake, pictures
from .models import Document, Image


def with_link(error: ValidationError) -> ValidationError:
    """A refused duplicate leads to what is in the library already."""
    existing = (error.params or {}).get("existing")
    if existing is None:
        return error
    try:
        address = reverse(
            f"admin:{existing._meta.app_label}_{existing._meta.model_name}_change", args=[existing.pk]
        )
    except NoReverseMatch:
        return error
    return ValidationError(
        format_html(
            gettext("This file is in the library already: {link}. Use that one instead."),
            link=format_html('<a href="{}">{}</a>', address, existing),
        ),
        code="duplicate",
    )


class UploadForm(forms.ModelForm):
    """Takes the file of a new item. Later it never changes, since published texts show it."""

    @staticmethod
    def checked(file: UploadedFile) -> Any:
        """What the file holds, once it passed. Raises ValidationError."""
        raise NotImplementedError

    @classmethod
    def look_into(cls, file: UploadedFile) -> None:
        """Do the long work now and remember its outcome with the file."""
        try:
            file.taken = cls.checked(file)  # type: ignore[attr-defined]
        except ValidationError as error:
            file.refusal = error  # type: ignore[attr-defined]

    def clean_upload(self) -> UploadedFile:
        upload = self.cleaned_data["upload"]
        if not hasattr(upload, "taken") and not hasattr(upload, "refusal"):
            self.look_into(upload)
        try:
            if hasattr(upload, "refusal"):
                raise upload.refusal
            same: models.QuerySet = self._meta.model._default_manager.filter(checksum=upload.taken.checksum)
            intake.refuse_duplicate(same)
        except ValidationError as error:
            raise with_link(error) from error
        self.taken = upload.taken
        return upload


LARGE = {
    f"alt_{code}": forms.Textarea(attrs={"rows": 2, "lang": code, "class": "vLargeTextField"})
    for code in languages.CODES
}
LINES = {
    f"credit_{code}": forms.TextInput(attrs={"lang": code, "class": "vTextField"}) for code in languages.CODES
}


class WaitingForm(forms.ModelForm):
    """One of many pictures. Half a description is kept, and the picture waits on."""

    class Meta:
        model = Image
        fields = ["is_decorative", *LARGE, *LINES]
        widgets = {**LARGE, **LINES}

    def by_language(self) -> list[dict[str, Any]]:
        """What a template draws beside each other."""
        return [
            {"code": code, "alt": self[f"alt_{code}"], "credit": self[f"credit_{code}"]}
            for code in languages.CODES
        ]


class SameCreditForm(forms.ModelForm):
    """For all pictures that have none of their own."""

    class Meta:
        model = Image
        fields = list(LINES)
        widgets = LINES

    def _post_clean(self) -> None:
        """It is about no picture."""


class ImageForm(UploadForm):
    # The picture in whose place the new one comes; the admin sets it.
    replaced: Image | None = None

    upload = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text=_(
            "JPEG, PNG, WebP or AVIF, at most 20 MB and 40 megapixels. "
            "Place, camera and other hidden data are removed."
        ),
    )

    class Meta:
        model = Image
        fields = [
            "title",
            "is_decorative",
            *(f"alt_{code}" for code in languages.CODES),
            *(f"credit_{code}" for code in languages.CODES),
            "terms",
            "focal_x",
            "focal_y",
        ]
        widgets = {
            **LARGE,
            **LINES,
            **{
                name: forms.NumberInput(attrs={"min": 0, "max": 1, "step": "any", "data-focal": name[-1]})
                for name in ("focal_x", "focal_y")
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields and self.instance.pk is None:
            self.fields["title"].required = False
            self.fields["title"].help_text = _("For editors only. Left empty, it is the name of the file.")

    @staticmethod
    def checked(file: UploadedFile) -> pictures.Picture:
        picture = pictures.read(file)
        # Made here since nothing waits yet; remembered by the picture.
        _ = picture.kept, picture.whole
        return picture

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("title") and cleaned.get("upload"):
            cleaned["title"] = intake.title_from(cleaned["upload"].name)
        if self.replaced is not None and self.instance.pk is None:
            # Whoever comes second waits here, and then sees the first one's.
            old = Image.objects.select_for_update().get(pk=self.replaced.pk)
            after = Image.objects.filter(replaces=old).first()
            if after is not None:
                self.add_error(
                    None, _("It has been replaced already by “%(after)s”: replace that.") % {"after": after}
                )
            self.instance.replaces = old
        # One that came with many is described here as well, wholly or not at all.
        self.instance.is_waiting = False
        return cleaned


class DocumentForm(UploadForm):
    upload = forms.FileField(
        label=_("Document"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx"}),
        help_text=_("PDF or Word (.docx), at most 20 MB. Readers get the file exactly as it is."),
    )

    class Meta:
        model = Document
        fields = [f"title_{code}" for code in languages.CODES]
        widgets = {
            f"title_{code}": forms.TextInput(attrs={"lang": code, "class": "vLargeTextField"})
            for code in languages.CODES
        }

    @staticmethod
    def checked(file: UploadedFile) -> documents.Paper:
        return documents.read(file)
