"""Lists of projects and promises by e-mail: what is said of them, what becomes of it, what a day brings."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pressoffice.accounts import roles
from pressoffice.alerts.models import Told
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment
from pressoffice.publishing.in_place import write_down
from tests.makers import (
    body_about,
    make_commitment,
    make_edition,
    make_indicator,
    make_measurement,
    make_person,
    make_project,
    make_statement,
    make_status,
    somebody,
)

pytestmark = pytest.mark.django_db

ANNA, BEN = "anna@reader.example", "ben@reader.example"
BISHKEK = ZoneInfo("Asia/Bishkek")
SENTENCE = "Откроем дорогу до конца года"


def text(**words: str) -> dict[str, str]:
    return {f"text_{language}": words.get(language, SENTENCE) for language in ("ky", "ru", "en")}


def to_come(project: Any, *, language: str = "ru", hours: int = 1, **content: Any) -> Any:
    """A text about the project that goes public soon."""
    at = moment.now() + timedelta(hours=hours)
    return make_edition(state="scheduled", language=language, at=at, about=[project], **content)


def enter(fact: Any, step: str = "start", columns: str = "") -> Any:
    """As the ledger's forms do."""
    write_down(fact, step, by=somebody(roles.EDITOR), reason=columns)
    return fact


@pytest.fixture
def road() -> Any:
    return make_project("road")


def test_a_new_promise_is_told_when_its_statement_is_public(follow, post_office, work, road):
    follow(ANNA, "promises")
    edition = to_come(road, statement=make_statement(speakers=[make_person("Speaker")]))
    make_commitment(road, edition.statement, due_on=date(2027, 12, 31), due_precision="year", **text())
    work()
    before = list(post_office.taken)
    work(edition.live_from)

    assert before == []
    (letter,) = post_office.taken
    assert letter.subject == f"Road (ru): {SENTENCE}"
    for part in (letter.part("plain"), letter.part("html")):
        assert "Названный срок: 2027; более поздних заявлений нет." in part
        assert "Speaker (ru), Minister (ru)" in part
        assert f"https://press.example{edition.get_absolute_url()}" in part
        assert "Все обязательства" in part


def test_what_the_reader_does_not_speak_is_in_the_language_they_chose(follow, post_office, work, road):
    follow(ANNA, "promises", language="ky")
    follow(BEN, "promises", language="en")
    edition = to_come(road)
    make_commitment(road, edition.statement, **text(ky="Жолду ачабыз", en="We will open the road"))
    work(edition.live_from)

    (kyrgyz,), (english,) = post_office.to(ANNA), post_office.to(BEN)
    assert kyrgyz.subject == "Road (ky): Жолду ачабыз"
    assert english.subject == "Road (en): We will open the road"


def test_another_language_of_the_statement_is_no_news_of_the_promise(follow, post_office, work, road):
    follow(ANNA, "promises")
    follow(BEN, "projects")
    statement = make_statement()
    first = to_come(road, statement=statement)
    second = to_come(road, statement=statement, language="en", hours=2)
    make_commitment(road, statement, **text())
    work(first.live_from)
    work(second.live_from)

    assert len(post_office.to(ANNA)) == len(post_office.to(BEN)) == 1


@pytest.mark.parametrize(
    ("query", "is_told"),
    [
        ("project=road", True),
        ("project=bridge", False),
        ("state=open", True),
        ("state=done", False),
        ("project=road&state=open", True),
    ],
)
def test_only_promises_that_the_list_would_show_are_told(query, is_told, follow, post_office, work, road):
    bridge = make_project("bridge")
    for project in (road, bridge):
        make_commitment(project, make_edition(about=[project]).statement, **text())
    follow(ANNA, "promises", query=query)
    edition = to_come(road)
    make_commitment(road, edition.statement, **text(ru="Построим склад"))
    work(edition.live_from)

    assert post_office.subjects == (["Road (ru): Построим склад"] if is_told else [])


def test_a_later_word_goes_to_who_was_told_and_to_lists_that_the_promise_comes_into(
    follow, post_office, work, road
):
    follow(ANNA, "promises", query="state=open")
    edition = to_come(road)
    promise = make_commitment(road, edition.statement, stated_on=date(2026, 1, 1), **text())
    work(edition.live_from)
    follow(BEN, "promises", query="state=done")
    follow("cleo@reader.example", "promises", query="state=dropped")
    later = to_come(road, hours=3)
    make_commitment(
        road,
        later.statement,
        stated_on=date(2026, 2, 1),
        answers=promise,
        relation="fulfils",
        **text(ru="Дорога открыта"),
    )
    work(later.live_from)

    had_it, new_to_it = post_office.to(ANNA)[-1], post_office.to(BEN)[0]
    last = "В вашем списке этого больше нет: это последнее письмо об этом."
    assert last in had_it.part("plain")
    assert last not in new_to_it.part("plain")
    assert had_it.subject == new_to_it.subject == f"Новое: Road (ru): {SENTENCE}"
    for letter in (had_it, new_to_it):
        assert "Сообщено о выполнении." in letter.part("plain")
        assert "Дорога открыта" in letter.part("plain")
    assert len(post_office.taken) == 3


def test_of_what_has_left_the_list_nothing_more_is_told_until_it_comes_back(follow, post_office, work, road):
    source = make_edition(about=[road]).statement
    make_status(road, source, "pipeline", stated_on="2026-01-01")
    follow(ANNA, "projects", query="status=pipeline")
    steps = ["pipeline", "implementation", "finalisation", "pipeline"]
    for number, status in enumerate(steps, start=1):
        edition = to_come(road, hours=number)
        make_status(road, edition.statement, status, stated_on=date(2026, 1, 1 + number))
        work(edition.live_from)

    lasts = ["последнее письмо" in letter.part("plain") for letter in post_office.taken]
    assert lasts == [False, True, False]
    assert "Завершается" not in "".join(letter.part("plain") for letter in post_office.taken[:2])


def test_a_withdrawn_source_is_told_to_who_was_told_and_so_is_its_return(follow, post_office, work, road):
    follow(ANNA, "promises")
    edition = to_come(road)
    make_commitment(road, edition.statement, **text())
    work(edition.live_from)
    follow(BEN, "promises")
    chief = somebody(roles.CHIEF_EDITOR)
    later = edition.live_from + timedelta(hours=1)
    with moment.fixed(later):
        edition.withdraw(by=chief, reason="Неверные сроки.")
    work(later)
    with moment.fixed(later + timedelta(hours=1)):
        edition.restore(by=chief, reason="It was right after all.")
    work(later + timedelta(hours=1))

    assert [each.subject.partition(":")[0] for each in post_office.to(ANNA)] == [
        "Road (ru)",
        "Отозвано",
        "Снова в силе",
    ]
    assert post_office.to(BEN) == []


def test_nothing_of_a_removed_promise_is_repeated(follow, post_office, work, road):
    follow(ANNA, "promises")
    follow(ANNA, "projects")
    edition = to_come(road)
    make_commitment(road, edition.statement, **text())
    work(edition.live_from)
    del post_office.taken[:]
    later = edition.live_from + timedelta(hours=1)
    with moment.fixed(later):
        edition.remove(by=somebody(roles.CHIEF_EDITOR), reason="Личные данные.")
    work(later)

    (letter,) = post_office.taken
    assert letter.subject == "Обязательство снято с сайта"
    assert SENTENCE not in letter.part("plain") + letter.part("html")


def test_a_removed_project_takes_its_promises_with_it(follow, post_office, work, road):
    follow(ANNA, "promises")
    follow(BEN, "projects")
    edition = to_come(road)
    make_commitment(road, edition.statement, **text())
    work(edition.live_from)
    del post_office.taken[:]
    later = edition.live_from + timedelta(hours=1)
    with moment.fixed(later):
        road.remove(by=somebody(roles.CHIEF_EDITOR), reason="По ошибке.")
    work(later)

    assert [each.subject for each in post_office.to(ANNA)] == ["Обязательство снято с сайта"]
    assert [each.subject for each in post_office.to(BEN)] == ["Совместный проект снят с сайта"]
    assert "Road" not in post_office.to(BEN)[0].part("plain")


def test_what_only_a_text_to_come_says_is_told_to_nobody(follow, post_office, work, road):
    """A correction is in work, and the promise of its new sentence is entered already."""
    edition = to_come(road, hours=0, body=body_about(road, "280 км дороги"))
    follow(ANNA, "promises")
    follow(BEN, "projects")
    draft = edition.statement.start_edition(language="ru", by=somebody(roles.AUTHOR))
    draft.write(by=somebody(roles.AUTHOR), body=body_about(road, "новый мост"), change_note="Мост.")
    enter(make_commitment(road, edition.statement, words="новый мост", **text()))
    work(moment.now() + timedelta(minutes=20))

    assert post_office.taken == []


# --- what somebody enters ----------------------------------------------------------------------------------


def test_what_is_entered_after_the_publication_comes_as_one_letter(follow, post_office, work, road):
    edition = to_come(road, hours=0)
    follow(ANNA, "projects")
    follow(BEN, "promises")
    enter(make_commitment(road, edition.statement, **text()))
    enter(make_status(road, edition.statement, "finalisation"))
    enter(make_measurement(make_indicator(road, name_ru="Асфальт"), edition.statement))
    work()
    before = list(post_office.taken)
    work(moment.now() + timedelta(minutes=10))

    assert before == []
    (project,), (promise,) = post_office.to(ANNA), post_office.to(BEN)
    assert project.subject == "Новое: Road (ru)"
    for words in (SENTENCE, "Завершается", "Асфальт – 280"):
        assert words in project.part("plain")
    assert promise.subject == f"Road (ru): {SENTENCE}"


def test_what_is_entered_of_an_old_text_is_no_news(follow, post_office, work, road):
    edition = make_edition(about=[road])
    follow(ANNA, "promises")
    follow(ANNA, "projects")
    enter(make_commitment(road, edition.statement, **text()))
    work(moment.now() + timedelta(minutes=10))

    assert post_office.taken == []


def test_a_date_put_right_goes_to_who_was_told_and_a_word_put_right_to_nobody(
    follow, post_office, work, road
):
    follow(ANNA, "promises")
    edition = to_come(road, hours=0)
    promise = make_commitment(road, edition.statement, due_on=date(2027, 12, 31), **text())
    work(edition.live_from)
    follow(BEN, "promises")
    del post_office.taken[:]
    enter(promise, "change", "text_ru, words")
    work(moment.now() + timedelta(minutes=10))
    before = list(post_office.taken)
    promise.due_on = date(2028, 12, 31)
    promise.save()
    later = moment.now() + timedelta(minutes=20)
    with moment.fixed(later):
        enter(promise, "change", "due_on, text_ru")
    work(later + timedelta(minutes=10))

    assert before == []
    (letter,) = post_office.taken
    assert letter.to == [ANNA]
    assert letter.subject == f"Изменилось: Road (ru): {SENTENCE}"
    assert "31 декабря 2028" in letter.part("plain")


# --- projects ----------------------------------------------------------------------------------------------


def test_a_new_project_is_told_to_lists_that_show_it(follow, post_office, work):
    make_project("bridge", sector="energy")
    make_project("rails", sector="transport")
    follow(ANNA, "projects", query="sector=energy")
    follow(BEN, "projects", query="sector=transport")
    make_project("dam", sector="energy", at=moment.now(), summary_ru="Плотина на границе.")
    work()

    (letter,) = post_office.taken
    assert letter.to == [ANNA]
    assert letter.subject == "Dam (ru)"
    assert "Плотина на границе." in letter.part("plain")


def test_a_status_brings_a_project_into_a_list(follow, post_office, work, road):
    source = make_edition(about=[road]).statement
    make_status(road, source, "pipeline", stated_on="2026-01-01")
    follow(ANNA, "projects", query="status=implementation")
    follow(BEN, "projects", query="status=closed")
    edition = to_come(road)
    make_status(road, edition.statement, "implementation", stated_on="2026-02-01")
    work(edition.live_from)

    (letter,) = post_office.taken
    assert letter.to == [ANNA]
    assert letter.subject == "Новое: Road (ru)"
    assert "Реализуется" in letter.part("plain")


def test_many_facts_are_cut_to_a_letter(follow, post_office, work, road):
    follow(ANNA, "projects")
    edition = to_come(road)
    for number in range(11):
        make_commitment(road, edition.statement, **text(ru=f"Обещание номер {number}"))
    work(edition.live_from)

    (letter,) = post_office.taken
    assert letter.part("plain").count("Обещание номер") == 8
    assert "Ещё 3 факта на странице проекта." in letter.part("plain")


# --- what a day brings -------------------------------------------------------------------------------------


def day(month: int, number: int, hour: int = 0) -> datetime:
    return datetime(2027, month, number, hour, tzinfo=BISHKEK)


def test_a_promise_comes_into_the_list_of_those_past_their_date_by_the_day(follow, post_office, work, road):
    source = make_edition(about=[road]).statement
    make_commitment(road, source, due_on=date(2027, 3, 31), **text())
    with moment.fixed(day(3, 30, 12)):
        follow(ANNA, "promises", query="state=overdue")
        follow(BEN, "promises")
        del post_office.taken[:]
    work(day(3, 31, 9))
    before = list(post_office.taken)
    work(day(4, 1, 9))
    work(day(4, 2, 9))

    assert before == []
    (letter,) = post_office.taken
    assert letter.to == [ANNA]
    assert letter.subject == f"Срок истёк: Road (ru): {SENTENCE}"
    assert "Названный срок: 31 марта 2027; более поздних заявлений нет." in letter.part("plain")


def test_a_project_of_which_nothing_is_said_for_a_year_comes_into_its_list(follow, post_office, work):
    make_project("quiet", at=day(1, 1, 0) - timedelta(days=364))
    with moment.fixed(day(1, 1, 12)):
        follow(ANNA, "projects", query="promises=stale")
        del post_office.taken[:]
    work(day(1, 2, 9))
    work(day(1, 3, 9))

    assert post_office.subjects == ["Год без новых заявлений: Quiet (ru)"]


def test_a_worker_that_comes_late_tells_each_day_once(follow, post_office, work, road):
    source = make_edition(about=[road]).statement
    make_commitment(road, source, due_on=date(2027, 3, 31), **text())
    with moment.fixed(day(3, 30, 12)):
        follow(ANNA, "promises", query="state=overdue")
        del post_office.taken[:]
    work(day(4, 4, 9))

    assert len(post_office.taken) == 1
    (waiting,) = Delivery.objects.waiting().filter(kind="alert-day")
    assert waiting.due_at == day(4, 5, 8)


def test_nobody_asks_for_days_that_bring_nothing(follow, post_office, work):
    follow(ANNA, "promises")
    follow(ANNA, "projects")

    assert not Delivery.objects.filter(kind="alert-day").exists()


def test_one_row_for_each_reader_and_promise(follow, post_office, work, road):
    follow(ANNA, "promises")
    follow(ANNA, "promises", query="state=open")
    edition = to_come(road)
    make_commitment(road, edition.statement, **text())
    work(edition.live_from)

    (letter,) = post_office.taken
    assert Told.objects.filter(of="promise").count() == 1
    assert "Все обязательства" in letter.part("plain")
