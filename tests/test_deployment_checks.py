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

    (error,) = checks.no_demonstration(None)

    assert error.id == "pressoffice.E001"
    assert "without a second factor" in error.msg


@pytest.mark.parametrize("mode", ["local", "production"])
def test_the_other_modes_pass(mode: str, settings: Any) -> None:
    settings.PRESSOFFICE_MODE = mode

    assert checks.no_demonstration(None) == []


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
