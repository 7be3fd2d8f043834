from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pressoffice.accounts import browsers, sign_ins
from pressoffice.accounts.models import LogInEntry, SignIn, User
from tests.accounts.conftest import PASSWORD, is_in
from tests.makers import sign_in

What = LogInEntry.What
Browser = Callable[[], Client]
ACCOUNT = reverse("admin:account")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def end(row: SignIn) -> str:
    return reverse("admin:session_end", args=[row.public_id])


def test_a_person_sees_their_sessions_and_which_is_this_one(editor: User, browser: Browser) -> None:
    here, there = browser(), browser()
    sign_in(here, editor)
    other = sign_in(there, editor)
    SignIn.objects.filter(pk=other.pk).update(browser=FIREFOX, address="192.0.2.7")

    page = here.get(ACCOUNT).content.decode()

    assert "Firefox, Windows" in page
    assert "192.0.2.7" in page
    assert page.count("this one") == 1


def test_no_key_of_a_session_is_on_the_page_or_in_the_row(editor: User, browser: Browser) -> None:
    client = browser()
    row = sign_in(client, editor)

    page = client.get(ACCOUNT).content.decode()

    assert client.session.session_key not in page
    assert client.session.session_key not in str(SignIn.objects.filter(pk=row.pk).values())


def test_another_session_is_ended_at_once(editor: User, browser: Browser) -> None:
    here, there = browser(), browser()
    sign_in(here, editor)
    other = sign_in(there, editor)

    here.post(end(other))
    here.post(end(other))

    assert is_in(here)
    assert not is_in(there)
    assert LogInEntry.objects.filter(what=What.SESSION_ENDED).count() == 1


def test_nobody_ends_the_session_of_somebody_else(editor: User, author: User, browser: Browser) -> None:
    here, there = browser(), browser()
    sign_in(here, editor)
    theirs = sign_in(there, author)

    answer = here.post(end(theirs))
    here.post(reverse("admin:session_end", args=[uuid4()]))

    assert answer.headers["Location"] == ACCOUNT
    assert is_in(there)
    assert here.get(end(theirs)).status_code == 405


def test_ending_this_one_is_a_log_out(editor: User, browser: Browser) -> None:
    client = browser()

    answer = client.post(end(sign_in(client, editor)))

    assert answer.headers["Location"] == reverse("admin:login")
    assert not is_in(client)
    assert LogInEntry.objects.filter(what=What.LOGGED_OUT).count() == 1


def test_everywhere_else_leaves_this_one(editor: User, author: User, browser: Browser) -> None:
    here, colleague = browser(), browser()
    others = [browser() for _each in range(3)]
    for client in [here, *others]:
        sign_in(client, editor)
    sign_in(colleague, author)

    answer = here.post(reverse("admin:sessions_end"), follow=True)

    assert "3 sessions are ended." in answer.content.decode()
    assert is_in(here)
    assert is_in(colleague)
    assert not any(is_in(client) for client in others)


def test_a_log_out_ends_the_row_too(editor: User, browser: Browser) -> None:
    client = browser()
    sign_in(client, editor)
    cookie = client.cookies["sessionid"].value

    client.post(reverse("admin:logout"))

    assert not SignIn.objects.exists()
    thief = browser()
    thief.cookies["sessionid"] = cookie
    assert not is_in(thief)


@pytest.mark.parametrize(
    ("column", "age", "still"),
    [
        ("last_seen_at", sign_ins.IDLE - timedelta(minutes=1), True),
        ("last_seen_at", sign_ins.IDLE + timedelta(minutes=1), False),
        ("started_at", sign_ins.LONGEST - timedelta(minutes=1), True),
        ("started_at", sign_ins.LONGEST + timedelta(minutes=1), False),
    ],
)
def test_a_session_ends_when_nobody_is_there_and_after_a_working_day(
    column: str, age: timedelta, *, still: bool, editor: User, browser: Browser
) -> None:
    client = browser()
    row = sign_in(client, editor)
    SignIn.objects.filter(pk=row.pk).update(**{column: timezone.now() - age})

    assert is_in(client) is still
    assert SignIn.objects.exists() is still
    assert sign_ins.over(timezone.now()).exists() is False


def test_being_there_is_written_down_every_few_minutes_only(editor: User, browser: Browser) -> None:
    client = browser()
    row = sign_in(client, editor)
    long_ago = timezone.now() - timedelta(minutes=4)
    SignIn.objects.filter(pk=row.pk).update(last_seen_at=long_ago)
    client.get(ACCOUNT)
    row.refresh_from_db()
    assert row.last_seen_at == long_ago

    SignIn.objects.filter(pk=row.pk).update(last_seen_at=long_ago - timedelta(minutes=4))
    client.get(ACCOUNT, REMOTE_ADDR="192.0.2.9")

    row.refresh_from_db()
    assert timezone.now() - row.last_seen_at < timedelta(minutes=1)
    assert row.address == "192.0.2.9"


@pytest.mark.parametrize("engine", ["cached_db", "cache", "file"])
def test_sessions_end_whatever_store_django_keeps_them_in(
    engine: str, editor: User, browser: Browser, settings: object
) -> None:
    settings.SESSION_ENGINE = f"django.contrib.sessions.backends.{engine}"  # type: ignore[attr-defined]
    here, there = browser(), browser()
    sign_in(here, editor)
    sign_in(there, editor)

    here.post(reverse("admin:sessions_end"))

    assert is_in(here)
    assert not is_in(there)


def test_a_new_password_ends_the_other_sessions(editor: User, browser: Browser) -> None:
    here, there = browser(), browser()
    sign_in(here, editor)
    sign_in(there, editor)
    new = "another long pass phrase"

    here.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )

    assert is_in(here)
    assert not is_in(there)
    assert SignIn.objects.count() == 1
    assert LogInEntry.objects.filter(what=What.PASSWORD_CHANGED, by=None).count() == 1


def test_a_refused_password_ends_nothing(editor: User, browser: Browser) -> None:
    here, there = browser(), browser()
    sign_in(here, editor)
    sign_in(there, editor)

    here.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": "123456789012", "new_password2": "123456789012"},
    )

    assert is_in(there)
    assert not LogInEntry.objects.filter(what=What.PASSWORD_CHANGED).exists()


def test_a_new_password_is_not_the_old_one(editor: User, browser: Browser) -> None:
    here = browser()
    sign_in(here, editor)
    here.cookies["django_language"] = "en"

    answer = here.post(
        reverse("admin:password_change"),
        {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD},
    )

    assert answer.status_code == 200
    assert "This is the password that you have now." in answer.text
    assert not LogInEntry.objects.filter(what=What.PASSWORD_CHANGED).exists()


def test_whoever_is_made_inactive_is_out(editor: User, browser: Browser) -> None:
    client = browser()
    sign_in(client, editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)

    assert not is_in(client)


def test_the_sweep_deletes_what_is_over_and_forgets_addresses(editor: User, browser: Browser) -> None:
    client = browser()
    row = sign_in(client, editor)
    SignIn.objects.create(
        user=editor,
        started_at=timezone.now() - timedelta(days=2),
        last_seen_at=timezone.now() - timedelta(days=2),
        confirmed_at=timezone.now() - timedelta(days=2),
    )
    entries = [
        LogInEntry.objects.create(
            at=timezone.now() - timedelta(days=days), what=What.LOGGED_IN, user=editor, address="192.0.2.7"
        )
        for days in (89, 91)
    ]

    call_command("sweep_log_ins", verbosity=0)
    call_command("sweep_log_ins", verbosity=0)

    assert list(SignIn.objects.all()) == [row]
    for entry in entries:
        entry.refresh_from_db()
    assert [entry.address for entry in entries] == ["192.0.2.7", ""]
    assert Session.objects.exists()


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge, Windows",
        ),
        ("Mozilla/5.0 (Windows NT 6.1) Chrome/108.0 YaBrowser/23.1 Safari/537.36", "Yandex Browser, Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
            "Safari, iPhone",
        ),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_browsers_are_called_by_their_names(says: str, words: str) -> None:
    assert browsers.in_words(says) == words
