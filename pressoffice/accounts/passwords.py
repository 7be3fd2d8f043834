"""What Django's list of common passwords, which is English and has few of twelve characters, lets through."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEWEST_DIFFERENT = 6
# Whoever guesses at a ministry of this country begins here; with digits and signs around them as well.
FIRST_GUESSES = {
    "kyrgyzstan", "kirgizstan", "kyrgyzrepublic", "kyrgyz", "bishkek", "ministry", "pressoffice", "press",
    "administrator", "admin", "editor", "password", "qwerty", "qwertyuiop", "welcome", "letmein",
    "кыргызстан", "киргизия", "кыргызреспубликасы", "бишкек", "ош", "министерство", "министрлик", "пресс",
    "пресскызмат", "прессслужба", "администратор", "админ", "редактор", "пароль", "сырсөз", "йцукен",
    "атамекен", "манас", "алатоо", "ысыккөл",
}  # fmt: skip


class GuessablePasswordValidator:
    def validate(self, password: str, user: Any = None) -> None:
        letters = re.sub(r"[\W\d_]+", "", password.casefold())
        unit = re.sub(r"^(.+?)\1+$", r"\1", letters)
        if len(set(password.casefold())) < FEWEST_DIFFERENT or unit in FIRST_GUESSES:
            raise ValidationError(self.get_help_text(), code="guessable")

    def get_help_text(self) -> str:
        return _(
            "Not one well-known word with digits around it, and not the same few characters again and again. "
            "Four words that do not belong together are good."
        )
