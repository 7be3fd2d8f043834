"""Guessing takes time, from one machine and from many; and nobody is shut out by it for good."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pressoffice.accounts import throttle
from pressoffice.accounts.models import LogInEntry, User
from tests.accounts.conftest import PASSWORD, is_in
from tests.makers import code_of, make_app, sign_in

Browser = Callable[[], Client]
LOGIN, CODE = reverse("admin:login"), reverse("admin:log_in_code")


def try_password(client: Client, name: str, password: str, address: str) -> str:
    """ "in", "wrong" or "wait"."""
    answer = client.post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address)
    if answer.status_code == 302:
        return "in"
    return "wait" if "Too many attempts" in answer.content.decode() else "wrong"


def from_many_machines(browser: Browser, name: str, number: int) -> list[str]:
    return [try_password(browser(), name, "guess", f"203.0.113.{each}") for each in range(number)]


def test_one_name_is_guessed_at_slowly_from_many_machines(editor: User, browser: Browser) -> None:
    tried = from_many_machines(browser, editor.username, throttle.ATTEMPTS_ON_NAME + 2)

    assert tried == ["wrong"] * throttle.ATTEMPTS_ON_NAME + ["wait"] * 2
    assert try_password(browser(), editor.username, PASSWORD, "198.51.100.1") == "wait"


def test_one_machine_uses_up_its_own_attempts_at_a_name_only(editor: User, browser: Browser) -> None:
    for _each in range(throttle.ATTEMPTS_ON_NAME + 5):
        try_password(browser(), editor.username, "guess", "203.0.113.1")

    assert try_password(browser(), editor.username, PASSWORD, "203.0.113.2") == "in"


def test_the_old_password_cannot_be_guessed_where_it_is_changed(editor: User, browser: Browser) -> None:
    client, new = browser(), "another long pass phrase"
    sign_in(client, editor)
    typed = {"new_password1": new, "new_password2": new}
    change = reverse("admin:password_change")
    for _each in range(throttle.ATTEMPTS):
        client.post(change, {"old_password": "guess", **typed})

    answer = client.post(change, {"old_password": PASSWORD, **typed}, follow=True)

    assert "Too many attempts" in answer.content.decode()
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_many_names_are_guessed_at_slowly_from_one_machine(
    editor: User, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "ATTEMPTS_OF_ADDRESS", 6)

    tried = [try_password(browser(), f"name-{each}", "guess", "203.0.113.1") for each in range(8)]

    assert tried == ["wrong"] * 6 + ["wait"] * 2
    assert try_password(browser(), editor.username, PASSWORD, "203.0.113.1") == "wait"
    assert try_password(browser(), editor.username, PASSWORD, "203.0.113.2") == "in"


def test_nobody_is_shut_out_of_the_browser_they_use(editor: User, browser: Browser) -> None:
    app, own = make_app(editor), browser()
    own.post(LOGIN, {"username": editor.username, "password": PASSWORD})
    own.post(CODE, {"code": code_of(app)})
    own.post(reverse("admin:logout"))

    from_many_machines(browser, editor.username, throttle.ATTEMPTS_ON_NAME + 1)

    assert try_password(own, editor.username, PASSWORD, "203.0.113.1") == "in"
    own.post(CODE, {"code": code_of(app, steps=1)})
    assert is_in(own)


def test_a_known_browser_has_five_attempts_as_well_and_only_for_its_people(
    editor: User, author: User, browser: Browser
) -> None:
    own = browser()
    own.post(LOGIN, {"username": editor.username, "password": PASSWORD})
    own.post(CODE, {"code": code_of(make_app(editor))})
    if not is_in(own):
        own.post(CODE, {"code": code_of(make_app(editor, "Other"))})
    own.post(reverse("admin:logout"))

    tried = [try_password(own, editor.username, "guess", f"203.0.113.{each}") for each in range(7)]
    from_many_machines(browser, author.username, throttle.ATTEMPTS_ON_NAME)

    assert tried == ["wrong"] * 5 + ["wait"] * 2
    assert try_password(own, author.username, "guess", "203.0.113.99") == "wait"


def test_a_made_up_browser_is_none(editor: User, browser: Browser) -> None:
    for each in range(throttle.ATTEMPTS_ON_NAME):
        client = browser()
        client.cookies[throttle.KNOWN] = f"forged-{each}"
        try_password(client, editor.username, "guess", f"203.0.113.{each}")

    client.cookies[throttle.KNOWN] = "forged"
    assert try_password(client, editor.username, PASSWORD, "198.51.100.1") == "wait"


def test_codes_are_guessed_at_slowly(editor: User, browser: Browser) -> None:
    app, client = make_app(editor), browser()
    client.post(LOGIN, {"username": editor.username, "password": PASSWORD})
    for _each in range(throttle.ATTEMPTS):
        client.post(CODE, {"code": "000000"})

    answer = client.post(CODE, {"code": code_of(app)})

    assert "Too many attempts" in answer.content.decode()
    assert not is_in(client)
    whats = list(LogInEntry.objects.order_by("pk").values_list("what", flat=True))
    assert whats[-2:] == ["code_failed", "throttled"]


def test_codes_are_guessed_at_slowly_from_many_machines(editor: User, browser: Browser) -> None:
    app = make_app(editor)

    answers: list[Any] = []
    for each in range(throttle.CODES_ON_NAME + 1):
        client, here = browser(), {"REMOTE_ADDR": f"203.0.113.{each}"}
        client.post(LOGIN, {"username": editor.username, "password": PASSWORD}, **here)
        answers.append(client.post(CODE, {"code": "000000"}, **here))

    told = ["Too many attempts" in answer.content.decode() for answer in answers]
    assert told == [False] * throttle.CODES_ON_NAME + [True]
    app.refresh_from_db()
    assert app.verify_is_allowed()[0]


def test_wrong_codes_shut_nobody_out_once_the_waiting_is_over(
    editor: User, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """django-otp's own counting doubles the wait with each failure, up to a hundred years."""
    from django.core.cache import cache

    app, client = make_app(editor), browser()
    client.post(LOGIN, {"username": editor.username, "password": PASSWORD})
    for _each in range(40):
        cache.clear()
        client.post(CODE, {"code": "000000"})
    cache.clear()

    client.post(CODE, {"code": code_of(app)})

    assert is_in(client)


def test_a_log_in_of_ones_own_does_not_wipe_out_the_count_of_the_address(
    editor: User, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "ATTEMPTS_OF_ADDRESS", 6)
    for each in range(5):
        try_password(browser(), f"name-{each}", "guess", "203.0.113.1")
    assert try_password(browser(), editor.username, PASSWORD, "203.0.113.1") == "in"

    assert try_password(browser(), "name-6", "guess", "203.0.113.1") == "wrong"
    assert try_password(browser(), "name-7", "guess", "203.0.113.1") == "wait"


def test_waiting_is_written_down_once_not_with_each_attempt(editor: User, browser: Browser) -> None:
    client = browser()
    for _each in range(throttle.ATTEMPTS + 4):
        try_password(client, editor.username, "guess", "203.0.113.1")

    assert LogInEntry.objects.filter(what=LogInEntry.What.THROTTLED).count() == 1


def test_unknown_names_are_answered_with_the_same_work(
    editor: User, browser: Browser, django_assert_num_queries: Callable[..., Any]
) -> None:
    told = []
    for name in (editor.username, "nobody-here"):
        with django_assert_num_queries(QUERIES_OF_A_FAILURE):
            answer = browser().post(LOGIN, {"username": name, "password": "wrong"})
        told.append(answer.content.decode().replace(name, "NAME"))

    assert _without_token(told[0]) == _without_token(told[1])


QUERIES_OF_A_FAILURE = 3


def _without_token(page: str) -> str:
    import re

    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)


@pytest.mark.parametrize("said", ["", "unknown", "not an address", "1.2.3.4.5", "x" * 5000])
def test_an_address_that_is_none_is_kept_as_none(said: str, rf: Any, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert throttle.address_of(rf.get("/", headers={"x-forwarded-for": said})) == ""
