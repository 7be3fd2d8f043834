from collections.abc import Callable
from datetime import timedelta

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
    assert "second-look" not in piles(desk_of("author"))


def test_a_desk_shows_nothing_that_the_person_may_not_see(desk_of: Desk, person: Person) -> None:
    _draft(person("author")).submit(by=person("author"))
    make_event().publish(by=person("chief"), at=timezone.now() + timedelta(days=1))

    assert piles(desk_of("nobody")) == {}
    assert piles(desk_of("author"))["scheduled-records"] == ["Council"]


def _draft(by: User) -> Edition:
    statement = makers.Statement.objects.create(original_language="en")
    edition = statement.start_edition(language="en", by=by)
    edition.write(by=by, title="On the dam", summary="In short.", body="<p>The dam grows.</p>")
    return edition
