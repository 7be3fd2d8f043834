"""What `manage.py check --deploy` refuses."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

SMTP = "django.core.mail.backends.smtp.EmailBackend"
HERE = {"localhost", "127.0.0.1", "::1"}


def mail_that_leaves(**kwargs: Any) -> list[CheckMessage]:
    """Where alerts are offered they go to a mail server, and nobody reads their addresses on the way."""
    if not settings.PRESSOFFICE_ALERTS or settings.PRESSOFFICE_MODE != "production":
        return []
    if settings.EMAIL_BACKEND != SMTP:
        return [
            Error(
                "EMAIL_URL names no mail server: nobody who subscribes would get anything.",
                hint="Set EMAIL_URL=smtp+tls://name:password@mail.example:587, or leave it out.",
                id="pressoffice.E002",
            )
        ]
    if settings.EMAIL_HOST not in HERE and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        return [
            Error(
                "EMAIL_URL sends e-mails and the password of the mail server in the clear.",
                hint="Begin it with smtp+tls:// or smtp+ssl://.",
                id="pressoffice.E003",
            )
        ]
    return []


def no_demonstration(**kwargs: Any) -> list[CheckMessage]:
    if settings.PRESSOFFICE_MODE != "demo":
        return []
    return [
        Error(
            "The demonstration lets people in without a second factor, with passwords that everybody knows.",
            hint="Set PRESSOFFICE_MODE=production.",
            id="pressoffice.E001",
        )
    ]
