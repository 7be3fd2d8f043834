from typing import Any, NamedTuple

import django_filters
from django.utils.translation import gettext as _


class Chosen(NamedTuple):
    label: str
    value: str
    remove_url: str  # the same list without this filter


class PublicFilterSet(django_filters.FilterSet):
    """Filters of a public list, all of them choices that the reader may see.

    A value that is not among the choices is left out and named in `problems`, never an error page:
    old links and typing slips still lead to a list. Choices are compared in Python, so no odd
    value ever reaches the database.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.filters.values():
            # A callable would be asked anew for the check, the label and the list: three times its query.
            if callable(choices := each.extra.get("choices")):
                each.extra["choices"] = choices()

    def chosen(self) -> list[Chosen]:
        found = []
        for name, value in self._cleaned().items():
            if value not in (None, ""):
                labels = dict(self.form.fields[name].choices)
                query = self.data.copy()
                query.pop(name, None)
                query.pop("page", None)
                address = f"?{query.urlencode()}" if query else "?"
                found.append(
                    Chosen(str(self.form.fields[name].label), str(labels.get(value, value)), address)
                )
        return found

    def given(self) -> dict[str, str]:
        """The values that narrow the list down, by their names in an address."""
        return {name: value for name, value in self._cleaned().items() if value not in (None, "")}

    def problems(self) -> list[str]:
        return [
            _("The value given for “%(filter)s” is not known and was left out.")
            % {"filter": self.form.fields[name].label}
            for name in self.form.errors
            if name in self.form.fields
        ]

    def _cleaned(self) -> dict[str, Any]:
        return self.form.cleaned_data if self.is_bound and self.form.errors is not None else {}
