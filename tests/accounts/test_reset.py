from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from pressoffice.accounts import second_factor, sign_ins
from pressoffice.accounts.models import BackupCode, LogInEntry, SignIn, User
from pressoffice.publishing.models import AuditEntry
from tests.accounts.conftest import give_password, is_in
from tests.makers import sign_in

Browser = Callable[[], Client]
REASON = "Phone stolen; called back on the number in the staff list."


def reset_of(user: User) -> str:
    return reverse("admin:accounts_user_reset", args=[user.pk])


@pytest.fixture
def administrator(root: User, browser: Browser) -> Client:
    client = browser()
    sign_in(client, root)
    return client


def test_a_reset_takes_everything_and_the_next_log_in_begins_anew(
    administrator: Client, root: User, editor: User, browser: Browser
) -> None:
    client = browser()
    sign_in(client, editor)

    answer = administrator.post(reset_of(editor), {"reason": REASON})

    assert answer.status_code == 302
    assert not is_in(client)
    assert not second_factor.has_devices(editor)
    assert not BackupCode.objects.filter(user=editor).exists()
    assert give_password(browser(), editor) == reverse("admin:second_factor_add")
    entry = LogInEntry.objects.get(what=LogInEntry.What.RESET)
    assert (entry.user, entry.by, entry.detail) == (editor, root, REASON)
    audit = AuditEntry.objects.about(editor).get()
    assert (audit.step, audit.by, audit.reason) == ("reset_second_factor", root, REASON)
    assert is_in(administrator)


def test_a_reset_needs_a_reason(administrator: Client, editor: User, browser: Browser) -> None:
    sign_in(browser(), editor)

    for reason in ("", "   ", "x" * 501):
        assert administrator.post(reset_of(editor), {"reason": reason}).status_code == 200
    assert administrator.get(reset_of(editor)).status_code == 200

    assert second_factor.has_devices(editor)
    assert not LogInEntry.objects.filter(what=LogInEntry.What.RESET).exists()


def test_nobody_resets_their_own(administrator: Client, root: User) -> None:
    answer = administrator.post(reset_of(root), {"reason": REASON})

    assert "You cannot reset your own." in answer.content.decode()
    assert second_factor.has_devices(root)
    assert not AuditEntry.objects.exists()
    assert is_in(administrator)


def test_only_administrators_reset(editor: User, chief: User, browser: Browser) -> None:
    chief.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client = browser()
    sign_in(client, chief)
    sign_in(browser(), editor)

    assert client.get(reset_of(editor)).status_code == 403
    assert client.post(reset_of(editor), {"reason": REASON}).status_code == 403
    assert (
        client.post(reverse("admin:accounts_user_reset", args=[10**9]), {"reason": REASON}).status_code == 403
    )
    assert second_factor.has_devices(editor)


def test_a_reset_asks_again_who_it_is(administrator: Client, root: User, editor: User) -> None:
    SignIn.objects.filter(user=root).update(
        confirmed_at=SignIn.objects.get().confirmed_at - sign_ins.FRESH - timedelta(minutes=1)
    )

    answer = administrator.post(reset_of(editor), {"reason": REASON})

    assert answer.headers["Location"].startswith(reverse("admin:confirm"))
    assert not AuditEntry.objects.exists()


def test_the_persons_page_tells_of_their_second_factor(
    administrator: Client, editor: User, browser: Browser
) -> None:
    address = reverse("admin:accounts_user_change", args=[editor.pk])
    assert "None yet" in administrator.get(address).content.decode()

    sign_in(browser(), editor)

    page = administrator.get(address).content.decode()
    assert "Телефон (code from an app)" in page
    assert reset_of(editor) in page


def test_a_password_given_by_an_administrator_ends_the_persons_sessions(
    administrator: Client, root: User, editor: User, browser: Browser
) -> None:
    client = browser()
    sign_in(client, editor)
    new = "a pass phrase from the office"

    administrator.post(
        reverse("admin:auth_user_password_change", args=[editor.pk]),
        {"usable_password": "true", "password1": new, "password2": new, "set-password": "1"},
    )

    assert not is_in(client)
    assert not SignIn.objects.filter(user=editor).exists()
    entry = LogInEntry.objects.get(what=LogInEntry.What.PASSWORD_CHANGED)
    assert (entry.user, entry.by) == (editor, root)


def test_the_last_administrator_is_reset_from_the_command_line(
    administrator: Client, root: User, browser: Browser
) -> None:
    call_command("reset_second_factor", "root", reason="Everything burnt.", verbosity=0)
    call_command("reset_second_factor", "root", reason="Everything burnt.", verbosity=0)

    assert not is_in(administrator)
    assert give_password(browser(), root) == reverse("admin:second_factor_add")
    entries = LogInEntry.objects.filter(what=LogInEntry.What.RESET)
    assert [(entry.user, entry.by, entry.detail) for entry in entries] == [
        (root, None, "Everything burnt.")
    ] * 2


@pytest.mark.parametrize(("name", "reason"), [("nobody-here", "A reason."), ("root", "  ")])
def test_the_command_refuses_what_it_cannot_do(name: str, reason: str, root: User) -> None:
    with pytest.raises(CommandError):
        call_command("reset_second_factor", name, reason=reason)

    assert not LogInEntry.objects.exists()
