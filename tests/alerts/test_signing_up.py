"""Coming, changing one's mind and leaving: by link, without password, cookie or script."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from pressoffice.alerts.models import Frequency, Subscriber, Subscription
from pressoffice.publishing import moment
from tests.channels import under
from tests.makers import make_edition, make_event, make_person, make_project, make_statement, make_topic

pytestmark = pytest.mark.django_db

ANNA = "anna@reader.example"


def sign_up(address=ANNA, *, page="", client=None, **answers):
    page = page or under("ru", "alerts:sign-up", "statements")
    return (client or Client()).post(page, {"email": address, "frequency": "at_once", **answers})


def test_somebody_signs_up_confirms_by_the_button_and_is_written_to(post_office, work):
    make_edition(language="ru")

    assert sign_up().status_code == 200
    work()
    (letter,) = post_office.taken
    link = letter.link("confirm")
    door = Client().get(link)

    assert door.status_code == 200
    assert not Subscriber.objects.reached().exists()  # a mail scanner that follows links changes nothing
    assert "Все заявления" in door.content.decode()
    assert Client().post(link).status_code == 200
    assert Subscriber.objects.reached().get().email == ANNA
    assert Subscription.objects.confirmed().get().frequency == Frequency.AT_ONCE


def test_the_letter_to_confirm_says_what_will_come_in_the_readers_language(post_office, work):
    topic = make_topic("Water")
    make_edition(language="ky", statement=make_statement(topics=[topic], original_language="ky"))

    sign_up(page=under("ky", "alerts:sign-up", "statements", query="topic=water"), frequency="weekly")
    work()

    (letter,) = post_office.taken
    for label, value in (
        ("Кандай каттар келет", "Билдирүүлөр – Тема: Water (ky)"),
        ("Кат канчалык тез-тез келет", "жумасына бир жолу, дүйшөмбү күнү эртең менен"),
        ("Тил", "Кыргызча"),
    ):
        assert f"{label}: {value}" in letter.part("plain").splitlines()
        html = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", letter.part("html")))
        assert f"{label}: {value} " in html
    assert '<html lang="ky"' in letter.part("html")
    assert urlsplit(letter.link("confirm")).path.startswith("/ky/")


def test_each_step_says_what_comes_how_often_and_in_which_language(post_office, work):
    make_edition(language="ru")
    asked = sign_up(frequency="daily")
    work()
    link = post_office.taken[0].link("confirm")

    for answer in (asked, Client().get(link), Client().post(link)):
        said = answer.content.decode().partition('<dl class="facts letters__what">')[2].partition("</dl>")[0]
        assert "Все заявления" in said
        assert "раз в день, в 8 утра" in said
        assert "Русский" in said


def test_what_comes_is_marked_with_its_language_on_a_page_in_another(post_office, work):
    make_edition(language="ru")
    sign_up()
    work()

    page = Client().get(post_office.taken[0].link("confirm").replace("/ru/", "/en/")).content.decode()

    assert '<dd lang="ru"><a href="/ru/statements/" hreflang="ru">Все заявления</a></dd>' in page
    assert '<dd lang="ru">Русский</dd>' in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Укажите"),
        ("anna", "name@example.org"),
        ("anna@", "name@example.org"),
        ("@reader.example", "name@example.org"),
        ("anna@reader", "name@example.org"),
        ('"anna bell"@reader.example', "name@example.org"),
        ("anna@reader.example\nBcc: all@reader.example", "одной строке"),
        ("anna@reader.example\r\n\r\nHello", "одной строке"),
        ("anna\x00@reader.example", "одной строке"),
        ("a" * 300 + "@reader.example", "254"),
        ("a" * 65 + "@reader.example", "name@example.org"),
        ("anna@" + "ж" * 70 + ".example", "name@example.org"),
        ("anna@reader.example, ben@reader.example", "name@example.org"),
    ],
)
def test_an_address_that_is_none_is_told_and_stays_in_the_form(typed, words, post_office, work):
    answer = sign_up(typed, frequency="weekly")
    work()

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert words in shown
    assert 'value="weekly" id="id_frequency_2" checked' in shown.replace(" required", "")
    assert answer.context["form"]["email"].value() == typed
    assert not post_office.taken
    assert not Subscriber.objects.exists()


def test_a_domain_is_written_in_small_letters_and_in_ascii(post_office, work):
    sign_up(" Anna@Почта.Example ")
    work()

    assert post_office.taken[0].to == ["Anna@xn--80a1acny.example"]


def test_a_stranger_who_signs_somebody_up_a_thousand_times_sends_one_letter(post_office, work, settings):
    settings.PRESSOFFICE_ALERTS_SIGN_UPS_PER_HOUR = 2000

    answers = {sign_up().status_code for _each in range(100)}
    work()

    assert answers == {200}
    assert len(post_office.taken) == 1
    assert Subscription.objects.count() == 1


def test_a_stranger_with_many_lists_and_spellings_sends_a_few_letters_a_day(post_office, work, settings):
    settings.PRESSOFFICE_ALERTS_SIGN_UPS_PER_HOUR = 2000
    make_edition(language="ru", statement=make_statement(kind="speech"))
    make_edition(language="ru", statement=make_statement(kind="interview"))
    pages = [
        under("ru", "alerts:sign-up", "statements", query=query)
        for query in ("", "kind=speech", "kind=interview")
    ] + [under("en", "alerts:sign-up", "events")]

    for page in pages:
        for spelling in (ANNA, "Anna@reader.example", "an.na+1@reader.example", "a.nna+2@reader.example"):
            sign_up(spelling, page=page)
    work()

    assert len(post_office.taken) == settings.PRESSOFFICE_ALERTS_CONFIRMATIONS_PER_DAY


def test_whoever_gives_too_many_addresses_is_told_to_wait_and_keeps_what_was_typed(settings, post_office):
    settings.PRESSOFFICE_ALERTS_SIGN_UPS_PER_HOUR = 3

    answers = [sign_up(f"reader{number}@reader.example") for number in range(4)]

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "3600"
    assert "reader3@reader.example" in answers[-1].content.decode()
    assert Subscriber.objects.count() == 3


def test_the_answer_does_not_tell_whether_an_address_is_known(follow, post_office):
    follow(ANNA)
    cache.clear()

    known, unknown = sign_up(ANNA), sign_up("ben@reader.example")

    assert known.status_code == unknown.status_code == 200
    assert known.content.decode().replace(ANNA, "") == unknown.content.decode().replace(
        "ben@reader.example", ""
    )


def test_whoever_follows_it_already_is_sent_the_link_to_manage_once_a_day(follow, post_office, work):
    follow(ANNA)

    sign_up(), sign_up()
    Client().post(under("ru", "alerts:by-email"), {"email": ANNA})
    work()

    (letter,) = post_office.taken
    assert Client().get(letter.link("manage")).status_code == 200


def test_the_link_to_manage_is_sent_to_nobody_who_follows_nothing(post_office, work):
    answer = Client().post(under("ru", "alerts:by-email"), {"email": ANNA})
    work()

    assert answer.status_code == 200
    assert not post_office.taken
    assert not Subscriber.objects.exists()


def test_a_filter_with_a_value_that_nobody_is_offered_is_told_and_not_taken(post_office, work):
    page = under("ru", "alerts:sign-up", "statements", query="topic=hidden&kind=speech")

    shown, sent = Client().get(page), sign_up(page=page)
    work()

    assert "«Тема»" in shown.content.decode()
    assert sent.status_code == 422
    assert not Subscriber.objects.exists()
    assert not post_office.taken


def test_what_is_not_public_cannot_be_followed():
    make_project("hidden", state="draft")
    draft = make_edition(state="draft", language="ru")
    make_person("Nobody")

    for what, about in (
        ("project", "hidden"),
        ("project", "unheard-of"),
        ("statement", draft.statement.reference),
        ("person", "nobody"),
        ("unheard-of", "of"),
    ):
        assert Client().get(under("ru", "alerts:sign-up", what, about)).status_code == 404
    for what in ("project", "unheard-of"):
        assert Client().get(under("ru", "alerts:sign-up", what)).status_code == 404


def test_each_page_that_offers_a_feed_leads_to_its_letters():
    project, person, topic = make_project("road"), make_person("Speaker"), make_topic("Water")
    statement = make_statement(topics=[topic], speakers=[person], kind="speech")
    edition = make_edition(language="ru", statement=statement, about=[project])
    make_event("visit", kind="visit")
    offered = {
        under("ru", "articles:statement-list", query="kind=speech&sort=oldest"): "statements/?kind=speech",
        under("ru", "events:event-list", query="kind=visit"): "events/?kind=visit",
        under("ru", "projects:project", "road"): "project/road/",
        under("ru", "people:person", "speaker"): "person/speaker/",
        under("ru", "topics:topic", "water"): "statements/?topic=water",
        edition.get_absolute_url(): f"statement/{statement.reference}/",
        under("ru", "subscribe"): "",
    }

    for page, letters in offered.items():
        address = f"/ru/subscribe/by-email/{letters}"
        assert f'href="{address}"' in Client().get(page).content.decode(), page
        assert Client().get(address).status_code == 200


def test_without_a_mail_server_nothing_is_offered_and_whoever_came_before_can_leave(follow, settings):
    subscriber = follow(ANNA)
    settings.PRESSOFFICE_ALERTS = False

    page = Client().get(under("ru", "articles:statement-list")).content.decode()

    assert "by-email" not in page
    assert Client().get(under("ru", "alerts:sign-up", "statements")).status_code == 404
    assert Client().get(under("ru", "alerts:manage", subscriber.managing())).status_code == 200
    assert Client().post(under("ru", "alerts:leave", subscriber.leaving())).status_code == 200


def test_a_link_to_confirm_runs_out_and_one_that_was_changed_leads_nowhere(post_office, work, monkeypatch):
    sign_up()
    work()
    link = post_office.taken[0].link("confirm")
    changed = link[:-3] + ("A" if link[-3] != "A" else "B") + link[-2:]

    assert Client().get(changed).status_code == 410
    assert Client().post(changed).status_code == 410
    late = (moment.now() + timedelta(days=8)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: late)
    assert Client().post(link).status_code == 410
    assert not Subscriber.objects.reached().exists()


def test_links_are_each_for_one_purpose_and_hold_for_nobody_else(follow):
    anna, ben = follow(ANNA), follow("ben@reader.example")

    for token in (anna.leaving(), anna.key, str(anna.pk), anna.managing().replace(anna.key, ben.key)):
        assert Client().get(under("ru", "alerts:manage", token)).status_code == 410
        assert Client().post(under("ru", "alerts:confirm", token)).status_code == 410
    for token in (anna.managing(), anna.key):
        assert Client().post(under("ru", "alerts:leave", token)).status_code == 410
    assert Subscriber.objects.reached().count() == 2


def test_what_the_database_holds_makes_no_link(follow):
    """Whoever steals it has no key to sign with."""
    subscriber = follow(ANNA)
    kept = {str(value) for row in (Subscriber, Subscription) for value in row.objects.values_list().get()}

    assert subscriber.managing() not in kept
    # A number may end it by chance.
    keys = [value for value in kept if len(value) >= 32]
    assert keys
    assert not [key for key in keys if subscriber.managing().endswith(key)]


def test_letters_are_managed_by_their_link(follow):
    make_edition(language="ru")
    make_event("visit")
    subscriber = follow(ANNA)
    follow(ANNA, "events")
    page = under("ru", "alerts:manage", subscriber.managing())
    first, second = subscriber.subscriptions.order_by("pk")

    saved = Client().post(
        page, {f"frequency-{first.pk}": "daily", f"frequency-{second.pk}": "hourly", "language": "ky"}
    )
    ended = Client().post(page, {"end": second.pk})

    assert saved.status_code == ended.status_code == 302
    subscriber.refresh_from_db()
    assert subscriber.language == "ky"
    assert subscriber.subscriptions.get().frequency == Frequency.DAILY
    assert ANNA in Client().get(saved.headers["Location"]).content.decode()


def test_nobody_ends_what_is_somebody_elses(follow):
    anna, ben = follow(ANNA), follow("ben@reader.example")

    Client().post(
        under("ru", "alerts:manage", anna.managing()), {"end": ben.subscriptions.get().pk, "language": "xx"}
    )

    assert ben.subscriptions.count() == 1
    assert anna.subscriptions.count() == 1


def test_ending_the_last_one_is_leaving(follow):
    subscriber = follow(ANNA)

    answer = Client().post(
        under("ru", "alerts:manage", subscriber.managing()), {"end": subscriber.subscriptions.get().pk}
    )

    assert answer.status_code == 200
    assert not Subscriber.objects.reached().exists()
    assert Client().get(under("ru", "alerts:manage", subscriber.managing())).status_code == 410


def test_one_click_of_a_mail_program_ends_it_all_and_a_second_is_no_trouble(follow):
    """RFC 8058: a POST without cookies, with this very body."""
    subscriber = follow(ANNA)
    address = under("ru", "alerts:leave", subscriber.leaving())
    strict = Client(enforce_csrf_checks=True)

    for _each in range(2):
        answer = strict.post(
            address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers

    subscriber.refresh_from_db()
    assert subscriber.left_at is not None
    assert not Subscription.objects.exists()


def test_following_the_link_to_leave_ends_nothing(follow):
    subscriber = follow(ANNA)

    for client in (Client(), Client(headers={"Purpose": "prefetch"})):
        assert client.get(under("ru", "alerts:leave", subscriber.leaving())).status_code == 200
        assert client.head(under("ru", "alerts:leave", subscriber.leaving())).status_code == 200

    assert Subscriber.objects.reached().count() == 1


def test_whoever_left_may_come_back_and_leaves_by_an_old_letter_too(follow):
    before = follow(ANNA)
    Client().post(under("ru", "alerts:leave", before.leaving()))
    cache.clear()

    after = follow(ANNA)

    assert after.pk == before.pk
    assert after.left_at is None
    assert Client().get(under("ru", "alerts:manage", before.managing())).status_code == 410
    assert Subscriber.objects.reached().count() == 1
    assert "<form" in Client().get(under("ru", "alerts:leave", before.leaving())).content.decode()
    assert Client().post(under("ru", "alerts:leave", before.leaving())).status_code == 200
    assert Subscriber.objects.reached().count() == 0


def test_leaving_once_more_does_not_put_off_that_the_address_is_forgotten(follow):
    subscriber = follow(ANNA)
    address = under("ru", "alerts:leave", subscriber.leaving())
    Client().post(address)
    subscriber.refresh_from_db()
    left_at = subscriber.left_at

    Client().post(address)

    subscriber.refresh_from_db()
    assert subscriber.left_at == left_at


def test_a_link_to_leave_of_a_forgotten_address_says_that_it_ended_nothing(follow):
    address = under("ru", "alerts:leave", follow(ANNA).leaving())
    Subscriber.objects.all().delete()

    for answer in (Client().get(address), Client().post(address)):
        assert answer.status_code == 410
        assert "Ваш адрес удалён" in answer.content.decode()


def test_a_link_to_confirm_that_was_used_says_what_comes(post_office, work):
    sign_up()
    work()
    link = post_office.taken[0].link("confirm")
    Client().post(link)

    again = Client().get(link).content.decode()

    assert "Вы подписаны" in again
    assert "не нажмёте" not in again


@pytest.mark.parametrize("address", ["anna@localhost", "anna@[127.0.0.1]", "anna@[IPv6:::1]"])
def test_an_address_that_no_other_server_knows_is_none(address, post_office):
    assert sign_up(address).status_code == 422


def test_what_was_mistyped_is_not_counted(post_office, settings):
    settings.PRESSOFFICE_ALERTS_SIGN_UPS_PER_HOUR = 1

    assert [sign_up(each).status_code for each in ("anna@", ANNA, "anna@", ANNA)] == [422, 200, 422, 429]


def test_the_form_leads_to_itself_in_the_other_languages_where_the_filter_is_there(post_office):
    topic = make_topic("Water")
    make_edition(language="ru", statement=make_statement(topics=[topic]))
    make_edition(language="en", statement=make_statement(topics=[topic]))

    page = Client().get(under("ru", "alerts:sign-up", "statements", query="topic=water")).content.decode()

    assert 'href="/en/subscribe/by-email/statements/?topic=water"' in page
    assert 'href="/ky/subscribe/by-email/statements/?topic=water"' not in page


def test_a_year_that_is_over_is_not_followed(post_office):
    make_edition(language="ru", at=moment.now() - timedelta(days=800))
    year = (moment.now() - timedelta(days=800)).year
    make_edition(language="ru", statement=make_statement(delivered_on=date(year, 5, 5)))

    page = under("ru", "alerts:sign-up", "statements", query=f"year={year}")

    assert f"{year} год закончился" in Client().get(page).content.decode()
    assert Client().post(page, {"email": ANNA, "frequency": "at_once"}).status_code == 422
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("query", ["", "&as_of={year}-12-01"])
def test_a_list_of_a_year_that_is_over_is_not_offered_by_e_mail(query):
    this = moment.now().year
    for year in (this - 2, this):
        make_edition(
            language="ru",
            at=moment.now() - timedelta(days=800),
            statement=make_statement(delivered_on=date(year, 1, 1)),
        )
    page = under("ru", "articles:statement-list", query=f"year={this - 2}" + query.format(year=this - 2))

    assert "/by-email/statements/" not in Client().get(page).content.decode()
    assert f'/by-email/statements/?year={this}"' in (
        Client().get(under("ru", "articles:statement-list", query=f"year={this}")).content.decode()
    )


def test_pages_about_letters_are_kept_by_nobody_and_tell_the_next_site_nothing(follow):
    subscriber = follow(ANNA)
    pages = [
        under("ru", "alerts:manage", subscriber.managing()),
        under("ru", "alerts:leave", subscriber.leaving()),
        under("ru", "alerts:confirm", "nothing"),
        under("ru", "alerts:sign-up", "statements"),
        under("ru", "alerts:by-email"),
    ]

    for page in pages:
        answer = Client().get(page)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        if subscriber.key in page:
            assert 'rel="canonical"' not in answer.content.decode()


def test_only_reading_and_pressing_the_button_is_answered(follow):
    subscriber = follow(ANNA)

    for page in (
        under("ru", "alerts:by-email"),
        under("ru", "alerts:sign-up", "statements"),
        under("ru", "alerts:manage", subscriber.managing()),
        under("ru", "alerts:leave", subscriber.leaving()),
    ):
        for method in ("put", "patch", "delete"):
            assert getattr(Client(), method)(page).status_code == 405


ODD_TOKENS = [
    "%00",
    "%ED%A0%80",
    "%E2%80%AE",
    "<script>alert(1)</script>",
    "x" * 5000,
    ".",
    "..%2f..%2fetc",
    ".".join("xyz"),
    "0-99999999999999999999999999.1xWh5Z." + "A" * 43,
    "жол",
]


@pytest.mark.parametrize("token", ODD_TOKENS)
@pytest.mark.parametrize("place", ["confirm", "manage", "leave"])
def test_an_odd_token_leads_nowhere(place, token):
    address = f"/ru/subscribe/by-email/{place}/{token}/"

    for answer in (Client().get(address), Client().post(address, {"end": "1"})):
        assert answer.status_code in {404, 410}
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("value", ["", "\x00", "9" * 500, "-1", "<b>", "ж" * 5000])
def test_odd_answers_change_nothing(value, follow):
    subscriber = follow(ANNA)
    pk = subscriber.subscriptions.get().pk

    managed = Client().post(
        under("ru", "alerts:manage", subscriber.managing()),
        {"end": value, f"frequency-{pk}": value, "language": value},
    )
    asked = Client().post(
        under("ru", "alerts:sign-up", "statements"), {"email": "ben@reader.example", "frequency": value}
    )

    assert managed.status_code == 302
    assert asked.status_code == 422
    assert subscriber.subscriptions.get().frequency == Frequency.AT_ONCE
