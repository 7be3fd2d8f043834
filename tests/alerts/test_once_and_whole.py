"""One piece of news is told once, whole, as it is by then, and only to whom it is news."""

from datetime import date, timedelta
from typing import Any

import pytest

from pressoffice.accounts import roles
from pressoffice.alerts import signing_up
from pressoffice.alerts.models import Subscription
from pressoffice.publishing import moment
from pressoffice.publishing.in_place import write_down
from tests.makers import (
    body_about,
    make_commitment,
    make_edition,
    make_project,
    make_statement,
    make_status,
    somebody,
)

from .test_projects_and_promises import ANNA, BEN, day, enter, text, to_come
from .test_telling import correct, publish

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def road() -> Any:
    return make_project("road")


def test_what_was_entered_shortly_before_its_text_is_told_once(follow, post_office, work, road):
    follow(ANNA, "promises")
    follow(BEN, "projects")
    edition = to_come(road, hours=1)
    with moment.fixed(edition.live_from - MINUTE):
        promise = enter(make_commitment(road, edition.statement, **text()))
        enter(promise, "change", "due_on")
    for minutes in (0, 5, 20):
        work(edition.live_from + minutes * MINUTE)

    assert len(post_office.to(ANNA)) == len(post_office.to(BEN)) == 1


def test_one_text_is_one_letter_whatever_of_it_a_reader_follows(follow, post_office, work, road):
    for what in ("statements", "projects", "promises"):
        follow(ANNA, what)
    edition = to_come(road, title="О дороге")
    for number in range(3):
        make_commitment(road, edition.statement, **text(ru=f"Обещание {number}"))
    work(edition.live_from)

    (letter,) = post_office.taken
    assert letter.subject == "О дороге (и ещё 4)"
    for words in ("Обещание 0", "Обещание 1", "Обещание 2", "Summary of road"):
        assert words in letter.part("plain")
        assert words in letter.part("html")


def test_what_is_entered_together_is_one_letter(follow, post_office, work, road):
    for what in ("projects", "promises"):
        follow(ANNA, what)
    edition = to_come(road, hours=0)
    begin = (moment.now() + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    for minutes in (1, 4, 9):
        with moment.fixed(begin + minutes * MINUTE):
            promise = enter(make_commitment(road, edition.statement, **text(ru=f"Обещание {minutes}")))
            enter(promise, "change", "due_on")
    work(begin + 10 * MINUTE)
    work(begin + 20 * MINUTE)

    (letter,) = post_office.taken
    for minutes in (1, 4, 9):
        assert letter.part("plain").count(f"Обещание {minutes}") == 2  # of the project, and by itself


def test_a_digest_has_all_that_was_said_since_the_last(follow, post_office, work, road):
    with moment.fixed(day(3, 2, 12)):
        follow(ANNA, "projects", frequency="weekly")
        source = make_edition(about=[road], at=day(3, 2, 12)).statement
    for number in (3, 4, 5):
        with moment.fixed(day(3, number, 12)):
            enter(make_commitment(road, source, stated_on=date(2027, 3, 2), **text(ru=f"Обещание {number}")))
        work(day(3, number, 13))
    work(day(3, 8, 9))

    (letter,) = post_office.taken
    for number in (3, 4, 5):
        assert f"Обещание {number}" in letter.part("plain")


def test_what_a_digest_left_out_is_new_to_its_reader_when_it_holds_again(follow, post_office, work):
    with moment.fixed(day(3, 2, 12)):
        follow(ANNA, frequency="daily")
        kept, gone = (publish(title=title, at=day(3, 2, 12)) for title in ("Остаётся", "Уходит"))
    work(day(3, 2, 13))
    with moment.fixed(day(3, 2, 14)):
        gone.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Неверно.")
    work(day(3, 2, 15))
    work(day(3, 3, 9))
    with moment.fixed(day(3, 3, 12)):
        gone.restore(by=somebody(roles.CHIEF_EDITOR), reason="Верно.")
    work(day(3, 3, 13))
    work(day(3, 4, 9))

    first, second = (letter.part("plain") for letter in post_office.taken)
    assert kept.title in first
    assert gone.title not in first
    assert gone.title in second
    assert "Снова в силе" not in second


@pytest.mark.parametrize("what", ["projects", "promises"])
def test_a_digest_loses_nothing_to_what_came_after_it(what, follow, post_office, work, road):
    """A correction of the text, a withdrawal that is taken back, a date put right."""
    with moment.fixed(day(3, 1, 12)):
        follow(ANNA, what, frequency="daily")
        first = to_come(road)
        promise = make_commitment(road, first.statement, stated_on=date(2026, 1, 1), **text())
    work(first.live_from)
    work(day(3, 2, 9))
    with moment.fixed(day(3, 2, 10)):
        second = to_come(road, hours=0)
        enter(
            make_commitment(
                road,
                second.statement,
                stated_on=date(2026, 2, 1),
                answers=promise,
                relation="restates",
                **text(ru="Сказано ещё раз"),
            )
        )
    work(day(3, 2, 11))
    chief = somebody(roles.CHIEF_EDITOR)
    with moment.fixed(day(3, 2, 12)):
        first.withdraw(by=chief, reason="Неверно.")
    work(day(3, 2, 12))
    with moment.fixed(day(3, 2, 13)):
        first.restore(by=chief, reason="Верно.")
        enter(promise, "change", "due_on")
    with moment.fixed(day(3, 2, 14)):
        correct(second, about=[road])
    work(day(3, 2, 15))
    work(day(3, 3, 9))

    assert len(post_office.taken) == 2
    assert "Сказано ещё раз" in post_office.taken[1].part("plain")


def test_how_often_holds_for_what_is_known_already(follow, post_office, work, road):
    with moment.fixed(day(3, 2, 12)):
        follow(ANNA, "projects", frequency="weekly")
        first = to_come(road)
        make_status(road, first.statement, "pipeline", stated_on="2027-03-02")
    work(first.live_from)
    work(day(3, 8, 9))
    signing_up.set_frequency(Subscription.objects.get(), "at_once")
    with moment.fixed(day(3, 9, 12)):
        second = to_come(road)
        make_status(road, second.statement, "closed", stated_on="2027-03-09")
    work(second.live_from)

    assert [letter.subject for letter in post_office.taken][1:] == ["Новое: Road (ru)"]


def test_a_word_that_was_put_to_the_wrong_promise_is_taken_back(follow, post_office, work, road):
    follow(ANNA, "promises")
    edition = to_come(road, hours=0)
    old = [
        make_commitment(road, edition.statement, stated_on=date(2026, 1, 1), **text(ru=words))
        for words in ("Мост", "Тоннель")
    ]
    work(edition.live_from)
    later = to_come(road, hours=1)
    word = make_commitment(
        road, later.statement, stated_on=date(2026, 2, 1), answers=old[0], relation="fulfils", **text()
    )
    work(later.live_from)
    del post_office.taken[:]
    with moment.fixed(later.live_from + MINUTE):
        word.answers = old[1]
        word.save()
        enter(word, "change", "answers")
    work(later.live_from + 20 * MINUTE)

    (letter,) = post_office.taken
    bridge, tunnel = letter.part("plain").split("* * *")
    if "Тоннель" in bridge:
        bridge, tunnel = tunnel, bridge
    assert "Раньше сообщалось: сообщено о выполнении" in bridge
    assert "Срок не назван" in bridge
    assert "Сообщено о выполнении." in tunnel


def test_a_promise_that_holds_again_by_a_translation_is_told(follow, post_office, work, road):
    follow(ANNA, "promises")
    statement = make_statement()
    edition = to_come(road, statement=statement)
    make_commitment(road, statement, **text())
    work(edition.live_from)
    with moment.fixed(edition.live_from + MINUTE):
        edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Неверно.")
    work(edition.live_from + MINUTE)
    with moment.fixed(edition.live_from + 2 * MINUTE):
        translation = to_come(road, statement=statement, language="ky")
    work(translation.live_from)

    heads = [letter.subject.partition(":")[0] for letter in post_office.taken]
    assert heads == ["Road (ru)", "Отозвано", "Снова в силе"]


def test_what_is_removed_is_said_once(follow, post_office, work, road):
    follow(ANNA, "promises")
    chief = somebody(roles.CHIEF_EDITOR)
    edition = to_come(road)
    make_commitment(road, edition.statement, **text())
    at = edition.live_from
    work(at)
    with moment.fixed(at + MINUTE):
        edition.remove(by=chief, reason="По ошибке.")
    work(at + MINUTE)
    with moment.fixed(at + 2 * MINUTE):
        road.remove(by=chief, reason="По ошибке.")
    work(at + 2 * MINUTE)
    with moment.fixed(at + 3 * MINUTE):
        road.restore(by=chief, reason="Не по ошибке.")
    work(at + 3 * MINUTE)

    assert len(post_office.taken) == 2


def test_a_promise_of_a_minor_change_is_told_and_the_change_is_not(follow, post_office, work, road):
    for what in ("statements", "promises"):
        follow(ANNA, what)
    edition = to_come(road, hours=0, body=body_about(road, "280 км дороги"))
    work(edition.live_from)
    del post_office.taken[:]
    author, editor = somebody(roles.AUTHOR), somebody(roles.EDITOR)
    at = edition.live_from + MINUTE
    with moment.fixed(at - MINUTE / 2):
        minor = edition.statement.start_edition(language="ru", by=author)
        body = body_about(road, "280 км дороги") + body_about(road, "и мост")
        minor.write(by=author, body=body, is_minor=True, change_note="")
        minor.submit(by=author)
        minor.approve(by=editor)
        write_down(make_commitment(road, edition.statement, words="и мост", **text()), "start", by=editor)
    with moment.fixed(at):
        minor.publish(by=somebody(roles.CHIEF_EDITOR))
    work(at)
    work(at + 20 * MINUTE)

    (letter,) = post_office.taken
    assert letter.subject.startswith("Road (ru): ")


def test_a_letter_that_goes_late_is_not_repeated(follow, post_office, work, road):
    """It holds what was entered until then."""
    follow(ANNA, "projects")
    edition = to_come(road, hours=0)
    begin = (moment.now() + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    for minutes in (5, 12):
        with moment.fixed(begin + minutes * MINUTE):
            enter(make_commitment(road, edition.statement, **text(ru=f"Обещание {minutes}")))
    work(begin + 14 * MINUTE)
    work(begin + 21 * MINUTE)

    (letter,) = post_office.taken
    assert "Обещание 5" in letter.part("plain")
    assert "Обещание 12" in letter.part("plain")


def test_a_letter_without_anything_in_it_does_not_go(follow, post_office, work, road):
    follow(ANNA, "projects")
    edition = to_come(road, hours=0)
    enter(make_commitment(road, edition.statement, **text()))
    edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Неверно.")
    work(moment.now() + 20 * MINUTE)

    assert post_office.taken == []


def test_whoever_confirms_may_follow_as_much_as_they_like(follow, post_office, settings):
    settings.PRESSOFFICE_ALERTS_CONFIRMATIONS_PER_DAY = 2
    for what in ("statements", "projects", "promises", "events"):
        follow(ANNA, what)

    assert Subscription.objects.count() == 4


def test_the_day_comes_back_with_a_reader_who_was_not_reached(follow, post_office, work, road):
    source = make_edition(about=[road]).statement
    make_commitment(road, source, due_on=date(2027, 3, 31), **text())
    with moment.fixed(day(3, 20, 12)):
        subscriber = follow(ANNA, "promises", query="state=overdue")
        subscriber.paused_at = moment.now()
        subscriber.save()
        del post_office.taken[:]
    work(day(3, 25, 9))
    subscriber.paused_at = None
    subscriber.save()
    work(day(4, 1, 9))

    assert len(post_office.taken) == 1


def test_the_state_that_was_told_is_named_when_it_changes(follow, post_office, work, road):
    follow(ANNA, "projects")
    first = to_come(road)
    make_status(road, first.statement, "pipeline", stated_on=date(2026, 1, 1))
    work(first.live_from)
    second = to_come(road, hours=2)
    make_status(road, second.statement, "implementation", stated_on=date(2026, 2, 1))
    work(second.live_from)
    with moment.fixed(second.live_from + MINUTE):
        second.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Неверно.")
    work(second.live_from + MINUTE)

    last = post_office.taken[-1].part("plain")
    assert "Ход реализации: Готовится" in last
    assert "Раньше сообщалось: Реализуется" in last
