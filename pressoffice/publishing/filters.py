import re
from collections.abc import Container, Mapping
from typing import Any, ClassVar, NamedTuple

import django_filters
from django.db.models import Count
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .pages import with_query

NOTHING = (None, "")
PLAIN = re.compile(r"[-\w]{1,60}", re.ASCII)
# What an address may say besides: what of the list is shown and how, and where somebody found the link.
NO_FILTERS = frozenset({"page", "as", "as_of", "format"})
TRACKING = re.compile(
    r"(utm|mtm|pk|mc)_\w+|_openstat|igshid|[gw]braid|(fb|g|d|y|ys|ms|tw|tt)clid", re.ASCII | re.IGNORECASE
)
MOST_NAMED = 3


class Chosen(NamedTuple):
    label: str
    value: str
    remove_url: str  # the same list without this filter


class PublicFilterSet(django_filters.FilterSet):
    """Filters of a public list, all of them choices that the reader may see.

    A value that is not among the choices is left out and named in `problems`, never an error page:
    old links and typing slips still lead to a list. Choices are compared in Python, so no odd
    value ever reaches the database.

    `offering=False`: for feeds, which print no choices; only those that are asked for are looked up.
    `trusting=True`: none is looked up, as the values come from a list that offered them. What has such a
    value and is public is found; names of values are not known.
    """

    ORDER = "sort"  # a filter of this name puts the list in order and narrows nothing down
    INDEXED: ClassVar[frozenset[str]] = frozenset()  # each of these alone makes a list worth finding

    def __init__(self, *args: Any, offering: bool = True, trusting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, each in self.filters.items():
            # A callable would be asked anew for the check, the label and the list: three times its query.
            if callable(choices := each.extra.get("choices")):
                asked = self.data.get(name)
                if trusting:
                    each.extra["choices"] = [(asked, asked)] if asked else []
                else:
                    each.extra["choices"] = choices() if offering or asked else []
        self._labels: dict[str, dict[str, str]] = {}

    def chosen(self) -> list[Chosen]:
        found = []
        for name, value in self.given().items():
            query = {key: kept for key, kept in self.data.items() if kept and key not in (name, "page")}
            found.append(
                Chosen(
                    str(self.form.fields[name].label), self._label(name, value), with_query("", query) or "?"
                )
            )
        return found

    def cleared_url(self) -> str:
        """The whole list, in the same order, shape and moment."""
        return (
            with_query("", {key: self.data[key] for key in (self.ORDER, "as", "as_of") if self.data.get(key)})
            or "?"
        )

    def given(self) -> dict[str, str]:
        """The values that narrow the list down, by their names in an address, always in the same order."""
        return {
            name: value
            for name, value in self._cleaned().items()
            if value not in NOTHING and name != self.ORDER
        }

    def narrowed(self) -> str:
        """What is chosen, for titles: "Kind: Interview · Year: 2025". Empty where nothing is."""
        return " · ".join(f"{each.label}: {each.value}" for each in self.chosen())

    def named(self, title: str) -> str:
        """`title` of the whole list, with what is chosen: "Statements – Kind: Interview"."""
        return " – ".join(filter(None, [title, self.narrowed()]))

    def is_indexed(self, *, has_rows: bool) -> bool:
        """Whether search engines may keep this list: whole, or narrowed down by one filter worth finding to
        something that is there.

        Combinations are endless, other orders and misspelt values show what another address shows.
        """
        given = set(self.given())
        is_worth_finding = has_rows and len(given) == 1 and given <= self.INDEXED
        return set(self.data) == given and (not given or is_worth_finding)

    def unknown(self) -> dict[str, str]:
        """Labels of the filters, by name, that were given a value nobody is offered."""
        return {
            name: str(self.form.fields[name].label)
            for name in self.form.errors
            if name in self.form.fields and name != self.ORDER
        }

    def unknown_as_asked(self) -> dict[str, str]:
        """Those values, as far as they are plain words: an address made of them is printed."""
        return {name: asked for name in self.unknown() if PLAIN.fullmatch(asked := self.data[name])}

    def named_with_unknown(self) -> str:
        """`narrowed()`, and the filters whose value nobody is offered without it: "Topic: –"."""
        unknown = (f"{label}: –" for label in self.unknown().values())
        return " · ".join(filter(None, [self.narrowed(), *unknown]))

    def problems(self) -> list[str]:
        return [
            *(
                _("The value given for “%(filter)s” is not known and was left out.")
                % {"filter": self.form.fields[name].label}
                for name in self.form.errors
                if name in self.form.fields
            ),
            *self.left_out(),
        ]

    def left_out(self) -> list[str]:
        """What was asked for beside the values of filters: it may be a filter's name, mistyped."""
        several = getattr(self.data, "getlist", None)
        twice = [
            _("“%(filter)s” is given more than once: only the last value was taken.")
            % {"filter": self.form.fields[name].label}
            for name in self.filters
            if several is not None and len(set(several(name))) > 1
        ]
        return [*no_filters(self.data, self.filters), *twice]

    def count_choices(self) -> None:
        """Write beside each choice how many the list would show with it and the other filters as they are.

        Choices that would show nothing go; the chosen one stays. One query for each filter, unless a
        filter's own `count_<name>` says otherwise.
        """
        for name, each in self.filters.items():
            if name == self.ORDER:
                continue
            counts = self._counts(name)
            field, value = self.form.fields[name], self._cleaned().get(name)
            choices = [
                (key, label) for key, label in each.extra["choices"] if counts.get(key) or key == value
            ]
            self._labels[name] = {str(key): str(label) for key, label in choices}
            field.choices = [
                (key, f"{label} ({number_format(counts.get(key, 0))})") for key, label in choices
            ]

    def rows_without(self, name: str) -> Any:
        """What all filters but one leave, without order and relations that only a list needs."""
        rows = self.queryset.all()
        for other, value in self._cleaned().items():
            if other not in (name, self.ORDER) and value not in NOTHING:
                rows = self.filters[other].filter(rows, value)
        return rows.order_by()

    def _counts(self, name: str) -> Mapping[Any, int]:
        own = getattr(self, f"count_{name}", None)
        rows = self.rows_without(name)
        return own(rows) if own else counted(rows, self.filters[name].field_name)

    def _label(self, name: str, value: str) -> str:
        labels = self._labels.get(name) or dict(self.form.fields[name].choices)
        return str(labels.get(value, value))

    def _cleaned(self) -> dict[str, Any]:
        return self.form.cleaned_data if self.is_bound and self.form.errors is not None else {}


def no_filters(asked: Mapping[str, Any], filters: Container[str] = ()) -> list[str]:
    """Which of the parameters `asked` are none of `filters`, in sentences. Only plain words are repeated."""
    others = [
        name
        for name, value in asked.items()
        if value and name not in filters and name not in NO_FILTERS and not TRACKING.fullmatch(name)
    ]
    plain = [name for name in others if PLAIN.fullmatch(name)][:MOST_NAMED]
    told = [_("“%(name)s” is no filter here and was left out.") % {"name": name} for name in plain]
    if len(others) > len(plain):
        told.append(_("Something in this address is no filter here and was left out."))
    return told


def counted(rows: Any, field: str) -> dict[Any, int]:
    """How many of `rows` have which value of `field`. One query."""
    plain = rows.order_by().select_related(None).prefetch_related(None)
    return dict(plain.values(field).annotate(_count=Count("pk")).values_list(field, "_count"))
