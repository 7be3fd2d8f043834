"""The database itself refuses what must not be: past every form, verb and save().

Each case is written by SQL of the plainest kind, an UPDATE or INSERT of the columns it is about.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.test import Client

from articles.models import (
    AcceptedDifference,
    ChangeNoteAddition,
    Edition,
    EmbargoLink,
    GalleryImage,
    NamedInText,
    Presence,
    Statement,
)
from articles.models.presence import come
from events.models import Event
from pressoffice.accounts.models import BackupCode, SignIn
from pressoffice.directory.models import Office, Organisation
from pressoffice.ledger.guards import GUARDS
from pressoffice.ledger.models import DifferenceAnswer
from pressoffice.media.models import Document, Image
from pressoffice.publishing import moment
from pressoffice.publishing.models import Takedown
from pressoffice.publishing.periods import FAR_FUTURE
from pressoffice.releases.models import Member, Release
from projects.models import Participation, Project, ProjectAlias
from tests.makers import (
    body_about,
    in_three,
    make_agreement,
    make_budget_line,
    make_commitment,
    make_contact,
    make_country,
    make_document,
    make_edition,
    make_event,
    make_image,
    make_indicator,
    make_measurement,
    make_milestone,
    make_milestone_date,
    make_person,
    make_place,
    make_project,
    make_statement,
    make_status,
    make_target,
    make_topic,
    sign_in,
    somebody,
)

pytestmark = pytest.mark.django_db

OURS = {
    "publishing",
    "accounts",
    "directory",
    "media",
    "projects",
    "events",
    "articles",
    "ledger",
    "releases",
}
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


def put(row: models.Model, **columns: Any) -> None:
    """UPDATE, past every QuerySet of ours."""
    models.QuerySet(type(row)).filter(pk=row.pk).update(**columns)


def again(row: models.Model, **columns: Any) -> None:
    """INSERT the same row once more, but for `columns`."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    models.QuerySet(type(row)).bulk_create([type(row)(**{**values, **columns})])


def a_sign_in() -> SignIn:
    return sign_in(Client(), somebody("Author"))


def a_takedown(**columns: Any) -> Takedown:
    edition = make_edition(state="withdrawn")
    assert edition
    takedown = Takedown.objects.get()
    put(takedown, **columns)
    return takedown


def a_correction() -> Edition:
    return make_edition(state="superseded").successors.get()


def an_aliased_project() -> ProjectAlias:
    return ProjectAlias.objects.create(project=make_project(), language="ru", text="дорога")


def a_participation(**who: Any) -> Participation:
    return Participation.objects.create(project=make_project(), role="funding", **who)


def an_organisation(**facts: Any) -> Organisation:
    return Organisation.objects.create(**in_three("name", "Bank"), **facts)


def an_edition_with(**content: Any) -> Edition:
    return make_edition(state="draft", **content)


def an_embargo_link() -> EmbargoLink:
    edition = make_edition(state="approved", embargo_until=moment.now() + timedelta(days=1))
    return EmbargoLink.objects.give(edition, by=somebody("Editor"), recipient="Aigul")[0]


def a_photograph() -> GalleryImage:
    return an_edition_with(gallery=[make_image()]).gallery_rows.get()


def a_named_person() -> NamedInText:
    person = make_person()
    return an_edition_with(body=f'<p><a href="/ru/people/{person.slug}/">She</a></p>').named.get()


def a_named_event() -> NamedInText:
    event = make_event()
    return an_edition_with(body=f'<p><a href="/ru/events/{event.code}/">There</a></p>').named.get()


def a_presence() -> Presence:
    edition = an_edition_with()
    come(edition, edition.created_by)
    return edition.presences.get()


def an_answer() -> DifferenceAnswer:
    edition = an_edition_with()
    return DifferenceAnswer.objects.create(
        edition=edition,
        project=make_project(),
        key="0" * 32,
        words="250 km",
        answer="other",
        by=edition.created_by,
        at=LONG_AGO,
    )


def an_office() -> Office:
    return make_person().offices.get()


def of_each_record(suffix: str, break_it: Callable[[Any], None]) -> dict[str, Callable[[], None]]:
    return {
        f"projects_project_{suffix}": lambda: break_it(make_project()),
        f"projects_agreement_{suffix}": lambda: break_it(make_agreement()),
        f"events_event_{suffix}": lambda: break_it(make_event()),
    }


def a_measurement() -> Any:
    return make_measurement(make_indicator(make_project()), make_statement())


def a_target() -> Any:
    return make_target(make_indicator(make_project()), make_statement())


def a_member() -> Member:
    return Member.objects.create(release=Release.objects.create(name="Council"), edition=an_edition_with())


def a_release() -> Release:
    return Release.objects.create(
        name="Council", state="published", live_from=moment.now() + timedelta(days=1)
    )


def a_milestone_date() -> Any:
    return make_milestone_date(make_milestone(make_project()), make_statement())


def a_commitment() -> Any:
    return make_commitment(make_project(), make_statement())


def an_answered_commitment() -> Any:
    promise = a_commitment()
    make_commitment(
        promise.project, promise.source, answers=promise, relation="restates", stated_on="2025-01-01"
    )
    return promise


def a_budget_line() -> Any:
    return make_budget_line(make_project(), make_statement())


def an_accepted_difference(**facts: Any) -> AcceptedDifference:
    edition = make_edition()
    defaults = {"key": "k", "language": "ru", "other_language": "en", "reason": "Rounded."}
    return AcceptedDifference.objects.create(
        edition=edition, statement=edition.statement, by=edition.created_by, **{**defaults, **facts}
    )


REFUSED: dict[str, Callable[[], Any]] = {
    "articles_difference_accepted_once": lambda: again(an_accepted_difference()),
    "articles_difference_accepted_for_a_reason": lambda: an_accepted_difference(reason=""),
    # --- accounts
    "accounts_sign_in_verified_by_something": lambda: put(a_sign_in(), factor=""),
    "accounts_backup_code_once": lambda: again(
        BackupCode.objects.create(user=somebody("Author"), digest="x" * 64, made_at=moment.now())
    ),
    # --- publishing
    "publishing_takedown_one_in_force": lambda: again(a_takedown()),
    "publishing_takedown_lifted_by_somebody": lambda: a_takedown(lifted_at=moment.now()),
    "publishing_takedown_has_a_reason": lambda: again(a_takedown(), subject_id=0, reason=""),
    "publishing_takedown_only_removal_redirects": lambda: again(
        a_takedown(), subject_id=0, redirect_to="/en/"
    ),
    # --- records
    **of_each_record("period_runs_forward", lambda row: put(row, live_until=row.live_from)),
    **of_each_record("standing_known", lambda row: put(row, standing="lost")),
    **of_each_record("public_from_when_published", lambda row: again(row, code="other", live_from=None)),
    "events_event_ends_after_it_starts": lambda: put(make_event(), ends_at=LONG_AGO),
    "events_event_accreditation_before_its_end": lambda: put(
        make_event(), accreditation_until=moment.now() + timedelta(days=99)
    ),
    "projects_alias_once": lambda: again(an_aliased_project()),
    "projects_participation_country_or_organisation": lambda: put(
        a_participation(country=make_country("KG")), country=None
    ),
    "projects_participation_country_once": lambda: again(a_participation(country=make_country("KG"))),
    "projects_participation_organisation_once": lambda: again(
        a_participation(organisation=an_organisation())
    ),
    "projects_agreement_signed_before_in_force": lambda: put(
        make_agreement(), signed_on="2020-01-02", in_force_on="2020-01-01"
    ),
    "projects_agreement_amends_another": lambda: [
        put(agreement, amends=agreement.pk) for agreement in [make_agreement()]
    ],
    # --- editions
    "articles_edition_period_runs_forward": lambda: [
        put(edition, live_until=edition.live_from) for edition in [make_edition()]
    ],
    "articles_edition_standing_known": lambda: put(make_edition(), standing="lost"),
    "articles_edition_hashed_when_published": lambda: put(make_edition(state="draft"), public_hash="0" * 64),
    "articles_edition_public_from_when_published": lambda: put(
        make_edition(state="draft"), live_from=LONG_AGO
    ),
    "articles_edition_approved_as_it_stands": lambda: put(make_edition(state="submitted"), state="approved"),
    "articles_edition_not_before_embargo": lambda: again(
        make_edition(), statement_id=make_statement().pk, embargo_until=FAR_FUTURE
    ),
    "articles_edition_numbered_once": lambda: [
        again(second, base_id=second.pk, live_until=second.live_from + timedelta(seconds=1))
        for second in [a_correction()]
    ],
    "articles_edition_one_in_work": lambda: again(make_edition(state="draft"), base_id=None),
    "articles_edition_one_successor": lambda: [
        again(second, number=3, live_until=second.live_from + timedelta(seconds=1))
        for second in [a_correction()]
    ],
    "articles_edition_one_first": lambda: [
        again(first, number=2, live_until=first.live_from + timedelta(seconds=1))
        for first in [make_edition()]
    ],
    "articles_edition_one_open_end": lambda: [
        again(second, number=3, base_id=second.pk) for second in [a_correction()]
    ],
    # --- what hangs on editions
    "articles_passage_position_when_words": lambda: put(
        an_edition_with(body=body_about(make_project())).passages.get(), position=0
    ),
    "articles_passage_about_whole_once": lambda: again(
        an_edition_with(about=[make_project()]).passages.get()
    ),
    "articles_passage_position_once": lambda: again(
        an_edition_with(body=body_about(make_project())).passages.get()
    ),
    "articles_contribution_once": lambda: again(an_edition_with().contributions.get()),
    "articles_edition_image_once": lambda: again(
        an_edition_with(body=f'<figure data-image="{make_image().token}"></figure>').in_images.get()
    ),
    "articles_named_person_or_event": lambda: put(a_named_person(), person_id=None),
    "articles_named_person_once": lambda: again(a_named_person()),
    "articles_named_event_once": lambda: again(a_named_event()),
    "articles_presence_once": lambda: again(a_presence()),
    "ledger_difference_answered_once": lambda: again(an_answer()),
    "ledger_difference_answer_known": lambda: put(an_answer(), answer="maybe"),
    "articles_gallery_image_once": lambda: again(a_photograph(), position=2),
    "articles_gallery_position_once": lambda: again(a_photograph(), image_id=make_image().pk),
    "articles_addition_says_something": lambda: ChangeNoteAddition.objects.create(
        edition=make_edition(), text="", by=somebody("Editor"), at=moment.now()
    ),
    "articles_embargo_link_ends_later": lambda: put(an_embargo_link(), expires_at=LONG_AGO),
    "articles_embargo_link_revoked_by_somebody": lambda: put(an_embargo_link(), revoked_at=moment.now()),
    "articles_embargo_link_has_a_recipient": lambda: again(
        an_embargo_link(), recipient="", token_hash="x", form=uuid4()
    ),
    "articles_attachment_once": lambda: again(
        an_edition_with(attachments=[make_document()]).attachment_rows.get()
    ),
    "projects_place_longitudes": lambda: put(make_place(make_project()), east=181),
    "projects_place_latitudes": lambda: put(make_place(make_project()), south=-91),
    "projects_place_point_or_line": lambda: put(make_place(make_project()), kind="area"),
    # --- ledger
    "ledger_status_change_once": lambda: again(make_status(make_project(), make_statement())),
    "ledger_status_known": lambda: put(make_status(make_project(), make_statement()), status="forgotten"),
    "ledger_indicator_unit_known": lambda: put(make_indicator(make_project()), unit="miles"),
    "ledger_indicator_once": lambda: again(make_indicator(make_project())),
    "ledger_measurement_range_runs_up": lambda: put(a_measurement(), value_to=280),
    "ledger_measurement_once": lambda: again(a_measurement()),
    "ledger_milestone_once": lambda: again(make_milestone(make_project())),
    "ledger_milestonedate_precision_known": lambda: put(a_milestone_date(), precision="week"),
    "ledger_milestone_kind_known": lambda: put(a_milestone_date(), kind="hoped"),
    "ledger_milestone_happened_before_stated": lambda: put(
        a_milestone_date(), kind="actual", precision="day"
    ),
    "ledger_milestone_date_once": lambda: again(a_milestone_date()),
    "ledger_target_range_runs_up": lambda: put(a_target(), value_to=279),
    "ledger_target_precision_known": lambda: put(a_target(), due_precision="week"),
    "ledger_target_due_after_stated": lambda: put(a_target(), due_on="2024-12-10"),
    "ledger_target_once": lambda: again(a_target()),
    "ledger_commitment_precision_known": lambda: put(a_commitment(), due_precision="week"),
    "ledger_commitment_due_after_stated": lambda: put(a_commitment(), due_on="2024-12-10"),
    "ledger_commitment_relation_with_earlier": lambda: put(a_commitment(), relation="fulfils"),
    "ledger_commitment_given_by_one": lambda: put(
        a_commitment(), country=make_country("KG"), organisation=an_organisation()
    ),
    "ledger_commitment_has_text": lambda: put(a_commitment(), text_ky="", text_ru="", text_en=""),
    "ledger_budget_kind_known": lambda: put(a_budget_line(), kind="lost"),
    "ledger_budget_amount_positive": lambda: put(a_budget_line(), amount=0),
    "ledger_budget_currency_known": lambda: put(a_budget_line(), currency="XXX"),
    "ledger_budget_one_source_of_money": lambda: put(
        a_budget_line(), country=make_country("KG"), organisation=an_organisation()
    ),
    # --- releases
    "releases_release_period_runs_forward": lambda: [
        put(release, live_until=release.live_from) for release in [a_release()]
    ],
    "releases_release_standing_known": lambda: put(a_release(), standing="lost"),
    "releases_release_public_from_when_published": lambda: put(a_release(), live_from=None),
    "releases_member_is_one_thing": lambda: put(a_member(), project=make_project()),
    "releases_member_edition_once": lambda: again(a_member()),
    **{
        f"releases_member_{kind}_once": lambda kind=kind, make=make: [
            again(Member.objects.create(release=Release.objects.create(name="Council"), **{kind: make()}))
        ]
        for kind, make in {"project": make_project, "agreement": make_agreement, "event": make_event}.items()
    },
    # --- directory
    "directory_organisation_once": lambda: again(an_organisation(country=make_country("KG"))),
    "directory_international_organisation_once": lambda: again(an_organisation()),
    "directory_office_runs_forward": lambda: put(an_office(), from_on="2020-01-02", until_on="2020-01-01"),
    "directory_media_contact_can_be_reached": lambda: put(make_contact(), phone="", email=""),
    # --- media
    "media_image_described_or_decorative": lambda: put(make_image(), alt_ky=""),
    "media_image_focal_point_inside": lambda: put(make_image(), focal_x=1.01),
    "media_image_not_its_own_successor": lambda: put(make_image(), replaces=models.F("pk")),
    "media_image_known_terms": lambda: put(make_image(), terms="never"),
    "media_image_has_pixels": lambda: put(make_image(), width=0),
    "media_rendition_once": lambda: again(make_image().renditions.first()),  # type: ignore[arg-type]
    "media_rendition_known_kind": lambda: put(make_image().renditions.first(), format="svg"),  # type: ignore[arg-type]
    "media_rendition_has_pixels": lambda: put(make_image().renditions.first(), height=0),  # type: ignore[arg-type]
    "media_document_titled": lambda: put(make_document(), title_ru=""),
    "media_document_known_kind": lambda: put(make_document(), format="exe"),
}

# By triggers: rules that compare a row with other rows.
GUARDED: dict[str, Callable[[], Any]] = {
    "ledger_statuschange_source_speaks_of_project": lambda: put(
        make_status(make_project(), make_statement()), source=make_statement()
    ),
    "ledger_commitment_source_speaks_of_project": lambda: put(a_commitment(), project=make_project()),
    "ledger_budgetline_source_speaks_of_project": lambda: again(
        a_budget_line(), source_id=make_statement().pk
    ),
    "ledger_milestonedate_source_speaks_of_project": lambda: put(
        a_milestone_date(), milestone=make_milestone(make_project())
    ),
    "ledger_measurement_source_speaks_of_project": lambda: put(a_measurement(), source=make_statement()),
    "ledger_target_source_speaks_of_project": lambda: put(
        a_target(), indicator=make_indicator(make_project())
    ),
    "ledger_indicator_with_figures_stays": lambda: put(a_measurement().indicator, unit="m"),
    "ledger_milestone_with_dates_stays": lambda: put(a_milestone_date().milestone, project=make_project()),
    "ledger_commitment_answers_earlier": lambda: put(
        a_commitment(), answers_id=models.F("pk"), relation="restates"
    ),
    "ledger_commitment_answered_later": lambda: put(an_answered_commitment(), stated_on="2025-01-01"),
}

# By a column's own unique=True, which has no name to list.
UNIQUE: dict[tuple[str, str], Callable[[], Any]] = {
    ("articles.statement", "uuid"): lambda: again(make_statement(), reference="2025-zzzz"),
    ("articles.statement", "reference"): lambda: again(make_statement(), uuid=uuid4()),
    ("articles.embargolink", "token_hash"): lambda: again(an_embargo_link(), form=uuid4()),
    ("articles.embargolink", "form"): lambda: again(an_embargo_link(), token_hash="x"),
    ("ledger.commitment", "uuid"): lambda: again(a_commitment()),
    ("projects.project", "code"): lambda: again(make_project(), uuid=uuid4()),
    ("projects.project", "uuid"): lambda: again(make_project(), code="another"),
    ("projects.agreement", "code"): lambda: again(make_agreement()),
    ("events.event", "code"): lambda: again(make_event(), uuid=uuid4()),
    ("events.event", "uuid"): lambda: again(make_event(), code="another"),
    ("directory.person", "slug"): lambda: again(make_person()),
    ("directory.topic", "slug"): lambda: again(make_topic()),
    ("media.image", "token"): lambda: again(make_image()),
    ("media.image", "replaces"): lambda: again(make_image(replaces=make_image()), token="f" * 32),
    ("media.document", "token"): lambda: again(make_document()),
    ("accounts.user", "username"): lambda: again(somebody("Author")),
    ("accounts.signin", "public_id"): lambda: again(a_sign_in()),
}


def models_of_ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def refused_by(act: Callable[[], Any]) -> str:
    def acted() -> None:
        with transaction.atomic():
            act()
            # Checks that wait for the end of the transaction.
            connection.check_constraints()

    with pytest.raises(IntegrityError) as refusal:
        acted()
    return str(refusal.value)


def test_every_constraint_has_its_case():
    named = {constraint.name for model in models_of_ours() for constraint in model._meta.constraints}

    assert named - set(REFUSED) == set()
    assert set(REFUSED) - named == set()


def test_every_unique_column_has_its_case():
    unique = {
        (model._meta.label_lower, field.name)
        for model in models_of_ours()
        for field in model._meta.local_concrete_fields
        if field.unique and not field.primary_key
    }

    assert unique == set(UNIQUE)


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name):
    message = refused_by(REFUSED[name])

    # SQLite names the columns of a unique index without a condition, and not the index.
    assert name in message or "UNIQUE constraint failed" in message


def test_every_guard_of_the_ledger_has_its_case():
    """Those against deletion: tests/publishing/test_never_deleted.py."""
    assert {guard.name for guard in GUARDS if "insert" in guard.events} == set(GUARDED)


@pytest.mark.parametrize("name", GUARDED)
def test_the_database_compares_rows(name):
    assert name in refused_by(GUARDED[name])


@pytest.mark.parametrize("column", UNIQUE, ids="-".join)
def test_the_database_refuses_the_same_twice(column):
    refused_by(UNIQUE[column])


@pytest.mark.parametrize(
    "columns",
    [
        {"number": None},
        {"live_from": None},
        {"public_since": None},
        {"state": "draft"},
        {"state": "approved"},
        {"state": "discarded"},
    ],
    ids=str,
)
def test_a_public_edition_keeps_what_makes_it_public(columns):
    refused_by(lambda: put(make_edition(), **columns))


@pytest.mark.parametrize("make", [make_project, make_agreement, make_event])
@pytest.mark.parametrize("columns", [{"state": "draft"}, {"state": "lost"}, {"live_from": None}], ids=str)
def test_a_public_record_keeps_what_makes_it_public(make, columns):
    refused_by(lambda: put(make(), **columns))


def test_a_takedown_is_lifted_after_it_began():
    refused_by(lambda: a_takedown(lifted_at=LONG_AGO, lifted_by=somebody("Editor").pk))


def test_what_others_rest_on_is_not_deleted():
    """Past delete() of the models, by the plain QuerySet."""
    image, document, project, person = make_image(), make_document(), make_project(), make_person()
    event = make_event()
    statement = make_statement(event=event, speakers=[person])
    make_edition(statement=statement, lead_image=image, attachments=[document], about=[project])
    make_status(project, statement)

    for row in (image, document, project, statement, event):
        with pytest.raises((models.ProtectedError, IntegrityError)), transaction.atomic():
            models.QuerySet(type(row)).filter(pk=row.pk).delete()

    for model in (Image, Document, Project, Statement, Event):
        assert models.QuerySet(model).count() == 1
