"""What people change of their own log-in, and that they are asked again before."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from pressoffice.accounts import second_factor, sign_ins
from pressoffice.accounts.models import BackupCode, LogInEntry, SignIn, User
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_log_in import codes_on, key_on
from tests.makers import code_of, make_app, sign_in

What = LogInEntry.What
Browser = Callable[[], Client]
ACCOUNT, ADD, CODES, CONFIRM = (
    reverse(f"admin:{name}") for name in ("account", "second_factor_add", "backup_codes", "confirm")
)


@pytest.fixture
def desk(editor: User, browser: Browser) -> Client:
    """The editor's, who has one app."""
    client = browser()
    sign_in(client, editor)
    return client


def of_device(verb: str, device: TOTPDevice) -> str:
    return reverse(f"admin:device_{verb}", args=["app", device.pk])


def app_of(user: User) -> TOTPDevice:
    return TOTPDevice.objects.filter(user=user).earliest("pk")


def grow_stale(user: User) -> None:
    for row in SignIn.objects.filter(user=user):
        row.confirmed_at -= sign_ins.FRESH + timedelta(minutes=1)
        row.save()


def test_a_second_app_is_added_renamed_and_removed(desk: Client, editor: User) -> None:
    key = key_on(desk.get(ADD).content)
    answer = desk.post(ADD, {"name": "Tablet", "code": code_of(TOTPDevice(key=key))})
    assert answer.headers["Location"] == ACCOUNT
    tablet = TOTPDevice.objects.get(name="Tablet")

    desk.post(of_device("rename", tablet), {"name": "Office tablet"})
    assert "Office tablet" in desk.get(ACCOUNT).content.decode()
    desk.post(of_device("remove", tablet), {})

    assert [device.name for device in second_factor.devices_of(editor)] == ["Телефон"]
    assert [each.what for each in LogInEntry.objects.exclude(what=What.LOGGED_IN).order_by("pk")] == [
        What.DEVICE_ADDED,
        What.DEVICE_RENAMED,
        What.DEVICE_REMOVED,
    ]


def test_the_last_one_stays(desk: Client, editor: User) -> None:
    app = app_of(editor)
    remove = of_device("remove", app)
    assert remove not in desk.get(ACCOUNT).content.decode()

    answer = desk.post(remove, {})

    assert "This is your last second factor." in answer.content.decode()
    assert second_factor.has_devices(editor)


def test_the_last_one_may_go_where_none_is_needed(desk: Client, editor: User, settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]

    desk.post(of_device("remove", app_of(editor)), {})

    assert not second_factor.has_devices(editor)
    assert not BackupCode.objects.exists()
    assert desk.get(ACCOUNT).status_code == 200


def test_removed_twice_is_gone_once(desk: Client, editor: User) -> None:
    old = make_app(editor, "Old")

    assert desk.post(of_device("remove", old), {}).status_code == 302
    assert desk.post(of_device("remove", old), {}).status_code == 404
    assert LogInEntry.objects.filter(what=What.DEVICE_REMOVED).count() == 1


def test_a_removed_app_lets_nobody_in(desk: Client, editor: User, browser: Browser) -> None:
    old = make_app(editor, "Old")
    desk.post(of_device("remove", old), {})

    assert second_factor.used_code(editor, code_of(old)) is None


def test_the_devices_of_others_are_not_there(desk: Client, author: User) -> None:
    theirs = make_app(author)

    for verb in ("rename", "remove"):
        assert desk.get(of_device(verb, theirs)).status_code == 404
        assert desk.post(of_device(verb, theirs), {"name": "Mine"}).status_code == 404
    assert desk.get(reverse("admin:device_remove", args=["user", 1])).status_code == 404
    assert desk.get(reverse("admin:device_remove", args=["app", 10**30])).status_code == 404
    theirs.refresh_from_db()
    assert theirs.name == "Телефон"


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_device_keeps_its_name_when_the_new_one_is_none(name: str, desk: Client, editor: User) -> None:
    app = app_of(editor)

    assert desk.post(of_device("rename", app), {"name": name}).status_code == 200

    app.refresh_from_db()
    assert app.name == "Телефон"


def test_new_codes_void_the_old_ones(desk: Client, editor: User) -> None:
    first = codes_on(desk.post(CODES).content)
    second = codes_on(desk.post(CODES).content)

    assert not set(first) & set(second)
    assert second_factor.used_code(editor, first[0]) is None
    assert second_factor.used_code(editor, second[0]) is not None
    assert codes_on(desk.get(CODES).content) == []
    assert "Left: 9" in desk.get(ACCOUNT).content.decode()


def test_few_codes_are_a_warning(desk: Client, editor: User) -> None:
    codes = codes_on(desk.post(CODES).content)
    for code in codes[:8]:
        second_factor.used_code(editor, code)

    assert "Make new ones before you need them." in desk.get(ACCOUNT).content.decode()


def test_answers_with_secrets_are_kept_by_nobody(desk: Client) -> None:
    for answer in (desk.get(ADD), desk.post(CODES), desk.get(ACCOUNT)):
        assert "no-store" in answer.headers["Cache-Control"]


def test_after_a_quarter_of_an_hour_changes_ask_again_who_it_is(desk: Client, editor: User) -> None:
    app = app_of(editor)
    grow_stale(editor)

    asked = [ADD, CODES, of_device("rename", app), of_device("remove", app)]
    for address in asked:
        for answer in (desk.get(address), desk.post(address, {"name": "x", "code": "1"})):
            assert answer.headers["Location"] == f"{CONFIRM}?next={address.replace('/', '%2F')}", address
    assert desk.post(reverse("admin:passkey_making")).json()["url"].startswith(CONFIRM)
    assert desk.get(ACCOUNT).status_code == 200


@pytest.mark.parametrize("with_what", ["password", "code"])
def test_whoever_proves_it_goes_on_where_they_were(with_what: str, desk: Client, editor: User) -> None:
    given = {"password": PASSWORD, "code": code_of(app_of(editor))}
    grow_stale(editor)

    answer = desk.post(CONFIRM, {"next": CODES, with_what: given[with_what]})

    assert answer.headers["Location"] == CODES
    assert desk.get(CODES).status_code == 200
    assert LogInEntry.objects.filter(what=What.CONFIRMED).count() == 1


@pytest.mark.parametrize("sent", [{}, {"password": "wrong"}, {"code": "000000"}, {"code": "\x00"}])
def test_whoever_does_not_stays_outside(sent: dict[str, str], desk: Client, editor: User) -> None:
    grow_stale(editor)

    answer = desk.post(CONFIRM, {"next": CODES, **sent})

    assert answer.status_code == 200
    assert answer.context["next"] == CODES
    assert desk.get(CODES).status_code == 302


def test_guessing_there_has_to_wait_as_well(desk: Client, editor: User) -> None:
    grow_stale(editor)
    for _each in range(5):
        desk.post(CONFIRM, {"password": "wrong"})

    answer = desk.post(CONFIRM, {"password": PASSWORD})

    assert "Too many attempts" in answer.content.decode()
    assert LogInEntry.objects.filter(what=What.THROTTLED, user=editor).count() == 1


def test_the_way_back_is_ours(desk: Client, editor: User) -> None:
    answer = desk.post(CONFIRM, {"next": "https://elsewhere.example/", "password": PASSWORD})

    assert answer.headers["Location"] == reverse("admin:index")


def test_the_account_page_costs_the_same_whatever_is_on_it(
    desk: Client, editor: User, django_assert_num_queries: Callable[..., object], browser: Browser
) -> None:
    desk.get(ACCOUNT)
    for number in range(9):
        make_app(editor, f"App {number}")
        sign_in(browser(), editor)

    with django_assert_num_queries(10):
        desk.get(ACCOUNT)
