"""Writing in an edition: one way in for form, import, demo and code."""

import hashlib
import json
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from articles.bodies import (
    clean_body,
    image_tokens,
    leads_to,
    marked_passages,
    without_figures,
    without_passages,
)
from pressoffice.media.models import Document, Image
from pressoffice.publishing import moment
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.plain_text import clean_line
from pressoffice.publishing.slugs import slug_of
from pressoffice.publishing.steps import StepRefused, require_permission
from projects.models import Project

from .columns import EditionColumns
from .named import derive_named
from .passages import Contribution, EditionImage, GalleryImage, Passage, PassageToSettle

if TYPE_CHECKING:
    from pressoffice.accounts.models import User

    from .edition import Edition


class EditConflict(Exception):
    """Somebody else saved in between; `current` is the edition as it is now."""

    def __init__(self, current: "Edition") -> None:
        super().__init__(f"Edition {current.pk} is at revision {current.revision}.")
        self.current = current


class EditionWriting(EditionColumns):
    class Meta(EditionColumns.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An edition is changed by write() and the steps only.")
        self._clean_content()
        super().save(*args, **kwargs)

    def write(
        self,
        *,
        by: "User",
        revision: int | None = None,
        about: list[Project] | None = None,
        attachments: list[Document] | None = None,
        gallery: list[Image] | None = None,
        taken_over: "Edition | None" = None,
        **content: Any,
    ) -> None:
        """Save the text. `about`: projects it speaks of as a whole; `gallery`: photographs in their order;
        `taken_over`: the edition of the original that this translation follows from now on; `content`: any of
        CONTENT.

        `revision` is the one the writer started from (default: the one in hand). Raises EditConflict when
        somebody saved in between, StepRefused when the edition may not be written any more or
        the writer may not write it.
        """
        require_permission(by, "articles.change_edition")
        if not set(content) <= {*self.CONTENT, "lead_image"}:
            raise TypeError(f"Not content of an edition: {sorted(set(content) - set(self.CONTENT))}")
        if any(image.is_waiting for image in (content.get("lead_image"), *(gallery or [])) if image):
            raise StepRefused(_("A picture waits for its description: describe it before a text shows it."))
        started_from = self.revision if revision is None else revision
        if "lead_image" in content:
            content["lead_image_id"] = getattr(content.pop("lead_image"), "pk", None)
        with transaction.atomic():
            current = cast("Edition", type(self)._default_manager.select_for_update().get(pk=self.pk))
            current.require_writable(by)
            if current.revision != started_from:
                raise EditConflict(current)
            for name, value in content.items():
                setattr(current, name, value)
            current._clean_content()
            if attachments is not None:
                current.attachments.set(attachments)
            if gallery is not None:
                current._set_gallery(gallery)
            if about is not None:
                current._set_about(about)
            current._derive_from_body()
            before = current.content_hash
            current.content_hash = current._hash_of_content()
            follows = self._take_over(current, taken_over, by=by)
            if current.content_hash != before or follows:
                Contribution.objects.get_or_create(edition=current, user=by)
                current.updated_at = moment.now()
                current.updated_by = by
                current.revision += 1
            values = {
                name: getattr(current, name)
                for name in (
                    *self.CONTENT,
                    "content_hash",
                    "updated_at",
                    "updated_by",
                    "revision",
                    "translated_from_id",
                )
            }
            type(self)._base_manager.filter(pk=self.pk, revision=started_from).update(**values)
        self.refresh_from_db()

    def _take_over(self, current: "Edition", original: "Edition | None", *, by: "User") -> bool:
        """Let a translation follow `original`; whether it did not before.

        Readers are told whether a translation is behind, so that claim is somebody's, and in the audit.
        """
        if original is None or current.translated_from_id == original.pk:
            return False
        newest = current.newest_original()
        if newest is None or newest.pk != original.pk:
            raise StepRefused(_("The original has changed once more: look at what is new there first."))
        current.translated_from_id = original.pk
        AuditEntry.objects.record(
            current,
            "take_over",
            by=by,
            from_state=current.state,
            to_state=current.state,
            reason=f"v{original.number}",
        )
        return True

    def newest_original(self) -> "Edition | None":
        """Of a translation: the last edition of its original that is published or scheduled. One query."""
        statement = self.statement
        if self.language == statement.original_language:
            return None
        return statement.editions.in_language(statement.original_language).last_of_series().first()

    def require_writable(self, by: "User") -> None:
        """Raises StepRefused with the reason why `by` may not write in this edition now."""
        require_permission(by, "articles.change_edition")
        if self.state == self.State.SUBMITTED and not by.has_perm("articles.approve_edition"):
            raise StepRefused(_("This text waits for a second pair of eyes. Take it back to write on."))
        if self.state == self.State.APPROVED:
            raise StepRefused(_("This text is approved and can no longer be changed. Reopen it to write on."))
        if self.state not in self.WRITABLE:
            raise StepRefused(_("This edition can no longer be changed. Start a new edition."))

    def _clean_content(self) -> None:
        self.body = clean_body(self.body)
        for name in ("title", "summary", "notes_to_editors", "media_contact", "change_note"):
            setattr(self, name, cast("Field", self._meta.get_field(name)).to_python(getattr(self, name)))
        self.corrected = [[clean_line(words) for words in pair] for pair in self.corrected]
        self.slug = slug_of(self.title, otherwise=self.language)

    def _set_about(self, projects: Any) -> None:
        self.passages.filter(exact="").delete()
        Passage.objects.bulk_create(
            Passage(edition_id=self.pk, project=project, relation=Passage.Relation.MENTIONS, position=0)
            for project in projects
        )

    def _set_gallery(self, images: Any) -> None:
        self.gallery_rows.all().delete()
        GalleryImage.objects.bulk_create(
            GalleryImage(edition_id=self.pk, image=image, position=position)
            for position, image in enumerate(dict.fromkeys(images), start=1)
        )

    def _derive_from_body(self) -> None:
        """Let the rows of passages and pictures agree with the marks in the body.

        A mark that names a project or picture we do not have becomes plain words, and an unknown
        figure goes, so mark and row always agree.
        """
        marked = marked_passages(self.body)
        projects = {
            p.code: p for p in Project.objects.filter(code__in={mark.project_code for mark in marked})
        }
        unknown = {mark.project_code for mark in marked} - set(projects)
        if unknown:
            self.body = without_passages(self.body, unknown)
            marked = marked_passages(self.body)
        tokens = image_tokens(self.body)
        images = {image.token: image for image in Image.objects.may_be_shown().filter(token__in=tokens)}
        if set(tokens) - set(images):
            self.body = without_figures(self.body, set(tokens) - set(images))
        self.passages.exclude(exact="").delete()
        # Words say more than the whole: a translation begins with what its original speaks of.
        self.passages.filter(exact="", project__in=projects.values()).delete()
        Passage.objects.bulk_create(
            Passage(
                edition_id=self.pk,
                project=projects[mark.project_code],
                relation=mark.relation,
                exact=mark.exact,
                prefix=mark.prefix,
                suffix=mark.suffix,
                lead_in=mark.lead_in,
                lead_out=mark.lead_out,
                position=mark.position,
            )
            for mark in marked
        )
        self.in_images.all().delete()
        EditionImage.objects.bulk_create(
            EditionImage(edition_id=self.pk, image=images[token], position=position)
            for position, token in enumerate((token for token in tokens if token in images), start=1)
        )

        derive_named(cast("Edition", self), leads_to(self.body))

    def _hash_of_content(self, parts: list[Any] | None = None) -> str:
        """SHA-256 of everything an approval is about. Three queries unless `parts` are given."""
        if parts is None:
            parts = [
                sorted(self.passages.filter(exact="").values_list("project__code", flat=True)),
                list(self.attachment_rows.order_by("pk").values_list("document__token", flat=True)),
            ]
            # Only where there is one: the hashes of texts from before there were galleries still hold.
            if gallery := list(self.gallery_rows.values_list("image__token", flat=True)):
                parts.append(gallery)
        content = [
            str(getattr(self, name) if getattr(self, name) is not None else "")
            for name in self.CONTENT
            if name != "corrected" or self.corrected
        ]
        return hashlib.sha256(json.dumps([content, parts], ensure_ascii=False).encode()).hexdigest()

    def _store_hash(self) -> None:
        self.content_hash = self._hash_of_content()
        type(self)._base_manager.filter(pk=self.pk).update(content_hash=self.content_hash, body=self.body)

    def about_as_a_whole(self) -> list[Project]:
        return [passage.project for passage in self.passages.filter(exact="").select_related("project")]

    def passages_to_settle(self) -> list["PassageToSettle"]:
        """Passages of the edition this one was made from that no longer stand in the text as they were.

        Somebody has to confirm that the changed words still speak of the project, or let the passage go,
        before the edition may be published.
        """
        if self.base_id is None:
            return []
        mine = list(self.passages.exclude(exact="").select_related("project"))
        kept = {(passage.project_id, passage.exact) for passage in mine}
        open_ones = []
        for old in Passage.objects.filter(edition=self.base_id).exclude(exact="").select_related("project"):
            if (old.project_id, old.exact) in kept:
                continue
            now_reads = next(
                (p.exact for p in mine if p.project_id == old.project_id and p.relation == old.relation), ""
            )
            open_ones.append(PassageToSettle(old, now_reads))
        return open_ones

    def has_unsettled_passages(self) -> bool:
        settled = set(self.settled)
        return any(item.key not in settled for item in self.passages_to_settle())
