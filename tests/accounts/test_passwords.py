import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from pressoffice.accounts.models import User
from pressoffice.settings import PASSWORD_HASHERS


@pytest.fixture
def person() -> User:
    return User(username="bermet.asanova", email="bermet.asanova@ministry.example")


@pytest.mark.parametrize(
    "password",
    [
        "short phrase"[:11],
        "987654321098765",
        "telechargement",
        "bermet.asanova1",
        "Kyrgyzstan2026!",
        "Бишкек-20262026",
        "парольпароль",
        "passwordpassword",
        "ababababababab",
        "администратор1",
    ],
)
def test_a_password_that_is_soon_guessed_is_refused(password: str, person: User) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, person)


@pytest.mark.parametrize("password", ["ала тоо ак калпак 7", "correct horse battery", "Бишкек ак боз үй"])
def test_four_words_that_do_not_belong_together_are_good(password: str, person: User) -> None:
    validate_password(password, person)


def test_passwords_are_kept_by_argon2() -> None:
    assert PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert len(settings.AUTH_PASSWORD_VALIDATORS) == 5
