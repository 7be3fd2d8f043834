"""Imports point down only; names say what a file is for; body HTML is made safe in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# What each part of the house may import of the others. "pressoffice" is the composition: it knows every app.
BASE = {"publishing", "accounts"}
LOW = BASE | {"directory", "media", "stated"}
MAY_IMPORT = {
    "publishing": set(),
    "stated": set(),
    "accounts": {"publishing"},
    "directory": BASE,
    "media": BASE,
    "deliveries": {"publishing"},
    "projects": LOW,
    "events": LOW | {"projects"},
    "articles": LOW | {"projects", "events"},
    "ledger": LOW | {"projects", "events", "articles"},
    "releases": LOW | {"projects", "events", "articles", "ledger"},
    "search": LOW | {"projects", "events", "articles"},
    "old_archive": LOW | {"projects", "events", "articles", "search"},
    "api": LOW | {"projects", "events", "articles", "ledger", "search"},
    "bulk": LOW | {"projects", "events", "articles", "ledger", "api"},
    "telling": LOW | {"projects", "events", "articles", "ledger", "search", "deliveries"},
    "alerts": LOW | {"projects", "events", "articles", "ledger", "deliveries", "telling"},
    "pressoffice": LOW
    | {"projects", "events", "articles", "ledger", "releases", "search", "old_archive", "api", "bulk"}
    | {"deliveries", "telling", "alerts", "demo"},
    "demo": LOW | {"projects", "events", "articles", "ledger", "releases"},
}


def part_of(module: str) -> str:
    """The part of the house a dotted name belongs to; empty for what is not ours."""
    first, _dot, rest = module.partition(".")
    if first != "pressoffice":
        return first if first in MAY_IMPORT else ""
    second = rest.partition(".")[0]
    return second if second in MAY_IMPORT else "pressoffice"


def sources() -> list[Path]:
    found = [
        path
        for folder in ("pressoffice", "projects", "events", "articles")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    ]
    assert len(found) > 50
    return found


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import, those inside functions too, those for types only left out."""
    tree = ast.parse(path.read_text())
    for_types: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for_types.update(id(each) for each in ast.walk(node))
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    here = part_of(".".join(path.relative_to(ROOT).with_suffix("").parts))

    upward = [
        f"line {line}: {name}"
        for line, name in imports(path)
        if (there := part_of(name)) and there != here and there not in MAY_IMPORT[here]
    ]

    assert not upward, f"{here} may not import: {upward}"


def test_an_import_inside_a_function_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    module = tmp_path / "projects" / "views.py"
    module.parent.mkdir()
    module.write_text("def view():\n    from articles.models import Edition\n    from . import models\n")

    assert list(imports(module)) == [(2, "articles.models.Edition"), (3, "projects.models")]


@pytest.mark.parametrize("suffix", ["py", "html", "css", "js"])
def test_no_file_has_a_name_that_says_nothing(suffix: str) -> None:
    folders = ("pressoffice", "projects", "events", "articles", "tests", "templates", "static")
    names = [path.stem for folder in folders for path in (ROOT / folder).rglob(f"*.{suffix}")]

    assert not {"utils", "helpers", "common", "core", "misc"} & set(names)


# Each with the reason why what it marks is safe.
MAY_MARK_SAFE = {
    "articles/bodies/shown.py": "the sanitiser's own output",
    "pressoffice/publishing/structured_data.py": "JSON without a sign that HTML reads",
}


def test_only_the_sanitiser_makes_html_safe() -> None:
    marking = {
        str(path.relative_to(ROOT))
        for path in sources()
        if re.search(r"\bmark_safe\b|\bSafeString\(", path.read_text())
    }
    assert marking <= set(MAY_MARK_SAFE)

    templates = list((ROOT / "templates").rglob("*.html"))
    assert templates
    assert not [path for path in templates if re.search(r"\|\s*safe\b|autoescape off", path.read_text())]
