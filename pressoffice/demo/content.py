"""Reads the demo content: TOML files in content/, each body one block a line."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
Table = dict[str, Any]


def read(name: str) -> Table:
    """One file, such as "events" or "projects/casa-1000"."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def keys(folder: str) -> tuple[str, ...]:
    """What a folder holds, without opening a file: the codes of the projects, the keys of the statements."""
    return tuple(sorted(path.stem for path in (FOLDER / folder).glob("*.toml")))


def body_of(text: Table) -> str:
    """A text's body as it is stored, without the line ends that are there for whoever edits the file."""
    return "".join(line.strip() for line in text["body"].splitlines())


def corrected(text: Table) -> Table:
    """What the correction of a text changes: its summary and body, with the change note."""
    correction = text["correction"]
    old, new = correction["old"], correction["new"]
    return {
        "summary": text["summary"].replace(old, new),
        "body": body_of(text).replace(old.replace("\u00a0", "&nbsp;"), new.replace("\u00a0", "&nbsp;")),
        "change_note": correction["change_note"],
    }


def translations(name: str, texts: Table) -> dict[str, str]:
    return {f"{name}_{language}": text.strip() for language, text in texts.items()}
