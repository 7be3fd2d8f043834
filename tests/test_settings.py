"""Settings come from the environment; an unsafe combination stops the start with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "PRESSOFFICE_MODE": "production",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "press.example",
    "PRESSOFFICE_ADDRESS": "https://press.example",
}
NAMES = {*PRODUCTION, "DEBUG", "DATABASE_URL", "CACHE_URL", "MEDIA_ROOT", "PRESSOFFICE_VAR"}


def start(tmp_path: Path, show: str = "1", **environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own."""
    inherited = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(
        [sys.executable, "-c", f"from pressoffice import settings as s; print({show})"],
        cwd=ROOT,
        env={**inherited, "PRESSOFFICE_VAR": str(tmp_path / "var"), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"PRESSOFFICE_MODE": "prod"}, "PRESSOFFICE_MODE"),
        ({"DEBUG": "on"}, "DEBUG"),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"PRESSOFFICE_ADDRESS": ""}, "PRESSOFFICE_ADDRESS"),
        ({"PRESSOFFICE_ADDRESS": "http://press.example"}, "PRESSOFFICE_ADDRESS"),
        ({"WEBSUB_HUBS": "hub.example"}, "WEBSUB_HUBS"),
        ({"EMAIL_URL": "mail.example"}, "EMAIL_URL"),
        ({"EMAIL_URL": "smtp+tls://mail.example:587"}, "PRESSOFFICE_MAIL_FROM"),
        ({"EMAIL_URL": "smtp+tls://mail.example:port", "PRESSOFFICE_MAIL_FROM": "a@b.example"}, "EMAIL_URL"),
        ({"PRESSOFFICE_MAIL_FROM": "Press <press@press.example>"}, "PRESSOFFICE_MAIL_FROM"),
        ({"PRESSOFFICE_MAIL_FROM": "press@press.example\nBcc: a@b.example"}, "PRESSOFFICE_MAIL_FROM"),
        ({"PRESSOFFICE_BOUNCES_TO": "bounces"}, "PRESSOFFICE_BOUNCES_TO"),
        ({"PRESSOFFICE_ALERTS_PER_MINUTE": "0"}, "PRESSOFFICE_ALERTS_PER_MINUTE"),
        ({"PRESSOFFICE_ALERTS_BOUNCES": "0"}, "PRESSOFFICE_ALERTS_BOUNCES"),
        ({"PRESSOFFICE_MODE": "demo"}, "ALLOWED_HOSTS"),
        ({"PRESSOFFICE_MODE": "local"}, "ALLOWED_HOSTS"),
    ],
    ids=str,
)
def test_an_unsafe_start_is_refused_with_a_sentence(changed, word, tmp_path):
    refused = start(tmp_path, **{**PRODUCTION, **changed})

    assert refused.returncode != 0
    last = refused.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert word in last
    assert last.endswith(".")


def test_nothing_is_guessed_in_production(tmp_path):
    refused = start(tmp_path)

    for word in ("SECRET_KEY", "ALLOWED_HOSTS", "PRESSOFFICE_ADDRESS"):
        assert word in refused.stderr
    assert not (tmp_path / "var" / "secret_key").exists()


def test_production_is_safe_by_default(tmp_path):
    shown = start(
        tmp_path,
        "[s.DEBUG, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        " s.SECURE_HSTS_SECONDS > 3e7, s.SESSION_COOKIE_HTTPONLY]",
        **PRODUCTION,
    )

    assert shown.stdout.strip() == "[False, True, True, True, True, True]", shown.stderr


def test_a_machine_of_ones_own_makes_its_secret_once(tmp_path):
    first = start(tmp_path, "s.SECRET_KEY", PRESSOFFICE_MODE="local")
    again = start(tmp_path, "s.SECRET_KEY", PRESSOFFICE_MODE="local")

    assert first.stdout == again.stdout != "\n"
    assert len(first.stdout) > 50
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0


def test_sqlite_waits_its_turn(tmp_path):
    shown = start(tmp_path, "s.DATABASES['default']['OPTIONS']", PRESSOFFICE_MODE="local")

    assert "IMMEDIATE" in shown.stdout
    assert "journal_mode=WAL" in shown.stdout
    assert "foreign_keys=ON" in shown.stdout


def test_postgresql_is_one_variable(tmp_path):
    shown = start(
        tmp_path,
        "s.DATABASES['default']['ENGINE'], s.DATABASES['default']['NAME']",
        PRESSOFFICE_MODE="local",
        DATABASE_URL="postgres://u@127.0.0.1:5432/press",
    )

    assert shown.stdout.split() == ["django.db.backends.postgresql", "press"]
