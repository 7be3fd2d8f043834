from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Edition
from pressoffice.accounts.models import User
from tests import makers

from .conftest import make_event

Desk = Callable[[str], Client]
Person = Callable[[str], User]


def piles(client: Client) -> dict[str, list[str]]:
    answer = client.get(reverse("admin:index"))
    return {pile.key: [row.title for row in pile.rows] for pile in answer.context["piles"]}


def test_a_text_moves_over_the_desks_of_the_office(desk_of: Desk, person: Person) -> None:
    author, editor = person("author"), person("editor")
    edition = _draft(author)

    assert piles(desk_of("author"))["mine"] == ["On the dam"]
    assert piles(desk_of("editor"))["mine"] == []

    edition.submit(by=author)
    assert piles(desk_of("author"))["mine"] == []
    assert piles(desk_of("editor"))["waiting"] == ["On the dam"]

    edition.approve(by=editor)
    assert piles(desk_of("chief"))["approved"] == ["On the dam"]

    edition.publish(by=editor, at=timezone.now() + timedelta(days=1))
    assert piles(desk_of("author"))["scheduled"] == ["On the dam"]
    assert piles(desk_of("chief"))["approved"] == []


def test_whoever_wrote_a_text_is_not_asked_to_look_at_it(desk_of: Desk, person: Person) -> None:
    editor = person("editor")
    _draft(editor).submit(by=editor)

    assert piles(desk_of("editor"))["waiting"] == []
    assert piles(desk_of("chief"))["waiting"] == ["On the dam"]


def test_an_urgent_text_waits_for_somebody_elses_second_look(desk_of: Desk, person: Person) -> None:
    author, chief = person("author"), person("chief")
    _draft(author).publish_urgently(by=chief, reason="An earthquake.")

    assert piles(desk_of("editor"))["second-look"] == ["On the dam"]
    assert piles(desk_of("chief"))["second-look"] == []
    assert piles(desk_of("chief"))["own-urgent"] == ["On the dam"]
    assert "second-look" not in piles(desk_of("author"))


def test_a_desk_shows_nothing_that_the_person_may_not_see(desk_of: Desk, person: Person) -> None:
    _draft(person("author")).submit(by=person("author"))
    make_event().publish(by=person("chief"), at=timezone.now() + timedelta(days=1))

    assert piles(desk_of("nobody")) == {}
    assert piles(desk_of("author"))["scheduled-records"] == ["Council"]


def notes(client: Client, key: str) -> list[str]:
    answer = client.get(reverse("admin:index"))
    return [row.note for pile in answer.context["piles"] if pile.key == key for row in pile.rows]


def test_what_was_sent_back_says_by_whom_and_why_until_it_is_submitted_again(
    desk_of: Desk, person: Person
) -> None:
    author, editor = person("author"), person("editor")
    edition = _draft(author)
    edition.submit(by=author)
    edition.send_back(by=editor, reason="Name the dam.")

    assert piles(desk_of("author"))["sent-back"] == ["On the dam"]
    assert piles(desk_of("author"))["mine"] == []
    assert notes(desk_of("author"), "sent-back") == ["editor: Name the dam."]
    assert piles(desk_of("editor"))["sent-back"] == []

    edition.submit(by=author)
    edition.take_back(by=author)
    assert piles(desk_of("author"))["sent-back"] == []
    assert piles(desk_of("author"))["mine"] == ["On the dam"]


def test_a_public_original_is_missed_in_the_languages_that_nobody_works_on(
    desk_of: Desk, person: Person
) -> None:
    original = makers.make_edition(statement=makers.make_statement(original_language="ru"), language="ru")
    assert notes(desk_of("author"), "missing") == ["Kyrgyz, English"]

    started = original.statement.start_edition(language="ky", by=person("author"))
    assert notes(desk_of("author"), "missing") == ["English"]

    started.discard(by=person("author"))
    makers.make_edition(statement=original.statement, language="en")
    assert notes(desk_of("author"), "missing") == ["Kyrgyz"]
    assert "missing" not in piles(desk_of("nobody"))


def test_a_translation_is_behind_until_somebody_works_on_it(desk_of: Desk, person: Person) -> None:
    statement = makers.make_statement(original_language="ru")
    for days, language in [(9, "ru"), (8, "en"), (7, "ru")]:
        edition = makers.make_edition(
            statement=statement,
            language=language,
            title=f"Dam {language}",
            at=timezone.now() - timedelta(days=days),
        )
    assert edition.number == 2
    assert piles(desk_of("author"))["behind"] == ["Dam en"]

    statement.start_edition(language="en", by=person("author"))
    assert piles(desk_of("author"))["behind"] == []


def test_what_projects_promised_is_shown_when_it_is_due_or_late(desk_of: Desk) -> None:
    project = makers.make_project("road")
    statement = makers.make_edition(language="en", about=[project]).statement
    today = timezone.localdate()
    for name, days in [("Late", -9), ("Soon", 9), ("Far", 200)]:
        due = today + timedelta(days=days)
        makers.make_commitment(
            project, statement, due_on=due, due_precision="day", **makers.in_three("text", name)
        )

    assert piles(desk_of("editor"))["due"] == ["Late (en)", "Soon (en)"]
    assert notes(desk_of("editor"), "due") == ["Road (en)", "Road (en)"]
    assert "due" not in piles(desk_of("nobody"))


def test_a_project_without_news_for_a_year_is_told_of(desk_of: Desk) -> None:
    makers.make_project("old", at=timezone.now() - timedelta(days=800))
    makers.make_project("new", at=timezone.now() - timedelta(minutes=15))

    assert piles(desk_of("editor"))["stale"] == ["Old (en)"]


def test_pictures_wait_on_the_desk_of_whoever_brought_them(desk_of: Desk, person: Person) -> None:
    makers.make_image("Dam", is_waiting=True, alt_ky="", alt_ru="", alt_en="", uploaded_by=person("author"))

    assert piles(desk_of("author"))["pictures"] == ["Dam"]
    assert piles(desk_of("editor"))["pictures"] == []
    assert "pictures" not in piles(desk_of("nobody"))


def test_more_than_fit_are_counted_and_empty_piles_are_one_line(desk_of: Desk, person: Person) -> None:
    for _each in range(8):
        _draft(person("author")).submit(by=person("author"))

    answer = desk_of("editor").get(reverse("admin:index"))
    (waiting,) = [pile for pile in answer.context["piles"] if pile.key == "waiting"]
    assert (waiting.total, len(waiting.rows), waiting.more) == (8, 6, 2)
    assert "2 more" in answer.text
    rest = desk_of("editor").get(waiting.url)
    assert [row.title for row in rest.context["rows"]] == ["On the dam"] * 8
    assert answer.text.count("You have no draft in work.") == 1
    assert 'id="pile-mine"' not in answer.text


def test_a_pile_of_its_own_page_is_turned_over_and_shown_to_nobody_else(
    desk_of: Desk, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pressoffice.desk.PER_PAGE", 2)
    for _each in range(3):
        _draft(person("author")).submit(by=person("author"))
    waiting = reverse("admin:desk_pile", args=["waiting"])

    first, last = (desk_of("editor").get(f"{waiting}?page={page}") for page in (1, "x9"))
    assert len(first.context["rows"]) == 2
    assert 'rel="next" href="?page=2"' in first.text
    assert last.status_code == 200
    assert desk_of("author").get(waiting).status_code == 404
    assert desk_of("nobody").get(waiting).status_code == 404
    empty = desk_of("editor").get(reverse("admin:desk_pile", args=["mine"]))
    assert "You have no draft in work." in empty.text


@pytest.mark.parametrize("number", [1, 9])
def test_a_desk_costs_the_same_whatever_lies_on_it(
    desk_of: Desk, person: Person, number: int, django_assert_max_num_queries: Any
) -> None:
    desk = desk_of("chief")
    project = makers.make_project("road")
    for _each in range(number):
        _draft(person("author")).submit(by=person("author"))
        statement = makers.make_edition(language="ru", about=[project]).statement
        makers.make_commitment(project, statement, due_on=timezone.localdate(), due_precision="day")
    desk.get(reverse("admin:index"))

    with django_assert_max_num_queries(31):
        desk.get(reverse("admin:index"))


def _draft(by: User) -> Edition:
    statement = makers.Statement.objects.create(original_language="en")
    edition = statement.start_edition(language="en", by=by)
    edition.write(by=by, title="On the dam", summary="In short.", body="<p>The dam grows.</p>")
    return edition
