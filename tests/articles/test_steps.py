"""The way of an edition: each verb works, refuses the wrong person, the wrong state, the second click."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone, translation

from articles.filters import year_choices
from articles.models import EditConflict, Edition
from pressoffice.accounts.models import User
from pressoffice.publishing import events, moment
from pressoffice.publishing.models import AppendOnly, AuditEntry, Takedown
from pressoffice.publishing.periods import FAR_FUTURE
from pressoffice.publishing.steps import StepRefused
from tests.makers import body_about, make_document, make_edition, make_image, make_project, make_statement

pytestmark = pytest.mark.django_db

TEXT = {"title": "Жол", "summary": "Жаңы жол", "body": "<p>Жаңы жол курулат.</p>"}


@pytest.fixture
def superuser(db):
    return User.objects.create(username="root", is_staff=True, is_superuser=True)


def written(author, **content) -> Edition:
    edition = make_statement().start_edition(language="ru", by=author)
    edition.write(by=author, **{**TEXT, **content})
    return edition


def submitted(author, **content) -> Edition:
    edition = written(author, **content)
    edition.submit(by=author)
    return edition


def approved(author, editor, **content) -> Edition:
    edition = submitted(author, **content)
    edition.approve(by=editor)
    return edition


def live(author, editor, **content) -> Edition:
    edition = approved(author, editor, **content)
    edition.publish(by=editor)
    return edition


def correction(of: Edition, author, editor, **content) -> Edition:
    """An approved next edition."""
    edition = of.statement.start_edition(language=of.language, by=author)
    edition.write(by=author, **{"change_note": "A figure was wrong.", "title": f"{of.title} (2)", **content})
    edition.submit(by=author)
    edition.approve(by=editor)
    return edition


def refused(verb, **arguments) -> str:
    before = AuditEntry.objects.count()
    with pytest.raises(StepRefused) as refusal:
        verb(**arguments)
    assert AuditEntry.objects.count() == before
    sentence = str(refusal.value)
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    return sentence


def last_entry(subject) -> AuditEntry:
    return AuditEntry.objects.about(subject).newest_first()[0]


# --- the straight way --------------------------------------------------------------------------------


def test_each_step_moves_the_state_and_is_written_down(author, editor):
    edition = make_statement().start_edition(language="ru", by=author)
    steps = [("start", "", "draft", author)]
    edition.write(by=author, **TEXT)
    edition.submit(by=author)
    steps.append(("submit", "draft", "submitted", author))
    edition.send_back(by=editor, reason=" The second figure is wrong. ")
    steps.append(("send_back", "submitted", "draft", editor))
    edition.submit(by=author)
    steps.append(("submit", "draft", "submitted", author))
    edition.take_back(by=author)
    steps.append(("take_back", "submitted", "draft", author))
    edition.submit(by=author)
    steps.append(("submit", "draft", "submitted", author))
    edition.approve(by=editor)
    steps.append(("approve", "submitted", "approved", editor))
    edition.publish(by=editor)
    steps.append(("publish", "approved", "published", editor))

    trail = AuditEntry.objects.about(edition).order_by("pk")

    assert [(each.step, each.from_state, each.to_state, each.by) for each in trail] == steps
    assert [each.reason for each in trail if each.reason] == ["The second figure is wrong."]
    assert {each.fingerprint for each in trail[1:]} == {edition.content_hash}
    assert edition.state == "published"
    assert edition.number == 1
    assert edition.is_live()


def test_the_audit_is_only_added_to(author):
    entry = AuditEntry.objects.about(written(author)).get()

    for act in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(reason="x"),
    ):
        with pytest.raises(AppendOnly):
            act()


@pytest.mark.parametrize(
    ("verb", "arguments", "state"),
    [
        ("submit", {}, "draft"),
        ("send_back", {"reason": "No."}, "submitted"),
        ("approve", {}, "submitted"),
        ("reopen", {}, "approved"),
        ("publish", {}, "approved"),
        ("publish_urgently", {"reason": "A flood."}, "draft"),
        ("cancel_publication", {}, "scheduled"),
        ("withdraw", {"reason": "No."}, "live"),
        ("remove", {"reason": "No."}, "live"),
        ("restore", {"reason": "It was right."}, "withdrawn"),
        ("restore", {"reason": "It was right."}, "removed"),
    ],
)
def test_a_step_needs_its_permission(verb, arguments, state, stranger):
    edition = make_edition(state=state)

    sentence = refused(getattr(edition, verb), by=stranger, **arguments)

    assert "role" in sentence
    edition.refresh_from_db()
    assert Edition.objects.get(pk=edition.pk).state == edition.state


@pytest.mark.parametrize(
    ("verb", "arguments", "sources"),
    [
        ("submit", {}, {"draft"}),
        ("send_back", {"reason": "No."}, {"submitted", "approved"}),
        ("approve", {}, {"submitted"}),
        ("reopen", {}, {"approved"}),
        ("publish", {}, {"approved"}),
        ("publish_urgently", {"reason": "A flood."}, {"draft", "submitted", "approved"}),
        ("cancel_publication", {}, {"scheduled"}),
        ("discard", {}, {"draft", "submitted", "approved"}),
        # An earlier edition speaks for its series, too.
        ("withdraw", {"reason": "No."}, {"live", "superseded"}),
        ("remove", {"reason": "No."}, {"live", "superseded"}),
        ("restore", {"reason": "It was right."}, {"withdrawn", "removed"}),
    ],
)
@pytest.mark.parametrize(
    "state",
    [
        "draft",
        "submitted",
        "approved",
        "scheduled",
        "live",
        "superseded",
        "withdrawn",
        "removed",
        "discarded",
    ],
)
def test_a_step_from_a_state_that_it_does_not_start_from(verb, arguments, sources, state, chief):
    edition = make_edition(state=state)

    if state in sources:
        getattr(edition, verb)(by=chief, **arguments)
        assert last_entry(edition).step == verb
    else:
        before = Edition.objects.filter(statement=edition.statement).values().order_by("pk")
        before = list(before)
        refused(getattr(edition, verb), by=chief, **arguments)
        assert list(Edition.objects.filter(statement=edition.statement).values().order_by("pk")) == before


@pytest.mark.parametrize(
    ("verb", "arguments", "state"),
    [
        ("submit", {}, "draft"),
        ("approve", {}, "submitted"),
        ("publish", {}, "approved"),
        ("publish_urgently", {"reason": "A flood."}, "draft"),
        ("discard", {}, "draft"),
        ("cancel_publication", {}, "scheduled"),
        ("withdraw", {"reason": "No."}, "live"),
        ("remove", {"reason": "No."}, "live"),
        ("restore", {"reason": "It was right."}, "withdrawn"),
        ("second_look", {}, "urgent"),
    ],
)
def test_a_step_is_taken_once_even_by_two_who_hold_the_same_old_row(
    verb, arguments, state, chief, other_editor
):
    if state == "urgent":
        edition = make_edition(state="draft")
        edition.publish_urgently(by=chief, reason="A flood.")
        chief = other_editor
    else:
        edition = make_edition(state=state)
    old = Edition.objects.get(pk=edition.pk)
    getattr(edition, verb)(by=chief, **arguments)

    refused(getattr(edition, verb), by=chief, **arguments)
    refused(getattr(old, verb), by=chief, **arguments)


@pytest.mark.parametrize("verb", ["send_back", "withdraw", "remove", "restore", "publish_urgently"])
@pytest.mark.parametrize("reason", ["", "  \n\t"])
def test_what_others_will_ask_about_needs_a_reason(verb, reason, chief):
    states = {"send_back": "submitted", "publish_urgently": "draft", "restore": "withdrawn"}
    edition = make_edition(state=states.get(verb, "live"))

    assert "reason" in refused(getattr(edition, verb), by=chief, reason=reason)


# --- two pairs of eyes -------------------------------------------------------------------------------


def test_nobody_approves_what_they_wrote(editor, author):
    edition = written(author)
    edition.write(by=editor, title="Another title")
    edition.submit(by=author)

    assert "somebody else" in refused(edition.approve, by=editor)


def test_a_comma_makes_a_writer(editor, other_editor, author):
    edition = submitted(author)
    edition.write(by=editor, body="<p>Жаңы жол, курулат.</p>")

    refused(edition.approve, by=editor)

    edition.approve(by=other_editor)
    assert edition.state == "approved"


@pytest.mark.parametrize(
    "part", ["attachments", "about", "lead_image", "is_minor", "embargo_until", "change_note"]
)
def test_every_part_of_the_content_counts_as_writing(part, editor, author):
    edition = submitted(author)
    value = {
        "attachments": lambda: [make_document()],
        "about": lambda: [make_project()],
        "lead_image": make_image,
        "is_minor": lambda: True,
        "embargo_until": lambda: moment.now() - timedelta(days=1),
        "change_note": lambda: "Something",
    }[part]()
    edition.write(by=editor, **{part: value})

    refused(edition.approve, by=editor)


def test_taking_a_word_out_again_leaves_the_writer_a_writer(editor, author):
    edition = submitted(author)
    edition.write(by=editor, title="Another title")
    edition.write(by=editor, title=TEXT["title"])

    refused(edition.approve, by=editor)


def test_saving_without_a_change_makes_nobody_a_writer(editor, author):
    edition = submitted(author)
    revision = edition.revision
    edition.write(by=editor, **TEXT)

    assert edition.revision == revision
    edition.approve(by=editor)
    assert edition.state == "approved"


def test_a_writer_does_not_publish_what_another_approved(editor, other_editor, author):
    edition = written(author)
    edition.write(by=editor, title="Another title")
    edition.submit(by=author)
    edition.approve(by=other_editor)

    assert "somebody else" in refused(edition.publish, by=editor)


def test_not_by_way_of_another_account_either(editor, other_editor, author):
    """The editor writes, the author hands it in, the other editor reopens: still the editor's words."""
    edition = written(editor)
    edition.submit(by=author)
    edition.approve(by=other_editor)
    edition.reopen(by=other_editor)
    edition.submit(by=other_editor)

    refused(edition.approve, by=editor)


def test_a_superuser_obeys_the_rule_of_two_pairs_of_eyes(superuser, author, editor):
    edition = written(superuser)
    edition.submit(by=superuser)
    assert "somebody else" in refused(edition.approve, by=superuser)

    edition.approve(by=editor)

    assert "somebody else" in refused(edition.publish, by=superuser)


def test_an_approval_is_of_the_text_that_was_read(editor, author, other_editor):
    edition = submitted(author)
    read = Edition.objects.get(pk=edition.pk)
    edition.write(by=other_editor, title="Another title")

    assert "Read it again" in refused(read.approve, by=editor, content_hash=read.content_hash)
    refused(edition.approve, by=editor, content_hash="0" * 64)


def test_an_approved_text_is_closed(author, editor):
    edition = approved(author, editor)

    assert "Reopen" in refused(edition.write, by=author, title="Another title")
    assert "Reopen" in refused(edition.write, by=editor, title="Another title")


def test_reopening_voids_the_approval(author, editor):
    edition = approved(author, editor)
    edition.reopen(by=author)

    assert (edition.state, edition.approved_by, edition.approved_hash) == ("draft", None, "")
    refused(edition.publish, by=editor)


def test_a_text_in_review_is_closed_to_its_author_until_taken_back(author, other_author):
    edition = submitted(author)

    assert "Take it back" in refused(edition.write, by=author, title="Another title")
    assert "submitted" in refused(edition.take_back, by=other_author)

    edition.take_back(by=author)
    edition.write(by=author, title="Another title")
    assert edition.title == "Another title"


def test_a_role_taken_away_counts_at_once(author, editor):
    edition = submitted(author)
    editor.groups.clear()

    refused(edition.approve, by=User.objects.get(pk=editor.pk))


def test_somebody_who_left_takes_no_steps(author, editor):
    edition = submitted(author)
    editor.is_active = False
    editor.save()

    refused(edition.approve, by=User.objects.get(pk=editor.pk))


# --- writing -----------------------------------------------------------------------------------------


def test_the_second_of_two_writers_is_told_and_sees_the_text_as_it_is(author, other_author):
    edition = written(author)
    mine, theirs = Edition.objects.get(pk=edition.pk), Edition.objects.get(pk=edition.pk)
    theirs.write(by=other_author, title="Theirs")

    with pytest.raises(EditConflict) as conflict:
        mine.write(by=author, title="Mine")

    assert conflict.value.current.title == "Theirs"
    assert Edition.objects.get(pk=edition.pk).title == "Theirs"


def test_a_row_is_written_by_its_verbs_only(author):
    edition = written(author)

    for act in (
        edition.save,
        lambda: Edition.objects.update(title="x"),
        lambda: Edition.objects.update(state="published"),
        lambda: Edition.objects.update(body="<script>"),
        lambda: Edition.objects.bulk_update([edition], ["body"]),
    ):
        with pytest.raises(TypeError):
            act()


def test_writing_takes_content_only(author):
    edition = written(author)

    for name in ("state", "number", "live_from", "content_hash", "approved_hash", "language", "unheard_of"):
        with pytest.raises(TypeError):
            edition.write(by=author, **{name: "x"})


def test_what_was_public_is_never_deleted():
    public, draft = make_edition(), make_edition(state="draft")

    with pytest.raises(StepRefused):
        public.delete()
    with pytest.raises(StepRefused):
        Edition.objects.filter(pk=public.pk).delete()

    draft.delete()
    assert list(Edition.objects.all()) == [public]


def test_one_edition_in_work_per_language(author, other_author):
    edition = written(author)

    assert "working" in refused(edition.statement.start_edition, language="ru", by=other_author)

    assert edition.statement.start_edition(language="ky", by=other_author).language == "ky"


def test_a_draft_is_its_writers_to_discard_or_an_editors(author, other_author, editor):
    edition = written(author)

    assert "somebody else" in refused(edition.discard, by=other_author)
    edition.discard(by=author)
    assert edition.state == "discarded"

    again = edition.statement.start_edition(language="ru", by=other_author)
    again.discard(by=editor)
    assert again.state == "discarded"
    assert again.base is None


def test_a_discarded_text_leaves_no_gap_in_the_public_count(author, editor):
    first = live(author, editor)
    correction(first, author, editor).discard(by=editor)
    second = correction(first, author, editor)
    with moment.fixed(moment.now() + timedelta(minutes=1)):
        second.publish(by=editor)

    assert second.number == 2


@pytest.mark.parametrize(("missing", "word"), [("title", "title"), ("summary", "summary"), ("body", "text")])
def test_nothing_incomplete_goes_public(missing, word, author, editor, chief):
    edition = written(author, **{missing: ""})

    assert word in refused(edition.publish_urgently, by=chief, reason="A flood.")
    if missing != "summary":
        refused(edition.submit, by=author)


# --- publishing --------------------------------------------------------------------------------------


def test_publishing_for_a_past_moment_publishes_now(author, editor):
    edition = approved(author, editor)
    now = timezone.now()
    with moment.fixed(now):
        edition.publish(by=editor, at=now - timedelta(days=400))

    assert edition.live_from == edition.public_since == now
    assert edition.live_until == FAR_FUTURE
    assert edition.revised_at is None


def test_a_scheduled_text_appears_by_itself(author, editor):
    edition = approved(author, editor)
    at = timezone.now() + timedelta(days=3)
    edition.publish(by=editor, at=at)

    assert not Edition.objects.live().exists()
    assert not Edition.objects.live(at - timedelta(microseconds=1)).exists()
    assert Edition.objects.live(at).get() == edition
    assert Edition.objects.scheduled().get() == edition
    assert edition.is_scheduled()
    assert not edition.is_live()


def test_a_scheduled_text_moves_by_cancelling_and_scheduling_anew(author, editor):
    edition = approved(author, editor)
    soon, later = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=2)
    edition.publish(by=editor, at=soon)
    refused(edition.publish, by=editor, at=later)

    edition.cancel_publication(by=editor)
    assert (edition.state, edition.number, edition.live_from, edition.public_since) == (
        "approved",
        None,
        None,
        None,
    )
    edition.publish(by=editor, at=later)

    assert edition.live_from == edition.public_since == later


def test_what_is_public_already_is_not_cancelled(author, editor):
    edition = live(author, editor)

    assert "public already" in refused(edition.cancel_publication, by=editor)


def test_a_schedule_whose_moment_has_come_is_not_cancelled(author, editor):
    edition = approved(author, editor)
    at = timezone.now() + timedelta(days=1)
    edition.publish(by=editor, at=at)

    with moment.fixed(at):
        assert "public already" in refused(edition.cancel_publication, by=editor)


def test_cancelling_a_scheduled_correction_restores_the_text_before_it(author, editor):
    first = live(author, editor)
    second = correction(first, author, editor)
    second.publish(by=editor, at=timezone.now() + timedelta(days=1))
    first.refresh_from_db()
    assert first.live_until == second.live_from

    second.cancel_publication(by=editor)

    first.refresh_from_db()
    assert first.live_until == FAR_FUTURE
    assert first.is_live(timezone.now() + timedelta(days=2))


def test_nothing_is_written_behind_a_scheduled_text(author, editor):
    first = live(author, editor)
    correction(first, author, editor).publish(by=editor, at=timezone.now() + timedelta(days=1))

    assert "scheduled" in refused(first.statement.start_edition, language="ru", by=author)
    assert "scheduled" in refused(first.withdraw, by=editor, reason="No.")


def test_the_embargo_holds_for_publishing_and_scheduling(author, editor):
    ends = timezone.now() + timedelta(days=1)
    edition = approved(author, editor, embargo_until=ends)

    assert "embargo" in refused(edition.publish, by=editor)
    assert "embargo" in refused(edition.publish, by=editor, at=ends - timedelta(microseconds=1))

    edition.publish(by=editor, at=ends)
    assert edition.live_from == ends


def test_even_an_urgent_text_waits_for_its_embargo(author, chief):
    edition = written(author, embargo_until=timezone.now() + timedelta(days=1))

    assert "embargo" in refused(edition.publish_urgently, by=chief, reason="A flood.")


def test_a_text_about_a_hidden_project_waits_for_it(author, editor):
    project = make_project("road", state="draft")
    edition = approved(author, editor, body=body_about(project))
    assert "not public" in refused(edition.publish, by=editor)

    at = timezone.now() + timedelta(days=1)
    project.publish(by=editor, at=at)

    refused(edition.publish, by=editor, at=at - timedelta(seconds=1))
    edition.publish(by=editor, at=at)
    assert edition.is_scheduled()


def test_a_chain_of_corrections_has_no_gap_and_no_overlap(author, editor):
    begin = timezone.now() - timedelta(days=10)
    with moment.fixed(begin):
        editions = [live(author, editor)]
    for day in range(1, 4):
        with moment.fixed(begin + timedelta(days=day)):
            following = correction(editions[-1], author, editor)
            following.publish(by=editor)
            editions.append(following)

    chain = list(Edition.objects.order_by("number"))
    assert [each.number for each in chain] == [1, 2, 3, 4]
    assert [each.live_until for each in chain[:-1]] == [each.live_from for each in chain[1:]]
    assert {each.public_since for each in chain} == {begin}
    assert [each.revised_at for each in chain] == [None, *(each.live_from for each in chain[1:])]
    for each, at in zip(chain, (begin + timedelta(days=day) for day in range(4)), strict=True):
        assert Edition.objects.live(at).get() == each
        assert each.base_id == (chain[each.number - 2].pk if each.number > 1 else None)


def test_a_correction_needs_a_note_for_readers_unless_it_is_minor(author, editor):
    first = live(author, editor)
    second = correction(first, author, editor, change_note="")
    assert "change note" in refused(second.publish, by=editor)

    second.reopen(by=author)
    second.write(by=author, is_minor=True)
    second.submit(by=author)
    second.approve(by=editor)
    with moment.fixed(timezone.now() + timedelta(minutes=1)):
        second.publish(by=editor)

    assert second.is_live(timezone.now() + timedelta(minutes=2))


def test_a_minor_change_moves_no_public_date(author, editor):
    begin = timezone.now() - timedelta(days=9)
    with moment.fixed(begin):
        first = live(author, editor)
    with moment.fixed(begin + timedelta(days=1)):
        major = correction(first, author, editor)
        major.publish(by=editor)
    with moment.fixed(begin + timedelta(days=2)):
        minor = correction(major, author, editor, is_minor=True, change_note="")
        minor.publish(by=editor)

    assert minor.public_since == begin
    assert minor.revised_at == major.live_from == begin + timedelta(days=1)


def test_a_new_edition_takes_over_what_the_last_one_said(author, editor):
    image, document, project = make_image(), make_document(), make_project()
    facts = {
        "lead_image": image,
        "attachments": [document],
        "about": [project],
        "notes_to_editors": "Call us.",
        "media_contact": "+996",
    }
    first = live(author, editor, **facts)

    second = first.statement.start_edition(language="ru", by=editor)

    for name in ("title", "summary", "body", "lead_image", "notes_to_editors", "media_contact"):
        assert getattr(second, name) == getattr(first, name)
    assert list(second.attachments.all()) == [document]
    assert second.about_as_a_whole() == [project]
    assert (second.change_note, second.is_minor, second.embargo_until, second.settled) == (
        "",
        False,
        None,
        [],
    )
    assert second.base == first
    assert not second.contributions.exists()
    assert second.slug == first.slug


def test_no_publication_writes_a_day_that_nobody_typed(author, editor):
    """A schedule would tell its day through the languages that are public already."""
    statement = make_statement(delivered_on=None)
    for language, at in [("ru", timezone.now() + timedelta(days=40)), ("ky", None)]:
        edition = statement.start_edition(language=language, by=author)
        edition.write(by=author, **TEXT)
        edition.submit(by=author)
        edition.approve(by=editor)
        edition.publish(by=editor, at=at)

    statement.refresh_from_db()
    assert statement.delivered_on is None


def test_a_statement_without_a_day_is_of_the_year_of_its_publication(author, editor):
    """In Bishkek: at 20:00 UTC of New Year's Eve it is the next year there."""
    with moment.fixed(datetime(2024, 12, 31, 20, tzinfo=UTC)) as at:
        edition = make_edition(statement=make_statement(delivered_on=None), at=at)

    assert edition.public_since == at
    assert list(Edition.objects.of_year(2025)) == [edition]
    assert not Edition.objects.of_year(2024).exists()
    with translation.override("ru"):
        assert year_choices() == [("2025", "2025")]
        dated = make_edition(statement=make_statement(delivered_on=date(2003, 12, 25)))
        assert year_choices() == [("2025", "2025"), ("2003", "2003")]
    assert list(Edition.objects.of_year(2003)) == [dated]


# --- without a second pair of eyes -------------------------------------------------------------------


def test_an_urgent_text_stays_flagged_until_somebody_else_has_looked(author, editor, chief):
    edition = written(author)
    edition.publish_urgently(by=chief, reason="A flood.")
    assert edition.is_live()
    assert edition.is_urgent
    assert last_entry(edition).reason == "A flood."

    for not_second in (chief, author):
        refused(edition.second_look, by=not_second)

    edition.second_look(by=editor)
    assert edition.second_look_by == editor


def test_an_editor_publishes_nothing_urgently(author, editor):
    assert "role" in refused(written(author).publish_urgently, by=editor, reason="A flood.")


def test_a_writer_gives_no_second_look(author, editor, chief):
    edition = written(author)
    edition.write(by=editor, title="Another title")
    edition.publish_urgently(by=chief, reason="A flood.")

    assert "second look" in refused(edition.second_look, by=editor)


# --- taking down -------------------------------------------------------------------------------------


def test_a_withdrawal_covers_every_version_of_the_text(author, editor):
    first = make_edition(state="superseded")
    second = first.successors.get()

    second.withdraw(by=editor, reason="The figures were wrong.")

    first.refresh_from_db()
    assert first.standing == second.standing == "withdrawn"
    assert second.is_live()
    notice = Takedown.objects.in_force().get()
    assert (notice.kind, notice.language, notice.reason) == ("withdrawn", "ru", "The figures were wrong.")

    second.restore(by=editor, reason="It was right after all.")

    first.refresh_from_db()
    assert first.standing == second.standing == "in_force"
    assert not Takedown.objects.in_force().exists()
    assert Takedown.objects.get().lifted_by == editor
    assert last_entry(second).reason == "It was right after all."


def test_a_takedown_is_of_one_language(author, editor):
    statement = make_statement()
    russian = make_edition(statement=statement, language="ru")
    kyrgyz = make_edition(statement=statement, language="ky")

    russian.withdraw(by=editor, reason="The translation was wrong.")

    kyrgyz.refresh_from_db()
    assert kyrgyz.standing == "in_force"


def test_removal_is_the_chiefs(editor, chief):
    edition = make_edition()
    refused(edition.remove, by=editor, reason="It named a child.")

    edition.remove(by=chief, reason="It named a child.", redirect_to="/ru/statements/")

    assert not Edition.objects.live().exists()
    assert not Edition.objects.ever_live().exists()
    assert Takedown.objects.get().redirect_to == "/ru/statements/"
    refused(edition.restore, by=editor, reason="It was right after all.")
    edition.restore(by=chief, reason="It was right after all.")
    assert edition.is_live()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\/evil.example",
        "javascript:alert(1)",
        "statements/",
        "mailto:a@b.example",
        "/en/nothing-of-ours/",
    ],
)
def test_a_removed_text_leads_nowhere_else(address, chief):
    edition = make_edition()

    assert "address" in refused(edition.remove, by=chief, reason="No.", redirect_to=address)
    edition.refresh_from_db()
    assert edition.is_live()


def test_removed_texts_lead_in_no_circle_of_three(chief):
    first, second, third = (make_edition(language="ru") for _ in range(3))
    second.remove(by=chief, reason="Twice.", redirect_to=first.get_absolute_url())
    third.remove(by=chief, reason="Thrice.", redirect_to=second.get_absolute_url())

    assert "circle" in refused(first.remove, by=chief, reason="No.", redirect_to=third.get_absolute_url())


def test_a_removed_text_leads_to_no_page_of_colleagues_and_in_no_circle(chief):
    first, second = make_edition(), make_edition()
    addresses = [
        "/admin/",
        f"/ru/statements/{first.statement.reference}/preview/{first.pk}/",
        first.get_absolute_url(),
        f"/ru/statements/{first.statement.reference}/",
    ]
    for address in addresses:
        assert "address" in refused(first.remove, by=chief, reason="No.", redirect_to=address)

    second.remove(by=chief, reason="Twice.", redirect_to=first.get_absolute_url())

    back = second.get_absolute_url()
    assert "circle" in refused(first.remove, by=chief, reason="No.", redirect_to=back)
    first.refresh_from_db()
    assert first.is_live()


def test_a_removed_text_may_lead_to_its_other_language(chief):
    russian = make_edition()
    kyrgyz = make_edition(statement=russian.statement, language="ky")

    russian.remove(by=chief, reason="Misread.", redirect_to=kyrgyz.get_absolute_url())

    assert Client().get(russian.get_absolute_url()).headers["Location"] == kyrgyz.get_absolute_url()


def test_nothing_new_is_begun_on_what_was_taken_down(author):
    edition = make_edition(state="withdrawn")

    assert "Restore" in refused(edition.statement.start_edition, language="ru", by=author)


def test_a_correction_begun_before_a_withdrawal_does_not_undo_it(author, editor):
    first = live(author, editor)
    second = correction(first, author, editor)
    first.withdraw(by=editor, reason="All of it was wrong.")

    with moment.fixed(timezone.now() + timedelta(minutes=1)):
        assert "taken down" in refused(second.publish, by=editor)
        first.refresh_from_db()
        assert first.live_until == FAR_FUTURE


def test_a_takedown_in_hand_does_not_lift_another(editor, chief):
    """An editor who opened the page of a withdrawn text may not restore it once the chief has removed it."""
    edition = make_edition(state="withdrawn")
    old = Edition.objects.get(pk=edition.pk)
    edition.restore(by=chief, reason="It was right after all.")
    edition.remove(by=chief, reason="It named a child.")

    refused(old.restore, by=editor, reason="It was right after all.")

    assert not Edition.objects.live().exists()
    assert Takedown.objects.in_force().get().kind == "removed"


# --- passages to settle ------------------------------------------------------------------------------


def test_passages_are_carried_over(author, editor):
    project = make_project("road")
    first = live(author, editor, body=body_about(project))

    second = correction(first, author, editor)

    assert [(p.project, p.exact) for p in second.passages.all()] == [(project, "280 km of road")]
    assert second.passages_to_settle() == []
    with moment.fixed(timezone.now() + timedelta(minutes=1)):
        second.publish(by=editor)


@pytest.mark.parametrize("change", ["changed", "gone", "unmarked", "other project"])
def test_changed_words_must_be_settled_and_again_when_they_change_again(change, author, editor):
    project, other = make_project("road"), make_project("line")
    first = live(author, editor, body=body_about(project))
    body = {
        "changed": body_about(project, "250 km of road"),
        "gone": "<p>Nothing is left.</p>",
        "unmarked": "<p>280 km of road</p>",
        "other project": body_about(other),
    }[change]
    second = first.statement.start_edition(language=first.language, by=author)
    second.write(by=author, body=body, change_note="A figure was wrong.")
    assert "passages" in refused(second.submit, by=author)

    second.write(by=author, settled=[item.key for item in second.passages_to_settle()])
    second.write(by=author, body=body_about(project, "240 km of road"))
    assert "passages" in refused(second.submit, by=author)

    second.write(by=author, settled=[item.key for item in second.passages_to_settle()])
    second.submit(by=author)
    second.approve(by=editor)
    with moment.fixed(timezone.now() + timedelta(minutes=1)):
        second.publish(by=editor)
    assert second.state == "published"


def test_even_urgently_nothing_goes_public_with_passages_that_nobody_settled(author, editor, chief):
    first = live(author, editor, body=body_about(make_project("road")))
    second = first.statement.start_edition(language=first.language, by=author)
    second.write(by=author, body="<p>Nothing is left.</p>", change_note="A figure was wrong.")

    with moment.fixed(timezone.now() + timedelta(minutes=1)):
        assert "passages" in refused(second.publish_urgently, by=chief, reason="The border is closed.")


def test_a_statement_that_is_no_longer_about_a_project_as_a_whole_says_so(author, editor):
    """Without words there is nothing to settle: whoever takes the project off has decided it."""
    project = make_project("road")
    first = live(author, editor, about=[project])

    second = correction(first, author, editor, about=[])

    assert second.passages_to_settle() == []


# --- what is told ------------------------------------------------------------------------------------


@pytest.fixture
def told(request):
    """Connects a receiver for the time of the test."""
    connected = []

    def connect(signal, receiver):
        signal.connect(receiver, weak=False)
        connected.append((signal, receiver))

    yield connect
    for signal, receiver in connected:
        signal.disconnect(receiver)


def test_a_receiver_that_fails_undoes_the_step(author, editor, told):
    edition = submitted(author)
    entries = AuditEntry.objects.count()

    def fails(**kwargs):
        raise RuntimeError("no room for the delivery")

    told(events.step_taken, fails)

    with pytest.raises(RuntimeError):
        edition.approve(by=editor)

    edition = Edition.objects.get(pk=edition.pk)
    assert (edition.state, edition.approved_by) == ("submitted", None)
    assert AuditEntry.objects.count() == entries


def test_receivers_hear_which_step_by_whom_when_and_why(author, editor, told):
    heard = []
    told(events.step_taken, lambda **facts: heard.append(facts))
    edition = submitted(author)
    with moment.fixed(timezone.now()) as at:
        edition.send_back(by=editor, reason="No.")

    last = heard[-1]
    assert (last["sender"], last["instance"], last["step"]) == (Edition, edition, "send_back")
    assert (last["by"], last["at"], last["reason"]) == (editor, at, "No.")


@pytest.mark.django_db(transaction=True)
def test_publication_is_told_after_the_commit_only(author, editor, told):
    from django.db import connection, transaction

    heard = []

    def heard_outside(**facts):
        heard.append((facts["instance"].pk, connection.in_atomic_block))

    told(events.published, heard_outside)
    edition = approved(author, editor)
    with transaction.atomic():
        edition.publish(by=editor)
        assert heard == []
    assert heard == [(edition.pk, False)]

    told(events.withdrawn, heard_outside)
    edition.withdraw(by=editor, reason="No.")
    assert len(heard) == 2


@pytest.mark.django_db(transaction=True)
def test_a_listener_that_fails_after_the_commit_undoes_nothing(author, editor, told):
    def fails(**kwargs):
        raise RuntimeError("the cache is away")

    told(events.published, fails)
    edition = approved(author, editor)

    edition.publish(by=editor)

    assert Edition.objects.live().get() == edition


def test_roles_hold_what_their_table_says(translator):
    """The translator writes and submits; nothing of it goes public by their hand."""
    edition = make_statement().start_edition(language="ky", by=translator)
    edition.write(by=translator, **TEXT)
    edition.submit(by=translator)
    assert edition.state == "submitted"

    for verb in (edition.approve, edition.publish):
        refused(verb, by=translator)
    assert Group.objects.get(name="Translator") in translator.groups.all()
