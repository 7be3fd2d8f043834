"""The editors' way: statement, writing page, steps, conflict."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from articles.edition_steps import OF_EVERY_EDITION
from articles.models import Edition, Statement
from pressoffice.accounts.models import User
from pressoffice.publishing.audit_trail import explained
from pressoffice.publishing.models import AuditEntry
from tests.makers import body_about, make_edition, make_image, make_project, make_statement

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]


@pytest.fixture
def desk(logged_in: Desk) -> Desk:
    def opened(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


def page_of(edition: Edition) -> str:
    return reverse("admin:articles_edition_change", args=[edition.pk])


def step_of(edition: Edition, name: str) -> str:
    return reverse("admin:articles_edition_step", args=[edition.pk, name])


def text_of(edition: Edition, **changes: Any) -> dict[str, Any]:
    """What the writing page posts."""
    return {
        "revision": edition.revision,
        "title": edition.title,
        "summary": edition.summary,
        "body": edition.body,
        "notes_to_editors": "",
        "media_contact": "",
        "embargo_until": "",
        **changes,
    }


def test_adding_a_statement_leads_to_the_writing_page_of_its_first_edition(desk: Desk, author: User) -> None:
    answer = desk(author).post(
        reverse("admin:articles_statement_add"),
        {"kind": "statement", "form": "", "original_language": "ky", "delivered_on": "", "place_ky": "",
         "place_ru": "", "place_en": ""},
    )  # fmt: skip

    edition = Edition.objects.get()
    assert (edition.language, edition.state) == ("ky", "draft")
    assert answer.url == page_of(edition)
    assert desk(author).get(answer.url).status_code == 200


def test_saving_keeps_text_passage_and_projects_of_the_whole(desk: Desk, author: User) -> None:
    road, dam = make_project("road"), make_project("dam")
    edition = make_edition(state="draft", by=author)

    answer = desk(author).post(page_of(edition), text_of(edition, body=body_about(road), about=[dam.pk]))

    assert answer.status_code == 302
    passages = Edition.objects.get().passages.order_by("position")
    assert [(passage.project, passage.exact) for passage in passages] == [(dam, ""), (road, "280 km of road")]


def test_script_in_a_posted_body_is_never_stored(desk: Desk, author: User) -> None:
    edition = make_edition(state="draft", by=author)

    desk(author).post(
        page_of(edition), text_of(edition, body='<p onclick="x()">Word<script>alert(1)</script></p>')
    )

    assert Edition.objects.get().body == "<p>Word</p>"


def test_a_mark_for_a_project_that_does_not_exist_is_named_and_the_text_stays(
    desk: Desk, author: User
) -> None:
    edition = make_edition(state="draft", by=author)
    body = body_about(make_project("road")).replace('"road"', '"rood"')
    assert "rood" in body

    answer = desk(author).post(page_of(edition), text_of(edition, body=body))

    assert answer.status_code == 422
    assert "projects that we do not have: rood." in answer.text
    assert "280 km of road" in answer.text


def test_saving_and_submitting_is_one_click(desk: Desk, author: User) -> None:
    edition = make_edition(state="draft", by=author)

    desk(author).post(page_of(edition), text_of(edition, title="New title", _submit="1"))

    edition.refresh_from_db()
    assert (edition.title, edition.state) == ("New title", "submitted")


def test_a_text_that_cannot_be_submitted_is_saved_all_the_same(desk: Desk, author: User) -> None:
    edition = make_edition(state="draft", by=author)

    answer = desk(author).post(page_of(edition), text_of(edition, title="", _submit="1"), follow=True)

    edition.refresh_from_db()
    assert (edition.title, edition.state) == ("", "draft")
    assert "Write a title and a text first." in answer.content.decode()


def test_the_second_of_two_writers_is_shown_both_texts_and_loses_nothing(
    desk: Desk, author: User, other_author: User
) -> None:
    edition = make_edition(state="draft", by=author, body="<p>The road is 250 km long.</p>")
    mine = text_of(edition, body="<p>The road is 280 km long.</p>")
    desk(other_author).post(page_of(edition), text_of(edition, body="<p>The road is 277 km long.</p>"))

    answer = desk(author).post(page_of(edition), mine)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved this text while you were writing" in page
    assert "The road is 277 km long." in page
    assert "The road is 280 km long." in page
    assert Edition.objects.get().body == "<p>The road is 277 km long.</p>"


def test_after_a_conflict_saving_again_is_a_decision(desk: Desk, author: User, other_author: User) -> None:
    edition = make_edition(state="draft", by=author)
    mine = text_of(edition, title="Mine")
    desk(other_author).post(page_of(edition), text_of(edition, title="Theirs"))
    conflict = desk(author).post(page_of(edition), mine)

    again = desk(author).post(
        page_of(edition), {**mine, "revision": conflict.context["form"]["revision"].value()}
    )

    assert again.status_code == 302
    assert Edition.objects.get().title == "Mine"


@pytest.mark.parametrize("button", ["_save", "_submit"])
def test_a_double_click_is_no_conflict(desk: Desk, author: User, button: str) -> None:
    dam, image = make_project("dam"), make_image()
    edition = make_edition(state="draft", by=author)
    mine = text_of(
        edition,
        title="  Mine ",
        body="<p>Mine</p><b>bold</b>",
        about=[dam.pk],
        lead_image=image.pk,
        embargo_until="2090-11-24T09:00",
        **{button: "1"},
    )
    first = desk(author).post(page_of(edition), mine)

    second = desk(author).post(page_of(edition), mine)

    assert first.status_code == second.status_code == 302
    edition.refresh_from_db()
    assert (edition.title, edition.state) == ("Mine", "submitted" if button == "_submit" else "draft")


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30])
def test_a_form_without_its_beginning_saves_nothing(desk: Desk, author: User, revision: str) -> None:
    edition = make_edition(state="draft", by=author)

    answer = desk(author).post(page_of(edition), text_of(edition, title="New", revision=revision))

    assert answer.status_code == 422
    assert Edition.objects.get().title == edition.title


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "x" * 251, "at most 250"),
        ("summary", "x" * 601, "at most 600"),
        ("body", "<p>" + "x" * 500_001 + "</p>", "too long for one statement"),
        ("body", "<ul><li>" * 60_000, "too long for one statement"),
        ("embargo_until", "yesterday", "valid date"),
        ("embargo_until", "0001-01-01T00:00", "between 1991 and 2100"),
        ("lead_image", "999999", "valid choice"),
        ("about", "999999", "valid choice"),
        ("title", "nul\x00", "Null characters"),
    ],
)
def test_every_error_is_a_sentence_and_what_was_typed_stays(
    desk: Desk, author: User, field: str, value: str, sentence: str
) -> None:
    edition = make_edition(state="draft", by=author)

    answer = desk(author).post(
        page_of(edition), text_of(edition, notes_to_editors="Typed long", **{field: value})
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Typed long" in page


def test_no_field_cuts_what_is_pasted(desk: Desk, author: User) -> None:
    page = desk(author).get(page_of(make_edition(state="draft", by=author))).content.decode()

    assert "maxlength" not in page.partition('id="edition_form"')[2].partition("</form>")[0]


def test_a_post_beyond_all_limits_is_answered(desk: Desk, author: User) -> None:
    edition = make_edition(state="draft", by=author)

    answer = desk(author).post(page_of(edition), text_of(edition, body="x" * 6_000_000))

    assert answer.status_code in {400, 413, 422}
    assert Edition.objects.get().body == edition.body


PAGES = {
    "list": lambda edition: reverse("admin:articles_statement_changelist"),
    "add": lambda edition: reverse("admin:articles_statement_add"),
    "statement": lambda edition: reverse("admin:articles_statement_change", args=[edition.statement_id]),
    "writing": page_of,
    "compare": lambda edition: reverse("admin:articles_edition_compare", args=[edition.pk]),
    "projects": lambda edition: reverse("admin:articles_edition_projects"),
    "step": lambda edition: step_of(edition, "submit"),
}
COLLEAGUES = {"author", "editor", "chief"}
WHO_SEES = {
    "list": {*COLLEAGUES, "translator"},
    "add": COLLEAGUES,
    "statement": {*COLLEAGUES, "translator"},
    "writing": {*COLLEAGUES, "translator"},
    "compare": {*COLLEAGUES, "translator"},
    "projects": {*COLLEAGUES, "translator"},
    "step": {*COLLEAGUES, "translator"},
}


@pytest.mark.parametrize("who", [*COLLEAGUES, "translator", "stranger", "reader"])
@pytest.mark.parametrize("page", PAGES)
def test_who_sees_which_page(request: Any, desk: Desk, page: str, who: str) -> None:
    first = make_edition(state="live")
    draft = make_edition(state="draft", statement=first.statement, at=timezone.now())
    client = Client() if who == "reader" else desk(request.getfixturevalue(who))

    answer = client.get(PAGES[page](draft))

    if who == "reader":
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("admin:login"))
    else:
        assert answer.status_code == (200 if who in WHO_SEES[page] else 403)


@pytest.mark.parametrize("address", [page_of, lambda edition: step_of(edition, "submit")])
def test_whoever_may_only_look_writes_nothing(desk: Desk, person_with: Any, address: Any) -> None:
    edition = make_edition(state="draft")
    onlooker = person_with("", "onlooker")
    onlooker.user_permissions.add(*Permission.objects.filter(codename__startswith="view_"))

    answer = desk(onlooker).post(address(edition), text_of(edition, title="Written"))

    assert answer.status_code == 403
    edition.refresh_from_db()
    assert (edition.title == "Written", edition.state) == (False, "draft")
    assert desk(onlooker).get(page_of(edition)).context["form"] is None


def test_two_people_bring_a_text_to_its_readers(
    desk: Desk, author: User, editor: User, reader: Client
) -> None:
    edition = make_edition(state="draft", by=author)
    desk(author).post(step_of(edition, "submit"))
    shown = desk(editor).get(page_of(edition)).context["edition"].content_hash
    desk(editor).post(step_of(edition, "approve"), {"content_hash": shown})

    desk(editor).post(step_of(edition, "publish"))

    edition.refresh_from_db()
    assert edition.is_live()
    assert reader.get(edition.get_absolute_url()).status_code == 200


def test_a_text_that_changed_after_it_was_opened_is_not_approved(
    desk: Desk, author: User, editor: User, other_editor: User
) -> None:
    edition = make_edition(state="submitted", by=author)
    shown = edition.content_hash
    desk(other_editor).post(page_of(edition), text_of(edition, title="A comma, more"))

    answer = desk(editor).post(step_of(edition, "approve"), {"content_hash": shown})

    assert "The text was changed after you opened it." in answer.content.decode()
    assert Edition.objects.get().state == "submitted"


def test_the_writer_is_told_that_somebody_else_approves(desk: Desk, editor: User) -> None:
    edition = make_edition(state="submitted", by=editor)

    page = desk(editor).get(page_of(edition))

    names = {step.name for step in page.context["steps"]}
    assert "approve" not in names
    assert "somebody else approves and publishes it" in page.content.decode()


def test_whoever_may_approve_is_told_what_writing_would_cost(desk: Desk, author: User, editor: User) -> None:
    warning = "you can no longer approve it: somebody else must."
    edition = make_edition(state="submitted", by=author)
    assert warning in desk(editor).get(page_of(edition)).text
    assert warning not in desk(author).get(page_of(edition)).text

    edition.write(by=editor, title="Put otherwise")
    assert warning not in desk(editor).get(page_of(edition)).text


def test_no_step_is_offered_that_would_be_refused(desk: Desk, editor: User, chief: User) -> None:
    project = make_project("road", state="draft")
    edition = make_edition(state="approved", body=body_about(project))
    offered = ("publish", "schedule", "publish-urgently")

    page = desk(chief).get(page_of(edition)).text
    assert [name for name in offered if step_of(edition, name) in page] == []

    project.publish(by=editor, at=timezone.now() + timedelta(days=3))
    page = desk(chief).get(page_of(edition)).text
    assert [name for name in offered if step_of(edition, name) in page] == ["schedule"]

    project.cancel_publication(by=editor)
    project.publish(by=editor)
    page = desk(chief).get(page_of(edition)).text
    assert [name for name in offered if step_of(edition, name) in page] == list(offered)


def test_publishing_what_is_scheduled_from_an_old_page_says_that_it_is_scheduled(
    desk: Desk, editor: User
) -> None:
    edition = make_edition(state="scheduled")

    answer = desk(editor).post(step_of(edition, "publish"))

    assert "scheduled already" in answer.text


def test_scheduling_says_the_hour_and_opens_with_the_end_of_the_embargo(desk: Desk, editor: User) -> None:
    edition = make_edition(state="approved", embargo_until=datetime(2090, 11, 24, 3, 0, tzinfo=UTC))
    form = desk(editor).get(step_of(edition, "schedule")).content.decode()
    assert 'value="2090-11-24T09:00"' in form

    month_ahead = timezone.localdate() + timedelta(days=30)
    answer = desk(editor).post(step_of(edition, "schedule"), {"at": f"{month_ahead}T09:00"})
    assert "before the end of its embargo" in answer.content.decode()

    edition = make_edition(state="approved")
    answer = desk(editor).post(step_of(edition, "schedule"), {"at": f"{month_ahead}T09:00"}, follow=True)
    day = date_format(month_ahead, "j F Y")
    assert f"It goes public on {day}, 09:00, Bishkek time." in answer.content.decode()


def test_a_second_click_gets_a_sentence(desk: Desk, editor: User) -> None:
    edition = make_edition(state="approved")
    desk(editor).post(step_of(edition, "publish"))

    answer = desk(editor).post(step_of(edition, "publish"))

    assert answer.status_code == 200
    assert "Somebody has published this edition already." in answer.content.decode()


def test_a_reason_is_kept_when_the_step_is_refused(desk: Desk, editor: User) -> None:
    edition = make_edition(state="draft")

    answer = desk(editor).post(step_of(edition, "send-back"), {"reason": "Which figure holds?"})

    assert "Which figure holds?" in answer.content.decode()


@pytest.mark.parametrize("step", [step.name for step in OF_EVERY_EDITION])
def test_no_step_is_taken_by_somebody_without_a_role(desk: Desk, stranger: User, step: str) -> None:
    edition = make_edition(state="submitted")

    assert desk(stranger).post(step_of(edition, step)).status_code == 403
    assert Edition.objects.get().state == "submitted"


@pytest.mark.parametrize(
    "step", ["approve", "publish", "schedule", "send-back", "withdraw", "publish-urgently"]
)
def test_authors_do_not_take_editors_steps(desk: Desk, author: User, step: str) -> None:
    edition = make_edition(state="submitted")

    assert desk(author).post(step_of(edition, step), {"reason": "x"}).status_code == 403


def test_a_public_text_is_read_and_not_written(desk: Desk, author: User) -> None:
    edition = make_edition(state="live", by=author)

    page = desk(author).get(page_of(edition))
    answer = desk(author).post(page_of(edition), text_of(edition, title="Rewritten"))

    assert page.context["form"] is None
    assert answer.status_code == 409
    assert Edition.objects.get().title == edition.title


def test_colleagues_read_a_text_with_pictures_and_projects_that_are_not_public(
    desk: Desk, author: User
) -> None:
    project, image = make_project("road", state="draft"), make_image()
    body = f'{body_about(project)}<figure data-image="{image.token}"></figure>'
    edition = make_edition(state="approved", by=author, body=body)

    page = desk(author).get(page_of(edition)).content.decode()

    assert reverse("admin:projects_project_change", args=[project.pk]) in page
    assert reverse("admin:media_image_thumb", args=[image.token]) in page


def test_a_translation_says_that_it_is_behind_its_original(desk: Desk, translator: User) -> None:
    original = make_edition(state="live", language="ru", at=timezone.now() - timedelta(days=9))
    translation = make_edition(
        state="live", language="en", statement=original.statement, at=timezone.now() - timedelta(days=8)
    )
    newer = make_edition(statement=original.statement, language="ru", at=timezone.now() - timedelta(days=1))

    page = desk(translator).get(page_of(translation)).content.decode()

    assert "behind the original" in page
    assert reverse("admin:articles_edition_compare", args=[newer.pk]) in page


def test_a_new_edition_is_a_copy_beside_the_public_one(desk: Desk, author: User) -> None:
    edition = make_edition(state="live", by=author)

    desk(author).post(reverse("admin:articles_statement_start", args=[edition.statement_id, "ru"]))

    assert Edition.objects.get(state="draft").title == edition.title


def test_starting_twice_leads_back_with_a_sentence(desk: Desk, author: User) -> None:
    edition = make_edition(state="draft", by=author)

    answer = desk(author).post(
        reverse("admin:articles_statement_start", args=[edition.statement_id, "ru"]), follow=True
    )

    assert "Somebody is working on the next edition" in answer.content.decode()
    assert Edition.objects.count() == 1


def test_a_translator_writes_translations_and_adds_no_statement(desk: Desk, translator: User) -> None:
    edition = make_edition(state="live")

    desk(translator).post(reverse("admin:articles_statement_start", args=[edition.statement_id, "en"]))

    assert Edition.objects.get(language="en").translated_from == edition
    assert desk(translator).get(reverse("admin:articles_statement_add")).status_code == 403


def test_the_facts_of_a_public_statement_are_for_those_who_publish(
    desk: Desk, author: User, editor: User
) -> None:
    statement = make_edition(state="live").statement
    address = reverse("admin:articles_statement_change", args=[statement.pk])
    facts = {"kind": "speech", "form": "", "original_language": "ru", "delivered_on": "2026-08-22"}
    facts |= {"place_ky": "", "place_ru": "", "place_en": ""}

    assert desk(author).post(address, facts).status_code == 403
    loaded = desk(editor).get(address).context["adminform"].form["loaded"].value()
    desk(editor).post(address, {**facts, "loaded": loaded})

    assert Statement.objects.get().kind == "speech"
    entry = AuditEntry.objects.about(statement).filter(step="change").get()
    assert entry.reason == "kind: «Statement» → «Speech»"
    assert explained(entry) == "Kind: «Statement» → «Speech»"


@pytest.mark.parametrize("name", ["statement", "edition"])
def test_nothing_is_deleted_here(desk: Desk, chief: User, name: str) -> None:
    edition = make_edition(state="draft")
    pk = edition.pk if name == "edition" else edition.statement_id

    assert (
        desk(chief).post(reverse(f"admin:articles_{name}_delete", args=[pk]), {"post": "yes"}).status_code
        == 403
    )


def test_the_list_asks_as_much_for_forty_statements_as_for_two(
    desk: Desk, author: User, django_assert_max_num_queries: Any
) -> None:
    address = reverse("admin:articles_statement_changelist")
    client = desk(author)
    for _each in range(2):
        make_edition()
    client.get(address)
    with django_assert_max_num_queries(30) as few:
        client.get(address)
    for _each in range(12):
        make_edition(statement=make_statement(), state="draft")
    with django_assert_max_num_queries(len(few.captured_queries)):
        page = client.get(address)

    assert page.status_code == 200


def chips_of(page: str) -> list[str]:
    """What the list says of each text, language first."""
    found = re.findall(r'<(?:a|span|button) class="chip [^>]*>(.*?)</(?:a|span|button)>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", chip).strip() for chip in found]


def test_the_list_says_how_each_language_stands(desk: Desk, author: User) -> None:
    statement = make_edition(state="live", language="ru").statement
    make_edition(state="submitted", language="ky", statement=statement)

    page = desk(author).get(reverse("admin:articles_statement_changelist")).content.decode()

    assert chips_of(page) == ["ky submitted", "ru public", "en missing: start"]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "ru draft"),
        ("approved", "ru approved"),
        ("withdrawn", "ru withdrawn"),
        ("removed", "ru removed"),
    ],
)
def test_the_list_says_each_state_in_its_own_words(desk: Desk, author: User, state: str, words: str) -> None:
    make_edition(state=state)

    page = desk(author).get(reverse("admin:articles_statement_changelist")).content.decode()

    assert words in chips_of(page)


def test_the_list_says_when_a_scheduled_text_goes_public_by_the_clocks_of_bishkek(
    desk: Desk, author: User
) -> None:
    make_edition(state="scheduled", at=datetime(2090, 11, 24, 3, 0, tzinfo=UTC))

    page = desk(author).get(reverse("admin:articles_statement_changelist")).content.decode()

    assert "ru scheduled, 24 November, 09:00" in chips_of(page)


def test_the_list_says_which_translation_is_behind_its_original(desk: Desk, author: User) -> None:
    original = make_edition(state="live", language="ru", at=timezone.now() - timedelta(days=9))
    make_edition(
        state="live",
        language="en",
        statement=original.statement,
        at=timezone.now() - timedelta(days=8),
    )
    address = reverse("admin:articles_statement_changelist")
    before = chips_of(desk(author).get(address).content.decode())
    make_edition(statement=original.statement, language="ru", at=timezone.now() - timedelta(days=1))

    after = chips_of(desk(author).get(address).content.decode())

    assert "en public" in before
    assert "en public, behind the original" in after


def test_a_missing_language_is_started_from_the_list(desk: Desk, translator: User, person_with: Any) -> None:
    statement = make_edition(state="live").statement
    address = reverse("admin:articles_statement_changelist")
    page = desk(translator).get(address).content.decode()
    start = reverse("admin:articles_statement_start", args=[statement.pk, "en"])
    assert f'form="start-edition" formaction="{start}"' in page

    answer = desk(translator).post(start)

    assert answer.url == page_of(Edition.objects.get(language="en"))
    onlooker = person_with("", "onlooker")
    onlooker.user_permissions.add(*Permission.objects.filter(codename__in=["view_statement", "view_edition"]))
    page = desk(onlooker).get(address).content.decode()
    assert "ky missing" in chips_of(page)
    assert "start-edition" not in page


def test_nothing_is_started_by_a_link(desk: Desk, author: User) -> None:
    statement = make_edition(state="live").statement

    answer = desk(author).get(reverse("admin:articles_statement_start", args=[statement.pk, "en"]))

    assert answer.status_code == 405
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("state=draft", {"Draft"}),
        ("state=public", {"Live"}),
        ("state=withdrawn", {"Withdrawn"}),
        ("missing=en", {"Draft", "Live", "Withdrawn"}),
        ("missing=ru", set()),
    ],
)
def test_the_list_is_filtered(desk: Desk, author: User, query: str, shown: set[str]) -> None:
    for state in ("draft", "live", "withdrawn"):
        make_edition(state=state, title=state.capitalize())

    page = desk(author).get(f"{reverse('admin:articles_statement_changelist')}?{query}")

    titles = {edition.title for row in page.context["cl"].result_list for edition in row.in_work}
    assert titles == shown


@pytest.mark.parametrize("path", ["statement", "edition"])
def test_djangos_own_history_leads_to_the_audit(desk: Desk, author: User, stranger: User, path: str) -> None:
    edition = make_edition()
    address = reverse(
        f"admin:articles_{path}_history", args=[edition.pk if path == "edition" else edition.statement_id]
    )

    assert desk(author).get(address).url.endswith("#audit")
    assert desk(stranger).get(address).status_code == 403


def test_a_statement_added_beside_another_form_gives_that_form_its_choice(desk: Desk, editor: User) -> None:
    answer = desk(editor).post(
        f"{reverse('admin:articles_statement_add')}?_popup=1",
        {"kind": "statement", "form": "", "original_language": "ky", "delivered_on": "", "place_ky": "",
         "place_ru": "", "place_en": "", "_popup": "1"},
    )  # fmt: skip

    assert answer.status_code == 200
    assert Statement.objects.get().reference in answer.content.decode()


def test_the_browser_is_told_which_of_its_copies_is_saved(desk: Desk, author: User) -> None:
    edition = make_edition(state="draft", by=author)

    saved = desk(author).post(page_of(edition), text_of(edition, title="New", kept_as="abc123"))
    edition.refresh_from_db()
    odd = desk(author).post(page_of(edition), text_of(edition, title="Newer", kept_as="a; b=c"))

    assert saved.cookies["saved-text"].value == "abc123"
    assert "saved-text" not in odd.cookies


def test_the_list_is_searched_by_cyrillic_words_in_any_case(desk: Desk, author: User) -> None:
    make_edition(title="Дорога вдоль озера")
    make_edition(title="Мост через реку")

    page = desk(author).get(reverse("admin:articles_statement_changelist"), {"q": "ДОРОГА"}).content.decode()

    assert "Дорога вдоль озера" in page
    assert "Мост через реку" not in page


@pytest.mark.parametrize("query", ["q=%00", "state=nix", "missing=xx", "kind=%3Cscript%3E", "p=999", "o=99"])
def test_odd_queries_to_the_list_are_answered(desk: Desk, author: User, query: str) -> None:
    make_edition()

    assert desk(author).get(f"{reverse('admin:articles_statement_changelist')}?{query}").status_code < 500


def test_projects_to_mark_are_found_by_name_alias_and_language(
    desk: Desk, author: User, stranger: User
) -> None:
    road = make_project("road", name_ky="Алматы — Ысык-Көл жолу")
    road.aliases.create(language="en", text="lake road")
    make_project("removed-one", state="removed")
    address = reverse("admin:articles_edition_projects")

    def found(words: str) -> list[str]:
        return [each["code"] for each in desk(author).get(address, {"q": words}).json()["results"]]

    assert found("ысык-көл") == found("Lake ROAD") == found("") == ["road"]
    assert found("nothing of it") == found("removed") == []
    assert desk(stranger).get(address).status_code == 403


def test_projects_recognised_in_the_selected_words_come_first(desk: Desk, author: User) -> None:
    make_project("a-bridge", name_ru="Мост через Чу")
    make_project("road", name_ru="Автодорога Алматы — Иссык-Куль")
    address = reverse("admin:articles_edition_projects")

    found = desk(author).get(
        address, {"words": "по автодороге Алматы — Иссык-Куль", "language": "ru", "q": ""}
    )

    assert [(each["code"], each["recognised"]) for each in found.json()["results"]] == [
        ("road", True),
        ("a-bridge", False),
    ]


@pytest.mark.parametrize(
    "query", [{"words": "x\x00" * 999, "language": "ru"}, {"words": "я", "language": "xx"}]
)
def test_odd_words_to_mark_are_answered(desk: Desk, author: User, query: dict[str, str]) -> None:
    assert desk(author).get(reverse("admin:articles_edition_projects"), query).status_code == 200


def test_the_comparison_shows_what_is_gone_and_what_is_new(desk: Desk, author: User) -> None:
    first = make_edition(state="live", body="<p>The road is 250 km long.</p>")
    second = make_edition(
        state="draft", statement=first.statement, at=timezone.now(), body="<p>The road is 280 km long.</p>"
    )

    page = desk(author).get(reverse("admin:articles_edition_compare", args=[second.pk])).content.decode()

    assert '<del><span class="visually-hidden">[removed: </span>250<' in page
    assert '<ins><span class="visually-hidden">[added: </span>280<' in page


def test_a_preview_is_never_kept_and_is_for_colleagues_only(
    desk: Desk, author: User, stranger: User, reader: Client
) -> None:
    edition = make_edition(state="draft", title="Not yet public")

    page = desk(author).get(edition.get_preview_url())
    anonymous = reader.get(edition.get_preview_url())

    assert "Not yet public" in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert anonymous.status_code == 302
    assert "Not yet public" not in anonymous.content.decode()
    assert desk(stranger).get(edition.get_preview_url()).status_code == 404


def test_discarding_is_offered_to_whom_it_would_be_allowed(
    desk: Desk, author: User, other_author: User, editor: User
) -> None:
    draft = make_edition(state="draft", by=author)
    step = reverse("admin:articles_edition_step", args=[draft.pk, "discard"])

    assert step in desk(author).get(page_of(draft)).text
    assert step not in desk(other_author).get(page_of(draft)).text
    assert step in desk(editor).get(page_of(draft)).text

    draft.submit(by=author)
    assert step not in desk(author).get(page_of(draft)).text
    assert step in desk(editor).get(page_of(draft)).text


@pytest.mark.parametrize(
    ("language", "title"), [("ky", "Кыргызча"), ("ru", "По-русски"), ("en", "По-русски")]
)
def test_a_statement_is_called_in_the_language_of_the_pages_or_of_its_original(
    language: str, title: str, logged_in: Desk, author: User
) -> None:
    statement = make_statement(original_language="ru")
    make_edition(statement=statement, language="ky", title="Кыргызча", state="draft")
    make_edition(statement=statement, language="ru", title="По-русски", state="draft")
    client = logged_in(author)
    client.cookies["django_language"] = language

    assert (
        f'<span lang="{"ky" if title == "Кыргызча" else "ru"}">{title}</span>'
        in client.get(reverse("admin:articles_statement_changelist")).text
    )
    page = client.get(reverse("admin:articles_statement_change", args=[statement.pk])).text
    assert f"<h1>{statement.reference} {title}</h1>" in page


def test_a_search_for_projects_says_how_many_it_found(desk: Desk, author: User) -> None:
    for number in range(23):
        make_project(f"road-{number}", name_ru=f"Дорога {number}")
    address = reverse("admin:articles_edition_projects")

    answer = desk(author).get(address, {"q": "Дорога"}).json()

    assert (len(answer["results"]), answer["count"]) == (20, 23)
    assert desk(author).get(address, {"q": "Дорога 22"}).json()["count"] == 1
