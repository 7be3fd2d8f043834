"""Text columns that clean what comes in, whichever way it comes (form, import, update, code)."""

from typing import Any

from django.db import models

from .plain_text import clean_line, clean_text


class _Cleaned:
    clean_in: Any

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)  # type: ignore[misc]
        return value if value is None else self.clean_in(value)

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)  # type: ignore[misc]
        return self.clean_in(value) if isinstance(value, str) else value

    def pre_save(self, instance: models.Model, add: bool) -> Any:  # noqa: FBT001 — Django's signature
        value = super().pre_save(instance, add)  # type: ignore[misc]
        if isinstance(value, str):
            value = self.clean_in(value)
            setattr(instance, self.attname, value)  # type: ignore[attr-defined]
        return value


class LineField(_Cleaned, models.CharField):
    """One line of text."""

    clean_in = staticmethod(clean_line)


class ProseField(_Cleaned, models.TextField):
    """Plain text of several lines."""

    clean_in = staticmethod(clean_text)
