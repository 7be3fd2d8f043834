"""Who is told of what, when, and that nobody is told twice or in vain."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pressoffice.accounts import roles
from pressoffice.alerts import following, signing_up
from pressoffice.alerts.models import Frequency, Subject, Subscriber, Subscription, Told
from pressoffice.deliveries import worker
from pressoffice.deliveries.models import Delivery
from pressoffice.publishing import moment
from pressoffice.telling.occasions import Occasion
from tests.channels import under
from tests.makers import (
    make_edition,
    make_event,
    make_person,
    make_project,
    make_statement,
    make_topic,
    somebody,
)

pytestmark = pytest.mark.django_db

ANNA, BEN = "anna@reader.example", "ben@reader.example"
BISHKEK = ZoneInfo("Asia/Bishkek")


def publish(**content):
    """Public from now on."""
    return make_edition(**{"language": "ru", "at": moment.now(), **content})


def correct(edition, **content):
    """The next edition, public from now on."""
    author, editor, chief = somebody(roles.AUTHOR), somebody(roles.EDITOR), somebody(roles.CHIEF_EDITOR)
    later = edition.statement.start_edition(language=edition.language, by=author)
    later.write(by=author, **{"change_note": "Там 280 км, а не 250.", **content})
    later.submit(by=author)
    later.approve(by=editor)
    later.publish(by=chief)
    return later


def test_a_new_text_is_told_at_once_with_all_that_a_letter_needs(follow, post_office, work):
    person = make_person("Speaker")
    make_edition(language="ru", statement=make_statement(kind="speech"))
    follow(ANNA, query="kind=speech")
    title = "О дороге «Север – Юг», <b>её</b> 280 км & мостах"
    edition = publish(
        title=title, summary="Итоги года.", statement=make_statement(kind="speech", speakers=[person])
    )
    work()

    (letter,) = post_office.taken
    message = letter.message
    assert letter.to == [ANNA]
    assert letter.subject == title
    assert message.get_content_type() == "multipart/alternative"
    for part in (letter.part("plain"), letter.part("html")):
        assert "Итоги года." in part
        assert f"https://press.example{edition.get_absolute_url()}" in part
        assert "Speaker (ru), Minister (ru)" in part
        assert "Вид: Речь" in part or "Вид" in part
        assert "Отписаться" in part
    assert title in letter.part("plain")
    assert "&lt;b&gt;её&lt;/b&gt;" in letter.part("html")
    assert "<b>её" not in letter.part("html")
    assert message["From"].addresses[0].addr_spec == "press@press.example"
    assert message["From"].addresses[0].display_name == "Пресс-служба"
    assert message["List-Id"] == "<alerts.press.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        message["List-Unsubscribe"].strip().startswith("<https://press.example/ru/subscribe/by-email/leave/")
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ru"
    assert message["Date"] is not None
    assert message["Message-ID"].endswith("@press.example>")


def test_the_header_of_a_letter_ends_it_with_one_click(follow, post_office, work):
    follow(ANNA)
    publish()
    work()
    address = (
        post_office.taken[0].message["List-Unsubscribe"].strip(" <>").removeprefix("https://press.example")
    )

    Client().post(address, {"List-Unsubscribe": "One-Click"})
    publish()
    work()

    assert len(post_office.taken) == 1


@pytest.mark.parametrize(
    ("what", "about", "query"),
    [
        ("statements", (), "topic=water"),
        ("statements", (), "speaker=speaker&country="),
        ("statements", (), "project=road&sort=oldest&page=3"),
        ("project", ("road",), ""),
        ("person", ("speaker",), ""),
    ],
)
def test_only_what_the_list_would_show_is_told(what, about, query, follow, post_office, work):
    topic, person, project = make_topic("Water"), make_person("Speaker"), make_project("road")
    facts = {"topics": [topic], "speakers": [person]}
    make_edition(language="ru", statement=make_statement(**facts), about=[project])
    follow(ANNA, what, *about, query=query)

    publish(title="Мимо")
    publish(title="Mimo", language="en", statement=make_statement(**facts), about=[project])
    publish(title="Впору", statement=make_statement(**facts), about=[project])
    work()

    assert post_office.subjects == ["Впору"]


def test_several_subscriptions_that_fit_are_one_letter_that_names_them(follow, post_office, work):
    project, person = make_project("road"), make_person("Speaker")
    make_edition(language="ru", statement=make_statement(speakers=[person]), about=[project])
    follow(ANNA)
    follow(ANNA, "project", "road", frequency="weekly")
    follow(ANNA, "person", "speaker")

    publish(statement=make_statement(speakers=[person]), about=[project])
    work()

    (letter,) = post_office.taken
    for name in ("Все заявления", "Road (ru)", "Всё, что говорит Speaker (ru)"):
        assert name in letter.part("plain")


def test_each_language_is_told_in_its_own_words(follow, post_office, work):
    for language, address in (("ky", ANNA), ("ru", BEN), ("en", "cleo@reader.example")):
        follow(address, language=language)
    statement = make_statement()
    publish(statement=statement, language="ru", title="О мосте")
    publish(statement=statement, language="ky", title="Көпүрө жөнүндө")
    work()

    assert [each.subject for each in post_office.to(BEN)] == ["О мосте"]
    (kyrgyz,) = post_office.to(ANNA)
    assert kyrgyz.subject == "Көпүрө жөнүндө"
    assert "Жазылууларды башкаруу" in kyrgyz.part("plain")
    assert not post_office.to("cleo@reader.example")


def test_a_scheduled_text_is_told_at_its_moment_and_not_before(follow, post_office, work):
    follow(ANNA)
    at = moment.now() + timedelta(hours=2)
    make_edition(state="scheduled", language="ru", at=at, title="В девять часов")

    work(at - timedelta(seconds=1))
    before = list(post_office.taken)
    work(at)

    assert before == []
    assert post_office.subjects == ["В девять часов"]


def test_a_publication_that_is_called_off_is_not_told(follow, post_office, work):
    follow(ANNA)
    at = moment.now() + timedelta(hours=2)
    edition = make_edition(state="scheduled", language="ru", at=at)
    edition.cancel_publication(by=somebody(roles.CHIEF_EDITOR))
    work(at + timedelta(minutes=1))

    assert post_office.taken == []


def test_what_is_removed_before_the_letter_goes_is_not_told(follow, post_office, work):
    follow(ANNA)
    follow(BEN, frequency="daily")
    edition = publish()
    assert worker.turn()  # whom to tell is known, and nobody has been told
    edition.remove(by=somebody(roles.CHIEF_EDITOR), reason="По ошибке.")
    work(moment.now() + timedelta(days=2))

    assert post_office.taken == []


def test_a_correction_goes_to_those_who_were_sent_the_original_and_to_nobody_else(follow, post_office, work):
    follow(ANNA)
    edition = publish(title="О дороге")
    work()
    follow(BEN)
    correct(edition, title="О дороге и мостах")
    work()

    assert [each.subject for each in post_office.to(ANNA)] == ["О дороге", "Исправлено: О дороге и мостах"]
    assert "Там 280 км, а не 250." in post_office.to(ANNA)[1].part("plain")
    assert "Там 280 км, а не 250." in post_office.to(ANNA)[1].part("html")
    assert post_office.to(BEN) == []


def test_a_minor_change_and_a_new_title_of_it_are_told_to_nobody(follow, post_office, work):
    follow(ANNA)
    edition = publish(title="О дорге")
    work()
    correct(edition, title="О дороге", is_minor=True, change_note="")
    work()

    assert post_office.subjects == ["О дорге"]


def test_words_added_to_the_note_are_told(follow, post_office, work):
    follow(ANNA)
    edition = publish()
    work()
    later = correct(edition)
    work()
    with moment.fixed(moment.now() + timedelta(seconds=1)):
        later.add_to_note(by=somebody(roles.CHIEF_EDITOR), text="И мостов не три, а четыре.")
    work(moment.now() + timedelta(seconds=2))

    assert len(post_office.taken) == 3
    assert "четыре" in post_office.taken[-1].part("plain")


def test_a_withdrawal_is_told_with_its_reason_and_without_what_was_said(follow, post_office, work):
    follow(ANNA)
    edition = publish(title="О дороге", summary="Открыта вся дорога.")
    work()
    edition.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Дорога ещё не открыта.")
    work()
    follow(BEN)
    edition.restore(by=somebody(roles.CHIEF_EDITOR), reason="It was right after all.")
    work()

    _first, withdrawn, restored = post_office.to(ANNA)
    assert withdrawn.subject == "Отозвано: О дороге"
    assert "Дорога ещё не открыта." in withdrawn.part("plain")
    assert "Открыта вся дорога." not in withdrawn.part("plain") + withdrawn.part("html")
    assert restored.subject == "Снова в силе: О дороге"
    assert post_office.to(BEN) == []


def test_of_what_is_removed_nothing_is_told_but_that(follow, post_office, work):
    follow(ANNA)
    edition = publish(title="Vot kakoj zagolovok", summary="Тайна.")
    work()
    edition.remove(by=somebody(roles.CHIEF_EDITOR), reason="Названо частное лицо.")
    work()

    letter = post_office.taken[-1]
    whole = letter.message.as_string() + letter.part("plain") + letter.part("html")
    assert letter.subject == "Текст снят с сайта"
    for words in ("zagolovok", "Тайна", "частное"):
        assert words not in whole
    assert Client().get(f"/ru/statements/{edition.statement.reference}/").status_code == 410
    assert f"/ru/statements/{edition.statement.reference}/" in letter.part("plain")


def test_who_follows_one_statement_hears_of_its_corrections_and_its_end_only(follow, post_office, work):
    edition = make_edition(language="ru")
    follow(ANNA, "statement", edition.statement.reference)
    publish()
    work()
    before = list(post_office.subjects)
    later = correct(edition, title="Стало")
    work()
    later.withdraw(by=somebody(roles.CHIEF_EDITOR), reason="Неверно.")
    work()

    assert before == []
    assert post_office.subjects == ["Исправлено: Стало", "Отозвано: Стало"]


def test_events_are_told_announced_moved_and_cancelled(follow, post_office, work):
    make_event("known", kind="visit")
    follow(ANNA, "events", query="kind=visit")
    event = make_event("forum", kind="visit", at=moment.now())
    make_event("other", kind="signing", at=moment.now())
    work()
    with moment.fixed(moment.now() + timedelta(minutes=1)):
        event.refresh_from_db()
        event.starts_at += timedelta(days=1)
        event.ends_at += timedelta(days=1)
        event.save()
        event.write_down("change", by=somebody(roles.CHIEF_EDITOR), columns=["starts_at"])
    work(moment.now() + timedelta(minutes=2))
    with moment.fixed(moment.now() + timedelta(minutes=3)):
        event.cancel(by=somebody(roles.CHIEF_EDITOR), reason="Гости не приедут.")
    work(moment.now() + timedelta(minutes=4))

    heads = [subject.partition(":")[0] for subject in post_office.subjects]
    assert heads == ["Forum (ru)", "Перенесено", "Отменено"]
    assert "Было объявлено на" in post_office.taken[1].part("plain")
    assert "Гости не приедут." in post_office.taken[-1].part("plain")


def test_whoever_leaves_gets_nothing_more_not_even_what_is_under_way(follow, post_office, work):
    anna = follow(ANNA)
    daily = follow(BEN, frequency="daily")
    publish()
    assert worker.turn()
    for subscriber in (anna, daily):
        Client().post(under("ru", "alerts:leave", subscriber.leaving()))
    work(moment.now() + timedelta(days=2))

    assert post_office.taken == []
    assert not Delivery.objects.waiting().exclude(kind="alert-forget").exists()


def test_whoever_ends_one_subscription_gets_no_more_by_it(follow, post_office, work):
    follow(ANNA)
    make_event("visit")
    anna = follow(ANNA, "events")
    edition = publish()
    work()
    signing_up.end(anna.subscriptions.get(subject__what="statements"))
    correct(edition)
    publish()
    work()

    assert len(post_office.taken) == 1


def test_an_old_archive_that_comes_in_is_no_news(follow, post_office, work):
    follow(ANNA)
    make_edition(language="ru", at=moment.now() - timedelta(days=400))
    work()

    assert post_office.taken == []


# --- digests -----------------------------------------------------------------------------------------

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=BISHKEK)


def test_a_digest_brings_the_news_of_the_day_once_at_eight_in_bishkek(follow, post_office, work):
    follow(ANNA, frequency="daily")
    publish(title="Первая"), publish(title="Вторая")
    now = moment.now()
    work()
    eight = following.periods.next_moment(Frequency.DAILY, now)
    work(eight - timedelta(seconds=1))
    before = list(post_office.taken)
    work(eight)
    work(eight + timedelta(days=1))

    assert before == []
    (letter,) = post_office.taken
    assert letter.subject == "Пресс-служба за сутки: 2 новости"
    for title in ("Первая", "Вторая"):
        assert title in letter.part("plain")
        assert title in letter.part("html")


def test_a_digest_tells_what_holds_when_it_goes(follow, post_office, work):
    follow(ANNA, frequency="daily")
    edition = publish(title="Было")
    gone = publish(title="Нет")
    work()
    correct(edition, title="Стало")
    gone.remove(by=somebody(roles.CHIEF_EDITOR), reason="По ошибке.")
    work()
    work(moment.now() + timedelta(days=1))

    (letter,) = post_office.taken
    assert "Стало" in letter.part("plain")
    for words in ("Было", "Нет\n", "Исправлено"):
        assert words not in letter.part("plain")


def test_a_correction_after_a_digest_comes_in_the_next_one(follow, post_office, work):
    follow(ANNA, frequency="daily")
    edition = publish(title="О дороге")
    work()
    first = following.periods.next_moment(Frequency.DAILY, moment.now())
    work(first)
    with moment.fixed(first + timedelta(hours=2)):
        correct(edition)
    work(first + timedelta(hours=3))
    work(first + timedelta(days=1))
    work(first + timedelta(days=2))

    assert len(post_office.taken) == 2
    assert "Исправлено" in post_office.taken[1].part("plain")


@pytest.mark.parametrize(
    ("now", "frequency", "then"),
    [
        (MONDAY - timedelta(seconds=1), "weekly", MONDAY),
        (MONDAY, "weekly", MONDAY + timedelta(days=7)),
        (MONDAY + timedelta(days=3), "weekly", MONDAY + timedelta(days=7)),
        (MONDAY - timedelta(seconds=1), "daily", MONDAY),
        (MONDAY, "daily", MONDAY + timedelta(days=1)),
        (datetime(2026, 11, 29, 23, 30, tzinfo=ZoneInfo("UTC")), "weekly", MONDAY),
    ],
)
def test_the_moment_of_a_digest(now, frequency, then):
    assert following.periods.next_moment(frequency, now) == then


# --- many --------------------------------------------------------------------------------------------


def readers(number, subject):
    now = moment.now()
    made = Subscriber.objects.bulk_create(
        [
            Subscriber(
                email=f"reader{n}@reader.example",
                mailbox=f"reader{n}@reader.example",
                language="ru",
                created_at=now,
                confirmed_at=now,
            )
            for n in range(number)
        ]
    )
    Subscription.objects.bulk_create(
        [
            Subscription(
                subscriber=each,
                subject=subject,
                created_at=now,
                confirmed_at=now,
                frequency=Frequency.values[number % 3],
            )
            for number, each in enumerate(made)
        ]
    )


def test_three_readers_cost_as_many_queries_as_three_hundred(post_office):
    """But for the rows written for each, which go in portions."""
    edition = publish()
    occasion = Occasion("new", "statement", edition.statement_id, edition.live_from, "ru", edition.pk)
    corrected = Occasion("corrected", "statement", edition.statement_id, moment.now(), "ru", edition.pk)
    subject = Subject.objects.create(what="statements", about="", language="ru")
    others, portions = [], []
    for number in (3, 300):
        Subscriber.objects.all().delete()
        readers(number, subject)
        with CaptureQueriesContext(connection) as queries:
            following.tell_subscribers([occasion])
            following.tell_subscribers([corrected])
        written = sum(each["sql"].startswith("INSERT") for each in queries)
        others.append(len(queries) - written)
        portions.append(written)
        assert Told.objects.count() == number

    assert others[0] == others[1] <= 10
    assert portions[1] <= portions[0] + 10


def test_letters_leave_in_a_row_and_not_faster_than_the_server_shall_have_them(
    follow, post_office, work, settings
):
    for address in (ANNA, BEN, "cleo@reader.example"):
        follow(address)
    settings.PRESSOFFICE_ALERTS_PER_MINUTE = 2
    cache.clear()
    publish()
    now = moment.now()
    work(now)
    at_once = len(post_office.taken)
    work(now + timedelta(minutes=2))

    assert at_once == 1
    assert len(post_office.taken) in {2, 3}  # 3 where a minute of the clock has begun meanwhile
    waiting = Delivery.objects.waiting().filter(kind="alert")
    assert all(each.attempts == 0 for each in waiting)


def test_whoever_was_paused_is_not_sent_old_news_when_they_come_back(follow, post_office, work):
    anna = follow(ANNA, frequency="weekly")
    publish(title="Давно")
    work()
    Subscriber.objects.filter(pk=anna.pk).update(paused_at=moment.now())
    later = moment.now() + timedelta(days=30)
    work(later)
    Subscriber.objects.filter(pk=anna.pk).update(paused_at=None)
    with moment.fixed(later):
        publish(title="Теперь")
    work(later + timedelta(seconds=1))
    work(later + timedelta(days=8))

    (letter,) = post_office.taken
    assert "Теперь" in letter.part("plain")
    assert "Давно" not in letter.part("plain")
