"""The day of the samples, and words in the reader's language."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from pressoffice.publishing.languages import active

DAY = date(2025, 8, 22)
NOON = datetime(2025, 8, 22, 12, 0, tzinfo=timezone.get_default_timezone())


def say(ky: str, ru: str, en: str) -> str:
    return {"ky": ky, "ru": ru, "en": en}[active()]


def in_three(name: str, ky: str, ru: str, en: str) -> dict[str, Any]:
    return {f"{name}_ky": ky, f"{name}_ru": ru, f"{name}_en": en}
