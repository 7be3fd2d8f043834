"""An edition's way to its readers, and back."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from articles import corrections
from articles.bodies import body_text
from articles.chain import hash_of, record_of
from articles.language_truth import Place
from pressoffice.publishing import events, moment
from pressoffice.publishing.models import AuditEntry, Takedown
from pressoffice.publishing.periods import FAR_FUTURE, Standing
from pressoffice.publishing.steps import StepRefused, Steps, require_permission, require_reason
from pressoffice.publishing.takedowns import lift, take_down
from projects.models import Project

from .between_languages import BetweenLanguages, Difference, refusal_of
from .passages import ChangeNoteAddition
from .statement import Statement
from .writing import EditionWriting

if TYPE_CHECKING:
    from pressoffice.accounts.models import User

    from .edition import Edition

UNSETTLED = _("Some project passages have changed: confirm each of them or let it go.")


class EditionSteps(BetweenLanguages, Steps, EditionWriting):
    class Meta(EditionWriting.Meta):
        abstract = True

    def why_not_by(self, by: "User") -> list[Any]:
        """Sentences about why `by` could not publish this text as it stands, whatever it says. One query."""
        if not by.has_perm("articles.publish_edition"):
            return [_("Your role does not include its publication.")]
        if self.contributions.filter(user=by).exists():
            return [_("You wrote in this text: somebody else must publish it.")]
        return [] if self.state == self.State.APPROVED else [_("Only an approved edition can be published.")]

    def why_not_public(self, at: datetime, *, along_with: Collection[Project] = ()) -> list[Any]:
        """Sentences about what stands between this text and its publication at `at`. The same checks at
        scheduling and at publishing; at most four queries. `along_with`: projects that go public with it."""
        return [sentence for sentence, _place in self.missing(at, along_with=along_with)]

    def missing(
        self, at: datetime, *, along_with: Collection[Project] = ()
    ) -> list[tuple[Any, Place | None]]:
        """The same, each with the place where it is put right."""
        found: list[tuple[Any, Place | None]] = []
        if not self.title:
            found.append((_("The title is missing."), Place("title")))
        if not self.summary:
            found.append((_("The summary is missing."), Place("summary")))
        if not body_text(self.body):
            found.append((_("The text is missing."), Place("body")))
        if self.base_id and not self.is_minor and not self.change_note:
            sentence = _("Say in the change note what changed, or mark the change as minor.")
            found.append((sentence, Place("change_note")))
        found.extend(
            (sentence, Place("corrected")) for sentence in corrections.why_not(cast("Edition", self))
        )
        if self.embargo_until and at < self.embargo_until:
            sentence = _("It cannot go public before the end of its embargo.")
            found.append((sentence, Place("embargo_until")))
        if self.has_unsettled_passages():
            found.append((UNSETTLED, Place("settled")))
        hidden = (
            Project.objects.filter(passages__edition=self.pk)
            .exclude(pk__in=Project.objects.live(at))
            .exclude(pk__in=[project.pk for project in along_with])
            .distinct()
        )
        sentence = _("The project “%(project)s” is not public then: publish it first.")
        found.extend((sentence % {"project": project.name}, None) for project in hidden)
        return found

    def submit(self, *, by: "User") -> None:
        require_permission(by, "articles.submit_edition")
        if not self.title or not body_text(self.body):
            raise StepRefused(_("Write a title and a text first."))
        if self.has_unsettled_passages():
            # Whoever approves could not settle them: that would be writing.
            raise StepRefused(UNSETTLED)
        self._take_step("submit", {self.State.DRAFT}, self.State.SUBMITTED, by=by, submitted_by=by)

    def take_back(self, *, by: "User") -> None:
        """The one who submitted it wants to write on."""
        self._take_step(
            "take_back",
            {self.State.SUBMITTED},
            self.State.DRAFT,
            by=by,
            only=Q(submitted_by=by),
            submitted_by=None,
        )

    def send_back(self, *, by: "User", reason: str) -> None:
        require_permission(by, "articles.approve_edition")
        self._take_step(
            "send_back",
            {self.State.SUBMITTED, self.State.APPROVED},
            self.State.DRAFT,
            by=by,
            reason=require_reason(reason),
            submitted_by=None,
            **self._no_approval(),
        )

    def approve(self, *, by: "User", content_hash: str = "", accepted: str = "") -> None:
        """`content_hash`: of the text `by` has read (default: of the one in hand); `accepted`: its
        accepted_hash() then. Nobody approves what they wrote, nor a text that changed after they read it."""
        require_permission(by, "articles.approve_edition")
        read = content_hash or self.content_hash
        with transaction.atomic():
            # Whoever waves a difference through waits, or was first and is seen here.
            Statement.objects.select_for_update().get(pk=self.statement_id)
            if accepted and accepted != self.accepted_hash():
                raise StepRefused(
                    _("A difference between the languages was waved through meanwhile. Look at it first.")
                )
            self._take_step(
                "approve",
                {self.State.SUBMITTED},
                self.State.APPROVED,
                by=by,
                only=Q(content_hash=read),
                unless=Q(contributions__user=by),
                approved_by=by,
                approved_at=moment.now(),
                approved_hash=read,
            )

    def reopen(self, *, by: "User") -> None:
        """Write on after approval; the approval is void."""
        require_permission(by, "articles.change_edition")
        self._take_step(
            "reopen", {self.State.APPROVED}, self.State.DRAFT, by=by, submitted_by=None, **self._no_approval()
        )

    def publish(self, *, by: "User", at: datetime | None = None) -> None:
        """Make this edition public from `at` (aware; default: now) and end its predecessor then.

        Raises StepRefused, with a sentence for the editor, if it is not approved as it stands, if `by`
        wrote any of it, if something is missing, or if it says otherwise than its other languages and
        nobody has waved that through.
        """
        require_permission(by, "articles.publish_edition")
        self._publish(
            "publish",
            {self.State.APPROVED},
            by=by,
            at=at,
            only=Q(approved_hash=F("content_hash")),
            unless=Q(contributions__user=by),
        )

    def publish_urgently(self, *, by: "User", reason: str) -> None:
        """Public at once, without a second pair of eyes; flagged until somebody else has looked at it."""
        require_permission(by, "articles.publish_urgently_edition")
        self._publish(
            "publish_urgently",
            set(self.UNPUBLISHED),
            by=by,
            at=None,
            reason=require_reason(reason),
            is_urgent=True,
        )

    def _publish(self, step: str, sources: set, *, by: "User", at: datetime | None, **rule: Any) -> None:
        with transaction.atomic():
            # One publication at a time per statement: the chain of editions has one end.
            Statement.objects.select_for_update().get(pk=self.statement_id)
            begin = max(at or moment.now(), moment.now())
            differences: list[Difference] = []
            # What is hashed below is what goes public: nobody writes on in between.
            self._lock()
            self.refresh_from_db()
            if self.state in sources:
                missing = self.why_not_public(begin)
                differences = self.open_differences()
                if differences and not rule.get("is_urgent"):
                    missing.append(refusal_of(differences))
                if missing:
                    raise StepRefused(" ".join(str(sentence) for sentence in missing))
                self._end_predecessor(begin)
            number = ((self.base.number or 0) if self.base else 0) + 1
            previous = self.base.public_hash if self.base else ""
            record = record_of(self, previous=previous, number=number, begin=begin)
            self._take_step(
                step,
                sources,
                self.State.PUBLISHED,
                by=by,
                tell=events.published,
                live_from=begin,
                number=number,
                public_hash=hash_of(record),
                public_since=self.base.public_since if self.base else begin,
                revised_at=self._revised_at(begin),
                published_by=by,
                **rule,
            )
            if rule.get("is_urgent") and differences:
                # What is urgent goes out all the same; whoever takes the second look finds it noted.
                AuditEntry.objects.record(
                    self,
                    "note_differences",
                    by=by,
                    from_state=self.state,
                    to_state=self.state,
                    reason="; ".join(dict.fromkeys(map(str, differences))),
                )

    def _revised_at(self, begin: datetime) -> datetime | None:
        if self.base is None:
            return None
        return self.base.revised_at if self.is_minor else begin

    def _end_predecessor(self, begin: datetime) -> None:
        if self.base_id is None:
            return
        ended = (
            type(self)
            ._base_manager.filter(
                pk=self.base_id, live_until=FAR_FUTURE, live_from__lt=begin, standing=Standing.IN_FORCE
            )
            .update(live_until=begin)
        )
        if not ended:
            raise StepRefused(_("The edition this one was made from has been replaced or taken down since."))

    def cancel_publication(self, *, by: "User") -> None:
        """Back to approved, as long as its moment has not come; the edition before it stays."""
        require_permission(by, "articles.publish_edition")
        with transaction.atomic():
            Statement.objects.select_for_update().get(pk=self.statement_id)
            self._take_step(
                "cancel_publication",
                {self.State.PUBLISHED},
                self.State.APPROVED,
                by=by,
                only=Q(live_from__gt=moment.now()),
                live_from=None,
                number=None,
                public_hash="",
                public_since=None,
                revised_at=None,
                published_by=None,
            )
            if self.base_id:
                type(self)._base_manager.filter(pk=self.base_id).update(live_until=FAR_FUTURE)

    def second_look(self, *, by: "User") -> None:
        """Somebody who neither wrote nor published an urgent edition has read it."""
        require_permission(by, "articles.approve_edition")
        self._take_step(
            "second_look",
            {self.State.PUBLISHED},
            self.State.PUBLISHED,
            by=by,
            only=Q(is_urgent=True, second_look_by__isnull=True),
            unless=Q(contributions__user=by) | Q(published_by=by),
            second_look_by=by,
        )

    def add_to_note(self, *, by: "User", text: str) -> None:
        """Add words to the change note that readers have seen. What it said before stays above them."""
        require_permission(by, "articles.publish_edition")
        text = require_reason(text)
        with transaction.atomic():
            self._take_step(
                "add_to_note",
                {self.State.PUBLISHED},
                self.State.PUBLISHED,
                by=by,
                reason=text,
                only=Q(live_from__lte=moment.now()) & ~Q(change_note="") & ~Q(standing=Standing.REMOVED),
            )
            ChangeNoteAddition.objects.create(edition_id=self.pk, text=text, by=by, at=moment.now())

    def discard(self, *, by: "User") -> None:
        """Let a draft go. Whoever began it may; anybody else needs the permission."""
        self._take_step(
            "discard",
            set(self.UNPUBLISHED),
            self.State.DISCARDED,
            by=by,
            only=self._discardable(by),
            **self._no_approval(),
        )

    def may_be_discarded(self, *, by: "User") -> bool:
        """Whether discard() would let `by`. One query for whoever has no permission to discard any."""
        rule = self._discardable(by)
        return rule is None or type(self)._base_manager.filter(rule, pk=self.pk).exists()

    def _discardable(self, by: "User") -> Q | None:
        if by.has_perm("articles.discard_edition"):
            return None
        return Q(created_by=by, state=self.State.DRAFT)

    def withdraw(self, *, by: "User", reason: str) -> None:
        """Say publicly that this text no longer holds. It stays readable under a notice with the reason."""
        require_permission(by, "articles.withdraw_edition")
        self._take_series_down(Takedown.Kind.WITHDRAWN, "withdraw", by=by, reason=reason)

    def remove(self, *, by: "User", reason: str, redirect_to: str = "") -> None:
        """Take this text, with its older editions, off the site: its addresses answer 410 with the reason,
        or lead to `redirect_to` (an address on this site)."""
        require_permission(by, "articles.remove_edition")
        self._take_series_down(Takedown.Kind.REMOVED, "remove", by=by, reason=reason, redirect_to=redirect_to)

    def restore(self, *, by: "User", reason: str) -> None:
        """Lift the takedown of this text. The reason is the office's: readers are not told."""
        require_permission(
            by,
            "articles.remove_edition" if self.standing == Standing.REMOVED else "articles.withdraw_edition",
        )
        reason = require_reason(reason)
        with transaction.atomic():
            lift(self.statement, by=by, language=self.language)
            self._take_step(
                "restore",
                {self.State.PUBLISHED},
                self.State.PUBLISHED,
                by=by,
                reason=reason,
                only=Q(standing=self.standing),
                tell=events.published,
                standing=Standing.IN_FORCE,
            )
            self._whole_series().update(standing=Standing.IN_FORCE)

    def _take_series_down(
        self, kind: str, step: str, *, by: "User", reason: str, redirect_to: str = ""
    ) -> None:
        with transaction.atomic():
            # Waits for a publication under way, so that no edition of the series slips past the takedown.
            Statement.objects.select_for_update().get(pk=self.statement_id)
            if self._whole_series().filter(live_from__gt=moment.now()).exists():
                raise StepRefused(_("The next edition is scheduled. Cancel its publication first."))
            take_down(
                self.statement, kind, by=by, reason=reason, redirect_to=redirect_to, language=self.language
            )
            self._take_step(
                step,
                {self.State.PUBLISHED},
                self.State.PUBLISHED,
                by=by,
                only=Q(live_from__lte=moment.now(), standing=Standing.IN_FORCE),
                reason=reason,
                tell=events.withdrawn,
                standing=kind,
            )
            self._whole_series().update(standing=kind)

    def _whole_series(self) -> models.QuerySet:
        return type(self)._base_manager.filter(
            statement=self.statement_id, language=self.language, state=self.State.PUBLISHED
        )

    @staticmethod
    def _no_approval() -> dict[str, Any]:
        return {"approved_by": None, "approved_at": None, "approved_hash": ""}

    def _refusal(self, step: str, *, by: "User") -> Any:
        wrote = self.contributions.filter(user=by).exists()
        if step == "approve" and self.state == self.State.SUBMITTED:
            if wrote:
                return _("You wrote in this text: somebody else must approve it.")
            return _("The text was changed after you opened it. Read it again, then approve it.")
        if step == "publish" and self.state == self.State.APPROVED and wrote:
            return _("You wrote in this text: somebody else must publish it.")
        if step in {"publish", "publish_urgently"} and self.state == self.State.PUBLISHED:
            if self.is_scheduled():
                return _("Its publication is scheduled already. Cancel that first to choose another moment.")
            return _("Somebody has published this edition already.")
        if step == "publish":
            return _("Only an approved edition can be published.")
        if step == "cancel_publication" and self.state == self.State.PUBLISHED:
            return _(
                "This edition is public already. Withdraw it with a reason, or correct it by a new edition."
            )
        if step == "add_to_note":
            return _("Only a change note that readers can see is added to.")
        if step == "second_look":
            return _("The second look must be somebody else's than the writer's and the publisher's.")
        if step == "take_back" and self.state == self.State.SUBMITTED:
            return _("Only the one who submitted this text can take it back.")
        if step == "discard" and self.state in self.UNPUBLISHED:
            return _("This draft is somebody else's. Ask an editor to discard it.")
        return super()._refusal(step, by=by)
