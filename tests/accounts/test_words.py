"""Every page and answer of the log-in in the editor's language: the walk of test_no_english_left.py meets
only those that a link leads to."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from pressoffice.accounts.models import Factor, LogInEntry, User
from pressoffice.accounts.second_factor import devices_of
from tests.accounts.conftest import PASSWORD, give_password
from tests.makers import code_of, make_app, sign_in
from tests.test_no_english_left import english_in, read

Browser = Callable[[], Client]


@pytest.fixture(params=["ky", "ru"])
def language(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def told(language: str) -> Callable[..., None]:
    """`told(answer)`: nothing of it is English."""

    def check(answer: object) -> None:
        assert answer.status_code == 200  # type: ignore[attr-defined]
        assert english_in(read(answer, language)) == set()

    return check


@pytest.fixture
def speaking(language: str) -> Browser:
    def opened() -> Client:
        client = Client()
        client.cookies["django_language"] = language
        return client

    return opened


def test_the_way_in(editor: User, speaking: Browser, told: Callable[..., None]) -> None:
    User.objects.filter(pk=editor.pk).update(username="жылдыз")
    editor.refresh_from_db()
    client, add = speaking(), reverse("admin:second_factor_add")
    told(client.get(reverse("admin:login")))
    give_password(client, editor)
    told(client.get(add))
    told(client.post(add, {"code": "123"}))
    client.post(add, {"code": code_of(TOTPDevice(key=client.session["app_key"]))})
    told(client.get(reverse("admin:backup_codes")))
    told(client.post(reverse("admin:backup_codes")))

    other = speaking()
    give_password(other, editor)
    told(other.get(reverse("admin:log_in_code")))
    for _each in range(6):
        told(other.post(reverse("admin:log_in_code"), {"code": "000000"}))


def test_the_account_and_the_journal(root: User, speaking: Browser, told: Callable[..., None]) -> None:
    User.objects.filter(pk=root.pk).update(username="башкы")
    root.refresh_from_db()
    colleague = User.objects.create(username="жылдыз", is_staff=True)
    make_app(colleague)
    client = speaking()
    sign_in(client, root)
    sign_in(speaking(), root)
    for what in LogInEntry.What:
        for factor in ("", *Factor):
            LogInEntry.objects.create(
                at=root.date_joined, what=what, user=root, by=colleague, factor=factor, address="192.0.2.1"
            )
    device = devices_of(root)[0]
    reset = reverse("admin:accounts_user_reset", args=[colleague.pk])
    for address in [
        reverse("admin:account"),
        reverse("admin:second_factor_add"),
        reverse("admin:backup_codes"),
        reverse("admin:confirm"),
        reverse("admin:device_rename", args=[device.kind, device.pk]),
        reverse("admin:device_remove", args=[device.kind, device.pk]),
        reverse("admin:accounts_loginentry_changelist"),
        reverse("admin:accounts_user_changelist"),
        reverse("admin:accounts_user_change", args=[colleague.pk]),
        reset,
    ]:
        told(client.get(address))
    told(client.post(reverse("admin:confirm"), {"password": "жок"}))
    told(client.post(reverse("admin:confirm"), {}))
    told(client.post(reverse("admin:device_remove", args=[device.kind, device.pk])))
    told(client.post(reset, {"reason": ""}))
    told(client.post(reverse("admin:accounts_user_reset", args=[root.pk]), {"reason": "Себеби"}))
    told(client.post(reverse("admin:sessions_end"), follow=True))
    told(client.post(reset, {"reason": "Себеби"}, follow=True))
    told(
        client.post(
            reverse("admin:password_change"),
            {"old_password": PASSWORD, "new_password1": "Бишкек20262026", "new_password2": "Бишкек20262026"},
        )
    )
