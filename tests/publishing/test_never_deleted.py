"""Nothing that was ever public is deleted or rewritten: not by a form, a list's action, a cascade, a QuerySet
past ours, or SQL typed by hand."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from articles.models import AcceptedDifference, Edition, EmbargoLink
from pressoffice.accounts import roles
from pressoffice.ledger.models import StatusChange
from pressoffice.publishing import moment, triggers
from pressoffice.publishing.models import AppendOnly, AuditEntry, Takedown
from pressoffice.publishing.steps import StepRefused
from pressoffice.releases.models import Member, Release
from projects.models import Project
from tests.makers import (
    body_about,
    make_agreement,
    make_budget_line,
    make_commitment,
    make_document,
    make_edition,
    make_event,
    make_image,
    make_indicator,
    make_measurement,
    make_milestone,
    make_milestone_date,
    make_person,
    make_project,
    make_statement,
    make_status,
    make_target,
    make_topic,
    somebody,
)

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def delete(row: models.Model) -> None:
    sql(f"DELETE FROM {row._meta.db_table} WHERE {row._meta.pk.column} = %s", row.pk)  # type: ignore[union-attr]


def put(row: models.Model, column: str, value: Any) -> None:
    sql(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", value, row.pk)


def refused(act: Callable[[], Any]) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    return str(refusal.value)


def a_full_edition() -> Edition:
    image = make_image()
    return make_edition(
        body=body_about(make_project()) + f'<figure data-image="{image.token}"></figure>',
        attachments=[make_document()],
        gallery=[make_image()],
    )


def a_public_source() -> tuple[Any, Any]:
    project = make_project()
    return project, make_edition(about=[project]).statement


def a_fact(kind: str) -> models.Model:
    project, source = a_public_source()
    match kind:
        case "statuschange":
            return make_status(project, source)
        case "commitment":
            return make_commitment(project, source)
        case "budgetline":
            return make_budget_line(project, source)
        case "milestonedate":
            return make_milestone_date(make_milestone(project), source)
        case "measurement":
            return make_measurement(make_indicator(project), source)
    return make_target(make_indicator(project), source)


def a_takedown() -> Takedown:
    make_edition(state="withdrawn")
    return Takedown.objects.get()


def a_lifted_takedown() -> Takedown:
    make_edition(state="withdrawn").restore(by=somebody(roles.CHIEF_EDITOR), reason="It was right after all.")
    return Takedown.objects.get()


def a_move() -> models.Model:
    event = make_event()
    event.starts_at += timedelta(hours=1)
    event.ends_at += timedelta(hours=1)
    event.save()
    return event.moves.get()


def an_entry() -> AuditEntry:
    make_edition()
    return AuditEntry.objects.latest("pk")


def a_release_that_is_out() -> Release:
    release = Release.objects.create(name="Council")
    Member.objects.create(release=release, project=make_project(state="draft"))
    release.publish(by=somebody(roles.EDITOR))
    return release


def an_embargo_link() -> EmbargoLink:
    edition = make_edition(state="approved", embargo_until=moment.now() + timedelta(days=1))
    return EmbargoLink.objects.give(edition, by=somebody(roles.EDITOR), recipient="Aigul")[0]


def a_revoked_link() -> EmbargoLink:
    link = an_embargo_link()
    link.revoke(by=somebody(roles.EDITOR))
    return link


def an_addition() -> models.Model:
    edition = make_edition(state="superseded").successors.get()
    edition.add_to_note(by=somebody(roles.EDITOR), text="In 2024.")
    return edition.note_additions.get()


def an_accepted_difference() -> models.Model:
    original = make_edition(body="<p>280 км</p>")
    draft = make_edition(statement=original.statement, language="en", body="<p>277 km</p>", state="draft")
    keys = [each.key for each in draft.differences()]
    draft.accept_differences(keys, by=somebody(roles.EDITOR), reason="Measured anew.")
    return AcceptedDifference.objects.first()


def an_opening() -> models.Model:
    link = an_embargo_link()
    link.write_opening()
    return link.openings.get()


def another_of(row: models.Model) -> None:
    row.pk = None
    models.QuerySet(type(row)).bulk_create([row])


REFUSED: dict[str, Callable[[], Any]] = {
    "publishing_auditentry_never_deleted": lambda: delete(an_entry()),
    "publishing_auditentry_stays": lambda: put(an_entry(), "reason", "another"),
    "publishing_takedown_never_deleted": lambda: delete(a_takedown()),
    "publishing_takedown_stays": lambda: put(a_takedown(), "reason", "another"),
    "publishing_takedown_lifted_once": lambda: put(a_lifted_takedown(), "lifted_at", None),
    "projects_project_never_deleted": lambda: delete(make_project()),
    "projects_project_was_public": lambda: put(make_project(), "code", "another"),
    "projects_agreement_never_deleted": lambda: delete(make_agreement()),
    "projects_agreement_was_public": lambda: put(make_agreement(), "live_from", moment.now()),
    "events_event_never_deleted": lambda: delete(make_event()),
    "events_event_was_public": lambda: put(make_event(), "code", "another"),
    "events_eventmove_never_deleted": lambda: delete(a_move()),
    "events_eventmove_stays": lambda: put(a_move(), "venue_en", "Osh"),
    "articles_edition_never_deleted": lambda: delete(make_edition()),
    "articles_edition_was_public": lambda: put(make_edition(), "number", 7),
    "articles_edition_stays_as_approved": lambda: put(make_edition(state="approved"), "body", "<p>.</p>"),
    "articles_passage_stays_on_update": lambda: put(a_full_edition().passages.get(), "exact", "250 km"),
    "articles_passage_stays_on_delete": lambda: delete(a_full_edition().passages.get()),
    "articles_attachment_stays_off_insert": lambda: another_of(a_full_edition().attachment_rows.get()),
    "articles_attachment_stays_on_update": lambda: put(
        a_full_edition().attachment_rows.get(), "document_id", make_document().pk
    ),
    "articles_attachment_stays_on_delete": lambda: delete(a_full_edition().attachment_rows.get()),
    "articles_editionimage_stays_off_insert": lambda: another_of(a_full_edition().in_images.get()),
    "articles_editionimage_stays_on_update": lambda: put(a_full_edition().in_images.get(), "position", 7),
    "articles_editionimage_stays_on_delete": lambda: delete(a_full_edition().in_images.get()),
    "articles_galleryimage_stays_off_insert": lambda: another_of(a_full_edition().gallery_rows.get()),
    "articles_galleryimage_stays_on_update": lambda: put(a_full_edition().gallery_rows.get(), "position", 7),
    "articles_galleryimage_stays_on_delete": lambda: delete(a_full_edition().gallery_rows.get()),
    "articles_contribution_stays_on_update": lambda: put(
        make_edition().contributions.get(), "user_id", somebody(roles.EDITOR).pk
    ),
    "articles_contribution_stays_on_delete": lambda: delete(make_edition().contributions.get()),
    "articles_changenoteaddition_never_deleted": lambda: delete(an_addition()),
    "articles_changenoteaddition_stays": lambda: put(an_addition(), "text", "Something else"),
    "articles_accepteddifference_never_deleted": lambda: delete(an_accepted_difference()),
    "articles_accepteddifference_stays": lambda: put(an_accepted_difference(), "reason", "Another"),
    "articles_embargolink_never_deleted": lambda: delete(an_embargo_link()),
    "articles_embargolink_stays": lambda: put(an_embargo_link(), "recipient", "Somebody else"),
    "articles_embargolink_revoked_for_good": lambda: put(a_revoked_link(), "revoked_at", None),
    "articles_embargoopening_never_deleted": lambda: delete(an_opening()),
    "articles_embargoopening_stays": lambda: put(an_opening(), "at", moment.now() - timedelta(days=1)),
    "articles_statement_stays_itself": lambda: put(make_statement(), "reference", "2025-zzzz"),
    "articles_statement_never_deleted": lambda: delete(make_edition().statement),
    "releases_release_never_deleted": lambda: delete(a_release_that_is_out()),
    "releases_release_was_public": lambda: put(a_release_that_is_out(), "live_from", moment.now()),
    "releases_member_stays_off_insert": lambda: another_of(a_release_that_is_out().members.get()),
    "releases_member_stays_on_update": lambda: put(
        a_release_that_is_out().members.get(), "project_id", make_project().pk
    ),
    "releases_member_stays_on_delete": lambda: delete(a_release_that_is_out().members.get()),
    "ledger_statuschange_never_deleted": lambda: delete(a_fact("statuschange")),
    "ledger_commitment_never_deleted": lambda: delete(a_fact("commitment")),
    "ledger_budgetline_never_deleted": lambda: delete(a_fact("budgetline")),
    "ledger_milestonedate_never_deleted": lambda: delete(a_fact("milestonedate")),
    "ledger_measurement_never_deleted": lambda: delete(a_fact("measurement")),
    "ledger_target_never_deleted": lambda: delete(a_fact("target")),
}


def test_every_guard_has_its_case() -> None:
    """Those that compare rows at writing: tests/articles/test_constraints.py."""
    guards = [guard for kept in triggers.KEPT.values() for guard in kept]
    names = {
        guard.name for guard in guards if not guard.name.startswith("ledger") or "delete" in guard.events
    }

    assert names == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_sql_by_hand_is_refused(name: str) -> None:
    assert name in refused(REFUSED[name])


@pytest.mark.parametrize(
    ("make", "guard"), [(make_project, "projects_project"), (make_event, "events_event")]
)
def test_what_readers_programs_know_it_by_is_not_changed(make: Callable[..., Any], guard: str) -> None:
    assert f"{guard}_was_public" in refused(lambda: put(make(), "uuid", uuid.uuid4().hex))


PUBLIC: dict[str, Callable[[], Any]] = {
    "edition": make_edition,
    "superseded edition": lambda: make_edition(state="superseded"),
    "withdrawn edition": lambda: make_edition(state="withdrawn"),
    "removed edition": lambda: make_edition(state="removed"),
    "project": make_project,
    "agreement": make_agreement,
    "cancelled event": lambda: make_event(state="cancelled"),
    "removed event": lambda: make_event(state="removed"),
    "statement": lambda: make_edition().statement,
    "picture": lambda: a_full_edition().in_images.get().image,
    "document": lambda: a_full_edition().attachments.get(),
    "project of a text": lambda: a_full_edition().passages.get().project,
    "release": a_release_that_is_out,
    "source of a fact": lambda: a_fact("target").source,  # type: ignore[attr-defined]
}
REFUSALS = (StepRefused, IntegrityError, ProtectedError)


@pytest.mark.parametrize("thing", PUBLIC)
def test_no_way_of_deleting_reaches_it(thing: str) -> None:
    row = PUBLIC[thing]()
    rows: Any = models.QuerySet(type(row)).filter(pk=row.pk)
    ways: list[Callable[[], Any]] = [
        row.delete,
        lambda: type(row)._default_manager.filter(pk=row.pk).delete(),
        lambda: rows.delete(),
        lambda: rows._raw_delete("default"),
        lambda: delete(row),
    ]

    def take(way: Callable[[], Any]) -> None:
        with transaction.atomic():
            way()
            connection.check_constraints()  # keys are checked at the end of a transaction

    for way in ways:
        with pytest.raises(REFUSALS):
            take(way)

    assert rows.exists()


def test_what_was_never_public_may_go() -> None:
    for row in (make_project(state="draft"), make_event(state="draft"), make_agreement(state="draft")):
        delete(row)

    assert not Project.objects.exists()


def test_a_fact_of_a_text_in_work_may_go() -> None:
    project = make_project()
    change = make_status(project, make_edition(state="draft", about=[project]).statement)

    delete(change)

    assert not StatusChange.objects.exists()


@pytest.mark.parametrize("make", [make_person, make_topic])
def test_who_and_what_a_statement_names_is_not_deleted(make: Callable[[], Any]) -> None:
    """The rows between them would go along, silently: a list protects nobody by itself."""
    row = make()
    statement = make_statement()
    getattr(statement, "speakers" if make is make_person else "topics").add(row)
    make_edition(statement=statement)

    for way in (row.delete, lambda: type(row).objects.filter(pk=row.pk).delete()):
        with pytest.raises(StepRefused):
            way()

    assert type(row).objects.filter(pk=row.pk).exists()


def test_the_beginning_of_a_public_text_cannot_be_moved_so_that_it_could_be_deleted() -> None:
    edition = make_edition()

    def unpublish() -> None:
        sql(
            "UPDATE articles_edition SET state = 'draft', live_from = NULL, number = NULL WHERE id = %s",
            edition.pk,
        )
        delete(edition)

    assert "articles_edition_was_public" in refused(unpublish)


def test_a_scheduled_text_can_still_be_cancelled() -> None:
    edition = make_edition(state="scheduled")

    edition.cancel_publication(by=somebody(roles.EDITOR))

    assert edition.state == Edition.State.APPROVED


def test_the_models_refuse_before_the_database_has_to() -> None:
    entry = an_entry()

    with pytest.raises(AppendOnly):
        AuditEntry.objects.filter(pk=entry.pk).delete()
    with pytest.raises(AppendOnly):
        Takedown.objects.all().delete()
    with pytest.raises(AppendOnly):
        a_takedown().delete()


@pytest.mark.parametrize(
    ("page", "thing"),
    [
        ("articles_statement", "statement"),
        ("articles_edition", "edition"),
        ("projects_project", "project"),
        ("projects_agreement", "agreement"),
        ("events_event", "cancelled event"),
        ("media_image", "picture"),
        ("media_document", "document"),
    ],
)
def test_no_form_and_no_list_of_the_desk_deletes_it(
    page: str, thing: str, chief: Any, logged_in: Callable[[Any], Any]
) -> None:
    row = PUBLIC[thing]()
    chief.is_superuser = True
    chief.save()
    client = logged_in(chief)

    form = client.post(reverse(f"admin:{page}_delete", args=[row.pk]), {"post": "yes"})
    client.post(
        reverse(f"admin:{page}_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )

    # Of a picture or document the form says what shows it, and has no button.
    assert form.status_code in {200, 302, 403}
    assert models.QuerySet(type(row)).filter(pk=row.pk).exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
@pytest.mark.parametrize("table", ["articles_edition", "publishing_auditentry", "projects_project"])
def test_no_table_is_emptied_at_once(table: str) -> None:
    make_edition(about=[make_project()])
    connection.check_constraints()  # PostgreSQL empties no table that a check still waits for

    assert f"{table}_never_deleted" in refused(lambda: sql(f"TRUNCATE {table} CASCADE"))


def test_a_migration_can_rebuild_the_tables(db: None) -> None:
    """SQLite refuses to rename a table that a trigger of another one reads: they go first, and come back."""
    make_edition()

    for guards in triggers.KEPT.values():
        triggers.remove(guards, connection)
    sql("ALTER TABLE articles_edition RENAME TO articles_edition_rebuilt")
    sql("ALTER TABLE articles_edition_rebuilt RENAME TO articles_edition")
    for guards in triggers.KEPT.values():
        triggers.install(guards, connection)

    assert "articles_edition_never_deleted" in refused(lambda: sql("DELETE FROM articles_edition"))
