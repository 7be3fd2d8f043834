import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pressoffice import checks

ROOT = Path(__file__).resolve().parent.parent


def test_a_deployment_refuses_the_demonstration(settings: Any) -> None:
    settings.PRESSOFFICE_MODE = "demo"

    (error,) = checks.no_demonstration()

    assert error.id == "pressoffice.E001"
    assert "without a second factor" in error.msg


@pytest.mark.parametrize("mode", ["local", "production"])
def test_the_other_modes_pass(mode: str, settings: Any) -> None:
    settings.PRESSOFFICE_MODE = mode

    assert checks.no_demonstration() == []


@pytest.mark.parametrize(("mode", "required"), [("demo", False), ("local", True), ("production", True)])
def test_the_second_factor_is_left_out_in_the_demonstration_only(
    mode: str, required: bool, tmp_path: Path
) -> None:
    told = _said_by(
        mode,
        tmp_path,
        "from django.conf import settings as s; print(s.SECOND_FACTOR_REQUIRED, s.SESSION_COOKIE_SECURE, "
        "s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.OTP_WEBAUTHN_RP_ID)",
    )

    assert told.split() == [
        str(required),
        str(mode == "production"),
        "True",
        "Lax",
        "press.example" if mode == "production" else "localhost",
    ]


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"EMAIL_HOST": "127.0.0.1", "EMAIL_USE_TLS": False}, []),
        ({"EMAIL_USE_TLS": False}, ["pressoffice.E003"]),
        ({"EMAIL_USE_TLS": False, "EMAIL_USE_SSL": True}, []),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, ["pressoffice.E002"]),
        ({"EMAIL_USE_TLS": False, "PRESSOFFICE_ALERTS": False}, []),
        ({"EMAIL_USE_TLS": False, "PRESSOFFICE_MODE": "demo"}, []),
    ],
    ids=str,
)
def test_alerts_go_to_a_mail_server_and_not_in_the_clear(
    changed: dict[str, Any], refused: list[str], settings: Any
) -> None:
    good = {
        "PRESSOFFICE_MODE": "production",
        "PRESSOFFICE_ALERTS": True,
        "EMAIL_BACKEND": checks.SMTP,
        "EMAIL_HOST": "mail.example",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
    }
    for name, value in {**good, **changed}.items():
        setattr(settings, name, value)

    assert [error.id for error in checks.mail_that_leaves()] == refused


def test_the_address_of_the_mail_server_is_read_from_the_environment(tmp_path: Path) -> None:
    environment = {
        **_environment("production", tmp_path),
        "EMAIL_URL": "smtp+tls://press%40press.example:p%2Fw@mail.example:587",
        "PRESSOFFICE_MAIL_FROM": "press@press.example",
    }
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.EMAIL_HOST, s.EMAIL_PORT, "
            "s.EMAIL_USE_TLS, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.PRESSOFFICE_ALERTS)",
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert told.split() == [
        checks.SMTP,
        *("mail.example", "587", "True", "press@press.example", "p/w", "True"),
    ]


def test_the_check_that_is_run_before_a_deployment_fails_in_the_demonstration(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        cwd=ROOT,
        env=_environment("demo", tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "(pressoffice.E001)" in done.stderr


def _said_by(mode: str, folder: Path, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=_environment(mode, folder),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def _environment(mode: str, folder: Path) -> dict[str, str]:
    of_production = {
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "press.example",
        "PRESSOFFICE_ADDRESS": "https://press.example",
    }
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "pressoffice.settings",
        "PRESSOFFICE_MODE": mode,
        "PRESSOFFICE_VAR": str(folder),
        **(of_production if mode == "production" else {}),
    }
