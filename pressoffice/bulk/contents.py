"""Everything public as files: each made by what answers the same on the site."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse
from django.utils.translation import override

from articles.models import Statement
from pressoffice.api.operations import OPERATIONS
from pressoffice.api.parameters import MOST_ROWS, Asked
from pressoffice.api.records import written_project
from pressoffice.api.statements import whole_statements
from pressoffice.api.words import Data, as_bytes
from pressoffice.ledger.open_data.as_csv import facts_as_csv, projects_as_csv
from pressoffice.ledger.open_data.as_iati import as_iati
from pressoffice.ledger.open_data.as_json import as_json
from pressoffice.ledger.open_data.as_oc4ids import as_oc4ids
from pressoffice.ledger.open_data.gather import PublicProject, gather
from pressoffice.publishing.addresses import absolute
from pressoffice.publishing.languages import CODES
from projects.models import Project

TOGETHER = 50
LISTS = ("agreements", "events", "people", "topics", "countries")
JSON_LINES, JSON, CSV, XML = "application/jsonl", "application/json", "text/csv", "application/xml"


class File(NamedTuple):
    """`parts`: its bytes, one line each where it is JSON Lines; without any the file is left out."""

    name: str
    media_type: str
    parts: Callable[[], Iterable[bytes]]


def contents() -> list[File]:
    """As of the moment at which they are read. Rows are read in portions, however many there are."""
    return [
        File("statements.jsonl", JSON_LINES, lambda: _lines(_statements(), "en")),
        File("projects.jsonl", JSON_LINES, lambda: _lines(map(written_project, _projects()), "en")),
        *(_list_of(name) for name in LISTS),
        File("projects.json", JSON, lambda: _whole(as_json, "en")),
        File("iati.xml", XML, lambda: _whole(as_iati, "en")),
        *(file for language in CODES for file in _in(language)),
    ]


def _in(language: str) -> list[File]:
    with override(language):
        address = absolute(reverse("data-oc4ids"))
    return [
        File(f"projects-{language}.csv", CSV, lambda: _whole(projects_as_csv, language)),
        File(f"facts-{language}.csv", CSV, lambda: _whole(facts_as_csv, language)),
        File(
            f"oc4ids-{language}.json",
            JSON,
            lambda: _whole(lambda found: as_oc4ids(found, address), language),
        ),
    ]


def _list_of(name: str) -> File:
    return File(f"{name}.jsonl", JSON_LINES, lambda: _lines(_listed(name), "en"))


def _lines(rows: Iterator[Data], language: str) -> Iterator[bytes]:
    while True:
        # Not around the `yield`: whoever reads on may speak another language.
        with override(language):
            portion = [as_bytes(row) + b"\n" for row in islice(rows, TOGETHER)]
        if not portion:
            return
        yield from portion


def _whole(write: Callable[[Iterable[PublicProject]], bytes | None], language: str) -> list[bytes]:
    with override(language):
        written = write(_projects())
    return [] if written is None else [written]


def _statements() -> Iterator[Data]:
    for portion in _portions(Statement.objects.live(), "reference"):
        yield from whole_statements(portion)


def _projects() -> Iterator[PublicProject]:
    for portion in _portions(Project.objects.live(), "code"):
        yield from gather(Project.objects.live().filter(pk__in=portion))


def _portions(rows: Any, name: str) -> Iterator[list[int]]:
    """Keys in the order of the column `name`."""
    last = ""
    while portion := list(
        rows.filter(**{f"{name}__gt": last}).order_by(name).values_list("pk", name)[:TOGETHER]
    ):
        yield [pk for pk, _value in portion]
        last = portion[-1][1]


def _listed(name: str) -> Iterator[Data]:
    """The list of the interface for programs, from page to page."""
    operation = next(each for each in OPERATIONS if each.name == name)
    values: dict[str, Any] = {"limit": MOST_ROWS}
    while True:
        page = operation.answer(Asked(values, {}, operation.address))
        yield from page.items
        if page.next is None:
            return
        values["cursor"] = parse_qs(urlsplit(page.next).query)["cursor"][0]
