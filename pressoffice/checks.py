"""What `manage.py check --deploy` refuses."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def no_demonstration(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.PRESSOFFICE_MODE != "demo":
        return []
    return [
        Error(
            "The demonstration lets people in without a second factor, with passwords that everybody knows.",
            hint="Set PRESSOFFICE_MODE=production.",
            id="pressoffice.E001",
        )
    ]
