"""Several things at one second: all of them, or none."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Edition
from events.models import Event
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.publishing.models import AuditEntry
from pressoffice.publishing.steps import StepRefused
from pressoffice.releases.models import Member, Release, ReleaseRefused
from projects.models import Project
from tests.makers import (
    body_about,
    make_agreement,
    make_edition,
    make_event,
    make_project,
    make_statement,
    somebody,
)

pytestmark = pytest.mark.django_db

AHEAD = timezone.now() + timedelta(days=3)
LANGUAGES = ["ky", "ru", "en"]


def make_release(*things: Any, name: str = "Council") -> Release:
    release = Release.objects.create(name=name)
    for thing in things:
        Member.objects.create(release=release, **{thing._meta.model_name: thing})
    return release


def a_full_release() -> tuple[Release, list[Edition], Project, Event]:
    """Three languages that speak of a project which is not public yet, the project, and an event."""
    project, event = make_project("canal", state="draft"), make_event("council", state="draft")
    statement = make_statement(original_language="ru", event=event)
    texts = [
        make_edition(state="approved", statement=statement, language=language, body=body_about(project))
        for language in ("ru", "ky", "en")
    ]
    agreement = make_agreement("canal-treaty", state="draft", projects=[project])
    return make_release(*texts, project, event, agreement), texts, project, event


def state_of_everything(*rows: Any) -> list[tuple[Any, ...]]:
    for row in rows:
        row.refresh_from_db()
    return [(row.pk, row.state, row.live_from, row.live_until) for row in rows]


def test_everything_goes_public_at_the_same_moment() -> None:
    release, texts, project, event = a_full_release()

    release.publish(by=somebody(roles.EDITOR), at=AHEAD)

    moments = {row.live_from for row in [release, *texts, project, event] if not row.refresh_from_db()}
    assert moments == {AHEAD}
    before = AHEAD - timedelta(microseconds=1)
    assert not Edition.objects.live(before).exists()
    assert Edition.objects.live(AHEAD).count() == 3
    assert Project.objects.live(AHEAD).count() == 1


def test_at_once_means_one_moment_too() -> None:
    release, texts, project, event = a_full_release()

    release.publish(by=somebody(roles.EDITOR))

    assert len({row.live_from for row in [release, *texts, project, event] if not row.refresh_from_db()}) == 1
    assert Edition.objects.live().count() == 3


def test_one_part_that_may_not_keeps_all_back_and_every_reason_is_named() -> None:
    release, texts, project, event = a_full_release()
    texts[1].reopen(by=somebody(roles.EDITOR))
    Event.objects.filter(pk=event.pk).update(title_ky="")
    Project.objects.filter(pk=project.pk).update(summary_ru="")
    before = state_of_everything(release, *texts, project, event)
    entries = AuditEntry.objects.count()

    with pytest.raises(ReleaseRefused) as refusal:
        release.publish(by=somebody(roles.EDITOR), at=AHEAD)

    named = {problem.thing for problem in refusal.value.problems}
    assert {texts[1], project} <= named
    # The texts that speak of it cannot go without it.
    assert set(texts) <= named
    assert state_of_everything(release, *texts, project, event) == before
    assert AuditEntry.objects.count() == entries


def test_beforehand_each_part_says_what_keeps_it_back(editor: User) -> None:
    release, texts, project, _event = a_full_release()
    assert release.problems(AHEAD, by=editor) == []

    texts[0].reopen(by=somebody(roles.EDITOR))
    Project.objects.filter(pk=project.pk).update(summary_ru="")

    assert {problem.thing for problem in release.problems(AHEAD, by=editor)} == {texts[0], project}


def test_an_embargo_of_one_text_holds_for_the_whole_release() -> None:
    later = AHEAD + timedelta(hours=1)
    release = make_release(
        make_edition(state="approved", embargo_until=later), make_edition(state="approved")
    )

    with pytest.raises(ReleaseRefused):
        release.publish(by=somebody(roles.EDITOR), at=AHEAD)
    release.publish(by=somebody(roles.EDITOR), at=later)

    assert Edition.objects.scheduled().count() == 2


def test_whoever_wrote_in_one_of_the_texts_lets_none_of_them_go(editor: User) -> None:
    release = make_release(make_edition(state="approved"), make_edition(state="draft"))
    own = release.things()[1]
    own.write(by=editor, summary="My words.")
    own.submit(by=editor)
    own.approve(by=somebody(roles.EDITOR))

    with pytest.raises(ReleaseRefused, match="somebody else must publish"):
        release.publish(by=editor, at=AHEAD)

    assert not Edition.objects.published().exists()


@pytest.mark.parametrize("who", ["author", "translator", "stranger"])
def test_it_is_for_those_who_may_publish(who: str, request: pytest.FixtureRequest) -> None:
    release = make_release(make_edition(state="approved"))

    with pytest.raises(StepRefused):
        release.publish(by=request.getfixturevalue(who), at=AHEAD)


def test_an_empty_release_does_not_go_out(editor: User) -> None:
    with pytest.raises(StepRefused, match="Nothing is in this release"):
        make_release().publish(by=editor, at=AHEAD)


def test_moving_it_moves_every_part(editor: User) -> None:
    release, texts, project, event = a_full_release()
    release.publish(by=editor, at=AHEAD)
    later = AHEAD + timedelta(days=1)

    release.publish(by=editor, at=later)

    assert {row.live_from for row in [release, *texts, project, event] if not row.refresh_from_db()} == {
        later
    }


def test_a_move_that_one_part_may_not_make_moves_none(editor: User) -> None:
    text = make_edition(state="approved", embargo_until=AHEAD)
    release = make_release(text, make_edition(state="approved"))
    release.publish(by=editor, at=AHEAD)
    before = state_of_everything(release, *release.things())

    with pytest.raises(ReleaseRefused):
        release.publish(by=editor, at=AHEAD - timedelta(hours=1))

    assert state_of_everything(release, *release.things()) == before


def test_cancelling_it_cancels_every_part(editor: User) -> None:
    release, texts, project, event = a_full_release()
    release.publish(by=editor, at=AHEAD)

    release.cancel_publication(by=editor)

    assert {text.state for text in texts if not text.refresh_from_db()} == {"approved"}
    assert {row.state for row in (release, project, event) if not row.refresh_from_db()} == {"draft"}


def test_a_correction_in_a_release_gives_way_again_when_it_is_cancelled(editor: User) -> None:
    first = make_edition(at=timezone.now() - timedelta(days=60))
    second = make_edition(state="approved", statement=first.statement)
    release = make_release(second)

    release.publish(by=editor, at=AHEAD)
    first.refresh_from_db()
    assert first.live_until == AHEAD
    release.cancel_publication(by=editor)

    first.refresh_from_db()
    assert first.live_until.year == 9999


def test_after_its_moment_it_is_neither_moved_nor_cancelled(editor: User) -> None:
    release = make_release(make_edition(state="approved"))
    release.publish(by=editor)

    with pytest.raises(StepRefused, match="gone out already"):
        release.publish(by=editor, at=AHEAD)
    with pytest.raises(StepRefused, match="gone out already"):
        release.cancel_publication(by=editor)


def test_a_second_click_changes_nothing(editor: User, other_editor: User) -> None:
    release = make_release(make_edition(state="approved"))
    old = Release.objects.get(pk=release.pk)
    release.publish(by=editor, at=AHEAD)

    old.publish(by=other_editor, at=AHEAD)  # moves it to where it is

    assert Edition.objects.scheduled().get().live_from == AHEAD


@pytest.mark.parametrize("step", ["cancel_publication", "publish"])
def test_no_part_of_a_decided_release_is_moved_by_itself(step: str, editor: User) -> None:
    release, texts, project, _event = a_full_release()
    release.publish(by=editor, at=AHEAD)
    parts = [texts[0], project] if step == "cancel_publication" else [project]

    for part in parts:
        part.refresh_from_db()
        with pytest.raises(StepRefused, match="goes out with the release"):
            getattr(part, step)(by=editor)

    assert Edition.objects.scheduled().count() == 3
    assert Project.objects.scheduled().count() == 1


def test_a_part_that_went_out_by_itself_keeps_the_rest_back_until_it_is_let_go(editor: User) -> None:
    urgent, other = make_edition(state="approved"), make_edition(state="approved")
    urgent.publish(by=editor)
    release = make_release(urgent, other)

    with pytest.raises(ReleaseRefused):
        release.publish(by=editor, at=AHEAD)
    release.members.get(edition=urgent).delete()
    release.publish(by=editor, at=AHEAD)

    assert Edition.objects.scheduled().get() == other


def test_no_part_of_a_release_in_work_goes_out_by_itself(editor: User, chief: User) -> None:
    text, event = make_edition(state="approved"), make_event(state="draft")
    make_release(text, event)

    for alone in (
        lambda: text.publish(by=editor),
        lambda: text.publish(by=editor, at=AHEAD),
        lambda: text.publish_urgently(by=chief, reason="Now."),
        lambda: event.publish(by=editor),
        lambda: event.publish(by=editor, at=AHEAD),
    ):
        with pytest.raises(StepRefused, match="take this out of it first"):
            alone()

    text.refresh_from_db()
    event.refresh_from_db()
    assert (text.state, text.live_from, event.state, event.live_from) == ("approved", None, "draft", None)


def test_a_thing_is_in_one_release_only() -> None:
    edition = make_edition(state="draft")
    make_release(edition)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_release(edition, name="Another")


def test_each_part_and_the_release_leave_an_entry(editor: User) -> None:
    release, texts, *_rest = a_full_release()
    release.publish(by=editor, at=AHEAD)

    for row in (release, *texts):
        entry = AuditEntry.objects.about(row).newest_first()[0]
        assert (entry.step, entry.by) == ("publish", editor)  # type: ignore[attr-defined]
