"""A text whose languages say different things does not go public before somebody has looked at it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import AcceptedDifference, Edition
from pressoffice.accounts.models import User
from pressoffice.publishing.models import AppendOnly, AuditEntry
from pressoffice.publishing.steps import StepRefused
from tests.makers import body_about, make_edition, make_person, make_project, make_statement

pytestmark = pytest.mark.django_db

SAID = "<p>Выделено 3 млрд сомов.</p>"
WRONG = "<p>3 million soms were set aside.</p>"
RIGHT = "<p>3 billion soms were set aside.</p>"


@pytest.fixture
def original() -> Edition:
    return make_edition(language="ru", title="Дорога", summary="Коротко", body=SAID)


def translation(original: Edition, *, body: str = WRONG, state: str = "approved", **more: Any) -> Edition:
    facts = {"language": "en", "title": "Road", "summary": "In short", "body": body, **more}
    return make_edition(statement=original.statement, state=state, **facts)


def keys_of(edition: Edition) -> list[str]:
    return [each.key for each in edition.differences()]


def test_publishing_is_refused_with_both_figures(original: Edition, chief: User) -> None:
    edition = translation(original)

    with pytest.raises(StepRefused, match="en «3 million soms», ru «3 млрд сомов»"):
        edition.publish(by=chief)

    edition.refresh_from_db()
    assert edition.state == "approved"


def test_a_refusal_counts_the_differences_that_it_does_not_name(chief: User) -> None:
    original = make_edition(language="ru", body="<p>7 км. 8 км. 11 км. 12 км. 13 км.</p>")
    edition = translation(original, body="<p>70 km. 80 km. 110 km. 120 km. 130 km.</p>")

    with pytest.raises(StepRefused, match="; and 2 more. Put right"):
        edition.publish(by=chief)


def test_scheduling_is_refused_just_the_same(original: Edition, chief: User) -> None:
    with pytest.raises(StepRefused, match="3 million"):
        translation(original).publish(by=chief, at=timezone.now() + timedelta(days=2))


def test_a_text_that_agrees_is_published(original: Edition, chief: User) -> None:
    edition = translation(original, body=RIGHT)

    edition.publish(by=chief)

    assert edition.is_live()


def test_the_original_is_held_up_by_a_finished_translation_and_not_by_a_draft(chief: User) -> None:
    original = make_edition(language="ru", title="Дорога", summary="Коротко", body=SAID, state="approved")
    draft = translation(original, state="draft")
    assert [each.is_open for each in original.differences()] == [False]
    assert original.open_differences() == []

    draft.submit(by=draft.created_by)

    with pytest.raises(StepRefused, match="3 million"):
        original.publish(by=chief)


def test_a_language_that_was_taken_down_says_nothing_any_more(original: Edition, chief: User) -> None:
    edition = translation(original)
    original.withdraw(by=chief, reason="The figures were wrong.")

    assert edition.differences() == []


def test_what_is_waved_through_no_longer_stands_in_the_way(
    original: Edition, editor: User, chief: User
) -> None:
    edition = translation(original)

    edition.accept_differences(keys_of(edition), by=editor, reason="The ministry rounds.")
    edition.publish(by=chief)

    accepted = AcceptedDifference.objects.get()
    assert (accepted.words, accepted.other_words, accepted.by) == ("3 million soms", "3 млрд сомов", editor)
    entry = AuditEntry.objects.about(edition).get(step="accept_difference")
    assert entry.reason == "en «3 million soms», ru «3 млрд сомов»: The ministry rounds."
    assert edition.is_live()


def test_it_holds_for_these_values_only(original: Edition, author: User, editor: User) -> None:
    edition = translation(original, state="draft")
    edition.accept_differences(keys_of(edition), by=author, reason="Rounded.")

    edition.write(by=author, title="The road, at last")
    assert edition.open_differences() == []

    edition.write(by=author, body=WRONG.replace("3", "4"))
    assert len(edition.open_differences()) == 1


def test_it_holds_for_the_next_edition_and_from_the_other_side(
    original: Edition, author: User, editor: User, chief: User
) -> None:
    edition = translation(original)
    edition.accept_differences(keys_of(edition), by=editor, reason="Rounded.")
    edition.publish(by=chief)

    following = edition.statement.start_edition(language="en", by=author)

    assert [each.accepted is not None for each in following.differences()] == [True]
    assert [each.accepted is not None for each in original.differences()] == [True]


def test_waving_through_changes_no_word_and_voids_no_approval(original: Edition, editor: User) -> None:
    edition = translation(original)
    before = (edition.content_hash, edition.revision, edition.approved_hash)

    edition.accept_differences(keys_of(edition), by=editor, reason="Rounded.")

    edition.refresh_from_db()
    assert (edition.content_hash, edition.revision, edition.approved_hash) == before
    assert not edition.contributions.filter(user=editor).exists()


def test_whoever_wrote_it_waves_nothing_through_after_the_approval(original: Edition, author: User) -> None:
    edition = translation(original, by=author)

    with pytest.raises(StepRefused, match="somebody else must look at this"):
        edition.accept_differences(keys_of(edition), by=author, reason="Rounded.")

    assert not AcceptedDifference.objects.exists()


def test_an_approval_is_refused_when_something_was_waved_through_meanwhile(
    original: Edition, author: User, editor: User
) -> None:
    edition = translation(original, state="submitted", by=author)
    seen = edition.accepted_hash()
    edition.accept_differences(keys_of(edition), by=author, reason="Rounded.")

    with pytest.raises(StepRefused, match="waved through meanwhile"):
        edition.approve(by=editor, content_hash=edition.content_hash, accepted=seen)

    edition.approve(by=editor, content_hash=edition.content_hash, accepted=edition.accepted_hash())


@pytest.mark.parametrize(
    ("keys", "reason", "sentence"),
    [(None, " ", "Give a reason"), (["unknown"], "Rounded.", "no longer there")],
)
def test_it_takes_a_reason_and_something_to_wave_through(
    original: Edition, author: User, keys: Any, reason: str, sentence: str
) -> None:
    edition = translation(original, state="draft")

    with pytest.raises(StepRefused, match=sentence):
        edition.accept_differences(keys or keys_of(edition), by=author, reason=reason)


def test_a_second_click_is_told_that_it_is_done(original: Edition, author: User) -> None:
    edition = translation(original, state="draft")
    keys = keys_of(edition)
    edition.accept_differences(keys, by=author, reason="Rounded.")

    with pytest.raises(StepRefused, match="no longer there"):
        edition.accept_differences(keys, by=author, reason="Rounded.")

    assert AcceptedDifference.objects.count() == 1


def test_whoever_may_not_write_waves_nothing_through(original: Edition, stranger: User) -> None:
    edition = translation(original, state="draft")

    with pytest.raises(StepRefused, match="role"):
        edition.accept_differences(keys_of(edition), by=stranger, reason="Rounded.")


def test_nothing_is_waved_through_in_a_public_text(original: Edition, chief: User) -> None:
    edition = translation(original, state="draft")
    edition.publish_urgently(by=chief, reason="Flood.")

    with pytest.raises(StepRefused, match="can no longer be changed"):
        edition.accept_differences(keys_of(edition), by=chief, reason="Rounded.")


def test_what_is_urgent_goes_out_and_the_differences_are_noted(original: Edition, chief: User) -> None:
    edition = translation(original, state="draft")

    edition.publish_urgently(by=chief, reason="Flood.")

    assert edition.is_live()
    entry = AuditEntry.objects.about(edition).get(step="note_differences")
    assert entry.reason == "en «3 million soms», ru «3 млрд сомов»"


def test_what_was_accepted_is_never_changed(original: Edition, author: User) -> None:
    edition = translation(original, state="draft")
    edition.accept_differences(keys_of(edition), by=author, reason="Rounded.")
    accepted = AcceptedDifference.objects.get()

    for act in (
        accepted.save,
        accepted.delete,
        AcceptedDifference.objects.all().delete,
        lambda: AcceptedDifference.objects.update(reason="Another"),
    ):
        with pytest.raises(AppendOnly):
            act()


def test_a_person_and_a_project_named_in_one_language_only_are_differences(chief: User) -> None:
    make_person("Asanov", name_ru="Бакыт Асанов", name_en="Bakyt Asanov", name_ky="Бакыт Асанов")
    make_project("south-ring", name_ru="Южное кольцо", name_en="Southern Ring", name_ky="Түштүк айланма жол")
    original = make_edition(
        language="ru",
        title="Дорога",
        summary="Коротко",
        body="<p>О Южном кольце рассказал министр Асанов.</p>",
    )

    edition = translation(original, body="<p>The minister spoke about the road.</p>")

    assert {str(each) for each in edition.differences()} == {
        "en —, ru «Южном кольце»",
        "en —, ru «Асанов»",
    }


def test_words_that_are_marked_name_their_project(original: Edition) -> None:
    project = make_project("south-ring", name_ru="Южное кольцо", name_en="Southern Ring")
    original = make_edition(
        language="ru", title="Дорога", summary="Коротко", body="<p>Южное кольцо строится.</p>"
    )

    assert translation(original, body=body_about(project, "works")).differences() == []


def test_a_statement_in_one_language_costs_no_reading(
    author: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    edition = make_statement().start_edition(language="ru", by=author)
    edition.write(by=author, title="Дорога", body=SAID)

    with django_assert_num_queries(2):  # its statement, other languages
        assert edition.differences() == []


# --- the page ----------------------------------------------------------------------------------------


@pytest.fixture
def desk(logged_in: Callable[[User], Client]) -> Callable[[User], Client]:
    def client_of(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return client_of


def page_of(edition: Edition) -> str:
    return reverse("admin:articles_edition_change", args=[edition.pk])


def accept(edition: Edition) -> str:
    return reverse("admin:articles_edition_differences", args=[edition.pk])


def test_the_page_quotes_both_sides_and_leads_to_them(original: Edition, desk: Any, author: User) -> None:
    edition = translation(original, state="draft")

    page = desk(author).get(page_of(edition)).text

    assert "<mark>3 million soms</mark>" in page
    assert f'href="{page_of(original)}#block-0"' in page
    assert 'href="#languages"' in page


def test_an_approved_text_that_differs_offers_no_publication(
    original: Edition, desk: Any, editor: User
) -> None:
    edition = translation(original)
    offered = ("publish", "schedule")
    address = [reverse("admin:articles_edition_step", args=[edition.pk, name]) for name in offered]

    page = desk(editor).get(page_of(edition)).text
    assert [each for each in address if f'"{each}"' in page] == []
    assert "It cannot be published or scheduled yet: the languages say different things." in page

    answer = desk(editor).post(address[0])
    assert "en «3 million soms», ru «3 млрд сомов»" in answer.text
    assert f'href="{page_of(edition)}#languages"' in answer.text


def test_it_is_waved_through_on_the_page(original: Edition, desk: Any, editor: User) -> None:
    edition = translation(original)

    answer = desk(editor).post(
        accept(edition), {"difference": keys_of(edition), "reason": "The ministry rounds."}, follow=True
    )

    assert "The ministry rounds." in answer.text
    assert 'name="reason"' not in answer.text, "nothing is left to give a reason for"
    assert "It cannot be published or scheduled yet" not in answer.text
    assert reverse("admin:articles_edition_step", args=[edition.pk, "publish"]) in answer.text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"reason": "Rounded."}, "Tick what you have looked at."),
        ({"difference": ["x"], "reason": ""}, "Give a reason."),
        ({"difference": ["x"], "reason": "y" * 2001}, "2000 characters at most"),
    ],
)
def test_an_incomplete_answer_keeps_what_was_typed(
    original: Edition, desk: Any, author: User, sent: dict[str, Any], sentence: str
) -> None:
    edition = translation(original, state="draft")

    answer = desk(author).post(accept(edition), sent)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert sent["reason"] in answer.text


def test_only_a_post_waves_through_and_only_of_those_who_may(
    original: Edition, desk: Any, author: User, stranger: User
) -> None:
    edition = translation(original, state="draft")
    sent = {"difference": keys_of(edition), "reason": "Rounded."}

    assert desk(author).get(accept(edition)).status_code == 405
    assert desk(stranger).post(accept(edition), sent).status_code == 403
    Client().post(accept(edition), sent)
    assert not AcceptedDifference.objects.exists()


def test_the_approver_sees_the_reason_and_approves_what_was_seen(
    original: Edition, desk: Any, author: User, editor: User
) -> None:
    edition = translation(original, state="submitted", by=author)
    edition.accept_differences(keys_of(edition), by=author, reason="The ministry rounds.")

    page = desk(editor).get(page_of(edition)).text

    assert "The ministry rounds." in page
    assert f'name="accepted" value="{edition.accepted_hash()}"' in page
