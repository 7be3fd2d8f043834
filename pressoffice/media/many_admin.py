"""Many pictures at once: each taken by itself, all described in a row."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from pressoffice.publishing import languages

from . import intake, serving
from .forms import SameCreditForm, WaitingForm
from .models import Image

# Each takes two or three seconds, and the answer has to come before a proxy gives up.
MOST_IN_ONE_FORM = 12
MOST_IN_A_ROW = 24


@dataclass(frozen=True)
class Told:
    """What became of one file."""

    name: str
    state: str  # "taken", "known" or "refused"
    sentence: str
    address: str = ""  # of what is in the library already


class ManyAtOnce:
    """For ImageAdmin: the library's page takes many, and another page has them described."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("upload/", self.upload, "media_image_upload"),
            ("waiting/", self.waiting, "media_image_waiting"),
        ]
        mine = [path(tail, self.admin_site.admin_view(view), name=name) for tail, view, name in pages]
        return [*mine, *super().get_urls()]  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """What nobody has described, nothing shows: whoever uploaded it may think better of it."""
        if obj is not None and obj.is_waiting and obj.uploaded_by_id == request.user.pk:
            return self.has_add_permission(request)  # type: ignore[attr-defined]
        return super().has_delete_permission(request, obj)  # type: ignore[misc]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> Any:
        waiting = Image.objects.waiting_for(request.user).count()
        context = {"waiting_count": waiting, **(extra_context or {})}
        return super().changelist_view(request, context)  # type: ignore[misc]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """With JSON asked for, one file: {"state": "taken", "sentence": "…", "address": ""}."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        library = reverse("admin:media_image_changelist")
        if request.method != "POST":
            return HttpResponseRedirect(library)
        files = request.FILES.getlist("pictures")
        told = [self._take(file, request) for file in files[:MOST_IN_ONE_FORM]]
        if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
            answer: dict[str, Any] = {"state": "refused", "sentence": _("Choose a picture."), "address": ""}
            if told:
                answer = {name: getattr(told[0], name) for name in answer}
            return JsonResponse(answer, headers={"Cache-Control": serving.FOR_THIS_PERSON})
        self._say(request, told, left=len(files) - len(told))
        is_any_taken = any(each.state == "taken" for each in told)
        return HttpResponseRedirect(reverse("admin:media_image_waiting") if is_any_taken else library)

    def _take(self, file: Any, request: HttpRequest) -> Told:
        try:
            intake.take_waiting(file, by=request.user)  # type: ignore[arg-type]
        except ValidationError as error:
            existing = (getattr(error, "params", None) or {}).get("existing")
            address = reverse("admin:media_image_change", args=[existing.pk]) if existing else ""
            return Told(file.name, "known" if existing else "refused", error.messages[0], address)
        return Told(file.name, "taken", _("Taken. It waits for its description."))

    def _say(self, request: HttpRequest, told: list[Told], *, left: int) -> None:
        taken = sum(each.state == "taken" for each in told)
        if taken:
            messages.success(request, _("Pictures taken: %(count)s.") % {"count": taken})
        for each in told:
            if each.state == "known":
                words = format_html('«{}»: <a href="{}">{}</a>', each.name, each.address, each.sentence)
                messages.warning(request, words)
            elif each.state == "refused":
                messages.error(request, f"«{each.name}»: {each.sentence}")
        if left:
            sentence = _("Not taken, since at most %(limit)s go at once. Choose them again: %(left)s.")
            messages.error(request, sentence % {"limit": MOST_IN_ONE_FORM, "left": left})
        if not told:
            messages.error(request, _("Choose a picture."))

    def waiting(self, request: HttpRequest) -> HttpResponse:
        """All that wait for a description by this person, in one form."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        faulty: dict[int, WaitingForm] = {}
        same = SameCreditForm(request.POST if request.method == "POST" else None, prefix="same")
        if request.method == "POST":
            faulty = self._described(request, same)
            mine = Image.objects.waiting_for(request.user)
            unwanted = mine.filter(token=request.POST.get("delete", "")[:32]).first()
            if unwanted is not None and not faulty:
                return HttpResponseRedirect(reverse("admin:media_image_delete", args=[unwanted.pk]))
            if not faulty and not same.errors:
                tail = "waiting" if mine.exists() else "changelist"
                return HttpResponseRedirect(reverse(f"admin:media_image_{tail}"))
        found = Image.objects.waiting_for(request.user).order_by("uploaded_at", "pk")
        rows = list(found[:MOST_IN_A_ROW])
        drawn = [faulty.get(image.pk) or WaitingForm(instance=image, prefix=image.token) for image in rows]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Pictures that wait for their description"),
            "opts": self.opts,
            "forms": drawn,
            "same": same,
            "left": found.count() - len(rows),
            "codes": languages.CODES,
            "media": self.media,  # type: ignore[attr-defined]
            "has_errors": bool(faulty or same.errors),
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/media/image/waiting.html", context)

    def _described(self, request: HttpRequest, same: SameCreditForm) -> dict[int, WaitingForm]:
        """Save what is typed; whatever is complete waits no longer. Gives the forms with errors back."""
        faulty = {}
        described = missed = 0
        credit = same.cleaned_data if same.is_valid() else {}
        for token in dict.fromkeys(request.POST.getlist("picture")[: 2 * MOST_IN_A_ROW]):
            with transaction.atomic():
                mine = Image.objects.select_for_update().waiting_for(request.user)
                image = mine.filter(token=token[:32].replace("\x00", "")).first()
                if image is None:
                    missed += 1
                    continue
                form = WaitingForm(request.POST, instance=image, prefix=token)
                if not form.is_valid():
                    faulty[image.pk] = form
                    continue
                for column, words in credit.items():
                    setattr(image, column, getattr(image, column) or words)
                image.is_waiting = not image.says_enough
                image.save(update_fields=[*form.fields, "is_waiting"])
                described += not image.is_waiting
        if described:
            messages.success(request, _("Pictures described: %(count)s.") % {"count": described})
        if missed:
            sentence = _("Described or deleted in the meantime, so nothing was saved for them: %(count)s.")
            messages.warning(request, sentence % {"count": missed})
        return faulty
