import logging
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from pressoffice.accounts import throttle
from pressoffice.accounts.models import User
from projects.models import Project
from tests.makers import code_of, sign_in

from .conftest import form_data

Desk = Callable[[str], Client]
PASSWORD = "a long pass phrase"


@pytest.fixture(autouse=True)
def _fast_passwords(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture
def editor(person: Callable[[str], User]) -> User:
    editor = person("editor")
    editor.set_password(PASSWORD)
    editor.save()
    return editor


def log_in(client: Client, username: str, password: str, address: str = "192.0.2.1") -> tuple[int, str]:
    client.cookies["django_language"] = "en"
    answer = client.post(
        reverse("admin:login"), {"username": username, "password": password}, REMOTE_ADDR=address
    )
    found = re.findall(r'class="errornote"[^>]*>\s*(.+?)\s*</p>', answer.content.decode())
    return answer.status_code, found[0] if found else ""


def test_after_five_failures_the_right_password_has_to_wait(client: Client, editor: User) -> None:
    for _each in range(throttle.ATTEMPTS):
        assert "Please enter the correct username and password" in log_in(client, "editor", "wrong")[1]

    assert "Too many attempts" in log_in(client, "editor", PASSWORD)[1]
    assert "Too many attempts" in log_in(client, "EDITOR ", PASSWORD)[1]
    assert log_in(Client(), "editor", PASSWORD, address="192.0.2.2")[0] == 302


def test_the_answer_does_not_tell_whether_there_is_such_a_person(client: Client, editor: User) -> None:
    inactive = User.objects.create(username="former", is_staff=True, is_active=False)
    inactive.set_password(PASSWORD)
    inactive.save()
    outsider = User.objects.create(username="outsider")
    outsider.set_password(PASSWORD)
    outsider.save()

    told = [
        [log_in(client, username, password)[1] for _each in range(throttle.ATTEMPTS + 1)]
        for username, password in [
            ("editor", "wrong"),
            ("no-such-person", "wrong"),
            ("former", PASSWORD),
            ("outsider", PASSWORD),
        ]
    ]

    assert told[0] == told[1] == told[2] == told[3]


def test_a_success_forgets_the_failures(client: Client, editor: User) -> None:
    for _each in range(throttle.ATTEMPTS - 1):
        log_in(client, "editor", "wrong")
    assert log_in(client, "editor", PASSWORD)[0] == 302

    again = Client()
    for _each in range(throttle.ATTEMPTS):
        assert "Too many" not in log_in(again, "editor", "wrong")[1]


def test_waiting_ends(client: Client, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "WAIT", 0.01)
    for _each in range(throttle.ATTEMPTS + 1):
        log_in(client, "editor", "wrong")
    import time

    time.sleep(0.02)

    assert log_in(client, "editor", PASSWORD)[0] == 302


def test_behind_a_proxy_only_its_own_word_counts(client: Client, editor: User, settings: object) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # type: ignore[attr-defined]
    for number in range(throttle.ATTEMPTS):
        client.post(
            reverse("admin:login"),
            {"username": "editor", "password": "wrong"},
            headers={"x-forwarded-for": f"10.0.0.{number}, 192.0.2.7"},
        )

    answer = client.post(
        reverse("admin:login"),
        {"username": "editor", "password": PASSWORD},
        headers={"x-forwarded-for": "10.0.0.99, 192.0.2.7"},
    )

    assert answer.status_code == 200


def test_failures_are_logged_without_passwords(
    client: Client, editor: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "pressoffice.accounts"):
        for _each in range(throttle.ATTEMPTS + 1):
            log_in(client, "editor\nforged line", "my secret guess")

    assert len(caplog.messages) == throttle.ATTEMPTS + 1
    assert "has to wait" in caplog.messages[-1]
    assert not any("\n" in line or "secret" in line for line in caplog.messages)


@pytest.mark.parametrize("username", ["", "\x00", "a" * 10_000, "өкмөт", "\ud800"])
def test_odd_names_are_answered(username: str, client: Client, db: None) -> None:
    assert log_in(client, username.encode("utf-8", "replace").decode(), "x")[0] == 200


def test_what_was_written_before_the_session_ended_is_sent_after_the_log_in(
    project: Project, editor: User, desk_of: Desk
) -> None:
    address = reverse("admin:projects_project_change", args=[project.pk])
    client = desk_of("editor")
    data = form_data(client, address) | {"name_en": "Typed for an hour"}
    client.logout()
    client.cookies["django_language"] = "en"

    answer = client.post(address, data)
    assert "Nothing is lost" in answer.content.decode()
    kept = answer.context["kept"]
    wrong = client.post(reverse("admin:login"), {"username": "editor", "password": "no", "kept": kept})
    assert wrong.context["kept"] == kept
    client.post(reverse("admin:login"), {"username": "editor", "password": PASSWORD, "kept": kept})
    code = code_of(TOTPDevice.objects.get(user=editor))
    ready = client.post(reverse("admin:log_in_code"), {"code": code}, follow=True)
    assert ready.context["kept"].path == address
    fields: dict[str, list[str]] = {}
    for name, value in ready.context["kept"].fields:
        fields.setdefault(name, []).append(value)
    client.post(address, fields)

    project.refresh_from_db()
    assert project.name_en == "Typed for an hour"


def test_only_what_was_sent_to_us_is_offered_after_the_log_in(client: Client, editor: User) -> None:
    answer = client.post(
        reverse("admin:login"), {"username": "editor", "password": PASSWORD, "kept": "forged"}
    )

    assert answer.status_code == 302


def test_a_form_with_an_old_token_may_be_sent_again_if_it_is_ours(project: Project, editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, editor)
    address = reverse("admin:projects_project_change", args=[project.pk])
    typed = {"name_en": "Typed for an hour", "csrfmiddlewaretoken": "old"}

    ours = strict.post(address, typed, headers={"sec-fetch-site": "same-origin"})
    theirs = strict.post(address, typed, headers={"sec-fetch-site": "cross-site"})
    unknown = strict.post(address, typed)

    assert ours.status_code == theirs.status_code == unknown.status_code == 403
    assert 'value="Typed for an hour"' in ours.content.decode()
    assert "no-store" in ours.headers["Cache-Control"]
    assert b"Typed" not in theirs.content + unknown.content
    again = strict.post(address, typed | {"csrfmiddlewaretoken": str(ours.context["csrf_token"])})
    assert again.status_code == 200
    assert "Typed for an hour" in again.content.decode()


def test_a_post_from_elsewhere_is_not_kept(project: Project) -> None:
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(reverse("admin:projects_project_change", args=[project.pk]), {"name_en": "Theirs"})

    assert answer.status_code == 403
    assert b"Theirs" not in answer.content


def test_the_language_is_changed_where_one_is(client: Client, editor: User) -> None:
    sign_in(client, editor)
    address = reverse("admin:projects_project_changelist")

    answer = client.post(reverse("set-language"), {"language": "ru", "next": f"{address}?q=a"})

    assert answer.url == f"{address}?q=a"
    assert 'lang="ru"' in client.get(address).content.decode()
    client.post(reverse("set-language"), {"language": "ky", "next": "https://elsewhere.example/"})
    assert 'lang="ky"' in client.get(address).content.decode()


def test_answers_of_the_admin_are_kept_by_nobody(desk_of: Desk, project: Project) -> None:
    client = desk_of("editor")
    for address in [
        reverse("admin:index"),
        reverse("admin:login"),
        reverse("admin:projects_project_changelist"),
        reverse("admin:projects_project_change", args=[project.pk]),
        reverse("admin:projects_project_step", args=[project.pk, "schedule"]),
        reverse("admin:articles_import"),
    ]:
        kept = client.get(address).headers["Cache-Control"]
        assert "no-store" in kept, address
        assert "private" in kept, address
