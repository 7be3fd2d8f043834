"""What an address may be asked: declared once, for reading a request and for describing it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pressoffice.publishing import moment
from pressoffice.publishing.filters import PublicFilterSet
from pressoffice.publishing.languages import CODES
from pressoffice.publishing.time_travel import moment_of

from .cursors import LONGEST
from .problems import Problem

MOST_ROWS, ROWS = 100, 20


@dataclass(frozen=True)
class Parameter:
    """`schema`: JSON Schema of the value as it is read; `says`: for people, in their language."""

    name: str
    says: Any
    schema: Mapping[str, Any]
    is_required: bool = False
    example: str = ""
    is_open: bool = False  # its values are what public things have, as the site writes them in addresses

    def read(self, given: str) -> Any:
        """Raises Problem with a sentence about what the value has to be."""
        if self.schema.get("type") == "integer":
            return self._read_number(given)
        if "enum" in self.schema and given not in self.schema["enum"]:
            self._refuse(f"takes one of: {', '.join(self.schema['enum'])}.")
        if len(given) < self.schema.get("minLength", 1):
            self._refuse("has no value: leave it out, or give it one.")
        longest = self.schema.get("maxLength")
        if longest and len(given) > longest:
            self._refuse(f"takes {longest} characters at most.")
        if self.schema.get("format") == "date-time":
            return self._read_moment(given)
        return given

    def _read_number(self, given: str) -> int:
        least, most = self.schema["minimum"], self.schema["maximum"]
        # isdecimal alone admits digits of other scripts and any length.
        is_plain = given.isascii() and given.isdecimal() and len(given) <= 4
        if not is_plain or not least <= int(given) <= most:
            self._refuse(f"takes a whole number from {least} to {most}.")
        return int(given)

    def _read_moment(self, given: str) -> datetime:
        now = moment.now()
        begins = self.name == "since" and len(given) == len("2025-01-31")
        at = moment_of(f"{given}T00:00:00" if begins else given, now)
        if at is None:
            self._refuse(
                "takes a day or a moment from 1991 on as in ISO 8601: 2025-01-31 or 2025-01-31T10:00:00Z "
                "(a + in an address is written %2B)."
            )
        if at > now:
            self._refuse("takes a moment that has passed: what will be public is not told.")
        return at

    def _refuse(self, sentence: str) -> NoReturn:
        raise Problem("bad-value", f"“{self.name}” {sentence}", parameter=self.name)


LANGUAGE = Parameter(
    "language",
    _("Only this language: texts in it, and names in it. Without it all languages are given."),
    {"type": "string", "enum": CODES},
    example="ru",
)
ONE_LANGUAGE = Parameter(
    "language", _("The language that is searched in."), {"type": "string", "enum": CODES}, is_required=True
)
AS_OF = Parameter(
    "as_of",
    _("The answer as it stood at the end of this day in Bishkek, or at this moment."),
    {"type": "string", "format": "date-time", "minLength": 1, "maxLength": 40},
    example="2025-01-31",
)
LIMIT = Parameter(
    "limit",
    _("How many things one page has at most."),
    {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": ROWS},
)
CURSOR = Parameter(
    "cursor",
    _(
        "Where the page begins: follow the address that the page before names. "
        "A cursor holds for the same question only."
    ),
    {"type": "string", "minLength": 1, "maxLength": LONGEST},
)
SINCE = Parameter(
    "since",
    _("The moment after which changes are told; a day means its beginning in Bishkek."),
    {"type": "string", "format": "date-time", "minLength": 1, "maxLength": 40},
    is_required=True,
    example="2026-11-01",
)


def of_filters(filters: type[PublicFilterSet]) -> tuple[Parameter, ...]:
    """One for each filter of the site's list. Values that depend on what is public are not enumerated."""
    found = []
    for name, each in filters.base_filters.items():
        choices = each.extra["choices"]
        schema: dict[str, Any] = {"type": "string"}
        if callable(choices):
            schema |= {"minLength": 1, "maxLength": 100}
        else:
            schema["enum"] = [str(key) for key, _label in choices]
        found.append(Parameter(name, each.label, schema, is_open=callable(choices)))
    return tuple(found)


@dataclass
class Asked:
    """A request, read. `values`: what was given, by name; `path`: what the address itself names."""

    values: dict[str, Any]
    path: dict[str, Any]
    address: str
    given: dict[str, str] = field(default_factory=dict)

    @property
    def languages(self) -> list[str]:
        return [self.values["language"]] if "language" in self.values else CODES

    @property
    def limit(self) -> int:
        return self.values.get("limit", ROWS)

    def filters(self, filters: type[PublicFilterSet]) -> dict[str, str]:
        return {name: self.given[name] for name in filters.base_filters if name in self.given}

    @property
    def question(self) -> str:
        """What a cursor holds for."""
        asked = sorted((name, value) for name, value in self.given.items() if name not in ("cursor", "limit"))
        return f"{self.address} {asked}"


def read(request: HttpRequest, parameters: Iterable[Parameter], path: dict[str, Any]) -> Asked:
    """Raises Problem for whatever is not declared, given twice, or no value of its parameter."""
    known = {each.name: each for each in parameters}
    for name in request.GET:
        if name not in known:
            raise Problem("unknown-parameter", _unknown(name, known))
        if len(request.GET.getlist(name)) > 1:
            raise Problem("bad-value", f"“{name}” is given more than once.", parameter=name)
    given = {name: request.GET[name] for name in known if name in request.GET}
    for name, each in known.items():
        if each.is_required and name not in given:
            raise Problem("missing-parameter", f"“{name}” is needed here.", parameter=name)
    values = {name: known[name].read(value) for name, value in given.items()}
    return Asked(values, path, request.path, given)


def _unknown(name: str, known: Mapping[str, Parameter]) -> str:
    is_plain = name.isascii() and name.isidentifier() and len(name) <= 40
    which = f"“{name}”" if is_plain else "One of the parameters"
    taken = f"It takes {', '.join(known)}." if known else "It takes none."
    return f"{which} is no parameter of this address. {taken}"
