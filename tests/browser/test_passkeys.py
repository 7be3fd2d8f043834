"""Passkeys with Chromium's virtual authenticator: made at the first log-in, used alone, removed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django_otp_webauthn.models import WebAuthnCredential

from pressoffice.accounts.models import BackupCode, Factor, LogInEntry, SignIn, User
from tests.makers import make_app, make_project

Open = Callable[..., Any]
PASSWORD = "a long pass phrase"


@pytest.fixture
def editor(editor: User, settings: Any, live_server: Any) -> User:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.OTP_WEBAUTHN_RP_ID = "localhost"
    settings.OTP_WEBAUTHN_ALLOWED_ORIGINS = [live_server.url]
    editor.set_password(PASSWORD)
    editor.save()
    return editor


def with_authenticator(page: Any, *, verifies: bool = True) -> Any:
    """A device that holds passkeys; `verifies`: the person shows it a finger, too."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": verifies,
                "automaticPresenceSimulation": True,
            }
        },
    )

    def shows_finger(*, really: bool) -> None:
        devtools.send(
            "WebAuthn.setUserVerified",
            {"authenticatorId": added["authenticatorId"], "isUserVerified": really},
        )

    return shows_finger


def give_password(page: Any, user: User) -> None:
    page.goto(reverse("admin:login"))
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#login-form [type=submit]").click()


def make_passkey(page: Any, name: str) -> None:
    page.locator("#passkey-name").fill(name)
    page.locator("[data-passkey=make] button").click()


def test_a_passkey_is_made_lets_in_without_a_password_and_is_removed(
    open_browser: Open, watched: Callable[[Any], list[str]], editor: User
) -> None:
    page = open_browser().new_page()
    with_authenticator(page)
    heard = watched(page)

    give_password(page, editor)
    make_passkey(page, "Office laptop")
    page.wait_for_url("**/backup-codes/")
    page.locator("#content input[type=submit]").click()
    page.locator(".codes li").nth(9).wait_for()
    assert page.locator(".codes li").count() == 10
    page.locator("[data-print]").wait_for()
    page.locator(".step--first").click()
    page.wait_for_url("**/admin/")

    page.locator(".person summary").click()
    page.locator("#logout-form button").click()
    page.goto(reverse("admin:articles_statement_changelist"))
    page.locator("[data-passkey=get] button").click()
    page.wait_for_url(lambda address: urlsplit(address).path.endswith("/articles/statement/"))
    assert SignIn.objects.get().factor == Factor.PASSKEY

    make_app(editor)
    page.goto(reverse("admin:account"))
    assert page.locator(".rows__row", has_text="Office laptop").count() == 1
    page.get_by_role("link", name="Remove: Office laptop").click()
    page.locator("#content input[type=submit]").click()
    page.wait_for_url("**/admin/account/")
    assert not WebAuthnCredential.objects.exists()

    page.get_by_role("button", name="Log out:").click()
    page.wait_for_url("**/admin/login/")
    page.locator("[data-passkey=get] button").click()
    trouble = page.locator("[data-passkey] .errornote:not([hidden])")
    trouble.wait_for()
    assert trouble.inner_text() == "This passkey is not known here. Log in with name and password."
    # The browser itself tells of the 400 in which the site refuses.
    assert [line for line in heard if "400 (Bad Request)" not in line] == []
    assert LogInEntry.objects.filter(what=LogInEntry.What.PASSKEY_FAILED).count() == 1


def test_in_place_of_a_password_the_device_must_know_who_holds_it(open_browser: Open, editor: User) -> None:
    page = open_browser().new_page()
    shows_finger = with_authenticator(page)
    give_password(page, editor)
    make_passkey(page, "Laptop")
    page.wait_for_url("**/backup-codes/")
    page.context.clear_cookies()
    page.goto(reverse("admin:login"))

    shows_finger(really=False)
    page.locator("[data-passkey=get] button").click()

    page.locator("[data-passkey] .errornote:not([hidden])").wait_for()
    assert page.locator("[data-passkey] button").is_enabled()
    assert SignIn.objects.filter(verified_at__isnull=False).count() == 0


def test_a_passkey_is_a_second_factor_after_the_password_and_proves_it_again_later(
    open_browser: Open, editor: User
) -> None:
    page = open_browser().new_page()
    with_authenticator(page)
    give_password(page, editor)
    make_passkey(page, "Laptop")
    page.wait_for_url("**/backup-codes/")
    page.locator("#content input[type=submit]").click()
    page.locator(".codes").wait_for()
    page.context.clear_cookies()

    give_password(page, editor)
    page.wait_for_url("**/login/code/")
    page.locator("[data-passkey=get] button").click()
    page.wait_for_url("**/admin/")

    row = SignIn.objects.latest("started_at")
    row.confirmed_at = row.confirmed_at.replace(year=2020)
    row.save()
    page.goto(reverse("admin:second_factor_add"))
    page.wait_for_url("**/account/confirm/**")
    page.locator("[data-passkey=get] button").click()
    page.wait_for_url("**/second-factor/")
    make_passkey(page, "The same laptop")
    trouble = page.locator("[data-passkey] .errornote:not([hidden])")
    trouble.wait_for()
    assert trouble.inner_text() == "This device has a passkey for you already."


def test_the_passkey_of_a_colleague_is_no_second_factor(
    open_browser: Open, editor: User, author: User
) -> None:
    page = open_browser().new_page()
    with_authenticator(page)
    give_password(page, editor)
    make_passkey(page, "Laptop")
    page.wait_for_url("**/backup-codes/")
    page.context.clear_cookies()
    author.set_password(PASSWORD)
    author.save()
    make_app(author)
    WebAuthnCredential.objects.update(user=author)
    WebAuthnCredential.objects.create(
        user=author, name="Other", credential_id=b"other", public_key=b"none", aaguid="", sign_count=0
    )
    WebAuthnCredential.objects.filter(name="Laptop").update(user=editor)

    give_password(page, author)
    page.wait_for_url("**/login/code/")
    page.locator("[data-passkey=get] button").click()

    page.locator("[data-passkey] .errornote:not([hidden])").wait_for()
    assert not SignIn.objects.filter(user=author, verified_at__isnull=False).exists()


def test_a_passkey_brings_back_what_was_written_before_the_session_was_lost(
    open_browser: Open, editor: User
) -> None:
    project = make_project()
    page = open_browser().new_page()
    with_authenticator(page)
    give_password(page, editor)
    make_passkey(page, "Laptop")
    page.wait_for_url("**/backup-codes/")
    page.locator("#content input[type=submit]").click()
    page.locator(".step--first").click()
    page.goto(reverse("admin:projects_project_change", args=[project.pk]))
    page.locator("#id_name_en").fill("Typed for an hour")
    SignIn.objects.all().delete()

    page.locator("[name=_save]").click()
    page.locator("[data-passkey=get] button").click()
    page.wait_for_url("**/login/done/")
    page.get_by_role("button", name="Send what I wrote").click()
    page.wait_for_url("**/projects/project/")

    project.refresh_from_db()
    assert project.name_en == "Typed for an hour"


def test_without_a_script_there_is_no_button_for_a_passkey_and_the_code_lets_in(
    open_browser: Open, editor: User
) -> None:
    page = open_browser(java_script_enabled=False).new_page()
    give_password(page, editor)

    assert page.locator("[data-passkey]").count() == 1
    assert not page.locator("[data-passkey] button").is_visible()
    assert "A passkey needs JavaScript" in page.content()
    assert page.locator(".qr").is_visible()


def test_under_another_name_of_the_site_the_page_says_where_passkeys_work(
    open_browser: Open, editor: User, settings: Any, live_server: Any
) -> None:
    settings.OTP_WEBAUTHN_RP_ID = "press.example"
    settings.OTP_WEBAUTHN_ALLOWED_ORIGINS = ["https://press.example"]
    page = open_browser().new_page()

    page.goto(reverse("admin:login"))

    page.get_by_text("https://press.example/admin/login/").wait_for()
    assert not page.locator("[data-passkey] button").is_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_pages_fit_and_break_no_policy(
    language: str,
    width: int,
    open_browser: Open,
    watched: Callable[[Any], list[str]],
    editor: User,
    client: Any,
) -> None:
    page = open_browser(language=language, width=width).new_page()
    heard = watched(page)
    give_password(page, editor)
    page.locator(".qr").wait_for()
    pages = [page.url]

    window = open_browser(editor, language=language, width=width).new_page()
    heard_inside = watched(window)
    BackupCode.objects.all().delete()
    pages += [reverse(f"admin:{name}") for name in ("account", "confirm", "backup_codes")]

    for shown, address in zip([page, window, window, window], pages, strict=True):
        assert shown.goto(address).ok, address
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, address
    assert heard == heard_inside == []
