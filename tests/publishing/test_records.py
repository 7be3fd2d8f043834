"""Records: projects, agreements and events share their steps."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pressoffice.publishing import events, moment
from pressoffice.publishing.models import AuditEntry, Takedown
from pressoffice.publishing.steps import StepRefused
from tests.makers import make_agreement, make_event, make_project

pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("make", [make_project, make_agreement, make_event])


def refused(verb, **arguments) -> str:
    before = AuditEntry.objects.count(), Takedown.objects.count()
    with pytest.raises(StepRefused) as refusal:
        verb(**arguments)
    assert (AuditEntry.objects.count(), Takedown.objects.count()) == before
    return str(refusal.value)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


@EACH
def test_a_record_goes_public_once(make, editor, author):
    record = make(state="draft")
    assert "role" in refused(record.publish, by=author)

    old = fresh(record)
    record.publish(by=editor, at=timezone.now() - timedelta(days=300))

    assert record.is_live()
    assert record.live_from > timezone.now() - timedelta(minutes=1)
    assert "public already" in refused(record.publish, by=editor)
    assert "public already" in refused(old.publish, by=editor)
    entry = AuditEntry.objects.about(record).get()
    assert (entry.step, entry.from_state, entry.to_state, entry.by) == (
        "publish",
        "draft",
        "published",
        editor,
    )


@EACH
def test_a_moment_ahead_can_be_moved_and_called_back(make, editor):
    record = make(state="draft")
    soon, later = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)
    record.publish(by=editor, at=soon)
    record.publish(by=editor, at=later)
    assert record.live_from == later
    assert not record.is_live(soon)

    record.cancel_publication(by=editor)

    assert (record.state, record.live_from) == ("draft", None)
    assert refused(record.cancel_publication, by=editor)


@EACH
def test_a_moment_that_has_come_is_not_called_back(make, editor):
    record = make(state="scheduled")

    with moment.fixed(record.live_from):
        assert "removed with a reason" in refused(record.cancel_publication, by=editor)


@EACH
def test_removal_needs_the_chief_a_reason_and_something_public(make, editor, chief):
    record, draft, scheduled = make(), make(state="draft"), make(state="scheduled")
    refused(record.remove, by=editor, reason="No.")
    assert "reason" in refused(record.remove, by=chief, reason=" ")
    assert refused(draft.remove, by=chief, reason="No.")
    assert refused(scheduled.remove, by=chief, reason="No.")

    record.remove(by=chief, reason="Published by mistake.")
    assert not record.is_live()
    assert refused(record.remove, by=chief, reason="Again.")

    refused(record.restore, by=editor, reason="It was right after all.")
    assert "reason" in refused(record.restore, by=chief, reason=" ")
    record.restore(by=chief, reason="It was right after all.")
    assert record.is_live()
    assert "taken down" in refused(record.restore, by=chief, reason="It was right after all.")
    assert [entry.step for entry in AuditEntry.objects.about(record).order_by("pk")] == [
        "publish",
        "remove",
        "restore",
    ]
    assert AuditEntry.objects.about(record).newest_first()[0].reason == "It was right after all."


def test_a_project_says_what_it_is_in_every_language_before_it_is_public(editor):
    project = make_project(state="draft", summary_ky="", summary_en=" ")

    sentence = refused(project.publish, by=editor)

    assert "Kyrgyz" in sentence
    assert "English" in sentence
    assert "Russian" not in sentence


def test_an_agreement_names_the_day_of_its_signature(editor):
    assert "signature" in refused(make_agreement(state="draft", signed_on=None).publish, by=editor)


def test_a_change_in_place_is_written_down(editor):
    project = make_project()
    heard = []

    def hear(**facts):
        heard.append(facts)

    events.step_taken.connect(hear)
    try:
        project.write_down("change", by=editor, columns=["name_ky", "aliases"])
    finally:
        events.step_taken.disconnect(hear)

    assert AuditEntry.objects.about(project).newest_first()[0].reason == "name_ky, aliases"
    assert heard[0]["step"] == "change"
