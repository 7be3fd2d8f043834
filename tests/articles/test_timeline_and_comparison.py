"""One line of time for a statement, and any two of its texts side by side."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from articles.models import Edition
from articles.timeline import timeline_of
from pressoffice.accounts import roles
from pressoffice.accounts.models import User
from pressoffice.publishing.audit_trail import trail
from pressoffice.publishing.models import AuditEntry
from tests.makers import (
    body_about,
    make_document,
    make_edition,
    make_image,
    make_project,
    make_statement,
    somebody,
)

pytestmark = pytest.mark.django_db

Desk = Callable[[User], Client]
LONG_AGO = timezone.now() - timedelta(days=60)


@pytest.fixture
def desk(logged_in: Desk) -> Desk:
    def opened(user: User) -> Client:
        client = logged_in(user)
        client.cookies["django_language"] = "en"
        return client

    return opened


def two_versions() -> tuple[Edition, Edition]:
    """Public ones that differ in everything there is."""
    road, line = make_project("road", at=LONG_AGO), make_project("line", at=LONG_AGO)
    hidden = make_project("hidden", at=LONG_AGO)
    hidden.remove(by=somebody(roles.CHIEF_EDITOR), reason="Entered twice.")
    first = make_edition(
        language="en",
        title="First",
        body=body_about(road) + '<p><a href="https://old.example/">see</a></p>',
        attachments=[make_document("Old paper")],
        lead_image=make_image("Old picture"),
        at=LONG_AGO + timedelta(days=1),
    )
    draft = first.statement.start_edition(language="en", by=somebody(roles.AUTHOR))
    draft.write(
        by=somebody(roles.AUTHOR),
        title="Second",
        body=body_about(line, "9 bridges") + '<p><a href="https://new.example/">see</a></p>',
        change_note="All of it.",
        attachments=[make_document("New paper")],
        lead_image=make_image("New picture"),
        about=[line],
    )
    draft.write(by=somebody(roles.AUTHOR), settled=[item.key for item in draft.passages_to_settle()])
    draft.submit(by=somebody(roles.AUTHOR))
    draft.approve(by=somebody(roles.EDITOR))
    draft.publish(by=somebody(roles.EDITOR))
    return first, draft


def test_colleagues_see_every_kind_of_difference(desk: Desk, editor: User) -> None:
    first, second = two_versions()

    page = desk(editor).get(reverse("admin:articles_edition_compare", args=[second.pk]))

    labels = [str(change.label) for change in page.context["changes"]]
    assert labels == [
        "Title",
        "Text",
        "Project passages",
        "Links",
        "Pictures",
        "Attachments",
        "Besides the text",
    ]
    for words in (
        "9 bridges",
        "https://old.example/",
        "https://new.example/",
        "Old picture",
        "New paper",
        "All of it.",
    ):
        assert words in page.text
    assert first.pk in [key for key, _words, _chosen in page.context["choices"]]


def test_readers_see_it_without_what_is_not_public(client: Client) -> None:
    _first, second = two_versions()
    second.passages.model.objects.create(
        edition=second, project=make_project("secret", state="draft"), relation="mentions", position=0
    )

    page = client.get(second.get_changes_url()).text

    for words in ("9 bridges", "https://new.example/", "New paper", "What New picture shows (en)"):
        assert words in page
    assert "Secret" not in page
    assert "Besides the text" not in page


def test_any_two_editions_are_compared(desk: Desk, editor: User) -> None:
    first = make_edition(language="en", title="One", at=LONG_AGO)
    second = make_edition(
        statement=first.statement, language="en", title="Two", at=LONG_AGO + timedelta(days=9)
    )
    third = make_edition(statement=first.statement, language="en", title="Three")
    address = reverse("admin:articles_edition_compare", args=[third.pk])
    client = desk(editor)

    def of_the_title(query: dict[str, str]) -> list[str]:
        return [piece.text for piece in client.get(address, query).context["changes"][0].pieces]

    assert of_the_title({}) == ["Two", "Three"]
    assert of_the_title({"with": str(first.pk)}) == ["One", "Three"]
    assert of_the_title({"with": str(second.pk)}) == ["Two", "Three"]


@pytest.mark.parametrize("asked", ["0", "x", "9" * 40, "\x00", "²"])
def test_an_edition_that_is_not_there_is_compared_with_nothing(asked: str, desk: Desk, editor: User) -> None:
    edition = make_edition(state="superseded").successors.get()

    address = reverse("admin:articles_edition_compare", args=[edition.pk])

    assert desk(editor).get(address, {"with": asked}).status_code == 404


def test_nothing_of_another_statement_or_language_is_offered(desk: Desk, editor: User) -> None:
    edition = make_edition(state="superseded").successors.get()
    other = make_edition()

    address = reverse("admin:articles_edition_compare", args=[edition.pk])

    assert desk(editor).get(address, {"with": str(other.pk)}).status_code == 404


def test_one_timeline_has_all_languages_and_who_did_what(
    desk: Desk, editor: User, django_assert_num_queries: Callable
) -> None:
    statement = make_statement(original_language="ru")
    make_edition(statement=statement, language="ru")
    make_edition(statement=statement, language="ky", state="submitted")

    with django_assert_num_queries(2):
        lines = timeline_of(statement)

    told = {(line.about, line.entry.step) for line in lines}
    assert {("ru v1", "publish"), ("ky", "submit"), ("ru v1", "approve")} <= told
    assert [line.entry.at for line in lines] == sorted((line.entry.at for line in lines), reverse=True)
    page = desk(editor).get(reverse("admin:articles_statement_change", args=[statement.pk])).text
    assert "ru v1" in page


def test_a_long_timeline_says_how_much_it_leaves_out(desk: Desk, author: User) -> None:
    draft = make_edition(state="draft", language="en")
    for number in range(3):
        AuditEntry.objects.record(draft.statement, "note", by=author, reason=str(number))

    lines = timeline_of(draft.statement, limit=2)

    assert ([line.reason for line in lines], lines.more) == (["2", "1"], 2)
    assert timeline_of(draft.statement, limit=4).more == 0
    for number in range(60):
        AuditEntry.objects.record(draft, "note", by=author, reason=str(number))
    assert trail(draft).more == 11
    assert (
        "Not shown here: 11 more."
        in desk(author).get(reverse("admin:articles_edition_change", args=[draft.pk])).text
    )


def test_the_timeline_says_whether_a_text_was_published_or_scheduled_and_for_when(
    desk: Desk, editor: User, chief: User
) -> None:
    edition = make_edition(state="approved", language="en")
    edition.publish(by=chief, at=timezone.now() + timedelta(days=2))
    edition.cancel_publication(by=chief)
    edition.publish(by=chief, at=datetime(2030, 1, 5, 3, 0, tzinfo=UTC))
    now = make_edition(state="approved", language="ru", statement=edition.statement)
    now.publish(by=editor)

    with translation.override("en"):
        said = [str(line.step) for line in timeline_of(edition.statement)]
        assert [words for words in said if "ublished" in words or "cheduled" in words] == [
            "Published",
            "Scheduled for 5 January 2030, 09:00, Bishkek time",
            "Scheduled",
        ]
        assert str(trail(now)[0].step) == "Published"

    journal = desk(chief).get(reverse("admin:publishing_auditentry_changelist")).text
    assert "Scheduled for 5 January 2030, 09:00, Bishkek time" in journal
    assert "Published or scheduled" not in journal
    first = AuditEntry.objects.about(edition).get(step="cancel_publication").pk - 1
    assert ">Scheduled<" in desk(chief).get(reverse("admin:publishing_auditentry_change", args=[first])).text


@pytest.mark.parametrize("who", ["author", "translator", "editor", "chief"])
def test_colleagues_leave_notes_on_it(who: str, request: pytest.FixtureRequest, desk: Desk) -> None:
    person = request.getfixturevalue(who)
    statement = make_edition().statement
    client = desk(person)

    client.post(
        reverse("admin:articles_statement_note", args=[statement.pk]), {"text": "The minister called."}
    )

    entry = AuditEntry.objects.about(statement).newest_first()[0]
    assert (entry.step, entry.by, entry.reason) == ("note", person, "The minister called.")  # type: ignore[attr-defined]
    page = client.get(reverse("admin:articles_statement_change", args=[statement.pk])).text
    assert "The minister called." in page


def test_a_note_is_for_colleagues_and_says_something(
    client: Client, desk: Desk, stranger: User, editor: User
) -> None:
    statement = make_edition(language="en").statement
    address = reverse("admin:articles_statement_note", args=[statement.pk])

    assert 'name="username"' in client.post(address, {"text": "Words."}).text
    assert desk(stranger).post(address, {"text": "Words."}).status_code == 403
    assert desk(editor).get(address).status_code == 405
    for sent in ({}, {"text": "  "}, {"text": "x" * 5000}):
        desk(editor).post(address, sent)
    assert not AuditEntry.objects.filter(step="note").exists()

    desk(editor).post(address, {"text": "A secret word."})
    assert "A secret word." not in client.get(f"/en/statements/{statement.reference}/", follow=True).text
