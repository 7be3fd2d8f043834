"""Password, second factor, backup codes: the way in, and everybody who does not get through."""

import re
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from pressoffice.accounts import second_factor, sign_ins
from pressoffice.accounts.models import BackupCode, LogInEntry, SignIn, User
from tests.accounts.conftest import PASSWORD, give_password, is_in
from tests.makers import code_of, make_app, sign_in

What = LogInEntry.What
Browser = Callable[[], Client]
CODE, ADD, CODES, DONE = (
    reverse(f"admin:{name}") for name in ("log_in_code", "second_factor_add", "backup_codes", "log_in_done")
)


def key_on(page: bytes) -> str:
    """The key of the app as the page says it, in hexadecimal as the database has it."""
    from base64 import b32decode

    shown = re.search(r'<code class="key"[^>]*>(.*?)</code>', page.decode(), re.DOTALL)
    assert shown
    return b32decode(re.sub(r"<[^>]+>|\s", "", shown[1])).hex()


def codes_on(page: bytes) -> list[str]:
    return re.findall(r"<li><code>([a-z0-9-]+)</code>", page.decode())


def enrol(client: Client, user: User) -> list[str]:
    """Through the pages, as somebody does on the first day; the ten backup codes."""
    assert give_password(client, user) == ADD
    key = key_on(client.get(ADD).content)
    answer = client.post(ADD, {"name": "Phone", "code": code_of(TOTPDevice(key=key))})
    assert answer.headers["Location"] == CODES
    return codes_on(client.post(CODES).content)


def test_the_first_log_in_leads_to_a_second_factor_and_ten_codes(editor: User, browser: Browser) -> None:
    client = browser()

    codes = enrol(client, editor)

    assert len(set(codes)) == 10
    assert is_in(client)
    assert [device.name for device in second_factor.devices_of(editor)] == ["Phone"]
    assert [each.what for each in LogInEntry.objects.order_by("pk")] == [
        What.PASSWORD,
        What.DEVICE_ADDED,
        What.CODES_MADE,
        What.LOGGED_IN,
    ]


def test_nothing_opens_before_the_last_step_of_the_first_log_in(editor: User, browser: Browser) -> None:
    client = browser()
    give_password(client, editor)
    assert not is_in(client)
    assert client.get(CODES).headers["Location"] == ADD
    assert client.get(DONE).headers["Location"] == ADD

    client.post(ADD, {"code": code_of(TOTPDevice(key=key_on(client.get(ADD).content)))})

    assert not is_in(client)
    assert client.get(DONE).headers["Location"] == CODES
    assert client.get(reverse("admin:login")).headers["Location"] == CODES


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key_and_the_name(editor: User, browser: Browser) -> None:
    client = browser()
    give_password(client, editor)
    key = key_on(client.get(ADD).content)

    answer = client.post(ADD, {"name": "Office phone", "code": "123"})

    assert key_on(answer.content) == key
    assert 'value="Office phone"' in answer.content.decode()
    assert "not the code the app shows now" in answer.content.decode()
    assert not second_factor.has_devices(editor)


def test_the_picture_and_the_key_say_the_same(editor: User, browser: Browser) -> None:
    client = browser()
    give_password(client, editor)

    page = client.get(ADD)

    secret = "".join(page.context["key"])
    assert f"secret={secret}&" in page.context["uri"]
    assert f"M{second_factor_quiet()} {second_factor_quiet()}h7v1h-7z" in page.context["qr"].path


def second_factor_quiet() -> int:
    from pressoffice.accounts.qr import QUIET

    return QUIET


def test_password_and_code_open_the_page_that_was_asked_for(editor: User, browser: Browser) -> None:
    app, client, there = make_app(editor), browser(), reverse("admin:projects_project_changelist")

    assert give_password(client, editor, next=there) == CODE
    assert not is_in(client)
    answer = client.post(CODE, {"code": code_of(app)}, follow=True)

    assert answer.redirect_chain[-1][0] == there
    assert answer.status_code == 200


def test_nobody_is_sent_to_another_site(editor: User, browser: Browser) -> None:
    app, client = make_app(editor), browser()
    give_password(client, editor, next="https://elsewhere.example/")

    answer = client.post(CODE, {"code": code_of(app)}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("admin:index")


def test_a_code_is_good_for_one_log_in(editor: User, browser: Browser) -> None:
    app = make_app(editor)
    code = code_of(app)
    first, second = browser(), browser()
    for client in (first, second):
        give_password(client, editor)

    first.post(CODE, {"code": code})
    answer = second.post(CODE, {"code": code})

    assert is_in(first)
    assert not is_in(second)
    assert "used already" in answer.content.decode()
    assert LogInEntry.objects.filter(what=What.CODE_FAILED).count() == 1


def test_the_code_that_set_the_app_up_lets_nobody_in(editor: User, browser: Browser) -> None:
    client = browser()
    give_password(client, editor)
    code = code_of(TOTPDevice(key=key_on(client.get(ADD).content)))
    client.post(ADD, {"code": code})
    other = browser()
    assert give_password(other, editor) == CODE

    other.post(CODE, {"code": code})

    assert not is_in(other)


def test_a_backup_code_lets_in_once_however_it_is_typed(editor: User, browser: Browser) -> None:
    code = enrol(browser(), editor)[3]
    first, second = browser(), browser()
    for client in (first, second):
        give_password(client, editor)

    first.post(CODE, {"code": f" {code.upper().replace('-', ' ')} "})
    second.post(CODE, {"code": code})

    assert is_in(first)
    assert not is_in(second)
    assert second_factor.backup_codes_left(editor) == 9


def test_backup_codes_cannot_be_read_in_the_database(editor: User, browser: Browser) -> None:
    codes = enrol(browser(), editor)

    kept = " ".join(str(list(row)) for row in BackupCode.objects.values_list())
    kept += " ".join(client_session for client_session in _sessions())

    assert not [code for code in codes if code in kept or code.replace("-", "") in kept]


def _sessions() -> list[str]:
    from django.contrib.sessions.models import Session

    return [str(session.get_decoded()) for session in Session.objects.all()]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_gets_in_with_a_backup_code(editor: User, browser: Browser) -> None:
    code = second_factor.make_backup_codes(editor, None)[0]
    together, used = Barrier(2), []

    def use() -> None:
        together.wait()
        used.append(second_factor.used_code(editor, code))
        connection.close()

    threads = [Thread(target=use) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(bool, used)) == [False, True]


def test_the_code_of_somebody_else_lets_nobody_in(editor: User, author: User, browser: Browser) -> None:
    make_app(editor)
    theirs, client = make_app(author), browser()
    give_password(client, editor)

    client.post(CODE, {"code": code_of(theirs)})

    assert not is_in(client)


def test_whoever_has_a_second_factor_cannot_add_one_with_the_password_alone(
    editor: User, browser: Browser
) -> None:
    make_app(editor)
    client = browser()
    give_password(client, editor)

    assert client.get(ADD).headers["Location"] == CODE
    assert client.post(ADD, {"code": "123456"}).headers["Location"] == CODE
    assert client.post(reverse("admin:passkey_making")).status_code == 400
    assert client.post(reverse("admin:passkey_made")).status_code == 400
    assert client.post(CODES).headers["Location"] == CODE
    assert len(second_factor.devices_of(editor)) == 1


def test_of_two_who_set_up_the_first_factor_the_second_is_refused(editor: User, browser: Browser) -> None:
    """Whoever knows the first password as well must not get a factor of their own beside the person's."""
    client, other = browser(), browser()
    give_password(other, editor)
    key = key_on(other.get(ADD).content)
    enrol(client, editor)

    answer = other.post(ADD, {"code": code_of(TOTPDevice(key=key))})

    assert answer.headers["Location"] == CODE
    assert len(second_factor.devices_of(editor)) == 1
    with pytest.raises(second_factor.Refused):
        second_factor.may_add(editor, is_first=True)


def test_half_a_log_in_ends_after_a_quarter_of_an_hour(editor: User, browser: Browser) -> None:
    app, client = make_app(editor), browser()
    give_password(client, editor)
    SignIn.objects.update(started_at=SignIn.objects.get().started_at - sign_ins.BETWEEN_FACTORS)

    answer = client.post(CODE, {"code": code_of(app)})

    assert answer.headers["Location"] == reverse("admin:login")
    assert not is_in(client)


def test_somebody_else_may_log_in_instead(editor: User, browser: Browser) -> None:
    make_app(editor)
    client = browser()
    give_password(client, editor)

    answer = client.post(reverse("admin:log_in_again"))

    assert answer.headers["Location"] == reverse("admin:login")
    assert client.get(CODE).headers["Location"] == reverse("admin:login")
    assert client.get(reverse("admin:log_in_again")).status_code == 405


def test_a_log_in_changes_the_key_of_the_session_at_each_step(editor: User, browser: Browser) -> None:
    app, client = make_app(editor), browser()
    client.get(reverse("admin:login"))
    keys = [client.session.session_key]
    give_password(client, editor)
    keys.append(client.session.session_key)
    client.post(CODE, {"code": code_of(app)})
    keys.append(client.session.session_key)

    assert len(set(keys)) == 3


def test_in_the_demonstration_a_visitor_goes_in_without(
    editor: User, browser: Browser, settings: object
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    client = browser()

    assert give_password(client, editor) == DONE

    assert is_in(client)


def test_in_the_demonstration_a_second_factor_can_be_tried_and_left_out(
    editor: User, browser: Browser, settings: object
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False  # type: ignore[attr-defined]
    client = browser()
    give_password(client, editor)
    client.post(ADD, {"code": code_of(TOTPDevice(key=key_on(client.get(ADD).content)))})
    assert len(codes_on(client.post(CODES).content)) == 10
    assert SignIn.objects.get().verified_at is not None

    again = browser()
    assert give_password(again, editor) == CODE
    assert "go on without a second factor" in again.get(CODE).content.decode()
    assert is_in(again)


@pytest.mark.parametrize(
    "typed", ["", " ", "0", "000000", "１２３４５６", "\x00", "x" * 5000, "өкмөт", "𝟙𝟚𝟛𝟜𝟝𝟞", "1e5", "-1"]
)
def test_odd_codes_are_answered(typed: str, editor: User, browser: Browser) -> None:
    make_app(editor)
    client = browser()
    give_password(client, editor)

    assert client.post(CODE, {"code": typed}).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "{", "1", '"x"', "[" * 40_000, '{"id": "\\u0000"}', "x" * 60_000]
)
@pytest.mark.parametrize("name", ["passkey_answer", "passkey_made"])
def test_odd_answers_of_passkeys_are_refused(name: str, body: str, editor: User, browser: Browser) -> None:
    client = browser()
    give_password(client, editor)
    client.post(reverse("admin:passkey_making" if name == "passkey_made" else "admin:passkey_begin"))

    answer = client.post(reverse(f"admin:{name}"), body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not is_in(client)


def test_a_challenge_of_a_passkey_is_good_once_and_for_its_purpose(editor: User, browser: Browser) -> None:
    client = browser()
    give_password(client, editor)
    client.post(reverse("admin:passkey_begin"))

    made = client.post(reverse("admin:passkey_made"), "{}", content_type="application/json")
    again = client.post(reverse("admin:passkey_answer"), "{}", content_type="application/json")

    assert made.json() == again.json() == {"error": "This took too long. Try it again."}


def test_the_site_names_itself_to_passkeys_by_its_address(editor: User, browser: Browser) -> None:
    from pressoffice.settings import passkey_home

    assert passkey_home("https://press.example.kg") == ("press.example.kg", "https://press.example.kg")
    assert passkey_home("https://press.example:8443") == ("press.example", "https://press.example:8443")
    assert passkey_home("http://127.0.0.1:8000") == ("localhost", "http://localhost:8000")
    options = browser().post(reverse("admin:passkey_begin")).json()
    assert options["rpId"] == "press.example"
    assert options["userVerification"] == "required"
    assert not options.get("allowCredentials")


def test_a_password_stays_out_of_the_journal(editor: User, browser: Browser) -> None:
    client = browser()
    client.post(reverse("admin:login"), {"username": PASSWORD, "password": "oops, wrong field"})

    entry = LogInEntry.objects.get()

    assert (entry.what, entry.user, entry.detail) == (What.FAILED, None, "")


def test_a_session_that_was_let_in_by_nothing_is_nobodys(editor: User, browser: Browser) -> None:
    """`force_login` is what any other way in would do."""
    make_app(editor)
    client = browser()
    client.force_login(editor)

    assert not is_in(client)

    sign_in(client, editor)
    assert is_in(client)
