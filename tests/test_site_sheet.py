"""Readers fetch one style sheet: the texts that static/css/site.css imports, in one file."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage

from pressoffice.staticfiles import IMPORT, SHEET, HashedModulesStorage, gathered

SOURCES = Path(settings.BASE_DIR) / "static"


def test_the_sheet_imports_every_component_once_and_says_nothing_itself() -> None:
    text = (SOURCES / SHEET).read_text()
    imported = IMPORT.findall(text)

    assert sorted(name for name in imported if "/" in name) == sorted(
        f"components/{path.name}" for path in (SOURCES / "css/components").glob("*.css")
    )
    assert imported[0] == "layers.css"
    assert not re.sub(r"/\*.*?\*/", "", IMPORT.sub("", text), flags=re.DOTALL).strip()


def test_public_pages_link_no_other_sheet_but_those_for_paper_and_for_the_page_of_components() -> None:
    templates = Path(settings.BASE_DIR) / "templates"
    public = [path for path in templates.rglob("*.html") if "admin" not in path.relative_to(templates).parts]
    linked = {name for path in public for name in re.findall(r"css/[\w/-]+\.css", path.read_text())}

    assert linked == {SHEET, "css/print.css", "css/design.css"}


def test_no_two_components_style_a_bare_class_each() -> None:
    """All of them are on every page now: a name stands for one thing."""
    owners: dict[str, set[str]] = {}
    for path in (SOURCES / "css/components").glob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for selectors in re.findall(r"([^{};]+)\{", text):
            for selector in selectors.split(","):
                if re.fullmatch(r"\.[\w-]+", selector.strip()):
                    owners.setdefault(selector.strip(), set()).add(path.stem)

    assert len(owners) > 100
    assert not {name: files for name, files in owners.items() if len(files) > 1}


def test_what_is_collected_holds_the_texts_and_finds_its_pictures(tmp_path: Path) -> None:
    source, storage = StaticFilesStorage(location=SOURCES), HashedModulesStorage(location=tmp_path)
    names = [str(path.relative_to(SOURCES)) for path in SOURCES.rglob("*") if path.is_file()]
    for name in names:
        with source.open(name) as file:
            storage._save(name, file)

    for _name, _hashed, outcome in storage.post_process({name: (source, name) for name in names}):
        assert not isinstance(outcome, Exception), outcome

    collected = tmp_path / storage.stored_name(SHEET)
    text = collected.read_text()
    assert "@import" not in text
    assert text.index("@layer reset, tokens") < text.index("@layer components {")
    addresses = re.findall(r'url\("([^"]+)"\)', text)
    assert len(addresses) >= 5
    for address in addresses:
        assert (collected.parent / address).resolve().is_file(), address


def test_a_sheet_that_is_not_there_stops_the_collection(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / SHEET).write_text('@import "components/gone.css";')
    storage = StaticFilesStorage(location=tmp_path)

    with pytest.raises(KeyError, match=r"components/gone\.css"):
        gathered(SHEET, {SHEET: (storage, SHEET)})
