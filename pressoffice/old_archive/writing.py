"""Bringing an old archive in: many items at a time, each of them whole or not at all."""

import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.chain import hash_of, record_of
from articles.models import Edition, Passage, Statement
from events.models import Event
from pressoffice.directory.models import Topic
from pressoffice.publishing import moment
from pressoffice.publishing.models import BRING_IN, AuditEntry, subject_type
from pressoffice.search.indexing import index, index_new
from projects.models import Project

from . import unsaved
from .items import Refused, TextItem
from .models import BroughtIn
from .named import Named

if TYPE_CHECKING:
    from pressoffice.accounts.models import User


@dataclass
class Report:
    """How many came in, were there from an earlier run, or were refused; and what of an item was left out.
    `reasons`: where what was refused stands, and why."""

    made: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    reasons: list[tuple[str, str]] = field(default_factory=list)


Asked = tuple[str, Any]  # where it stands in the archive, and the item


class Writer:
    """Writes items of one archive. `refuse(where, sentence)` is told of each that does not come in."""

    def __init__(self, archive: str, *, by: "User", refuse: Callable[[str, str], None]) -> None:
        self.archive = archive
        self.by = by
        self.report = Report()
        self._refuse = refuse
        self._seen: set[tuple[str, str]] = set()
        self._now = Report()  # of the items that are being written

    def refuse(self, kind: str, where: str, sentence: str) -> None:
        self._now.refused[kind] += 1
        self._now.reasons.append((where, sentence))

    def write(self, kind: str, asked: list[Asked]) -> None:
        """In one transaction; where the database refuses, each by itself: only what is wrong stays out."""
        write = {
            "topics": self._write_topics,
            "projects": self._write_projects,
            "events": self._write_events,
            "statements": self._write_texts,
        }[kind]
        before, self._now = self._now, Report()
        try:
            with transaction.atomic():
                self._now.made[kind] += write(asked)
        except IntegrityError as trouble:
            self._now = before
            if len(asked) > 1:
                for each in asked:
                    self.write(kind, [each])
                return
            self.refuse(kind, asked[0][0], _("The database refuses it: %(reason)s.") % {"reason": trouble})
        else:
            self._now.reasons = before.reasons + self._now.reasons
            self._now.refused += before.refused
        self.settle()

    def settle(self) -> None:
        """What was found out so far is told."""
        for name in ("made", "there", "refused", "left_out"):
            getattr(self.report, name).update(getattr(self._now, name))
        for where, sentence in self._now.reasons:
            self._refuse(where, sentence)
        self._now = Report()

    # --- what is new -----------------------------------------------------------------------------

    def _new(self, what: str, kind: str, asked: list[Asked]) -> list[Asked]:
        """Without those of an earlier run, those that the archive holds twice, and those whose old address
        leads to something else already. Two queries."""
        keys = {item.key for _where, item in asked}
        there = set(self._brought_in(what, keys).values_list("key", flat=True))
        paths = [item.old_path for _where, item in asked if item.old_path and item.key not in there]
        led = set(BroughtIn.objects.filter(old_path__in=paths).values_list("old_path", flat=True))
        new: list[Asked] = []
        for where, item in asked:
            if item.key in there:
                if (what, item.key) in self._seen:
                    self.refuse(kind, where, _("“%(key)s” stands in the archive twice.") % {"key": item.key})
                else:
                    self._now.there[kind] += 1
            elif any(item.key == other.key for _other, other in new):
                self.refuse(kind, where, _("“%(key)s” stands in the archive twice.") % {"key": item.key})
            elif item.old_path in led:
                sentence = _("The old address “%(path)s” leads to something else already.")
                self.refuse(kind, where, sentence % {"path": item.old_path})
            else:
                new.append((where, item))
                led |= {item.old_path} - {""}
        return new

    def _brought_in(self, what: str, keys: Iterable[str]) -> Any:
        return BroughtIn.objects.filter(archive=self.archive, what=what, key__in=list(keys))

    def _kept(self, what: str, item: Any, **subject: Any) -> BroughtIn:
        self._seen.add((what, item.key))
        return BroughtIn(archive=self.archive, what=what, key=item.key, old_path=item.old_path, **subject)

    def _written_down(self, rows: Iterable[Any]) -> None:
        now = moment.now()
        AuditEntry.objects.bulk_create(
            AuditEntry(
                subject_type=subject_type(row),
                subject_id=row.pk,
                step=BRING_IN,
                to_state=row.state,
                reason=self.archive,
                fingerprint=getattr(row, "content_hash", ""),
                by=self.by,
                at=now,
            )
            for row in rows
        )

    # --- topics, projects, events ------------------------------------------------------------------

    def _write_topics(self, asked: list[Asked]) -> int:
        there = set(Topic.objects.values_list("slug", flat=True))
        new: dict[str, Topic] = {}
        for where, item in asked:
            if item.slug in there or item.slug in new:
                self._now.there["topics"] += 1
                continue
            try:
                new[item.slug] = Topic(slug=item.slug, **unsaved.columns("name", item.names()))
            except Refused as refusal:
                self.refuse("topics", where, str(refusal))
        Topic.objects.bulk_create(new.values())
        return len(new)

    def _write_projects(self, asked: list[Asked]) -> int:
        new = []
        asked = self._new(BroughtIn.What.PROJECT, "projects", asked)
        taken = _taken(Project, asked)
        for where, item in asked:
            project = unsaved.project(item)
            missing = [str(sentence) for sentence in project.why_not_public()]
            if item.key in taken:
                missing.append(_("There is a project with the code “%(code)s” already.") % {"code": item.key})
            if missing:
                self.refuse("projects", where, " ".join(missing))
            else:
                new.append((item, project))
        made = Project.objects.bulk_create([project for _item, project in new])
        BroughtIn.objects.bulk_create(
            self._kept(BroughtIn.What.PROJECT, item, project=project)
            for (item, _project_), project in zip(new, made, strict=True)
        )
        self._written_down(made)
        index(Project.objects.filter(pk__in=[each.pk for each in made]).prefetch_related("aliases"))
        return len(made)

    def _write_events(self, asked: list[Asked]) -> int:
        asked = self._new(BroughtIn.What.EVENT, "events", asked)
        named = Named([item for _where, item in asked])
        taken = _taken(Event, asked)
        new = []
        for where, item in asked:
            try:
                if item.key in taken:
                    raise Refused(
                        _("There is an event with the code “%(code)s” already.") % {"code": item.key}
                    )
                new.append(
                    (item, unsaved.event(item), named.project(item.project), named.country(item.country))
                )
            except Refused as refusal:
                self.refuse("events", where, str(refusal))
        Event.objects.bulk_create([event for _item, event, _p, _c in new])
        Event.projects.through.objects.bulk_create(
            Event.projects.through(event=event, project=project) for _i, event, project, _c in new if project
        )
        Event.countries.through.objects.bulk_create(
            Event.countries.through(event=event, country=country) for _i, event, _p, country in new if country
        )
        BroughtIn.objects.bulk_create(
            self._kept(BroughtIn.What.EVENT, item, event=event) for item, event, _p, _c in new
        )
        made = [event for _i, event, _p, _c in new]
        self._written_down(made)
        index(Event.objects.filter(pk__in=[each.pk for each in made]).prefetch_related("participants"))
        return len(made)

    # --- statements ----------------------------------------------------------------------------------

    def _write_texts(self, asked: list[Asked]) -> int:
        asked = self._new(BroughtIn.What.TEXT, "statements", asked)
        groups = {
            row.key: row.statement
            for row in self._brought_in(
                BroughtIn.What.GROUP, {item.group for _where, item in asked}
            ).select_related("statement")
        }
        originals = {
            (edition.statement_id, edition.language): edition
            for edition in Edition.objects.filter(statement__in=list(groups.values()))
        }
        named = Named([item for _where, item in asked])
        new_groups: dict[str, Statement] = {}
        new: list[tuple[TextItem, Edition]] = []
        said_in: set[tuple[str, str]] = set()
        for where, item in asked:
            try:
                there = groups.get(item.group)
                if (item.group, item.language) in said_in or (
                    there is not None and (there.pk, item.language) in originals
                ):
                    raise Refused(
                        _("The statement “%(group)s” has a text in this language already.")
                        % {"group": item.group}
                    )
                projects = [named.project(code) for code in item.projects]
                topics = [named.topic(slug) for slug in item.topics]
                country, event = named.country(item.country), named.event(item.event)
            except Refused as refusal:
                self.refuse("statements", where, str(refusal))
                continue
            said_in.add((item.group, item.language))
            statement = there or new_groups.get(item.group)
            if statement is None:
                statement = new_groups[item.group] = Statement(
                    uuid=uuid.uuid4(),
                    kind=item.kind,
                    original_language=item.language,
                    delivered_on=timezone.localdate(item.public_from),
                    event=event,
                )
                statement.brought = topics, [country] if country else []  # type: ignore[attr-defined]
            edition = unsaved.edition(item, statement, self.by)
            edition.spoken_of = projects  # type: ignore[attr-defined]
            new.append((item, edition))
        self._make_statements(new_groups)
        self._make_editions(new, originals)
        self._now.left_out.update(what for item, _made in new for what in item.left_out)
        return len(new)

    def _make_statements(self, new: dict[str, Statement]) -> None:
        statements = list(new.values())
        unsaved.give_references(statements)
        Statement.objects.bulk_create(statements)
        Statement.topics.through.objects.bulk_create(
            Statement.topics.through(statement=statement, topic=topic)
            for statement in statements
            for topic in statement.brought[0]  # type: ignore[attr-defined]
        )
        Statement.countries.through.objects.bulk_create(
            Statement.countries.through(statement=statement, country=country)
            for statement in statements
            for country in statement.brought[1]  # type: ignore[attr-defined]
        )
        BroughtIn.objects.bulk_create(
            BroughtIn(archive=self.archive, what=BroughtIn.What.GROUP, key=key, statement=statement)
            for key, statement in new.items()
        )

    def _make_editions(
        self, new: list[tuple[TextItem, Edition]], there: dict[tuple[int, str], Edition]
    ) -> None:
        for _item, edition in new:
            edition.statement = edition.statement  # takes the key that the statement has by now
            edition.public_hash = hash_of(record_of(edition, previous=""))
        # Originals first: a translation names the text it was made from.
        new.sort(key=lambda pair: pair[1].language != pair[1].statement.original_language)
        for is_original in (True, False):
            part = [
                edition
                for _item, edition in new
                if (edition.language == edition.statement.original_language) == is_original
            ]
            for edition in part:
                if not is_original:
                    edition.translated_from = there.get(
                        (edition.statement_id, edition.statement.original_language)
                    )
            Edition._base_manager.bulk_create(part)
            there |= {(edition.statement_id, edition.language): edition for edition in part}
        Passage.objects.bulk_create(
            Passage(edition=edition, project=project, relation=Passage.Relation.MENTIONS, position=0)
            for _item, edition in new
            for project in edition.spoken_of  # type: ignore[attr-defined]
        )
        BroughtIn.objects.bulk_create(
            self._kept(BroughtIn.What.TEXT, item, edition=edition, statement=edition.statement)
            for item, edition in new
        )
        made = [edition for _item, edition in new]
        self._written_down(made)
        index(
            Edition.objects.filter(pk__in=[each.pk for each in made])
            .select_related("statement")
            .prefetch_related("statement__speakers", "statement__topics", "statement__countries")
        )
        index_new({topic for each in made for topic in getattr(each.statement, "brought", ([], []))[0]})


def _taken(model: Any, asked: list[Asked]) -> set[str]:
    """The codes that something of another origin has."""
    codes = [item.key for _where, item in asked]
    return set(model.objects.filter(code__in=codes).values_list("code", flat=True))
